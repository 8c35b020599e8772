"""What of the rows speaks for a topic: its characters as written, official words for spoken ones, and sounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from itertools import pairwise, product
from math import log
from typing import NamedTuple

from knowledge.lexicon import Lexicon
from knowledge.phonetic import readings
from knowledge.search.grams import grams
from knowledge.search.held import Held
from knowledge.search.layers import Layers
from knowledge.search.spoken import Meaning, akin, meanings
from knowledge.search.topic import Kind, Token

_grams = lru_cache(maxsize=8192)(grams)
# How much of a character's weight each kind of evidence is worth.
EXACT, SYNONYM, SKIPPED, TYPED_SOUND, SOUND, LONE = 1.0, 0.88, 0.8, 0.92, 0.8, 0.2
# What a loose meaning counts against a sure one, and one that only stands beside it in the thesaurus.
PERHAPS, BESIDE = 0.8, 0.6
# What a sound counts where other words speak for some rows: who talks so has not mistyped an official word.
AMID_SPOKEN_SOUND = 0.5


class Way(Enum):
    """How a row speaks for a piece of a topic."""

    WRITTEN = "原字"
    MEANT = "同义"
    AKIN = "相关"
    HEARD = "同音"
    ALONE = "单字"


class Clue(NamedTuple):
    """Evidence for the tokens from `start` to `end` (excluded): how strong it is, and the rows that have it.

    `words` is what stands in these rows; empty where only the sound is known.
    """

    start: int
    end: int
    worth: float
    held: Held
    holders: int
    idf: float
    way: Way
    words: str = ""

    @property
    def meant(self) -> bool:
        """Whether the rows hold an official phrase for a spoken one."""
        return self.way in (Way.MEANT, Way.AKIN)


def information(holders: int, rows: int) -> float:
    """The information in what `holders` of `rows` rows hold, in nats, at least a tenth."""
    return max(0.1, log((rows + 1) / (holders + 0.5)))


def apart(clues: Iterable[Clue]) -> int:
    """How many stretches of the topic, none of which touches another, have a clue."""
    count, end = 0, 0
    for clue in sorted(clues, key=lambda one: (one.start, one.end)):
        count += clue.start >= end
        end = max(end, clue.end)
    return count


class Seeker:
    """Looks in some rows for what speaks for a topic."""

    def __init__(self, layers: Layers, lexicon: Lexicon) -> None:
        self._layers, self._lexicon = layers, lexicon
        self._held: dict[str, Held] = {}
        self._known: dict[str, float] = {}

    def spelled(self, tokens: tuple[Token, ...]) -> Iterator[Clue]:
        """Pairs of characters and words as they are written."""
        for at, token in enumerate(tokens):
            if token.kind is Kind.WORD:
                yield from self._clue(at, at + 1, EXACT, self._layers.find(token.text), Way.WRITTEN, token.text)
            elif at + 1 < len(tokens) and token.kind is tokens[at + 1].kind is Kind.CHARACTER:
                after = tokens[at + 1]
                if after.run == token.run:
                    worth, pair = SKIPPED if after.skipped else EXACT, token.text + after.text
                    yield from self._clue(at, at + 2, worth, self._layers.find(pair), Way.WRITTEN, pair)

    def _clue(self, start: int, end: int, worth: float, held: Held, way: Way, words: str) -> Iterator[Clue]:
        if holders := self._layers.count(held):
            yield Clue(start, end, worth, held, holders, information(holders, len(self._layers)), way, words)

    def meant(self, tokens: tuple[Token, ...]) -> Iterator[Clue]:
        """Official phrases for spoken ones."""
        for one in meanings(tokens, self._lexicon):
            yield from self._official(one, TYPED_SOUND if one.heard else PERHAPS if one.loose else 1, Way.MEANT)

    def akin(self, tokens: tuple[Token, ...]) -> Iterator[Clue]:
        """Official phrases that stand beside those meant."""
        for one in akin(tokens, self._lexicon):
            yield from self._official(one, BESIDE * one.share, Way.AKIN)

    def _official(self, one: Meaning, share: float, way: Way) -> Iterator[Clue]:
        held = self._holding(one.official)
        yield from self._clue(one.start, one.end, SYNONYM * share, held, way, one.official)

    def _holding(self, phrase: str) -> Held:
        """The rows that hold a whole phrase, with the weight of its weakest pair."""
        held = self._held.get(phrase)
        if held is None:
            held = self._held[phrase] = self._layers.holding(_grams(phrase))
        return held

    def known(self, phrase: str) -> float:
        """The information in an official phrase, by the rarest pair in it."""
        found = self._known.get(phrase)
        if found is None:
            holders = min((self._layers.count(self._layers.find(gram)) for gram in _grams(phrase)), default=0)
            found = self._known[phrase] = information(holders, len(self._layers))
        return found

    def heard(self, tokens: tuple[Token, ...], sound: float = SOUND) -> Iterator[Clue]:
        """Pairs that sound alike; where they are typed as characters each is worth `sound`."""
        sounds = [(token.text,) if token.kind is Kind.SYLLABLE else readings(token.text) for token in tokens]
        for at, (token, after) in enumerate(pairwise(tokens)):
            if token.run == after.run:
                # Who types pinyin means its sound; who types characters meant others only if these fit badly.
                worth = TYPED_SOUND if token.kind is after.kind is Kind.SYLLABLE else sound
                for pair in product(sounds[at], sounds[at + 1]):
                    yield from self._clue(at, at + 2, worth, self._layers.heard(*pair), Way.HEARD, "")
