"""Tables that no longer look like tables: one cell a line, bars or runs of blanks between cells, rows broken in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, column_of, is_header, layout_of
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.phrases import is_number

_BARS = re.compile(r"\s*[|｜│┃]\s*")
_GAPS = re.compile(r"[ \u3000\xa0]{2,}")
Covers = dict[int, frozenset[int]]


def unmasked(lines: Sequence[Line]) -> tuple[list[Line], Covers]:
    """`lines` with disguised tables turned into rows, and for each row made of several lines the lines it covers."""
    lines = [line for line in lines if line.text.strip("|｜ ")]
    covers: Covers = {}
    out = _upright(lines, covers)
    for mark in (_BARS, _GAPS):
        out = _cut(out, mark)
    return _mended(out, covers), covers


def _row(parts: Sequence[tuple[str, Line]], covers: Covers | None = None) -> Line:
    first = parts[0][1]
    boxes = tuple(Box(unblanked(text), text, Cell(text, line.place)) for text, line in parts)
    if covers is not None:
        covers[first.index] = frozenset(line.index for _, line in parts)
    return replace(
        first, text="\t".join(box.text for box in boxes if box.text), raw="\t".join(b.raw for b in boxes), boxes=boxes
    )


def _upright(lines: Sequence[Line], covers: Covers) -> list[Line]:
    """Cells one below the other: three or more heads in a row, then a new row at every number."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        heads = _heads(lines[at:])
        if heads < 3:
            out.append(lines[at])
            at += 1
            continue
        header = _row([(line.raw, line) for line in lines[at : at + heads]], covers)
        at += heads
        body = _while(lines[at:], lambda line: not line.boxes)
        numbered = layout_of(header).first(Holds.NUMBER) is not None
        rows = _by_number(body) if numbered else _by_count(body, heads)
        out += [header, *(_row([(line.raw, line) for line in row], covers) for row in rows)]
        at += len(body)
    return out


def _heads(lines: Sequence[Line]) -> int:
    """How many lines from here are heads of an upright table; 0 when they are none."""
    run = _while(lines[:12], lambda line: not line.boxes and column_of(line.text) is not None)
    boxes = [Box(line.text, line.raw, Cell(line.text, line.place)) for line in run]
    return len(run) if len(run) >= 3 and is_header(boxes) else 0


def _while(lines: Sequence[Line], wanted: Callable[[Line], bool]) -> list[Line]:
    out: list[Line] = []
    for line in lines:
        if not wanted(line):
            break
        out.append(line)
    return out


def _by_number(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if is_number(line.text) or not rows:
            rows.append([])
        rows[-1].append(line)
    return rows


def _by_count(lines: Sequence[Line], width: int) -> list[list[Line]]:
    return [list(lines[at : at + width]) for at in range(0, len(lines), width)]


def _cut(lines: Sequence[Line], mark: re.Pattern[str]) -> list[Line]:
    """Lines below a header whose cells `mark` separates, as rows; a line that it does not cut ends the table."""
    out: list[Line] = []
    inside = False
    for line in lines:
        parts = [] if line.boxes else mark.split(line.raw.strip().strip("|｜"))
        row = _row([(part, line) for part in parts]) if len(parts) > 1 else None
        if row is not None and not inside:
            inside = is_header(row.boxes)
        elif row is None:
            inside = False
        out.append(row if inside and row is not None else line)
    return out


def _mended(lines: Sequence[Line], covers: Covers) -> list[Line]:
    """A row broken inside a cell: it and the next line have exactly the cells of the header between them."""
    out: list[Line] = []
    width = 0
    for line in lines:
        if line.boxes and is_header(line.boxes):
            width = len(line.boxes)
        last = out[-1] if out else None
        if (
            last
            and last.boxes
            and line.boxes
            and last.block.table == line.block.table
            and _completes(last, line, width)
        ):
            middle = Box(
                last.boxes[-1].text + line.boxes[0].text,
                f"{last.boxes[-1].raw}\n{line.boxes[0].raw}",
                last.boxes[-1].cell,
            )
            boxes = (*last.boxes[:-1], middle, *line.boxes[1:])
            covers[last.index] = covers.get(last.index, frozenset({last.index})) | {line.index}
            out[-1] = replace(
                last, boxes=boxes, text="\t".join(b.text for b in boxes if b.text), raw=f"{last.raw}\n{line.raw}"
            )
        else:
            out.append(line)
    return out


def _completes(last: Line, line: Line, width: int) -> bool:
    if width < 3 or len(last.boxes) >= width or is_number(line.boxes[0].text):
        return False
    return len(last.boxes) + len(line.boxes) - 1 == width


def spread(indices: frozenset[int], covers: Covers) -> frozenset[int]:
    """All source lines behind the rows with `indices`."""
    return frozenset(i for index in indices for i in covers.get(index, frozenset({index})))
