"""Printed lines → paragraphs: where one goes on over the edge of its column or page, and where the next begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from knowledge.reading.joining import is_full, together
from knowledge.reading.leaf import TextLine
from knowledge.reading.openings import (
    begins,
    begins_label,
    closes_duty,
    counts_on,
    ended,
    in_bracket,
    is_day,
    numbered,
    opens_section,
)

_SAME_SIZE = 0.12
_INDENT = 1.4  # of the type size: as much before a line begins a paragraph
_FIRST = 2.0  # of the type size: by as much first lines are set in
_HANGS = 12.0  # of the type size: what stands in further is a signature, no line hung behind a label
_LOOSE = 1.6  # of the usual distance between two lines: more is a blank line
_FULL_LINES = 3
"""As many lines must end at the right margin to show where it is."""
_HEAD = re.compile(r"\s*([^，。；：:（(]{1,10})[：:]")
_FIGURES = re.compile(r"\d+")
_SAYS_WHO = re.compile("[^，。；、：:（(]{2,15}[：:]")
_OPEN_ENDS = ("、", "，", ",", "第", "至", "—")
_NARROW = 0.45  # of the page's width: text on a page is not narrower
_CENTRED = 2.5  # of the type size on both sides
_LEVEL, _IN, _FLUSH = 0.3, 0.6, 0.15  # of the type size: as much on both sides, set in more, not set in


@dataclass(frozen=True, slots=True)
class Strip:
    """A printed line and the limits of the column it stands in."""

    line: TextLine
    left: float
    right: float

    @property
    def indent(self) -> float:
        """How far it stands in, in type sizes."""
        return (self.line.x0 - self.left) / self.line.size

    @property
    def room(self) -> float:
        """What is left of the column behind it, in points."""
        return self.right - self.line.x1

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle with room on both sides."""
        before, after = self.line.x0 - self.left, self.right - self.line.x1
        return before > _CENTRED * self.line.size and abs(before - after) < 1.5 * self.line.size


def margins_of(lines: Sequence[TextLine], width: float) -> tuple[float, float]:
    """The left and right limit of the text on pages of one width, from the lines that share them.

    Where hardly any line is full, or all are short, nothing tells the right one: it is taken to be as wide as the left one.
    """
    if not lines:
        return 0.0, width
    size = median(line.size for line in lines)
    left = _shared(sorted(line.x0 for line in lines), size)
    right = -_shared(sorted(-line.x1 for line in lines), 1.2 * size)
    full = sum(abs(line.x1 - right) <= 0.8 * size for line in lines)
    if full < max(_FULL_LINES, len(lines) / 10) or right - left < _NARROW * width:
        right = max(right, width - left)
    return left, max(right, left + size)


def _shared(places: Sequence[float], reach: float) -> float:
    """The first place that another one confirms; a few lines that stand out by themselves set no margin."""
    for place, following in islice(pairwise(places), 1 + len(places) // 20):
        if following - place <= reach:
            return place
    return places[0]


def leading_of(lines: Sequence[TextLine]) -> float:
    """The usual distance from line to line in type sizes."""
    steps = [
        round((b.top - a.top) / a.size, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and 0.8 * a.size < b.top - a.top < 3.5 * a.size
    ]
    return Counter(steps).most_common(1)[0][0] if steps else 1.5


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document sets its paragraphs: the usual distance of lines, the size of its type, whether first lines stand in,
    and which words before a colon open paragraphs (责任单位：, 3月：)."""

    leading: float
    size: float
    indented: bool
    openers: frozenset[str] = frozenset()


def setting_of(strips: Sequence[Strip]) -> Setting:
    """How these lines are set."""
    lines = [strip.line for strip in strips]
    flush = [strip for strip in strips if not strip.centred]
    first = [low for top, low in pairwise(strips) if not (low.centred or is_full(top.line, low.line, top.room))]
    heads = [strip for strip in flush if numbered(strip.line.text)] or first or flush
    indented = sum(_INDENT < strip.indent < 4 for strip in heads) * 2 > len(heads)
    sizes = Counter(round(line.size) for line in lines for _ in range(len(line.text)))
    size = float(sizes.most_common(1)[0][0]) if sizes else 12.0
    return Setting(leading_of(lines), size, indented, frozenset(_openers(strips)))


def _openers(strips: Sequence[Strip]) -> Iterator[str]:
    """The words before a colon that stand below a line with room left for them: there a paragraph begins for certain."""
    for above, strip in pairwise(strips):
        if (head := _head_of(strip.line.text)) and not is_full(above.line, strip.line, above.room):
            yield head


def _head_of(text: str) -> str:
    """The words before the colon with which a line opens, any figures alike; empty without one."""
    m = _HEAD.match(text)
    return _FIGURES.sub("#", m[1]) if m else ""


def goes_on(last: Sequence[Strip], strip: Strip, setting: Setting) -> bool:
    """Whether the paragraph that ends in `last` goes on in `strip`."""
    above = last[-1]
    a, b = above.line, strip.line
    if abs(a.size - b.size) > _SAME_SIZE * max(a.size, b.size) or not is_full(a, b, above.room):
        return False
    if a.page == b.page and above.left == strip.left and _is_apart(a, b, setting):
        return False
    if strip.centred:
        large, whole = a.size > 1.15 * setting.size, not above.centred and not ended(a.text)
        return (large or whole) and not numbered(b.text)
    if opens_section(b.text) and not in_bracket(a.text) and not a.text.endswith(_OPEN_ENDS):
        return False
    if is_day(a.text) or (is_day(b.text) and not in_bracket(a.text)):
        return False
    if _set_in(above, setting) and strip.indent < _FLUSH:
        return False
    opens = _head_of(b.text) in setting.openers or counts_on(last[0].line.text, b.text)
    if opens and not in_bracket(a.text) and not a.text.endswith(_OPEN_ENDS):
        return False
    if strip.indent > _INDENT:
        return not (setting.indented and abs(strip.indent - _FIRST) < _LEVEL) and _hangs(last, strip)
    if setting.indented or above.indent > _INDENT:
        return not (begins(b.text) and ended(a.text))
    return not ended(a.text) or not (begins(b.text) or closes_duty(a.text) or _SAYS_WHO.match(b.text))


def _set_in(strip: Strip, setting: Setting) -> bool:
    """Whether a line set in, or out, by as much on both sides is a title, where no paragraph is set in by itself."""
    uneven = abs(strip.indent - strip.room / strip.line.size)
    return not setting.indented and (uneven < _LEVEL < abs(strip.indent) or uneven < _IN < abs(strip.indent))


def _is_apart(a: TextLine, b: TextLine, setting: Setting) -> bool:
    step = b.top - a.top
    return step > _LOOSE * setting.leading * max(a.size, b.size) or step < 0


def _hangs(last: Sequence[Strip], strip: Strip) -> bool:
    """Whether a line that stands in continues a paragraph set with a hanging indent."""
    a, b = last[-1].line, strip.line
    if begins(b.text) or begins_label(b.text) or b.x0 - a.x0 > _HANGS * b.size:
        return False
    level = abs(a.x0 - b.x0) < 0.5 * b.size
    if len(last) > 1:
        return level
    return (a.x0 < b.x0 - 0.5 * b.size or level) and not ended(a.text)


def paragraphs_of(strips: Iterable[Strip], setting: Setting) -> list[list[Strip]]:
    """The lines in groups, one for each paragraph."""
    out: list[list[Strip]] = []
    for strip in strips:
        if out and goes_on(out[-1], strip, setting):
            out[-1].append(strip)
        else:
            out.append([strip])
    return out


def text_of(paragraph: Sequence[Strip]) -> str:
    """The characters of a paragraph, its lines put together."""
    text = ""
    for strip in paragraph:
        text = together(text, strip.line.text) if text else strip.line.text
    return text.strip()
