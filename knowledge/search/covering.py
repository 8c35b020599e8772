"""How much of a topic a row covers beside what it has evidence for: single characters, stretches word for word, the share of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from knowledge.phonetic import readings
from knowledge.search.clues import LONE, Clue
from knowledge.search.spoken import Heard
from knowledge.search.topic import Token

# A stretch of the topic that stands in a row word for word is covered this well.
VERBATIM = 0.92
# A stretch that sounds like one in the row: typed as pinyin, or with a character of the same sound here and there (公基金), half of
# them right.
TYPED, MISTYPED = 0.9, 0.85
# Where more rows than this hold something it is not asked beforehand whether any holds enough.
_FEW = 2_000


def cover_lone(cover: list[float], lone: list[tuple[int, str]], text: str) -> None:
    """A character that stands in the row, but in no pair of the topic, counts a little."""
    for at, character in lone:
        if cover[at] < LONE and character in text:
            cover[at] = LONE


def cover_verbatim(cover: list[float], windows: list[tuple[int, str]], text: str) -> None:
    """What stands in the text as one stretch of enough characters, or as a phrase, is covered well."""
    for start, window in windows:
        if window in text:
            for at in range(start, start + len(window)):
                if cover[at] < VERBATIM:
                    cover[at] = VERBATIM


def cover_heard(cover: list[float], heard: list[Heard], text: str) -> None:
    """What sounds like one stretch of the text is covered better than its pairs by themselves, which may stand anywhere."""
    sounds = sounding(text) if heard else ""
    for start, sound, written in heard:
        if sound in sounds and any(_half_right(written, text[at:]) for at in _standing(sounds, sound)):
            for token in range(start, start + sound.count(" ") - 1):
                cover[token] = max(cover[token], MISTYPED if written else TYPED)


def _standing(sounds: str, sound: str) -> Iterator[int]:
    """The characters of a text with these `sounds` at which a stretch sounds like `sound`."""
    at = sounds.find(sound)
    while at >= 0:
        yield sounds.count(" ", 0, at)
        at = sounds.find(sound, at + 1)


def _half_right(written: str, there: str) -> bool:
    """Whether half of what was written stands at the beginning of `there`; of pinyin nothing was."""
    return 2 * sum(map(str.__eq__, written, there)) >= len(written)


@lru_cache(maxsize=8192)
def sounding(text: str) -> str:
    """The syllables of a text in its first reading, each between blanks; a sign for what has no sound."""
    return f" {' '.join([(*readings(sign), '·')[0] for sign in text])} "


def share_held(tokens: Sequence[Token], cover: Sequence[float]) -> float:
    """The share of the topic's characters that a row holds."""
    lengths = [len(token.shown) for token in tokens]
    return sum(length for length, much in zip(lengths, cover, strict=True) if much > LONE) / (sum(lengths) or 1)


def may_hold(tokens: Sequence[Token], clues: Sequence[Clue], least: float) -> bool:
    """Whether any row can hold such a share of the topic's characters: it holds no more of them than it has evidence for."""
    if sum([clue.holders for clue in clues]) > _FEW:
        return True
    spans: dict[int, int] = {}  # the tokens as bits
    for clue in clues:
        bits = (1 << clue.end) - (1 << clue.start)
        for row in clue.held.rows:
            spans[row] = spans.get(row, 0) | bits
    places = range(len(tokens))
    return any(share_held(tokens, [bits >> at & 1 for at in places]) >= least for bits in set(spans.values()))
