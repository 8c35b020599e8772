"""Merged cells of which a file kept only the first: empty cells below a group's name, in a .csv or an unmerged sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Doubt, Role
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.lines import Box, Line

Filled = tuple[list[Line], dict[int, tuple[Doubt, ...]]]
"""Rows, and what to doubt in them by their index."""


def filled_down(rows: Sequence[Line], layout: Layout) -> Filled:
    """`rows` with the owner and the time of a group in each of its rows, and a doubt for each that got one.

    Groups show by a category that stands in their first row only, with no merged cell to say so. A column belongs to
    the group when every first row has something in it.
    """
    at = _grouping(layout)
    whole = [row for row in rows if len(row.boxes) == len(layout.columns)]
    if at is None or not whole or not whole[0].boxes[at].text or any(row.boxes[at].merged for row in whole):
        return list(rows), {}
    heads = [row for row in whole if row.boxes[at].text]
    if len(heads) == len(whole):
        return list(rows), {}
    owning = _owning(layout) if layout.at(at).holds is Holds.CATEGORY else [at]
    shared = [i for i in owning if all(row.boxes[i].text for row in heads)]
    out: list[Line] = []
    told: dict[int, tuple[Doubt, ...]] = {}
    above: Line | None = None
    for row in rows:
        if len(row.boxes) == len(layout.columns):
            if above is not None and not row.boxes[at].text and sum(bool(box.text) for box in row.boxes) > 1:
                row, told[row.index] = _taking(row, above, shared)
            above = row
        out.append(row)
    return out, told


def _grouping(layout: Layout) -> int | None:
    """The column that groups the rows: the first category, else a month or a unit that stands in front of what is to be done."""
    category = layout.first(Holds.CATEGORY)
    if category is not None or layout.primary is None:
        return category
    fronts = (Holds.DEADLINE, Holds.UNITS)
    return next((i for i, column in enumerate(layout.columns[: layout.primary]) if column.holds in fronts), None)


def _owning(layout: Layout) -> list[int]:
    """The columns of who leads, or answers where nobody leads, and of the time."""
    roles = {column.role for column in layout.columns if column.holds is Holds.UNITS}
    role = Role.LEAD if Role.LEAD in roles else Role.RESPONSIBLE
    return [
        i
        for i, column in enumerate(layout.columns)
        if column.holds is Holds.DEADLINE or (column.holds is Holds.UNITS and column.role is role)
    ]


def _taking(row: Line, above: Line, columns: Sequence[int]) -> tuple[Line, tuple[Doubt, ...]]:
    boxes, doubts = list(row.boxes), list[Doubt]()
    for at in columns:
        box, over = row.boxes[at], above.boxes[at]
        if box.text or not over.text:
            continue
        source = over.cell.merged_from or over.cell.place
        boxes[at] = Box(over.text, over.raw, replace(over.cell, place=box.cell.place, merged_from=source))
        said = f"这一格是空的，按与上一行合并读作“{over.text[:20]}”，请核对。"
        doubts.append(Doubt("cell-merged", said, box.cell.place, "", over.text))
    return (replace(row, boxes=tuple(boxes)) if doubts else row), tuple(doubts)
