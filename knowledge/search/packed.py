"""Postings of very many rows as a few plain arrays that numpy reads where they lie, in memory or mapped from a file.

The same evidence and the same weights as `MemoryPostings`; needs the extra `large`. Chosen by whoever makes the index,
from some ten thousand rows on.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.normal import bare
from knowledge.search.gather import (
    ADDED,
    BEST,
    CANDIDATES,
    MOST,
    SLIGHT,
    Sought,
    candidates,
    covered,
    settled,
    strongest_first,
)
from knowledge.search.grams import FULL, weighed
from knowledge.search.held import NOBODY, Held, Row
from knowledge.search.postings import sounding

Numbers = NDArray[Any]
# Evidence that no more rows hold than this is read one by one: faster than to begin with arrays.
_PASSING = 256
# Rows kept for a second reading of the evidence that was left unread, before the candidates are chosen.
WIDER = 1024


@dataclass(frozen=True, slots=True)
class Arrays:
    """What is kept, each one array: see `pack`.

    `grams` and `pairs` are the vocabulary, lines of UTF-8; `gram_ends` and `pair_ends` where each one's rows end in `rows`
    and `weights`. `texts` and `keys` are UTF-8 with the end of each row in `text_ends` and `key_ends`. `words` holds the
    sorted hashes of the rows' bare texts, `words_rows` their rows.
    """

    grams: Numbers
    gram_ends: Numbers
    pairs: Numbers
    pair_ends: Numbers
    rows: Numbers
    weights: Numbers
    texts: Numbers
    text_ends: Numbers
    keys: Numbers
    key_ends: Numbers
    words: Numbers
    words_rows: Numbers
    names: Numbers
    names_rows: Numbers


def pack(rows: Iterable[Row]) -> Arrays:
    """The arrays of `rows`, which are read once and may be more than fit in memory as rows."""
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
    spelled = [_arrays(growing[gram]) for gram in grams]
    at = {gram: number for number, gram in enumerate(grams)}
    sounds = sorted(heard)
    unions = [_strongest([spelled[at[gram]] for gram in heard[pair]]) for pair in sounds]
    every = [*spelled, *unions]
    ends = np.cumsum([len(one) for one, _ in every], dtype=np.uint64)
    return Arrays(
        _lines(grams), ends[: len(grams)],
        _lines(" ".join(pair) for pair in sounds), ends[len(grams) :],
        _joined([one for one, _ in every], np.uint32), _joined([one for _, one in every], np.uint8),
        np.frombuffer(bytes(texts), np.uint8), np.array(text_ends, dtype=np.uint64),
        np.frombuffer(bytes(keys), np.uint8), np.array(key_ends, dtype=np.uint64),
        *_ordered(words), *_ordered(names),
    )  # fmt: skip


def _arrays(held: tuple[array[int], bytearray]) -> tuple[Numbers, Numbers]:
    return np.frombuffer(held[0], dtype=np.uint32), np.frombuffer(held[1], dtype=np.uint8)


def _strongest(many: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """The rows of all of `many`, each with its strongest weight."""
    if len(many) == 1:
        return many[0]
    rows, weights = np.concatenate([one for one, _ in many]), np.concatenate([one for _, one in many])
    order = np.lexsort((weights, rows))
    rows, weights = rows[order], weights[order]
    last = np.append(rows[1:] != rows[:-1], True)
    return rows[last], weights[last]


def _lines(words: Iterable[str]) -> Numbers:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _joined(many: Sequence[Numbers], kind: type) -> Numbers:
    return np.concatenate(many).astype(kind, copy=False) if many else np.zeros(0, kind)


def _ordered(hashes: array[int]) -> tuple[Numbers, Numbers]:
    found = np.array(hashes, dtype=np.uint64)
    order = np.argsort(found, kind="stable").astype(np.uint32)
    return found[order], order


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class PackedHeld(Held):
    """`Held` that looks many rows up at once."""

    def among(self, rows: Collection[int]) -> Iterable[tuple[int, int]]:
        sought = _few(rows)
        weights = _looked_up(self, sought)
        found = weights > 0
        return zip(sought[found].tolist(), weights[found].tolist(), strict=True)


class PackedPostings:
    """Postings over `Arrays`; opening them costs the reading of the vocabulary."""

    rows = None

    def __init__(self, arrays: Arrays) -> None:
        # Views of the plain bytes: a few rows are read as fast from them as from a list, many as fast as from an array.
        self._rows, self._weights = arrays.rows.data, arrays.weights.data
        self._kept = arrays
        self._texts = arrays.texts.data, arrays.text_ends.data
        self._keys = arrays.keys.data, arrays.key_ends.data
        self._ends = arrays.gram_ends.data, arrays.pair_ends.data
        self._spelled = self._ends[0][-1] if len(arrays.gram_ends) else 0
        self._evidence: list[NDArray[np.float32]] = []

    def __len__(self) -> int:
        return len(self._kept.key_ends)

    @cached_property
    def _grams(self) -> dict[str, int]:
        return _vocabulary(self._kept.grams)

    @cached_property
    def _pairs(self) -> dict[str, int]:
        return _vocabulary(self._kept.pairs)

    def find(self, gram: str) -> Held:
        return self._held(self._grams.get(gram), self._ends[0], 0)

    def heard(self, one: str, other: str) -> Held:
        return self._held(self._pairs.get(f"{one} {other}"), self._ends[1], self._spelled)

    def _held(self, at: int | None, ends: memoryview, first: int) -> Held:
        if at is None:
            return NOBODY
        start, end = ends[at - 1] if at else first, ends[at]
        return PackedHeld(self._rows[start:end], self._weights[start:end])

    def holding(self, grams: Sequence[str]) -> Held:
        many = sorted((self.find(gram) for gram in grams), key=len)
        if not many or not len(many[0]):
            return NOBODY
        rows, weights = _of(many[0])
        for held in many[1:]:
            more = _looked_up(held, rows)
            rows, weights = rows[more > 0], np.minimum(weights, more)[more > 0]
        return PackedHeld(rows.data, weights.data)

    def key(self, row: int) -> str:
        return _cut(*self._keys, row)

    def text(self, row: int) -> str:
        return _cut(*self._texts, row)

    def number(self, key: str) -> int | None:
        rows = _alike(self._kept.names, self._kept.names_rows, key)
        return next((row for row in rows if self.key(row) == key), None)

    def same(self, words: str) -> Sequence[int]:
        return [row for row in _alike(self._kept.words, self._kept.words_rows, words) if bare(self.text(row)) == words]

    def covers(
        self,
        sought: Sequence[Sought],
        weights: Sequence[float],
        among: Collection[int] | None,
        without: Collection[int],
    ) -> dict[int, list[float]]:
        """As `knowledge.search.gather.covers` does it, for many rows at once."""
        few = candidates(sought, among, without, _PASSING)
        if few is not None:
            return covered(few, sought, weights)
        rows = self._candidates(sought, among, without)
        cover = np.zeros((len(weights), len(rows)))
        for one in strongest_first(sought):
            part, worth = cover[one.start : one.end], (one.worth / FULL) * _looked_up(one.held, rows)
            np.maximum(part, _added(part, worth) if one.adds else worth, out=part)
        best = np.lexsort((rows, -(np.array(weights) @ cover)))[:BEST]
        return dict(zip(rows[best].tolist(), cover.T[best].tolist(), strict=True))

    def _candidates(self, sought: Sequence[Sought], among: Collection[int] | None, without: Collection[int]) -> Numbers:
        rows, evidence, unread = self._read(sought, _few(without))
        if among is not None:
            evidence = evidence * np.isin(rows, _few(among))
        rows, evidence = _most(rows, evidence, WIDER)
        for one in unread if len(rows) > CANDIDATES else ():
            evidence = evidence + np.float32(one.mass / FULL) * _looked_up(one.held, rows)
        return _most(rows, evidence, CANDIDATES)[0]

    def _room(self, least: int) -> NDArray[np.float32]:
        """Zeros for `least` rows and more: rows of a newer layer are numbered on."""
        if self._evidence and len(self._evidence[-1]) >= least:
            return self._evidence.pop()
        return np.zeros(max(least, len(self)), np.float32)

    def _read(self, sought: Sequence[Sought], without: Numbers) -> tuple[Numbers, Numbers, list[Sought]]:
        """The rows that hold rare evidence, with the sum of it, and the evidence that was too common to be read."""
        evidence = self._room(1 + max((one.held.rows[-1] for one in sought if len(one.held)), default=0))
        unread = sorted(sought, key=lambda one: one.holders, reverse=True)
        found = [np.zeros(0, np.uint32)]
        rest, read, seen, best = sum(one.mass for one in sought), 0, 0, 0.0
        while unread and not settled(seen, best, rest, read):
            one = unread.pop()
            rows, weights = _of(one.held)
            if len(without):
                kept = ~np.isin(rows, without)
                rows, weights = rows[kept], weights[kept]
            before = evidence[rows]
            after = before + np.float32(one.mass / FULL) * weights
            evidence[rows] = after
            fresh = rows[before == 0]
            found.append(fresh)
            rest, read, seen = rest - one.mass, read + len(rows), seen + len(fresh)
            best = max(best, float(after.max(initial=0.0)))
        rows = np.concatenate(found)
        sums = evidence[rows]
        evidence[rows] = 0.0
        self._evidence.append(evidence)
        near = sums >= SLIGHT * best
        return rows[near], sums[near], unread


def _of(held: Held) -> tuple[Numbers, Numbers]:
    """The same rows and weights as arrays."""
    return np.asarray(held.rows, dtype=np.uint32), np.asarray(held.weights, dtype=np.uint8)


def _vocabulary(lines: Numbers) -> dict[str, int]:
    words = lines.tobytes().decode()
    return {word: number for number, word in enumerate(words.split("\n"))} if words else {}


def _alike(hashes: Numbers, rows: Numbers, words: str) -> list[int]:
    """The rows whose hash is that of `words`."""
    sought = np.uint64(_hash(words))
    found: list[int] = rows[np.searchsorted(hashes, sought, "left") : np.searchsorted(hashes, sought, "right")].tolist()
    return found


def _cut(text: memoryview, ends: memoryview, row: int) -> str:
    return str(text[ends[row - 1] if row else 0 : ends[row]], "utf-8")


def _few(rows: Collection[int]) -> Numbers:
    return np.fromiter(rows, dtype=np.uint32, count=len(rows))


def _added(had: Numbers, worth: Numbers) -> Numbers:
    """What evidence that counts beside other is worth, as `knowledge.search.gather.covered` adds it up."""
    more, less = np.maximum(had, worth), np.minimum(had, worth)
    return np.maximum(more, np.minimum(MOST, more + (1 - more) * ADDED * less))


def _looked_up(held: Held, rows: Numbers) -> Numbers:
    """The weights with which `rows` are held, 0 for not at all."""
    if not len(held):
        return np.zeros(len(rows), np.uint8)
    among, weights = _of(held)
    at = np.searchsorted(among, rows)
    at[at == len(among)] = 0
    found: Numbers = weights[at] * (among[at] == rows)
    return found


def _most(rows: Numbers, evidence: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """At most `limit` rows with the most evidence; of equals those filed first."""
    if len(rows) <= limit:
        return rows[evidence > 0], evidence[evidence > 0]
    least = max(float(np.partition(evidence, len(evidence) - limit)[len(evidence) - limit]), np.finfo(np.float32).tiny)
    chosen = np.flatnonzero(evidence >= least)
    if len(chosen) > limit:
        above = chosen[evidence[chosen] > least]
        equal = chosen[evidence[chosen] == least]
        equal = equal[np.argsort(rows[equal], kind="stable")][: limit - len(above)]
        chosen = np.concatenate([above, equal])
    return rows[chosen], evidence[chosen]
