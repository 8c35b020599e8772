"""How alike two assignments of two documents are: by their words first, then by their units and where they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain
from math import log

from rapidfuzz import fuzz

from knowledge.comparison.relatives import Relatives
from knowledge.model import Assignment, Role
from knowledge.normal import bare

# What counts how much beside the words; where neither side names a unit the words count alone.
WORDS, UNITS = 0.8, 0.2
# Of the words: pairs of characters weighed by how rare they are, and their order.
RARE, ORDER = 0.6, 0.4
# Their order never counts so much more than their rarity: in a document of one sentence pattern all orders are alike.
LEAD = 0.15
# What weighs less than COMMON stands in more than a third of a document, if that has SEVERAL assignments: it is the
# pattern of its sentences. HOLLOW is what it costs that only the pattern agrees.
COMMON, SEVERAL, HOLLOW = 1.1, 8, 1.25
# A text that lies whole inside the other is as good as so much; below so many characters it proves nothing.
INSIDE, INSIDE_LENGTH = 0.8, 6
# What the place adds: only to tell apart what is otherwise equally alike.
SECTION, NUMBER, NEIGHBOURS = 0.02, 0.01, 0.01
# So many of the likest on the other side are looked at closely.
CANDIDATES = 12
# What more than FEW assignments of a document have finds none of them, once it is so long that MOST are too many to add.
FEW, MOST = 64, 160_000
Grams = frozenset[str]

# So much of a text is looked at for its order.
LONGEST = 3000
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_COUNT = re.compile(r"\d+")
_HEAD = re.compile(r"^第?[(（]?[\d一二三四五六七八九十百]+[)）]?[.、．章节部分]*")


def worded(text: str) -> str:
    """`text` as it is compared: letters and characters only, without years."""
    return bare(_YEAR.sub("", text))


def _grams(text: str) -> Grams:
    """Characters and pairs of them; figures change from year to year and count as one sign."""
    signs = f"^{_COUNT.sub('0', text)}$"
    return frozenset((*(signs[at : at + 2] for at in range(len(signs) - 1)), *signs[1:-1]))


@dataclass(frozen=True)
class Side:
    """The assignments of one document with their words."""

    assignments: Sequence[Assignment]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of each assignment as they are compared."""
        return tuple(worded(one.text) for one in self.assignments)

    @cached_property
    def grams(self) -> tuple[Grams, ...]:
        """The characters of each and the pairs of them."""
        return tuple(map(_grams, self.words))

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The innermost heading of each, without its number."""
        return tuple(worded(_HEAD.sub("", one.section[-1])) if one.section else "" for one in self.assignments)

    @cached_property
    def leaders(self) -> tuple[frozenset[str], ...]:
        """Who answers for each: the leaders, else the responsible units."""
        return tuple(frozenset(one.units(Role.LEAD) or one.units(Role.RESPONSIBLE)) for one in self.assignments)

    @cached_property
    def units(self) -> tuple[frozenset[str], ...]:
        """All units of each."""
        return tuple(frozenset(duty.unit for duty in one.duties) for one in self.assignments)


def _rarity(side: Side) -> dict[str, float]:
    """What each pair of characters is worth: nothing to speak of where nearly every assignment has it."""
    seen = Counter(chain.from_iterable(side.grams))
    return {gram: log((1 + len(side.grams)) / count) for gram, count in seen.items()}


def _holding(grams: Sequence[Grams], places: Iterable[int]) -> dict[str, list[int]]:
    """Each character and pair with those of the places that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for gram in grams[place]:
            found[gram].append(place)
    return found


class Likeness:
    """Compares the assignments at two places, one of each document; every figure lies between 0 and 1."""

    def __init__(self, old: Side, new: Side, relatives: Relatives) -> None:
        self.old, self.new, self._relatives = old, new, relatives
        self._weights = _rarity(old) | _rarity(new)
        for gram, weight in _rarity(old).items():
            self._weights[gram] = min(weight, self._weights[gram])
        self.old_hefts, self.new_hefts = ([self.weight(grams) for grams in side.grams] for side in (old, new))

    def weight(self, grams: Grams) -> float:
        """What these characters and pairs weigh together."""
        return sum(map(self._weights.__getitem__, grams))

    def overlap(self, at: int, to: int) -> float:
        """The weight of what stands in both."""
        return self.weight(self.old.grams[at] & self.new.grams[to])

    def candidates(self, free_old: Collection[int], free_new: Collection[int]) -> set[tuple[int, int]]:
        """The places worth looking at, one of which at least is free: of each the likest on the other side."""
        table = self._overlaps(free_old, free_new)
        turned: dict[int, dict[int, float]] = defaultdict(dict)
        for at, row in table.items():
            for to, weight in row.items():
                turned[to][at] = weight
        found = {(at, to) for at, row in table.items() for to in self._likest(row, self.new_hefts)}
        return found | {(at, to) for to, row in turned.items() for at in self._likest(row, self.old_hefts)}

    def _overlaps(self, free_old: Collection[int], free_new: Collection[int]) -> dict[int, dict[int, float]]:
        """Old place → new place → the weight of what both have, without what very many have."""
        everywhere, free = _holding(self.new.grams, range(len(self.new.grams))), _holding(self.new.grams, free_new)
        many = max(FEW, MOST // max(1, len(self.new.grams)))
        table: dict[int, dict[int, float]] = {}
        for at, grams in enumerate(self.old.grams):
            holding = everywhere if at in free_old else free
            row: dict[int, float] = defaultdict(float)
            for gram in sorted(grams & holding.keys()):
                if len(holding[gram]) <= many:
                    weight = self._weights[gram]
                    for to in holding[gram]:
                        row[to] += weight
            table[at] = row
        return table

    @staticmethod
    def _likest(row: Mapping[int, float], hefts: Sequence[float]) -> Iterable[int]:
        return nlargest(CANDIDATES, row, key=lambda at: (row[at] / (1 + hefts[at]) ** 0.5, -at))

    def text(self, at: int, to: int) -> float:
        """How alike the words are; a text that is only longer or shorter than the other is nearly the same."""
        one, other = self.old.words[at], self.new.words[to]
        if one == other:
            return 1.0
        if not one or not other:
            return 0.0
        shared = self.overlap(at, to)
        hefts = self.old_hefts[at], self.new_hefts[to]
        rare = 2 * shared / sum(hefts)
        alike = RARE * rare + ORDER * min(fuzz.ratio(one[:LONGEST], other[:LONGEST]) / 100, rare + LEAD)
        short = min(len(one), len(other))
        inside = INSIDE * shared / min(hefts) if short >= INSIDE_LENGTH else 0.0
        pattern = max(self._patterned(self.old.grams[at]), self._patterned(self.new.grams[to]))
        return max(alike, (alike + inside) / 2) * max(0.0, 1 - HOLLOW * pattern * (1 - rare))

    def _patterned(self, grams: Grams) -> float:
        """How much of a text is only the pattern that many of its document follow (推进…领域信息公开)."""
        if min(len(self.old.words), len(self.new.words)) < SEVERAL:
            return 0.0
        return sum(self._weights[gram] < COMMON for gram in grams) / len(grams)

    def held(self, at: int, to: int) -> float | None:
        """How far the units agree, those that answer for it counting more; None where a side names none."""
        old, new = self.old.units[at], self.new.units[to]
        if not old or not new:
            return None
        led = self._agreeing(self.old.leaders[at], self.new.leaders[to])
        return 0.7 * led + 0.3 * self._agreeing(old, new)

    def _agreeing(self, old: frozenset[str], new: frozenset[str]) -> float:
        """The share of units that are the same."""
        common = sum(any(self._relatives.related(one, other) for other in new) for one in old)
        back = sum(any(self._relatives.related(other, one) for other in old) for one in new)
        return (common + back) / (len(old) + len(new)) if old or new else 1.0

    def place(self, at: int, to: int) -> float:
        """What speaks for it in where they stand; never more than a few hundredths."""
        one, other = self.old.assignments[at], self.new.assignments[to]
        far = abs((at + 1) / (len(self.old.words) + 1) - (to + 1) / (len(self.new.words) + 1))
        return (
            SECTION * (self.old.sections[at] == self.new.sections[to])
            + NUMBER * (one.number == other.number)
            + NEIGHBOURS * (1 - far)
        )

    def total(self, at: int, to: int) -> float:
        """Everything together, without the place."""
        text, held = self.text(at, to), self.held(at, to)
        return text if held is None else WORDS * text + UNITS * held
