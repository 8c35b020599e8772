"""文件体检: what a reading understood, where it doubts and what it left unread, as text and as a record."""

from __future__ import annotations

from collections.abc import Iterator

from bot.records import assignment_record
from knowledge.model import Doubt, Draft, Passage, Role
from scheduler.calendar import WorkCalendar

_SHOWN_UNREAD = 30


def check_text(draft: Draft) -> str:
    """The report as a page to read, in Chinese."""
    return "\n".join([*_head(draft), *_counts(draft), *_doubts(draft), *_unread(draft.document.unread)])


def _head(draft: Draft) -> Iterator[str]:
    document = draft.document
    yield f"文件体检：{document.source}"
    yield f"标题：《{document.title}》"
    known = {
        "发文机关": document.issuer,
        "文号": document.number,
        "印发日期": document.issued and f"{document.issued:%Y-%m-%d}",
        "年度": document.year and f"{document.year}年",
    }
    yield "；".join(f"{name}：{value or '没有写明'}" for name, value in known.items())


def _counts(draft: Draft) -> Iterator[str]:
    numbered = [a for a in draft.assignments if a.number is not None]
    cover = len(draft.assignments) - len(numbered)
    if not draft.assignments:
        yield f"没有读到任务；可引用的文字{len(draft.document.passages)}句，将作为参考文件入册。"
        return
    yield f"读到任务{len(numbered)}项" + (f"，另有正文要求{cover}项" if cover else "") + "。"
    for role, word in {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.COOPERATING: "配合单位"}.items():
        having = sum(bool(a.units(role)) for a in draft.assignments)
        yield f"  写明{word}的{having}项"
    dated = sum(any(not deadline.inner for deadline in a.deadlines) for a in draft.assignments)
    yield f"  写明完成时限的{dated}项"


def _doubts(draft: Draft) -> Iterator[str]:
    rows = [("", doubt) for doubt in draft.document.doubts]
    rows += [(f"第{a.number}项 " if a.number else "正文要求 ", doubt) for a in draft.assignments for doubt in a.doubts]
    yield f"存疑{len(rows)}处" + ("：" if rows else "。")
    for count, (whose, doubt) in enumerate(rows, 1):
        yield f"  {count}. {whose}{_doubt(doubt)}"


def _doubt(doubt: Doubt) -> str:
    place = f"（{doubt.place.words()}）" if doubt.place else ""
    words = f"原文“{doubt.words}”。" if doubt.words and doubt.words not in doubt.message else ""
    reading = f"现按“{doubt.reading}”理解。" if doubt.reading else ""
    others = f"也可能是：{'、'.join(doubt.alternatives)}。" if doubt.alternatives else ""
    return f"{place}{doubt.message}{words}{reading}{others}"


def _unread(unread: tuple[Passage, ...]) -> Iterator[str]:
    yield f"没有读入的行{len(unread)}处" + ("：" if unread else "。")
    for passage in unread[:_SHOWN_UNREAD]:
        text = passage.text if len(passage.text) <= 60 else passage.text[:59] + "…"
        yield f"  {passage.place.words()}：{text}"
    if len(unread) > _SHOWN_UNREAD:
        yield f"  ……另有{len(unread) - _SHOWN_UNREAD}处，用 --json 查看全部。"


def check_record(draft: Draft, calendar: WorkCalendar) -> dict[str, object]:
    """The report as a JSON value: document, assignments, doubts and unread lines."""
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
        "doubts": [_doubt_record(doubt) for doubt in draft.doubts],
        "unread": [{"place": passage.place.words(), "text": passage.text} for passage in document.unread],
    }


def _doubt_record(doubt: Doubt) -> dict[str, object]:
    return {
        "code": doubt.code,
        "message": doubt.message,
        "place": doubt.place and doubt.place.words(),
        "words": doubt.words,
        "reading": doubt.reading,
        "alternatives": list(doubt.alternatives),
    }
