"""Postings of very many rows, whose arrays (`knowledge.search.mapped`) compiled code reads where they lie.

The same evidence and the same weights as `MemoryPostings`; needs the extra `large`. Chosen by whoever makes the index,
from some ten thousand rows on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub

import numpy as np

from knowledge.search import gather, mapped
from knowledge.search.compiled import Clues, Kept, Limits, Numbers, Scratch, best_covers, by_row, covered, in_both
from knowledge.search.gather import CANDIDATES, NOTHING, Cover, Sought, given, rarest_first, strongest_first
from knowledge.search.grams import FULL
from knowledge.search.held import NOBODY, Held, Row
from knowledge.search.mapped import Arrays, MappedPostings
from knowledge.search.postings import sounding

LIMITS = Limits(
    FULL, gather.WIDER, gather.BEST, gather.SLIGHT, gather.ENOUGH, gather.HOPELESS, gather.USELESS, gather.BUDGET,
    gather.ADDED, gather.MOST, gather.ROUNDED,
)  # fmt: skip
# Room for so many more rows is made than there are: those of a newer layer are numbered on.
_SPARE = 1024
# Where rows lie that were put together, and which rows count where all do.
APART = -1
_EVERY_ROW = np.zeros(0, np.bool_)


def pack(rows: Iterable[Row]) -> Arrays:
    """The arrays of `rows`; many are put together faster than `knowledge.search.mapped.pack` does it."""
    return mapped.pack(rows, _strongest)


def _strongest(many: Sequence[Held]) -> Held:
    """The rows of all of `many`, each with its strongest weight."""
    if len(many) == 1:
        return many[0]
    rows = np.concatenate([_numbers(held.rows, np.uint32) for held in many])
    weights = np.concatenate([_numbers(held.weights, np.uint8) for held in many])
    order = np.lexsort((weights, rows))
    rows, weights = rows[order], weights[order]
    last = np.append(rows[1:] != rows[:-1], True)
    return Held(rows[last].data, weights[last].data)


class Stretch(Held):
    """Rows that hold any of the grams `members` and lie, `within` many, from `start` on in the array of all rows; or, where `start` is
    APART, rows put together because they hold every one. `newer` are those of a newer layer, which are not in `rows`. What does not
    lie in the array is `apart`."""

    __slots__ = ("_length", "apart", "members", "newer", "start", "within")

    def __init__(self, held: Held, start: int, members: tuple[int, ...], newer: Held = NOBODY) -> None:
        super().__init__(held.rows, held.weights)
        self.start, self.members, self.newer = start, members, newer
        self.within, apart = (0, (held, newer)) if start == APART else (len(held.rows), (newer,))
        self.apart = tuple(part for part in apart if part is not NOBODY)
        self._length = len(held.rows) + len(newer.rows)

    def __len__(self) -> int:
        return self._length

    def weight(self, row: int) -> int:
        return super().weight(row) or self.newer.weight(row)

    def shared(self, rows: frozenset[int]) -> int:
        fewer, more = sorted((_numbers(self.rows, np.uint32), _ascending(rows)), key=len)
        return int(np.count_nonzero(more.take(more.searchsorted(fewer), mode="clip") == fewer)) if len(fewer) else 0

    def with_more(self, more: Held, first: int) -> Held:
        return Stretch(self, self.start, self.members, NOBODY.with_more(more, first))


class PackedPostings(MappedPostings):
    """Postings over `Arrays` of very many rows."""

    _nobody = Stretch(NOBODY, 0, ())

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._numbers = _numbers(arrays.rows, np.uint32), _numbers(arrays.weights, np.uint8)
        self._by_row = by_row(*self._numbers, _numbers(arrays.gram_ends, np.int64), len(self))
        self._sounding = _alike(self._grams, self._pairs)
        self._phrases: dict[tuple[int, ...], Held] = {}
        self._scratch: list[Scratch] = []
        self._compile()

    def _compile(self) -> None:
        """Compiles what questions need, or fetches it from the disk, while nobody waits for an answer."""
        nothing = self._part(0, 0)
        in_both(*nothing, *nothing)
        self.covers(NOTHING, (), None, ())

    def _held(self, at: int) -> Held:
        return Stretch(super()._held(at), self._ends[at - 1] if at else 0, self._members(at))

    def _members(self, at: int) -> tuple[int, ...]:
        """The grams of which rows hold any, by the number of the gram or of the sound."""
        return (at,) if at < len(self._grams) else self._sounding[at]

    def holding(self, grams: Sequence[str]) -> Held:
        members = tuple({self._grams.get(gram, -1) for gram in grams})
        if len(members) == 1:
            return self.find(grams[0])
        if not members or -1 in members:
            return self._nobody
        known = self._phrases.get(members)
        if known is None:
            known = self._phrases[members] = self._joined(members)
        return known

    def _joined(self, members: tuple[int, ...]) -> Held:
        """The rows that hold every one of the grams."""
        parts = [self._part(self._ends[gram - 1] if gram else 0, self._ends[gram]) for gram in members]
        held, *others = sorted(parts, key=lambda part: len(part[0]))
        for other in others:
            held = tuple(map(_fixed, in_both(*held, *other)))
        rows, weights = held
        return Stretch(Held(rows.data, weights.data), APART, members) if len(rows) else self._nobody

    def _part(self, start: int, end: int) -> tuple[Numbers, ...]:
        """A part of all rows, and their weights."""
        rows, weights = self._numbers
        return rows[start:end], weights[start:end]

    def covers(
        self,
        sought: Sought,
        weights: Sequence[float],
        among: Collection[int] | None,
        without: Collection[int],
        least: float = 0.0,
    ) -> dict[int, Cover]:
        """As `knowledge.search.gather.covers` does it, compiled."""
        held: Sequence[Stretch] = sought.held  # type: ignore[assignment]
        clues, apart = _clues(sought, held), list(chain.from_iterable([one.apart for one in held]))
        kept = Kept(*self._numbers, *_one(apart), *self._by_row)
        last = max((part.rows[-1] for part in apart), default=0)
        room, worth = self._room(max(1 + last, len(self))), np.array(weights, np.float64)
        if among is not None and len(among) <= CANDIDATES:
            near = given(among, without)
            named = np.array(near.rows, np.uint32), np.array(near.most, np.float64)
            best = covered(kept, clues, worth, *named, least, LIMITS, room)
        else:
            counted = _counted(among, frozenset(without), len(room.evidence))
            best = best_covers(kept, clues, worth, counted, least, LIMITS, room)
        self._scratch.append(room)
        found = zip(best.rows.tolist(), best.tokens.tolist(), best.by.tolist(), best.counts.tolist(), strict=True)
        return {row: Cover(tokens, by[:count]) for row, tokens, by, count in found}

    def _room(self, least: int) -> Scratch:
        """Room for `least` rows and more, used by one question at a time."""
        while self._scratch:
            room = self._scratch.pop()
            if len(room.evidence) >= least:
                return room
        rows = least + _SPARE
        return Scratch(np.zeros(rows, np.float32), np.zeros(rows, np.uint32), np.zeros(len(self._grams), np.int32))


def _alike(grams: Mapping[str, int], pairs: Mapping[str, int]) -> dict[int, tuple[int, ...]]:
    """The number of each pair of sounds → those of the grams that sound so."""
    return {pairs[" ".join(pair)]: tuple(map(grams.__getitem__, alike)) for pair, alike in sounding(grams).items()}


def _counted(among: Collection[int] | None, without: frozenset[int], rows: int) -> Numbers:
    """For each of `rows` whether it counts; nothing where all do."""
    if among is None:
        return _all_but(without, rows) if without else _EVERY_ROW
    counted = np.zeros(rows, np.bool_)
    counted[_few(among)] = True
    counted[_ascending(without)] = False
    return counted


# The rows that are gone are the same from question to question.
@lru_cache(maxsize=2)
def _all_but(without: frozenset[int], rows: int) -> Numbers:
    counted = np.ones(rows, np.bool_)
    counted[_ascending(without)] = False
    return counted


@lru_cache(maxsize=4)
def _ascending(rows: frozenset[int]) -> Numbers:
    return np.sort(_few(rows))


def _few(rows: Collection[int]) -> Numbers:
    return np.fromiter(rows, np.uint32, len(rows))


def _clues(sought: Sought, held: Sequence[Stretch]) -> Clues:
    """What is sought, and who holds it, as arrays."""
    within, members = [one.within for one in held], [one.members for one in held]
    rank = np.empty(len(held), np.int64)
    rank[strongest_first(sought)] = np.arange(len(held))
    firsts = _many([one.start for one in held])
    return Clues(
        _many(sought.starts),
        _many(sought.ends),
        _shares(sought.worths),
        _shares(sought.masses),
        np.array(sought.adds, np.bool_),
        firsts,
        _many(within),
        _many(list(accumulate(map(sub, map(len, held), within)))),
        _many(list(chain.from_iterable(members))),
        _many(list(accumulate(map(len, members)))),
        firsts == APART,
        rank,
        _many(rarest_first(sought)),
    )


def _many(numbers: Sequence[int]) -> Numbers:
    return np.array(numbers, np.int64)


def _shares(amounts: Sequence[float]) -> Numbers:
    """What a step of weight is worth of each amount."""
    return np.array(amounts, np.float64) / FULL


def _one(many: Sequence[Held]) -> tuple[Numbers, Numbers]:
    """The rows of all of `many`, one after the other, and their weights."""
    rows, weights = b"".join([held.rows for held in many]), b"".join([held.weights for held in many])  # type: ignore[misc]
    return np.frombuffer(rows, np.uint32), np.frombuffer(weights, np.uint8)


def _numbers(held: Sequence[int], kind: type) -> Numbers:
    """The same numbers as an array."""
    return _fixed(np.frombuffer(held, kind)) if isinstance(held, memoryview) else np.asarray(held, kind)


def _fixed(numbers: Numbers) -> Numbers:
    """The same array, not to be written to: code is compiled once for those, wherever they lie."""
    numbers.flags.writeable = False
    return numbers
