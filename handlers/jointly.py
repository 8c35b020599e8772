"""市场局牵头但住建局配合的, 财政局配合但不是应急局牵头的: assignments in which several units have, or have not, the roles named."""

from __future__ import annotations

from handlers import wording_conditions
from handlers.finding import held_by
from handlers.listed import listed
from handlers.message import Outcome, said
from knowledge.model import Assignment
from knowledge.question.query import Query, RoleClaim
from knowledge.register import Register


def answer(query: Query, register: Register) -> Outcome:
    """The assignments for which all of `query.joint` holds."""
    scoped = register.scoped(query.documents)
    rows = [one for one in scoped.assignments if one.number is not None and all(_holds(it, one) for it in query.joint)]
    text = wording_conditions.jointly(query, rows, scoped)
    return said(text, listed(query, scoped, [one.id for one in rows], query.names, count=len(rows)))


def _holds(claim: RoleClaim, one: Assignment) -> bool:
    return bool(held_by(claim.asked.units, [one], (claim.role,))) is not claim.denied
