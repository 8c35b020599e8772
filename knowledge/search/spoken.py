"""What the everyday words of a topic may mean: official phrases, each with the words it was said in and how surely."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from copy import copy
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon
from knowledge.phonetic import readings
from knowledge.search.bysound import FEWEST, MOST, PhraseSounds
from knowledge.search.topic import Kind, Token, muffled, tokens_of

# The longest spoken phrase looked for, and the particle that may stand in one (吃的, 种地的).
_LONGEST, _PARTICLE = 8, "的"
# Small words between a verb and its object (开个店, 修条路, 种点树).
_MEASURES = frozenset("个条点些张次份块座只台套着过")
# So many characters of a topic that stand together may stand in a row word for word.
VERBATIM_LEAST = 4
# So many syllables in a row stand in a text by chance only rarely.
HEARD_LEAST = 3
# A phrase of fewer characters is a word that other matters share.
TERM = 3
# So many texts are kept with what they say: the assignments and the passages are asked one after the other.
_REMEMBERED = 16
# How many characters may stand between the halves of a phrase that is said apart.
_BETWEEN = 4
# Characters that stand between words: two that hold one are of no phrase (楼要 in 大楼要在年底搬).
_JOINING = frozenset("要在就也都还又很把被从对和是能会可我你他她它们这那哪谁啥怎吗呢吧啊")


class Meaning(NamedTuple):
    """The tokens from `start` to `end` (excluded) mean the phrase `official`; `heard`: by their sound. A phrase said in two
    halves is two meanings."""

    start: int
    end: int
    official: str
    heard: bool = False


class Said(NamedTuple):
    """The tokens from `start` to `end` (excluded) say `words`."""

    start: int
    end: int
    words: str


class Heard(NamedTuple):
    """The tokens from `start` on sound like `sound`: their syllables, each between blanks. `written`: as they were typed, empty for
    pinyin."""

    start: int
    sound: str
    written: str


class Table(NamedTuple):
    """Phrases that are looked for, and the first two characters of each: most of what is said begins none."""

    phrases: Container[str]
    begun: frozenset[str]


class Lookups(NamedTuple):
    """What is looked for in every topic: spoken phrases, official ones, first halves of what is said apart."""

    spoken: Table
    official: Table
    apart: Table


def _lookups(lexicon: Lexicon) -> Lookups:
    many = (lexicon.phrases.keys(), lexicon.kin.officials, lexicon.apart.keys())
    return Lookups(*(Table(phrases, frozenset([phrase[:2] for phrase in phrases])) for phrases in many))


_looked_up: Remembered[Lookups] = Remembered(4)
_speeches: Remembered[dict[str, Speech]] = Remembered(4)
_sounds: Remembered[PhraseSounds] = Remembered(4)


class Speech:
    """What a topic says, whatever rows there are: worked out once for all indexes that are asked."""

    def __init__(self, tokens: tuple[Token, ...], lexicon: Lexicon) -> None:
        self.tokens, self._lexicon = tokens, lexicon
        self._words = _spoken(tokens)
        self._known = _looked_up.of((lexicon,), lambda: _lookups(lexicon))

    def muffled(self, known: Callable[[str], bool]) -> Speech:
        """The same with the tokens made weak that only sound like a filler; it says nothing else by that."""
        tokens = muffled(self.tokens, self._lexicon.fillers, known)
        if tokens == self.tokens:
            return self
        other = copy(self)
        other.tokens = tokens
        return other

    @cached_property
    def typed(self) -> bool:
        """Whether some of it was typed as pinyin."""
        return any(token.kind is Kind.SYLLABLE for token in self.tokens)

    @cached_property
    def lone(self) -> list[tuple[int, str]]:
        """The characters, with where they stand."""
        return [(at, token.text) for at, token in enumerate(self.tokens) if token.kind is Kind.CHARACTER]

    @cached_property
    def said(self) -> str:
        """The characters in one line, a sign for each token."""
        return "".join(word if len(word) == 1 else "\0" for word in self._words)

    @cached_property
    def _goes_on(self) -> list[bool]:
        """Whether each token and the one behind it are characters that stand together."""
        return [
            one.kind is after.kind is Kind.CHARACTER and one.run == after.run and not after.skipped
            for one, after in pairwise(self.tokens)
        ]

    @cached_property
    def heard(self) -> list[Heard]:
        """The stretches of HEARD_LEAST tokens that stand together, by their sound."""
        sounds = [one.text if one.kind is Kind.SYLLABLE else (*readings(one.text), "")[0] for one in self.tokens]
        typed = [
            one.kind is after.kind is Kind.SYLLABLE and one.run == after.run for one, after in pairwise(self.tokens)
        ]
        found = []
        for at in range(len(sounds) - HEARD_LEAST + 1):
            behind, between = at + HEARD_LEAST, slice(at, at + HEARD_LEAST - 1)
            if all(sounds[at:behind]) and (all(typed[between]) or all(self._goes_on[between])):
                written = "" if typed[at] else "".join(self._words[at:behind])
                found.append(Heard(at, f" {' '.join(sounds[at:behind])} ", written))
        return found

    @cached_property
    def windows(self) -> list[tuple[int, str]]:
        """The stretches of VERBATIM_LEAST characters that stand together, and shorter phrases that the thesaurus knows, with where they
        start: a row that says 小广告 is meant before one that says 户外广告 for it."""
        goes_on = self._goes_on
        starts = range(len(self.tokens) - VERBATIM_LEAST + 1)
        windows = [
            (at, "".join(self._words[at : at + VERBATIM_LEAST]))
            for at in starts
            if all(goes_on[at : at + VERBATIM_LEAST - 1])
        ]
        short = [one for one in (*self.places, *self.terms) if len(one.words) == TERM and one.end - one.start == TERM]
        return windows + [
            (one.start, one.words) for one in dict.fromkeys(short) if all(goes_on[one.start : one.end - 1])
        ]

    @cached_property
    def places(self) -> list[Said]:
        """Where spoken phrases stand, with the particles that were said or without; each once, however it is written."""
        found = (
            Said(places[start], places[end - 1] + 1, words)
            for words_said, places in _writings(self.tokens, self._words)
            for start, end, words in _openings(words_said, self._known.spoken)
        )
        return list(dict.fromkeys(found))

    @cached_property
    def meanings(self) -> list[Meaning]:
        """Official phrases for what is said in two halves or typed as pinyin; see `places` for the rest."""
        found = list(_apart(self._words, self._known.apart, self._lexicon))
        if self.typed:
            found += _by_sound(self.tokens, self._lexicon)
        return found

    @cached_property
    def _officials(self) -> list[Said]:
        """The official phrases of more than one character that were said."""
        openings = _openings(self._words, self._known.official)
        return [Said(start, end, words) for start, end, words in openings if len(words) > 1]

    @cached_property
    def official(self) -> frozenset[int]:
        """Which tokens belong to an official phrase that was said (招商引资)."""
        return frozenset([at for start, end, _ in self._officials for at in range(start, end)])

    @cached_property
    def terms(self) -> list[Said]:
        """The official phrases of TERM characters and more that were said in one, none a part of another."""
        tokens = self.tokens
        found = [
            one
            for one in self._officials
            if len(one.words) >= TERM and tokens[one.start].run == tokens[one.end - 1].run
        ]
        return [
            one
            for one in found
            if not any(other.start <= one.start and one.end <= other.end for other in found if other != one)
        ]

    @cached_property
    def everyday(self) -> list[Said]:
        """Those of `places` that are more than official phrases: who says one of these means that and nothing beside it."""
        return list(self._unofficial(self.places))

    @cached_property
    def pairs(self) -> list[Said]:
        """Every two characters said together that are more than a part of an official phrase."""
        return list(self._unofficial(_pairs_said(self.tokens)))

    def _unofficial(self, places: Iterable[Said]) -> Iterator[Said]:
        return (one for one in places if not self.official.issuperset(range(one.start, one.end)))


def speech_of(text: str, lexicon: Lexicon, longest: int) -> Speech:
    """What the first `longest` tokens of a `text` without pinyin say; of the last few texts it is remembered."""
    known = _speeches.of((lexicon,), dict)
    speech = known.get(text)
    if speech is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        speech = known[text] = Speech(tokens_of(text, lexicon)[:longest], lexicon)
    return speech


def _pairs_said(tokens: tuple[Token, ...]) -> Iterator[Said]:
    """Every two characters said together."""
    for at, (one, after) in enumerate(pairwise(tokens)):
        together = one.run == after.run and one.kind is after.kind is Kind.CHARACTER
        if together and _JOINING.isdisjoint((one.text, after.text)):
            yield Said(at, at + 2, one.text + after.text)


def _apart(said: list[str], known: Table, lexicon: Lexicon) -> Iterator[Meaning]:
    """Official phrases for what is said in two halves with a few characters between them (拆我家的房补多少钱)."""
    for start, end, words in _openings(said, known):
        behind = "".join(said[end : end + _BETWEEN + _LONGEST])
        for second, official in lexicon.apart[words]:
            at = behind.find(second, 0, _BETWEEN + len(second))
            if at >= 0 and set(map(len, said[end : end + at + len(second)])) == {1}:
                yield Meaning(start, end, official)
                yield Meaning(end + at, end + at + len(second), official)


def _by_sound(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Meaning]:
    spoken = _sounds.of((lexicon,), lambda: PhraseSounds(lexicon.phrases))
    for start in range(len(tokens)):
        for end in range(start + FEWEST, min(len(tokens), start + MOST) + 1):
            if all(token.kind is Kind.SYLLABLE for token in tokens[start:end]):
                for official in spoken.meant(tuple(token.text for token in tokens[start:end])):
                    yield Meaning(start, end, official, heard=True)


def _writings(tokens: tuple[Token, ...], said: list[str]) -> Iterator[tuple[list[str], list[int]]]:
    """The topic's words, with the token behind each: as it is, with the particles that were left out, and without the
    measure words (装个电梯)."""
    yield said, list(range(len(said)))
    if any(token.skipped for token in tokens):
        pairs = [(sign, at) for at, token in enumerate(tokens) for sign in _with_particle(token, said[at])]
        # A particle belongs to the word before it.
        yield [sign for sign, _ in pairs], [at - (sign == _PARTICLE) for sign, at in pairs]
    places = [at for at, sign in enumerate(said) if sign not in _MEASURES]
    if len(places) < len(said):
        yield [said[at] for at in places], places


def _spoken(tokens: tuple[Token, ...]) -> list[str]:
    """The words of the tokens; a syllable is none."""
    return ["\0" if token.kind is Kind.SYLLABLE else token.text for token in tokens]


def _openings(said: list[str], known: Table) -> Iterator[tuple[int, int, str]]:
    """Which of the phrases `known` stand in `said`: where each begins and ends (excluded), and its words."""
    phrases, begun = known
    for start, words in enumerate(said):
        if words in phrases:
            yield start, start + 1, words
        for end in range(start + 1, min(len(said), start + _LONGEST)):
            words += said[end]
            if words[:2] not in begun:
                break
            if words in phrases:
                yield start, end + 1, words


def _with_particle(token: Token, sign: str) -> tuple[str, ...]:
    return (_PARTICLE, sign) if token.skipped else (sign,)
