"""最先到期的是哪项: what falls due first or last of what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from handlers import wording_conditions
from handlers.diary import Diary, Falling
from handlers.finding import Found
from handlers.message import Answer, Outcome, said
from handlers.refusing import unsaid
from knowledge.model import Assignment, Evidence, Span
from knowledge.question.edges import Edge
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(
    query: Query, register: Register, calendar: WorkCalendar, today: date, among: Collection[str] | None
) -> Outcome:
    """The assignments at the end of the diary that `query.edge` asks for: of the stretch that is named, which stays whole, else from
    today on; once all is past, of all there is.

    `among` are the ids that count, None for all. What comes again and again has no first and no last day.
    """
    edge = query.edge or Edge(last=False)
    span = query.span or Span(today, None)
    within = _once(register, calendar, span, among)
    past = query.span is None and not within
    every = _once(register, calendar, Span(None, None), among) if past else within
    if not every and query.span is None:
        return unsaid(query, Found(), register)
    lasts = (False, True) if edge.both else (edge.last,)
    ends = [(last, _chosen(every, replace(edge, last=last))) for last in lasts]
    text = wording_conditions.edge(ends, query, register, None if past else today)
    rows = [row for _, held in ends for row in held]
    days = {row.days[0].isoformat() for row in rows}
    return said(text, _value(query, list(dict.fromkeys(row.assignment for row in rows)), tuple(sorted(days))))


def _value(query: Query, assignments: Sequence[Assignment], dates: tuple[str, ...]) -> Answer:
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in assignments),
        documents=tuple(dict.fromkeys(one.document for one in assignments)),
        units=query.names,
        dates=dates,
        count=len(assignments),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in assignments),
    )


def next_after(
    day: date, register: Register, calendar: WorkCalendar, among: Collection[str] | None = None
) -> list[Falling]:
    """What falls due once on the first day behind `day` on which anything does."""
    rows = [row for row in _once(register, calendar, Span(day, None), among) if row.days[0] > day]
    return _chosen(rows, Edge(last=False))


def _once(register: Register, calendar: WorkCalendar, span: Span, among: Collection[str] | None) -> list[Falling]:
    """The one-off due dates in a span, each by itself, in order."""
    found = Diary.of(register, calendar, None).within(span)
    return [Falling(one, (day,), True) for day, _, one, once in found if once and (among is None or one.id in among)]


def _chosen(rows: Sequence[Falling], edge: Edge) -> list[Falling]:
    """So many at the end, or all of the day that stands there; the same assignment once."""
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: row.days[0], reverse=edge.last)
    each = list({row.assignment.id: row for row in reversed(ordered)}.values())[::-1]
    if edge.count is not None:
        return each[: edge.count]
    return [row for row in each if row.days[0] == ordered[0].days[0]]
