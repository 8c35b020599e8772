"""How it is said when half is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import wording
from handlers.wording_deadlines import day, said
from knowledge.model import Assignment, Deadline, Document
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def of_matter(
    one: Assignment, halves: Sequence[Deadline], document: Document | None, calendar: WorkCalendar, today: date
) -> str:
    """时限：“6月底前完成一半”，即…, or that the document does not say when half is to be done, and what it does say."""
    told = "；".join(said(part, calendar, today) for part in halves)
    head = f"过半的时限：{told}。" if told else "文件没有写什么时候完成一半。"
    return wording.lines(
        head,
        f"{wording.number(one)}：“{wording.shortened(one.text, wording.QUOTE)}”",
        wording.duties(one),
        "" if told else wording.deadline_line(one.deadlines, calendar, today),
        wording.source(one, document),
    )


def of_all(query: Query, half: date, count: int, dated: int, rows: int, register: Register) -> str:
    """按时限推算，8项写了到期日的任务到2026年8月31日（星期一）有4项到期，正好一半。"""
    whose = wording.names(query.names[:3])
    within = f"{query.span.words}，" if query.span else ""
    middle = f"{half.year}年时间过半是6月30日。" if "时间过半" in query.text and not query.span else ""
    many = f"{rows}项任务里写了到期日的有{dated}项" if rows > dated else f"{dated}项任务都写了到期日"
    much = "正好一半" if 2 * count == dated else "过半"
    documents = [document for document in register.documents if register.of_document(document.id)]
    titles = "、".join(wording.title(document) for document in documents[:3])
    return wording.lines(
        f"{middle}文件没有直接写任务过半的时间，按时限推算：{within}{whose}{many}，到{day(half)}有{count}项到期，{much}。",
        f"依据：{titles}{f'等{len(documents)}份文件' if len(documents) > 3 else ''}",
    )
