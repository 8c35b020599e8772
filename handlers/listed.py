"""The value behind a list, and the roles in which a question wants its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.message import Answer, Outcome, Reply
from handlers.narrowing import ANSWERING
from knowledge.model import Evidence, Role
from knowledge.patterns import regex
from knowledge.question.query import Query
from knowledge.register import Register

# 牵头的和当责任单位的: either, each said by its name.
_BOTH_NAMED = regex(r"牵头的?.{0,3}(?:和|与|跟|、|以及|还有|及|或者?).{0,8}责任(?:单位|部门)")


def roles_of(query: Query) -> tuple[Role, ...]:
    """The roles of the units whose assignments are wanted; empty for any."""
    if query.only:  # what the units do not lead
        return query.roles or (Role.RESPONSIBLE, Role.COOPERATING)
    if query.roles == (Role.COOPERATING,):
        return query.roles
    if Role.LEAD in query.roles and Role.COOPERATING in query.roles:
        return ()
    if _BOTH_NAMED.search(query.text):
        return query.roles
    return (Role.LEAD,) if query.alone or (Role.LEAD in query.roles and query.roles != ANSWERING) else query.roles


def listed(query: Query, register: Register, ids: Sequence[str], units: tuple[str, ...] = (), **more: object) -> Answer:
    """The answer that lists the assignments `ids`, with their documents and what they stand on; `more` are further fields."""
    rows = [one for key in ids if (one := register.assignment(key))]
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(ids),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        units=units,
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
        **more,  # type: ignore[arg-type]
    )


def concluded(outcome: Outcome) -> Outcome:
    """The list that was told before, told to be all there is."""
    if not outcome.replies or outcome.answer is None or not outcome.answer.answered:
        return outcome
    first, *others = outcome.replies
    return replace(outcome, replies=(Reply(f"没有别的了，{first.text}", first.conversation), *others))
