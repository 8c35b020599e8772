"""Rows with several pieces of work in one cell (1.… 2.… 3.…), turned into a row for each: where a unit stands in front of
all its work, and where the cells beside count their units or times the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.model import Block, Doubt
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.heads import headers_of, is_header, layout_of
from knowledge.parsing.layouts import settled
from knowledge.parsing.lines import Box, Line, renumbered, tables_in, unblanked
from knowledge.parsing.names import is_unit
from knowledge.parsing.outline import numbered

# A number in brackets counts wherever it stands: a page may have lost the line breaks before it.
_COUNTED = re.compile(
    r"(?:^|(?<=[\n。；;！])|(?=\s*[（(]\d{1,2}[）)]))\s*[（(]?(?P<n>\d{1,2})[）).．、](?!\d(?!\d?[月日年]|0\d\d[年.]))\s*"
)
_BULLET = re.compile(r"[●◆■★▲□◇○•·*➢✓▷▶►\-]\s*(?=\S)")
_SHORTEST = 5


def unstacked(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each row that lists the work of one unit in one cell as so many rows, the rest of the cells repeated.

    Only where the unit stands in front and nothing but the list says what it has to do, or where its units or times are
    counted beside it one by one: behind a problem or a task of its own the points 1. 2. 3. are what that one consists of.
    """
    out: list[Line] = []
    for table, rows in tables_in(lines):
        out += _table(rows) if table and len(rows) > 1 else rows
    return renumbered(out)


def _table(rows: Sequence[Line]) -> list[Line]:
    if not is_header(rows[0].boxes):
        return list(rows)
    header = headers_of(rows)
    below = rows[len(header) :]
    layout, _ = settled(layout_of(*header), below)
    at = layout.primary
    if at is None:
        return list(rows)
    if not _owned_in_front(layout, at):
        if not any(_lists(row, at) for row in below):
            return list(rows)
        joint = _lines_only_part(below, at, layout)
        return [
            *header,
            *(
                piece
                for row in below
                for piece in (_counted_beside(row, at, layout, joint) if _lists(row, at) else (row,))
            ),
        ]
    listed = [row for row in below if len(_pieces(row, at)) > 1]
    if 2 * len(listed) < len(below) and not any(map(_is_counted, (row.boxes[at].raw for row in listed))):
        return list(rows)
    return [*header, *(piece for row in below for piece in _rows(row, at, layout))]


def _owned_in_front(layout: Layout, at: int) -> bool:
    """Whether units or months stand in front of the column of requirements, and no other says what is to be done."""
    told = [i for i, column in enumerate(layout.columns) if column.holds in (Holds.TEXT, Holds.CATEGORY)]
    return told == [at] and any(column.holds in (Holds.UNITS, Holds.DEADLINE) for column in layout.columns[:at])


def _pieces(row: Line, at: int) -> list[str]:
    return pieces_of(row.boxes[at].raw) if at < len(row.boxes) else []


def _lists(row: Line, at: int) -> bool:
    """Whether the requirement of a row begins with a count."""
    return at < len(row.boxes) and _is_counted(row.boxes[at].raw)


def _lines_only_part(rows: Sequence[Line], at: int, layout: Layout) -> bool:
    """Whether lines in the cells of units are no more than what parts the names: rows whose requirement is one have several."""
    owners = [i for i, column in enumerate(layout.columns) if column.holds is Holds.UNITS]
    listing = (row for row in rows if any(_has_lines_of_units(row.boxes[i].raw) for i in owners if i < len(row.boxes)))
    return any(at < len(row.boxes) and len(_pieces(row, at)) == 1 for row in listing)


def _has_lines_of_units(raw: str) -> bool:
    lines = _lines(raw)
    return len(lines) > 1 and not _is_counted(raw) and all(is_unit(line, strict=True) for line in lines)


def _counted_beside(row: Line, at: int, layout: Layout, joint: bool) -> Iterator[Line]:
    """A row that lists its requirement as one for each of its pieces where units or times are counted the same way (1.甲局 2.乙局), else itself; with a
    doubt where they are counted, or stand line by line, and nothing says which is whose. `joint`: elsewhere in the table lines
    of units are no more than a list."""
    count = len(_pieces(row, at))
    beside = [box for i, box in enumerate(row.boxes) if layout.at(i).holds in (Holds.UNITS, Holds.DEADLINE)]
    if count < 2:
        yield row
    elif any(_is_counted(box.raw) and len(pieces_of(box.raw)) == count for box in beside):
        yield from _rows(row, at, layout)
    elif (by_lines := _stands_line_by_line(row, layout, count)) and not joint:
        yield from _rows(row, at, layout, by_lines=True)
    else:
        units = (box for i, box in enumerate(row.boxes) if layout.at(i).holds is Holds.UNITS)
        asked = [box for box in units if _may_share(box, count) or (by_lines and len(_lines(box.raw)) == count)]
        yield replace(row, block=_asked_which(row, asked, count))


def _stands_line_by_line(row: Line, layout: Layout, count: int) -> bool:
    """Whether both units and times have a line for each of the pieces."""
    told = {layout.at(i).holds for i, box in enumerate(row.boxes) if len(_lines(box.raw)) == count}
    return {Holds.UNITS, Holds.DEADLINE} <= told


def _lines(raw: str) -> list[str]:
    return [line.strip() for line in raw.split("\n") if line.strip()]


def _may_share(box: Box, count: int) -> bool:
    """Whether a cell's units may belong to the pieces beside one by one: counted, or so many lines, one with several units."""
    lines = _lines(box.raw)
    counted = _is_counted(box.raw) and len(pieces_of(box.raw)) > 1
    return counted or (len(lines) == count and any("、" in line for line in lines))


def _asked_which(row: Line, boxes: Sequence[Box], count: int) -> Block:
    said = f"任务分{count}条写，单位也逐条写，分不清哪一条归谁，都按整行登记，请核对。"
    doubts = tuple(Doubt("unit-share", said, row.place, box.text, "整行") for box in boxes)
    return replace(row.block, doubts=row.block.doubts + doubts) if doubts else row.block


def _is_counted(raw: str) -> bool:
    return _COUNTED.match(raw) is not None


def pieces_of(raw: str) -> list[str]:
    """A cell cut at its count 1, 2, 3 …, at its bullets, or at its lines where each is a clause with its stop; else whole."""
    starts: list[int] = []
    for m in _COUNTED.finditer(raw):
        if int(m["n"]) == len(starts) + 1:
            starts.append(m.start())
    if len(starts) > 1 and not raw[: starts[0]].strip():
        return [raw[a:b].strip() for a, b in zip(starts, [*starts[1:], len(raw)], strict=True)]
    parts = [part.strip() for part in raw.split("\n") if part.strip()]
    stopped = all(part.endswith(("；", ";", "。")) for part in parts[:-1])
    listed = all(map(_BULLET.match, parts)) or (stopped and not any(numbered(part).level for part in parts))
    return parts if len(parts) > 1 and listed and min(map(len, parts)) >= _SHORTEST else [raw]


def _rows(row: Line, at: int, layout: Layout, by_lines: bool = False) -> Iterator[Line]:
    """`row` as one for each of its pieces; `by_lines`: units stand line by line as the pieces do."""
    pieces = _pieces(row, at)
    if len(pieces) < 2:
        yield row
        return
    apart = (Holds.DEADLINE, Holds.UNITS) if by_lines else (Holds.DEADLINE,)
    cells = [_shared(box, len(pieces), layout.at(i).holds, apart) for i, box in enumerate(row.boxes)]
    numbered_row = any(len(words) > 1 for i, words in enumerate(cells) if layout.at(i).holds is Holds.NUMBER)
    cells[at] = [_COUNTED.sub("", piece, count=1) for piece in pieces] if numbered_row else pieces
    block = _doubted(row, cells, layout, len(pieces))
    for one in range(len(pieces)):
        boxes = tuple(
            _part(box, words[one] if len(words) > 1 else words[0]) for box, words in zip(row.boxes, cells, strict=True)
        )
        text = "\t".join(dict.fromkeys(box.text for box in boxes if box.text))
        yield replace(row, text=text, raw="\t".join(box.cell.text for box in boxes), boxes=boxes, block=block)


def _shared(box: Box, count: int, holds: Holds, apart: Sequence[Holds]) -> list[str]:
    """What the pieces get of another cell: one line each where it has as many and is `apart`, else all of it; row 2 has 2.1 …"""
    if holds is Holds.NUMBER:
        return [f"{box.text}.{n}" for n in range(1, count + 1)] if box.text.isdecimal() else [box.raw]
    lines = _lines(box.raw)
    counted = pieces_of(box.raw)
    if len(counted) == count:
        return [_COUNTED.sub("", piece, count=1) for piece in counted]
    return lines if holds in apart and len(lines) == count else [box.raw]


def _part(box: Box, words: str) -> Box:
    if words == box.raw:
        return box
    return replace(box, text=unblanked(words.replace("\n", " ")), raw=words, cell=replace(box.cell, text=words))


def _doubted(row: Line, cells: Sequence[Sequence[str]], layout: Layout, count: int) -> Block:
    """The row's block, with a doubt where several times stand beside the list and nothing says which is whose."""
    for i, words in enumerate(cells):
        lines = [line for line in words[0].split("\n") if line.strip()]
        if layout.at(i).holds is Holds.DEADLINE and len(words) == 1 and len(lines) > 1:
            said = f"一格里列了{count}件事，时限却写了{len(lines)}行，分不清哪一行管哪一件，请核对。"
            doubt = Doubt("deadline-shared", said, row.place, row.boxes[i].text, words[0])
            return replace(row.block, doubts=(*row.block.doubts, doubt))
    return row.block
