"""Tables printed side by side, in two halves, or lying on their side (牵头单位 heads a row): parted and set upright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from knowledge.parsing.columns import Holds, Layout, column_of
from knowledge.parsing.layouts import lists_people
from knowledge.parsing.lines import Box, Line, renumbered, tables_in
from knowledge.parsing.names import fold

_HALF, _HEADS = 2, 3  # columns of a half, rows of a table on its side, at least
_TITLES = 4  # rows at most from the top of a sheet to the heads of its columns
_APART = 10_000  # what is added to the number of a table for the one on its right


def upright(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each such table as one that has a head over each column and one matter in each row."""
    out: list[Line] = []
    for table, rows in tables_in(lines):
        for part in _parted(rows) if table and len(rows) > 1 else [rows]:
            out += (_stood_up(part) if _lies(part) else _unfolded(part)) if table and len(part) > 1 else part
    return renumbered(out)


def _parted(rows: Sequence[Line]) -> list[list[Line]]:
    """The tables of a sheet that stand side by side with an empty column between, from left to right; any other as it is."""
    width = len(rows[0].boxes)
    heads = next((at for at, row in enumerate(rows[:_TITLES]) if _names_columns(row.boxes)), None)
    if heads is None or any(len(row.boxes) != width for row in rows):
        return [list(rows)]
    gaps = [at for at in range(width) if not any(row.boxes[at].text for row in rows[heads:])]
    edges = [-1, *gaps, width]
    spans = [(start + 1, end) for start, end in pairwise(edges) if end - start > 1]
    if len(spans) < _HALF or not all(_stands_alone(rows[heads].boxes[start:end]) for start, end in spans):
        return [list(rows)]
    return [
        [_side(row, start, end, at < heads, n) for at, row in enumerate(rows)] for n, (start, end) in enumerate(spans)
    ]


def _names_columns(boxes: Sequence[Box]) -> bool:
    return sum(column_of(text) is not None for text in {box.text for box in boxes if box.text}) > _HALF


def _stands_alone(heads: Sequence[Box]) -> bool:
    """Whether heads are those of a whole table: of what is to be done and by whom, or of people and what they are."""
    columns = [column for head in heads if (column := column_of(head.text)) is not None]
    told = {column.holds for column in columns}
    return {Holds.TEXT, Holds.UNITS} <= told or (len(columns) > 1 and lists_people(Layout(tuple(columns))))


def _side(row: Line, start: int, end: int, above: bool, number: int) -> Line:
    """The cells of a row that belong to one of the tables; a title `above` its heads is a paragraph."""
    part = _cut(row, start, end - start)
    block = replace(row.block, table=row.block.table + _APART * number)
    texts = {box.text for box in part.boxes if box.text}
    return replace(part, block=block, boxes=() if above and len(texts) < _HALF else part.boxes)


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
    heads = list(takewhile(lambda head: head is not None, (column_of(row.boxes[0].text) for row in rows)))
    if len(heads) < len(rows):
        return False
    told = {head.holds for head in heads if head is not None}
    others = [box for row in rows for box in row.boxes[1:] if box.text]
    if not {Holds.UNITS, Holds.TEXT} <= told or any(box.merged for box in others):
        return False
    return 3 * sum(column_of(box.text) is not None for box in others) < len(others)


def _stood_up(rows: Sequence[Line]) -> list[Line]:
    return list(_columns(rows))


def _columns(rows: Sequence[Line]) -> Iterator[Line]:
    for at in range(len(rows[0].boxes)):
        yield _with(rows[min(at, len(rows) - 1)], [row.boxes[at] for row in rows])
