"""Tables of units against months, with the work itself in the cells: turned into a row for each piece of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, column_of
from knowledge.parsing.heads import headers_of, is_header, layout_of
from knowledge.parsing.lines import Box, Line, renumbered, tables_in
from knowledge.parsing.names import fold, is_unit, read_names
from knowledge.parsing.phrases import deadline_like, is_nothing

_LEAST, _WORDS = 2, 4
_UNIT, _WORK, _WHEN = "责任单位", "工作任务", "完成时限"


def uncrossed(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each such table as one of unit, work and time, whichever of unit and month stands at the side."""
    out: list[Line] = []
    for table, rows in tables_in(lines):
        out += _table(rows) if table and len(rows) > 1 else rows
    return renumbered(out)


def _table(rows: Sequence[Line]) -> list[Line]:
    header, below = rows[0], rows[1:]
    at = _side(header, below)
    if at is None:
        return list(rows)
    months = deadline_like(below[0].boxes[at].text)
    made = [_row(header, _UNIT, _WORK, _WHEN)]
    for row in below:
        if len(row.boxes) != len(header.boxes):
            made.append(row)
            continue
        for i, box in enumerate(row.boxes):
            if i <= at or is_nothing(box.text) or box.merged:
                continue
            side, head = row.boxes[at], header.boxes[i]
            unit, when = (head, side) if months else (side, head)
            made.append(_row(row, unit, box, when))
    return made


def _side(header: Line, below: Sequence[Line]) -> int | None:
    """The column of the names at the side, None where a table is no cross of units and months with work in it."""
    if not header.boxes or (is_header(header.boxes) and len(headers_of([header, *below])) > 1):
        return None
    at = 1 if column_of(header.boxes[0].text) == column_of("序号") and len(header.boxes) > _LEAST else 0
    heads = [fold(box.text) for box in header.boxes[at + 1 :]]
    times, units = _are_times(header, heads), all(map(_is_unit, heads))
    if len(heads) < _LEAST or not (times or units):
        return None
    whole = [row for row in below if len(row.boxes) == len(header.boxes)]
    side = [fold(row.boxes[at].text) for row in whole]
    cells = [box.text for row in whole for box in row.boxes[at + 1 :] if not is_nothing(box.text)]
    if len(side) < _LEAST or len(cells) < len(side):
        return None
    worked = sum(map(len, cells)) >= _WORDS * len(cells) and 2 * sum(map(_is_unit, cells)) < len(cells)
    timed = times and all(map(_is_unit, side))
    owned = units and all(map(deadline_like, side))
    return at if worked and (timed or owned) else None


def _are_times(header: Line, heads: Sequence[str]) -> bool:
    stages = [column.holds is Holds.STAGE for column in layout_of(header).columns[-len(heads) :]]
    return len(stages) == len(heads) and all(stages)


def _is_unit(text: str) -> bool:
    return is_unit(text) and len(read_names(text).units) == 1 and column_of(text) is None


def _row(line: Line, *cells: str | Box) -> Line:
    boxes = tuple(_boxes(line, cells))
    text = "\t".join(dict.fromkeys(box.text for box in boxes))
    return replace(line, text=text, raw="\t".join(box.raw for box in boxes), boxes=boxes)


def _boxes(line: Line, cells: Sequence[str | Box]) -> Iterator[Box]:
    for cell in cells:
        if isinstance(cell, str):
            yield Box(cell, cell, Cell(cell, line.place))
        else:
            yield replace(cell, cell=replace(cell.cell, merged_from=None))
