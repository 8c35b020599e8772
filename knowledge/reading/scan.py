"""The image of a page → a page of words and ruled lines, level and with the certainty of every word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from knowledge.reading.leaf import Leaf, Rule, Word
from knowledge.reading.ocr import Box, Seen, parted, recognised, text_boxes
from knowledge.reading.rulings import ruled, slant, turned
from knowledge.reading.slips import slips

if TYPE_CHECKING:
    from numpy import ndarray

_LONG_SIDE = 842.0  # points: a page is taken to be A4, whatever its resolution; only proportions count
SURE = 0.85
"""How certain a character must be; see docs/扫描件.md for how this was measured."""


def leaf_of(image: ndarray, number: int) -> Leaf:
    """The page on a grey image. Needs the extra [ocr]."""
    import numpy

    grey = turned(image, slant(image))
    page = _read(grey)
    if _lies_sideways(page):
        pages = [_read(numpy.ascontiguousarray(numpy.rot90(grey, quarter))) for quarter in (1, 3)]
        page = max(pages, key=lambda one: sum(sum(seen.sure) for seen in one.lines))
    elif _is_upside_down(page):
        page = _read(numpy.ascontiguousarray(numpy.rot90(grey, 2)))
    return _leaf(page, number)


Watch = Callable[[int, int], None]
"""Told before each page which of how many comes next: recognising a page takes seconds."""
watching: ContextVar[Watch | None] = ContextVar("watching", default=None)


def watched(numbers: Sequence[int]) -> Iterator[int]:
    """The numbers of the pages to be recognised; whoever is watching hears of each."""
    watch = watching.get()
    for place, number in enumerate(numbers, 1):
        if watch is not None:
            watch(place, len(numbers))
        yield number


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on a page: its size in pixels, its ruled lines (points), its boxes and lines of text (pixels)."""

    width: int
    height: int
    rules: list[Rule]
    boxes: list[Box]
    lines: list[Seen]

    @property
    def scale(self) -> float:
        """Points a pixel."""
        return _LONG_SIDE / max(self.width, self.height)


def _read(grey: ndarray) -> _Page:
    """Ruled lines, and the text of the page without them: a line beside a character is read as 1 or 丨."""
    height, width = grey.shape[:2]
    scale = _LONG_SIDE / max(height, width)
    rules, mask = ruled(grey, scale)
    clean = grey.copy()
    clean[mask > 0] = 255
    walls = [(rule.x0 / scale, rule.top / scale, rule.bottom / scale) for rule in rules if not rule.level]
    boxes = list(parted(text_boxes(clean), walls))
    return _Page(width, height, rules, boxes, list(once(list(recognised(clean, boxes, walls)))))


def once(lines: Sequence[Seen]) -> Iterator[Seen]:
    """The lines with no character of one that another, longer one shows at the same place.

    Text is looked for in boxes that may overlap: the one of a cell may reach back over the end of the cell beside it.
    """
    for seen in lines:
        over = [one for one in lines if len(one.text) > len(seen.text) and _beside(one.box, seen.box)]
        kept = [at for at in range(len(seen.text)) if not any(_shows(one, seen, at) for one in over)]
        if len(kept) == len(seen.text):
            yield seen
        elif kept:
            edges = (*[seen.edges[at] for at in kept], seen.edges[kept[-1] + 1])
            text = "".join(seen.text[at] for at in kept)
            yield seen._replace(text=text, edges=edges, sure=tuple(seen.sure[at] for at in kept))


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line and overlap."""
    common = min(one.y1, other.y1) - max(one.y0, other.y0)
    return common * 2 > min(one.y1 - one.y0, other.y1 - other.y0) and one.x0 < other.x1 and other.x0 < one.x1


def _shows(one: Seen, seen: Seen, at: int) -> bool:
    """Whether `one` has the same character where `seen` has its `at`th."""
    middle = (seen.edges[at] + seen.edges[at + 1]) / 2
    places = zip(one.edges, one.edges[1:], one.text, strict=False)
    return any(left <= middle <= right and text == seen.text[at] for left, right, text in places)


def _lies_sideways(page: _Page) -> bool:
    return sum(box.tall for box in page.boxes) * 2 > len(page.boxes)


def _is_upside_down(page: _Page) -> bool:
    """Whether hardly anything on a full page is certain."""
    sure = [one for seen in page.lines for one in seen.sure]
    return len(sure) > 40 and median(sure) < 0.5


def _leaf(page: _Page, number: int) -> Leaf:
    sizes = _sizes(page.lines)
    words = [word for seen, size in zip(page.lines, sizes, strict=True) for word in _words(seen, size, page.scale)]
    return Leaf(number, page.width * page.scale, page.height * page.scale, words, page.rules)


def _words(seen: Seen, size: float, scale: float) -> Iterator[Word]:
    """The line as words, certain and uncertain characters apart; all stand as high as the line."""
    middle = (seen.box.y0 + seen.box.y1) / 2
    text = widened(seen.text)
    sure = [1.0 if _is_mark(character) else one for character, one in zip(text, seen.sure, strict=True)]
    for slip in slips(text):
        sure[slip.start : slip.end] = [0.0] * (slip.end - slip.start)
    top, bottom = (middle - size / 2) * scale, (middle + size / 2) * scale
    edges = [edge * scale for edge in seen.edges]
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (sure[at] < SURE) == (sure[start] < SURE):
            continue
        own = tuple(edges[start:at])
        yield Word(text[start:at], own[0], top, edges[at], bottom, size * scale, own, min(sure[start:at]))
        start = at


def _sizes(lines: Sequence[Seen]) -> list[float]:
    """The size of the type of each line: how far Chinese characters stand apart; for short lines as high as the line is.

    Sizes that hardly differ from that of most lines are the same.
    """
    heights = [seen.box.y1 - seen.box.y0 for seen in lines]
    pitches = [_pitch(seen) for seen in lines]
    known = [(pitch, height) for pitch, height in zip(pitches, heights, strict=True) if pitch]
    ratio = median(pitch / height for pitch, height in known) if known else _TYPE
    usual = median(pitch for pitch, _ in known) if known else 0.0
    sizes = [
        (pitch or ratio * height, _ALIKE if pitch else _ROUGHLY) for pitch, height in zip(pitches, heights, strict=True)
    ]
    return [usual if abs(size - usual) < near * usual else size for size, near in sizes]


def _pitch(seen: Seen) -> float:
    pairs = zip(seen.edges, seen.edges[1:], seen.text, strict=False)
    steps = [right - left for left, right, character in pairs if character >= _HAN and not _is_mark(character)]
    height = seen.box.y1 - seen.box.y0
    return min(max(median(steps), 0.4 * height), 1.2 * height) if len(steps) > 3 else 0.0


def _is_mark(character: str) -> bool:
    """Whether a character is punctuation, of which nothing depends on the exact form."""
    return unicodedata.category(character).startswith("P")


_HAN = "\u2e80"
_TYPE = 0.65
"""The size of type as a part of the height of the box around a line, where no line tells it."""
_ALIKE, _ROUGHLY = 0.18, 0.5  # of the size: what differs less is the same, measured or guessed
_NARROW = dict(zip("(),:;?!", "（），：；？！", strict=True))
_BESIDE_HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[(),:;?!]|[(),:;?!](?=[\u2e80-\u9fff])")


def widened(text: str) -> str:
    """`text` with the punctuation of Chinese as wide as it is printed: recognition does not tell the widths apart."""
    return _BESIDE_HAN.sub(lambda mark: _NARROW[mark[0]], text)
