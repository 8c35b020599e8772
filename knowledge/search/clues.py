"""What of the rows speaks for a topic: its characters as written, official words for spoken ones, and sounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from itertools import pairwise, product
from math import log
from typing import NamedTuple, cast

from knowledge.lexicon import Lexicon
from knowledge.phonetic import readings
from knowledge.search.grams import grams
from knowledge.search.held import Held
from knowledge.search.layers import Layers
from knowledge.search.spoken import meanings, official_places, pairs_said, spoken_places, unofficial
from knowledge.search.topic import Kind, Token

_grams = lru_cache(maxsize=8192)(grams)
# Words whose official phrases are remembered, before all are forgotten.
_REMEMBERED = 20_000
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


# The rows that hold a phrase, how many count, and the information in that.
Known = tuple[Held, int, float]
# An official phrase, what it is worth, and who holds it.
Found = tuple[str, float, Known]


class Seeker:
    """Looks in some rows for what speaks for a topic."""

    def __init__(self, layers: Layers, lexicon: Lexicon) -> None:
        self._layers, self._lexicon = layers, lexicon
        self._known: dict[str, Known | None] = {}
        self._kept: dict[tuple[str, Way | None], list[Found]] = {}
        self._worths: dict[str, float] = {}

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
        for start, end, words in spoken_places(tokens, self._lexicon):
            for official, worth, known in self._found(words, Way.MEANT):
                yield Clue(start, end, worth, *known, Way.MEANT, official, True)
        for start, end, official, heard in meanings(tokens, self._lexicon):
            if known_ := self._official(official):
                worth = SYNONYM * TYPED_SOUND if heard else SYNONYM
                yield Clue(start, end, worth, *known_, Way.MEANT, official, True)

    def akin(self, tokens: tuple[Token, ...]) -> Iterator[Clue]:
        """What else may be meant: the official phrases that stand beside those meant in the thesaurus, and those of longer
        spoken phrases that hold two characters said together."""
        said = official_places(tokens, self._lexicon)
        for start, end, words in unofficial(spoken_places(tokens, self._lexicon), said):
            for official, worth, known in self._found(words, Way.AKIN):
                yield Clue(start, end, worth, *known, Way.AKIN, official, True)
        for start, end, pair in unofficial(pairs_said(tokens), said):
            for official, worth, known in self._found(pair, None):
                yield Clue(start, end, worth, *known, Way.AKIN, official, True)

    def _found(self, words: str, way: Way | None) -> list[Found]:
        """The official phrases that rows hold among those that `words` mean, that stand beside them, or (None) that longer
        phrases mean which hold `words`. The rows are always the same, and so are these."""
        found = self._kept.get((words, way))
        if found is None:
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            named = ((official, worth, self._official(official)) for official, worth in self._named(words, way))
            found = self._kept[words, way] = [(official, worth, known) for official, worth, known in named if known]
        return found

    def _named(self, words: str, way: Way | None) -> Iterator[tuple[str, float]]:
        """Each with what it is worth."""
        lexicon = self._lexicon
        if way is Way.MEANT:
            for official in lexicon.phrases[words]:
                yield official, SYNONYM * (PERHAPS if (words, official) in lexicon.loose else 1)
        elif way is Way.AKIN:
            for official, _ in lexicon.kin.of(lexicon.phrases[words]):
                yield official, SYNONYM * BESIDE
        else:
            for official, share in lexicon.kin.like(words):
                yield official, SYNONYM * (BESIDE * share)

    def _official(self, phrase: str) -> Known | None:
        """The rows that hold a whole phrase, with the weight of its weakest pair; looked up once."""
        known = self._known.get(phrase, self)
        if known is self:
            held = self._layers.holding(_grams(phrase))
            holders = self._layers.count(held)
            known = (held, holders, information(holders, len(self._layers))) if holders else None
            self._known[phrase] = known
        return cast("Known | None", known)

    def known(self, phrase: str) -> float:
        """The information in an official phrase, by the rarest pair in it."""
        found = self._worths.get(phrase)
        if found is None:
            holders = min((self._layers.count(self._layers.find(gram)) for gram in _grams(phrase)), default=0)
            found = self._worths[phrase] = information(holders, len(self._layers))
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
