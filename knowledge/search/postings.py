"""Postings: which rows hold which pairs of characters, and how strongly. Made once, never changed."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import product
from typing import Protocol

from knowledge.normal import bare
from knowledge.phonetic import readings
from knowledge.search.gather import Cover, Sought, covers
from knowledge.search.grams import weighed
from knowledge.search.held import NOBODY, Held, Row


class Postings(Protocol):
    """What the engine asks of a set of rows numbered from 0, wherever it is kept."""

    @property
    def rows(self) -> Sequence[Row] | None:
        """The rows themselves, where they are kept."""

    def __len__(self) -> int: ...

    def find(self, gram: str) -> Held:
        """The rows that hold `gram`."""

    def heard(self, one: str, other: str) -> Held:
        """The rows in which two neighbours sound like these flattened syllables."""

    def holding(self, grams: Sequence[str]) -> Held:
        """The rows that hold all of `grams`, each with the weight of the weakest."""

    def covers(
        self,
        sought: Sought,
        weights: Sequence[float],
        among: Collection[int] | None,
        without: Collection[int],
        least: float = 0.0,
    ) -> dict[int, Cover]:
        """See `knowledge.search.gather.covers`."""

    def key(self, row: int) -> str: ...

    def text(self, row: int) -> str:
        """The text of the row, as it is compared."""

    def number(self, key: str) -> int | None:
        """The row of a key."""

    def same(self, words: str) -> Sequence[int]:
        """The rows whose text, without punctuation, is `words`."""


class MemoryPostings:
    """Postings in the memory of one process, in plain Python."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: Sequence[Row] = tuple(rows)
        self.texts: list[str] = []
        self.table: dict[str, Held] = {}
        growing: dict[str, tuple[array[int], bytearray]] = {}
        for number, row in enumerate(self.rows):
            text, weights = weighed(row.fields)
            self.texts.append(text)
            for gram, weight in weights.items():
                held = growing.get(gram)
                if held is None:
                    growing[gram] = held = (array("I"), bytearray())
                held[0].append(number)
                held[1].append(weight)
        self.table = {gram: Held(*held) for gram, held in growing.items()}
        self._heard: dict[tuple[str, str], Held] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, gram: str) -> Held:
        return self.table.get(gram, NOBODY)

    def heard(self, one: str, other: str) -> Held:
        pair = (one, other)
        known = self._heard.get(pair)
        if known is None:
            known = self._heard[pair] = strongest([self.table[gram] for gram in self.sounding.get(pair, ())])
        return known

    @cached_property
    def sounding(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Two flattened syllables → the grams that sound so, in any reading; made when the first sound is asked for."""
        return sounding(self.table)

    def holding(self, grams: Sequence[str]) -> Held:
        table = self.table
        return all_of([table[gram] for gram in grams]) if all(gram in table for gram in grams) else NOBODY

    def covers(
        self,
        sought: Sought,
        weights: Sequence[float],
        among: Collection[int] | None,
        without: Collection[int],
        least: float = 0.0,
    ) -> dict[int, Cover]:
        return covers(sought, weights, among, without, least)

    def key(self, row: int) -> str:
        return self.rows[row].key

    def text(self, row: int) -> str:
        return self.texts[row]

    def number(self, key: str) -> int | None:
        return self._numbers.get(key)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {row.key: number for number, row in enumerate(self.rows)}

    def same(self, words: str) -> Sequence[int]:
        return self._same.get(words, ())

    @cached_property
    def _same(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            table.setdefault(bare(row.fields.get("text", "")), []).append(number)
        return table


def sounding(vocabulary: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Two flattened syllables → the pairs of characters among `vocabulary` that sound so."""
    found: dict[tuple[str, str], list[str]] = {}
    for gram in vocabulary:
        if len(gram) == 2 and not gram.isascii():
            for pair in product(readings(gram[0]), readings(gram[1])):
                found.setdefault(pair, []).append(gram)
    return {pair: tuple(alike) for pair, alike in found.items()}


def strongest(many: Sequence[Held]) -> Held:
    """The rows of all of `many`, each with its strongest weight."""
    if len(many) < 2:
        return many[0] if many else NOBODY
    found: dict[int, int] = {}
    for held in many:
        for row, weight in zip(held.rows, held.weights, strict=True):
            if weight > found.get(row, 0):
                found[row] = weight
    rows = sorted(found)
    return Held(array("I", rows), bytes(found[row] for row in rows))


def all_of(many: Sequence[Held]) -> Held:
    """The rows that hold all of `many`, each with its weakest weight."""
    if len(many) < 2:
        return many[0] if many else NOBODY
    fewest, *others = sorted(many, key=len)
    rows, weights = array("I"), bytearray()
    for row, weight in zip(fewest.rows, fewest.weights, strict=True):
        weakest = min(weight, *(held.weight(row) for held in others))
        if weakest:
            rows.append(row)
            weights.append(weakest)
    return Held(rows, bytes(weights))
