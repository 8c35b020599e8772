"""Heads that lost how many columns and rows they span, as in a table pasted as text: given their columns again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.parsing.columns import column_of
from knowledge.parsing.lines import Box, Line, tables_in

_LEAST = 3  # rows: two of heads and one below them


def respanned(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the upper heads of such tables (序号, 责任分工, 时限 above "", 牵头单位, 责任单位, "") over all their columns."""
    out: list[Line] = []
    for table, rows in tables_in(lines):
        narrower = table and len(rows) >= _LEAST and len(rows[0].boxes) < len(rows[1].boxes)
        out += _with_spans(rows[0], rows[1]) + rows[2:] if narrower else rows
    return out


def _with_spans(over: Line, under: Line) -> list[Line]:
    heads = _spread(over.boxes, [bool(box.text) for box in under.boxes])
    known = sum(column_of(box.text) is not None for box in (*over.boxes, *under.boxes) if box.text)
    if heads is None or known < len(over.boxes):
        return [over, under]
    below = tuple(box if box.text else _of(head, box) for head, box in zip(heads, under.boxes, strict=True))
    above = [_of(head, under.boxes[at]) if at and head is heads[at - 1] else head for at, head in enumerate(heads)]
    return [replace(over, boxes=tuple(above)), replace(under, boxes=below)]


def _of(head: Box, box: Box) -> Box:
    """The place of `box` as part of the cell `head`."""
    return replace(head, cell=replace(head.cell, place=box.cell.place, merged_from=head.cell.place))


def _spread(over: Sequence[Box], filled: Sequence[bool]) -> list[Box] | None:
    """The upper head of each column: one reaches down where the lower row has nothing, the others share what stands between;
    None where that cannot be told."""
    runs = [(has, sum(1 for _ in run)) for has, run in groupby(filled)]
    spans = [length for has, length in runs if has]
    spare = len(over) - sum(length for has, length in runs if not has) - len(spans)
    if not spans or spare < 0 or (spare and (len(spans) > 1 or spare >= spans[0])) or not all(box.text for box in over):
        return None
    waiting = iter(over)
    return [head for has, length in runs for head in _heads(waiting, has, length, 1 + spare)]


def _heads(waiting: Iterator[Box], shared: bool, length: int, sharing: int) -> list[Box]:
    if not shared:
        return [next(waiting) for _ in range(length)]
    among = [next(waiting) for _ in range(sharing)]
    return [among[at * sharing // length] for at in range(length)]
