"""Which assignments of two documents are the same thing: found by what they say, never by their numbers.

Equal words come first, then the one-to-one matching of greatest likeness, then what was split or joined. Numbers, which
restart, stand twice or are missing, only decide between what is otherwise equally alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.comparison.likeness import Likeness, Side
from knowledge.comparison.matching import matched
from knowledge.comparison.relatives import Relatives
from knowledge.model import Assignment

# Less alike than this is not the same thing; from SURE on it is said to be.
LEAST, SURE = 0.34, 0.54
# What a rival takes away that is nearly as alike: the whole of RIVAL where it is just as alike.
RIVAL = 0.3
# Rivals less alike than this share of the pair's own likeness take nothing away.
CLOSE = 0.8
# So many of equal words are told apart by what stands beside them; more only by their order.
CROWD = 60
# A part of another assignment: so much of it must stand there, and so much of that must be its own share.
PART, SHARE = 0.5, 0.16
# Or else less of it, when its own share is greater.
PART_OF_GREAT, GREAT_SHARE = 0.36, 0.26

Place = tuple[int, int]
Extra = tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """The places of one thing in both documents: one and one, one and several (split), several and one (joined).

    All in order; `foremost` is the place of the one that holds most of it, where there are several. `confidence` lies
    between 0 and 1; below `SURE` it is only possible.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    confidence: float = 1.0
    foremost: int = 0


def bonds(old: Sequence[Assignment], new: Sequence[Assignment], relatives: Relatives) -> tuple[Bond, ...]:
    """The bonds between two lists of assignments; what is in none has no counterpart."""
    likeness = Likeness(Side(old), Side(new), relatives)
    same = _equal(likeness)
    free_old, free_new = set(range(len(old))) - same.keys(), set(range(len(new))) - set(same.values())
    near = sorted(likeness.candidates(free_old, free_new))
    totals = {place: likeness.total(*place) for place in near if place[0] in free_old and place[1] in free_new}
    likely = _likely(likeness, totals)
    extra = _pieces(likeness, {**same, **likely}, near)
    sure = _Rivals(totals, likely, extra)
    return tuple(
        _bond(likeness, (at, to), extra.get((at, to), ()), sure.confidence(at, to) if at in likely else 1.0)
        for at, to in sorted({**same, **likely}.items())
    )


# --- equal words -------------------------------------------------------------------------------------------------
def _equal(likeness: Likeness) -> dict[int, int]:
    """Old → new of those whose words are equal; of several with the same words those that agree best beside them."""
    found: dict[int, int] = {}
    for key_of in _KEYS:
        olds, news = (_grouped(side, key_of) for side in (likeness.old, likeness.new))
        taken = set(found.values())
        for key, rows in olds.items():
            left = [at for at in rows if at not in found]
            found.update(zip(left, (to for to in news.get(key, ()) if to not in taken), strict=False))
    olds, news = _grouped(likeness.old, _by_words), _grouped(likeness.new, _by_words)
    taken = set(found.values())
    for words, rows in olds.items():
        left, right = [at for at in rows if at not in found], [to for to in news.get(words, ()) if to not in taken]
        found.update(_by_what_is_beside(likeness, left, right))
    return found


def _by_words(side: Side, at: int) -> Hashable:
    return side.words[at]


_KEYS: tuple[Callable[[Side, int], Hashable], ...] = (
    lambda side, at: (side.words[at], (one := side.assignments[at]).duties, one.deadlines, one.number, one.section),
    lambda side, at: (side.words[at], (one := side.assignments[at]).duties, one.deadlines, side.sections[at]),
)
"""What is equal in all of this is the same, in the order of the documents."""


def _grouped(side: Side, key_of: Callable[[Side, int], Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at in range(len(side.words)):
        found[key_of(side, at)].append(at)
    return found


def _by_what_is_beside(likeness: Likeness, rows: Sequence[int], columns: Sequence[int]) -> dict[int, int]:
    """Old → new among places of equal words; of very many in the order of the documents."""
    if max(len(rows), len(columns)) > CROWD:
        return dict(zip(rows, columns, strict=False))
    gains = [{k: 1 + _beside(likeness, at, to) for k, to in enumerate(columns)} for at in rows]
    return {rows[row]: columns[column] for row, column in matched(gains).items()}


def _beside(likeness: Likeness, at: int, to: int) -> float:
    """How well everything but the words agrees; what is equal in all is always preferred."""
    one, other = likeness.old.assignments[at], likeness.new.assignments[to]
    held = likeness.held(at, to)
    units = float(one.duties == other.duties) if held is None else held
    return 2 * units + (one.duties == other.duties) + (one.deadlines == other.deadlines) + likeness.place(at, to)


# --- likeness ----------------------------------------------------------------------------------------------------
def _likely(likeness: Likeness, totals: Mapping[Place, float]) -> dict[int, int]:
    """Old → new of the best matching."""
    gains: list[dict[int, float]] = [{} for _ in likeness.old.words]
    for (at, to), total in totals.items():
        if total >= LEAST:
            gains[at][to] = total - LEAST + likeness.place(at, to)
    return matched(gains)


class _Rivals:
    """What stands in the way of being sure: another assignment without a counterpart that is nearly as alike."""

    def __init__(self, totals: Mapping[Place, float], likely: Mapping[int, int], extra: Mapping[Place, Extra]) -> None:
        self._totals = totals
        busy = {(False, at) for at in likely} | {(True, to) for to in likely.values()}
        busy |= {piece for pieces in extra.values() for piece in pieces}
        self._best: dict[tuple[bool, int], float] = defaultdict(float)
        for (at, to), total in totals.items():
            if (True, to) not in busy:
                self._best[False, at] = max(self._best[False, at], total)
            if (False, at) not in busy:
                self._best[True, to] = max(self._best[True, to], total)

    def confidence(self, at: int, to: int) -> float:
        """How sure a pair is: its likeness, less what the best rival takes away."""
        own = self._totals[at, to]
        rival = max(self._best[False, at], self._best[True, to]) / own
        return min(1.0, own) * (1 - RIVAL * min(1.0, max(0.0, (rival - CLOSE) / (1 - CLOSE))))


# --- split and joined --------------------------------------------------------------------------------------------
def _pieces(likeness: Likeness, single: Mapping[int, int], near: Iterable[Place]) -> dict[Place, Extra]:
    """The pieces beside each pair: places without a counterpart that hold what the other one of the pair does not.

    A piece is (whether it is new, its place). A pair has pieces on one side only, and a piece belongs to one pair.
    """
    found = sorted(_found_pieces(likeness, single, near), key=lambda one: (-one[0], one[1:]))
    kept: dict[Place, Extra] = {}
    used: set[tuple[bool, int]] = set()
    for _, pair, piece in found:
        before = kept.get(pair, ())
        if piece not in used and all(one[0] == piece[0] for one in before):
            used.add(piece)
            kept[pair] = (*before, piece)
    return kept


def _found_pieces(
    likeness: Likeness, single: Mapping[int, int], near: Iterable[Place]
) -> Iterator[tuple[float, Place, tuple[bool, int]]]:
    """Each possible piece with its share of the whole, which is on the other side from it and has a counterpart beside it."""
    old, new = likeness.old.grams, likeness.new.grams
    back = {to: at for at, to in single.items()}
    for at, to in near:
        common = old[at] & new[to]
        if at in single and to not in back and (heft := likeness.new_hefts[to]):
            own = likeness.weight(common - new[single[at]]) / likeness.old_hefts[at]
            if _is_piece(own, likeness.weight(common) / heft):
                yield own, (at, single[at]), (True, to)
        elif to in back and at not in single and (heft := likeness.old_hefts[at]):
            own = likeness.weight(common - old[back[to]]) / likeness.new_hefts[to]
            if _is_piece(own, likeness.weight(common) / heft):
                yield own, (back[to], to), (False, at)


def _is_piece(own: float, inside: float) -> bool:
    """`own` is its own share of the whole, `inside` how much of it stands there."""
    return (inside >= PART and own >= SHARE) or (inside >= PART_OF_GREAT and own >= GREAT_SHARE)


def _bond(likeness: Likeness, pair: Place, extra: Extra, confidence: float) -> Bond:
    """The pair with its pieces."""
    at, to = pair
    olds = sorted([at, *(place for of_new, place in extra if not of_new)])
    news = sorted([to, *(place for of_new, place in extra if of_new)])
    shares = [likeness.overlap(old, new) for old in olds for new in news]
    return Bond(tuple(olds), tuple(news), confidence, max(range(len(shares)), key=lambda one: (shares[one], -one)))
