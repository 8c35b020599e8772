"""Worksheets → blocks, the same way for .xlsx and .xls: filled cells and merged ranges in, rows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.model import Block, Doubt, Place
from knowledge.reading.tables import Area, table_blocks

Spot = tuple[int, int]
"""(row, column), both from 1."""


@dataclass(slots=True)
class Sheet:
    """One visible sheet: what its filled cells say as printed, and how far merged ranges reach."""

    title: str
    cells: dict[Spot, str] = field(default_factory=dict)
    merged: dict[Spot, Spot] = field(default_factory=dict)
    """First spot of a merged range → its last."""


def sheet_blocks(sheet: Sheet, table: int, name: str) -> Iterator[Block]:
    """The rows of a sheet, the `table`th of the file. Raises ReadingError when there are too many cells."""
    right = max([column for _, column in sheet.cells], default=0)
    merged, title = sheet.merged, sheet.title
    areas = [
        _area(spot, text, merged[spot], right) if spot in merged else Area(*spot, text)
        for spot, text in sheet.cells.items()
    ]
    return table_blocks(areas, lambda row, column: Place(None, None, title, None, row, column), table, name)


def hidden_sheet(title: str) -> Doubt:
    """A sheet is hidden and was left out."""
    return Doubt("hidden-sheet", f"工作表“{title}”是隐藏的，没有读取", Place(sheet=title), title)


def _area(spot: Spot, text: str, end: Spot, right: int) -> Area:
    """A filled cell merged as far as `end`, but no further right than anything is written."""
    (row, column), (bottom, edge) = spot, end
    return Area(row, column, text, bottom - row + 1, min(edge, right) - column + 1)
