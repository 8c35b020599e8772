"""字眼: what characters hint at, learnt from the thesaurus.

Who says 开不出工饷 says no phrase of the thesaurus; but what holds 饷, or 工 and 饷 in a row, is mostly said for 工资.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import count
from math import log
from operator import add, itemgetter

from knowledge.concordance import Concordance
from knowledge.thesaurus import APART, LOOSE, Kin, meant_in, said_in

# Of a character that is said for many things each is meant so much less: by this power of how many they are.
SPREAD = 0.3
# What a loose meaning counts among those hinted at.
LOOSELY = 0.6
# Official phrases of so many characters are looked for in a text.
OFFICIAL = range(2, 11)
# Of what a character or a few in a row hint at, so many are looked at where it is asked what all of them hint at most:
# with 25, and summed exactly, of 1,380 paraphrases by fifteen hands none more is right, and none less misled.
STRONGEST = 15
# So many words are kept with what they hint at: what people type has no end.
KEPT = 8192


class Hinting:
    """What each character of spoken phrases, or a few in a row, hints at; worked out when asked for. Official phrases go by numbers,
    given as they are met: a question looks at thousands, and numbers are compared without a look at the words."""

    def __init__(self, kin: Kin) -> None:
        self._kin = kin
        self._counted = count()
        self._numbers: dict[str, int] = {}
        self._phrases: dict[int, str] = {}
        self._hints = lru_cache(KEPT)(self._hinted)
        self._best = lru_cache(KEPT)(self._hinted_most)
        self._shares: dict[int, list[tuple[int, float]]] = {}

    def phrase(self, number: int) -> str:
        """The official phrase of a number."""
        return self._phrases[number]

    def _number(self, phrase: str) -> int:
        number = self._numbers.get(phrase)
        if number is None:
            fresh = next(self._counted)
            self._phrases[fresh] = phrase  # before anybody can meet the number
            number = self._numbers.setdefault(phrase, fresh)
        return number

    def hints(self, words: str) -> Mapping[int, float]:
        """What is meant by all spoken phrases that hold `words`, by number, each with how much these hint at it: by the information in
        them, spread over all that they may mean."""
        return self._hints(words)

    def strongest(self, words: str) -> tuple[Sequence[int], Sequence[float]]:
        """The numbers of the STRONGEST of what `words` hint at, most first, and how much each is."""
        return self._best(words)

    def _hinted_most(self, words: str) -> tuple[Sequence[int], Sequence[float]]:
        most = nlargest(STRONGEST, self.hints(words).items(), key=itemgetter(1))
        return array("L", [number for number, _ in most]), array("d", [much for _, much in most])

    def _hinted(self, words: str) -> dict[int, float]:
        sides, phrases = self._spoken
        found: dict[int, float] = {}
        saying = 0
        for number in sides.lines_with(words):
            many = sides[number].count(words)
            saying += many
            for official, share in self._meant(number):
                found[official] = found.get(official, 0.0) + share * many
        if not found:
            return found
        worth = log(phrases / saying) / sum(found.values()) ** SPREAD
        return {official: worth * many for official, many in found.items()}

    def _meant(self, number: int) -> list[tuple[int, float]]:
        """What a line means, each with what it counts."""
        known = self._shares.get(number)
        if known is None:
            words = meant_in(self._kin.written[number])
            known = [(self._number(word.removeprefix(LOOSE)), LOOSELY if word[0] == LOOSE else 1.0) for word in words]
            self._shares[number] = known
        return known

    @cached_property
    def _spoken(self) -> tuple[Concordance, int]:
        """The spoken side of each line, and how many spoken phrases there are."""
        sides = [" ".join(said_in(entry)).replace(APART, "") for entry in self._kin.written]
        return Concordance(sides), sum(side.count(" ") + 1 for side in sides)

    def official_in(self, text: str) -> tuple[int, ...]:
        """The numbers of the official phrases that stand in `text`, each once, in the order in which they begin."""
        begun = self._opening
        pairs = map(add, text, text[1:])
        found = [phrase for pair in begun.keys() & pairs for phrase in begun[pair] if phrase in text]
        return tuple(map(self._number, sorted(found, key=lambda phrase: (text.find(phrase), len(phrase)))))

    @cached_property
    def _opening(self) -> dict[str, tuple[str, ...]]:
        """The first two characters of official phrases → those that begin so."""
        found: dict[str, list[str]] = {}
        for phrase in self._kin.officials:
            if len(phrase) in OFFICIAL:
                found.setdefault(phrase[: OFFICIAL.start], []).append(phrase)
        return {opening: tuple(phrases) for opening, phrases in found.items()}


@lru_cache(maxsize=8)
def hinting_of(kin: Kin) -> Hinting:
    """What the lines of `kin` hint at, made once."""
    return Hinting(kin)
