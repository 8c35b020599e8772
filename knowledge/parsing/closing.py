"""Units in the bracket that closes a requirement, in a table that has no column for them: 组织灯会（文艺科）."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import last_bracket, read_inside
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.found import Found
from knowledge.parsing.slot import Slot

_STOPS = "。；;，, "


def with_closing(found: Sequence[Found], layout: Layout, locality: str) -> list[Found]:
    """`found` with the units of such brackets. Names alone count where most rows end so; else each is a doubt."""
    if layout.first(Holds.UNITS) is not None or any(one.slot.duties for one in found):
        return list(found)
    slots = [_closing(one, locality) for one in found]
    usual = 2 * sum(slot is not None for slot in slots) >= len(found)
    return [one if slot is None else _with(one, slot, usual) for one, slot in zip(found, slots, strict=True)]


def _closing(found: Found, locality: str) -> Slot | None:
    inside = last_bracket(found.text)
    return read_inside(inside, Conventions(), locality, by_convention=True) if inside else None


def _with(found: Found, slot: Slot, usual: bool) -> Found:
    inside = last_bracket(found.text)
    text = found.text.rstrip(_STOPS)[: -len(inside) - 2].rstrip(_STOPS)
    if all(duty.role is Role.RESPONSIBLE and not duty.word for duty in slot.duties) and not usual:
        said = f"括号里的“{inside[:40]}”只有名称，按责任单位登记，请核对。"
        slot = replace(slot, doubts=(*slot.doubts, Doubt("bracket-units", said, found.place, inside, "责任单位")))
    kept = tuple(doubt for doubt in found.doubts if doubt.code != "no-units")
    own = replace(slot, deadline=found.slot.deadline or slot.deadline, starts=found.slot.starts)
    return replace(found, text=text, slot=own, doubts=kept)
