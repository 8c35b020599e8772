"""Units behind a requirement in its own cell: 组织灯会（文艺科）, or label lines, in a table that has no column for them.

A cell with several requirements, each with its own bracket, gives an assignment for each. Beside a column of units such a
bracket counts where it says in words who leads and who helps (甲局牵头，乙局配合).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import last_bracket, outer_brackets, read_inside
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import labels_in, read_labels
from knowledge.parsing.found import Found
from knowledge.parsing.outline import numbered
from knowledge.parsing.slot import Slot

_STOPS = "。；;，, "
_NEXT = re.compile(r"[。；;，,\s]*(?:$|[（(]?\d{1,2}[）).．、]|[①-⑳])")
_HEADED = re.compile(r"[^。；：]{2,30}：(?=[（(]?1[）).．、]|①)")


def with_closing(found: Sequence[Found], layout: Layout, locality: str) -> list[Found]:
    """`found` with the units of such brackets. Names alone count where most rows end so; else each is a doubt."""
    if layout.first(Holds.UNITS) is not None or any(one.slot.duties for one in found):
        return [_refined(one, locality) for one in found]
    found = [piece for one in found for piece in _apart(_labelled(one, locality), locality)]
    slots = [None if one.slot.duties else _closing(one, locality) for one in found]
    usual = 2 * sum(slot is not None for slot in slots) >= len(found)
    return [one if slot is None else _with(one, slot, usual, locality) for one, slot in zip(found, slots, strict=True)]


def _refined(found: Found, locality: str) -> Found:
    """`found` with the parts that the bracket at its end states in words, beside the units of its columns; where one says
    otherwise than the other the bracket stays in the text, which is doubted."""
    closing = _closing(found, locality) if found.slot.duties and found.text else None
    if closing is None:
        return found
    text, said, _ = closing
    if not all(duty.word for duty in said.duties) or _disagree(found.slot, said):
        return found
    told = {duty.unit: duty for duty in said.duties}
    own = {duty.unit: told.get(duty.unit, duty) for duty in found.slot.duties}
    slot = replace(found.slot.plus(said), duties=tuple((own | told).values()))
    return found._replace(text=text, slot=replace(slot, deadline=found.slot.deadline or said.deadline))


def _disagree(own: Slot, said: Slot) -> bool:
    """Whether two slots name different leads, or one unit in two parts neither of which is only 责任单位 of a column."""
    leads = [{duty.unit for duty in slot.duties if duty.role is Role.LEAD} for slot in (own, said)]
    parts = {duty.unit: duty.role for duty in own.duties if duty.role is not Role.RESPONSIBLE}
    return (all(leads) and leads[0] != leads[1]) or any(parts.get(d.unit, d.role) is not d.role for d in said.duties)


def _labelled(found: Found, locality: str) -> Found:
    """`found` with what the labels behind its words state (… 牵头单位：甲局 配合单位：乙局 完成时限：6月底)."""
    marks = [m for m, _ in labels_in(found.text) if m["role"] or m["bare"] or m["when"]]
    at = marks[0].start() if marks else 0
    told = read_labels(found.text[at:], locality=locality) if at else Slot()
    if not told.duties:
        return found
    kept = tuple(doubt for doubt in found.doubts if doubt.code != "no-units")
    own = replace(
        told,
        deadline=found.slot.deadline or told.deadline,
        starts=found.slot.starts + told.starts,
        stages=found.slot.stages,
    )
    return found._replace(text=found.text[:at].rstrip(), slot=own, doubts=kept)


def _apart(found: Found, locality: str) -> Iterator[Found]:
    """`found` as one assignment for each of its requirements that ends in a bracket of its own (1.…（甲局）2.…（乙局）)."""
    closing = [pair for pair in outer_brackets(found.text) if _ends_one(found.text, *pair, locality)]
    ends = [
        end
        for (_, end), (after, _) in pairwise([*closing, (-1, 0)])
        if found.text[end:after].strip(_STOPS) or after < 0
    ]
    if found.slot.duties or len(ends) < 2 or not _NEXT.match(found.text, ends[-1]):
        yield found
        return
    headed = _HEADED.match(found.text)
    head = headed.group() if headed else ""
    edges = [len(head), *ends, *([len(found.text)] if found.text[ends[-1] :].strip(_STOPS) else [])]
    for part, (start, end) in enumerate(pairwise(edges), found.part or 1):
        yield found._replace(text=head + numbered(found.text[start:end].lstrip(_STOPS)).rest, part=part)


def _ends_one(text: str, start: int, end: int, locality: str) -> bool:
    """Whether a bracket names units and stands where a requirement ends: behind its stop, or before the next number."""
    behind = text[:start].rstrip()[-1:] in ("。", "；", ";")
    closes = behind or _NEXT.match(text, end) is not None
    return closes and read_inside(text[start + 1 : end - 1], Conventions(), locality, by_convention=True) is not None


def _more_inside(found: Found, text: str, locality: str) -> tuple[Doubt, ...]:
    """A doubt for each bracket left in the words that names units too: those at the end speak for all."""
    brackets = [text[a + 1 : b - 1] for a, b in outer_brackets(text)]
    others = [words for words in brackets if read_inside(words, Conventions(), locality, by_convention=True)]
    return tuple(
        Doubt("duty-in-text", f"任务内容里还有“{words[:40]}”，没有登记为分工，请核对。", found.place, words, "任务内容的一部分", ("写明分工",))
        for words in others
    )  # fmt: skip


def _closing(found: Found, locality: str) -> tuple[str, Slot, str] | None:
    """The requirement without the brackets at its end that name units, what they state together, and what they say."""
    text, slot, said = found.text, None, ""
    while inside := last_bracket(text):
        read = read_inside(inside, Conventions(), locality, by_convention=True)
        if read is None:
            break
        slot, said = read.plus(slot) if slot else read, inside + said
        text = text[: outer_brackets(text)[-1][0]].rstrip(_STOPS)
    return None if slot is None else (text, slot, said)


def _with(found: Found, closing: tuple[str, Slot, str], usual: bool, locality: str) -> Found:
    text, slot, said = closing
    if all(duty.role is Role.RESPONSIBLE and not duty.word for duty in slot.duties) and not usual:
        words = f"括号里的“{said[:40]}”只有名称，按责任单位登记，请核对。"
        slot = replace(slot, doubts=(*slot.doubts, Doubt("bracket-units", words, found.place, said, "责任单位")))
    kept = tuple(doubt for doubt in found.doubts if doubt.code != "no-units") + _more_inside(found, text, locality)
    own = replace(
        slot, deadline=found.slot.deadline or slot.deadline, starts=found.slot.starts, stages=found.slot.stages
    )
    return found._replace(text=text, slot=own, doubts=kept)
