"""The one-to-one matching of greatest total gain over a sparse table: shortest augmenting paths with potentials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

# Gains are counted in millionths, so that sums are exact and a path never seems to lead back into itself.
FINE = 1_000_000


def matched(gains: Sequence[Mapping[int, float]]) -> dict[int, int]:
    """Row → column such that no row and no column stands twice and the gains add up to the most.

    `gains[row]` holds the columns that the row may get, each with its gain above 0; a row may also get none. It is the
    Hungarian method on a sparse table [Jonker and Volgenant, 1987]: time grows with rows times entries at the worst.
    """
    width = 1 + max((column for row in gains for column in row), default=-1)
    # Costs to be kept small; a column of its own, which costs nothing, stands for "none".
    costs = [
        {**{column: -round(gain * FINE) for column, gain in row.items()}, width + at: 0} for at, row in enumerate(gains)
    ]
    search = _Search(costs)
    for row in range(len(costs)):
        search.place(row)
    return {row: column for row, column in search.column_of.items() if column < width}


class _Search:
    """The matching as it grows; `row_prices` and `column_prices` keep every reduced cost at 0 or above."""

    def __init__(self, costs: Sequence[Mapping[int, int]]) -> None:
        self.costs = costs
        self.row_prices = [min(row.values()) for row in costs]
        self.column_prices: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        self.row_of: dict[int, int] = {}

    def place(self, start: int) -> None:
        """Give `start` a column, others changing theirs where that is cheapest."""
        best: dict[int, int] = {}
        through: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        rows = {start: 0}
        closed: set[int] = set()
        row, reached = start, 0
        while True:
            for column, far in self._next(row, reached):
                if column not in closed and far < best.get(column, far + 1):
                    best[column], through[column] = far, row
                    heappush(heap, (far, column))
            reached, column = heappop(heap)
            while reached > best[column] or column in closed:
                reached, column = heappop(heap)
            if column not in self.row_of:
                break
            closed.add(column)
            row = self.row_of[column]
            rows[row] = reached
        self._reprice(rows, closed, best, reached)
        self._turn(start, column, through)

    def _next(self, row: int, reached: int) -> Iterator[tuple[int, int]]:
        """The columns next to `row`, which was reached at a price, and what each would cost in all."""
        for column, cost in self.costs[row].items():
            yield column, reached + cost - self.row_prices[row] - self.column_prices.get(column, 0)

    def _reprice(self, rows: Mapping[int, int], closed: Iterable[int], best: Mapping[int, int], end: int) -> None:
        for row, reached in rows.items():
            self.row_prices[row] += end - reached
        for column in closed:
            self.column_prices[column] = self.column_prices.get(column, 0) - (end - best[column])

    def _turn(self, start: int, column: int, through: Mapping[int, int]) -> None:
        """Hand the columns on along the path that ends at `column`."""
        while True:
            row = through[column]
            left = self.column_of.get(row)
            self.column_of[row], self.row_of[column] = column, row
            if row == start or left is None:
                return
            column = left
