"""某事三季度的目标是什么: what an assignment is to reach in a stretch of the year, where its document says so by stages."""

from __future__ import annotations

from dataclasses import replace

from handlers import wording_goals
from handlers.finding import find
from handlers.message import Answer, Outcome, said
from knowledge.milestones import goals
from knowledge.model import Assignment, Evidence, Span
from knowledge.question.query import Intent, Query
from knowledge.register import Register

_EVER = Span(None, None)


def answer(query: Query, register: Register) -> Outcome | None:
    """The stages of the assignment that is meant which are due in `query.goal`, or that none is; None where nothing is said by
    stages and the assignment itself may answer."""
    if query.goal is None or query.beside == "past":
        return None
    asked = replace(query, intent=Intent.DETAIL, beside=None, fact=None, several=False, span=None)
    found = find(asked, register).assignments
    one = next((row for row in found if goals(row, _EVER)), None)
    if one is not None:
        return _told(query.goal, one, register)
    if query.intent not in (Intent.DETAIL, Intent.COUNT) or not found or _speaks_of(query.goal, found[0]):
        return None
    return _unsaid(query.goal, found[0], register)


def _speaks_of(goal: Span, one: Assignment) -> bool:
    """Whether an assignment without stages is due in the stretch or names it."""
    named = wording_goals.name(goal)
    return named in one.text or any(
        (part.due is not None and goal.holds(part.due)) or named in part.text for part in one.deadlines
    )


def _unsaid(goal: Span, one: Assignment, register: Register) -> Outcome:
    document = register.document(one.document)
    return said(wording_goals.unsaid(goal, one, document), _value(one, ()))


def _told(goal: Span, one: Assignment, register: Register) -> Outcome:
    due = goals(one, goal)
    if wording_goals.is_an_end(goal):
        due = due[-1:]
    text = wording_goals.told(goal, due, goals(one, _EVER), one, register.document(one.document))
    return said(text, _value(one, tuple(sorted({part.due.isoformat() for part in due if part.due}))))


def _value(one: Assignment, dates: tuple[str, ...]) -> Answer:
    return Answer(
        Intent.DETAIL,
        answered=True,
        assignments=(one.id,),
        documents=(one.document,),
        dates=dates,
        evidence=(Evidence(one.document, one.id, one.place, one.original),),
    )
