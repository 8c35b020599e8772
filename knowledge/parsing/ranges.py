"""Sentences that give units to items elsewhere (以上1-3项由甲局牵头，乙局配合; 第6项由丙局负责; 以上任务由甲局负责)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Doubt, Role
from knowledge.parsing.duties import with_deadline
from knowledge.parsing.found import Found
from knowledge.parsing.label_lines import inside_of
from knowledge.parsing.lines import Line
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.prose import Node
from knowledge.parsing.slot import Slot

_NUMBERS = r"第?\d{1,3}(?:\s*(?:[-—–~～至到、和及]|项至第?|项、第?)\s*第?\d{1,3})*"
_CLAUSE = re.compile(
    rf"(?:^|(?<=[，,；;。]))(?:其中[，,]?|以上|上述|以下)?(?:第)?(?P<numbers>{_NUMBERS})项(?:任务|工作|内容|措施)?[，,]?(?:均|都|分别)?由"
)
_ALL_ABOVE = re.compile(
    r"(?:以上|上述)(?:各|几|所有|全部|[一二三四五六七八九十两\d]+)?(?:[项条点])?(?:[\u3400-\u9fff]{0,4}(?:任务|工作|事项|内容|措施|项目|目标))?[，,]?(?:均|都|分别)?(?:由|责任单位[：:])"
)
_WATCHED = re.compile(r"督办|督查|督导|汇总|跟踪|考核|通报|调度|监督|报送")
_SPAN = re.compile(r"(\d{1,3})(?:\s*[项第]*\s*([-—–~～至到])\s*第?\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Range:
    """The slot of the items `numbers`, stated in `line`; without numbers that of all items above it that have none."""

    numbers: tuple[int, ...]
    slot: Slot
    line: Line


def ranges_in(line: Line, locality: str) -> list[Range]:
    """What a line states about items by their numbers; empty when it is not such a line."""
    text = inside_of(line.text).strip("。；; ")
    if not line.boxes and (m := _ALL_ABOVE.match(text)) and not _WATCHED.search(text):
        slot = with_deadline(text[m.end() :], Role.RESPONSIBLE, "", locality)
        return [Range((), slot, line)] if slot.duties else []
    marks = [] if line.boxes else list(_CLAUSE.finditer(text))
    if not marks or marks[0].start() > 0:
        return []
    every, others = _EVERY.search(text), _OTHERS.search(text)
    ends = [m.start() for m in marks[1:]] + [min(m.start() if m else len(text) for m in (every, others))]
    made = [
        Range(tuple(_numbers(m["numbers"])), with_deadline(text[m.end() : end], Role.RESPONSIBLE, "", locality), line)
        for m, end in zip(marks, ends, strict=True)
    ]
    if every and deadline_like(every["when"]):
        made = [replace(one, slot=one.slot.plus(Slot(deadline=every["when"]))) for one in made]
    return made if all(one.slot.duties for one in made) else []


_EVERY = re.compile(
    r"[，,；;。](?:以上|上述)?(?:各项|所有)(?:工作|任务)*(?:均|都)?(?:应|须|要|需)?(?:于|在)?(?P<when>[^，,；;。]{2,20})$"
)


_OTHERS = re.compile(
    r"[，,；;。](?:其余|其他|其它)(?:的|各|几)?(?:项|条|任务|工作)"
)  # what the rows say holds for these


def _numbers(words: str) -> Iterator[int]:
    for m in _SPAN.finditer(words):
        first, last = int(m[1]), int(m[3] or m[1])
        yield from range(first, min(last, first + 200) + 1)


def spread(root: Node, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Gives each item its slot: the nearest one above the sentence with that number, else the first below it.

    Returns the ranges of which an item is missing.
    """
    missing: list[Range] = []
    nodes = [node for node in root.below() if (node.printed or node.counted) and node.lines]
    for one in ranges:
        if not one.numbers:
            missing += [] if _given_above(root, one) else [one]
        for number in one.numbers:
            node = _nearest(nodes, number, one.line.index)
            if node is None:
                missing.append(one)
                continue
            node.slot = (node.slot or Slot()).plus(one.slot)
            node.heading = False
    return tuple(dict.fromkeys(missing))


def over_rows(found: Sequence[Found], ranges: Sequence[Range]) -> tuple[list[Found], tuple[Range, ...]]:
    """The rows of tables with what sentences below them state by number, and the sentences of which a row is missing.

    Who leads in a row already keeps that beside another lead, which is a doubt. Without numbers the rows without units get it.
    """
    out, missing = list(found), list[Range]()
    for one in ranges:
        above = [at for at, row in enumerate(out) if max(row.lines, default=-1) < one.line.index]
        if one.numbers:
            placed = {
                out[at].value: at for at in above if out[at].value in one.numbers
            }  # the last: of the table next to it
            missing += [] if set(one.numbers) == set(placed) else [one]
            ats = list(placed.values())
        else:
            ats = [at for at in above if out[at].text and not out[at].slot.duties]
            missing += [] if ats else [one]
        for at in ats:
            out[at] = _stated(out[at], one)
    return out, tuple(missing)


def _stated(found: Found, one: Range) -> Found:
    leads = {duty.unit for duty in found.slot.duties if duty.role is Role.LEAD}
    told = {duty.unit for duty in one.slot.duties if duty.role is Role.LEAD}
    slot = found.slot.plus(one.slot)
    kept = tuple(doubt for doubt in found.doubts if doubt.code != "no-units")
    if (found.slot.deadline and one.slot.deadline) or (leads and told - leads):
        words = f"本行写的和“{one.line.text[:40]}”都登记了，请核对。"
        kept += (Doubt("range", words, found.place, one.line.text[:40], "两处都登记"),)
    return found._replace(slot=slot, doubts=kept)


def _given_above(node: Node, one: Range) -> bool:
    """Gives the slot of `one` to every item above its line that has none; whether there was such an item."""
    given = False
    for child in node.children:
        above = bool(child.lines) and child.lines[0].index < one.line.index
        if not above or child.own or any(below.own for below in child.below()):
            given = (above and not child.own and _given_above(child, one)) or given
        elif child.heading and any(below.printed or below.bullet for below in child.children):
            given = _given_above(child, one) or given
        elif child.printed or child.bullet:
            child.slot, child.heading, given = one.slot, False, True
    return given


def _nearest(nodes: Sequence[Node], number: int, at: int) -> Node | None:
    fits = [node for node in nodes if node.value == number and node.level >= 3] or [
        node for node in nodes if node.value == number
    ]
    above = [node for node in fits if node.lines[0].index < at]
    return above[-1] if above else fits[0] if fits else None
