"""Paragraphs broken at a fixed width, as in text copied out of a PDF or a fax: put together again.

Whether a document is broken at all is told by its lines as a whole; where that is unsure, every line stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.reading.lines import EDGES, Line, columns, separator
from knowledge.reading.openings import (
    begins,
    begins_label,
    ended,
    in_bracket,
    is_bracketed_duty,
    is_day,
    is_listed,
    is_rest,
    is_torn,
    numbered,
)

_NARROWEST, _WIDEST = 32, 100  # half-width columns: 16 to 50 Chinese characters
_SAMPLE = 1000  # pairs of lines, spread over the text, that tell its width
_LONGEST = 4000  # characters; no paragraph of an office document comes near
_EXACT = 1
_SLACK = 4
_TORN_SLACK = 8
_BEYOND = 6  # blanks put in around digits, a stop that hangs over the edge
_HEAD_INDENT = 4
_CENTRED = 14
_PAGE_MARK = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／，,]?\s*共?\s*\d{1,3}\s*页?)?[-—–－·\s]*")
_STOP = ("。", "！", "？", "；", ";", "）", ")", "”")
_BLANKS = re.compile("[ \u00a0\u3000]+")
_UNIT = re.compile(r"[A-Za-z0-9.%％/:-]+|[“《（(]*.")
_STOPS = re.compile(r"[，。、；：！？）)”》〕】]*")


def _without_blanks(text: str) -> str:
    body = text.lstrip(EDGES)
    return text[: len(text) - len(body)] + _BLANKS.sub("", body)


MEASURES: tuple[Callable[[str], int], ...] = (
    columns,
    lambda text: columns(_without_blanks(text)),
    lambda text: 2 * len(text),
    lambda text: 2 * len(_without_blanks(text)),
)
"""How the width may have been counted: by print or by characters, with or without blanks put in afterwards."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line of running text as it is judged by itself."""

    text: str
    widths: tuple[int, ...]
    indent: int
    begins: bool
    numbered: bool
    ended: bool

    @staticmethod
    def of(line: str) -> Strip:
        """The strip of a line that is not blank."""
        body = line.strip(EDGES)
        bare = line.rstrip(EDGES)
        widths = tuple(measure(bare) for measure in MEASURES)
        indent = columns(bare) - columns(body)
        return Strip(body, widths, indent, begins(body), numbered(body), ended(body))


@dataclass(frozen=True, slots=True)
class Page:
    """The width at which lines break, the measure it is counted in, and what indentation tells.

    `head` is by how much the first line of a paragraph stays behind where its indentation was lost; `rest` the indent
    of the lines that continue (None: it varies), `apart` whether paragraphs begin at another one.
    """

    width: int
    measure: int
    head: int = _HEAD_INDENT
    rest: int | None = None
    apart: bool = False

    def is_full(self, strip: Strip, following: Strip, first: bool, slack: int = _SLACK) -> bool:
        """Whether the beginning of `following` would not have gone on the line of `strip` any more."""
        left = self.width - strip.widths[self.measure]
        return left >= -_BEYOND and left - (self.head if first else 0) < self._unit(following.text) + slack

    def _unit(self, text: str) -> int:
        """The width of what cannot be broken at the beginning of `text`: a number, a word, a mark with its stop."""
        match = _UNIT.match(text)
        end = match.end() if match else 0
        stops = _STOPS.match(text, end)
        return max(0, MEASURES[self.measure](text[: stops.end() if stops else end]) - 2)

    def fits(self, strip: Strip) -> bool:
        """Whether a line stands where continuations stand."""
        if self.rest is None:
            return strip.indent < _CENTRED
        return abs(strip.indent - self.rest) <= 1


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """`lines` with broken paragraphs joined under the number of their first line, where the text is broken at all.

    Page numbers between two halves of a paragraph follow it. Nothing but line breaks and blanks beside them is lost.
    """
    strips = _strips(lines) if _may_be(lines) else {}
    pairs = _neighbours(lines, strips)
    page = page_of(pairs[:: len(pairs) // _SAMPLE + 1], [strip.widths for strip in strips.values()])
    return list(lines) if page is None else _joined(lines, strips, page)


def _strips(lines: Sequence[Line]) -> dict[int, Strip]:
    """The lines of running text by their position; the one above a date alone is a signature and begins something."""
    strips = {at: Strip.of(text) for at, (_, text) in enumerate(lines) if _is_prose(text)}
    for above, here in pairwise(list(strips)):
        if is_day(strips[here].text) and not strips[above].ended:
            strips[above] = replace(strips[above], begins=True)
    return strips


def _is_prose(text: str) -> bool:
    return bool(text.strip(EDGES)) and "\n" not in text and not separator(text)


def _may_be(lines: Sequence[Line]) -> bool:
    """Whether nearly every line is short enough: a paragraph a line is soon longer than any page is wide."""
    filled = [len(text) for _, text in lines if text and "\t" not in text]
    return len(filled) > 4 and sum(length > _WIDEST for length in filled) <= len(filled) // 20


Pair = tuple[Strip, Strip]


def _neighbours(lines: Sequence[Line], strips: dict[int, Strip]) -> list[Pair]:
    """The lines that may be broken with what follows them, page numbers between them left out of account."""
    out: list[Pair] = []
    kept = [at for at, (_, text) in enumerate(lines) if not _is_page_mark(text)]
    for here, then in pairwise(kept):
        first, second = strips.get(here), strips.get(then)
        if first and second and not first.ended and (not second.begins or in_bracket(first.text)):
            out.append((first, second))
    return out


def page_of(pairs: Sequence[Pair], widths: Sequence[tuple[int, ...]]) -> Page | None:
    """The page on which most of `pairs` are broken at the edge; None where too few are or too many are not."""
    pages = [page for measure in range(len(MEASURES)) if (page := _best(pairs, widths, measure)) is not None]
    if not pages:
        return None
    page = max(pages, key=lambda one: (len(_full(one, pairs, _EXACT)), len(_full(one, pairs)), -one.measure))
    full = _full(page, pairs)
    if not _is_broken(pairs, full):
        return None
    return _indented(page, pairs, full)


def _best(pairs: Sequence[Pair], widths: Sequence[tuple[int, ...]], measure: int) -> Page | None:
    counted = Counter(own[measure] for own in widths)
    total = sum(counted.values())
    pages = [
        Page(width, measure)
        for width in {first.widths[measure] for first, _ in pairs}
        if _NARROWEST <= width <= _WIDEST
        and sum(n for own, n in counted.items() if own > width + 2) <= max(1, total // 20)
    ]
    return max(pages, key=lambda page: (len(_full(page, pairs)), -page.width), default=None)


def _full(page: Page, pairs: Sequence[Pair], slack: int = _SLACK) -> list[Pair]:
    return [(a, b) for a, b in pairs if page.is_full(a, b, a.begins and not a.indent, slack)]


def _is_broken(pairs: Sequence[Pair], full: Sequence[Pair]) -> bool:
    """Whether lines are broken by a width: enough of them plainly torn, few that end early without a stop."""
    early = sum(not first.numbered and not begins_label(first.text) for first, _ in pairs) - sum(
        not first.numbered and not begins_label(first.text) for first, _ in full
    )
    if len(full) < 3 or len(full) < 2 * early:
        return False
    torn = sum(is_torn(first.text, second.text) for first, second in full)
    closed = sum(second.ended for _, second in full)
    return torn >= 2 or (len(full) >= 4 and 2 * closed >= len(full))


def _indented(page: Page, pairs: Sequence[Pair], full: Sequence[Pair]) -> Page:
    """`page` with what its indents tell, and how far first lines stay behind."""
    rest = _usual(second.indent for _, second in full)
    begin = _usual(first.indent for first, _ in pairs if first.numbered)
    firsts = [first.widths[page.measure] for first, _ in full if first.begins]
    head = min(_HEAD_INDENT, max(0, page.width - max(firsts))) if firsts else 0
    apart = rest is not None and begin is not None and abs(begin - rest) > 1
    return Page(page.width, page.measure, 0 if apart else head, rest, apart)


def _usual(indents: Iterable[int]) -> int | None:
    """The indent that most lines have; None where they differ."""
    counted = Counter(indents).most_common(1)
    return counted[0][0] if counted and counted[0][1] >= 0.7 * sum(1 for _ in counted) else None


class _Paragraph:
    """The paragraph being put together, and the page numbers and blank lines seen since its last line."""

    def __init__(self, line: Line, strip: Strip | None) -> None:
        self.number, self.text = line
        self.last, self.first_only = strip, True
        self.after: list[Line] = []
        self.between: list[Line] = []

    def take(self, line: Line, strip: Strip) -> None:
        """Joins a line to the paragraph."""
        self.text = joined(self.text, line[1])
        self.last, self.first_only = strip, False
        self.after += self.between
        self.between = []

    def lines(self) -> list[Line]:
        """The paragraph and what stood inside and behind it."""
        return [(self.number, self.text), *self.after, *self.between]

    def crosses(self) -> bool:
        """Whether nothing but the end of a page lies behind the last line."""
        return not self.between or any(_is_page_mark(text) for _, text in self.between)


def _joined(lines: Sequence[Line], strips: dict[int, Strip], page: Page) -> list[Line]:
    out: list[Line] = []
    held: _Paragraph | None = None
    for at, line in enumerate(lines):
        strip = strips.get(at)
        if held and (not line[1].strip(EDGES) or _is_page_mark(line[1])):
            held.between.append(line)
        elif held and strip and held.crosses() and _goes_on(held, strip, page):
            held.take(line, strip)
        else:
            out += held.lines() if held else []
            held = _Paragraph(line, strip)
    return out + (held.lines() if held else [])


def _goes_on(held: _Paragraph, strip: Strip, page: Page) -> bool:
    """Whether the paragraph `held` goes on in `strip`."""
    last = held.last
    if last is None or last.indent >= _CENTRED or len(held.text) > _LONGEST or not page.fits(strip):
        return False
    text = held.text.strip(EDGES)
    opens = in_bracket(text)
    if strip.begins and not (opens and not strip.numbered) and not _is_addressees(text, strip):
        return False
    if (ended(text) and not _behind_end(text, strip.text, page)) or is_listed(last.text, strip.text):
        return False
    slack = _TORN_SLACK if is_torn(text, strip.text) else _SLACK
    return page.is_full(last, strip, held.first_only and last.begins, slack)


def _behind_end(text: str, rest: str, page: Page) -> bool:
    """Whether `rest` goes on behind the end of a sentence: by its first mark, its duties, or where it stands."""
    return is_rest(rest) or is_bracketed_duty(rest) or (page.apart and text.endswith(_STOP))


def _is_addressees(text: str, strip: Strip) -> bool:
    """Whether a list of addressees goes on over a second line."""
    return text.startswith("各") and strip.text.startswith("各") and not numbered(strip.text)


def _is_page_mark(text: str) -> bool:
    body = text.strip(EDGES)
    return bool(body) and _PAGE_MARK.fullmatch(body) is not None


def joined(text: str, rest: str) -> str:
    """Two parts of a paragraph as one: Latin words get a blank between them, Chinese characters and digits none."""
    text, rest = text.rstrip(EDGES), rest.strip(EDGES)
    apart = text[-1:].isascii() and text[-1:].isalpha() and rest[:1].isascii() and rest[:1].isalpha()
    return f"{text} {rest}" if apart else text + rest
