"""Marks beside the words of a page: small raised figures that point to a note, lines drawn through words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from knowledge.reading.leaf import Rule, TextLine, Word

_SMALL = 0.75  # of the type size of the line
_RAISED = 0.12  # of the type size: so far above the foot of the line
_REFERENCE = re.compile(r"[\[［〔(（]?(?:\d{1,3}|[①-⑳]|[ivx]{1,5}|[*＊†])[\]］〕)）]?")
_UNIT_BEFORE = re.compile(r"[a-zA-Zμ㎡]$")  # km² and m³ are no notes
_MIDDLE = 0.2  # of the height of a word, around its middle
_MOST_RULES = 500


def without_references(line: TextLine) -> tuple[TextLine | None, list[Word]]:
    """The line without figures that point to a note, and those figures."""
    size = line.size
    marks = [
        word
        for at, word in enumerate(line.words)
        if word.size < _SMALL * size
        and word.bottom < line.bottom - _RAISED * size
        and _REFERENCE.fullmatch(word.text)
        and not (at and _UNIT_BEFORE.search(line.words[at - 1].text))
    ]
    if not marks:
        return line, []
    rest = tuple(word for word in line.words if word not in marks)
    return (TextLine(rest, line.page) if rest else None), marks


def struck(words: Sequence[Word], rules: Sequence[Rule]) -> Iterator[str]:
    """The characters that lines are drawn through, for each word."""
    level = sorted((rule for rule in rules if rule.level), key=lambda rule: rule.top)[:_MOST_RULES]
    heights = [rule.top for rule in level]
    for word in words:
        reach = _MIDDLE * (word.bottom - word.top)
        first, last = bisect_left(heights, word.middle - reach), bisect_left(heights, word.middle + reach)
        through = "".join(_under(word, level[first:last])) if first < last else ""
        if len(through) > 1:
            yield through


def _under(word: Word, level: Sequence[Rule]) -> Iterator[str]:
    for character, x0, x1 in zip(word.text, word.edges, (*word.edges[1:], word.x1), strict=False):
        if any(rule.x0 <= (x0 + x1) / 2 <= rule.x1 for rule in level):
            yield character
