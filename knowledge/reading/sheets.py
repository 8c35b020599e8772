"""Worksheets → blocks, the same way for .xlsx and .xls: filled cells and merged ranges in, rows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    right = max((column for _, column in sheet.cells), default=0)
    areas = [_area(spot, text, sheet.merged, right) for spot, text in sheet.cells.items()]
    return table_blocks(areas, lambda r, c: Place(sheet=sheet.title, row=r, column=c), table, name)


def hidden_sheet(title: str) -> Doubt:
    """A sheet is hidden and was left out."""
    return Doubt("hidden-sheet", f"工作表“{title}”是隐藏的，没有读取", Place(sheet=title), title)


def _area(spot: Spot, text: str, merged: Mapping[Spot, Spot], right: int) -> Area:
    """A filled cell, as far as it is merged but no further right than anything is written."""
    row, column = spot
    bottom, edge = merged.get(spot, spot)
    return Area(row, column, text, bottom - row + 1, min(edge, right) - column + 1)
