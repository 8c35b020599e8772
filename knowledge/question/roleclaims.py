"""某事是A牵头、B配合，9月底完成，对吧: several things taken for so in one sentence, each to be confirmed or put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.model import Role
from knowledge.patterns import regex
from knowledge.question.chores import UNIT
from knowledge.question.claimed import claimed_figure, claims_day, wants_confirmed
from knowledge.question.query import Asked, RoleClaim

_ROLES = {
    Role.LEAD: r"牵头|主责|主办|承办|主抓|领衔|挂帅",
    Role.RESPONSIBLE: r"责任(?:单位|部门)|负责|落实|管|抓",
    Role.COOPERATING: r"配合|协办|会办|协助|参与|参加",
}
_ROLE = "|".join(f"(?P<{role.name}>{words})" for role, words in _ROLES.items())
_UNITS = rf"(?P<units>{UNIT}(?:[、,，]?(?:和|与|跟|及|还有)?{UNIT})*)"
# UNIT和UNIT牵头; 牵头是UNIT, 牵头单位UNIT
_HOLDS = regex(rf"{_UNITS}(?:来|是|都|在|做|当|共同|一起|联合|单独|只是?|负责(?=牵头)){{0,3}}(?:{_ROLE})")
_HELD = regex(rf"(?:{_ROLE})(?:单位|部门)?的?(?:应该)?(?:都)?(?:是|为|有|:|：)?{_UNITS}")
CLAIMS = "对吧"
"""What a clause that claims something ends with."""
_PLAIN_ROLE = rf"(?:{'|'.join(_ROLES.values())})"
# UNIT牵头但UNIT配合的, UNIT配合但不是UNIT牵头的
_JOINT = regex(
    rf"{UNIT}(?:来|是)?(?P<one>{_PLAIN_ROLE})的?(?:[,，、]|但是?|可是?|而且?|且|并且?|同时|又|却)+(?P<no>不是|不由|并非|不归|没有?让?)?(?:是|由|要|得)?{UNIT}(?:来|也|还|都|要|得|需要?|一起|一块儿?)*(?P<two>{_PLAIN_ROLE})的"
)
_APART = regex(r"分别|各自|各[有是]")
_CLAUSES = regex(r"[,，、;；\s]+")
_CLOSES = regex(r"(?:对吧|对吗|对不对?|是吧|是吗|是不是?|没错吧|不是吗?|吧|吗|么)?\W*$")


def role_claims(marked: str, units: Sequence[Asked]) -> tuple[RoleClaim, ...]:
    """The roles that `marked`, in which UNIT stands for each of `units` in order, takes for so."""
    if not units or marked.count(UNIT) != len(units) or not wants_confirmed(marked):
        return ()
    forms = sorted((_claimed(pattern, marked) for pattern in (_HOLDS, _HELD)), key=len, reverse=True)
    roles = forms[1] | forms[0]  # UNIT牵头、配合是UNIT
    return tuple(RoleClaim(units[at], roles[at]) for at in sorted(roles))


def joint_roles(marked: str, units: Sequence[Asked]) -> tuple[RoleClaim, ...]:
    """The roles that two units must have, or must not have, in what `marked` asks to be listed; empty for any other question."""
    found = _JOINT.search(marked) if len(units) == 2 == marked.count(UNIT) else None
    if found is None or _APART.search(marked) is not None:
        return ()
    first, second = _role_of(found["one"]), _role_of(found["two"])
    if first is second and not found["no"]:
        return ()
    return RoleClaim(units[0], first), RoleClaim(units[1], second, denied=bool(found["no"]))


def _role_of(word: str) -> Role:
    return next(role for role, words in _ROLES.items() if re.fullmatch(words, word))


def _claimed(pattern: re.Pattern[str], marked: str) -> dict[int, Role]:
    """The role that is claimed of each unit, by its place."""
    found = ((one, role) for one in pattern.finditer(marked) for role in Role if one[role.name])
    return {at: role for one, role in found for at in _places(marked, one)}


def _places(marked: str, found: re.Match[str]) -> range:
    """Which of the units stand in what was found."""
    before = marked[: found.start("units")].count(UNIT)
    return range(before, before + found["units"].count(UNIT))


def claiming_clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence that wants itself confirmed, each with a day or a figure that it claims, as sentences by themselves."""
    if not wants_confirmed(text):
        return
    for clause in _CLAUSES.split(_CLOSES.sub("", text)):
        alone = f"{clause}{CLAIMS}"
        if clause and (claimed_figure(alone) is not None or claims_day(alone)):
            yield alone
