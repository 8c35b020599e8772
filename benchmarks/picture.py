"""The picture of a comparison: time and accuracy as the store grows, drawn by hand as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from pathlib import Path
from typing import Any

PLACE = Path(__file__).resolve().parents[1] / "docs" / "检索对比.svg"
_COLOURS = ("#c0392b", "#e67e22", "#2471a3", "#117a65", "#7d3c98", "#7f8c8d", "#2c3e50")
_WIDE, _HIGH, _LEFT, _TOP, _GAP = 420, 300, 60, 50, 110


def save(found: Sequence[Mapping[str, Any]], place: Path = PLACE) -> None:
    """Draw the figures (see `benchmarks.retrieval.Figures`) into `place`."""
    place.write_text(drawn(found), encoding="utf-8")


def drawn(found: Sequence[Mapping[str, Any]]) -> str:
    """Two panels side by side: the median time of a question (both axes logarithmic), and how often the first is right."""
    engines = list(dict.fromkeys(one["engine"] for one in found))
    sizes = [log10(one["rows"]) for one in found]
    times = [log10(one["p50"]) for one in found]
    left = _panel(
        found,
        engines,
        sizes,
        (min(times), max(times)),
        lambda one: log10(one["p50"]),
        0,
        "一问的中位耗时（毫秒）",
        10.0,
    )
    whole = max((one["asked"] for one in found), default=0)  # who ran out of time was asked the easy ones first
    judged = [one for one in found if one["asked"] == whole]
    right = _panel(
        judged, engines, sizes, (0.0, 1.0), lambda one: one["top1"], _WIDE + _GAP, "首个答案正确的比例", None
    )
    width, height = 2 * _WIDE + _GAP + _LEFT + 200, _HIGH + _TOP + 60
    legend = "".join(
        f'<g transform="translate({2 * _WIDE + _GAP + _LEFT + 24},{_TOP + 20 * at})"><rect width="14" height="4" y="-5" '
        f'fill="{_COLOURS[at % len(_COLOURS)]}"/><text x="20">{escape(engine)}</text></g>'
        for at, engine in enumerate(engines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>{left}{right}{legend}</svg>\n'
    )


def _panel(
    found: Sequence[Mapping[str, Any]], engines: Sequence[str], sizes: Sequence[float], span: tuple[float, float],
    value: Any, shift: int, title: str, base: float | None,
) -> str:  # fmt: skip
    low, high = span
    first, last = min(sizes), max(sizes)

    def x(size: float) -> float:
        return _LEFT + shift + (size - first) / ((last - first) or 1) * _WIDE

    def y(number: float) -> float:
        return _TOP + _HIGH - (number - low) / ((high - low) or 1) * _HIGH

    marks = [f'<text x="{_LEFT + shift}" y="{_TOP - 20}" font-weight="bold">{title}</text>']
    for size in sorted(set(sizes)):
        marks.append(f'<text x="{x(size):.0f}" y="{_TOP + _HIGH + 20}" text-anchor="middle">{round(10**size):,}</text>')
    steps = range(int(low) - 1, int(high) + 2) if base else [n / 5 for n in range(6)]
    for step in steps:
        if low <= step <= high:
            shown = f"{10**step:g}" if base else f"{step:.0%}"
            marks.append(
                f'<line x1="{_LEFT + shift}" x2="{_LEFT + shift + _WIDE}" y1="{y(step):.1f}" y2="{y(step):.1f}" stroke="#ddd"/>'
            )
            marks.append(f'<text x="{_LEFT + shift - 6}" y="{y(step) + 4:.1f}" text-anchor="end">{shown}</text>')
    for at, engine in enumerate(engines):
        points = " ".join(
            f"{x(log10(one['rows'])):.1f},{y(value(one)):.1f}" for one in found if one["engine"] == engine
        )
        marks.append(
            f'<polyline points="{points}" fill="none" stroke="{_COLOURS[at % len(_COLOURS)]}" stroke-width="2"/>'
        )
    return "".join(marks)
