"""Columns without ruled lines, told by the gaps that go down through several printed lines: of a table, or of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.reading.leaf import TextLine, Word

_MARK = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、]?|第.{1,3}[章节条项]|[①-⑳●◆■★▲□◇○•➢·]")
Span = tuple[float, float]
Part = tuple[Word, ...]

_GUTTER = 0.4  # of the type size: as wide a gap through the lines parts two columns
_TIGHT = 0.7  # of the type size: a narrower gutter may be a blank
_BLANK = 0.32  # of the type size: what is narrower only sets numbers off from characters
_FAR = 4.0  # of the type size: text further below belongs to something else
_ACROSS = 0.25  # as many of the lines may lie across a gutter
_ALIKE = 2  # lines that begin where a column does
_MOST_HEADS = 3
_PARTING = 0.12  # as many of the lines with several texts must have some on both sides of a gutter
_ALIGNED = 0.6
"""As many parts must begin, or stand centred, where the others of their column do."""
_MEASURE = 9.0  # of the type size: text that is set in columns has at least such long lines
_FULL = 0.55
"""As many lines of text in columns fill their column."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines from `first` to before `last` (indices) in columns; `edges` are the limits between and around them.

    `tight`: so little room parts some of them, or words inside them, that another reading is well possible.
    """

    first: int
    last: int
    edges: tuple[float, ...]
    tight: bool = False

    def at(self, x: float) -> int:
        """The column of a place, from 0."""
        return sum(1 for edge in self.edges[1:-1] if edge < x)

    def of(self, part: Part) -> tuple[int, int]:
        """The first and the last column that words reach over."""
        return self.at(part[0].x0 + 1), max(self.at(part[0].x0 + 1), self.at(part[-1].x1 - 1))


def columns_in(lines: Sequence[TextLine]) -> list[Columns]:
    """The runs of lines on a page that stand in columns, from top to bottom."""
    out: list[Columns] = []
    parts = [line.parts() for line in lines]
    at = 0
    while at < len(lines):
        found = _columns(lines, parts, at) if len(parts[at]) > 1 else None
        if found is not None:
            out.append(found)
        at = found.last if found is not None else at + 1
    return out


def _columns(lines: Sequence[TextLine], parts: Sequence[list[Part]], first: int) -> Columns | None:
    last, across = _extent(lines, parts, first)
    while last > first and _is_below(lines, parts, first, last - 1):
        last -= 1
    run = parts[first:last]
    size = median(line.size for line in lines[first:last]) if run else 1.0
    gutters = _gutters([row for at, row in enumerate(run, first) if at not in across], size)
    many = sum(len(row) > 1 for row in run)
    if not gutters or many < (3 if len(gutters) < 2 else 2):
        return None
    while first > 0 and _is_rest(lines[first - 1], lines[first], gutters):
        first -= 1
        run = [parts[first], *run]
    left, right = min(row[0][0].x0 for row in run), max(row[-1][-1].x1 for row in run)
    tight = min(b - a for a, b in gutters) < _TIGHT * size or sum(map(_has_gaps, run)) > 1
    found = Columns(first, last, (left, *((a + b) / 2 for a, b in gutters), right), tight)
    return found if _is_aligned(found, run, size) and not _is_list(found, run) else None


def _is_below(lines: Sequence[TextLine], parts: Sequence[list[Part]], first: int, at: int) -> bool:
    """Whether the line `at`, the last of a run, is the paragraph after the table: a single text below its first column,
    unless it goes on close by where the lines of another column begin."""
    if len(parts[at]) > 1 or parts[at][0][0].x0 >= parts[first][1][0].x0:
        return False
    begins, size = parts[at][0][0].x0, lines[at].size
    left = min(part[0].x0 for row in parts[first:at] for part in row)
    alike = sum(abs(part[0].x0 - begins) < 1 for row in parts[first:at] for part in row)
    return begins < left + size or alike < _ALIKE or lines[at].top - lines[at - 1].bottom > size


def _is_rest(line: TextLine, below: TextLine, gutters: Sequence[Span]) -> bool:
    """Whether a line above a run is the rest of a cell from the page before: it stands inside a column but the first."""
    near = -line.size <= below.top - line.bottom <= line.size  # a cell set in the middle begins below the other's top
    return near and line.x0 >= gutters[0][1] - 1 and not any(line.x0 < a and line.x1 > b for a, b in gutters)


def _extent(lines: Sequence[TextLine], parts: Sequence[list[Part]], first: int) -> tuple[int, set[int]]:
    """The line before which the run ends that begins at `first`, and the lines in it that lie across its gutters."""
    gutters = _gaps(parts[first])
    across: set[int] = set()
    for at in range(first + 1, len(lines)):
        if lines[at].top - lines[at - 1].bottom > _FAR * lines[at].size:
            return at, across
        left = _narrowed(gutters, parts[at], lines[at].size)
        if len(left) == len(gutters):
            gutters = left
        elif len(parts[at]) == 1 or (not left and at == first + 1):
            return at, across
        elif left and at == first + 1:
            gutters = left
        else:
            across.add(at)
            if len(across) > 1 + _ACROSS * (at - first):
                return at, across
    return len(lines), across


def _has_gaps(row: list[Part]) -> bool:
    """Whether blanks that may as well part two columns stand inside the texts of a line."""
    return any(b.x0 - a.x1 > _BLANK * a.size for part in row for a, b in pairwise(part))


def _gaps(row: list[Part]) -> list[Span]:
    return [(a[-1].x1, b[0].x0) for a, b in pairwise(row)]


def _narrowed(gutters: Sequence[Span], row: list[Part], size: float) -> list[Span]:
    """What a line leaves of the gutters."""
    out: list[Span] = []
    for x0, x1 in gutters:
        for part in row:
            if part[-1].x1 > x0 and part[0].x0 < x1:
                if part[0].x0 - x0 >= x1 - part[-1].x1:
                    x1 = min(x1, part[0].x0)
                else:
                    x0 = max(x0, part[-1].x1)
        if x1 - x0 >= _GUTTER * size:
            out.append((x0, x1))
    return out


def _gutters(run: Sequence[list[Part]], size: float) -> list[Span]:
    """The gaps that go down through a run; lines at its top may lie across some, as heads over two columns do."""
    best: list[Span] = []
    for heads in range(min(_MOST_HEADS, max(len(run) - 3, 0)) + 1):
        rows = run[heads:]
        many = sum(len(row) > 1 for row in rows)
        needed = max(min(2, many), _PARTING * many)
        named = _gaps(run[0]) if len(run[0]) > 2 else []  # a column may be empty but for its head
        free = [
            gap
            for gap in _free(rows, size)
            if _parting(gap, rows) >= needed or any(x0 - 1 <= gap[0] and gap[1] <= x1 + 1 for x0, x1 in named)
        ]
        if len(free) > len(best):
            best = free
    return best


def _free(rows: Sequence[list[Part]], size: float) -> list[Span]:
    """The gaps no word of these lines stands in."""
    spans = sorted((part[0].x0, part[-1].x1) for row in rows for part in row)
    out: list[Span] = []
    reach = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - reach >= _GUTTER * size:
            out.append((reach, x0))
        reach = max(reach, x1)
    return out


def _parting(gap: Span, rows: Sequence[list[Part]]) -> int:
    """How many lines have text on both sides of a gap."""
    return sum(row[0][0].x0 < gap[0] and row[-1][-1].x1 > gap[1] for row in rows)


def _is_aligned(columns: Columns, run: Sequence[list[Part]], size: float) -> bool:
    """Whether the parts of a column begin at one place, or stand around one middle."""
    by_column: dict[int, list[Part]] = {}
    for row in run:
        for part in row:
            by_column.setdefault(columns.of(part)[0], []).append(part)
    fits = 0
    for parts in by_column.values():
        fits += max(
            _agreeing([part[0].x0 for part in parts], 0.6 * size),
            _agreeing([(part[0].x0 + part[-1].x1) / 2 for part in parts], 0.6 * size),
            _agreeing([part[-1].x1 for part in parts], 0.6 * size),
        )
    return fits >= _ALIGNED * sum(map(len, by_column.values()))


def _is_list(columns: Columns, run: Sequence[list[Part]]) -> bool:
    """Whether the first of two columns only holds numbers, bullets or labels: a list with its marks set apart."""
    marks = [part[0].text for row in run for part in row if columns.of(part)[0] == 0]
    return len(columns.edges) == 3 and all(_MARK.fullmatch(mark) or mark.endswith(("：", ":")) for mark in marks)


def _agreeing(places: Sequence[float], reach: float) -> int:
    """How many of the places lie near one of them at most."""
    return max(sum(abs(other - place) <= reach for other in places) for place in places)


def is_text(columns: Columns, lines: Sequence[TextLine]) -> bool:
    """Whether the columns hold running text, to be read one after the other, and no table."""
    run = [line.parts() for line in lines[columns.first : columns.last]]
    if len(run) < 6 or not 3 <= len(columns.edges) <= 4:
        return False
    for at in range(len(columns.edges) - 1):
        own = [part for row in run for part in row if columns.of(part) == (at, at)]
        if len(own) < 5:
            return False
        x0, x1 = min(part[0].x0 for part in own), max(part[-1].x1 for part in own)
        size = own[0][0].size
        full = sum(part[-1].x1 > x1 - 1.5 * size and part[0].x0 < x0 + 3 * size for part in own)
        if x1 - x0 < _MEASURE * size or full < _FULL * len(own):
            return False
    return True
