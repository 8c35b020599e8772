"""Questions of a kind of their own, whatever their intent: for a goal, a further column, half of it, two units with their roles."""

from __future__ import annotations

from datetime import date

from handlers.message import Outcome
from knowledge.question.partners import partners_asked
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """The answer to such a question; None for any other. Modules are imported when they are asked for, as for the routes."""
    return (
        (_goals(query, register) if query.goal is not None else None)
        or _noted(query, register)
        or _valued(query, register)
        or (_halves(query, register, calendar, today) if query.half else None)
        or (_jointly(query, register) if query.joint else None)
        or _divided(query, register)
        or (_partners(query, register, calendar, today) if query.names and partners_asked(query.text) else None)
    )


def _goals(query: Query, register: Register) -> Outcome | None:
    """What is to be reached in a stretch of the year, where a document says so by stages."""
    from handlers.goals import answer

    return answer(query, register)


def _noted(query: Query, register: Register) -> Outcome | None:
    """What a further column of a row says, where it is asked for."""
    from handlers.noted import answer

    return answer(query, register)


def _valued(query: Query, register: Register) -> Outcome | None:
    """The assignments in whose row a further column prints a value."""
    from handlers.valued import answer

    return answer(query, register)


def _halves(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """When half of what is asked about is to be done."""
    from handlers.halves import answer

    return answer(query, register, calendar, today)


def _divided(query: Query, register: Register) -> Outcome | None:
    """How many parts a document has."""
    if not any(sign in query.text for sign in "块部板章类篇方"):
        return None
    from handlers.divided import answer

    return answer(query, register)


def _jointly(query: Query, register: Register) -> Outcome:
    """The assignments in which two units have the roles named."""
    from handlers.jointly import answer

    return answer(query, register)


def _partners(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """Who has another role in what the units named hold in one."""
    from handlers.partners import answer

    return answer(query, register, calendar, today)
