"""Who has a duty, in the first words of an answer."""

from __future__ import annotations

import re

from handlers import wording
from knowledge.model import Assignment, Role
from knowledge.patterns import regex
from knowledge.question.claimed import asks_which_role
from knowledge.question.cues import shows
from knowledge.question.query import Intent, Query

# 还有别的单位吗, of an item whose units were all told.
_NOBODY_ELSE = regex(r"还有(?:没有)?(?:别的|其[他它])")


# 智慧停车谁牵头，还有哪些责任单位: who leads is asked first, and then who else.
_FIRST_WHO = regex(r"(?:谁|哪(?:个|家|一家)?(?:单位|部门|局)?)(?:来|在)?(?:牵头|领头|主责|主办)[,，;；、。?？\s]")


def _asks_lead_first(query: Query) -> bool:
    return not query.names and _FIRST_WHO.search(query.text) is not None


def asks_of_unit(query: Query) -> bool:
    """招投标有我们水利局的事吗: whether the units named have a part in what is asked about."""
    if query.intent is not Intent.RESPONSIBLE or query.premise or query.excluded or query.roles:
        return False
    return bool(query.names and (query.topics or query.assignments))


def _base(unit: str) -> str:
    """市卫生健康委（市中医药局） → 市卫生健康委."""
    return re.sub(r"[（(].*$", "", unit)


def units_asked(query: Query, one: Assignment) -> tuple[str, ...]:
    """The units that answer the question: those of the roles asked; where nobody leads by name, the 责任单位."""
    lead, responsible, cooperating = (one.units(role) for role in Role)
    if of_kind := _of_kind(query, one):
        return of_kind
    if asks_of_unit(query):
        return tuple(duty.unit for duty in one.duties if duty.unit in query.names)
    if asks_which_role(query.text) and query.names:
        return lead or responsible
    if query.excluded:
        told = {_base(unit) for unit in query.names or lead}
        in_role = {Role.RESPONSIBLE: responsible, Role.COOPERATING: cooperating}
        said = _role_said(query.text)
        of_role = in_role[said] if said is not None else ()
        others = tuple(unit for unit in of_role or lead + responsible + cooperating if _base(unit) not in told)
        return lead + others if _asks_lead_first(query) else others
    printed = tuple(duty.unit for duty in one.duties if duty.word in query.role_words)
    worded = {duty.role for duty in one.duties if duty.word in query.role_words}
    if printed and worded >= set(query.roles):
        return printed
    if not query.roles:
        return lead or responsible or cooperating
    wanted: tuple[str, ...] = ()
    if Role.LEAD in query.roles:
        wanted += lead or responsible
    if Role.RESPONSIBLE in query.roles:
        wanted += responsible or lead
    if Role.COOPERATING in query.roles:
        beside = lead or query.names  # 某局会同谁: those that stand beside it
        wanted += cooperating or (tuple(unit for unit in responsible if unit not in beside) if beside else ())
    if Role.COOPERATING in query.roles and query.names and not (query.premise or shows("lead", query.text)):
        wanted = tuple(unit for unit in wanted if unit not in query.names) or wanted  # 某局会同谁
    return tuple(dict.fromkeys(wanted))


# 涉及哪几个镇: units of one kind, whatever their role.
_KIND_ASKED = regex(r"哪(?:几|些|一)?个?(?P<kind>乡镇|镇街|街镇|县区|区县|[镇乡县区]|街道|社区)(?![域里长委办级])")


def _of_kind(query: Query, one: Assignment) -> tuple[str, ...]:
    asked = _KIND_ASKED.search(query.text) if not query.names else None
    if asked is None:
        return ()
    signs = (asked["kind"],) if asked["kind"] in ("街道", "社区") else tuple(asked["kind"].replace("街", ""))
    kin = (duty.unit for duty in one.duties if any(sign in duty.unit[1:] for sign in signs))
    return tuple(dict.fromkeys(unit for unit in kin if _TERRITORY.search(unit)))


_TERRITORY = regex(r"(?:人民政府|政府|办事处|管委会|街道|社区|[镇乡县区])(?:（[^）]*）)?$")


# 除了牵头的，责任单位还有哪些; 另外谁配合: the others are asked for in one role.
_ROLE_SAID = {
    Role.RESPONSIBLE: regex(r"责任(?:单位|部门|的)"),
    Role.COOPERATING: regex(r"(?:配合|协办)(?:单位|部门|的)|(?:谁|哪[^,，]{0,6})(?:来|去)?(?:配合|协办)"),
}


def _role_said(text: str) -> Role | None:
    """The only role that is named for the others asked for."""
    found = [role for role, said in _ROLE_SAID.items() if said.search(text)]
    return found[0] if len(found) == 1 else None


def duty_head(query: Query, one: Assignment) -> str:
    """市财政局牵头。 and its kin: who has the role asked for, or that the document prints nobody with it."""
    units = units_asked(query, one)
    lead = one.units(Role.LEAD)
    if query.excluded and not query.names and _NOBODY_ELSE.search(query.text):
        return "没有别的单位了，文件写到的都在下面。"
    if query.excluded and lead and _asks_lead_first(query):
        further = tuple(unit for unit in units if unit not in lead)
        return wording.led(lead, True) + (f"另外还有：{wording.names(further)}。" if further else "没有写其他单位。")
    if query.excluded:
        return (
            f"另外还有：{wording.names(units)}。"
            if units
            else f"除{wording.names(query.names or lead)}外没有写其他单位。"
        )
    if Role.COOPERATING in query.roles and not one.units(Role.COOPERATING):
        beside = tuple(unit for unit in units if unit not in lead)
        others = f"另列的责任单位是{wording.names(beside)}。" if beside and lead else ""
        leads = wording.led(lead, True, _severally(one)) if Role.LEAD in query.roles else ""
        told = f"{leads}文件没有写配合单位。{others}"
        return told if others or leads else told + wording.led(lead or one.units(Role.RESPONSIBLE), bool(lead))
    if Role.LEAD in query.roles and not lead:
        return f"文件没有写牵头单位，责任单位是{wording.names(one.units(Role.RESPONSIBLE) or units)}。"
    if asks_of_unit(query):
        return _holding(query, one)
    if set(query.roles) == {Role.LEAD, Role.COOPERATING} and lead:
        return f"{wording.led(lead, True, _severally(one)).rstrip('。')}，{wording.names(one.units(Role.COOPERATING))}配合。"
    if query.roles in ((), (Role.LEAD,)):
        return wording.led(units, bool(lead), _severally(one))
    return f"{wording.names(units)}{'配合' if units == one.units(Role.COOPERATING) else ''}。"


def _holding(query: Query, one: Assignment) -> str:
    """Whether the units asked about are among those of the assignment."""
    held = [duty for duty in one.duties if duty.unit in query.names]
    words = wording.names(asked.words for asked in query.units)
    if not held:
        return f"{wording.not_named([words])}{wording.names(duty.unit for duty in one.duties)}。"
    said = "" if asks_which_role(query.text) else "有。"
    return f"{said}{wording.names(duty.unit for duty in held)}是{wording.role_word(held[0])}单位。"


def _severally(one: Assignment) -> bool:
    return any(duty.severally for duty in one.duties if duty.role is Role.LEAD)
