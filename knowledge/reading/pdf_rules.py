"""What is drawn on a PDF page beside characters, by PDFium: ruled lines, painted areas, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from knowledge.reading.leaf import Rule
from knowledge.reading.pdf_words import Box, Turn

_THIN = 3.2  # points: a thicker bar is an area
_SHORT = 3.0  # points: a shorter line rules nothing
_SMALL = 12.0  # points: what is smaller both ways is a dot, a box to tick, a piece of a drawing
_DEEPEST = 8
_MOST_OBJECTS = 30_000
_MOST_SEGMENTS = 4_000
PALE = 250


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f, as in ISO 32000-1 §8.3."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in the outer system."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box around a box in the outer system."""
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def within(self, outer: Matrix) -> Matrix:
        """This matrix followed by `outer`."""
        e, f = outer.point(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d, e, f,
        )  # fmt: skip


@dataclass(slots=True)
class Drawn:
    """Ruled lines, painted areas that are not white, and the areas of pictures, as the page is held."""

    rules: list[Rule] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def drawn_on(page: Any, turn: Turn) -> Drawn:
    """What is drawn on a page, forms inside it opened. A page with more objects than any office's is read that far."""
    import pypdfium2.raw as pdfium

    found = Drawn()
    for handle, kind, outer in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_path(handle, outer, turn, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(turn(*outer.box(*_bounds(handle))))
    return found


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """The objects of a page and of the forms on it, each with the matrix of what holds it."""
    import pypdfium2.raw as pdfium

    left = _MOST_OBJECTS
    holders: list[tuple[Any, Any, int, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject, page, pdfium.FPDFPage_CountObjects(page), Matrix(), 0)
    ]
    while holders:
        getter, holder, count, outer, depth = holders.pop()
        for at in range(min(count, left)):
            left -= 1
            handle = getter(holder, at)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _matrix(handle).within(outer)
                held = pdfium.FPDFFormObj_CountObjects(handle)
                holders.append((pdfium.FPDFFormObj_GetObject, handle, held, inner, depth + 1))
            else:
                yield handle, kind, outer


def _matrix(handle: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _bounds(handle: Any) -> Box:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _take_path(handle: Any, outer: Matrix, turn: Turn, found: Drawn) -> None:
    import pypdfium2.raw as pdfium

    box = turn(*outer.box(*_bounds(handle)))
    if is_thin(box):
        take_rule(box, found)
        return
    if max(box[2] - box[0], box[3] - box[1]) < _SMALL:
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroked)
    count = pdfium.FPDFPath_CountSegments(handle)
    if count > _MOST_SEGMENTS:
        return
    for path in _subpaths(handle, count, _matrix(handle).within(outer), turn):
        limits = around(path)
        if stroked.value:
            for (ax, ay), (bx, by) in pairwise(path):
                take_rule((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), found)
        elif mode.value and is_thin(limits):
            take_rule(limits, found)
    if mode.value and not _is_pale(handle):
        found.painted.append(box)


def _subpaths(handle: Any, count: int, matrix: Matrix, turn: Turn) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path, closed ones with the first corner again at the end."""
    import pypdfium2.raw as pdfium

    path: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = matrix.point(x.value, y.value)
        left, top, _, _ = turn(px, py, px, py)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and path:
            yield path
            path = []
        path.append((left, top))
        if pdfium.FPDFPathSegment_GetClose(segment):
            path.append(path[0])
    if path:
        yield path


def around(path: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in path], [y for _, y in path]
    return min(xs), min(ys), max(xs), max(ys)


def is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def take_rule(box: Box, found: Drawn) -> None:
    """A level or upright line, brought to no thickness; anything askew or short rules nothing."""
    x0, top, x1, bottom = box
    if not is_thin(box) or max(x1 - x0, bottom - top) < _SHORT:
        return
    if x1 - x0 >= bottom - top:
        found.rules.append(Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2))
    else:
        found.rules.append(Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom))


def _is_pale(handle: Any) -> bool:
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return False
    return not alpha.value or min(red.value, green.value, blue.value) >= PALE
