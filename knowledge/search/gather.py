"""The rows worth a close look and how well each covers the topic, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import mul

from knowledge.search.grams import FULL
from knowledge.search.held import Held

# Rows whose cover is computed, and the best of them that are handed on: single characters of the topic that stand in a row
# are counted for these alone, and can lift none of the rest among the first ten.
CANDIDATES, BEST = 96, 16
# Rows with less than this share of the most evidence are not looked at: low enough that none is lost which covers FLOOR (see
# `knowledge.search.index`) of what the best covers, for overlapping evidence adds up to several times what it covers.
SLIGHT = 0.02
# With so many rows seen, evidence that cannot lift an unseen row to this share of the best is not read for new rows; with
# fewer seen, none that cannot lift it to what the least of hits must cover.
ENOUGH, HOPELESS, USELESS = 12, 0.5, 0.05
# Reading more rows than this for one question is given up as soon as no unseen row can be the best.
BUDGET = 60_000
# Looking a row up is worth so many rows read in passing.
_LOOK_UP = 6


@dataclass(frozen=True, slots=True)
class Sought:
    """Evidence for the tokens from `start` to `end` (excluded), worth 0..1, and the rows that hold it. `mass` is what it
    adds to a row that holds it fully."""

    start: int
    end: int
    worth: float
    mass: float
    held: Held


def covers(
    sought: Sequence[Sought], weights: Sequence[float], among: Collection[int] | None, without: Collection[int]
) -> dict[int, list[float]]:
    """How well (0..1) each token is covered by the best rows, only those `among` if given and none of `without`.

    `weights` is what each token is worth. At most BEST rows, best first; of equals those filed first.
    """
    rows = _candidates(sought, among, without)
    found = {row: [0.0] * len(weights) for row in rows}
    for one in sought:
        scale = one.worth / FULL
        for row, weight in _weights(one.held, found):
            cover, worth = found[row], scale * weight
            for at in range(one.start, one.end):
                if worth > cover[at]:
                    cover[at] = worth
    best = nlargest(BEST, found, key=lambda row: (sum(map(mul, weights, found[row])), -row))
    return {row: found[row] for row in best}


def _weights(held: Held, found: Collection[int]) -> Iterable[tuple[int, int]]:
    """The rows of `found` that are held, with their weights."""
    if len(held) <= _LOOK_UP * len(found):
        return [(row, weight) for row, weight in zip(held.rows, held.weights, strict=True) if row in found]
    return [(row, weight) for row in found if (weight := held.weight(row))]


def _candidates(sought: Sequence[Sought], among: Collection[int] | None, without: Collection[int]) -> Iterable[int]:
    """The rows worth a close look, by the sum of their evidence; rare evidence is read first."""
    if among is not None and len(among) <= CANDIDATES:
        return [row for row in sorted(among) if row not in without]
    found = _read(sought, among)
    for row in without:
        found.pop(row, None)
    floor = SLIGHT * max(found.values(), default=0.0)
    near = [row for row, evidence in found.items() if evidence >= floor]
    return nlargest(CANDIDATES, near, key=lambda row: (found[row], -row))


def settled(seen: int, best: float, rest: float, read: int) -> bool:
    """Whether what is unread, `rest`, need not be read for new rows: `best` is the most evidence of the `seen` rows so far,
    `read` how many rows were read for it."""
    if read >= BUDGET:
        return rest < best
    return rest < best * (HOPELESS if seen >= ENOUGH else USELESS)


def _read(sought: Sequence[Sought], among: Collection[int] | None) -> dict[int, float]:
    found: dict[int, float] = {}
    rest, read = sum(one.mass for one in sought), 0
    for one in sorted(sought, key=lambda one: len(one.held)):
        if settled(len(found), max(found.values(), default=0.0), rest, read):
            break
        rest -= one.mass
        read += len(one.held)
        scale = one.mass / FULL
        for row, weight in zip(one.held.rows, one.held.weights, strict=True):
            if among is None or row in among:
                found[row] = found.get(row, 0.0) + scale * weight
    return found
