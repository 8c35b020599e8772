"""What the everyday words of a topic may mean: official phrases, each with the words it was said in and how surely."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from knowledge.lexicon import Lexicon
from knowledge.search.topic import Kind, Token, phrases_by_sound

# The longest spoken phrase looked for, and the particle that may stand in one (吃的, 种地的).
_LONGEST, _PARTICLE = 8, "的"
# How many syllables a phrase has that is looked for by its sound, at least and at most.
_FEWEST_SYLLABLES, _MOST_SYLLABLES = 2, 5
# Small words between a verb and its object (开个店, 修条路, 种点树).
_MEASURES = frozenset("个条点些张次份块座只台套着过")
# How many characters may stand between the halves of a phrase that is said apart.
_BETWEEN = 4


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


def meanings(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Meaning]:
    """Official phrases for what is said in two halves or typed as pinyin; see `spoken_places` for the rest."""
    yield from _apart(_spoken(tokens), lexicon)
    if any(token.kind is Kind.SYLLABLE for token in tokens):
        yield from _by_sound(tokens, lexicon)


def spoken_places(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Said]:
    """Where spoken phrases stand, with the particles that were said or without."""
    for words_said, places in _writings(tokens, _spoken(tokens)):
        for start, end, words in _openings(words_said, lexicon.phrases):
            yield Said(places[start], places[end - 1] + 1, words)


def unofficial(places: Iterable[Said], official: frozenset[int]) -> Iterator[Said]:
    """Those that are more than official phrases: who says one of these means that and nothing beside it."""
    return (one for one in places if not official.issuperset(range(one.start, one.end)))


def pairs_said(tokens: tuple[Token, ...]) -> Iterator[Said]:
    """Every two characters said together."""
    for at, (one, after) in enumerate(pairwise(tokens)):
        if one.run == after.run and one.kind is after.kind is Kind.CHARACTER:
            yield Said(at, at + 2, one.text + after.text)


def official_places(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Which tokens belong to an official phrase that was said (招商引资)."""
    return frozenset(
        at
        for start, end, words in _openings(_spoken(tokens), lexicon.kin)
        if len(words) > 1
        for at in range(start, end)
    )


def _apart(said: list[str], lexicon: Lexicon) -> Iterator[Meaning]:
    """Official phrases for what is said in two halves with a few characters between them (拆我家的房补多少钱)."""
    for start, end, words in _openings(said, lexicon.apart):
        for second, official in lexicon.apart[words]:
            at = "".join(said[end : end + _BETWEEN + len(second)]).find(second)
            if at >= 0 and set(map(len, said[end : end + at + len(second)])) == {1}:
                yield Meaning(start, end, official)
                yield Meaning(end + at, end + at + len(second), official)


def _by_sound(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Meaning]:
    spoken = phrases_by_sound(lexicon)
    for start in range(len(tokens)):
        for end in range(start + _FEWEST_SYLLABLES, min(len(tokens), start + _MOST_SYLLABLES) + 1):
            if all(token.kind is Kind.SYLLABLE for token in tokens[start:end]):
                for official in spoken.get(tuple(token.text for token in tokens[start:end]), ()):
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


def _openings(said: list[str], phrases: Container[str]) -> Iterator[tuple[int, int, str]]:
    """Which of `phrases` stand in `said`: where each begins and ends (excluded), and its words."""
    for start in range(len(said)):
        words = ""
        for end in range(start, min(len(said), start + _LONGEST)):
            words += said[end]
            if words in phrases:
                yield start, end + 1, words


def _with_particle(token: Token, sign: str) -> tuple[str, ...]:
    return (_PARTICLE, sign) if token.skipped else (sign,)
