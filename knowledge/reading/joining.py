"""Whether a printed line goes on in the next one: a paragraph or a cell broken by its width, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.leaf import TextLine, width_of
from knowledge.reading.openings import is_next_count, is_next_name

_UNIT = re.compile(r"[A-Za-z0-9.%％/:+@_&=?#~-]+|[“‘《（(〔【]*.")
_STOPS = re.compile(r"[，。、；：！？）)”’》〕】%％]*")
_SLACK = 0.6  # of the type size: justified lines end anywhere in the last character


def unit(text: str) -> str:
    """What cannot be broken at the beginning of `text`: a number, a Latin word, a character with the stop behind it."""
    match = _UNIT.match(text)
    end = match.end() if match else 0
    stops = _STOPS.match(text, end)
    return text[: stops.end() if stops else end]


def is_full(line: TextLine, following: TextLine, room: float) -> bool:
    """Whether the beginning of `following` had no place left on `line`; `room` is what is left there, in points."""
    return room < _width(unit(following.text), following) + _SLACK * line.size


def _width(text: str, line: TextLine) -> float:
    """How wide the beginning `text` of a line prints: as it stands there where that is known."""
    first = line.words[0]
    if first.text == text:
        return first.x1 - first.x0
    if first.text.startswith(text) and len(first.edges) == len(first.text):
        return first.edges[len(text)] - first.x0
    return width_of(text, line.size)


def together(first: str, second: str) -> str:
    """Two halves of a broken line: Latin words keep their blank, a word broken at a hyphen loses it."""
    if first.endswith("-") and first[-2:-1].isalpha() and first.isascii() and second[:1].islower():
        return first[:-1] + second
    parted = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalpha() and second[:1].isalpha()
    return f"{first} {second}" if parted else first + second


def cell_text(lines: Sequence[TextLine], x0: float, x1: float, padding: float) -> str:
    """The text of a cell that reaches from `x0` to `x1`: broken lines joined, others kept apart by line feeds."""
    text = ""
    for at, line in enumerate(lines):
        broken = at and goes_on(lines[at - 1], line, x0 + padding, x1 - padding)
        apart = is_next_name(text, line.text) or is_next_count(text.rpartition("\n")[2], line.text)
        if broken and not apart:
            text = together(text, line.text)
        else:
            text += ("\n" if text else "") + line.text
    return text


def goes_on(line: TextLine, following: TextLine, left: float, right: float) -> bool:
    """Whether a line inside a cell was broken by the cell's width, wherever in the cell its lines are aligned."""
    before, after = line.x0 - left, right - line.x1
    centred = abs(before - after) < _SLACK * line.size and before > 0.4 * line.size
    to_the_right = before > 2.6 * line.size and after < 0.5 * line.size
    return is_full(line, following, before + after if centred or to_the_right else after)
