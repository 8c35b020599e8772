"""The page on the comparison of engines: its table and what it says of the largest stores are written from the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "检索对比.md"
BEGINS, ENDS = (
    "<!-- 以下由 python -m benchmarks.retrieval 写成 -->",
    "<!-- 以上由 python -m benchmarks.retrieval 写成 -->",
)
_NAMES = {"qiantou": "牵头", "qiantou[large]": "牵头（扩展 large）"}
_KINDS = {
    "plain": "原词", "homophone": "错一字", "two homophones": "错两字", "pinyin": "全拼", "paraphrase": "换说法",
}  # fmt: skip
_HEAD = (
    "条数", "检索", *_KINDS.values(), "前五有", "中位毫秒", "99%毫秒", "是我们的几倍", "原词中位毫秒", "建索引秒", "内存MB"
)  # fmt: skip

Figures = Mapping[str, Any]


def save(found: Sequence[Figures], machine: str, page: Path = PAGE) -> None:
    """Put the figures (see `benchmarks.retrieval.Figures`) in the place of those on the page. Raises ValueError where the page
    has no such place."""
    text = page.read_text(encoding="utf-8")
    before, begins, rest = text.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not (begins and ends):
        raise ValueError(f"{page} has no place for the figures")
    page.write_text(f"{before}{BEGINS}\n\n{written(found, machine)}\n\n{ENDS}{after}", encoding="utf-8")


def written(found: Sequence[Figures], machine: str) -> str:
    """The table in Chinese, where it was measured, and what the largest store shows."""
    lines = [f"{machine}。", "", f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD)]
    for size in sorted({one["rows"] for one in found}):
        group = [one for one in found if one["rows"] == size]
        lines += [_row(one, _ours(group)) for one in group]
    return "\n".join((*lines, "", *_said(found)))


def _ours(group: Sequence[Figures]) -> Figures | None:
    """The faster of ours among engines at one size."""
    return min((one for one in group if one["engine"] in _NAMES), key=lambda one: one["p50"], default=None)


def _row(one: Figures, ours: Figures | None) -> str:
    kinds = [f"{one['kinds'][kind]:.3f}" if kind in one["kinds"] else "–" for kind in _KINDS]
    cells = [
        f"{one['rows']:,}", _NAMES.get(one["engine"], one["engine"]), *kinds, f"{one['top5']:.3f}",
        f"{one['p50']:.2f}", f"{one['p99']:.2f}", f"{one['p50'] / ours['p50']:.2f}" if ours else "–",
        f"{one['plain50']:.2f}", f"{one['build']:.1f}", f"{one['memory']:.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _said(found: Sequence[Figures]) -> list[str]:
    """How the others do beside ours in the largest store, a line each."""
    group = [one for one in found if one["rows"] == max(one["rows"] for one in found)]
    ours = _ours(group)
    if ours is None:
        return []
    whole = max(one["asked"] for one in group)
    lines = [f"{ours['rows']:,}条时，与我们（中位{ours['p50']:.2f}毫秒，首个答对{ours['top1']:.1%}）相比："]
    for one in group:
        if one["engine"] not in _NAMES:
            right = f"首个答对{one['top1']:.1%}" if one["asked"] == whole else f"只来得及答{one['asked']}问"
            lines.append(f"- {one['engine']}：耗时是我们的{one['p50'] / ours['p50']:.2f}倍，{right}")
    return lines
