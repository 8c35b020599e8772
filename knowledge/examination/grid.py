"""A table as its author laid it out: the columns its header names and the rows below, every cell in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from knowledge.model import Place, Role
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.heads import headers_of, is_header, layout_of
from knowledge.parsing.lines import Line

# A table names its columns within its first rows.
_HIGHEST = 8


@dataclass(frozen=True)
class Grid:
    """`rows` are those that have all their cells and say something in several of them; totals are none."""

    layout: Layout
    rows: tuple[Line, ...]

    @cached_property
    def by_place(self) -> dict[Place, Line]:
        """The rows by their places."""
        return {row.place: row for row in self.rows}

    def has(self, holds: Holds, role: Role | None = None) -> bool:
        """Whether there is a column for `holds` (for units in `role`)."""
        return bool(self._columns(holds, role))

    def words(self, row: Line, holds: Holds, role: Role | None = None) -> str:
        """What stands in the cells of these columns, a stroke for 'none' too."""
        return "".join(row.boxes[at].cell.text.strip() for at in self._columns(holds, role))

    def _columns(self, holds: Holds, role: Role | None) -> list[int]:
        return [at for at, c in enumerate(self.layout.columns) if c.holds is holds and role in (None, c.role)]


def grids_of(lines: Iterable[Line]) -> Iterator[Grid]:
    """The tables of a file that have a header."""
    for _, group in groupby(lines, key=lambda line: (line.place.sheet, line.block.table)):
        rows = [line for line in group if line.boxes]
        head = next((at for at, row in enumerate(rows[:_HIGHEST]) if is_header(row.boxes)), None)
        if head is not None:
            yield _grid(rows, head)


def _grid(rows: Sequence[Line], head: int) -> Grid:
    header = headers_of(rows[head:])
    layout = layout_of(*header)
    below = rows[head + len(header) :]
    return Grid(layout, tuple(row for row in below if _is_whole(row, layout)))


def _is_whole(row: Line, layout: Layout) -> bool:
    texts = {box.text for box in row.boxes if box.text}
    return len(texts) > 2 and len(row.boxes) >= len(layout.columns) and not re.match(r"合计|小计|总计", min(texts))
