"""配合单位最多的是哪项: the rows in which most units, or fewest, have the role asked for."""

from __future__ import annotations

from handlers import wording_printed
from handlers.finding import Found, held_by
from handlers.listed import listed
from handlers.message import Outcome, said
from handlers.refusing import unsaid
from knowledge.model import Assignment, Role
from knowledge.question.query import Query
from knowledge.register import Register


def answer(query: Query, register: Register, few: bool) -> Outcome:
    """The rows at that end of the count; a row that prints no unit in the role does not count."""
    scoped = register.scoped(query.documents)
    rows = held_by(query.names, scoped.of_units(query.names), ()) if query.names else scoped.assignments
    counted = {one: len(_units(one, query.roles)) for one in rows if one.number is not None}
    counted = {one: many for one, many in counted.items() if many}
    if not counted:
        return unsaid(query, Found(), register)
    end = (min if few else max)(counted.values())
    told = [one for one, many in counted.items() if many == end]
    text = wording_printed.widest(told, end, query.roles, few, scoped)
    return said(text, listed(query, scoped, [one.id for one in told], count=len(told)))


def _units(one: Assignment, roles: tuple[Role, ...]) -> set[str]:
    return {duty.unit for duty in one.duties if not roles or duty.role in roles}
