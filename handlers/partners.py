"""残联牵头的那一项由谁配合: what a unit holds in one role, and who has another in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.ask import answer as answered
from handlers.finding import held_by
from handlers.message import Outcome
from knowledge.model import Message, Role
from knowledge.normal import bare
from knowledge.question.partners import partners_asked
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """The holders of the other role, row by row; None where something else is asked or the unit holds nothing so."""
    found = partners_asked(query.text) if query.names and not (query.numbers or query.span) else None
    if found is None or any(bare(topic) not in bare(found[2]) for topic in query.topics):
        return None
    held, asked, _ = found
    rows = held_by(query.names, register.scoped(query.documents).of_units(query.names), (held,))
    if not rows:
        return None
    intent = Intent.LEAD if asked is Role.LEAD else Intent.RESPONSIBLE
    of_rows = replace(
        query,
        intent=intent,
        aspects=(intent,),
        roles=(asked,),
        role_words=frozenset(),
        units=(),
        topics=(),
        chores=False,
        assignments=tuple(one.id for one in rows),
    )
    return answered(of_rows, Message(query.said), register, calendar, today)
