"""Tables → assignments: headers, continuation tables, section rows, merged cells; flattened pages go to `pages`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from knowledge.model import Doubt, Role
from knowledge.parsing.columns import Holds, Layout, is_header, is_second_header, layout_of, with_text
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import Slot, read_units
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered, value_of
from knowledge.parsing.pages import Carried, Page, read_page
from knowledge.parsing.rows import Row, fits, row_of

_FLAT = ("text", "csv")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a document gave. `read` are the rows that were understood, `unread` those that were not."""

    found: tuple[Found, ...] = ()
    unread: tuple[Line, ...] = ()
    read: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _State:
    conventions: Conventions
    locality: str
    layout: Layout = field(default_factory=lambda: Layout(()))
    carried: Carried = field(default_factory=Carried)
    section: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_tables(lines: Sequence[Line], conventions: Conventions, locality: str, kind: str) -> Tables:
    """The assignments of all tables. A table without a header continues the one before it."""
    state = _State(conventions, locality)
    found: list[Found] = []
    unread: list[Line] = []
    heads: set[int] = set()
    for header, rows in _sheets(lines, state, heads):
        if not header:
            unread += rows
            continue
        layout = with_text(state.layout, [row for row in rows if not _is_across(row)])
        loose = kind in _FLAT or sum(not fits(row, layout) for row in rows if not _is_across(row)) * 5 > len(rows)
        made, left = (_flat if loose else _grid)(rows, layout, state)
        found += [replace(f, slot=state.conventions.applied(f.slot)) if f.text else f for f in made]
        unread += left
    read = frozenset(line.index for line in lines) - {line.index for line in unread}
    return Tables(tuple(found), tuple(unread), read, state.doubts)


def _sheets(lines: Sequence[Line], state: _State, heads: set[int]) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of rows under one header; the layout in force is set in `state` before each is given out."""
    for _, group in groupby(lines, key=lambda line: (line.place.sheet, line.block.table)):
        rows = list(group)
        start, at = 0, 0
        while at < len(rows):
            if not is_header(rows[at].boxes):
                at += 1
                continue
            if at > start:
                yield bool(state.layout.columns), rows[start:at]
            second = rows[at + 1] if at + 1 < len(rows) and is_second_header(rows[at + 1].boxes, state.layout) else None
            _enter(state, rows[at], second, heads)
            at += 2 if second else 1
            start = at
        if start < len(rows):
            yield bool(state.layout.columns), rows[start:]


def _enter(state: _State, header: Line, second: Line | None, heads: set[int]) -> None:
    heads.update({header.index, second.index} if second else {header.index})
    state.layout = layout_of(header, second)
    state.carried = replace(state.carried, slot=Slot(), deadline=None)
    state.conventions, _, doubts = state.conventions.read(header.text.replace("\t", "，"), header.place)
    state.doubts += doubts


def _is_across(row: Line) -> bool:
    """Whether a row says one thing across its columns: a section, a legend, a remark."""
    filled = [box for box in row.boxes if box.text]
    return (
        bool(filled)
        and len({box.text for box in filled}) == 1
        and (len(filled) > 1 or len(row.boxes) < 3 or filled[0] is row.boxes[0])
    )


def _flat(rows: Sequence[Line], layout: Layout, state: _State) -> tuple[list[Found], list[Line]]:
    page = Page(layout, [row_of(row, layout, loose=True) for row in rows])
    found, left, state.carried = read_page(page, state.locality, state.carried)
    return found, [row.line for row in left]


def _grid(rows: Sequence[Line], layout: Layout, state: _State) -> tuple[list[Found], list[Line]]:
    found: list[Found] = []
    left: list[Line] = []
    for line in rows:
        if _is_across(line):
            text = next(box.text for box in line.boxes if box.text)
            if _is_section(text):
                state.section = _sections(state.section, text)
            else:
                state.conventions, _, doubts = state.conventions.read(text, line.place)
                state.doubts += doubts
                left += [line] * (not doubts)
            continue
        row = row_of(line, layout, loose=False)
        made = _of_row(row, layout, state)
        if made is None:
            left.append(line)
        elif found and _same_item(found[-1], made, row):
            found[-1] = _joined(found[-1], made)
        else:
            found.append(made)
    return found, left


def _is_section(text: str) -> bool:
    return len(text) <= 60 and not re.match(r"(?:备注|说明|注)[：:]", text) and "。" not in text.rstrip("。")


def _sections(above: tuple[str, ...], text: str) -> tuple[str, ...]:
    level = numbered(text).level
    if level <= 1 or not above:
        return (text,)
    kept = tuple(s for s in above if 0 < numbered(s).level < level)
    return (*kept, text)


def _of_row(row: Row, layout: Layout, state: _State) -> Found | None:
    texts = [(at, box) for at, box in row.words if layout.at(at).holds is Holds.TEXT]
    heads = tuple(box.text for at, box in row.words if layout.at(at).holds is Holds.CATEGORY)
    if not texts and not (row.number and (row.units or row.deadlines)):
        return None
    printed, text = row.number, _text(texts)
    if not printed:
        cut = numbered(text)
        printed, text = (cut.printed, cut.rest) if cut.level in (1, 2, 3) else ("", text)
    slot, doubts = _slot(row, layout, state.locality)
    when = "；".join(dict.fromkeys(box.text for box in row.deadlines)) or None
    return Found(
        text, row.line.place, printed, value_of(printed), (*state.section, *heads), (),
        " ".join(dict.fromkeys(box.cell.text for box in row.line.boxes if box.cell.text)), replace(slot, deadline=when),
        any(box.merged for box in row.deadlines), frozenset({row.line.index}), tuple(doubts), 3,
    )  # fmt: skip


def _text(texts: Sequence[tuple[int, object]]) -> str:
    words: list[str] = []
    for _, box in texts:
        said = getattr(box, "text", "")
        if said and not any(said in other for other in words):
            words.append(said)
    if len(words) > 1 and len(words[0]) <= 30 and not words[0].endswith(("。", "：", "；")):
        return f"{words[0]}：{''.join(words[1:])}"
    return "".join(words)


def _slot(row: Row, layout: Layout, locality: str) -> tuple[Slot, list[Doubt]]:
    slot = Slot()
    for at, box in sorted(row.units, key=lambda pair: layout.at(pair[0]).role is not Role.LEAD):
        column = layout.at(at)
        slot = slot.plus(read_units(box.raw, column.role or Role.RESPONSIBLE, "", locality, column.head))
    if not slot.duties:
        return slot, [Doubt("no-units", "此行没有写明牵头或责任单位，请对照原件。", row.line.place)]
    return slot, []


def _same_item(last: Found, made: Found, row: Row) -> bool:
    """Whether a row only adds to the one above: the same merged number and the same requirement (or none)."""
    return row.merged_number and last.printed == made.printed and (not made.text or made.text == last.text)


def _joined(last: Found, made: Found) -> Found:
    return replace(
        last, slot=last.slot.plus(made.slot), lines=last.lines | made.lines, original=f"{last.original}\n{made.original}",
    )  # fmt: skip
