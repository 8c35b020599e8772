"""Postings of very many rows, whose arrays (`knowledge.search.mapped`) numpy reads where they lie.

The same evidence and the same weights as `MemoryPostings`; needs the extra `large`. Chosen by whoever makes the index,
from some ten thousand rows on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search import mapped
from knowledge.search.gather import (
    ADDED,
    BEST,
    CANDIDATES,
    MOST,
    ROUNDED,
    SLIGHT,
    Cover,
    Sought,
    covers,
    given,
    settled,
    strongest_first,
)
from knowledge.search.grams import FULL
from knowledge.search.held import NOBODY, Held, Row
from knowledge.search.mapped import Arrays, MappedPostings

Numbers = NDArray[Any]
# No more rows than this in all are read one by one, faster than by arrays; so many, the rarest evidence, are read together.
_PASSING, _AT_ONCE = 512, 4096
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


class PackedPostings(MappedPostings):
    """Postings over `Arrays` of very many rows."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._evidence: list[NDArray[np.float32]] = []

    def holding(self, grams: Sequence[str]) -> Held:
        many = sorted((self.find(gram) for gram in grams), key=len)
        if not many or not len(many[0]):
            return NOBODY
        rows, weights = _of(many[0])
        for held in many[1:]:
            more = _looked_up(held, rows)
            rows, weights = rows[more > 0], np.minimum(weights, more)[more > 0]
        return Held(rows.data, weights.data)

    def covers(
        self,
        sought: Sequence[Sought],
        weights: Sequence[float],
        among: Collection[int] | None,
        without: Collection[int],
        least: float = 0.0,
    ) -> dict[int, Cover]:
        """As `knowledge.search.gather.covers` does it, for many rows at once."""
        if among is not None and len(among) <= CANDIDATES:
            return _covered(_few(given(among, without).rows), sought, weights)
        if sum(one.holders for one in sought) <= _PASSING:
            return covers(sought, weights, among, without, least)
        rows = self._nearest(sought, among, _few(without), least)
        return _covered(rows, sought, weights) if len(rows) else {}

    def _nearest(
        self, sought: Sequence[Sought], among: Collection[int] | None, without: Numbers, least: float
    ) -> Numbers:
        """The rows worth a close look, ascending; none where no row has evidence for `least`."""
        rows, evidence, unread = self._read(sought, without)
        if among is not None:
            evidence = evidence * np.isin(rows, _few(among))
        rest = sum(one.mass for one in unread)
        if (float(evidence.max(initial=0.0)) + rest) * ROUNDED < least:
            return rows[:0]
        if len(rows) > CANDIDATES and unread:
            rows, evidence = _most(rows, evidence, WIDER)
            order = np.argsort(rows)
            rows, evidence = rows[order], evidence[order]
            for one in unread:
                evidence += np.float32(one.mass / FULL) * _looked_up(one.held, rows)
        return np.sort(_most(rows, evidence, CANDIDATES)[0])

    def _room(self, least: int) -> NDArray[np.float32]:
        """Zeros for `least` rows and more: rows of a newer layer are numbered on."""
        if self._evidence and len(self._evidence[-1]) >= least:
            return self._evidence.pop()
        return np.zeros(max(least, len(self)), np.float32)

    def _read(self, sought: Sequence[Sought], without: Numbers) -> tuple[Numbers, Numbers, list[Sought]]:
        """The rows that hold rare evidence, with the sum of it, and the evidence that was too common to be read."""
        evidence = self._room(1 + max((one.held.rows[-1] for one in sought), default=0))
        unread = sorted(sought, key=lambda one: one.holders, reverse=True)
        first = [unread.pop()]
        count = first[0].holders
        while unread and (count := count + unread[-1].holders) <= _AT_ONCE:
            first.append(unread.pop())
        rows, worth = (np.concatenate(one) for one in zip(*(_worth(one, without) for one in first), strict=True))
        np.add.at(evidence, rows, worth)
        found = [np.unique(rows)]
        best, count, seen = float(evidence[rows].max(initial=0.0)), len(rows), len(found[0])
        rest = sum(one.mass for one in unread)
        while unread and not settled(seen, best, rest, count):
            one = unread.pop()
            rows, worth = _worth(one, without)
            before = evidence[rows]
            after = before + worth
            evidence[rows] = after
            fresh = rows[before == 0]
            found.append(fresh)
            rest, count, seen = rest - one.mass, count + len(rows), seen + len(fresh)
            best = max(best, float(after.max(initial=0.0)))
        rows = np.concatenate(found)
        sums = evidence[rows]
        evidence[rows] = 0.0
        self._evidence.append(evidence)
        near = sums >= SLIGHT * best
        return rows[near], sums[near], unread


def _worth(one: Sought, without: Numbers) -> tuple[Numbers, Numbers]:
    """The rows that hold what is sought, but for those `without`, and the evidence that it is for each."""
    rows, weights = _of(one.held)
    if len(without):
        kept = ~np.isin(rows, without)
        rows, weights = rows[kept], weights[kept]
    return rows, np.float32(one.mass / FULL) * weights


def _covered(rows: Numbers, sought: Sequence[Sought], weights: Sequence[float]) -> dict[int, Cover]:
    """How well each token is covered by the BEST among `rows`, which ascend."""
    cover = np.zeros((len(weights), len(rows)))
    by = np.zeros((len(sought), len(rows)), np.uint8)
    for number in strongest_first(sought):
        one = sought[number]
        held = _looked_up(one.held, rows)
        if held.any():
            by[number] = held
            part, worth = cover[one.start : one.end], (one.worth / FULL) * held
            np.maximum(part, _added(part, worth) if one.adds else worth, out=part)
    best = np.lexsort((rows, -(np.array(weights) @ cover)))[:BEST]
    return {
        row: Cover(tokens, np.flatnonzero(held).tolist())
        for row, tokens, held in zip(rows[best].tolist(), cover.T[best].tolist(), by.T[best], strict=True)
    }


def _of(held: Held) -> tuple[Numbers, Numbers]:
    """The same rows and weights as arrays."""
    if isinstance(held.rows, memoryview):
        return np.frombuffer(held.rows, np.uint32), np.frombuffer(held.weights, np.uint8)  # type: ignore[call-overload]
    return np.asarray(held.rows, dtype=np.uint32), np.asarray(held.weights, dtype=np.uint8)


def _few(rows: Collection[int]) -> Numbers:
    return np.fromiter(rows, dtype=np.uint32, count=len(rows))


def _added(had: Numbers, worth: Numbers) -> Numbers:
    """What evidence that counts beside other is worth, as `knowledge.search.gather.covered` adds it up."""
    more, less = np.maximum(had, worth), np.minimum(had, worth)
    return np.maximum(more, np.minimum(MOST, more + (1 - more) * ADDED * less))


def _looked_up(held: Held, rows: Numbers) -> Numbers:
    """The weights with which `rows` are held, 0 for not at all; quickest where they ascend."""
    if not len(held):
        return np.zeros(len(rows), np.uint8)
    among, weights = _of(held)
    at = among.searchsorted(rows)
    found: Numbers = weights.take(at, mode="clip") * (among.take(at, mode="clip") == rows)
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
