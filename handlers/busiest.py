"""哪个月到期的任务最多: the month in which most falls due, and how much does in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers import wording_conditions
from handlers.diary import Diary
from handlers.finding import Found
from handlers.listed import listed
from handlers.message import Outcome, said
from handlers.refusing import unsaid
from knowledge.model import Assignment, Span
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

Month = tuple[int, int]


def answer(query: Query, register: Register, calendar: WorkCalendar) -> Outcome:
    """What falls due once, by months; what comes again and again fills every month alike and is left out."""
    scoped = register.scoped(query.documents)
    months = _by_month(scoped, calendar)
    if not months:
        return unsaid(query, Found(), register)
    most = max(map(len, months.values()))
    busiest = [month for month, held in months.items() if len(held) == most]
    rows = [one for month in busiest for one in months[month]]
    text = wording_conditions.busiest(busiest, months, scoped, query.page)
    return said(text, listed(query, scoped, list(dict.fromkeys(one.id for one in rows)), count=most))


def _by_month(register: Register, calendar: WorkCalendar) -> Mapping[Month, Sequence[Assignment]]:
    """Year and month → the assignments with a one-off due date in it, each once, in order."""
    found: dict[Month, dict[Assignment, None]] = {}
    for day, _, one, once in Diary.of(register, calendar, None).within(Span(None, None)):
        if once:
            found.setdefault((day.year, day.month), {})[one] = None
    return {month: tuple(held) for month, held in found.items()}
