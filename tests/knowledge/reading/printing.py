"""Pages set by hand: words at their places, ruled lines, whole tables, without any file format."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Block, Doubt, Passage
from knowledge.reading.layout import laid_out
from knowledge.reading.leaf import Leaf, Rule, Word

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 80.0, 520.0
"""With type of size 10, forty-four characters go on a line."""


def word(text: str, x: float, y: float, size: float = 10.0, sure: float = 1.0) -> Word:
    """Characters set solid, their upper left corner at (x, y); Latin ones are half as wide."""
    edges = [x]
    for character in text:
        edges.append(edges[-1] + (size / 2 if character.isascii() else size))
    return Word(text, x, y, edges[-1], y + size, size, tuple(edges[:-1]), sure)


def paragraph(text: str, y: float, size: float = 10.0, indent: float = 2.0, pitch: float = 16.0) -> list[Word]:
    """A paragraph broken at the right margin, its first line set in."""
    words, x, line = list[Word](), LEFT + indent * size, ""
    for character in text:
        if x + size * (len(line) + 1) > RIGHT:
            words.append(word(line, x, y, size))
            x, y, line = LEFT, y + pitch, ""
        line += character
    return [*words, word(line, x, y, size)]


def level(x0: float, x1: float, y: float) -> Rule:
    return Rule(x0, y, x1, y)


def upright(x: float, y0: float, y1: float) -> Rule:
    return Rule(x, y0, x, y1)


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All lines of a table without merged cells."""
    return [*(level(xs[0], xs[-1], y) for y in ys), *(upright(x, ys[0], ys[-1]) for x in xs)]


def cell(text: str, x: float, y: float, size: float = 10.0, pitch: float = 12.0) -> list[Word]:
    """Lines below each other, broken where the text has line feeds."""
    return [word(line, x, y + at * pitch, size) for at, line in enumerate(text.split("\n"))]


def row(texts: Sequence[str], xs: Sequence[float], y: float) -> list[Word]:
    """The cells of one row, each a little inside its left edge."""
    return [one for text, x in zip(texts, xs, strict=False) if text for one in cell(text, x + 4, y + 4)]


def leaf(number: int, words: Sequence[Word], rules: Sequence[Rule] = (), slanted: Sequence[Word] = ()) -> Leaf:
    return Leaf(number, WIDTH, HEIGHT, words, rules, slanted)


def laid(*leaves: Leaf) -> tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]:
    return laid_out(leaves, "甲.pdf")


def shown(*leaves: Leaf) -> list[str | list[str]]:
    """Paragraphs as text, rows as lists of cell texts."""
    return [block.text or [one.text for one in block.cells] for block in laid(*leaves)[0]]


def doubted(*leaves: Leaf) -> list[list[str]]:
    """The codes of the doubts of each block."""
    return [[doubt.code for doubt in block.doubts] for block in laid(*leaves)[0]]
