"""Tables that no longer look like tables: one cell a line, bars or runs of blanks between cells, rows broken in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Cell
from knowledge.parsing.cells import is_section, row_of
from knowledge.parsing.columns import column_of
from knowledge.parsing.furniture import is_page_mark
from knowledge.parsing.heads import is_header
from knowledge.parsing.lines import Box, Line, has_paragraphs, renumbered
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import is_number
from knowledge.parsing.upended import BARS, upended

_GAPS = re.compile(r"[ \u3000\xa0]{2,}")
_BLANK = re.compile(r"[ \t\u3000\xa0]")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")


def unmasked(lines: Sequence[Line]) -> list[Line]:
    """`lines` with disguised tables turned into rows, counted anew."""
    out = [line for line in lines if line.text.strip("|｜ ") and (line.boxes or not is_page_mark(line.text))]
    if has_paragraphs(out):
        out = _cut(upended(_cut(out, BARS)), _GAPS)
        out = _cut(out, _BLANKS, exact=True)
    return renumbered(_mended(out))


def _cut(lines: Sequence[Line], mark: re.Pattern[str], exact: bool = False) -> list[Line]:
    """Lines below a header whose cells `mark` separates, as rows; a line that it does not cut ends the table.
    Behind a table of other making lines with just as many cells are more of it; behind a heading across a table with bars too.

    `exact`: a line counts only where it has just as many cells as the header, and that at least four.
    """
    out: list[Line] = []
    inside, width, told = False, 0, 0  # `told`: the width of the last table
    for line in lines:
        if line.boxes and not inside:
            out.append(line)
            continue
        parts = [] if line.boxes else _parts(line.raw.strip(), mark, width)
        row = row_of([(part, line) for part in parts]) if len(parts) > 1 else None
        if exact and (len(parts) < 4 or (inside and len(parts) != width)):
            row = None
        if row is not None and not inside:
            again = told if exact and is_number(parts[0]) else 0  # behind a row that could not be cut
            more = len(parts) > 2 and len(parts) in (_width(out), width if mark is BARS else again)
            head = is_header(row.boxes) and not numbered(line.text).level  # not 任务一　压缩通关时间
            inside, width = more or head, len(parts)
            told = width if inside else told
        elif row is None:
            if inside and (longer := _longer_head(out[-1], line)) is not None:
                out[-1] = longer
                continue
            inside = False
        out.append(row if inside and row is not None else line)
    return out


def _parts(text: str, mark: re.Pattern[str], width: int) -> list[str]:
    """The cells that `mark` parts; a bar at an edge is the edge of the table, or parts off an empty cell where `width` are due."""
    whole = mark.split(text)
    if mark is _BLANKS and len(whole) != width and len(single := _BLANK.split(text)) == width:
        return single  # a tab for each cell, an empty one among them
    return whole if mark is BARS and len(whole) == width else mark.split(text.strip("|｜"))


def _width(lines: Sequence[Line]) -> int:
    """How many cells the last of `lines` has."""
    return len(lines[-1].boxes) if lines else 0


def _longer_head(header: Line, line: Line) -> Line | None:
    """A header whose last head was broken off (完成⏎时限), whole again; None when `line` is something else."""
    last = header.boxes[-1] if header.boxes else None
    if last is None or line.boxes or is_section(line.text) or not is_header(header.boxes[:-1]):
        return None
    if column_of(last.text + line.text) is None:
        return None
    whole = Box(last.text + line.text, last.raw + line.raw, last.cell)
    return replace(header, boxes=(*header.boxes[:-1], whole), text=f"{header.text}{line.text}")


def _mended(lines: Sequence[Line]) -> list[Line]:
    """A row broken inside a cell: it and the next line have exactly the cells of the header between them."""
    out: list[Line] = []
    width, broken = 0, False
    for at, line in enumerate(lines):
        if line.place.sheet:  # a sheet breaks no cells
            out.append(line)
            continue
        if line.boxes and is_header(line.boxes):
            width = len(line.boxes)
        if not line.boxes and out and _inside_cell(out[-1], lines[at : at + 6], width):
            line = replace(line, boxes=(Box(line.text, line.raw, Cell(line.text, line.place)),), block=out[-1].block)
            out[-1], broken = _added(out[-1], line), True
            continue
        last = out[-1] if out and out[-1].boxes and line.boxes else None
        near = last is not None and (broken or last.block.table == line.block.table)
        if last and near and _completes(last, line, width):
            out[-1] = _added(last, line)
        else:
            out.append(line)
        broken = False
    return out


def _added(last: Line, line: Line) -> Line:
    """`last` with the cells of `line`, whose first one goes on with the last cell."""
    first, cell = line.boxes[0], last.boxes[-1]
    middle = Box(cell.text + first.text, f"{cell.raw}\n{first.raw}", cell.cell)
    boxes = (*last.boxes[:-1], middle, *line.boxes[1:])
    text = "\t".join(box.text for box in boxes if box.text)
    block = replace(last.block, doubts=tuple(dict.fromkeys(last.block.doubts + line.block.doubts)))
    return replace(last, boxes=boxes, text=text, raw=f"{last.raw}\n{line.raw}", block=block)


def _inside_cell(last: Line, ahead: Sequence[Line], width: int) -> bool:
    """Whether a line without cells stands inside a broken one: the row is complete only with a line further down."""
    if width < 3 or not last.boxes or is_header(last.boxes) or len(ahead[0].text) > 30:
        return False
    if len(last.boxes) == width:
        return last.boxes[-1].text.endswith(("、", "，", ","))
    row = next((line for line in ahead[:5] if line.boxes), None)
    return row is not None and _completes(last, row, width)


def _completes(last: Line, line: Line, width: int) -> bool:
    if not last.boxes[-1].text or not line.boxes[0].text or is_section(last.text):  # nothing that could go on
        return False
    if width < 3 or len(last.boxes) >= width or is_number(line.boxes[0].text):
        return False
    return len(last.boxes) + len(line.boxes) - 1 == width
