"""逾期: what was due up to yesterday and nobody has reported done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers import wording, wording_overdue
from handlers.finding import find
from handlers.message import Answer, Outcome, said
from handlers.numbers import out_of_reach
from handlers.refusing import unsaid
from handlers.states import Desk, State, desk_of, owed_by, shared_by
from knowledge.ledger import Ledger
from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment, Evidence, Message, Span
from knowledge.patterns import regex
from knowledge.question.parts import Parts, narrowed_to
from knowledge.question.query import Query
from knowledge.question.shaping import is_topic
from knowledge.register import Register
from knowledge.reports.periods import without_periods
from knowledge.reports.progress_words import without_overdue_words
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import Dated

DAY = timedelta(days=1)
# 截至今天: no window, but the day on which it is asked.
_UNTIL_NOW = regex(r"截[至止]|(?:今天|现在|目前|今日)为止|至今|到(?:今天|现在|今日)")


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """The open dates before today: of all, of a unit, of what fell due in a window, or of one assignment.

    The answer gives what was due once. A rhythm of which no report is on file is told apart: that a month was not
    reported to the bot does not yet say that it was not done. Of a unit, what is written for a collective is told apart
    too, for it is not this unit's own.
    """
    if wrong := out_of_reach(query, register):
        return wrong
    today = now.astimezone(SHANGHAI).date()
    scoped = register.scoped(query.documents)
    asked = replace(query, topics=_subjects(query.topics, register), wide=without_overdue_words(query.wide), fact=None)
    documents, within = narrowed_to(Parts.of(scoped).named(asked.topic), scoped)
    if asked.topics and (documents or within or Parts.of(scoped).named(asked.topic)):
        asked, scoped = replace(asked, topics=()), scoped.scoped(documents).within(within)
    desk = desk_of(scoped, ledger, calendar, today)
    if asked.topics or asked.numbers or asked.assignments:
        return _of_assignments(asked, desk)
    return _listed(asked, desk)


def _subjects(topics: Sequence[str], register: Register) -> tuple[str, ...]:
    lexicon = office_lexicon(register)
    left = (without_overdue_words(without_periods(topic)) for topic in topics)
    return tuple(topic for topic in left if is_topic(topic, lexicon))


# --- of one ------------------------------------------------------------------------------------------------------
def _of_assignments(query: Query, desk: Desk) -> Outcome:
    """第13项逾期了吗: yes, no, or that it cannot be."""
    found = find(query, desk.register)
    if not found.assignments and not found.near and query.span and query.span.start:
        return _listed(replace(query, topics=()), desk)
    if not found.assignments:
        return unsaid(query, found, desk.register)
    states = [desk.state(one) for one in found.assignments]
    text = wording.lines(*(wording_overdue.of_one(one, desk.register) for one in states))
    late = [one for one in states if one.late]
    return said(text, _value(query, late, [row.due for one in late for row in one.late]))


# --- of many -----------------------------------------------------------------------------------------------------
def _listed(query: Query, desk: Desk) -> Outcome:
    span = _span(query, desk.today)
    own = owed_by(query.names, desk.register) if query.names else desk.register.assignments
    states = _late(own, desk, span, query.names)
    shared = _late(shared_by(query.names, desk.register), desk, span) if query.names else []
    once = _sorted(one for one in states if _once(one, span))
    again = [one for one in states if not _once(one, span)]
    rows = [row.due for one in once for row in _once(one, span)]
    apart = [one for one in shared if _once(one, span)]
    listing = wording_overdue.Listing(
        query.names, desk.today, span, tuple(once), tuple(again), tuple(apart), query.page
    )
    coming = None if once or again else _next_due(own, desk)
    text = wording_overdue.listed(listing, coming, desk.register)
    return said(text, replace(_value(query, once, rows), count=len(once), span=span))


def _span(query: Query, today: date) -> Span:
    """The window in which it fell due; never later than yesterday."""
    yesterday = today - DAY
    if query.span is None or _UNTIL_NOW.search(query.text):
        return Span(None, yesterday)
    end = min(query.span.end or yesterday, yesterday)
    return Span(query.span.start, end, query.span.words if query.span.start else "")


def _late(rows: Iterable[Assignment], desk: Desk, span: Span, names: Sequence[str] = ()) -> list[State]:
    shares = ((one, next((duty.unit for duty in one.duties if duty.unit in names), None)) for one in rows)
    states = (desk.state(one, unit) for one, unit in shares)
    return [one for one in states if any(span.holds(row.due) for row in one.late)]


def _once(state: State, span: Span) -> list[Dated]:
    return [row for row in state.late_once if span.holds(row.due)]


def _sorted(states: Iterable[State]) -> list[State]:
    """The units' own before those of collectives, the longest overdue first."""
    return sorted(states, key=lambda one: (one.shared, one.late_once[0].due))


def _next_due(rows: Iterable[Assignment], desk: Desk) -> State | None:
    """The assignment that falls due next, to be told where nothing is overdue."""
    coming = [one for one in (desk.state(row) for row in rows) if one.coming]
    return min(coming, key=lambda one: one.coming.due if one.coming else desk.today, default=None)


def _value(query: Query, states: Sequence[State], dues: Iterable[date]) -> Answer:
    rows = [one.assignment for one in states]
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        units=query.names,
        dates=tuple(sorted({due.isoformat() for due in dues})),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
