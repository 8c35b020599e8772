"""Postings of very many rows, whose arrays (`knowledge.search.mapped`) numpy reads where they lie.

The same evidence and the same weights as `MemoryPostings`; needs the extra `large`. Chosen by whoever makes the index,
from some ten thousand rows on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search import mapped
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
from knowledge.search.grams import FULL
from knowledge.search.held import NOBODY, Held, Row
from knowledge.search.mapped import Arrays, MappedPostings

Numbers = NDArray[Any]
# Evidence that no more rows hold than this is read one by one: faster than to begin with arrays.
_PASSING = 256
# Rows kept for a second reading of the evidence that was left unread, before the candidates are chosen.
WIDER = 1024


def pack(rows: Iterable[Row]) -> Arrays:
    """The arrays of `rows`; many are put together faster than `knowledge.search.mapped.pack` does it."""
    return mapped.pack(rows, _strongest)


def _strongest(many: Sequence[Held]) -> Held:
    """The rows of all of `many`, each with its strongest weight."""
    if len(many) == 1:
        return many[0]
    rows, weights = (np.concatenate(one) for one in zip(*map(_of, many), strict=True))
    order = np.lexsort((weights, rows))
    rows, weights = rows[order], weights[order]
    last = np.append(rows[1:] != rows[:-1], True)
    return Held(rows[last].data, weights[last].data)


@dataclass(frozen=True, slots=True)
class PackedHeld(Held):
    """`Held` that looks many rows up at once."""

    def among(self, rows: Collection[int]) -> Iterable[tuple[int, int]]:
        sought = _few(rows)
        weights = _looked_up(self, sought)
        found = weights > 0
        return zip(sought[found].tolist(), weights[found].tolist(), strict=True)


class PackedPostings(MappedPostings):
    """Postings over `Arrays` of very many rows."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._evidence: list[NDArray[np.float32]] = []

    def _as_held(self, rows: memoryview, weights: memoryview) -> Held:
        return PackedHeld(rows, weights)

    def holding(self, grams: Sequence[str]) -> Held:
        many = sorted((self.find(gram) for gram in grams), key=len)
        if not many or not len(many[0]):
            return NOBODY
        rows, weights = _of(many[0])
        for held in many[1:]:
            more = _looked_up(held, rows)
            rows, weights = rows[more > 0], np.minimum(weights, more)[more > 0]
        return PackedHeld(rows.data, weights.data)

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
