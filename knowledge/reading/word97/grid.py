"""The columns of a table whose rows are only known by the edges of their cells, in twips."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

Edges = tuple[int, int]
"""The left and the right edge of a cell."""
Columns = tuple[int, int]
"""The column a cell begins in, from 1, and how many it takes."""

_NEAR = 60
"""Edges closer than this (a millimetre) are one: no cell is that narrow, and hands drag edges apart by less."""
_INDENT = 200
"""How far rows of one table may begin from each other without one of them skipping a column."""


def columns(rows: Sequence[Sequence[Edges]]) -> list[list[Columns]]:
    """The columns of every cell, row by row: one grid from the edges of all rows.

    A table whose edges make no grid has its cells counted from the left.
    """
    rows = _aligned(rows)
    for near in (_NEAR, 0):
        lines = _lines(sorted({edge for row in rows for cell in row for edge in cell}), near)
        placed = [[_placed(cell, lines) for cell in row] for row in rows]
        if all(width > 0 for row in placed for _, width in row):
            return placed
    return [[(number, 1) for number in range(1, len(row) + 1)] for row in rows]


def _aligned(rows: Sequence[Sequence[Edges]]) -> list[list[Edges]]:
    """The rows with their left edges together, where they differ by no more than an indent."""
    left = min((row[0][0] for row in rows if row), default=0)
    return [
        [(left if at == 0 and cell[0] - left <= _INDENT else cell[0], cell[1]) for at, cell in enumerate(row)]
        for row in rows
    ]


def _lines(edges: Sequence[int], near: int) -> list[int]:
    lines: list[int] = []
    for edge in edges:
        if not lines or edge - lines[-1] > near:
            lines.append(edge)
    return lines


def _placed(cell: Edges, lines: Sequence[int]) -> Columns:
    first, last = (bisect_right(lines, edge) for edge in cell)
    return first, last - first
