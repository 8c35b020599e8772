"""What the bot says by itself: reminders, quarterly prompts and weekly summaries in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from handlers.wording import number, shortened, title
from knowledge.directory import Liaison
from knowledge.model import Assignment, Role
from knowledge.question.conversation import DIGEST_MORE
from scheduler.due import Due
from scheduler.notices import Notice, NoticeKind

WEEKDAYS = "一二三四五六日"
HALVES = {"H1": "上半年", "H2": "下半年"}
MATTER_LENGTH = 60
"""Characters of a requirement that a reminder shows; the source leads to the rest."""
NO_UNIT = "未写明责任单位"


def day_words(day: date, today: date | None = None) -> str:
    """`7月31日（星期五）`, with the year where it is not `today`'s."""
    year = "" if today is not None and today.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def period_words(period: str) -> str:
    """`2026-06` → 2026年6月, `2026-Q2` → 2026年第2季度, `2026-H1` → 2026年上半年, `2026-W30` → 2026年第30周, `2026` → 2026年."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    if part in HALVES:
        return f"{year}年{HALVES[part]}"
    kind, count = part[0], part.lstrip("QW0")
    return f"{year}年" + {"Q": f"第{count}季度", "W": f"第{count}周"}.get(kind, f"{count}月")


TELL_THE_SUPERVISOR = "在这里回复，系统收不到：收到、办结、延期请告诉督查员登记，或者在能和机器人对话的地方用短码回复。"
ANSWER_ELSEWHERE = "在这里回复，系统收不到：请在能和机器人对话的地方用短码回复。"
Mention = Callable[[Liaison], str]


def by_name(liaison: Liaison) -> str:
    """A liaison where the messenger cannot call anybody."""
    return liaison.name


def compose(notices: Sequence[Notice], mention: Mention = by_name, heard: bool = True) -> str:
    """One message for one conversation: reminders by unit, most urgent first, then prompts, then the summary.

    `mention` writes a liaison so that the messenger calls the person, where it can. Where nobody who answers would be `heard`
    nobody is asked to.

    A document that all of it stands on is named once at the top, several are named with each line.
    """
    from handlers import (
        wording_acceptance,
        wording_calendar,
        wording_errands,
        wording_escalation,
        wording_office,
        wording_reminders,
        wording_summary,
    )

    due = [notice for notice in notices if notice.kind is NoticeKind.REMINDER]
    asked = [notice for notice in notices if notice.kind is NoticeKind.PROMPT]
    parts = list(wording_escalation.opening(notices))
    parts += [wording_reminders.reminders(due, mention, heard)] if due else []
    for module in (wording_escalation, wording_acceptance, wording_errands):
        parts += module.sections(notices)
    parts += [wording_reminders.prompts(asked, mention)] if asked else []
    summaries = [notice for notice in notices if notice.summary is not None]
    parts += [wording_summary.posted(one) for one in summaries]
    parts += [*wording_calendar.sections(notices), *wording_office.sections(notices)]
    text = "\n\n".join(parts)
    return text if heard else "\n".join([text.replace(f"，{DIGEST_MORE}", ""), *_unheard(notices)])


def _unheard(notices: Sequence[Notice]) -> Iterator[str]:
    """Where to answer what asks for an answer, where nobody is heard in the conversation itself."""
    kinds = {notice.kind for notice in notices}
    if kinds & {NoticeKind.REMINDER, NoticeKind.PROMPT}:
        yield TELL_THE_SUPERVISOR
    elif kinds & {NoticeKind.ESCALATION, NoticeKind.EXTENSION, NoticeKind.ACCEPTANCE, NoticeKind.EVENT}:
        yield ANSWER_ELSEWHERE


def paragraph(notice: Notice) -> str:
    """One notice alone in its own words, as the ledger keeps it."""
    from handlers import (
        wording_acceptance,
        wording_calendar,
        wording_errands,
        wording_escalation,
        wording_office,
        wording_summary,
    )

    if notice.summary is not None:
        return wording_summary.posted(notice)
    from handlers.wording_reminders import alone

    for module in (wording_escalation, wording_acceptance, wording_errands, wording_calendar, wording_office):
        if found := "\n\n".join(module.alone(notice)):
            return found

    return alone(notice)


def answerable(assignment: Assignment | None) -> str:
    """The leaders, else the responsible units, with the word the document uses."""
    if assignment is None:
        return NO_UNIT
    for role in (Role.LEAD, Role.RESPONSIBLE):
        duties = [duty for duty in assignment.duties if duty.role is role]
        if duties:
            word = duties[0].word or {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位"}[role]
            return f"{'、'.join(duty.unit for duty in duties)}（{word}）"
    return NO_UNIT


def standing_words(notice: Notice) -> str:
    """How far away the due date is: 今天到期, 还有3个工作日, 已逾期5天（3个工作日）."""
    if notice.due is None:
        return "无具体期限"
    days = (notice.due - notice.today).days
    if days == 0:
        return "今天到期"
    if days < 0:
        counted = f"（{-notice.workdays}个工作日）" if notice.workdays else ""
        return f"已逾期{-days}天{counted}"
    if notice.workdays == 0:
        return f"还有{days}天，今天是到期前最后一个工作日"
    return f"还有{days}天" + (f"（{notice.workdays}个工作日）" if notice.workdays else "")


def source_words(notice: Notice) -> str:
    """`《标题》第3项`, or the place where a duty of the covering letter stands."""
    return (title(notice.document) if notice.document else "") + item_words(notice.assignment)


def item_words(assignment: Assignment | None) -> str:
    """`第3项`, or the place of a duty of the covering letter: `正文部分（第12行）`."""
    if assignment is None:
        return ""
    return number(assignment) if assignment.number else f"{number(assignment)}（{assignment.place.words()}）"


def matter(assignment: Assignment | None, length: int = MATTER_LENGTH) -> str:
    text = (assignment.text or assignment.original) if assignment else ""
    return shortened(text, length) or "（原文只有序号）"


def due_list(rows: Sequence[Due], first: date, last: date, today: date) -> str:
    """What falls due in a window, under its days."""
    window = f"{day_words(first)}至{day_words(last)}" if first != last else day_words(first)
    if not rows:
        return f"{window}没有到期的任务。"
    lines = [f"{window}到期{len(rows)}项："]
    for row, before in zip(rows, (None, *rows), strict=False):
        if before is None or before.due != row.due:
            lines.append(f"■ {day_words(row.due, today)}")
        lines.append(f"· {matter(row.assignment)}{_due_period(row)}")
        lines.append(f"  {answerable(row.assignment)}　依据：{title(row.document)}{item_words(row.assignment)}")
    return "\n".join(lines)


def _due_period(row: Due) -> str:
    period = f"（{period_words(row.period)}）" if row.period else ""
    moved = f"（{row.unit}原为{day_words(row.was, row.due)}，已延期）" if row.was else ""
    return period + moved + ("——已办结" if row.done else "")
