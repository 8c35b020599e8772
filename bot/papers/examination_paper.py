"""文件体检单: an examination as a paper for the author of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.papers.paper import Column, Paper
from knowledge.examination import Examination, Finding, Leftover, Severity, Spot
from knowledge.model import Assignment

_FINDINGS = (
    Column("序号", 11, centred=True), Column("位置", 24), Column("原文", 40), Column("问题", 45), Column("建议", 36),
)  # fmt: skip
_UNREAD = (Column("序号", 11, centred=True), Column("位置", 33), Column("原文", 72), Column("可能的原因", 40))
_MOST_RELATED, _MOST_LINES, _LONGEST, _NAME = 3, 8, 60, 16
_NOTE = "注：本单由计算机核对生成，只就文字本身指出疑问，是否属实、如何修改请以人工核对为准。"


def examination_paper(
    examinations: Sequence[tuple[Examination, Sequence[Assignment]]], office: str, day: date
) -> Paper:
    """One paper for the authors of all documents examined, each document on pages of its own.

    `office` is the name of the office that examined, empty where it is not known; `day` the day of the paper.
    """
    first = examinations[0][0]
    paper = Paper(_title(first) if len(examinations) == 1 else "文件体检单", office, day)
    for at, (examination, assignments) in enumerate(examinations):
        if at:
            paper.new_page()
        _write(paper, examination, assignments)
        paper.signature(office, day)
    return paper


def _title(examination: Examination) -> str:
    return f"关于《{examination.document.title}》的文件体检单"


def _write(paper: Paper, examination: Examination, assignments: Sequence[Assignment]) -> None:
    paper.title(_title(examination))
    paper.addressee(examination.document.issuer or "文件起草单位")
    paper.paragraph(_summary(examination, assignments))
    parts = iter("一二三")
    if examination.findings:
        paper.heading(f"{next(parts)}、需要核改的问题")
        paper.table(_FINDINGS, list(_rows(examination)))
    unread = [one for one in examination.leftovers if not one.harmless]
    if unread:
        paper.heading(f"{next(parts)}、没有读入任何任务的文字")
        paper.paragraph("以下文字没有归入任何一项任务，请核对其中有没有应当列为任务的内容。")
        paper.table(_UNREAD, [_unread(at, one) for at, one in enumerate(unread, 1)])
    paper.note(_NOTE)


def _summary(examination: Examination, assignments: Sequence[Assignment]) -> str:
    document = examination.document
    known = [document.number] if document.number else []
    known += [f"{_chinese(document.issued)}印发"] if document.issued else []
    named = f"《{document.title}》" + (f"（{'，'.join(known)}）" if known else "")
    numbered = sum(a.number is not None for a in assignments)
    cover = len(assignments) - numbered
    read = f"读到任务{numbered}项" + (f"、正文要求{cover}项" if cover else "") if assignments else "没有读到任务"
    if not examination.findings:
        return f"对{named}逐项核对，{read}，没有发现需要核改的问题。"
    counts = "、".join(f"{s.words}{n}处" for s in Severity if (n := len(examination.of(s))))
    return (
        f"对{named}逐项核对，{read}，发现问题{len(examination.findings)}处，其中{counts}，列表如下。"
        "请逐条核对改正；已经印发的，请以更正或补充通知的形式处理。"
    )


def _rows(examination: Examination) -> Iterator[Sequence[str]]:
    """A row across for each severity, then its findings, counted through."""
    count = 0
    for severity in Severity:
        found = examination.of(severity)
        if found:
            yield [f"{severity.words}（{len(found)}处）"]
        for finding in found:
            count += 1
            yield _row(count, finding)


def _row(count: int, finding: Finding) -> list[str]:
    others = "；".join(told(spot) for spot in finding.related[:_MOST_RELATED])
    more = f"等{len(finding.related)}处" if len(finding.related) > _MOST_RELATED else ""
    also = f"\n另见：{others}{more}" if others else ""
    return [str(count), _where(finding.at), finding.at.words or "—", finding.wrong + also, finding.advice]


def _where(spot: Spot) -> str:
    """The place, and below it the assignment."""
    return f"{spot.place.words()}\n（{spot.whose}）" if spot.place and spot.whose else spot.where


def told(spot: Spot) -> str:
    """A related place, with the words that stand there where they are no more than a name."""
    return spot.where + (f"“{spot.words}”" if 0 < len(spot.words) <= _NAME else "")


def _unread(count: int, leftover: Leftover) -> list[str]:
    lines = [_cut(passage.text) for passage in leftover.lines[:_MOST_LINES]]
    if len(leftover.lines) > _MOST_LINES:
        lines.append(f"……（共{len(leftover.lines)}行）")
    return [str(count), leftover.where, "\n".join(lines), leftover.why or "不明"]


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
