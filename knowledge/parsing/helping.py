"""Units of which the sentences of an item say only that they help whoever has it (由财务科配合; 请护理部、工会予以支持)."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.model import Duty, Role
from knowledge.parsing.acting import is_inside
from knowledge.parsing.duties import read_units
from knowledge.parsing.found import Found
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import named
from knowledge.patterns import regex

_HELPS = regex(
    r"^(?:同时|并|另|需)?(?P<asked>(?<!自)由|请)?(?P<units>[^，,。；;：:由请]{2,60}?)(?:要|应|须)?(?:予以|给予|积极|主动|共同|密切|全力|一并|大力)*"
    r"(?P<verb>配合|协助|协办|协同|参与|支持)(?!单位|部门|[的率度者人])[^，,。；;]{0,16}$"
)
_NOBODY = regex(r"社会(?!保障|保险|工作|治安|事业)|群众|企业|村民|居民|职工|市民")


def with_partakers(found: Found, locality: str = "") -> Found:
    """`found`, whose owner is known, with those of whom a member of a sentence says no more than that they help.

    Behind 由 and 请 any name counts that is built like a unit's, however common its ending is.
    """
    if not any(duty.role is not Role.COOPERATING for duty in found.slot.duties):
        return found
    known = {duty.unit for duty in found.slot.duties}
    prefix = read_names(found.slot.duties[0].unit).prefix
    more: list[Duty] = []
    for member in re.split(r"[，,；;。]", found.text):
        m = _HELPS.match(member)
        names = read_names(m["units"], prefix, locality).units if m and _are_units(m["units"], bool(m["asked"])) else ()
        fresh = [name for name in names if name not in known]
        known.update(fresh)
        more += [Duty(name, Role.COOPERATING, m["verb"] if m else "", False, is_collective(name)) for name in fresh]
    return found._replace(slot=replace(found.slot, duties=(*found.slot.duties, *more))) if more else found


def only_helping(part: str, prefix: str = "", locality: str = "") -> Slot | None:
    """The units of whom a part of a sentence says no more than that they help (甲局、乙局予以配合。); None where it says other things."""
    m = _HELPS.match(part.rstrip("。，；,; "))
    if m is None or not _are_units(m["units"], bool(m["asked"])):
        return None
    return read_units(m["units"], Role.COOPERATING, prefix, locality, m["verb"])


def _are_units(words: str, asked: bool) -> bool:
    if is_inside(words) or _NOBODY.search(words):
        return False
    names = read_names(words).units
    return named(words) or (asked and bool(names) and all(is_unit(one) and not is_clause(one) for one in names))
