"""What is done to postings row by row, compiled by numba: reading rare evidence, choosing rows, telling how well each covers.

The same steps as in `knowledge.search.gather`, on arrays. A row's own grams lie side by side (see `by_row`), so that what it holds of
all that is sought is read in one go, and not looked up in one long list of rows after another. What decides comes as an argument:
compiled code is kept beside this module and would not notice that a constant elsewhere has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[Any]
Function = TypeVar("Function", bound=Callable[..., Any])
# Rows are put in order by their evidence in so many steps.
_STEPS = 1024


def compiled(function: Function) -> Function:
    """`function` compiled when first called; the next process finds it on disk, where there is a folder to be written to."""
    try:
        made: Function = njit(function, cache=True)
    except RuntimeError:
        made = njit(function)
    return made


class Kept(NamedTuple):
    """The rows of every gram and sound with the weight in each, rows apart from these, and the grams of every row: each its number
    and, in the lowest byte, its weight; `ends` where each row's end. Rows from there on, of a newer layer, are only among those apart.
    """

    rows: Numbers
    weights: Numbers
    apart_rows: Numbers
    apart_weights: Numbers
    grams: Numbers
    ends: Numbers


class Clues(NamedTuple):
    """What is sought, one field of `knowledge.search.gather.Sought` an array, worth and mass for a step of weight. `firsts` is where
    the rows begin, of which there are `lengths`, `apart_ends` where those apart end. A row holds a clue if it holds any of its
    `members`, which are grams, or `every` one. `rank`: place from the strongest; `rarest`: numbers, first what fewest rows hold."""

    starts: Numbers
    ends: Numbers
    worths: Numbers
    masses: Numbers
    adds: Numbers
    firsts: Numbers
    lengths: Numbers
    apart_ends: Numbers
    members: Numbers
    member_ends: Numbers
    every: Numbers
    rank: Numbers
    rarest: Numbers


class Limits(NamedTuple):
    """See the constants of these names in `knowledge.search.gather` and `knowledge.search.grams`."""

    full: int
    wider: int
    best: int
    slight: float
    enough: int
    hopeless: float
    useless: float
    budget: int
    added: float
    most: float
    rounded: float


class Scratch(NamedTuple):
    """All zero before and after: the evidence of each row, the rows that have any (not zero after), and a number for each gram."""

    evidence: Numbers
    seen: Numbers
    slots: Numbers


class Slots(NamedTuple):
    """What a gram tells: `slots` gives each that is a member of a clue a number from 1, and of `clues` it is a member of those from
    the end of the number before to its own."""

    slots: Numbers
    clues: Numbers
    ends: Numbers


class Best(NamedTuple):
    """The best rows, how well each covers every token, and by which clues: the first so many of a line."""

    rows: Numbers
    tokens: Numbers
    by: Numbers
    counts: Numbers


@compiled
def _span(ends: Numbers, at: int) -> tuple[int, int]:
    """Where a stretch begins and ends."""
    return (ends[at - 1] if at else 0), ends[at]


@compiled
def by_row(rows: Numbers, weights: Numbers, ends: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The grams of each of `count` rows and where they end (see `Kept`), from the rows of each gram and where these end."""
    last = np.zeros(count, np.int64)
    total = ends[-1] if len(ends) else 0
    for at in range(total):
        last[rows[at]] += 1
    last = np.cumsum(last)
    held, room = np.empty(total, np.uint32), last.copy()
    for gram in range(len(ends) - 1, -1, -1):
        start, end = _span(ends, gram)
        for at in range(start, end):
            room[rows[at]] -= 1
            held[room[rows[at]]] = gram << 8 | weights[at]
    return held, last


@compiled
def in_both(rows: Numbers, weights: Numbers, more: Numbers, more_weights: Numbers) -> tuple[Numbers, Numbers]:
    """The rows that are in both ascending lists, the shorter first, each with its weaker weight."""
    both, weaker, count, low = np.empty_like(rows), np.empty_like(weights), 0, 0
    for at in range(len(rows)):
        row, step = rows[at], 1
        while low + step < len(more) and more[low + step] < row:
            low += step
            step *= 2
        high = min(low + step, len(more) - 1)
        while low < high:
            middle = (low + high) // 2
            if more[middle] < row:
                low = middle + 1
            else:
                high = middle
        if more[low] == row:
            both[count], weaker[count] = row, min(weights[at], more_weights[low])
            count += 1
    return both[:count].copy(), weaker[:count].copy()


@compiled
def best_covers(
    kept: Kept, clues: Clues, weights: Numbers, counted: Numbers, least: float, limits: Limits, scratch: Scratch
) -> Best:
    """How well each token is covered by the best rows that are `counted` (all if empty); see `knowledge.search.gather.covers`."""
    count, best, rest = _read(kept, clues, counted, limits, scratch)
    room = 0 if (best + rest) * limits.rounded < least else limits.wider
    near, most = _nearest(count, best, rest, room, limits.slight * best, scratch)
    return covered(kept, clues, weights, near, most, least, limits, scratch)


@compiled
def _read(kept: Kept, clues: Clues, counted: Numbers, limits: Limits, scratch: Scratch) -> tuple[int, float, float]:
    """Reads rare evidence first: how many rows have some, the most that one has, and what is left unread."""
    count, best, rest, read = 0, 0.0, clues.masses.sum() * limits.full, 0
    for one in clues.rarest:
        share = limits.hopeless if count >= limits.enough else limits.useless
        if rest < best * (1.0 if read >= limits.budget else share):
            break
        mass = clues.masses[one]
        rest -= mass * limits.full
        if mass == 0.0:
            continue
        start, end = clues.firsts[one], clues.firsts[one] + clues.lengths[one]
        count, best = _add(kept.rows[start:end], kept.weights[start:end], mass, count, best, counted, scratch)
        start, end = _span(clues.apart_ends, one)
        count, best = _add(
            kept.apart_rows[start:end], kept.apart_weights[start:end], mass, count, best, counted, scratch
        )
        read += clues.lengths[one] + end - start
    return count, best, max(0.0, rest)


@compiled
def _add(
    rows: Numbers, weights: Numbers, mass: float, count: int, best: float, counted: Numbers, scratch: Scratch
) -> tuple[int, float]:
    """Adds `mass` for each step of weight to the evidence of the rows: how many have some now, and the most that one has."""
    evidence, seen = scratch.evidence, scratch.seen
    for at in range(len(rows)):
        row = rows[at]
        if len(counted) and not counted[row]:
            continue
        had = evidence[row]
        if had == 0.0:
            seen[count] = row
            count += 1
        now = had + mass * weights[at]
        evidence[row] = now
        best = max(best, now)
    return count, best


@compiled
def _nearest(
    count: int, best: float, rest: float, room: int, slight: float, scratch: Scratch
) -> tuple[Numbers, Numbers]:
    """The rows with the most evidence, at least `slight`, those with most first and no more than there is `room` for; and what each
    can have at most."""
    found = np.empty(count, np.float32)
    sizes = np.zeros(_STEPS + 1, np.int64)
    scale = (_STEPS - 1) / best if best else 0.0
    for at in range(count):
        found[at] = scratch.evidence[scratch.seen[at]]
        scratch.evidence[scratch.seen[at]] = 0.0
        if found[at] >= slight:
            sizes[_STEPS - 1 - int(found[at] * scale)] += 1
    places = np.cumsum(sizes)
    near = np.empty(min(room, places[_STEPS]), np.uint32)
    most = np.empty(len(near), np.float64)
    places -= sizes
    for at in range(count):
        step = _STEPS - 1 - int(found[at] * scale)
        if found[at] >= slight and places[step] < len(near):
            near[places[step]], most[places[step]] = scratch.seen[at], (_STEPS - step) / scale + rest
            places[step] += 1
    return near, most


@compiled
def covered(
    kept: Kept,
    clues: Clues,
    weights: Numbers,
    near: Numbers,
    most: Numbers,
    least: float,
    limits: Limits,
    scratch: Scratch,
) -> Best:
    """How well each token is covered by the best among `near`, of which no more are looked at than can be among these; none where
    none covers `least`. `most` is what each can cover at most."""
    slots = _slotted(clues, scratch.slots)
    hold, times = np.zeros(len(clues.starts), np.int64), np.zeros(len(clues.starts), np.int64)
    rows, scores = np.zeros(limits.best + 1, np.uint32), np.zeros(limits.best + 1)
    lines, counts = np.arange(limits.best + 1), np.zeros(limits.best + 1, np.int64)
    tokens = np.zeros((limits.best + 1, len(weights)))
    by = np.zeros((limits.best + 1, len(clues.starts)), np.int64)
    found = 0
    for at in range(len(near)):
        full = scores[found - 1] if found == limits.best else 0.0
        if most[at] * limits.rounded < max(full, least if scores[0] < least else 0.0):
            break
        line = lines[found]
        if near[at] < len(kept.ends):
            counts[line] = _held(kept, clues, near[at], slots, hold, times, by[line])
        else:
            counts[line] = _newer_held(kept, clues, near[at], hold, by[line])
        _strongest_first(by[line, : counts[line]], clues.rank)
        _cover(clues, hold, by[line, : counts[line]], tokens[line], limits)
        score = 0.0
        for token in range(len(weights)):
            score += weights[token] * tokens[line, token]
        found = _ranked(near[at], score, found, rows, scores, lines)
    for gram in clues.members:
        scratch.slots[gram] = 0
    if scores[0] * limits.rounded < least:
        found = 0
    lines = lines[:found]
    return Best(rows[:found], tokens[lines], by[lines], counts[lines])


@compiled
def _slotted(clues: Clues, slots: Numbers) -> Slots:
    """Tells of the grams that are members of clues which these are."""
    sizes = np.zeros(len(clues.members) + 2, np.int64)
    count = 0
    for gram in clues.members:
        if slots[gram] == 0:
            count += 1
            slots[gram] = count
        sizes[slots[gram] + 1] += 1
    ends = np.cumsum(sizes)
    found = np.empty(len(clues.members), np.int64)
    at = 0
    for clue in range(len(clues.member_ends)):
        while at < clues.member_ends[clue]:
            slot = slots[clues.members[at]]
            found[ends[slot]] = clue
            ends[slot] += 1
            at += 1
    return Slots(slots, found, ends)


@compiled
def _held(kept: Kept, clues: Clues, row: int, slots: Slots, hold: Numbers, times: Numbers, by: Numbers) -> int:
    """Puts the clues that `row` holds into `by` and the weight of each there into `hold`; how many there are. `times` is all zero
    before and after: how many of a clue's members the row holds."""
    some, (start, end) = 0, _span(kept.ends, row)
    for at in range(start, end):
        slot = slots.slots[kept.grams[at] >> 8]
        if slot:
            weight = kept.grams[at] & 255
            for place in range(slots.ends[slot - 1], slots.ends[slot]):
                clue = slots.clues[place]
                if times[clue] == 0:
                    hold[clue] = weight
                    by[some] = clue
                    some += 1
                elif (weight < hold[clue]) == clues.every[clue]:
                    hold[clue] = weight
                times[clue] += 1
    count = 0
    for clue in by[:some]:
        start, end = _span(clues.member_ends, clue)
        if times[clue] == end - start or not clues.every[clue]:
            by[count] = clue
            count += 1
        times[clue] = 0
    return count


@compiled
def _newer_held(kept: Kept, clues: Clues, row: int, hold: Numbers, by: Numbers) -> int:
    """As `_held`, for a row of a newer layer."""
    count = 0
    for clue in range(len(clues.starts)):
        start, end = _span(clues.apart_ends, clue)
        at = start + np.searchsorted(kept.apart_rows[start:end], row)
        if at < end and kept.apart_rows[at] == row:
            by[count], hold[clue] = clue, kept.apart_weights[at]
            count += 1
    return count


@compiled
def _strongest_first(by: Numbers, rank: Numbers) -> None:
    """Puts clues in the order in which they are put together."""
    for last in range(1, len(by)):
        clue, at = by[last], last
        while at and rank[by[at - 1]] > rank[clue]:
            by[at] = by[at - 1]
            at -= 1
        by[at] = clue


@compiled
def _cover(clues: Clues, hold: Numbers, by: Numbers, cover: Numbers, limits: Limits) -> None:
    """How well each token is covered `by` clues; see `knowledge.search.gather`."""
    cover[:] = 0.0
    for clue in by:
        worth = clues.worths[clue] * hold[clue]
        for at in range(clues.starts[clue], clues.ends[clue]):
            had = cover[at]
            if had == 0.0 or not clues.adds[clue]:
                cover[at] = max(had, worth)
            else:
                more, less = max(had, worth), min(had, worth)
                both = more + (1 - more) * limits.added * less
                cover[at] = both if both < limits.most else max(limits.most, more)


@compiled
def _ranked(row: int, score: float, found: int, rows: Numbers, scores: Numbers, lines: Numbers) -> int:
    """Puts a row, whose line is the first free one, among those `found`, the best first and of equals those filed first; how many
    are found then. Where there is no room for more, the last one's line becomes free."""
    at, line = found, lines[found]
    while at and (scores[at - 1] < score or (scores[at - 1] == score and rows[at - 1] > row)):
        rows[at], scores[at], lines[at] = rows[at - 1], scores[at - 1], lines[at - 1]
        at -= 1
    rows[at], scores[at], lines[at] = row, score, line
    return min(found + 1, len(rows) - 1)
