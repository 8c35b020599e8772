"""What the characters of a topic hint at: official phrases, for which other things are said that hold the same characters.

Who says 开不出工饷 says no phrase of the thesaurus; but what holds 饷, 工 and 开 is mostly said for 工资. A hint alone is weak and
never brings a row among the hits: it only tells which of those that are there already is more likely meant, and how much of what
the topic hints at stands in it: where most of that stands nowhere in a row, it speaks of something else in the same field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property, lru_cache
from math import log, log1p

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


class Hinted:
    """What the characters of a topic hint at, whatever rows there are. `said` is the topic, a blank for what is no character."""

    def __init__(self, said: str, hinting: Hinting) -> None:
        self._hinting = hinting
        cut = {said[at : at + length] for length in _GRAMS for at in range(len(said) - length + 1)}
        hints = ((words, hinting.hints(words)) for words in sorted(cut) if " " not in words)
        # Always in the same order, so that sums are the same to the last digit.
        self._tables = {words: table for words, table in hints if table}

    def at(self, phrases: Collection[int]) -> dict[int, float]:
        """How much each of `phrases` (numbers) is hinted at; those that are not are left out."""
        found: dict[int, float] = {}
        hinted: dict[str, Collection[int]] = {}
        for words, table in self._tables.items():
            # What words hint at, what they begin with hints at too, and stands before them.
            among = hinted[words] = table.keys() & hinted.get(words[:-1], phrases)
            for phrase in among:
                found[phrase] = found.get(phrase, 0.0) + table[phrase]
        return found

    @cached_property
    def _foremost(self) -> list[tuple[str, float]]:
        """What is hinted at most, wherever it stands, each with how much it is."""
        found: dict[int, float] = {}
        for words in self._tables:
            for phrase, much in zip(*self._hinting.strongest(words), strict=True):
                found[phrase] = found.get(phrase, 0.0) + much
        return [(words, -worth) for worth, words, _ in self._most(found, _FOREMOST)]

    def _most(self, worths: Mapping[int, float], many: int) -> list[tuple[float, str, int]]:
        """So many phrases with the highest worths, highest first, these below zero; of equals those that come first in the alphabet."""
        least = sorted(worths.values())[-many] if len(worths) > many else 0.0
        name = self._hinting.phrase
        return sorted([(-worth, name(phrase), phrase) for phrase, worth in worths.items() if worth >= least])[:many]

    def explained(self, text: str) -> float:
        """The share 0..1 of what is hinted at most, by all phrases of the thesaurus, that stands in `text`."""
        whole, in_parts, total = self._told
        stands = [worth for phrase, worth in whole if phrase in text]
        stands += [worth for parts, worth in in_parts if all(part in text for part in parts)]
        return sum(stands) / total

    @cached_property
    def _told(self) -> tuple[list[tuple[str, float]], list[tuple[list[str], float]], float]:
        """What is hinted at most: phrases, those of several parts taken apart, and how much all of it is."""
        foremost = self._foremost
        in_parts = [(phrase.split(TOGETHER), worth) for phrase, worth in foremost if TOGETHER in phrase]
        return foremost, in_parts, sum(worth for _, worth in foremost) or 1.0


class Hints:
    """What a topic's characters hint at in some `texts`. `known` tells how much information there is in a phrase, among the rows."""

    def __init__(
        self, tokens: tuple[Token, ...], kin: Kin, known: Callable[[str], float], texts: Collection[str]
    ) -> None:
        self._hinting = hinting = hinting_of(kin)
        said = "".join([token.text if token.kind is Kind.CHARACTER else " " for token in tokens])
        self._hinted = _hinted(said, hinting)
        self._phrases = {text: _official(hinting, text) for text in texts}
        hinted = self._hinted.at({phrase for phrases in self._phrases.values() for phrase in phrases})
        self._worths = {phrase: much * known(hinting.phrase(phrase)) for phrase, much in hinted.items()}
        self._strengths = {text: self._strength(text) for text in texts}

    def standing(self, score: float, text: str) -> float:
        """How well a row stands that covers so much of the topic, with what is hinted at in its text."""
        return score + HINTED * log1p(self.strength(text)) - LONG * log(max(1, len(text)) / TYPICAL)

    def strength(self, text: str) -> float:
        """How much of what is hinted at stands in one of the texts."""
        return self._strengths[text]

    def _strength(self, text: str) -> float:
        worths = self._worths
        best = sorted([worths[phrase] for phrase in self._phrases[text] if phrase in worths], reverse=True)[:_MOST]
        return sum(worth / (1 + _FURTHER * place) for place, worth in enumerate(best))

    def explained(self, text: str) -> float:
        """The share 0..1 of what is hinted at most, by all phrases of the thesaurus, that stands in `text`."""
        return self._hinted.explained(text)

    def phrases(self, text: str, most: int = 3) -> tuple[str, ...]:
        """What is hinted at most of the phrases that stand in one of the texts, strongest first."""
        hinted = [phrase for phrase in self._phrases[text] if self._worths.get(phrase)]
        best = sorted(hinted, key=lambda phrase: -self._worths[phrase])[:most]
        return tuple(map(self._hinting.phrase, best))


# The assignments and the passages are asked one after the other.
_hinted = lru_cache(maxsize=64)(Hinted)


@lru_cache(maxsize=8192)
def _official(hinting: Hinting, text: str) -> tuple[int, ...]:
    return hinting.official_in(text)
