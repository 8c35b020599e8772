"""Simulated messages as a page a month, and as appointments for the calendar of a phone or a computer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.appointments import Appointment
from bot.commands.month_grid import month_grid, months
from handlers.notices_wording import answerable, day_words, item_words, matter, source_words
from scheduler.days import OfficeDays
from scheduler.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from bot.simulation import Said

KINDS: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.REMINDER: ("提醒", "项"),
    NoticeKind.ESCALATION: ("催办", "项"),
    NoticeKind.PROMPT: ("季度了解", "项"),
    NoticeKind.EVENT: ("询问事件", "项"),
    NoticeKind.EXTENSION: ("延期", "项"),
    NoticeKind.ACCEPTANCE: ("核定", "项"),
    NoticeKind.SUMMARY: ("周报", "份"),
    NoticeKind.CALENDAR: ("日历", "项"),
    NoticeKind.SILENCE: ("静默结束", "次"),
    NoticeKind.ERRAND: ("请转发确认", "条"),
    NoticeKind.OFFICE: ("机关事务", "项"),
}
"""What each kind of notice is called on a page, and what it is counted in."""
LISTED = 6
"""Items that a day's line names before it says how many more there are."""


def counts(notices: Sequence[Notice]) -> list[str]:
    """`提醒3项`, `周报1份` …, in the order of KINDS."""
    found = Counter(notice.kind for notice in notices)
    return [f"{name}{found[kind]}{unit}" for kind, (name, unit) in KINDS.items() if found[kind]]


def pages(said: Sequence[Said], span: tuple[date, date], days: OfficeDays) -> Iterator[str]:
    """For each conversation a page for each month of the span in which it is spoken to, and under it what each day has."""
    for conversation in dict.fromkeys(message.conversation for message in said):
        mine = [message for message in said if message.conversation == conversation]
        yield f"════ {conversation}：{len(mine)}条消息 ════\n"
        for first, last in months(*span):
            inside = [message for message in mine if first <= message.at.date() <= last]
            if inside:
                yield "\n".join([*month_grid(first, last, _by_day(inside), days), "", *map(_line, inside)]) + "\n"


def _by_day(said: Sequence[Said]) -> dict[date, list[str]]:
    found: dict[date, list[Notice]] = {}
    for message in said:
        found.setdefault(message.at.date(), []).extend(message.notices)
    return {day: counts(notices) for day, notices in found.items()}


def _line(message: Said) -> str:
    """One message in a line: when, how much, and the most urgent items by number."""
    told = {n.assignment.id: n.assignment for n in message.notices if n.assignment is not None}
    items = [item_words(one) for one in told.values()]
    named = "、".join(items[:LISTED]) + (f"等{len(items)}项" if len(items) > LISTED else "")
    words = "、".join(counts(message.notices))
    return f"{day_words(message.at.date(), message.at.date())} {message.at:%H:%M}　{words}" + (
        f"：{named}" if named else ""
    )


def appointments(said: Sequence[Said]) -> Iterator[Appointment]:
    """Each message at its moment, and each due date it speaks of on its day, once."""
    for message in said:
        keys = "\n".join(sorted(notice.key for notice in message.notices))
        title = f"〔{message.conversation}〕{'、'.join(counts(message.notices))}"
        yield Appointment(f"{message.conversation}\n{keys}", message.at, title, message.text, "提醒")
    dated = (notice for message in said for notice in message.notices if notice.assignment and notice.due)
    for notice in {(n.assignment.id if n.assignment else "", n.due): n for n in dated}.values():
        assert notice.assignment is not None, "chosen above"
        assert notice.due is not None, "chosen above"
        title = f"到期：{item_words(notice.assignment)} {matter(notice.assignment, 40)}"
        text = f"{answerable(notice.assignment)}\n依据：{source_words(notice)}"
        yield Appointment(f"due\n{notice.assignment.id}\n{notice.due}", notice.due, title, text, "到期")
