"""The city's 市 that one cell or label of an assignment lends to the names in another (牵头 市工信局; 配合 统计局), and to whom it lends
nothing: a zone's own 规划建设局 beside 市生态环境局开发区分局."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.model import Doubt, Duty
from knowledge.parsing.found import Found
from knowledge.parsing.known import is_known
from knowledge.parsing.names import lent_prefix, restored
from knowledge.parsing.slot import Slot
from knowledge.parsing.unit_form import is_collective

_OFFICE = re.compile(r"(?:局|委|委员会)$")
# What a city sends into a zone that has offices of its own.
_BRANCH = re.compile(r"(?:分局|大队|支队|中队|集团|公司|税务所|供电所)$")


def printed_bare(found: Sequence[Found], locality: str) -> frozenset[str]:
    """The names that a document prints without a prefix where nothing beside them could lend one, and nowhere with one."""
    bare: set[str] = set()
    full: set[str] = set()
    for one in found:
        lent = [lent_prefix(duty.unit, locality) for duty in one.slot.duties]
        for duty, prefix in zip(one.slot.duties, lent, strict=True):
            if prefix and (duty.unit in one.original or duty.unit.removeprefix(prefix) not in one.original):
                full.add(duty.unit.removeprefix(prefix))
        if not any(lent):
            bare.update(duty.unit for duty in one.slot.duties)
    return frozenset(name for name in bare - full if _OFFICE.search(name))


def as_printed(found: Found, bare: Collection[str], locality: str) -> Found:
    """`found` without the prefixes that its list lent to names which the document prints bare."""

    def printed(duty: Duty) -> Duty:
        stem = duty.unit.removeprefix(lent_prefix(duty.unit, locality))
        lent = stem in bare and stem in found.original and duty.unit not in found.original
        return replace(duty, unit=stem) if lent else duty

    duties = tuple(map(printed, found.slot.duties))
    return found if duties == found.slot.duties else found._replace(slot=replace(found.slot, duties=duties))


def restored_across(slot: Slot, locality: str, bare: Collection[str] = ()) -> tuple[Slot, tuple[Doubt, ...]]:
    """`slot` with the prefix put back where every other name in it has one, but for the names that are printed `bare` elsewhere, and a
    doubt about each, its place left open."""
    lent = [lent_prefix(duty.unit, locality) for duty in slot.duties]
    prefixes = {
        one for one, duty in zip(lent, slot.duties, strict=True) if one and not (bare and _BRANCH.search(duty.unit))
    }
    if len(prefixes) != 1 or all(lent):
        return slot, ()
    prefix = prefixes.pop()
    duties: list[Duty] = []
    doubts: list[Doubt] = []
    for duty in slot.duties:
        full = duty.unit if duty.unit in bare else _full(duty, prefix, locality)
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
