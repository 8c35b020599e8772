"""一半是几月: when half of a matter, or of all there is to do, is to be done, as far as the documents say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from handlers import wording_halves
from handlers.diary import Diary
from handlers.finding import find, held_by
from handlers.message import Answer, Outcome, said
from knowledge.model import Assignment, Evidence, Span
from knowledge.patterns import regex
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.standing import leaves

# Asked otherwise, half is told and not asked for.
_ASKED = frozenset(
    {Intent.DEADLINE, Intent.DETAIL, Intent.DUE, Intent.UNIT_TASKS, Intent.COUNT, Intent.PROGRESS, Intent.UNANSWERABLE}
)
_SAYS_HALF = regex(r"一半|过半|半数|百分之五十")
_SHARE = regex(r"(\d{1,3}(?:\.\d+)?)[%％]")


def answer(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """When half of what `query` is about is to be done; None where it is about nothing that is known."""
    if query.intent not in _ASKED or query.refusal or query.place or query.strangers:
        return None
    scoped = register.scoped(query.documents)
    if query.topics or query.numbers or len(query.assignments) == 1:
        found = find(query, scoped).assignments
        return _of_matter(found[0], register, calendar, today) if found else None
    among = {one.id for one in held_by(query.names, scoped.of_units(query.names), query.roles)}
    return _of_all(query, among if query.names else query.assignments or None, scoped, calendar)


def _of_matter(one: Assignment, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """The part of a deadline by which half is to be done, or that none is."""
    halves = [part for part in leaves(one.deadlines) if _says_half(part.text)]
    text = wording_halves.of_matter(one, halves, register.document(one.document), calendar, today)
    days = sorted({part.due.isoformat() for part in halves if part.due})
    return said(text, _value((one,), (one.document,), tuple(days)))


def _says_half(text: str) -> bool:
    """Whether the words of a deadline speak of half, or of a share that is more (上半年完成60%)."""
    return _SAYS_HALF.search(text) is not None or any(50 <= float(one) < 100 for one in _SHARE.findall(text))


def _of_all(query: Query, among: Collection[str] | None, register: Register, calendar: WorkCalendar) -> Outcome | None:
    """The day by which half of what has a day is due, each assignment at its last one."""
    last: dict[str, date] = {}
    span = query.span or Span(None, None)
    for day, _, one, once in Diary.of(register, calendar, None).within(span):
        if once and one.number is not None and (among is None or one.id in among):
            last[one.id] = day
    if not last:
        return None
    days = sorted(last.values())
    half = days[(len(days) - 1) // 2]
    count = sum(day <= half for day in days)
    rows = [one for one in register.assignments if one.number is not None and (among is None or one.id in among)]
    text = wording_halves.of_all(query, half, count, len(days), len(rows), register)
    return said(text, _value((), tuple(dict.fromkeys(one.document for one in rows)), (half.isoformat(),), count))


def _value(
    rows: Sequence[Assignment], documents: tuple[str, ...], dates: tuple[str, ...], count: int | None = None
) -> Answer:
    return Answer(
        Intent.DEADLINE,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=documents,
        dates=dates,
        count=count,
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
