"""What is drawn on an OFD page (GB/T 33190-2016): text set character by character, paths, pictures, as words and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise, repeat
from math import atan2, degrees, hypot, isfinite
from typing import TYPE_CHECKING

from knowledge.reading.leaf import CUT, Word, is_blank, width_of
from knowledge.reading.pdf_rules import PALE, Drawn, Matrix, around, is_thin, take_rule
from knowledge.reading.pdf_words import ABOVE, ASKEW, BELOW, TINY, Printed
from knowledge.reading.radicals import unified

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of the format."""

_FARTHEST = 100_000.0  # millimetres: what lies farther is no place
_WIDEST = 0.98  # of the type size: the advance of the widest Latin letter
_MOST_NUMBERS = 20_000  # of one path or one row of offsets
_MOST_GROUNDS = 200  # painted areas of a page: each is asked about every white word
_OBJECTS = frozenset({"TextObject", "PathObject", "ImageObject"})
_LETTERS = frozenset("SMLQBAC")
"""The letters of a path: start, move, line, curves, arc, close."""

Point = tuple[float, float]


def local(element: _Element) -> str:
    """The name of an element without its namespace, of which several are about."""
    return str(element.tag).rpartition("}")[2]


def objects_in(root: _Element) -> Iterator[_Element]:
    """Text, paths and pictures of a page or template, however deep their page blocks lie within each other."""
    return (element for element in root.iter() if local(element) in _OBJECTS)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; one that is none, or beyond any paper, is read as 0."""
    return [_number(one) for one in (text or "").split(maxsplit=_MOST_NUMBERS)[:_MOST_NUMBERS]]


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if isfinite(value) and abs(value) <= _FARTHEST else 0.0


def take(element: _Element, page: Matrix, printed: Printed, drawn: Drawn) -> int:
    """Adds one object to what its page holds; `page` takes millimetres to points. Returns how many characters it has."""
    if element.get("Visible") == "false":
        return 0
    x, y, width, height = (*numbers(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0)[:4]
    own = numbers(element.get("CTM"))
    inner = Matrix(*own) if len(own) == 6 else Matrix()
    matrix = inner.within(Matrix(e=x, f=y)).within(page)
    if local(element) == "TextObject":
        return _take_text(element, matrix, printed)
    if local(element) == "PathObject":
        _take_path(element, matrix, drawn)
    else:
        drawn.pictures.append(page.box(x, y, x + width, y + height))
    return 0


def _take_text(element: _Element, matrix: Matrix, printed: Printed) -> int:
    size = _number(element.get("Size", ""))
    scale = _number(element.get("HScale", "1")) or 1.0
    high, wide = size * hypot(matrix.c, matrix.d), size * scale * hypot(matrix.a, matrix.b)
    angle = degrees(atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    place: list[str | None] = [None, None]
    taken = 0
    for code in element.iter():
        if local(code) == "TextCode":
            place = [code.get("X", place[0]), code.get("Y", place[1])]
            text = "".join(code.itertext()).strip("\r\n")
            points = [matrix.point(*at) for at in _places(code, place, text, size * scale)]
            words = _words(text, points, high, wide) if not quarter else _turned(text, points, high)
            kind = "slanted" if abs(angle - 90 * quarter) > ASKEW else _seen(element, high)
            getattr(printed, kind).extend(words)
            taken += len(text)
    return taken


def _seen(element: _Element, size: float) -> str:
    """The list of Printed into which the words of an object belong."""
    unpainted = element.get("Fill") == "false" and element.get("Stroke") != "true"
    if size < TINY or unpainted or element.get("Alpha") == "0":
        return "unseen"
    return "pale" if _is_pale(element) else "words"


def _is_pale(element: _Element) -> bool:
    colour = next((child for child in element if local(child) == "FillColor"), None)
    values = numbers(None if colour is None else colour.get("Value"))
    return len(values) in (1, 3) and min(values) >= PALE


def _places(code: _Element, place: Sequence[str | None], text: str, size: float) -> list[Point]:
    """The origin of each character; without offsets each stands behind the one before it."""
    across = _offsets(code.get("DeltaX"))
    down = _offsets(code.get("DeltaY"))
    if across is None:
        across = repeat(0.0) if down is not None else (width_of(one, size) for one in text)
    xs = accumulate(chain(across, repeat(0.0)), initial=_number(place[0] or ""))
    ys = accumulate(chain(down or (), repeat(0.0)), initial=_number(place[1] or ""))
    return list(islice(zip(xs, ys, strict=False), len(text)))


def _offsets(text: str | None) -> Iterator[float] | None:
    """Offsets one by one, `g count value` written out (§11.3) only as far as somebody asks."""
    return None if text is None or not text.strip() else _written_out(text.split(maxsplit=_MOST_NUMBERS))


def _written_out(marks: Iterable[str]) -> Iterator[float]:
    left = iter(marks)
    for mark in left:
        if mark == "g":
            count = _number(next(left, ""))
            yield from repeat(_number(next(left, "")), max(0, int(count)))
        else:
            yield _number(mark)


def _words(text: str, points: Sequence[Point], high: float, wide: float) -> Iterator[Word]:
    """Characters in a row as words: a gap or another height ends one."""
    run: list[tuple[str, float]] = []
    blank, x1, baseline = False, 0.0, 0.0
    for at, (character, (x, y)) in enumerate(zip(text, points, strict=True)):
        if character.isspace():
            blank = True
            continue
        gap = (x - x1) / wide if wide else 0.0
        if run and (not -0.5 < gap < CUT or abs(y - baseline) > 0.5 * high):
            yield _word(run, x1, baseline, high)
            run, blank = [], False
        if run and (blank or is_blank(run[-1][0], character, gap)):
            run.append((" ", x1))
        run.append((character, x))
        blank, baseline = False, y
        x1 = _end(character, x, points[at + 1][0] if at + 1 < len(points) else None, wide)
    if run:
        yield _word(run, x1, baseline, high)


def _end(character: str, x: float, after: float | None, wide: float) -> float:
    """The right edge of a character: a Latin letter reaches to the next one, a Chinese one is as wide as the type."""
    if character.isascii() and after is not None and 0 < after - x <= _WIDEST * wide:
        return after
    return x + width_of(character, wide)


def _word(run: Sequence[tuple[str, float]], x1: float, baseline: float, high: float) -> Word:
    written = "".join(character for character, _ in run)
    text = unified(written)
    edges = tuple(x for _, x in run) if len(text) == len(written) else ()
    return Word(text, run[0][1], baseline - ABOVE * high, x1, baseline + BELOW * high, high, edges)


def _turned(text: str, points: Sequence[Point], size: float) -> Iterator[Word]:
    """A row of characters that does not run from left to right: one word in the box around it."""
    if text.strip():
        x0, top, x1, bottom = around(list(points))
        yield Word(unified(text.strip()), x0, top, x1 + size, bottom + size, size)


def _take_path(element: _Element, matrix: Matrix, drawn: Drawn) -> None:
    strokes, fills = element.get("Stroke") != "false", element.get("Fill") == "true"
    if element.get("Alpha") == "0":
        return
    for path in _subpaths(element, matrix):
        limits = around(path)
        if is_thin(limits):
            take_rule(limits, drawn)
        elif strokes:
            for (ax, ay), (bx, by) in pairwise(path):
                take_rule((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), drawn)
        if fills and len(drawn.painted) < _MOST_GROUNDS and not _is_pale(element):
            drawn.painted.append(limits)


def _subpaths(element: _Element, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each part of a path, closed ones with the first corner again at the end."""
    path: list[Point] = []
    for letter, values in _segments(element):
        if letter == "C":
            path += path[:1]
            continue
        if letter in "SMQBA" and path:
            yield path
            path = []
        if len(values) >= 2:
            path.append(matrix.point(*values[-2:]))
    if path:
        yield path


def _segments(element: _Element) -> Iterator[tuple[str, list[float]]]:
    """Letters of a path, each with the numbers behind it."""
    codes = (child.text or "" for child in element if local(child) == "AbbreviatedData")
    letter, values = "", list[float]()
    for mark in "".join(codes).split(maxsplit=_MOST_NUMBERS)[:_MOST_NUMBERS]:
        if mark in _LETTERS:
            if letter:
                yield letter, values
            letter, values = mark, []
        else:
            values.append(_number(mark))
    if letter:
        yield letter, values
