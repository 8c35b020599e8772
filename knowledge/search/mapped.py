"""Postings as a few plain arrays that are read where they lie, in memory or mapped from a file.

The same evidence and the same weights as `MemoryPostings`, with the standard library alone: what was once made is opened in
no time. `knowledge.search.packed` has the same arrays read by compiled code.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import Literal

from knowledge.normal import bare
from knowledge.search.gather import Cover, Sought, covers
from knowledge.search.grams import weighed
from knowledge.search.held import NOBODY, Held, Row
from knowledge.search.postings import all_of, sounding, strongest

# The arrays by their names and the kind of number that each holds (see the module `array`).
KINDS: Mapping[str, Literal["B", "I", "Q"]] = {
    "grams": "B", "gram_ends": "Q", "pairs": "B", "pair_ends": "Q", "rows": "I", "weights": "B",
    "texts": "B", "text_ends": "Q", "keys": "B", "key_ends": "Q",
    "words": "Q", "words_rows": "I", "names": "Q", "names_rows": "I",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrays:
    """What is kept, each one array of the kind in KINDS: see `pack`.

    `grams` and `pairs` are the vocabulary, lines of UTF-8; `gram_ends` and `pair_ends` where each one's rows end in `rows`
    and `weights`. `texts` and `keys` are UTF-8 with the end of each row in `text_ends` and `key_ends`. `words` holds the
    sorted hashes of the rows' bare texts, `words_rows` their rows; `names` and `names_rows` the same for the keys.
    """

    grams: memoryview
    gram_ends: memoryview
    pairs: memoryview
    pair_ends: memoryview
    rows: memoryview
    weights: memoryview
    texts: memoryview
    text_ends: memoryview
    keys: memoryview
    key_ends: memoryview
    words: memoryview
    words_rows: memoryview
    names: memoryview
    names_rows: memoryview


def pack(rows: Iterable[Row], union: Callable[[Sequence[Held]], Held] = strongest) -> Arrays:
    """The arrays of `rows`, which are read once and may be more than fit in memory as rows. `union` puts the rows of several
    grams together, each row with its strongest weight."""
    growing: dict[str, tuple[array[int], bytearray]] = {}
    texts, keys, words, names = bytearray(), bytearray(), array("Q"), array("Q")
    text_ends, key_ends = array("Q"), array("Q")
    for number, row in enumerate(rows):
        text, weights = weighed(row.fields)
        for gram, weight in weights.items():
            held = growing.get(gram)
            if held is None:
                growing[gram] = held = (array("I"), bytearray())
            held[0].append(number)
            held[1].append(weight)
        texts += text.encode()
        text_ends.append(len(texts))
        keys += row.key.encode()
        key_ends.append(len(keys))
        words.append(_hash(bare(row.fields.get("text", ""))))
        names.append(_hash(row.key))
    grams = sorted(growing)
    heard = sounding(grams)
    sounds = sorted(heard)
    every = [Held(*growing[gram]) for gram in grams]
    every += [union([Held(*growing[gram]) for gram in heard[pair]]) for pair in sounds]
    ends = array("Q", accumulate(map(len, every)))
    return Arrays(
        _lines(grams), memoryview(ends[: len(grams)]),
        _lines(" ".join(pair) for pair in sounds), memoryview(ends[len(grams) :]),
        *_joined(every),
        memoryview(texts), memoryview(text_ends), memoryview(keys), memoryview(key_ends),
        *_ordered(words), *_ordered(names),
    )  # fmt: skip


def _lines(words: Iterable[str]) -> memoryview:
    return memoryview("\n".join(words).encode())


def _joined(many: Sequence[Held]) -> tuple[memoryview, memoryview]:
    rows, weights = array("I"), bytearray()
    for held in many:
        rows.frombytes(bytes(held.rows))  # type: ignore[arg-type]
        weights += bytes(held.weights)
    return memoryview(rows), memoryview(weights)


def _ordered(hashes: array[int]) -> tuple[memoryview, memoryview]:
    order = array("I", sorted(range(len(hashes)), key=hashes.__getitem__))
    return memoryview(array("Q", map(hashes.__getitem__, order))), memoryview(order)


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "little")


class MappedPostings:
    """Postings over `Arrays`; opening them costs the reading of the vocabulary."""

    rows = None
    _nobody = NOBODY

    def __init__(self, arrays: Arrays) -> None:
        self._kept = arrays
        self._ends = array("Q", arrays.gram_ends) + array("Q", arrays.pair_ends)

    def __len__(self) -> int:
        return len(self._kept.key_ends)

    @cached_property
    def _grams(self) -> dict[str, int]:
        return _vocabulary(self._kept.grams)

    @cached_property
    def _pairs(self) -> dict[str, int]:
        return _vocabulary(self._kept.pairs, len(self._kept.gram_ends))

    def find(self, gram: str) -> Held:
        at = self._grams.get(gram)
        return self._nobody if at is None else self._held(at)

    def heard(self, one: str, other: str) -> Held:
        at = self._pairs.get(f"{one} {other}")
        return self._nobody if at is None else self._held(at)

    def _held(self, at: int) -> Held:
        start, end = self._ends[at - 1] if at else 0, self._ends[at]
        return Held(self._kept.rows[start:end], self._kept.weights[start:end])

    def holding(self, grams: Sequence[str]) -> Held:
        return all_of([self.find(gram) for gram in grams])

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
        return _cut(self._kept.keys, self._kept.key_ends, row)

    def text(self, row: int) -> str:
        return _cut(self._kept.texts, self._kept.text_ends, row)

    def number(self, key: str) -> int | None:
        rows = _alike(self._kept.names, self._kept.names_rows, key)
        return next((row for row in rows if self.key(row) == key), None)

    def same(self, words: str) -> Sequence[int]:
        return [row for row in _alike(self._kept.words, self._kept.words_rows, words) if bare(self.text(row)) == words]


def _vocabulary(lines: memoryview, first: int = 0) -> dict[str, int]:
    """The words of some lines, numbered from `first` on."""
    words = str(lines, "utf-8")
    return {word: number for number, word in enumerate(words.split("\n"), first)} if words else {}


def _alike(hashes: memoryview, rows: memoryview, words: str) -> Sequence[int]:
    """The rows whose hash is that of `words`."""
    sought = _hash(words)
    first = last = bisect_left(hashes, sought)
    while last < len(hashes) and hashes[last] == sought:
        last += 1
    return rows[first:last].tolist()


def _cut(text: memoryview, ends: memoryview, row: int) -> str:
    return str(text[ends[row - 1] if row else 0 : ends[row]], "utf-8")
