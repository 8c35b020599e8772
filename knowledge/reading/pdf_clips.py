"""What of a PDF page is cut off: a cell merged over two pages is printed on both, and shown on the one where its words fall."""

from __future__ import annotations

import ctypes
from typing import Any

_AROUND = 1.0  # points


def is_cut_off(handle: Any) -> bool:
    """Whether a text object lies outside one of the paths that it is clipped to, in whole or with more than half of its height."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count < 1:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return False
    boxes = (_box(clip, at) for at in range(count))
    middle = (bottom.value + top.value) / 2
    return any(
        right.value < x0 - _AROUND or left.value > x1 + _AROUND or not y0 <= middle <= y1
        for x0, y0, x1, y1 in filter(None, boxes)
    )


def _box(clip: Any, at: int) -> tuple[float, float, float, float] | None:
    """The limits of one path, in the page's own system; None where it has no corners."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    across, upwards = list[float](), list[float]()
    for part in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, at))):
        if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, at, part), x, y):
            across.append(x.value)
            upwards.append(y.value)
    return (min(across), min(upwards), max(across), max(upwards)) if across else None
