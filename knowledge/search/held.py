"""A row that can be found, and the rows that hold something."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

# Looking a row up is worth so many rows read in passing; who is asked so often is kept as a table.
_LOOK_UP, _OFTEN = 6, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be found: its key and its fields by name (text, section, units, title)."""

    key: str
    fields: Mapping[str, str]


class Held:
    """The rows that hold something, ascending, and how strongly each does (1..255)."""

    __slots__ = ("_by_row", "_sought", "rows", "weights")

    def __init__(self, rows: Sequence[int], weights: Sequence[int]) -> None:
        self.rows, self.weights = rows, weights
        self._sought = 0
        self._by_row: dict[int, int] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def weight(self, row: int) -> int:
        """How strongly `row` holds it, 0 for not at all."""
        at = bisect_left(self.rows, row)
        return self.weights[at] if at < len(self.rows) and self.rows[at] == row else 0

    def shared(self, rows: frozenset[int]) -> int:
        """How many of `rows` hold it."""
        if len(self.rows) < len(rows):
            return sum(row in rows for row in self.rows)
        return sum(self.weight(row) > 0 for row in rows)

    def with_more(self, more: Held, first: int) -> Held:
        """The same and the rows of `more`, numbered on from `first`."""
        rows = array("I")
        rows.frombytes(memoryview(self.rows).cast("B") if len(self) else b"")  # type: ignore[arg-type]
        rows.extend(first + row for row in more.rows)
        return Held(rows, memoryview(bytes(self.weights) + bytes(more.weights)))

    def among(self, rows: Collection[int]) -> Iterable[tuple[int, int]]:
        """Those of `rows` that hold it, with how strongly each does. What is asked again and again is asked of a table."""
        known = self._by_row
        if known is None:
            self._sought += 1
            if len(self.rows) > _LOOK_UP * len(rows):
                return [(row, weight) for row in rows if (weight := self.weight(row))]
            if self._sought < _OFTEN:
                return [(row, weight) for row, weight in zip(self.rows, self.weights, strict=True) if row in rows]
            known = self._by_row = dict(zip(self.rows, self.weights, strict=True))
        return [(row, known[row]) for row in known.keys() & rows]


NOBODY = Held((), b"")
