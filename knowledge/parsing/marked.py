"""Units with their role in a bracket behind each: 市教育局（牵头）、市财政局."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.model import Doubt, Duty, Role
from knowledge.parsing.names import Names, is_collective, read_names, top_level
from knowledge.parsing.slot import Slot, once

_MARK = re.compile(
    r"[（(〔]\s*(?P<together>共同|分别|联合)?(?P<role>牵头|牵头单位|牵头部门|主责|主责单位|主办|主办单位|负责|责任|责任单位|配合|配合单位|协办|协办单位|会办|会办单位|参与|承办)\s*[）)〕]"
)
_BELOW = re.compile(rf"\s*\n\s*(?={_MARK.pattern})")  # 甲局 ⏎ （牵头）
_SEPARATORS = "、，,；;"


def is_marked(text: str) -> bool:
    """Whether a name in `text` has its role in a bracket behind it."""
    return _MARK.search(text) is not None


def unmarked(text: str) -> str:
    """`text` without the brackets that tell roles, a separator left in their place."""
    return _MARK.sub("、", text).replace("、、", "、").strip("、")


def read_marked(text: str, default: Role, prefix: str, locality: str, word: str, roles: Mapping[str, Role]) -> Slot:
    """The duties of a list with marks. `roles` says what a mark means, `default` what the names without one have.

    A mark at the end of a line of its own stands for every name of that line (甲局、乙局（牵头）⏎丙局), and so does one that says
    together (甲局、乙局（共同牵头）); else it stands for the name before it inside one line, and whether it reaches further back is a
    doubt.
    """
    leads = any(roles.get(m["role"], default) is Role.LEAD for m in _MARK.finditer(text))
    plain = Role.RESPONSIBLE if leads and default is Role.LEAD else default
    duties: list[Duty] = []
    doubts: list[Doubt] = []
    more = False
    lines = [
        _MARK.sub(lambda m: f"{m.group()}、", line).strip("、 ")
        for line in _BELOW.sub("", text).split("\n")
        if line.strip()
    ]
    for line in lines:
        pieces = top_level(line, _SEPARATORS)
        marks = [_MARK.search(piece) for piece, _ in pieces]
        whole = len(lines) > 1 and marks[-1] is not None and sum(m is not None for m in marks) == 1
        told = sum(mark is not None for mark in marks) > 1 and marks[-1] is not None
        for at, ((piece, _), own) in enumerate(zip(pieces, marks, strict=True)):
            ahead = next(filter(None, marks[at:]), None)
            mark = marks[-1] if whole else ahead if told or (ahead and ahead["together"]) else own
            names = _names(piece, prefix, locality)
            prefix, more = names.prefix, more or names.more
            role, said = (roles.get(mark["role"], Role.RESPONSIBLE), mark["role"]) if mark else (plain, word)
            duties += [Duty(unit, role, said, False, is_collective(unit)) for unit in names.units if len(unit) > 1]
        apart = [mark in "；;" for _, mark in pieces if mark]  # 甲局；乙局（配合）: the mark reaches no further
        doubts += [] if whole or any(apart) else _reach(line, marks, duties)
    return Slot(once(duties), None, more, (), bool(duties), (), tuple(doubts))


def _names(piece: str, prefix: str, locality: str) -> Names:
    return read_names(unmarked(piece), prefix, locality)


def _reach(line: str, marks: list[re.Match[str] | None], duties: list[Duty]) -> list[Doubt]:
    """A doubt where the only mark stands behind the second or a later name: it may speak for those before it too."""
    line = line.replace("、、", "、")
    told = [(at, mark) for at, mark in enumerate(marks) if mark]
    if len(told) != 1 or told[0][0] == 0 or told[0][1]["together"]:
        return []
    at, mark = told[0]
    name = duties[at].unit if at < len(duties) else ""
    said = f"“{line}”里的“{mark.group()}”只按“{name}”登记，也可能连同前面的单位。"
    return [Doubt("mark-reach", said, None, line, name, ("连同前面的单位",))]
