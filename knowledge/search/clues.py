"""What of the rows speaks for a topic: its characters as written, official words for spoken ones, and sounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from itertools import pairwise, product
from math import log
from typing import NamedTuple, TypeVar

from knowledge.lexicon import Lexicon
from knowledge.phonetic import readings
from knowledge.search.grams import grams
from knowledge.search.held import NOBODY, Held
from knowledge.search.layers import Layers
from knowledge.search.spoken import Speech
from knowledge.search.topic import Kind, Token

_grams = lru_cache(maxsize=8192)(grams)
# So many things looked for are remembered, before all are forgotten, and none that more rows hold than this.
_REMEMBERED, _WIDELY = 20_000, 10_000
# How much of a character's weight each kind of evidence is worth.
EXACT, SYNONYM, SKIPPED, TYPED_SOUND, SOUND, LONE = 1.0, 0.88, 0.8, 0.92, 0.8, 0.2
# What a loose meaning counts against a sure one, and one that only stands beside it in the thesaurus.
PERHAPS, BESIDE = 0.8, 0.6
# An official phrase that no row holds is meant by another for which nearly the same is said: so near, and worth so much.
NEARLY, INSTEAD = 0.6, 0.78
# One of LONG characters and more that stands nowhere whole is meant by rows that hold it in pieces of two: 农村危房改造 where 农村危房
# are 全部改造.
LONG, PIECES = 6, 0.8
# Of what a spoken phrase may mean so many stand first in its entries: it mostly means these.
MEANT_FIRST = 2
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

    `words` is what stands in these rows; empty where only the sound is known. `meant`: the rows hold an official phrase for a
    spoken one.
    """

    start: int
    end: int
    worth: float
    held: Held
    holders: int
    idf: float
    way: Way
    words: str = ""
    meant: bool = False


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


K = TypeVar("K")
V = TypeVar("V")


class Known(NamedTuple):
    """The rows that hold something, how many count, and the information in that."""

    held: Held
    holders: int
    idf: float


# Makes a named tuple in half the time: some hundred clues are found for a question.
_new = tuple.__new__
# What was not looked for yet.
_UNKNOWN = Known(NOBODY, 0, 0.0)
# What makes a clue of the tokens from one to another: all but where these stand.
Rest = tuple[float, Held, int, float, Way, str, bool]


class Seeker:
    """Looks in some rows for what speaks for a topic. The rows are always the same, so that what was once found is kept."""

    def __init__(self, layers: Layers, lexicon: Lexicon) -> None:
        self._layers, self._lexicon = layers, lexicon
        self._pairs: dict[str, Known | None] = {}
        self._sounds: dict[tuple[str, str], Known | None] = {}
        self._phrases: dict[str, Known | None] = {}
        self._apart: dict[str, Known | None] = {}
        self._meant: dict[str, list[Rest]] = {}
        self._beside: dict[str, list[Rest]] = {}
        self._alike: dict[str, list[Rest]] = {}
        self._instead: dict[str, list[Rest]] = {}
        self._worths: dict[str, float] = {}

    def spelled(self, tokens: tuple[Token, ...]) -> list[Clue]:
        """Pairs of characters and words as they are written."""
        found = []
        for at, token in enumerate(tokens):
            if token.kind is Kind.WORD:
                if known := self._pair(token.text):
                    found.append(Clue(at, at + 1, EXACT, *known, Way.WRITTEN, token.text))
            elif at + 1 < len(tokens) and token.kind is tokens[at + 1].kind is Kind.CHARACTER:
                after = tokens[at + 1]
                pair = token.text + after.text
                if after.run == token.run and (known := self._pair(pair)):
                    worth = SKIPPED if after.skipped else EXACT
                    found.append(Clue(at, at + 2, worth, *known, Way.WRITTEN, pair))
        return found

    def meant(self, speech: Speech) -> list[Clue]:
        """Official phrases for spoken ones."""
        said, found = speech.said, []
        for start, end, words in speech.places:
            span, around = (start, end), f"{said[:start]}\n{said[end:]}"
            for rest in self._found(words, self._meant, self._meanings, Way.MEANT):
                # 校服采购 asks for 采购 already: that a row speaks of it does not tell that it speaks of 校服.
                if rest[5] not in said or rest[5] in words or rest[5] not in around:
                    found.append(_new(Clue, span + rest))
        for start, end, official, heard in speech.meanings:
            if held := self._official(official):
                worth = SYNONYM * TYPED_SOUND if heard else SYNONYM
                found.append(Clue(start, end, worth, *held, Way.MEANT, official, True))
        return found

    def akin(self, speech: Speech) -> list[Clue]:
        """What else may be meant: the official phrases that stand beside those meant in the thesaurus, other names of official ones that
        no row holds, and those of longer spoken phrases that hold two characters said together."""
        others = [one for one in speech.terms if self._official(one.words) is None]
        found = []
        for places, kept, named in (
            (speech.everyday, self._beside, self._kin),
            (others, self._instead, self._named_else),
            (speech.pairs, self._alike, self._like),
        ):
            for start, end, words in places:
                if rests := self._found(words, kept, named, Way.AKIN):
                    span = (start, end)
                    found += [_new(Clue, span + rest) for rest in rests]
        return found

    def _found(
        self, words: str, kept: dict[str, list[Rest]], named: Callable[[str], Iterable[tuple[str, float]]], way: Way
    ) -> list[Rest]:
        """The clues of the official phrases that rows hold among those that are `named` for `words`."""
        found = kept.get(words)
        if found is None:
            found = []
            for official, worth in named(words):
                if known := self._official(official):
                    found.append((worth, *known, way, official, True))
                elif known := self._pieces(official):
                    found.append((worth * PIECES, *known, way, official, True))
            _keep(kept, words, found)
        return found

    def _meanings(self, words: str) -> Iterator[tuple[str, float]]:
        """What `words` mean, each with what it is worth."""
        for official in self._lexicon.phrases[words]:
            yield official, SYNONYM * (PERHAPS if (words, official) in self._lexicon.loose else 1)

    def _kin(self, words: str) -> Iterator[tuple[str, float]]:
        """What stands beside the meanings of `words`, each with what it is worth."""
        for official, _ in self._lexicon.kin.of(self._lexicon.phrases[words]):
            yield official, SYNONYM * BESIDE

    def _named_else(self, official: str) -> Iterator[tuple[str, float]]:
        """Other names of an official phrase that no row holds, each with what it is worth."""
        for other, near in self._lexicon.kin.of((official,)):
            if near >= NEARLY:
                yield other, SYNONYM * INSTEAD

    def _like(self, pair: str) -> Iterator[tuple[str, float]]:
        """What longer phrases mean that hold `pair`, each with what it is worth."""
        for official, share in self._lexicon.kin.like(pair):
            yield official, SYNONYM * (BESIDE * share)

    def _pair(self, gram: str) -> Known | None:
        """The rows that hold a pair of characters or a word."""
        known = self._pairs.get(gram, _UNKNOWN)
        return self._kept(self._pairs, gram, self._layers.find(gram)) if known is _UNKNOWN else known

    def _heard(self, pair: tuple[str, str]) -> Known | None:
        """The rows in which two neighbours sound so."""
        known = self._sounds.get(pair, _UNKNOWN)
        return self._kept(self._sounds, pair, self._layers.heard(*pair)) if known is _UNKNOWN else known

    def _official(self, phrase: str) -> Known | None:
        """The rows that hold a whole phrase, with the weight of its weakest pair."""
        known = self._phrases.get(phrase, _UNKNOWN)
        return self._kept(self._phrases, phrase, self._layers.holding(_grams(phrase))) if known is _UNKNOWN else known

    def _pieces(self, phrase: str) -> Known | None:
        """The rows that hold all pairs of which a long phrase is made, wherever these stand."""
        pairs = [phrase[at : at + 2] for at in range(0, len(phrase), 2)]
        if len(phrase) < LONG or len(pairs[-1]) < 2 or not all(map(self._pair, pairs)):
            return None
        known = self._apart.get(phrase, _UNKNOWN)
        return self._kept(self._apart, phrase, self._layers.holding(pairs)) if known is _UNKNOWN else known

    def _kept(self, kept: dict[K, Known | None], key: K, held: Held) -> Known | None:
        """What is known of `held`, None where nobody holds it; remembered if these are not very many."""
        holders = self._layers.count(held)
        known = Known(held, holders, information(holders, len(self._layers))) if holders else None
        return _keep(kept, key, known) if holders <= _WIDELY else known

    def absent(self, speech: Speech) -> float:
        """The share 0..1 of a topic said in phrases that the thesaurus knows while what they mostly mean stands in no row: who
        asks of such a thing most likely asks of nothing in the rows, whatever else they hold."""
        stands: dict[int, bool] = {}
        for start, end, words in sorted(speech.places, key=lambda one: one.end - one.start):
            if len(words) > 1:
                stands |= dict.fromkeys(range(start, end), any(map(self._official, self._mostly(words))))
        return sum(not there for there in stands.values()) / (len(speech.tokens) or 1)

    def _mostly(self, words: str) -> Iterator[str]:
        """What a spoken phrase mostly means: itself, what stands first in its entries, and whatever names its object, the last
        character (厕 in 改厕): the entries' order does not tell which name for that the rows use (户厕, 农村厕所)."""
        meant = self._lexicon.phrases[words]
        yield words
        yield from meant[:MEANT_FIRST]
        yield from (official for official in meant[MEANT_FIRST:] if words[-1] in official)

    def known(self, phrase: str) -> float:
        """The information in an official phrase, by the rarest pair in it."""
        found = self._worths.get(phrase)
        if found is None:
            holders = min((self._layers.count(self._layers.find(gram)) for gram in _grams(phrase)), default=0)
            found = self._worths[phrase] = information(holders, len(self._layers))
        return found

    def heard(self, tokens: tuple[Token, ...], sound: float = SOUND) -> list[Clue]:
        """Pairs that sound alike; where they are typed as characters each is worth `sound`."""
        found = []
        sounds = [(token.text,) if token.kind is Kind.SYLLABLE else readings(token.text) for token in tokens]
        for at, (token, after) in enumerate(pairwise(tokens)):
            if token.run == after.run:
                # Who types pinyin means its sound; who types characters meant others only if these fit badly.
                worth = TYPED_SOUND if token.kind is after.kind is Kind.SYLLABLE else sound
                for pair in product(sounds[at], sounds[at + 1]):
                    if known := self._heard(pair):
                        found.append(Clue(at, at + 2, worth, *known, Way.HEARD, ""))
        return found


def _keep(kept: dict[K, V], key: K, value: V) -> V:
    """Keep what was found; when there is very much, all of it is forgotten."""
    if len(kept) >= _REMEMBERED:
        kept.clear()
    kept[key] = value
    return value
