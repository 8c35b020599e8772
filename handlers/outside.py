"""不是11月底截止的有哪些: the assignments that do not fall due in the window."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import wording_conditions
from handlers.diary import as_planned, falling
from handlers.listed import listed
from handlers.message import Outcome, said
from knowledge.model import Assignment, Span
from knowledge.patterns import regex
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

# 年底到期的: at the year's end, and not from today up to it.
_YEAR_END = regex(r"年[底末终](?!.?前)")


def answer(query: Query, rows: Iterable[Assignment], register: Register, calendar: WorkCalendar) -> Outcome:
    """Those of `rows` without a day in the window; those that print no day at all are among them."""
    assert query.span is not None
    span = as_planned(_at_its_end(query.span), query.said, register)
    within = {row.assignment.id for row in falling(register, span, calendar, None)}
    left = [one for one in rows if one.number is not None and one.text and one.id not in within]
    text = wording_conditions.outside(span, left, query, register)
    ids = tuple(one.id for one in left)
    return said(text, listed(query, register, ids, query.names, count=len(ids), span=span))


def _at_its_end(span: Span) -> Span:
    """The last month of a year of whose end it is said that something does not fall due then."""
    if span.end is None or _YEAR_END.search(span.words) is None:
        return span
    first = span.end.replace(day=1)
    days = f"（{first.year}年{first.month}月1日至{span.end.month}月{span.end.day}日）"
    return Span(first, span.end, f"{span.words.partition('（')[0]}{days}")
