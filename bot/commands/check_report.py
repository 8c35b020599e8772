"""文件体检 as a page to read and as a record: what was understood, what is wrong, where we are unsure, what is unread."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands.columns import columns, filled, visible
from bot.records import Record, assignment_record
from handlers.wording_deadlines import calendar_day
from knowledge.examination import Examination, Finding, Leftover, Severity, Spot
from knowledge.model import Doubt, Draft, Role
from scheduler.calendar import WorkCalendar

_SHOWN_LEFTOVERS, _SHOWN_LINES, _SHOWN_RELATED, _NAME = 30, 3, 6, 16
_ROLES = {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.COOPERATING: "配合单位"}


def check_text(draft: Draft, examination: Examination) -> str:
    """The page to read, in Chinese."""
    parts = [_head(draft), _findings(examination), _doubts(examination), _leftovers(examination)]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


# ---------------------------------------------------------------- head
def _head(draft: Draft) -> Iterator[str]:
    document = draft.document
    title = f"文件体检：{visible(document.source)}"
    yield title
    yield "─" * min(columns(title), 60)
    yield filled(f"《{document.title}》", "标题：", "　　　")
    known = {
        "发文机关": document.issuer,
        "文号": document.number,
        "印发日期": document.issued and calendar_day(document.issued),
        "年度": document.year and f"{document.year}年",
    }
    told = [f"{name}：{value or '没有写明'}" for name, value in known.items()]
    yield filled("；".join(told[:2]))
    yield filled("；".join(told[2:]))
    yield filled(_counts(draft))


def _counts(draft: Draft) -> str:
    if not draft.assignments:
        return f"没有读到任务；可引用的文字{len(draft.document.passages)}句，将作为参考文件入册。"
    numbered = sum(a.number is not None for a in draft.assignments)
    cover = len(draft.assignments) - numbered
    read = f"读到任务{numbered}项" + (f"，另有正文要求{cover}项" if cover else "")
    having = {word: sum(bool(a.units(role)) for a in draft.assignments) for role, word in _ROLES.items()}
    having["完成时限"] = sum(any(not d.inner for d in a.deadlines) for a in draft.assignments)
    named = "、".join(f"{word}的{count}项" for word, count in having.items() if count)
    return f"{read}" + (f"；其中写明{named}。" if named else "。")


# ---------------------------------------------------------------- findings
def _findings(examination: Examination) -> Iterator[str]:
    if not examination.findings:
        yield "没有查出需要作者核改的问题。"
        return
    counts = "，".join(f"{s.words}{len(examination.of(s))}处" for s in Severity if examination.of(s))
    yield f"查出问题{len(examination.findings)}处：{counts}。"
    count = 0
    for severity in Severity:
        found = examination.of(severity)
        if found:
            yield ""
            yield f"【{severity.words}】"
        for finding in found:
            count += 1
            yield from _finding(count, finding)


def _finding(count: int, finding: Finding) -> Iterator[str]:
    rest = "     "
    yield filled(f"{finding.at.where}：{finding.wrong}", f"{count:>3}. ", rest)
    if finding.at.words:
        yield filled(finding.at.words, f"{rest}原文：", f"{rest}　　　")
    yield filled(finding.advice, f"{rest}建议：", f"{rest}　　　")
    if finding.related:
        told = "；".join(_related(spot) for spot in finding.related[:_SHOWN_RELATED])
        more = f"等{len(finding.related)}处" if len(finding.related) > _SHOWN_RELATED else ""
        yield filled(told + more, f"{rest}另见：", f"{rest}　　　")


def _related(spot: Spot) -> str:
    return spot.where + (f"“{spot.words}”" if 0 < len(spot.words) <= _NAME else "")


# ---------------------------------------------------------------- our own doubts
def _doubts(examination: Examination) -> Iterator[str]:
    if not examination.doubts:
        return
    yield f"本工具没有把握之处{len(examination.doubts)}处（不一定是文件的问题，入册前请看一眼）："
    for count, (owner, doubt) in enumerate(examination.doubts, 1):
        yield filled((f"{owner} " if owner else "") + _doubt(doubt), f"{count:>3}. ", "     ")


def _doubt(doubt: Doubt) -> str:
    place = f"（{doubt.place.words()}）" if doubt.place else ""
    words = f"原文“{doubt.words}”。" if doubt.words and doubt.words not in doubt.message else ""
    reading = f"现按“{doubt.reading}”理解。" if doubt.reading and doubt.reading not in doubt.message else ""
    others = f"也可能是：{'、'.join(doubt.alternatives)}。" if doubt.alternatives else ""
    message = doubt.message if doubt.message.endswith(("。", "！", "？")) else doubt.message + "。"
    return f"{place}{message}{words}{reading}{others}"


# ---------------------------------------------------------------- what is left
def _leftovers(examination: Examination) -> Iterator[str]:
    groups = examination.leftovers
    lines = sum(len(group.lines) for group in groups)
    if not groups:
        yield "读漏清单：没有。每一行文字都有着落。"
        return
    yield f"读漏清单：没有读入的行{lines}处" + (f"，分{len(groups)}段" if len(groups) < lines else "") + "："
    for group in groups[:_SHOWN_LEFTOVERS]:
        yield from _leftover(group)
    if len(groups) > _SHOWN_LEFTOVERS:
        yield f"  ……另有{len(groups) - _SHOWN_LEFTOVERS}段，用 --json 查看全部。"


def _leftover(group: Leftover) -> Iterator[str]:
    size = f"，共{len(group.lines)}行" if len(group.lines) > 1 else ""
    yield filled(f"{group.where}{size}" + (f"（{group.why}）" if group.why else ""), "  ", "  ")
    for passage in group.lines[:_SHOWN_LINES]:
        yield "    " + _cut(passage.text)
    if len(group.lines) > _SHOWN_LINES:
        yield "    ……"


def _cut(text: str, width: int = 84) -> str:
    flat = visible(text)
    if columns(flat) <= width:
        return flat
    while columns(flat) > width - 1:
        flat = flat[:-1]
    return flat + "…"


# ---------------------------------------------------------------- for programs
def check_record(draft: Draft, examination: Examination, calendar: WorkCalendar) -> Record:
    """The examination as a JSON value, in the form of docs/接口.md."""
    document = draft.document
    return {
        "document": {
            "title": document.title,
            "source": document.source,
            "issuer": document.issuer,
            "number": document.number,
            "issued": document.issued and document.issued.isoformat(),
            "year": document.year,
        },
        "assignments": [assignment_record(a, document, calendar) for a in draft.assignments],
        "findings": [_finding_record(finding) for finding in examination.findings],
        "doubts": [{"assignment": owner or None, **_doubt_record(doubt)} for owner, doubt in examination.doubts],
        "unread": [
            {"place": passage.place.words(), "text": passage.text, "why": group.why or None}
            for group in examination.leftovers
            for passage in group.lines
        ],
    }


def _finding_record(finding: Finding) -> Record:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        **_spot_record(finding.at),
        "wrong": finding.wrong,
        "advice": finding.advice,
        "related": [_spot_record(spot) for spot in finding.related],
    }


def _spot_record(spot: Spot) -> Record:
    record: Record = {
        "place": spot.place and spot.place.words(), "assignment": spot.whose or None, "words": spot.words,
    }  # fmt: skip
    return {**record, "document": spot.document} if spot.document else record


def _doubt_record(doubt: Doubt) -> Record:
    return {
        "code": doubt.code,
        "message": doubt.message,
        "place": doubt.place and doubt.place.words(),
        "words": doubt.words,
        "reading": doubt.reading,
        "alternatives": list(doubt.alternatives),
    }
