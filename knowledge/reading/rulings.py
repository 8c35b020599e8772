"""Ruled lines and the slant of a scanned page, by OpenCV. Lengths are pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.reading.lattice import of_tables
from knowledge.reading.leaf import Rule

if TYPE_CHECKING:
    from numpy import ndarray

Area = tuple[slice, slice]
"""Rows and columns of an image."""

_STEEPEST = 6.0  # degrees; beyond, a page was not scanned but photographed
_STEP = 0.1
_SAMPLE = 900  # pixels: a page this wide shows its slant
_CLEAN, _FAINT = (43, 15), (17, 10)
"""Part of the page's longer side to compare ink with, how much darker it must be: lines by themselves, lines close to text."""
_SHORT = 0.014  # of the page's longer side: the height of the lowest row
_BRIDGE = 0.006  # of the page's longer side: as much of a long faint line may be missing
_LONG = 0.05  # of the page's longer side: no stroke of a character is as long
_THICK = 0.006  # of the page's longer side
_WHOLE, _CORE = 0.9, 0.6  # of a line's length: as much of it is inked where it is darkest, and where it still is a line
_ASIDE = 0.0017  # of the page's longer side: so far beside a line in a table nothing is printed
_CROWDED = 0.3  # of a line's length
_SLIM = 4  # times its thickness: a line is at least as long


def dark(grey: ndarray, around: int, darker: int) -> ndarray:
    """Ink as 255 on 0, whatever the light on the page: so much darker than the mean of a square around it."""
    import cv2

    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    side = max(15, max(grey.shape) // around) | 1
    return cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, darker)


def slant(grey: ndarray) -> float:
    """By how many degrees the page has to be turned counter-clockwise to stand level: rows of ink are sharpest then."""
    import cv2
    import numpy

    scale = min(1.0, _SAMPLE / max(grey.shape))
    small = dark(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), *_CLEAN)

    def sharpness(angle: float) -> float:
        rows = turned(small, angle, 0).sum(axis=1, dtype=numpy.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max(numpy.arange(-_STEEPEST, _STEEPEST + 0.5, 0.5), key=sharpness)
    return round(float(max(numpy.arange(coarse - 0.5, coarse + 0.55, _STEP), key=sharpness)), 2)


def turned(image: ndarray, angle: float, ground: int = 255) -> ndarray:
    """The image turned counter-clockwise about its middle, the corners filled."""
    import cv2

    if abs(angle) < _STEP / 2:
        return image
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(ground, ground, ground))


def ruled(grey: ndarray, scale: float) -> tuple[list[Rule], ndarray]:
    """The ruled lines of the tables on a level page, in units of `scale` pixels, and a mask of their ink."""
    import cv2
    import numpy

    found: dict[Rule, tuple[ndarray, Area]] = {}
    for ink in (dark(grey, *_CLEAN), dark(grey, *_FAINT)):
        for level in (True, False):
            lines, thick = _lines(ink, level)
            count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
            for x, y, width, height, _ in boxes[1:count].tolist():
                area = slice(y, y + height), slice(x, x + width)
                line = _line(thick, area, level)
                if line is not None:
                    found[_rule(line, level, scale)] = lines, line
    kept = of_tables(list(found), grey.shape[1] * scale, grey.shape[0] * scale)
    mask = numpy.zeros_like(grey)
    for rule in kept:
        lines, area = found[rule]
        mask[area] |= lines[area]
    return kept, cv2.dilate(mask, numpy.ones((3, 3), numpy.uint8))


def _line(thick: ndarray, area: Area, level: bool) -> Area | None:
    """The ruled line in a straight run of ink: thin, without gaps, and where it is short and upright, by itself.

    Strokes of neighbouring characters stand in one line too, but with gaps; those of one character stand close together.
    Characters that touch a line are left out of it.
    """
    import numpy

    side = max(thick.shape)
    filled = (thick[area] > 0).mean(axis=1 if level else 0)
    if filled.max() < _WHOLE:
        return None
    core = numpy.flatnonzero(filled >= _CORE)
    rows, columns = area
    start = (rows if level else columns).start
    across = slice(start + int(core[0]), start + int(core[-1]) + 1)
    rows, columns = (across, columns) if level else (rows, across)
    length = (columns.stop - columns.start) if level else (rows.stop - rows.start)
    thickness = across.stop - across.start
    if thickness > _THICK * side or length < _SLIM * thickness:
        return None
    short = not level and length < _LONG * side
    return None if short and _is_crowded(thick, rows, columns, max(2, int(_ASIDE * side))) else (rows, columns)


def _is_crowded(thick: ndarray, rows: slice, columns: slice, width: int) -> bool:
    """Whether ink stands close to an upright line on either side."""
    left = thick[rows, max(0, columns.start - 2 - width) : max(0, columns.start - 2)]
    right = thick[rows, columns.stop + 2 : columns.stop + 2 + width]
    return any(band.any(axis=1).mean() > _CROWDED for band in (left, right) if band.size)


def _rule(area: Area, level: bool, scale: float) -> Rule:
    rows, columns = area
    x, y = (columns.start + columns.stop) / 2 * scale, (rows.start + rows.stop) / 2 * scale
    if level:
        return Rule(columns.start * scale, y, columns.stop * scale, y)
    return Rule(x, rows.start * scale, x, rows.stop * scale)


def _lines(ink: ndarray, level: bool) -> tuple[ndarray, ndarray]:
    """The ink that goes on in one direction, short pieces as they are and long ones over small gaps; the ink made thicker."""
    import cv2
    import numpy

    side = max(ink.shape)

    def brush(size: float) -> ndarray:
        return numpy.ones((1, int(size)) if level else (int(size), 1), numpy.uint8)

    thick = cv2.dilate(
        ink, numpy.ones((3, 1) if level else (1, 3), numpy.uint8)
    )  # a line may sink by a pixel on its way
    short = cv2.morphologyEx(thick, cv2.MORPH_OPEN, brush(_SHORT * side))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, brush(max(3, _BRIDGE * side)))
    return cv2.bitwise_or(short, cv2.morphologyEx(closed, cv2.MORPH_OPEN, brush(_LONG * side))), thick
