"""What the characters of a topic hint at: official phrases, for which other things are said that hold the same characters.

Who says 开不出工饷 says no phrase of the thesaurus; but what holds 饷, 工 and 开 is mostly said for 工资. A hint alone is weak and
never brings a row among the hits: it only tells which of those that are there already is more likely meant.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from heapq import nlargest
from math import log, log1p

from knowledge.hinting import Hinting, hinting_of
from knowledge.search.grams import TYPICAL
from knowledge.search.topic import Kind, Token
from knowledge.thesaurus import Kin

# What hints count against the share of the topic that a row covers, and what a row's length counts against it: a long one
# speaks of something of everything. The weights that make the right row of four sets of questions by other hands likeliest.
HINTED, LONG = 0.15, 0.08
# Of several phrases hinted at each further one counts less: 1, 2/3, 1/2, 2/5 …, no more than this many.
_FURTHER, _MOST = 0.5, 12
# So many characters in a row hint at something, by themselves and together.
_GRAMS = (1, 2, 3)


class Hints:
    """What a topic's characters hint at. `known` tells how much information there is in a phrase, among the rows."""

    def __init__(self, tokens: tuple[Token, ...], kin: Kin, known: Callable[[str], float]) -> None:
        said = "".join(token.text if token.kind is Kind.CHARACTER else " " for token in tokens)
        cut = {said[at : at + length] for length in _GRAMS for at in range(len(said) - length + 1)}
        hinting = hinting_of(kin)
        tables = (hinting.hints(words) for words in sorted(cut) if " " not in words)
        self._tables = [table for table in tables if table]
        self._hinting, self._known = hinting, known
        self._worth: dict[str, float] = {}

    def standing(self, score: float, text: str) -> float:
        """How well a row stands that covers so much of the topic, with what is hinted at in its text."""
        return score + HINTED * log1p(self.strength(text)) - LONG * log(max(1, len(text)) / TYPICAL)

    def strength(self, text: str) -> float:
        """How much of what is hinted at stands in `text`."""
        worths = (self._of(phrase) for phrase in _official(self._hinting, text))
        best = nlargest(_MOST, filter(None, worths))
        return sum(worth / (1 + _FURTHER * place) for place, worth in enumerate(best))

    def phrases(self, text: str, most: int = 3) -> tuple[str, ...]:
        """What is hinted at most of the phrases that stand in `text`, strongest first."""
        hinted = [phrase for phrase in _official(self._hinting, text) if self._of(phrase)]
        return tuple(sorted(hinted, key=lambda phrase: -self._of(phrase))[:most])

    def _of(self, phrase: str) -> float:
        worth = self._worth.get(phrase)
        if worth is None:
            hinted = sum([table[phrase] for table in self._tables if phrase in table])
            worth = self._worth[phrase] = hinted and hinted * self._known(phrase)
        return worth


@lru_cache(maxsize=8192)
def _official(hinting: Hinting, text: str) -> tuple[str, ...]:
    return hinting.official_in(text)
