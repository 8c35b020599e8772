"""A first column of stages in a table without ruled lines: each stands beside several rows, in their middle or at their top."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from knowledge.reading.gaps import Columns
from knowledge.reading.leaf import TextLine

_APART = 0.9  # type sizes: lines of one stage stand no further apart
_OPENS = re.compile(r"第[一二三四五六]阶段|[（(]?[一二三四五六七八九十]{1,2}[）)、]")
_FEW = 2

Rows = Sequence[Sequence[TextLine]]


class Stage(NamedTuple):
    """The printed lines of a stage, and the rows beside which it stands (indices, the last one excluded)."""

    lines: tuple[TextLine, ...]
    first: int
    last: int


class Staged(NamedTuple):
    """A table without its first column: its columns, its rows (the head among them), and the stages beside them."""

    columns: Columns
    rows: Rows
    head: tuple[TextLine, ...]
    stages: tuple[Stage, ...]


def staged(
    columns: Columns, run: Sequence[TextLine], rows_of: Callable[[Columns, Sequence[TextLine]], Rows]
) -> Staged | None:
    """The lines of a table parted into stages and rows by `rows_of`; None where its first column is none of stages.

    It is one where some of its words begin beside no row's beginning, and where it says less than there are rows.
    """
    if len(columns.edges) < 4:
        return None
    firsts, others = _parted(columns, run)
    if firsts is None or not firsts or firsts[0].top > others[0].bottom:
        return None
    inner = Columns(0, len(others), columns.edges[1:], columns.tight)
    rows = rows_of(inner, others)
    head = tuple(line for line in firsts if line.top < _bottom(rows[0]))
    told = _told(firsts[len(head) :])
    body = rows[1:]
    if not _FEW <= len(told) < len(body) or all(_begins_a_row(one, body) for one in told):
        return None
    ends = _ends(told, body)
    stages = (Stage(one, start + 1, end + 1) for one, start, end in zip(told, (0, *ends), ends, strict=False))
    return Staged(inner, rows, head, tuple(stages))


def _parted(columns: Columns, run: Sequence[TextLine]) -> tuple[list[TextLine] | None, list[TextLine]]:
    """What stands in the first column and what stands in the others; None for the former where something lies across."""
    firsts: list[TextLine] = []
    others: list[TextLine] = []
    for line in run:
        parts = line.parts()
        reach = [columns.of(part) for part in parts]
        if any(first == 0 < last for first, last in reach):
            return None, []
        first = tuple(word for part, (at, _) in zip(parts, reach, strict=True) if not at for word in part)
        other = tuple(word for part, (at, _) in zip(parts, reach, strict=True) if at for word in part)
        firsts += [TextLine(first, line.page)] if first else []
        others += [TextLine(other, line.page)] if other else []
    return (firsts, others) if others else (None, [])


def _told(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """The lines of the first column by stages."""
    out: list[list[TextLine]] = []
    for line in lines:
        near = out and line.top - out[-1][-1].bottom <= _APART * line.size and not _OPENS.match(line.text)
        if near:
            out[-1].append(line)
        else:
            out.append([line])
    return [tuple(one) for one in out]


def _begins_a_row(stage: Sequence[TextLine], rows: Rows) -> bool:
    return any(abs(stage[0].top - row[0].top) < stage[0].size / 2 for row in rows)


def _ends(told: Sequence[Sequence[TextLine]], rows: Rows) -> tuple[int, ...]:
    """Before which row each stage ends, so that all stand as near as can be to the middle, or to the top, of their rows."""

    def cost(stage: int, start: int, end: int) -> float:
        top, bottom = rows[start][0].top, _bottom(rows[end - 1])
        own_top, own_bottom = told[stage][0].top, told[stage][-1].bottom
        return min(abs(own_top + own_bottom - top - bottom) / 2, abs(own_top - top))

    @cache
    def best(stage: int, start: int) -> tuple[float, tuple[int, ...]]:
        if stage == len(told) - 1:
            return cost(stage, start, len(rows)), (len(rows),)
        lasts = range(start + 1, len(rows) - (len(told) - stage - 1) + 1)
        found = ((end, best(stage + 1, end)) for end in lasts)
        return min((cost(stage, start, end) + more, (end, *ends)) for end, (more, ends) in found)

    return best(0, 0)[1]


def _bottom(row: Sequence[TextLine]) -> float:
    return max(line.bottom for line in row)
