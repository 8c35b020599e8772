"""The rows worth a close look and how well each covers the topic, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest
from operator import mul
from typing import NamedTuple

from knowledge.search.grams import FULL
from knowledge.search.held import Held

# Rows whose cover is computed, and the best of them that are handed on: single characters of the topic that stand in a row
# are counted for these alone, and can lift none of the rest among the first ten.
CANDIDATES, BEST = 96, 16
# Rows for which the evidence that was left unread is looked up before the candidates are chosen.
WIDER = 192
# Rows with less than this share of the most evidence are not looked at: low enough that none is lost which covers FLOOR (see
# `knowledge.search.index`) of what the best covers, for overlapping evidence adds up to several times what it covers.
SLIGHT = 0.02
# With so many rows seen, evidence that cannot lift an unseen row to this share of the best is not read for new rows; with
# fewer seen, none that cannot lift it to what the least of hits must cover.
ENOUGH, HOPELESS, USELESS = 6, 0.5, 0.05
# Reading more rows than this for one question is given up as soon as no unseen row can be the best.
BUDGET = 60_000
# Several official phrases for one thing said: each adds this share of itself to what the best leaves open, up to MOST.
ADDED, MOST = 0.4, 0.95
# Looking a row up is worth so many rows read in passing.
_LOOK_UP = 6


class Sought(NamedTuple):
    """Evidence for the tokens from `start` to `end` (excluded), worth 0..1, and the rows that hold it. `mass` is what it
    adds to a row that holds it fully, `holders` how many rows count (some of `held` may be gone). `adds`: it counts beside
    other evidence for the same tokens too."""

    start: int
    end: int
    worth: float
    mass: float
    held: Held
    holders: int
    adds: bool = False


def covers(
    sought: Sequence[Sought], weights: Sequence[float], among: Collection[int] | None, without: Collection[int]
) -> dict[int, list[float]]:
    """How well (0..1) each token is covered by the best rows, only those `among` if given and none of `without`.

    `weights` is what each token is worth. At most BEST rows, best first; of equals those filed first.
    """
    return covered(candidates(sought, among, without) or (), sought, weights)


def covered(rows: Iterable[int], sought: Sequence[Sought], weights: Sequence[float]) -> dict[int, list[float]]:
    """How well each token is covered by the BEST among `rows`."""
    found = {row: [0.0] * len(weights) for row in rows}
    for one in strongest_first(sought):
        scale = one.worth / FULL
        for row, weight in _weights(one.held, found):
            cover, worth = found[row], scale * weight
            for at in range(one.start, one.end):
                had = cover[at]
                if one.adds and had:
                    more, less = (worth, had) if worth > had else (had, worth)
                    cover[at] = max(more, min(MOST, more + (1 - more) * ADDED * less))
                elif worth > had:
                    cover[at] = worth
    best = nlargest(BEST, found, key=lambda row: (sum(map(mul, weights, found[row])), -row))
    return {row: found[row] for row in best}


def strongest_first(sought: Sequence[Sought]) -> list[Sought]:
    """The order in which evidence is put together: what adds finds the best there already."""
    return sorted(sought, key=lambda one: -one.worth)


def _weights(held: Held, found: Collection[int]) -> Iterable[tuple[int, int]]:
    """The rows of `found` that are held, with their weights."""
    if len(held) <= _LOOK_UP * len(found):
        return [(row, weight) for row, weight in zip(held.rows, held.weights, strict=True) if row in found]
    return held.among(found)


def candidates(
    sought: Sequence[Sought], among: Collection[int] | None, without: Collection[int], longest: int | None = None
) -> list[int] | None:
    """The rows worth a close look, by the sum of their evidence; rare evidence is read first.

    None when more rows than `longest` would have to be read for one piece of evidence.
    """
    if among is not None and len(among) <= CANDIDATES:
        return [row for row in sorted(among) if row not in without]
    read = _read(sought, among, without, longest)
    if read is None:
        return None
    found, unread = read
    floor = SLIGHT * max(found.values(), default=0.0)
    near = [row for row, evidence in found.items() if evidence >= floor]
    if len(near) > CANDIDATES and unread:
        near = nlargest(WIDER, near, key=lambda row: (found[row], -row))
        wider = set(near)
        for one in unread:
            for row, weight in _weights(one.held, wider):
                found[row] += one.mass / FULL * weight
    return nlargest(CANDIDATES, near, key=lambda row: (found[row], -row))


def settled(seen: int, best: float, rest: float, read: int) -> bool:
    """Whether what is unread, `rest`, need not be read for new rows: `best` is the most evidence of the `seen` rows so far,
    `read` how many rows were read for it."""
    if read >= BUDGET:
        return rest < best
    return rest < best * (HOPELESS if seen >= ENOUGH else USELESS)


def _read(
    sought: Sequence[Sought], among: Collection[int] | None, without: Collection[int], longest: int | None
) -> tuple[dict[int, float], list[Sought]] | None:
    """The rows that hold rare evidence with the sum of it, and the evidence too common to be read."""
    found: dict[int, float] = {}
    unread = sorted(sought, key=lambda one: one.holders, reverse=True)
    rest, read = sum(one.mass for one in sought), 0
    while unread and not settled(len(found), max(found.values(), default=0.0), rest, read):
        one = unread.pop()
        if longest is not None and len(one.held) > longest:
            return None
        rest -= one.mass
        read += one.holders
        scale = one.mass / FULL
        for row, weight in zip(one.held.rows, one.held.weights, strict=True):
            if (among is None or row in among) and row not in without:
                found[row] = found.get(row, 0.0) + scale * weight
    return found, unread
