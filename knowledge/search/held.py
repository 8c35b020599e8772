"""A row that can be found, and the rows that hold something."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be found: its key and its fields by name (text, section, units, title)."""

    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """The rows that hold something, ascending, and how strongly each does (1..255)."""

    rows: Sequence[int]
    weights: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def weight(self, row: int) -> int:
        """How strongly `row` holds it, 0 for not at all."""
        at = bisect_left(self.rows, row)
        return self.weights[at] if at < len(self.rows) and self.rows[at] == row else 0

    def among(self, rows: Collection[int]) -> Iterable[tuple[int, int]]:
        """Those of `rows` that hold it, with how strongly each does."""
        return [(row, weight) for row in rows if (weight := self.weight(row))]


NOBODY = Held((), b"")
