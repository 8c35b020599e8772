"""Spreadsheets printed wider than their paper: the columns that fell onto further pages put beside the others again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.model import Cell, Doubt
from knowledge.parsing.columns import Holds, column_of
from knowledge.parsing.heads import headers_of
from knowledge.parsing.lines import Box, Line, renumbered
from knowledge.parsing.names import fold
from knowledge.parsing.sections import words_across

_LEAST = 2  # rows of a strip, heads of a strip


@dataclass(frozen=True, slots=True)
class Strip:
    """The pages that carry the same columns of a table: its header rows and the rows below them, in order."""

    header: tuple[Line, ...]
    rows: tuple[Line, ...]

    @property
    def width(self) -> int:
        """How many columns it carries."""
        return len(self.header[0].boxes)


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each table whose columns were printed on several pages as one, a doubt in each of its rows.

    Its strips have other heads and just as many rows; only the first tells what is to be done. Anything else stays.
    """
    if len({line.block.place.page for line in lines} - {None}) < _LEAST:
        return list(lines)
    boxed = [row for row in _with_lone_columns(lines) if row.boxes and row.place.page is not None]
    if len({line.place.page for line in boxed}) < _LEAST:
        return list(lines)
    strips = _strips(boxed)
    whole = _joined(strips)
    if whole is None:
        return list(lines)
    taken = {line.index for strip in strips for line in (*strip.header, *strip.rows)}
    first = min(taken)
    out: list[Line] = []
    for line in lines:
        if line.index == first:
            out += whole
        if line.index not in taken:
            out.append(line)
    return renumbered(out)


def _with_lone_columns(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each column that was printed on a page by itself, and so read as paragraphs, as rows of one cell below
    its head; where such a column has a head, those without one go on with it."""
    out: list[Line] = []
    runs = [(key, list(run)) for key, run in groupby(lines, key=_lone_column)]
    heads = {at: head for at, (key, run) in enumerate(runs) if key and (head := _head_of(run)) is not None}
    for at, (key, run) in enumerate(runs):
        start = heads.get(at, 0) if key and heads else len(run)
        rows = groupby(run[start:], key=lambda line: line.place.row)
        out += [*run[:start], *(_boxed(list(row)) for _, row in rows)]
    return out


def _lone_column(line: Line) -> tuple[int, int] | None:
    """Page and table of a line that was the only one in its row."""
    place = line.place
    return (place.page, place.table) if not line.boxes and place.page and place.table and place.row else None


def _head_of(run: Sequence[Line]) -> int | None:
    """Where the head of a lone column stands: at its top, or below the title of the sheet."""
    heads = [at for at, line in enumerate(run[:_LEAST]) if column_of(line.text) is not None]
    return heads[-1] if heads else None


def _boxed(row: Sequence[Line]) -> Line:
    raw = "\n".join(line.raw for line in row)
    box = Box("".join(line.text for line in row), raw, Cell(raw, row[0].place))
    return replace(row[0], boxes=(box,), block=replace(row[0].block, table=row[0].place.table or 0))


def _strips(boxed: Sequence[Line]) -> list[Strip]:
    """The strips in which these rows were printed, whether page by page or one strip after the other; a page without heads
    carries on with the columns of the strip that is as wide, of two such with the next one where all heads came first, else with the one before."""
    strips: list[Strip] = []
    last, over = 0, True
    for _, group in groupby(boxed, key=lambda line: (line.place.page, line.block.table)):
        rows = list(group)
        if _heads(rows[0]):
            header = headers_of(rows)
            same = [at for at, strip in enumerate(strips) if _key(strip.header[0]) == _key(header[0])]
            if not same:
                strips.append(Strip(tuple(header), ()))
            last, rows = (same or [len(strips) - 1])[0], rows[len(header) :]
        else:
            fits = [at for at, strip in enumerate(strips) if strip.width == len(rows[0].boxes)]
            if not fits:
                return []
            over = over and len(strips) > 1  # all heads came first: pages go across, then down
            last = (last + 1) % len(strips) if over else last
            last = last if last in fits else fits[0]
        strips[last] = replace(strips[last], rows=(*strips[last].rows, *rows))
    return strips


def _heads(row: Line) -> bool:
    """Whether a row is made of column heads, whatever they hold."""
    filled = [box.text for box in row.boxes if box.text]
    enough = len(filled) >= min(_LEAST, len(row.boxes))
    return enough and sum(column_of(text) is not None for text in filled) * 3 >= len(filled) * 2


def _key(header: Line) -> tuple[str, ...]:
    return tuple(fold(box.text) for box in header.boxes)


def _joined(strips: Sequence[Strip]) -> list[Line] | None:
    """The rows of all strips side by side, None where they are no strips of one table."""
    if len(strips) < _LEAST or len({len(strip.header) for strip in strips}) != 1 or not _belong(strips):
        return None
    first, *others = strips
    sections = [len({len(strip.rows) for strip in strips}) > 1 and words_across(row) is not None for row in first.rows]
    count = len(first.rows) - sum(sections)
    if count < _LEAST or any(len(strip.rows) != count for strip in others):
        return None
    out = [_beside(rows) for rows in zip(*(strip.header for strip in strips), strict=True)]
    beside = zip(*(strip.rows for strip in others), strict=True)
    for row, section in zip(first.rows, sections, strict=True):
        out.append(row if section else _doubted(_beside((row, *next(beside)))))
    return out


def _belong(strips: Sequence[Strip]) -> bool:
    """Whether strips have other heads each, and only the first can stand by itself: it counts, or tells what is to be done."""
    heads = [head for strip in strips for head in _key(strip.header[0])]
    first, *others = ({c.holds for head in _key(strip.header[0]) if (c := column_of(head))} for strip in strips)
    if len(set(heads)) != len(heads) or not first & {Holds.NUMBER, Holds.TEXT}:
        return False
    alone = {Holds.TEXT, Holds.UNITS}
    return not any(Holds.NUMBER in held or (Holds.UNITS in first and alone <= held) for held in others)


def _beside(rows: Sequence[Line]) -> Line:
    """Rows of the same height as one row."""
    boxes = tuple[Box, ...](box for row in rows for box in row.boxes)
    text = "\t".join(dict.fromkeys(box.text for box in boxes if box.text))
    doubts = tuple(doubt for row in rows for doubt in row.block.doubts)
    block = replace(rows[0].block, doubts=doubts)
    return replace(rows[0], text=text, raw="\t".join(box.cell.text for box in boxes), boxes=boxes, block=block)


def _doubted(row: Line) -> Line:
    said = "表格打印时右边几栏落在别的页上，按行的次序拼回，请核对单位和时限是否属于本行。"
    doubt = Doubt("columns-overleaf", said, row.place, row.text.split("\t")[-1][:40])
    return replace(row, block=replace(row.block, doubts=(*row.block.doubts, doubt)))
