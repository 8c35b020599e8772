"""Units in the bracket that closes a requirement, in a table that has no column for them: 组织灯会（文艺科）."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import last_bracket, outer_brackets, read_inside
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
    return [one if slot is None else _with(one, slot, usual, locality) for one, slot in zip(found, slots, strict=True)]


def _more_inside(found: Found, inside: str, locality: str) -> tuple[Doubt, ...]:
    """A doubt for each other bracket of the words that names units too (1.…（甲局）2.…（乙局）): the last speaks for all."""
    brackets = [found.text[a + 1 : b - 1] for a, b in outer_brackets(found.text)]
    others = [
        words
        for words in brackets
        if words != inside and read_inside(words, Conventions(), locality, by_convention=True)
    ]
    return tuple(
        Doubt("duty-in-text", f"任务内容里还有“{words[:40]}”，没有登记为分工，请核对。", found.place, words, "任务内容的一部分", ("写明分工",))
        for words in others
    )  # fmt: skip


def _closing(found: Found, locality: str) -> Slot | None:
    inside = last_bracket(found.text)
    return read_inside(inside, Conventions(), locality, by_convention=True) if inside else None


def _with(found: Found, slot: Slot, usual: bool, locality: str) -> Found:
    inside = last_bracket(found.text)
    text = found.text.rstrip(_STOPS)[: -len(inside) - 2].rstrip(_STOPS)
    if all(duty.role is Role.RESPONSIBLE and not duty.word for duty in slot.duties) and not usual:
        said = f"括号里的“{inside[:40]}”只有名称，按责任单位登记，请核对。"
        slot = replace(slot, doubts=(*slot.doubts, Doubt("bracket-units", said, found.place, inside, "责任单位")))
    kept = tuple(doubt for doubt in found.doubts if doubt.code != "no-units") + _more_inside(found, inside, locality)
    own = replace(slot, deadline=found.slot.deadline or slot.deadline, starts=found.slot.starts)
    return replace(found, text=text, slot=own, doubts=kept)
