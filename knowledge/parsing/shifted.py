"""Rows shifted left by merged cells: the cells put back under the columns whose content they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.contents import content_of, weakly_timed, weakly_units
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.phrases import Content

_MOST_COLUMNS = 12
_WORDS = (Holds.TEXT, Holds.CATEGORY, Holds.NOTE, Holds.PERSON, Holds.STAGE)
_MERGED_FIRST = (
    Holds.CATEGORY,
    Holds.NUMBER,
    Holds.UNITS,
    Holds.START,
    Holds.DEADLINE,
    Holds.PERSON,
    Holds.NOTE,
    Holds.STAGE,
    Holds.TEXT,
)


def in_place(line: Line, layout: Layout) -> Line | None:
    """`line` with empty cells where merged ones were left out, None where no placing fits every cell.

    Of several placings that fit, the one that leaves out what tables merge most (categories, then the lead) is taken.
    """
    fitting = _fitting(line, layout)
    return _with_gaps(line, fitting[0]) if fitting else None


def other_heads(line: Line, layout: Layout) -> tuple[str, ...]:
    """The heads under which the units of a shifted row may stand as well, besides those that `in_place` takes."""
    fitting = _fitting(line, layout)
    taken, *others = [_unit_heads(line, layout, left) for left in fitting] or [()]
    return tuple(dict.fromkeys("、".join(heads) for heads in others if heads and heads != taken))


def _unit_heads(line: Line, layout: Layout, left: Sequence[int]) -> tuple[str, ...]:
    places = [at for at in range(len(layout.columns)) if at not in left]
    return tuple(
        layout.at(at).head
        for box, at in zip(line.boxes, places, strict=True)
        if layout.at(at).holds is Holds.UNITS and box.text
    )


def _fitting(line: Line, layout: Layout) -> list[tuple[int, ...]]:
    """The sets of columns that a row may have left out, the likeliest first."""
    missing = len(layout.columns) - len(line.boxes)
    if missing <= 0 or len(layout.columns) > _MOST_COLUMNS or len(line.boxes) < 2:
        return []
    fitting = [left for left in _left_out(layout, missing) if _fits(line.boxes, layout, left)]
    return sorted(fitting, key=lambda places: [_rank(layout, at) for at in places])


def _left_out(layout: Layout, missing: int) -> Iterator[tuple[int, ...]]:
    """Which columns may be left out: never the one that holds the requirements."""
    places = [at for at in range(len(layout.columns)) if at != layout.primary]
    return combinations(places, missing)


def _rank(layout: Layout, at: int) -> tuple[int, int]:
    """Remarks at the end go first: a copied row loses its last empty cells without any merging."""
    last = at == len(layout.columns) - 1 and layout.at(at).holds is Holds.NOTE
    return -1 if last else _MERGED_FIRST.index(layout.at(at).holds), at


def _fits(boxes: Sequence[Box], layout: Layout, left: tuple[int, ...]) -> bool:
    places = [at for at in range(len(layout.columns)) if at not in left]
    return all(_agrees(content_of(box), box, layout, at) for box, at in zip(boxes, places, strict=True))


def _agrees(content: Content, box: Box, layout: Layout, at: int) -> bool:
    """Whether a cell is what its column holds; a requirement must be one, everything else may be empty."""
    holds = layout.at(at).holds
    if at == layout.primary:
        return content is Content.TEXT or (content is Content.UNITS and len(box.text) > 12)
    if content is Content.EMPTY:
        return True
    if content is Content.DEADLINE and holds in _WORDS:  # a time is a remark only where no column asks for times
        return holds is Holds.NOTE and layout.first(Holds.DEADLINE) is None
    if holds is Holds.NUMBER:
        return content is Content.NUMBER
    if holds is Holds.UNITS:
        return content is Content.UNITS or (content is Content.TEXT and weakly_units(box))
    if holds in (Holds.DEADLINE, Holds.START):
        return content is Content.DEADLINE or (content is Content.TEXT and weakly_timed(box))
    return holds in _WORDS and content is not Content.NUMBER


def _with_gaps(line: Line, left: tuple[int, ...]) -> Line:
    boxes = list(line.boxes)
    for at in left:
        boxes.insert(at, Box("", "", Cell("", line.place)))
    return replace(line, boxes=tuple(boxes))
