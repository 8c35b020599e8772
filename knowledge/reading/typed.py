"""Tables typed by hand or pasted into a mail: cells parted by tabs here and by blanks there, and behind marks of quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.reading.lines import EDGES, Line

_GAP = re.compile("\t[\t \u00a0\u3000]*|[ \u00a0\u3000]{2,}\t?")
_QUOTED = re.compile(r" {0,3}(?:> ?)+")  # as mail programs set before each line of what they pass on
_LEAST_QUOTED, _LEAST_COLUMNS = 3, 3


def unmarked(lines: Sequence[Line]) -> list[Line]:
    """`lines` without the marks that a mail program sets before what it quotes."""
    if sum(_QUOTED.match(text) is not None for _, text in lines) < _LEAST_QUOTED:
        return list(lines)
    return [(number, _QUOTED.sub("", text, count=1)) for number, text in lines]


def evened(lines: Sequence[Line]) -> Iterator[Line]:
    """`lines` with the rows below a head of tabs parted by tabs too, where all gaps together part them as often as the head.

    A separator typed twice is then no empty cell, and wide blanks are one; before the first cell nobody types one.
    """
    width = 0
    for number, text in lines:
        cells = [cell.strip(EDGES) for cell in text.split("\t")]
        parts = [part for part in _GAP.split(text.strip(EDGES)) if part]
        if not width and len(cells) >= _LEAST_COLUMNS and all(cells):
            width = len(cells)
        elif cells[0] and len(parts) == width and (len(cells) != width or _is_made_up(cells)):
            text = "\t".join(parts)
        elif len(parts) == 1:
            width = 0
        yield number, text


def _is_made_up(cells: Sequence[str]) -> bool:
    """Whether an empty cell stands right before one with wide blanks in it: the tab too many makes up for the one that is not there."""
    return any(not empty and _GAP.search(cell) for empty, cell in pairwise(cells))
