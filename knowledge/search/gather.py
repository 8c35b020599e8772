"""The rows worth a close look and how well each covers the topic, in plain Python."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf
from operator import mul
from typing import NamedTuple

from knowledge.search.grams import FULL
from knowledge.search.held import Held

# Rows whose cover is computed, and the best of them that are handed on: single characters of the topic that stand in a row
# are counted for these alone, and can lift none of the rest among the first ten.
CANDIDATES, BEST = 32, 16
# Rows for which the evidence that was left unread is looked up before the candidates are chosen.
WIDER = 64
# Rows with less than this share of the most evidence are not looked at: low enough that none is lost which covers FLOOR (see
# `knowledge.search.index`) of what the best covers, for overlapping evidence adds up to several times what it covers.
SLIGHT = 0.02
# With so many rows seen, evidence that cannot lift an unseen row to this share of the best is not read for new rows; with
# fewer seen, none that cannot lift it to what the least of hits must cover.
ENOUGH, HOPELESS, USELESS = 6, 0.5, 0.05
# Reading more rows than this for one question is given up as soon as no unseen row can be the best.
BUDGET = 20_000
# Several official phrases for one thing said: each adds this share of itself to what the best leaves open, up to MOST.
ADDED, MOST = 0.4, 0.95

# Sums of evidence may be so far off.
ROUNDED = 1.0001
# Evidence of more rows than this for each that is looked at is looked up, not read through.
_READ_THROUGH = 2


class Sought(NamedTuple):
    """Pieces of evidence, one place in every field for each: that for the tokens from a start to an end (excluded), worth 0..1, and
    the rows that hold it. A mass is what it adds to a row that holds it fully, `holders` how many rows count (some of `held` may be
    gone). `adds`: it counts beside other evidence for the same tokens too."""

    starts: Sequence[int]
    ends: Sequence[int]
    worths: Sequence[float]
    masses: Sequence[float]
    held: Sequence[Held]
    holders: Sequence[int]
    adds: Sequence[bool]


# No evidence at all.
NOTHING = Sought((), (), (), (), (), (), ())


class Cover(NamedTuple):
    """How well (0..1) a row covers each token, and by which of what is sought, numbered."""

    tokens: list[float]
    by: list[int]


class Near(NamedTuple):
    """Rows worth a close look, those with the most evidence first, and `most`: what each of them can cover at most."""

    rows: list[int]
    most: list[float]


class Reading(NamedTuple):
    """What reading rare evidence first has shown: `found` is the evidence of each row seen, `most` the most that one has, `unread` the
    numbers of what was left, and what that adds at most to a row."""

    found: dict[int, float]
    most: float
    unread: Sequence[int]
    rest: float


def covers(
    sought: Sought,
    weights: Sequence[float],
    among: Collection[int] | None,
    without: Collection[int],
    least: float = 0.0,
) -> dict[int, Cover]:
    """How well each token is covered by the best rows, only those `among` if given and none of `without`.

    `weights` is what each token is worth. At most BEST rows, best first; of equals those filed first. None where no row
    covers `least`.
    """
    if _many(among):
        return covered(nearest(reading(sought, among, without), sought, least), sought, weights, least)
    return covered(given(among or (), without), sought, weights, least)


def _many(among: Collection[int] | None) -> bool:
    return among is None or len(among) > CANDIDATES


def given(among: Collection[int], without: Collection[int]) -> Near:
    """The rows of a few that were named."""
    rows = [row for row in sorted(among) if row not in without]
    return Near(rows, [inf] * len(rows))


# What each of some rows holds of what is sought, numbered, strongest first, with the weight of it there.
Holds = dict[int, list[tuple[int, int]]]


def covered(near: Near, sought: Sought, weights: Sequence[float], least: float = 0.0) -> dict[int, Cover]:
    """How well each token is covered by the BEST among `near`, of which no more are looked at than can be among these; none
    where none covers `least`."""
    scales = [worth / FULL for worth in sought.worths]
    parts = [*zip(sought.starts, sought.ends, scales, sought.adds, strict=True)]
    if least and not _any_covers(near, sought, parts, weights, least):
        return {}
    holds = holding(near.rows, sought)
    ranked: list[tuple[float, int, list[float]]] = []
    full = 0.0  # what the weakest of the BEST covers, below zero so that the smallest is the most
    for row, most in zip(near.rows, near.most, strict=True):
        if most * ROUNDED < -full:
            break
        tokens = _cover(holds[row], parts, len(weights))
        insort(ranked, (-sum(map(mul, weights, tokens)), row, tokens))
        if len(ranked) >= BEST:
            del ranked[BEST:]
            full = ranked[-1][0]
    return {row: Cover(tokens, [number for number, _ in holds[row]]) for _, row, tokens in ranked}


# Evidence as it is put together: the tokens from one to another (excluded), its worth a step of weight, whether it adds.
Parts = Sequence[tuple[int, int, float, bool]]


def _any_covers(near: Near, sought: Sought, parts: Parts, weights: Sequence[float], least: float) -> bool:
    """Whether any row covers so much. Most rows have too little evidence for it, and are not looked at."""
    rows = [row for row, most in zip(near.rows, near.most, strict=True) if most * ROUNDED >= least]
    holds = holding(rows, sought) if rows else {}
    covers = (_cover(held, parts, len(weights)) for held in holds.values())
    return any(sum(map(mul, weights, tokens)) * ROUNDED >= least for tokens in covers)


def holding(rows: list[int], sought: Sought) -> Holds:
    """What each of `rows` holds of what is sought."""
    holds: Holds = {row: [] for row in rows}
    few, everything = _READ_THROUGH * len(rows), sought.held
    for number in strongest_first(sought):
        held = everything[number]
        if len(held.rows) <= few:
            for row, weight in zip(held.rows, held.weights, strict=True):
                if row in holds:
                    holds[row].append((number, weight))
        else:
            for row, weight in held.among(holds.keys()):
                holds[row].append((number, weight))
    return holds


def _cover(hits: Sequence[tuple[int, int]], parts: Parts, tokens: int) -> list[float]:
    """How well each token is covered by what a row holds."""
    cover = [0.0] * tokens
    for number, weight in hits:
        at, end, scale, adds = parts[number]
        worth = scale * weight
        while at < end:  # spelled out: asked a thousand times a question
            had = cover[at]
            if not (adds and had):
                if worth > had:
                    cover[at] = worth
            else:
                both = worth + (1 - worth) * ADDED * had if worth > had else had + (1 - had) * ADDED * worth
                cover[at] = both if both < MOST else max(MOST, worth, had)
            at += 1
    return cover


def strongest_first(sought: Sought) -> list[int]:
    """The order in which evidence is put together, as numbers: what adds finds the best there already."""
    return sorted(range(len(sought.worths)), key=[-worth for worth in sought.worths].__getitem__)


def rarest_first(sought: Sought) -> list[int]:
    """The order in which evidence is read, as numbers."""
    return sorted(range(len(sought.holders)), key=sought.holders.__getitem__)


def nearest(read: Reading, sought: Sought, least: float) -> Near:
    """The rows worth a close look, by the sum of their evidence; none where it is too little for `least`."""
    found, rest = read.found, read.rest
    if (read.most + rest) * ROUNDED < least:
        return Near([], [])
    near = _most(found, WIDER if read.unread else CANDIDATES, SLIGHT * read.most)
    if len(near) > CANDIDATES:
        found = {row: found[row] for row in near}
        for number in read.unread:
            scale = sought.masses[number] / FULL
            for row, weight in sought.held[number].among(found.keys()):
                found[row] += scale * weight
        near, rest = _most(found, CANDIDATES), 0.0
    return Near(near, [found[row] + rest for row in near])


def _most(found: Mapping[int, float], limit: int, least: float = 0.0) -> list[int]:
    """At most `limit` of the rows with the most evidence, and `least` of it, most first; of equals those filed first."""
    if len(found) > limit:
        least = max(least, sorted(found.values())[-limit])
    return [row for _, row in sorted([(-sum_, row) for row, sum_ in found.items() if sum_ >= least])[:limit]]


def reading(sought: Sought, among: Collection[int] | None, without: Collection[int]) -> Reading:
    """The evidence of the rows that hold rare evidence. What is left when it cannot change which rows are looked at is not read."""
    found: dict[int, float] = {}
    known = found.get
    _, _, _, masses, everything, holders, _ = sought
    order, read = rarest_first(sought), 0
    rest, count, best = sum(masses), 0, 0.0
    for number in order:
        if rest < best * (1.0 if count >= BUDGET else HOPELESS if len(found) >= ENOUGH else USELESS):
            break
        mass, held = masses[number], everything[number]
        read += 1
        rest -= mass
        count += holders[number]
        scale = mass / FULL
        pairs = zip(held.rows, held.weights, strict=True)
        for row, weight in pairs if among is None and not without else _kept(pairs, among, without):
            found[row] = now = known(row, 0.0) + scale * weight
            if now > best:
                best = now
    unread = order[: read - len(order) - 1 : -1] if read < len(order) else []
    return Reading(found, best, unread, sum([masses[number] for number in unread]))


def _kept(
    pairs: Iterable[tuple[int, int]], among: Collection[int] | None, without: Collection[int]
) -> Iterable[tuple[int, int]]:
    return [pair for pair in pairs if (among is None or pair[0] in among) and pair[0] not in without]
