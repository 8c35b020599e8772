"""Which dates of an assignment a question asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers import wording_deadlines as when
from knowledge.model import Assignment, Deadline, DeadlineKind
from knowledge.normal import bare
from knowledge.question.claimed import claims_day
from knowledge.question.query import Intent, Query
from knowledge.question.stages import AskedDates, asked_of
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer needs beside the assignment."""

    query: Query
    register: Register
    calendar: WorkCalendar
    today: date
    sentence: str = ""

    def deadlines(self, one: Assignment) -> tuple[Deadline, ...]:
        """The deadlines asked about: those of what is to be reached, or inside the sentence that is meant, else all."""
        if (asked := self.stages(one)) is not None and asked.deadlines:
            return asked.deadlines
        if not self.sentence:
            return one.deadlines
        inside = tuple(part for part in one.deadlines if part.text and bare(part.text) in bare(self.sentence))
        return inside or tuple(part for part in one.deadlines if not part.inner)

    def stages(self, one: Assignment) -> AskedDates | None:
        """Which of several dates are asked for; None where all may be."""
        if Intent.DEADLINE not in self.query.aspects or claims_day(self.query.text):
            return None
        return asked_of(self.query.text, one)


def dates_of(asking: Asking, one: Assignment) -> list[date]:
    """The one-off due dates of an assignment; of one that only recurs, the next.

    Where its slot names a day, 5个工作日内 inside the text only says how that day was found.
    """
    stages = asking.stages(one)
    if stages is not None and stages.unsaid:
        return []
    asked = asking.deadlines(one)
    parts = [part for part in asked if not part.start_only] or [*asked]
    if any(part.kind is DeadlineKind.BY and not part.inner for part in parts):
        parts = [part for part in parts if not (part.inner and part.kind is DeadlineKind.RELATIVE)]
    single = [part for part in parts if part.extension is None or part.extension.period is None]
    once = [due for part in single for due in when.dues(part, asking.calendar, asking.today)]
    if once:
        return once
    coming = (_next(asking, part, one) for part in asking.deadlines(one) if part.extension is None)
    return [due for due in coming if due is not None][:1]


def _next(asking: Asking, part: Deadline, one: Assignment) -> date | None:
    """The next date of a rhythm, those that an extension has moved among them."""
    moved = (other for other in asking.deadlines(one) if other.extension is not None and other.text == part.text)
    found = (when.next_due(each, asking.calendar, asking.today) for each in (part, *moved))
    return min((due for due in found if due is not None), default=None)


def asks_units(query: Query) -> bool:
    """Whether units are asked for."""
    return not {Intent.LEAD, Intent.RESPONSIBLE}.isdisjoint(query.aspects)
