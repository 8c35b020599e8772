"""Worksheets → blocks, the same way for .xlsx and .xls: filled cells and merged ranges in, rows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.model import Block, Doubt, Place
from knowledge.reading.tables import Area, hidden_row, table_blocks

Spot = tuple[int, int]
"""(row, column), both from 1."""


@dataclass(slots=True)
class Sheet:
    """One visible sheet: what its filled cells say as printed, and how far merged ranges reach."""

    title: str
    cells: dict[Spot, str] = field(default_factory=dict)
    merged: dict[Spot, Spot] = field(default_factory=dict)
    """First spot of a merged range → its last."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def sheet_blocks(sheet: Sheet, table: int, name: str) -> Iterator[Block]:
    """The rows of a sheet, the `table`th of the file. Raises ReadingError when there are too many cells.

    Hidden rows and columns are read: a filter hides rows that hold. Each such row says so, the first row with something in
    it says so of the columns.
    """
    right = max([column for _, column in sheet.cells], default=0)
    merged, title = sheet.merged, sheet.title
    areas = [
        _area(spot, text, merged[spot], right) if spot in merged else Area(*spot, text)
        for spot, text in sheet.cells.items()
    ]
    blocks = table_blocks(areas, lambda row, column: Place(None, None, title, None, row, column), table, name)
    return _telling_hidden(blocks, sheet) if sheet.hidden_rows or sheet.hidden_columns else blocks


def hidden_sheet(title: str) -> Doubt:
    """A sheet is hidden and was left out."""
    return Doubt("hidden-sheet", f"工作表“{title}”是隐藏的，没有读取", Place(sheet=title), title)


def _telling_hidden(blocks: Iterator[Block], sheet: Sheet) -> Iterator[Block]:
    """`blocks` with the doubts about what a person who opens the sheet does not see."""
    columns = {column for _, column in sheet.cells} & sheet.hidden_columns
    for block in blocks:
        told = list(block.doubts)
        if block.place.row in sheet.hidden_rows:
            told.append(hidden_row("工作表", block.place))
        if columns and block.cells:
            said = f"工作表“{sheet.title}”有隐藏的列（{'、'.join(map(_letters, sorted(columns)))}），照样读了，请核对。"
            told.append(Doubt("hidden-columns", said, Place(sheet=sheet.title)))
            columns = set()
        yield replace(block, doubts=tuple(told)) if len(told) > len(block.doubts) else block


def _letters(column: int) -> str:
    """1 → A, 27 → AA."""
    rest, last = divmod(column - 1, 26)
    return (_letters(rest) if rest else "") + chr(ord("A") + last)


def _area(spot: Spot, text: str, end: Spot, right: int) -> Area:
    """A filled cell merged as far as `end`, but no further right than anything is written."""
    (row, column), (bottom, edge) = spot, end
    return Area(row, column, text, bottom - row + 1, min(edge, right) - column + 1)
