"""The city's 市 that one cell or label of an assignment lends to the names in another (牵头 市工信局; 配合 统计局)."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.model import Doubt, Duty
from knowledge.parsing.known import is_known
from knowledge.parsing.names import lent_prefix, restored
from knowledge.parsing.slot import Slot
from knowledge.parsing.unit_form import is_collective

_OFFICE = re.compile(r"(?:局|委|委员会)$")


def restored_across(slot: Slot, locality: str) -> tuple[Slot, tuple[Doubt, ...]]:
    """`slot` with the prefix put back where every other name in it has one, and a doubt about each, its place left open."""
    lent = [lent_prefix(duty.unit, locality) for duty in slot.duties]
    prefixes = {*filter(None, lent)}
    if len(prefixes) != 1 or all(lent):
        return slot, ()
    prefix = prefixes.pop()
    duties: list[Duty] = []
    doubts: list[Doubt] = []
    for duty in slot.duties:
        full = _full(duty, prefix, locality)
        if full != duty.unit:
            said = f"“{duty.unit}”按同项其他单位补为“{full}”，请核对。"
            doubts.append(Doubt("prefix-restored", said, None, duty.unit, full, (duty.unit,)))
            duty = replace(duty, unit=full)
        duties.append(duty)
    return (replace(slot, duties=tuple(duties)), tuple(doubts)) if doubts else (slot, ())


def _full(duty: Duty, prefix: str, locality: str) -> str:
    name = duty.unit
    if is_collective(name) or lent_prefix(name, locality) or not _OFFICE.search(name) or not is_known(name):
        return name
    return restored(name, prefix, locality)[0]
