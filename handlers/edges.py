"""最先到期的是哪项: what falls due first or last of what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from handlers import wording_conditions
from handlers.diary import Diary, Falling
from handlers.finding import Found
from handlers.message import Answer, Outcome, said
from handlers.refusing import unsaid
from knowledge.model import Evidence, Span
from knowledge.question.edges import Edge
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(
    query: Query, register: Register, calendar: WorkCalendar, today: date, among: Collection[str] | None
) -> Outcome:
    """The assignments at the end of the diary that `query.edge` asks for, from today on; once all is past, of all there is.

    `among` are the ids that count, None for all. What comes again and again has no first and no last day.
    """
    edge = query.edge or Edge(last=False)
    ahead = _once(register, calendar, Span(today, None), among)
    rows = _chosen(ahead or _once(register, calendar, Span(None, None), among), edge)
    if not rows:
        return unsaid(query, Found(), register)
    text = wording_conditions.edge(rows, edge, query, register, today if ahead else None)
    keys = tuple(row.assignment.id for row in rows)
    value = Answer(
        query.intent,
        answered=True,
        assignments=keys,
        documents=tuple(dict.fromkeys(row.assignment.document for row in rows)),
        units=query.names,
        dates=tuple(sorted({row.days[0].isoformat() for row in rows})),
        count=len(rows),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in (r.assignment for r in rows)),
    )
    return said(text, value)


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
