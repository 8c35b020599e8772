"""来文比对表: two documents side by side as a paper, for those who have to know what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.contrast import Line, Part, parts_of
from bot.papers.paper import Column, Paper, Piece, Words
from handlers import wording_comparison as said
from knowledge.comparison import Comparison, Fate, Fragment
from knowledge.model import Document

_NOTE = "注：删除线是不再有的文字，加粗并加下划线的是新加的文字。本表由计算机逐项比对生成，“可能是同一项”的请人工核对。"


def comparison_paper(comparison: Comparison, office: str, day: date, unit: str = "") -> Paper:
    """The comparison as a paper. `office` made it (empty: not named) on `day`; `unit` is whom it was narrowed to."""
    title = _title(comparison, unit)
    paper = Paper(title, office, day)
    paper.title(title)
    paper.paragraph(_between(comparison, unit))
    paper.paragraph(said.summary(comparison))
    if renamed := said.renamed(comparison):
        paper.paragraph(renamed)
    parts = parts_of(comparison)
    if parts:
        old, new = said.labels(comparison.old, comparison.new)
        columns = (Column("序号", 16, centred=True), Column(old, 55), Column(new, 55), Column("变化", 34))
        paper.table(columns, [row for part in parts for row in _rows(part)])
        paper.note(_NOTE)
    paper.signature(office, day)
    return paper


def _title(comparison: Comparison, unit: str) -> str:
    whose = f"{unit}有关任务" if unit else ""
    years = {comparison.old.year, comparison.new.year}
    if len(years) == 2 and None not in years:
        return f"《{comparison.new.title}》与{comparison.old.year}年{whose}比对表"
    return f"《{comparison.new.title}》修订前后{whose}比对表"


def _between(comparison: Comparison, unit: str) -> str:
    only = f"以下只列与{unit}有关的任务。" if unit else ""
    return f"将{_named(comparison.new)}与{_named(comparison.old)}逐项比对，结果如下。{only}"


def _named(document: Document) -> str:
    known = [document.number] if document.number else []
    known += (
        [f"{document.issued.year}年{document.issued.month}月{document.issued.day}日印发"] if document.issued else []
    )
    return f"《{document.title}》" + (f"（{'，'.join(known)}）" if known else f"（{document.source}）")


def _rows(part: Part) -> list[Sequence[Words]]:
    return [[part.title], *(_row(line) for line in part.lines)]


def _row(line: Line) -> Sequence[Words]:
    old, new = line.numbers
    number = old if old == new else f"{old or '—'}→{new or '—'}"
    return [number, _pieces(line.old), _pieces(line.new), "\n".join(line.changes)]


def _pieces(side: Sequence[Fragment]) -> Words:
    if not side:
        return "—"
    return [Piece(one.text, one.fate is Fate.STRUCK, one.fate is Fate.ADDED) for one in side]
