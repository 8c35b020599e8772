"""Duties that stand in the sentence itself: 由甲、乙共同牵头; 甲局负责…，乙局负责…; 甲局于8月31日前…."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.model import Duty, Role
from knowledge.parsing.duties import Slot
from knowledge.parsing.found import Found
from knowledge.parsing.names import is_collective, is_unit, read_names

_BY = re.compile(r"由(?P<units>[^。；;由：:]{2,80}?)(?:分别|共同|联合|具体|统一)*(?P<verb>牵头|负责)(?![人的])")


def in_sentence(found: Found) -> Found:
    """`found` with the duties its own words state (由甲、乙共同牵头)."""
    duties: list[Duty] = []
    for m in _BY.finditer(found.text):
        names = read_names(m["units"]).units
        if names and all(is_unit(name, strict=True) for name in names):
            role = Role.LEAD if m["verb"] == "牵头" else Role.RESPONSIBLE
            duties += [
                Duty(n, role, m["verb"], False, is_collective(n)) for n in names if n not in {d.unit for d in duties}
            ]
    return replace(found, slot=Slot(tuple(duties), units_stated=bool(duties))) if duties else found
