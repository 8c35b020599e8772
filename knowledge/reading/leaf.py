"""A page as it lies on paper: words at their places and the lines ruled between them. Every kind of paged file becomes this.

Lengths are points (1/72 inch) from the upper left corner of the page as a person holds it; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from knowledge.reading.lines import columns

CUT = 0.45  # of the type size: a wider gap parts words that may belong to different cells


class Word(NamedTuple):
    """Characters printed without a gap. `edges` are their left edges, empty where they cannot be parted.

    `size` is the size of the type; `sure` from 0 to 1 how certain a recognised word is, 1 where it was not recognised.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    edges: tuple[float, ...] = ()
    sure: float = 1.0

    @property
    def middle(self) -> float:
        """The height at which the word stands."""
        return (self.top + self.bottom) / 2

    def parted(self, x: float) -> tuple[Word, Word] | None:
        """The word cut at the ruling `x`, None where that falls outside it or the word cannot be cut."""
        at = sum(
            1 for edge, after in zip(self.edges, (*self.edges[1:], self.x1), strict=True) if (edge + after) / 2 < x
        )
        if not 0 < at < len(self.edges):
            return None
        left = self._replace(text=self.text[:at].rstrip(), x1=self.edges[at], edges=self.edges[:at])
        right = self._replace(text=self.text[at:].lstrip(), x0=self.edges[at], edges=self.edges[at:])
        return left, right


class Rule(NamedTuple):
    """A straight ruled line, level or upright; its thickness is left out."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: `number` from 1, its size, what is printed on it. `slanted` are words set askew: watermarks."""

    number: int
    width: float
    height: float
    words: Sequence[Word] = ()
    rules: Sequence[Rule] = ()
    slanted: Sequence[Word] = field(default=())


@dataclass(frozen=True)
class TextLine:
    """One printed line, or the part of it that stands in one cell: words from left to right."""

    words: tuple[Word, ...]
    page: int

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its type."""
        return max(self.words, key=lambda word: len(word.text)).size

    @cached_property
    def text(self) -> str:
        """Its characters, blanks where they were meant."""
        return joined_words(self.words)

    def parts(self) -> list[tuple[Word, ...]]:
        """The words in groups that wide gaps part."""
        groups: list[list[Word]] = []
        for word in self.words:
            if groups and word.x0 - groups[-1][-1].x1 < CUT * max(word.size, groups[-1][-1].size):
                groups[-1].append(word)
            else:
                groups.append([word])
        return [tuple(group) for group in groups]


def joined_words(words: Iterable[Word]) -> str:
    """The text of words that stand beside each other."""
    out, last = "", None
    for word in words:
        if last is not None and _is_blank(last, word):
            out += " "
        out += word.text
        last = word
    return out


def _is_blank(left: Word, right: Word) -> bool:
    return is_blank(left.text[-1:], right.text[:1], (right.x0 - left.x1) / max(left.size, right.size, 1))


def is_blank(left: str, right: str, gap: float) -> bool:
    """Whether a gap between two characters, in type sizes, is a blank that somebody meant.

    Between Chinese and Latin word processors put a quarter of a character by themselves.
    """
    latin = left.isascii() + right.isascii()
    return gap > (0.22, 0.3, 0.15)[latin]


def lines_of(words: Iterable[Word], page: int) -> list[TextLine]:
    """Words as printed lines from top to bottom. Words at one height are one line, however far apart."""
    lines: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda one: one.middle):
        overlap = min(bottom, word.bottom) - max(top, word.top)
        if lines and overlap > 0.5 * min(bottom - top, word.bottom - word.top):
            lines[-1].append(word)
            if word.bottom - word.top > bottom - top:
                top, bottom = word.top, word.bottom
        else:
            lines.append([word])
            top, bottom = word.top, word.bottom
    return [TextLine(tuple(sorted(line, key=lambda one: one.x0)), page) for line in lines]


def width_of(text: str, size: float) -> float:
    """How wide `text` prints in type of this size: a Chinese character is as wide as the type is high."""
    return columns(text) * size / 2
