"""本周汇总: the weekly summary on request, the very value that the clock posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers import wording, wording_progress, wording_units
from handlers.finding import held_by
from handlers.message import Answer, Outcome, said
from handlers.notices_wording import group_summary
from handlers.refusing import refuse
from knowledge.identity import Remembered
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.question.cues import shows
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.days import monday
from scheduler.policy import SHANGHAI
from scheduler.summary import Summary, summary


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """The summary of this week, or of the last one as it stood on its Sunday; of the units named, where some are.

    Asked who is last, the red lights of each unit are told, and that the office has set no rule for a ranking.
    """
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    scoped = register.scoped(query.documents)
    if query.names:
        scoped = replace(scoped, assignments=tuple(held_by(query.names, scoped.assignments, ())), partial=True)
    then = _moment(query, now)
    known = ledger if then == now else Ledger(tuple(entry for entry in ledger if entry.at <= then))
    value = _summary(scoped, known, then, calendar)
    text = wording_progress.red_lights(value) if shows("ranking", query.text) else group_summary(value)
    documents = tuple(dict.fromkeys(one.document for one in scoped.assignments))
    return said(text, Answer(query.intent, answered=True, documents=documents, span=value.week))


_summaries: Remembered[dict[date, Summary]] = Remembered(8)


def _summary(register: Register, ledger: Ledger, then: datetime, calendar: WorkCalendar) -> Summary:
    """The summary; the same one while nothing new is reported that day."""
    day = then.astimezone(SHANGHAI).date()
    known: dict[date, Summary] = _summaries.of((register.documents, register.assignments, ledger, calendar), dict)
    if day not in known:
        known.clear()
        known[day] = summary(register, ledger, then, calendar)
    return known[day]


def _moment(query: Query, now: datetime) -> datetime:
    """Now, or the last moment of the week before when that one is asked for."""
    today = now.astimezone(SHANGHAI).date()
    first = monday(today)
    if query.span is None or query.span.end is None or query.span.end >= first:
        return now
    return datetime.combine(first - timedelta(days=1), time(23, 59, 59), SHANGHAI)
