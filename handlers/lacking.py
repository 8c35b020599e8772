"""没写牵头单位的有哪些, 没有具体时限的, 有具体日期的: the assignments that do not print what is asked for, or do."""

from __future__ import annotations

from handlers import wording_printed
from handlers.finding import held_by
from handlers.listed import listed, roles_of
from handlers.message import Outcome, said
from knowledge.model import Assignment, Deadline, DeadlineKind, Role
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.standing import leaves


def of_lacking(query: Query, register: Register) -> Outcome:
    """The assignments that print no leader, no deadline and the like."""
    roles = [
        role for role in roles_of(query) if role not in (query.lacking or "").split()
    ]  # 有配合单位的 asks for no role of theirs
    concerned = held_by(query.names, register.of_units(query.names), roles) if query.names else register.assignments
    numbered = [one for one in concerned if one.number is not None and one.text]
    rows = [one for one in numbered if _lacks(one, query.lacking or "")]
    ids = tuple(one.id for one in rows)
    return said(wording_printed.lacking(query, rows, register), listed(query, register, ids, count=len(ids)))


def _says_when(part: Deadline) -> bool:
    """Whether it says by when the work is due; a standard of service (投诉24小时内办结) does not."""
    served = part.inner and part.kind is DeadlineKind.RELATIVE and part.due is None
    return part.kind is not DeadlineKind.NONE and not served


def _lacks(one: Assignment, what: str) -> bool:
    if what == "deadline":
        return not any(map(_says_when, one.deadlines))
    if what == "day":
        return not any(part.due for part in leaves(one.deadlines))
    if what == "dated":
        return any(part.due for part in leaves(one.deadlines))
    if what.startswith("with "):
        return bool(one.units(Role(what.removeprefix("with "))))
    if what.startswith("one "):
        return len(one.units(Role(what.removeprefix("one ")))) == 1
    if what == "others":
        return len({duty.unit for duty in one.duties}) == 1
    if what == "beside leads":
        return bool(one.units(Role.LEAD)) and not one.units(Role.COOPERATING)
    return not one.units(Role(what))
