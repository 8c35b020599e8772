"""Running heads in plain text: the line that stands beside the number of every page, copied along with the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.model import Passage, Place
from knowledge.reading.lines import EDGES, Line
from knowledge.reading.openings import begins, begins_label

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~]+\s*\d{1,3}\s*[-—–－·•~]+|第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_NUMBERED = re.compile(r"(?P<head>.{2,40}?)\s*第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?")
_LONGEST = 40


def without_running(lines: Sequence[Line]) -> tuple[list[Line], tuple[Passage, ...]]:
    """`lines` without running heads and feet, and these apart.

    One is a short line that the text has at least twice, beside a page number or with one at its end. The first place
    stays where no page number stands by it: there it is the title.
    """
    bodies = [(at, text.strip(EDGES)) for at, (_, text) in enumerate(lines) if text.strip(EDGES)]
    counted = Counter(_key(body) for _, body in bodies)
    numbers = {place for place, (_, body) in enumerate(bodies) if _PAGE_NUMBER.fullmatch(body)}
    out = {
        at
        for place, (at, body) in enumerate(bodies)
        if len(body) <= _LONGEST
        and counted[_key(body)] > 1
        and place not in numbers
        and not (begins(body) or begins_label(body))  # many items may have 完成时限：6月底前
        and (_NUMBERED.fullmatch(body) or (numbers & {place - 1, place + 1} and "\t" not in body))
    }
    kept = [line for at, line in enumerate(lines) if at not in out]
    return kept, tuple(Passage(lines[at][1].strip(EDGES), Place(line=lines[at][0])) for at in sorted(out))


def _key(body: str) -> str:
    """A line without the page number at its end."""
    match = _NUMBERED.fullmatch(body)
    return match["head"] if match else body
