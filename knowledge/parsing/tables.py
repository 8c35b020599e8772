"""Tables → assignments: headers, continuation tables, section rows, merged cells; flattened pages go to `pages`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Role
from knowledge.parsing.above import Above, Given, given_by, with_given
from knowledge.parsing.accounts import dropped, has_remarks, told_in_remarks, with_unread_cells
from knowledge.parsing.by_columns import Frame, Over, read_rows
from knowledge.parsing.closing import with_closing
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.found import Found
from knowledge.parsing.layouts import lists_people, lists_problems
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered
from knowledge.parsing.pages import Carried, Page, read_page
from knowledge.parsing.phrases import is_number
from knowledge.parsing.rows import Sorter, fits, is_total, loose_row, misfits, row_of
from knowledge.parsing.runs import Run, runs_of, settled_runs
from knowledge.parsing.sections import is_section, words_across
from knowledge.parsing.shifted import in_place, other_heads
from knowledge.parsing.slot import Slot
from knowledge.parsing.unmerged import filled_down, with_blank_leads

_FLAT = ("text",)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a document gave. `read` are the rows that were understood, `unread` those that were not."""

    found: tuple[Found, ...] = ()
    unread: tuple[Line, ...] = ()
    read: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _State:
    locality: str
    conventions: Conventions
    carried: Carried = field(default_factory=Carried)
    over: Over = field(default_factory=Over)
    doubts: tuple[Doubt, ...] = ()


def read_tables(
    lines: Sequence[Line],
    headers: AbstractSet[int],
    conventions: Conventions,
    locality: str,
    kind: str,
    above: Above | None = None,
) -> Tables:
    """The assignments of all tables. A table without a header continues the one before it.

    `headers` are the indices of header rows, `above` is what the paragraphs over each table state for all its rows.
    """
    given: Given | None = None
    runs, doubts = runs_of(lines, headers, conventions)
    wide = {row.index: words_across(row) for run in runs for row in run.rows}
    layouts, inferred = settled_runs(runs, wide)
    owned = any(layout.first(Holds.UNITS) is not None for layout in layouts.values())
    state = _State(locality, conventions, doubts=(*doubts, *inferred))
    found: list[Found] = []
    unread: list[Line] = []
    for run in runs:
        asks = run.header not in (above.given if above else ())
        if not run.layout.columns or lists_people(run.layout) or (owned and asks and lists_problems(run.layout)):
            unread += run.rows
            continue
        layout = layouts[run.layout]
        state.conventions = run.conventions
        if run.fresh:
            state.carried = replace(state.carried, slot=Slot(), deadline=None)
            said = above.given.get(run.header) if above else None
            given = said if run.anew or said else given
        if run.anew:
            state.over, state.carried = Over(), Carried()
        made, left = _of_run(run, layout, state, wide, ruled=kind not in _FLAT or _keeps_cells(run.rows, layout))
        made = with_closing(made, layout, locality)
        if all(column.role is not Role.LEAD for column in layout.columns):
            made = [with_given(one, _given(one, given, layout, locality)) for one in made]
        made = [_under(state.conventions, f) for f in made] if state.conventions.speak else made
        found += with_blank_leads(made, run.rows, layout)
        unread += [*left, *dropped(run.rows, made, left)]
    read = frozenset(line.index for line in lines) - {line.index for line in unread}
    return Tables(tuple(found), tuple(unread), read, state.doubts)


def _keeps_cells(rows: Sequence[Line], layout: Layout) -> bool:
    """Whether a table of text kept each of its cells, also those of a group that are empty below its first row, so that none of
    its rows is shifted: all are as wide as the heads, and what a row says stands where its columns have it."""
    width, at, what = len(layout.columns), layout.first(Holds.NUMBER), layout.primary
    if at is None or what is None or any(len(row.boxes) != width for row in rows) or misfits(rows, layout):
        return False
    below = [row for row in rows if not row.boxes[at].text]
    return bool(below) and all(all(box.text for box in row.boxes[what:]) for row in rows)


def _of_run(
    run: Run, layout: Layout, state: _State, wide: Mapping[int, str | None], ruled: bool
) -> tuple[list[Found], list[Line]]:
    """What the rows under one header say by themselves, and those that nothing was made of."""
    ordinary = [row for row in run.rows if wide[row.index] is None]
    flat = not ruled or misfits(ordinary, layout) * 5 > len(run.rows)
    if flat:
        made, left = _flat(run.rows, layout, state)
    else:
        rows, told = filled_down(run.rows, layout)
        made, left, state.over = read_rows(rows, Frame(layout, state.locality), state.over, wide)
        made = [_with_told(one, told) for one in made] if told else made
    doubtful = [row for row in run.rows if flat or len(row.boxes) != len(layout.columns)]
    made = with_unread_cells(made, doubtful, layout) if doubtful else made
    return _with_remarks(made, run.rows, layout), left


def _with_told(found: Found, told: Mapping[int, tuple[Doubt, ...]]) -> Found:
    """`found` with the doubts that are `told` of its rows."""
    return found._replace(doubts=(*found.doubts, *(doubt for at in found.lines for doubt in told.get(at, ()))))


def _with_remarks(made: list[Found], rows: Sequence[Line], layout: Layout) -> list[Found]:
    """`made` with a doubt for each remark of its rows that says who takes part."""
    if Holds.NOTE not in layout.held(max((len(row.boxes) for row in rows), default=0)):
        return made
    remarking = {row.index: row for row in rows if has_remarks(row, layout)}
    return [_remarked(one, remarking, layout) for one in made] if remarking else made


def _remarked(found: Found, rows: Mapping[int, Line], layout: Layout) -> Found:
    units = [duty.unit for duty in found.slot.duties]
    told = [one for at in found.lines if at in rows for one in told_in_remarks(rows[at], layout, units)]
    return found._replace(doubts=(*found.doubts, *told)) if told else found


def _given(found: Found, above: Given | None, layout: Layout, locality: str) -> list[Given]:
    """What section rows and the lines over the table say of a row, the nearest first, where no column says who leads."""
    owned = layout.first(Holds.UNITS) is not None
    said = [given_by(words, locality, bare=not owned) for words in reversed(found.section)]
    return [*filter(None, said), *([above] if above else [])]


def _under(conventions: Conventions, found: Found) -> Found:
    slot = conventions.applied(found.slot) if found.text else found.slot
    return found if slot is found.slot else found._replace(slot=slot)


def _flat(rows: Sequence[Line], layout: Layout, state: _State) -> tuple[list[Found], list[Line]]:
    placed = [in_place(row, layout) or row for row in rows]
    sorter = Sorter(layout)
    made = [row_of(row, sorter.shape_of(row)) if fits(row, layout) else loose_row(row, layout) for row in placed]
    for row, printed in zip(made, rows, strict=True):
        row.others = other_heads(printed, layout)
    made = [row for row in made if not is_total(row.line.text.split("\t")[0])]
    for row in made:
        text = words_across(row.line) or ""
        if is_number(text):  # a number with nothing beside it stays an assignment without text
            continue
        if (
            text
            and not row.units
            and not row.deadlines
            and (row.number or len(row.line.boxes) > 2 or numbered(text).level in (1, 2))
            and is_section(text)
        ):
            row.number, row.words, row.heads = "", [], [text]
    found, left, state.carried = read_page(Page(layout, made), state.locality, state.carried)
    return found, [row.line for row in left]
