"""Tables printed in two halves side by side, or lying on their side (牵头单位 heads a row): set upright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.parsing.columns import Holds, column_of
from knowledge.parsing.lines import Box, Line, tables_in
from knowledge.parsing.names import fold

_HALF, _HEADS = 2, 3  # columns of a half, rows of a table on its side, at least


def upright(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each such table as one that has a head over each column and one matter in each row."""
    out: list[Line] = []
    for table, rows in tables_in(lines):
        out += (_stood_up(rows) if _lies(rows) else _unfolded(rows)) if table and len(rows) > 1 else rows
    return [line if line.index == at else replace(line, index=at) for at, line in enumerate(out)]


def _unfolded(rows: Sequence[Line]) -> list[Line]:
    """The left half of a table whose heads stand there twice, then the right one; any other table as it is."""
    at, width = next(((i, half) for i, row in enumerate(rows[:3]) if (half := _half(row))), (0, 0))
    if not width or any(len(row.boxes) != len(rows[at].boxes) for row in rows[at:]):
        return list(rows)
    header, below = _cut(rows[at], 0, width), rows[at + 1 :]
    starts = range(0, len(rows[at].boxes), width)
    halves = [_cut(row, start, width) for start in starts for row in below]
    return [*rows[:at], header, *(half for half in halves if half.text)]


def _half(row: Line) -> int:
    """How many columns of a header row come again to the right of themselves, 0 where none do."""
    heads = [fold(box.text) for box in row.boxes]
    for width in range(_HALF, len(heads) // 2 + 1):
        again = len(heads) % width == 0 and heads == heads[:width] * (len(heads) // width)
        if again and len(set(heads[:width])) == width and sum(column_of(head) is not None for head in heads) >= _HALF:
            return width
    return 0


def _cut(row: Line, start: int, width: int) -> Line:
    return _with(row, row.boxes[start : start + width])


def _with(row: Line, boxes: Sequence[Box]) -> Line:
    text = "\t".join(dict.fromkeys(box.text for box in boxes if box.text))
    return replace(row, text=text, raw="\t".join(box.raw for box in boxes), boxes=tuple(boxes))


def _lies(rows: Sequence[Line]) -> bool:
    """Whether each row of a table begins with a head, who has the work among them, and matters stand side by side."""
    width = len(rows[0].boxes)
    if len(rows) < _HEADS or width < _HEADS or any(len(row.boxes) != width for row in rows):
        return False
    heads = [column_of(row.boxes[0].text) for row in rows]
    told = {head.holds for head in heads if head is not None}
    others = [box for row in rows for box in row.boxes[1:] if box.text]
    if None in heads or not {Holds.UNITS, Holds.TEXT} <= told or any(box.merged for box in others):
        return False
    return 3 * sum(column_of(box.text) is not None for box in others) < len(others)


def _stood_up(rows: Sequence[Line]) -> list[Line]:
    return list(_columns(rows))


def _columns(rows: Sequence[Line]) -> Iterator[Line]:
    for at in range(len(rows[0].boxes)):
        yield _with(rows[min(at, len(rows) - 1)], [row.boxes[at] for row in rows])
