"""Persons who stand where units are asked for: those who answer for an item (责任人：…), and the members of a working group."""

from __future__ import annotations

import re

from knowledge.model import Doubt, Role
from knowledge.parsing.duties import read_units
from knowledge.parsing.found import Found
from knowledge.parsing.names import is_unit, read_names
from knowledge.parsing.slot import Slot

_ANSWERS = re.compile(r"[^：]{0,6}(?:责任人|负责人|牵头人|承办人|经办人|组长|队长|[组队成]员)[员姓名]{0,2}：")
_GROUP = re.compile(r"(?<!领导小)(?:[组队]|专班)$")
_TEAM = re.compile(
    r"(?:(?:第一|常务)?(?P<head>副?[组队]长|召集人|负责人)|(?:主要|组成)?(?:成员|组员|队员|人员))\s*[：:]\s*(?P<who>\S.*)"
)


def is_group(name: str) -> bool:
    """Whether a name is that of a working group made up of several units (现场组, 保供专班)."""
    return _GROUP.search(name) is not None


def answers(words: str) -> bool:
    """Whether what stands behind a label is a person who answers for an item, not one to call."""
    return _ANSWERS.match(words) is not None


def team_of(title: str, line: str) -> Slot | None:
    """Who belongs to the working group `title` (组长：…, 成员：…), None where the line does not say it.

    Units among the members have a share in what the group does; persons are kept beside it.
    """
    m = _TEAM.match(line) if _GROUP.search(title) else None
    if m is None:
        return None
    names = read_names(m["who"]).units
    if m["head"] or not names or not all(is_unit(name) for name in names):
        return Slot(rest=(line.replace(":", "："),))
    return read_units(m["who"], Role.COOPERATING, word="成员")


def without_unit(found: Found) -> Doubt:
    """What is to be asked where nobody is named for an item, or only persons are."""
    persons = next((words for words in found.slot.rest if answers(words)), "")
    said = f"此项只写了“{persons[:30]}”，没有写单位，请核对由哪个单位负责。" if persons else ""
    said = said or "此项没有读到牵头或责任单位，请对照原文核对。"
    return Doubt("no-units", said, found.place, persons[:30] or found.text[:30], "无单位")
