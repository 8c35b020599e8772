"""Tables laid out with blanks whose cells go on over several lines: each row put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.reading.lines import Line, columns, separator

_PART = re.compile(r"\S+(?:\s\S+)*")
_LEAST = 3  # columns, of which a second line of a row may fill any

Cells = dict[int, str]
"""The parts of cells on one line, by the column in which they begin."""


def unaligned(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each such table as rows between bars, the parts of a cell with a line break between them.

    Its first line tells where the columns begin; every line below keeps to them, and some leave the first one empty, which
    only go on with the row above. Any other lines with gaps stay as they are.
    """
    out: list[Line] = []
    at = 0
    while at < len(lines):
        table = list(_table(lines, at)) if separator(lines[at][1]) == " " else []
        end = at + max(len(table), 1)
        whole = len(table) > 2 and any(min(cells) > 0 for cells in table) and _counts(table)
        out += _rows(lines[at:end], table) if whole else lines[at:end]
        at = end
    return out


def _table(lines: Sequence[Line], start: int) -> Iterator[Cells]:
    """The lines from `start` on that keep to the columns of the first one."""
    begins = [begin for begin, _ in _parts(lines[start][1])]
    for at in range(start, len(lines) if len(begins) >= _LEAST else start):
        cells = _cells(lines[at][1], begins)
        if not cells:
            return
        yield cells


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """What stands between the gaps of a line, each with the place where it begins, in half-width columns."""
    return ((columns(text[: part.start()]), part.group()) for part in _PART.finditer(text))


def _cells(text: str, begins: Sequence[int]) -> Cells | None:
    """The parts of a line by their columns; None where one of them does not begin with a column."""
    parts = list(_parts(text))
    return {begins.index(begin): part for begin, part in parts} if all(begin in begins for begin, _ in parts) else None


def _counts(table: Sequence[Cells]) -> bool:
    """Whether each row below the head begins with its number, so that a line without one goes on with the row above."""
    firsts = [cells[0] for cells in table[1:] if 0 in cells]
    return bool(firsts) and all(first.strip(".．、").isdecimal() for first in firsts)


def _rows(lines: Sequence[Line], table: Sequence[Cells]) -> Iterator[Line]:
    width = 1 + max(max(cells) for cells in table)
    rows: list[tuple[int, list[Cells]]] = []
    for (number, _), cells in zip(lines, table, strict=True):
        if 0 in cells or not rows:
            rows.append((number, []))
        rows[-1][1].append(cells)
    for number, parts in rows:
        whole = ("<br>".join(cells[at] for cells in parts if at in cells) for at in range(width))
        yield number, f"|{'|'.join(whole)}|"
