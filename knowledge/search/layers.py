"""Two layers of rows: a large one that stays as it is, and above it the few that are newer.

Adding, changing or withdrawing a row makes the small layer anew and touches nothing else; when it has grown, the two
become one. Rows are numbered through: those of the newer layer after those of the older.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from knowledge.search.gather import Cover, Sought
from knowledge.search.held import Held, Row
from knowledge.search.postings import MemoryPostings, Postings

# A newer layer of so many rows, or of this share of the rows below, is made one with them.
_GROWN, _SHARE = 128, 0.125


class Layers:
    """Postings above postings; the rows `gone` from the lower ones are neither found nor counted."""

    def __init__(
        self, below: Postings, above: MemoryPostings | None = None, gone: frozenset[int] = frozenset()
    ) -> None:
        self._below, self._above, self._gone = below, above or MemoryPostings(()), gone
        self._first = len(below)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Layers:
        """One layer of `rows`; of two rows with one key the later counts."""
        return cls(MemoryPostings({row.key: row for row in rows}.values()))

    def __len__(self) -> int:
        return self._first + len(self._above) - len(self._gone)

    def changed(self, rows: Iterable[Row], without: Collection[str]) -> Layers:
        """Layers with `rows` added (a known key is replaced) and the keys of `without` gone."""
        fresh = {row.key: row for row in self._above.rows if row.key not in without} | {row.key: row for row in rows}
        replaced = (self._below.number(key) for key in {*fresh, *without})
        gone = self._gone | {number for number in replaced if number is not None}
        kept = self._below.rows
        if kept is not None and self._grown(len(fresh) + len(gone)):
            return Layers.of([*(row for number, row in enumerate(kept) if number not in gone), *fresh.values()])
        return Layers(self._below, MemoryPostings(fresh.values()), gone)

    def _grown(self, changes: int) -> bool:
        return changes > max(_GROWN, _SHARE * self._first)

    @property
    def outgrown(self) -> bool:
        """Whether the newer layer has grown and cannot be made one with the older, whose rows are not kept."""
        return self._below.rows is None and self._grown(len(self._above) + len(self._gone))

    def numbers(self, keys: Iterable[str]) -> set[int]:
        """The row numbers of the keys that are there."""
        found = set()
        for key in keys:
            above, below = self._above.number(key), self._below.number(key)
            if above is not None:
                found.add(self._first + above)
            elif below is not None and below not in self._gone:
                found.add(below)
        return found

    def key(self, row: int) -> str:
        """The key of a row."""
        return self._below.key(row) if row < self._first else self._above.key(row - self._first)

    def text(self, row: int) -> str:
        """The text of a row, as it is compared."""
        return self._below.text(row) if row < self._first else self._above.text(row - self._first)

    def same(self, words: str) -> list[int]:
        """The rows whose text, without punctuation, is `words`."""
        below = [row for row in self._below.same(words) if row not in self._gone]
        return below + [self._first + row for row in self._above.same(words)]

    def find(self, gram: str) -> Held:
        """The rows that hold `gram`."""
        return self._both(self._below.find(gram), self._above.find(gram))

    def heard(self, one: str, other: str) -> Held:
        """The rows in which two neighbours sound like these flattened syllables."""
        return self._both(self._below.heard(one, other), self._above.heard(one, other))

    def holding(self, grams: Sequence[str]) -> Held:
        """The rows that hold all of `grams`."""
        return self._both(self._below.holding(grams), self._above.holding(grams))

    def _both(self, below: Held, above: Held) -> Held:
        return below.with_more(above, self._first) if len(above) else below

    def knows(self, gram: str) -> bool:
        """Whether any row holds `gram`."""
        return self.count(self.find(gram)) > 0

    def count(self, held: Held) -> int:
        """How many rows there are in `held`."""
        return len(held) - held.shared(self._gone) if self._gone else len(held)

    def covers(
        self, sought: Sought, weights: Sequence[float], among: Collection[int] | None, least: float = 0.0
    ) -> dict[int, Cover]:
        """How well each token, worth `weights`, is covered by the best rows, only those `among` if given; none where no row
        can cover `least`."""
        return self._below.covers(sought, weights, among, self._gone, least)
