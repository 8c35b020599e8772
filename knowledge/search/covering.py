"""How much of a topic a row covers beside what it has evidence for: single characters, stretches word for word, the share of it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.search.clues import LONE, Clue
from knowledge.search.topic import Token

# A stretch of the topic that stands in a row word for word is covered this well.
VERBATIM = 0.92
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
