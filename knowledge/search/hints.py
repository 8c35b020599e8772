"""What the characters of a topic hint at: official phrases, for which other things are said that hold the same characters.

Who says 开不出工饷 says no phrase of the thesaurus; but what holds 饷, 工 and 开 is mostly said for 工资. A hint alone is weak and
never brings a row among the hits: it only tells which of those that are there already is more likely meant, and how much of what
the topic hints at stands in it: where most of that stands nowhere in a row, it speaks of something else in the same field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property, lru_cache
from heapq import nlargest
from math import log, log1p
from operator import itemgetter

from knowledge.hinting import Hinting, hinting_of
from knowledge.search.grams import TYPICAL
from knowledge.search.topic import Kind, Token
from knowledge.thesaurus import TOGETHER, Kin

# What hints count against the share of the topic that a row covers, and what a row's length counts against it: a long one
# speaks of something of everything. The weights that make the right row of four sets of questions by other hands likeliest.
HINTED, LONG = 0.15, 0.08
# Of several phrases hinted at each further one counts less: 1, 2/3, 1/2, 2/5 …, no more than this many.
_FURTHER, _MOST = 0.5, 12
# What a topic hints at most: so many phrases.
_FOREMOST = 25
# So many characters in a row hint at something, by themselves and together.
_GRAMS = (1, 2, 3)


class Hints:
    """What a topic's characters hint at in some `texts`. `known` tells how much information there is in a phrase, among the rows."""

    def __init__(
        self, tokens: tuple[Token, ...], kin: Kin, known: Callable[[str], float], texts: Collection[str]
    ) -> None:
        self._hinting = hinting_of(kin)
        self._phrases = {text: _official(self._hinting, text) for text in texts}
        self._tables = _tables(tokens, self._hinting)
        wanted = {phrase for phrases in self._phrases.values() for phrase in phrases}
        hinted: dict[str, float] = {}
        for table in self._tables.values():
            for phrase in table.keys() & wanted:
                hinted[phrase] = hinted.get(phrase, 0.0) + table[phrase]
        self._worths = {phrase: much * known(phrase) for phrase, much in hinted.items()}

    def standing(self, score: float, text: str) -> float:
        """How well a row stands that covers so much of the topic, with what is hinted at in its text."""
        return score + HINTED * log1p(self.strength(text)) - LONG * log(max(1, len(text)) / TYPICAL)

    def strength(self, text: str) -> float:
        """How much of what is hinted at stands in one of the texts."""
        worths = self._worths
        best = sorted([worths[phrase] for phrase in self._phrases[text] if phrase in worths], reverse=True)[:_MOST]
        return sum(worth / (1 + _FURTHER * place) for place, worth in enumerate(best))

    def explained(self, text: str) -> float:
        """The share 0..1 of what is hinted at most, by all phrases of the thesaurus, that stands in `text`."""
        foremost = self._foremost
        stands = sum(worth for phrase, worth in foremost if all(part in text for part in phrase.split(TOGETHER)))
        return stands / (sum(worth for _, worth in foremost) or 1.0)

    @cached_property
    def _foremost(self) -> list[tuple[str, float]]:
        """What is hinted at most, wherever it stands, each with how much it is."""
        among = sorted({phrase for words in self._tables for phrase in self._hinting.strongest(words)})
        tables = self._tables.values()
        hinted = ((one, sum([table[one] for table in tables if one in table])) for one in among)
        return nlargest(_FOREMOST, hinted, key=itemgetter(1))

    def phrases(self, text: str, most: int = 3) -> tuple[str, ...]:
        """What is hinted at most of the phrases that stand in one of the texts, strongest first."""
        hinted = [phrase for phrase in self._phrases[text] if self._worths.get(phrase)]
        return tuple(sorted(hinted, key=lambda phrase: -self._worths[phrase])[:most])


def _tables(tokens: tuple[Token, ...], hinting: Hinting) -> dict[str, Mapping[str, float]]:
    """What each character of a topic hints at, and what a few in a row do, always in the same order."""
    said = "".join([token.text if token.kind is Kind.CHARACTER else " " for token in tokens])
    cut = {said[at : at + length] for length in _GRAMS for at in range(len(said) - length + 1)}
    return {words: hinting.hints(words) for words in sorted(cut) if " " not in words}


@lru_cache(maxsize=8192)
def _official(hinting: Hinting, text: str) -> tuple[str, ...]:
    return hinting.official_in(text)
