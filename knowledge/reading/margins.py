"""What belongs to the pages and not to the text: page numbers, running heads and feet, marks of continuation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from knowledge.reading.leaf import Leaf, TextLine
from knowledge.reading.openings import begins, begins_label

_EDGE = 2  # lines at each end of a page that may belong to it
_ZONE = 0.14  # of the page's height, at each end
_SAME_HEIGHT = 4.0  # points
_NUMBER = re.compile(
    r"[-—–－·•~\s]*(?:第\s*)?(?:\d{1,4}|[IVXivx]{1,6})\s*(?:页)?\s*(?:[/／，,|]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[-—–－·•~\s]*"
    r"|第\s*[一二三四五六七八九十百]{1,5}\s*页(?:\s*[，,]?\s*共\s*[一二三四五六七八九十百]{1,5}\s*页)?"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*表\s*\d*|续\s*上\s*表|接\s*上\s*页|转\s*下\s*页|续)\s*[）)]?")
_DIGITS = re.compile(r"\d+")
_NOTHING = re.compile(r"\s+")
_STOPS = tuple("。；;，,、：:")


def furniture_of(leaves: Sequence[Leaf], lines: Mapping[int, Sequence[TextLine]]) -> set[int]:
    """The ids of the lines that belong to the pages. `lines` are those outside tables, by page, from top to bottom.

    A running head stands as text on the first page: there it may be the title of a table that is printed on each.
    """
    heights = {leaf.number: leaf.height for leaf in leaves}
    ends = {number: _ends(own, heights[number]) for number, own in lines.items()}
    repeated = _repeated(ends, len(leaves))
    out: set[int] = set()
    for number, own in ends.items():
        for line, at_top in own:
            runs = (_key(line), at_top, round(line.top / _SAME_HEIGHT)) in repeated
            marked = _NUMBER.fullmatch(line.text) is not None or _CONTINUED.fullmatch(line.text) is not None
            if marked or (runs and not _is_said(line.text) and not (at_top and number == leaves[0].number)):
                out.add(id(line))
    return out


def _is_said(text: str) -> bool:
    """Whether a line is a part of the text wherever it stands: an item, a label (完成时限：6月底前 may close two pages), a sentence."""
    words = _NOTHING.sub("", text)
    return begins(words) or begins_label(words) or words.endswith(_STOPS)


def _ends(lines: Sequence[TextLine], height: float) -> list[tuple[TextLine, bool]]:
    """The lines at the top (True) and at the bottom (False) of a page."""
    top = [(line, True) for line in lines[:_EDGE] if line.top < _ZONE * height]
    bottom = [(line, False) for line in lines[-_EDGE:] if line.bottom > (1 - _ZONE) * height]
    return top + [(line, at_top) for line, at_top in bottom if all(line is not other for other, _ in top)]


def _key(line: TextLine) -> str:
    return _DIGITS.sub("#", _NOTHING.sub("", line.text))


def _repeated(ends: Mapping[int, Iterable[tuple[TextLine, bool]]], pages: int) -> set[tuple[str, bool, int]]:
    """Texts that stand at one height on at least two pages and on a third of all; rows of a table are none."""
    counted: Counter[tuple[str, bool, int]] = Counter()
    for own in ends.values():
        for line, at_top in own:
            if len(line.parts()) < 4:
                place = round(line.top / _SAME_HEIGHT)
                counted.update({(_key(line), at_top, place + shift) for shift in (-1, 0, 1)})
    return {place for place, count in counted.items() if count >= max(2, pages / 3)}
