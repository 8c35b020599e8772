"""Table rows from cells that may span several rows and columns, the same way for .docx, .html and .xlsx."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.model import Block, Cell, Doubt, Place
from knowledge.reading.limits import MAX_CELLS, MAX_COLUMNS, check_extent

_WHOLE = 3  # cells with words in a row that is no part of the arrangement of a page

Placing = Callable[[int, int | None], Place]
"""(row, column or None for the whole row) → its place."""


class Area(NamedTuple):
    """One cell as the file holds it: where it begins (from 1), how far it reaches, what it says."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


Grid = Mapping[int, Mapping[int, Area]]


def table_blocks(areas: Sequence[Area], placing: Placing, table: int, name: str) -> Iterator[Block]:
    """The blocks of a table, spans expanded into `merged_from`, empty rows left out.

    Rows above and below the real rows that hold one text only (a title, a legend, notes, a signature) come as paragraphs.
    Raises ReadingError when the spans come to too many cells.
    """
    grid = _grid(areas, name)
    rows = [row for row in sorted(grid) if any([area.text for area in grid[row].values()])]
    first = next((row for row in rows if len(_filled(grid[row])) > 1), None)
    last = next((row for row in reversed(rows) if len(_filled(grid[row])) > 1), None)
    width = max([max(grid[row]) for row in rows], default=0)
    padded = width if width * len(rows) <= MAX_CELLS else 0
    for row in rows:
        if first is None or last is None or row < first or (row > last and _is_note(grid[row])):
            alone = _filled(grid[row])[0]
            if alone.row == row:  # a text over several rows is said once
                yield from paragraphs(alone.text, placing(row, None))
        else:
            yield Block("", placing(row, None), _cells(row, grid[row], padded, placing), table)


def paragraphs(text: str, place: Place, heading: int = 0) -> Iterator[Block]:
    """One block for each line that says something."""
    for line in text.splitlines():
        if line.strip():
            yield Block(line.strip(), place, heading=heading)


def is_layout(lines: Iterable[Sequence[int]], holds_table: bool) -> bool:
    """Whether a table only arranges a page: `lines` counts the lines of each cell, row by row.

    It is one around a real table, one that never has two filled cells in a row, or one whose cell holds a whole article.
    """
    counted = [row for row in lines if any(row)]
    most = max((sum(1 for count in row if count) for row in counted), default=0)
    longest = max((max(row) for row in counted), default=0)
    return holds_table or most < 2 or (longest > 20 and len(counted) < 4)


def is_real(filled: Sequence[int], around: Collection[int]) -> bool:
    """Whether a table says something itself although others stand in its cells: `filled` counts the cells with words of each
    row, `around` are the rows with a table in them. Then it has whole rows, and those around the others are such too."""
    whole = {at for at, count in enumerate(filled) if count >= _WHOLE}
    return len(whole) > 1 and whole.issuperset(around)


def hidden_row(where: str, place: Place) -> Doubt:
    """A row that whoever opens the file does not see was read all the same: a filter or a fold hides rows that hold."""
    return Doubt("hidden-row", f"这一行在{where}里是隐藏的，照样读了，请核对是否还算数。", place)


def _grid(areas: Sequence[Area], name: str) -> Grid:
    """Every grid place → the area that covers it; an area reaches no lower than the last row that begins a cell."""
    bottom = max([area.row for area in areas], default=0)
    spans = [area for area in areas if area.height != 1 or area.width != 1]
    spread = sum([min(area.height, bottom - area.row + 1) * min(area.width, MAX_COLUMNS) for area in spans])
    check_extent(0, len(areas) - len(spans) + spread, name)
    grid: dict[int, dict[int, Area]] = {}
    for area in areas:
        row, column, _, height, width = area
        if height == width == 1:
            grid.setdefault(row, {}).setdefault(column, area)
            continue
        for under in range(row, row + min(height, bottom - row + 1)):
            line = grid.setdefault(under, {})
            for beside in range(column, column + min(width, MAX_COLUMNS)):
                line.setdefault(beside, area)
    return grid


def _filled(row: Mapping[int, Area]) -> list[Area]:
    """The different cells of a row that say something."""
    return list({id(area): area for _, area in sorted(row.items()) if area.text}.values())


def _is_note(row: Mapping[int, Area]) -> bool:
    """Whether a single text below the table is a note: it starts at the left edge or lies across columns."""
    area = _filled(row)[0]
    return (area.column == 1 or area.width > 1) and not area.text.strip().rstrip(".、").isdigit()


def _cells(row: int, line: Mapping[int, Area], width: int, placing: Placing) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in range(1, max(width, *line) + 1):
        area = line.get(column)
        if area is None:
            cells.append(Cell("", placing(row, column)))
        elif area.row == row and area.column == column:
            cells.append(Cell(area.text, placing(row, column)))
        else:
            cells.append(Cell(area.text, placing(row, column), placing(area.row, area.column)))
    return tuple(cells)
