"""What units hold: in the roles asked for, alone, beside another's lead, with each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from handlers import wording
from handlers.finding import held_by
from knowledge.model import Assignment, Role
from knowledge.patterns import regex
from knowledge.question.query import Asked, Query
from knowledge.register import Register

# 民政局和财政局同时当配合单位的: both help, and neither helps the other (A配合B的).
_BOTH_HELP = regex(r"(?:同时|都|共同|一起)(?:是|当|做|作为?)(?:个)?(?:配合|协办|会办)")


def held_in_roles(
    units: Collection[str], register: Register, roles: Collection[Role], query: Query
) -> list[Assignment]:
    """What the units hold in one of `roles` (any where there is none), as the question narrows it: 单独牵头, 只是配合."""
    held = held_by(units, register.of_units(units), roles) or _beside_leaders(units, register, roles)
    if query.alone:
        held = [one for one in held if set(one.units(Role.LEAD)) <= set(units)]
    return not_led(units, held, roles) if query.only else held


def not_led(units: Collection[str], held: Iterable[Assignment], roles: Collection[Role]) -> list[Assignment]:
    """Of these what the units do not lead, nor answer for where only their help is asked for."""
    more = (Role.LEAD, Role.RESPONSIBLE) if tuple(roles) == (Role.COOPERATING,) else (Role.LEAD,)
    return [one for one in held if not held_by(units, [one], more)]


def _beside_leaders(units: Collection[str], register: Register, roles: Collection[Role]) -> list[Assignment]:
    """Where the documents print no 配合单位 of these units: what they hold as 责任单位 beside another's lead."""
    if tuple(roles) != (Role.COOPERATING,):
        return []
    held = held_by(units, register.of_units(units), (Role.RESPONSIBLE,))
    return [one for one in held if one.units(Role.LEAD) and not held_by(units, [one], (Role.LEAD,))]


def in_common(query: Query, register: Register) -> list[tuple[Asked, list[Assignment]]]:
    """What all of the units have a part in; each in the role asked for, where they are to lead together."""
    both = _of_each(query, register, common_roles(query))
    words = wording.names(asked.words for asked in query.units)
    all_of = Asked(words, query.names)
    return [(all_of, [one for one in register.of_units(query.names) if one.id in both])]


def _of_each(query: Query, register: Register, roles: Collection[Role]) -> set[str]:
    """The ids of what every one of the units has a part in, in one of the roles."""
    each = [
        {one.id for one in held_in_roles(asked.units, register, roles, query)} for asked in query.units if asked.units
    ]
    return set.intersection(*each) if each else set()


def common_roles(query: Query) -> tuple[Role, ...]:
    """The role that each of the units must have in what they do together; empty for any."""
    helping = query.roles == (Role.COOPERATING,) and _BOTH_HELP.search(query.text) is not None
    return query.roles if query.roles == (Role.LEAD,) or helping else ()
