"""Tables → assignments: headers, continuation tables, section rows, merged cells; flattened pages go to `pages`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Role
from knowledge.parsing.above import Above, Given, given_by, with_given
from knowledge.parsing.accounts import dropped, has_remarks, told_in_remarks, with_unread_cells
from knowledge.parsing.closing import with_closing
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.found import Found
from knowledge.parsing.layouts import lists_people, lists_problems, read_under
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.outline import numbered, value_of
from knowledge.parsing.overleaf import is_cut_off, longer
from knowledge.parsing.pages import Carried, Page, read_page
from knowledge.parsing.phrases import Content, is_number
from knowledge.parsing.rows import (
    Row,
    contents_of,
    fits,
    is_total,
    joined,
    marked_time,
    row_of,
    stages_of,
    starts_of,
    times_of,
)
from knowledge.parsing.runs import Run, runs_of, settled_runs
from knowledge.parsing.sections import CHINESE, heading_rows, is_section, sections_under, words_across
from knowledge.parsing.shifted import in_place, other_heads
from knowledge.parsing.slot import Slot
from knowledge.parsing.unmerged import filled_down, with_blank_leads

_RUN_ON = re.compile(r"[。；;\s]\s*[（(]?2[.．、）)]")  # 1.甲；2.乙 in one cell: the count is inside the requirement
_FLAT = ("text",)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a document gave. `read` are the rows that were understood, `unread` those that were not."""

    found: tuple[Found, ...] = ()
    unread: tuple[Line, ...] = ()
    read: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


_Said = tuple[tuple[tuple[int, str, bool], ...], str, tuple[str, ...]]


@dataclass(slots=True)
class _State:
    locality: str
    conventions: Conventions
    carried: Carried = field(default_factory=Carried)
    section: tuple[str, ...] = ()
    heads: dict[int, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    slots: dict[_Said, Slot] = field(default_factory=dict)
    """What the rows under one header say of units and times → what that means."""


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
        state.conventions, state.slots = run.conventions, {}
        if run.fresh:
            state.carried = replace(state.carried, slot=Slot(), deadline=None)
            said = above.given.get(run.header) if above else None
            given = said if run.anew or said else given
        if run.anew:
            state.section, state.heads, state.carried = (), {}, Carried()
        made, left = _of_run(run, layout, state, wide, ruled=kind not in _FLAT)
        made = with_closing(made, layout, locality)
        if all(column.role is not Role.LEAD for column in layout.columns):
            made = [with_given(one, _given(one, given, layout, locality)) for one in made]
        made = [_under(state.conventions, f) for f in made] if state.conventions.speak else made
        found += with_blank_leads(made, run.rows, layout)
        unread += [*left, *dropped(run.rows, made, left)]
    read = frozenset(line.index for line in lines) - {line.index for line in unread}
    return Tables(tuple(found), tuple(unread), read, state.doubts)


def _of_run(
    run: Run, layout: Layout, state: _State, wide: Mapping[int, str | None], ruled: bool
) -> tuple[list[Found], list[Line]]:
    """What the rows under one header say by themselves, and those that nothing was made of."""
    contents = {row.index: contents_of(row) for row in run.rows}
    ordinary = (row for row in run.rows if wide[row.index] is None)
    misfits = sum(not fits(row, layout, contents[row.index], ruled) for row in ordinary)
    flat = not ruled or misfits * 5 > len(run.rows)
    rows, told = filled_down(run.rows, layout) if not flat else (list(run.rows), {})
    contents |= {row.index: contents_of(row) for row in rows if row.index in told}
    made, left = _flat(rows, layout, state) if flat else _grid(rows, layout, state, contents, wide)
    made = [_with_told(one, told) for one in made] if told else made
    doubtful = [row for row in run.rows if flat or len(row.boxes) != len(layout.columns)]
    made = with_unread_cells(made, doubtful, layout) if doubtful else made
    return _with_remarks(made, run.rows, layout), left


def _with_told(found: Found, told: Mapping[int, tuple[Doubt, ...]]) -> Found:
    """`found` with the doubts that are `told` of its rows."""
    return replace(found, doubts=(*found.doubts, *(doubt for at in found.lines for doubt in told.get(at, ()))))


def _with_remarks(made: list[Found], rows: Sequence[Line], layout: Layout) -> list[Found]:
    """`made` with a doubt for each remark of its rows that says who takes part."""
    remarking = {row.index: row for row in rows if has_remarks(row, layout)}
    return [_remarked(one, remarking, layout) for one in made] if remarking else made


def _remarked(found: Found, rows: Mapping[int, Line], layout: Layout) -> Found:
    units = [duty.unit for duty in found.slot.duties]
    told = [one for at in found.lines if at in rows for one in told_in_remarks(rows[at], layout, units)]
    return replace(found, doubts=(*found.doubts, *told)) if told else found


def _given(found: Found, above: Given | None, layout: Layout, locality: str) -> list[Given]:
    """What section rows and the lines over the table say of a row, the nearest first, where no column says who leads."""
    owned = layout.first(Holds.UNITS) is not None
    said = [given_by(words, locality, bare=not owned) for words in reversed(found.section)]
    return [*filter(None, said), *([above] if above else [])]


def _under(conventions: Conventions, found: Found) -> Found:
    slot = conventions.applied(found.slot) if found.text else found.slot
    return found if slot is found.slot else replace(found, slot=slot)


def _flat(rows: Sequence[Line], layout: Layout, state: _State) -> tuple[list[Found], list[Line]]:
    placed = [in_place(row, layout) or row for row in rows]
    contents = map(contents_of, placed)
    made = [row_of(row, layout, held, not fits(row, layout, held)) for row, held in zip(placed, contents, strict=True)]
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


def _grid(
    rows: Sequence[Line],
    layout: Layout,
    state: _State,
    contents: Mapping[int, Sequence[Content]],
    wide: Mapping[int, str | None],
) -> tuple[list[Found], list[Line]]:
    found: list[Found] = []
    left: list[Line] = []
    heading = heading_rows(rows, layout)
    for line in rows:
        text = wide[line.index] if line.index not in heading else "、".join(box.text for box in line.boxes if box.text)
        if is_total(next((box.text for box in line.boxes if box.text), "")):
            continue
        if text is not None:
            if is_section(text):
                state.section, state.heads = sections_under(state.section, text), {}
            else:
                left.append(line)
            continue
        row = row_of(line, layout, contents[line.index], loose=False)
        made = _of_row(row, layout, state)
        if made is None:
            left.append(line)
        elif found and _same_item(found[-1], made, row):
            found[-1] = _joined(found[-1], made)
        elif found and is_cut_off(found[-1], row, layout):
            found[-1] = longer(_joined(found[-1], made), made)
        elif found and row.merged_number and found[-1].printed == made.printed:
            found[-1] = replace(found[-1], part=found[-1].part or 1)
            found.append(replace(made, part=found[-1].part + 1))
        else:
            found.append(made)
    return found, left


def _of_row(row: Row, layout: Layout, state: _State) -> Found | None:
    words = [(layout.at(at).holds, at, box) for at, box in row.words]
    texts = [(at, box) for holds, at, box in words if holds is Holds.TEXT]
    own = {at: box.text for holds, at, box in words if holds is Holds.CATEGORY}
    if own:
        first = min(own)
        state.heads = {at: text for at, text in state.heads.items() if at < first} | own
    heads = tuple([text for _, text in sorted(state.heads.items())]) if state.heads else ()
    if not texts and not (row.number and (row.units or row.deadlines)):
        return None
    printed, text = row.number, joined(texts)
    if is_total(text):
        return None
    cut = numbered(text)
    if not printed and not _RUN_ON.search(cut.rest):
        printed, text = (cut.printed, cut.rest) if cut.level in (1, 2, 3) else ("", text)
    elif cut.level == 3 and CHINESE.fullmatch(printed):  # 一 counts the group, 1. the requirement
        printed, text = cut.printed, cut.rest
    slot = _slot(row, layout, state)
    doubts = () if slot.duties else (Doubt("no-units", "此行没有写明牵头或责任单位，请对照原件。", row.line.place),)
    return Found(
        text, row.line.place, printed, value_of(printed), (*state.section, *heads), (), _own_words(row, texts), slot,
        any([box.merged for box in row.deadlines]), frozenset((row.line.index,)), doubts, 3,
    )  # fmt: skip


def _own_words(row: Row, texts: Sequence[tuple[int, Box]]) -> str:
    """The requirement as its cells print it, unconverted; where there is none the whole row."""
    cells = [box for _, box in texts] or [box for box in row.line.boxes if box.text]
    return " ".join(dict.fromkeys([box.cell.text.strip() for box in cells]))


def _slot(row: Row, layout: Layout, state: _State) -> Slot:
    """Who has a row and until when; rows of one table that say the same words of it share one slot."""
    units = tuple([(at, box.raw, _is_across(box)) for at, box in row.units])
    when = times_of(row, layout) or marked_time(row, layout)
    starts = starts_of(row, layout) if row.starts else ()
    key = (units, when, starts)
    if (slot := state.slots.get(key)) is None:
        slot = _of_cells(units, layout, state.locality)
        slot = replace(slot, deadline=when or slot.deadline, starts=starts) if when or starts else slot
        state.slots[key] = slot
    stages = stages_of(row, layout)
    return replace(slot, stages=stages) if stages else slot


def _is_across(box: Box) -> bool:
    """Whether a cell repeats one of its own row."""
    source = box.cell.merged_from
    return source is not None and source.row == box.cell.place.row


def _of_cells(cells: Sequence[tuple[int, str, bool]], layout: Layout, locality: str) -> Slot:
    """The duties of a row's unit cells: column, words, and whether the cell goes across columns."""
    slot = Slot()
    for at, raw, across in sorted(cells, key=lambda cell: layout.at(cell[0]).role is not Role.LEAD):
        if across and slot.duties:
            continue  # one cell across the columns of several roles names its units once
        slot = slot.plus(read_under(layout.at(at), raw, locality))
    return slot


def _same_item(last: Found, made: Found, row: Row) -> bool:
    """Whether a row only adds to the one above: the same merged number and the same requirement (or none)."""
    return row.merged_number and last.printed == made.printed and (not made.text or made.text == last.text)


def _joined(last: Found, made: Found) -> Found:
    return replace(
        last, slot=last.slot.plus(made.slot), lines=last.lines | made.lines, original=f"{last.original}\n{made.original}",
    )  # fmt: skip
