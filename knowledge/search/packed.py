"""Postings of very many rows, whose arrays (`knowledge.search.mapped`) numpy reads where they lie.

The same evidence and the same weights as `MemoryPostings`; needs the extra `large`. Chosen by whoever makes the index,
from some ten thousand rows on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search import mapped
from knowledge.search.gather import (
    CANDIDATES,
    ROUNDED,
    SLIGHT,
    Cover,
    Holds,
    Near,
    Sought,
    covered,
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
# What no more rows hold than this is looked through for all that few hold at once.
_FEW = 1024
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
            return covered(given(among, without), sought, weights, _holding, least)
        if sum(one.holders for one in sought) <= _PASSING:
            return covers(sought, weights, among, without, least)
        return covered(self._nearest(sought, among, _few(without), least), sought, weights, _holding, least)

    def _nearest(self, sought: Sequence[Sought], among: Collection[int] | None, without: Numbers, least: float) -> Near:
        """The rows worth a close look, those with the most evidence first; none where no row has evidence for `least`."""
        rows, evidence, unread = self._read(sought, without)
        if among is not None:
            evidence = evidence * np.isin(rows, _few(among))
        rest = sum(one.mass for one in unread)
        if (float(evidence.max(initial=0.0)) + rest) * ROUNDED < least:
            return Near([], [])
        if len(rows) > CANDIDATES and unread:
            rows, evidence = _most(rows, evidence, WIDER)
            order = np.argsort(rows)
            rows, evidence, rest = rows[order], evidence[order], 0.0
            for one in unread:
                evidence += np.float32(one.mass / FULL) * _looked_up(one.held, rows)
        rows, evidence = _most(rows, evidence, CANDIDATES)
        order = np.lexsort((rows, -evidence))
        return Near(rows[order].tolist(), (evidence[order].astype(float) + rest).tolist())

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
        rows, worth = _worths(first, without)
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


def _worths(many: Sequence[Sought], without: Numbers) -> tuple[Numbers, Numbers]:
    """As `_worth`, for all of `many`, one after the other."""
    if len(without):
        rows, worths = (np.concatenate(one) for one in zip(*(_worth(one, without) for one in many), strict=True))
        return rows, worths
    rows, weights, counts = _joined([one.held for one in many])
    return rows, np.repeat(np.array([one.mass / FULL for one in many], np.float32), counts) * weights


def _joined(many: Sequence[Held]) -> tuple[Numbers, Numbers, list[int]]:
    """The rows of all of `many`, one after the other, their weights, and how many rows each has."""
    rows = np.frombuffer(b"".join([held.rows for held in many]), np.uint32)  # type: ignore[misc]
    weights = np.frombuffer(b"".join([held.weights for held in many]), np.uint8)  # type: ignore[misc]
    return rows, weights, [len(held) for held in many]


def _holding(rows: list[int], sought: Sequence[Sought]) -> Holds:
    """What each of `rows` holds of what is sought: what few rows hold is looked through at once, the rest one by one."""
    order = strongest_first(sought)
    among = np.sort(np.array(rows, np.uint32))
    hits: list[tuple[int, int, int]] = []
    few = [(place, sought[number].held) for place, number in enumerate(order) if len(sought[number].held) <= _FEW]
    if few and rows:
        every, weights, counts = _joined([held for _, held in few])
        places = np.repeat([place for place, _ in few], counts)
        at = among.searchsorted(every)
        found = np.flatnonzero(among.take(at, mode="clip") == every)
        hits += zip(places[found].tolist(), every[found].tolist(), weights[found].tolist(), strict=True)
    for place, number in enumerate(order):
        if rows and len(sought[number].held) > _FEW:
            held = _looked_up(sought[number].held, among)
            found = np.flatnonzero(held)
            hits += zip(repeat(place), among[found].tolist(), held[found].tolist())
    holds: Holds = {row: [] for row in rows}
    for place, row, weight in sorted(hits):
        holds[row].append((order[place], weight))
    return holds


def _of(held: Held) -> tuple[Numbers, Numbers]:
    """The same rows and weights as arrays."""
    if isinstance(held.rows, memoryview):
        return np.frombuffer(held.rows, np.uint32), np.frombuffer(held.weights, np.uint8)  # type: ignore[call-overload]
    return np.asarray(held.rows, dtype=np.uint32), np.asarray(held.weights, dtype=np.uint8)


def _few(rows: Collection[int]) -> Numbers:
    return np.fromiter(rows, dtype=np.uint32, count=len(rows))


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
