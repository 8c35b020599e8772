"""Sentences that give units to numbered items elsewhere (以上1-3项由甲局牵头，乙局配合; 第6项由丙局负责)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Role
from knowledge.parsing.duties import with_deadline
from knowledge.parsing.label_lines import inside_of
from knowledge.parsing.lines import Line
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.prose import Node
from knowledge.parsing.slot import Slot

_NUMBERS = r"第?\d{1,3}(?:\s*(?:[-—–~～至到、和及]|项至第?|项、第?)\s*第?\d{1,3})*"
_CLAUSE = re.compile(
    rf"(?:^|(?<=[，,；;。]))(?:其中[，,]?|以上|上述|以下)?(?:第)?(?P<numbers>{_NUMBERS})项(?:任务|工作|内容|措施)?[，,]?(?:均|都|分别)?由"
)
_SPAN = re.compile(r"(\d{1,3})(?:\s*[项第]*\s*([-—–~～至到])\s*第?\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Range:
    """The slot of the items `numbers`, stated in `line`."""

    numbers: tuple[int, ...]
    slot: Slot
    line: Line


def ranges_in(line: Line, locality: str) -> list[Range]:
    """What a line states about items by their numbers; empty when it is not such a line."""
    text = inside_of(line.text).strip("。；; ")
    marks = [] if line.boxes else list(_CLAUSE.finditer(text))
    if not marks or marks[0].start() > 0:
        return []
    every = _EVERY.search(text)
    ends = [m.start() for m in marks[1:]] + [every.start() if every else len(text)]
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


def _numbers(words: str) -> Iterator[int]:
    for m in _SPAN.finditer(words):
        first, last = int(m[1]), int(m[3] or m[1])
        yield from range(first, min(last, first + 200) + 1)


def spread(root: Node, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Gives each item its slot: the nearest one above the sentence with that number, else the first below it.

    Returns the ranges of which an item is missing.
    """
    missing: list[Range] = []
    nodes = [node for node in root.below() if node.printed and node.lines]
    for one in ranges:
        for number in one.numbers:
            node = _nearest(nodes, number, one.line.index)
            if node is None:
                missing.append(one)
                continue
            node.slot = (node.slot or Slot()).plus(one.slot)
            node.heading = False
    return tuple(dict.fromkeys(missing))


def _nearest(nodes: Sequence[Node], number: int, at: int) -> Node | None:
    fits = [node for node in nodes if node.value == number and node.level >= 3] or [
        node for node in nodes if node.value == number
    ]
    above = [node for node in fits if node.lines[0].index < at]
    return above[-1] if above else fits[0] if fits else None
