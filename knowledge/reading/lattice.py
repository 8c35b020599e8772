"""Ruled lines → the cells they enclose: which lines belong to one table, and which of its squares no line parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from knowledge.reading.leaf import Rule

_NEAR = 3.0  # points: double lines and lines that only nearly meet are one
_COVERED = 0.6  # of a square's side: a line that covers as much parts it from its neighbour
_STICKS_OUT = 10.0  # points
_SLIVER = 6.0  # points: a narrower column or row only comes from lines that miss each other
_STRONG_LEVEL, _STRONG_UPRIGHT = 0.12, 0.06  # of a page's width and height: no stroke of a character is as long
MOST_SQUARES = 200_000
MOST_RULES = 20_000
"""No page of an office has as many; what has more is a drawing."""


class Square(NamedTuple):
    """One cell of a table as it is drawn: the grid places it covers (from 0) and its edges in points."""

    row: int
    column: int
    height: int
    width: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """The ruled table at one place of a page: its grid lines from left to right and from top to bottom, its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    squares: tuple[Square, ...]
    covering: tuple[tuple[int, ...], ...]
    """Grid row, grid column → index of the cell that covers it."""

    def at(self, x: float, y: float) -> int | None:
        """The index of the cell in which a point lies, None outside the table."""
        column, row = bisect_left(self.xs, x) - 1, bisect_left(self.ys, y) - 1
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return self.covering[row][column] if inside else None


def lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """The ruled tables of a page from top to bottom. A frame around one text only is none."""
    if len(rules) > MOST_RULES:
        return []
    level = _merged([rule for rule in rules if rule.level])
    upright = [_turned(rule) for rule in _merged([_turned(rule) for rule in rules if not rule.level])]
    found = [lattice for group in _groups(level, upright) for lattice in _lattices(*group)]
    return sorted(found, key=lambda one: (one.ys[0], one.xs[0]))


def of_tables(rules: Sequence[Rule], width: float, height: float) -> list[Rule]:
    """Of straight lines found in the image of a page of this size those that tables are made of.

    Strokes of characters are straight too: a short line counts only where both its ends lie on other lines.
    """
    level = [rule for rule in rules if rule.level and rule.x1 - rule.x0 >= _STRONG_LEVEL * width]
    upright = [rule for rule in rules if not rule.level and rule.bottom - rule.top >= _STRONG_UPRIGHT * height]
    for _ in range(2):  # a short line may end on another short one
        level = [r for r in rules if r.level and (r in level or _ends_on(r, upright, level=True))]
        upright = [r for r in rules if not r.level and (r in upright or _ends_on(r, level, level=False))]
    groups = _groups(sorted(level, key=lambda rule: rule.top), upright)
    return [rule for rows, columns in groups if len(rows) > 1 and columns for rule in (*rows, *columns)]


def _ends_on(rule: Rule, others: Sequence[Rule], level: bool) -> bool:
    """Whether both ends of a line lie on lines across."""
    across = others if level else [_turned(other) for other in others]
    line, reach = (
        (rule, _NEAR) if level else (_turned(rule), _NEAR / 2)
    )  # strokes fill the height of a row, not its width
    return all(
        any(abs(other.x0 - end) <= reach and other.top - _NEAR <= line.top <= other.bottom + _NEAR for other in across)
        for end in (line.x0, line.x1)
    )


def _turned(rule: Rule) -> Rule:
    """The same rule with x and y exchanged."""
    return Rule(rule.top, rule.x0, rule.bottom, rule.x1)


def _merged(level: Sequence[Rule]) -> list[Rule]:
    """Level rules with those put together that lie at one height and touch, as the sides of neighbouring cells do."""
    out: list[Rule] = []
    for height, run in _by_height(level):
        end: Rule | None = None
        for rule in sorted(run):
            if end is not None and rule.x0 <= end.x1 + _NEAR:
                end = end._replace(x1=max(end.x1, rule.x1))
                out[-1] = end
            else:
                end = Rule(rule.x0, height, rule.x1, height)
                out.append(end)
    return out


def _by_height(level: Sequence[Rule]) -> list[tuple[float, list[Rule]]]:
    runs: list[tuple[float, list[Rule]]] = []
    for rule in sorted(level, key=lambda one: one.top + one.bottom):
        height = (rule.top + rule.bottom) / 2
        if runs and height - runs[-1][0] < _NEAR:
            runs[-1][1].append(rule)
        else:
            runs.append((height, [rule]))
    return runs


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch belong to one table."""
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    heights = [rule.top for rule in level]
    for at, rule in enumerate(upright, len(level)):
        first, last = bisect_left(heights, rule.top - _NEAR), bisect_left(heights, rule.bottom + _NEAR)
        for other in range(first, last):
            if level[other].x0 - _NEAR <= rule.x0 <= level[other].x1 + _NEAR:
                group[root(other)] = root(at)
    out: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, rule in enumerate((*level, *upright)):
        out.setdefault(root(at), ([], []))[at >= len(level)].append(rule)
    return list(out.values())


def _lattices(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[Lattice]:
    """The cells of rules that touch; its outer edges count as ruled, open sides are common."""
    if len(level) + len(upright) < 4 or not level or not upright:
        return
    x0, x1 = min(rule.x0 for rule in (*level, *upright)), max(rule.x1 for rule in (*level, *upright))
    top, bottom = min(rule.top for rule in (*level, *upright)), max(rule.bottom for rule in (*level, *upright))
    xs = _within(_steps(rule.x0 for rule in upright), x0, x1)
    ys = _within(_steps(rule.top for rule in level), top, bottom)
    if len(xs) * len(ys) > MOST_SQUARES or (len(xs) < 3 and len(ys) < 3):
        return
    walls = _walls(upright, xs, ys)  # row, line → ruled
    floors = [list(line) for line in zip(*_walls([_turned(rule) for rule in level], ys, xs), strict=True)]
    for first, last in pairwise([0, *_starts(walls), len(walls)]):
        kept = [at for at in range(len(xs)) if any(walls[row][at] for row in range(first, last))]
        own = [[walls[row][at] for at in kept] for row in range(first, last)]
        under = [[all(line[a:b]) for a, b in pairwise(kept)] for line in floors[first : last + 1]]
        yield _filled([xs[at] for at in kept], ys[first : last + 1], own, under)


def _starts(walls: Sequence[Sequence[bool]]) -> list[int]:
    """The rows at which another table begins: no line between cells goes on. A row without any belongs to what follows."""
    starts: list[int] = []
    above: set[int] = set()
    free = 0
    for row, line in enumerate(walls):
        inner = {at for at in range(1, len(line) - 1) if line[at]}
        if len(inner) < 2:
            continue
        if above and above.isdisjoint(inner):
            starts.append(free)
        above, free = inner, row + 1
    return starts


def _steps(places: Iterable[float]) -> tuple[float, ...]:
    """The grid lines among places that differ by nothing to speak of."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] >= _SLIVER:
            out.append(place)
    return tuple(out)


def _within(steps: tuple[float, ...], first: float, last: float) -> tuple[float, ...]:
    """Grid lines with the outer edges of a table that is open at its sides; lines may stick out a little."""
    before = (first,) if steps[0] - first > _STICKS_OUT else ()
    after = (last,) if last - steps[-1] > _STICKS_OUT else ()
    return (*before, *steps, *after)


def _walls(upright: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> list[list[bool]]:
    """For each row of squares, which grid lines are ruled along it."""
    covered = [[0.0] * len(xs) for _ in pairwise(ys)]
    for rule in upright:
        column = min(range(len(xs)), key=lambda i: abs(xs[i] - rule.x0))
        for row in range(max(0, bisect_left(ys, rule.top) - 1), min(len(ys) - 1, bisect_left(ys, rule.bottom) + 1)):
            covered[row][column] += max(0.0, min(rule.bottom, ys[row + 1]) - max(rule.top, ys[row]))
    heights = [below - above for above, below in pairwise(ys)]
    last = len(xs) - 1
    return [
        [column in (0, last) or length >= _COVERED * height for column, length in enumerate(line)]
        for line, height in zip(covered, heights, strict=True)
    ]


def _filled(xs: Sequence[float], ys: Sequence[float], walls: list[list[bool]], floors: list[list[bool]]) -> Lattice:
    """Squares joined over every side that is not ruled; what comes out crooked is cut into upright rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    covering = [[-1] * columns for _ in range(rows)]
    squares: list[Square] = []
    for row in range(rows):
        for column in range(columns):
            if covering[row][column] >= 0:
                continue
            right = column + 1
            while right < columns and not walls[row][right] and covering[row][right] < 0:
                right += 1
            below = row + 1
            while below < rows and _opens(below, column, right, walls, floors, covering):
                below += 1
            for y in range(row, below):
                covering[y][column:right] = [len(squares)] * (right - column)
            edges = (xs[column], ys[row], xs[right], ys[below])
            squares.append(Square(row, column, below - row, right - column, *edges))
    return Lattice(tuple(xs), tuple(ys), tuple(squares), tuple(map(tuple, covering)))


def _opens(
    row: int, column: int, right: int, walls: list[list[bool]], floors: list[list[bool]], covering: list[list[int]]
) -> bool:
    """Whether the cell above reaches down into `row`: no line between them and none inside."""
    inner = range(column + 1, right)
    return (
        not any(floors[row][column:right])
        and not any(walls[row][at] for at in inner)
        and all(at < 0 for at in covering[row][column:right])
    )
