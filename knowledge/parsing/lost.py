"""Items that have lost their number where a count runs through all sections of a document: alone below a heading, or on one
line with it (二、夯实基础优化门户网站栏目…)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.model import Doubt
from knowledge.parsing.label_lines import addressed
from knowledge.parsing.outline import is_heading
from knowledge.parsing.words import MORE_VERBS, VERBS
from knowledge.patterns import regex

if TYPE_CHECKING:
    from knowledge.parsing.prose import Node

_DUE = re.compile(r"(?:前|底|日|旬)(?:全面|全部|基本)?(?:完成|办结|到位|建成|投用|见效)。?$|长期坚持。?$")
_ITEMS, _FEW, _LEAST = 3, 3, 4
_VERB = regex(
    rf"(?:{VERBS}|{MORE_VERBS}|规范|扩大|提升|提高|增加|新增|拓展|夯实|培育|畅通|保障|壮大|做[优强大]|严[格控守])"
)


def mark_lost(root: Node) -> None:
    """Marks the lone paragraphs below a heading that have lost their number, and takes those apart that ran together with
    their heading; where exactly is a doubt."""
    if not _runs_on(root):
        return
    for at, section in enumerate(root.children):
        if not section.printed or section.level >= _ITEMS:
            continue
        if section.own and _leaves_room(root.children, at):
            _take_apart(section)
        lone = section.children[0] if len(section.children) == 1 else None
        if section.heading and lone is not None and not lone.printed and _leaves_room(root.children, at):
            lone.lost = True


def _runs_on(root: Node) -> bool:
    """Whether items are counted 1, 2, 3 … through several sections."""
    sections = [section for section in root.children if section.printed and section.level < _ITEMS]
    counts = [values for section in sections if (values := _values(section))]
    values = [value for one in counts for value in one]
    rising = all(one < two for one, two in pairwise(values))
    return rising and len(values) >= _FEW and len(counts) > 1 and len({section.level for section in sections}) == 1


def count_lost(node: Node) -> None:
    """Counts the plain paragraphs below an item for which the count leaves room before the next one: they stand beside it, and
    their numbers are lost, which is a doubt on each."""
    out: list[Node] = []
    for at, item in enumerate(node.children):
        out.append(item)
        count_lost(item)
        lost = _uncounted_below(item, node.children[at + 1 :], owned=node.heading and not node.printed)
        for value, one in lost:
            one.level, one.value, one.counted = item.level, value, True
            one.doubts += (_uncounted(one, value),)
            item.children = [child for child in item.children if child is not one]
            out.append(one)
    node.children = out


def _uncounted_below(item: Node, following: Sequence[Node], owned: bool) -> list[tuple[int, Node]]:
    """`owned`: the heading above is the bare name of whoever has the items, so that nothing else stands there."""
    if item.level != _ITEMS or not item.printed.isdecimal():
        return []
    plain = [child for child in item.children if not (child.printed or child.own or child.heading or child.children)]
    after = next((node.value for node in following if node.level == item.level), None)
    alike = all(_DUE.search(node.text) for node in (item, *plain))
    alike = alike or (owned and all(node.text.endswith("。") and not addressed(node.text) for node in plain))
    due = after is None and bool(plain) and alike
    if item.value is None or not (due or (after is not None and len(plain) == after - item.value - 1)):
        return []
    return list(enumerate(plain, item.value + 1))


def _uncounted(node: Node, value: int) -> Doubt:
    said = f"此项原文编号为“（无）”，按位置记为第{value}项。"
    return Doubt("number-missing", said, node.lines[0].place, "（无）", str(value))


def _values(section: Node) -> list[int]:
    nodes = [node for node in section.below() if node.level == _ITEMS and node.value is not None]
    return [node.value for node in nodes if node.value is not None]


def _leaves_room(sections: Sequence[Node], at: int) -> bool:
    """Whether the count leaves out a number where one section stands."""
    before = [value for section in sections[:at] for value in _values(section)]
    after = [value for section in sections[at:] for value in _values(section)]
    last = max(before, default=0)
    return not after or after[0] > last + 1


def _take_apart(section: Node) -> None:
    """Makes a heading of the first words of a line, and of the rest an item below it."""
    text, slot = section.pieces[0]
    at = _cut(text)
    if not at:
        return
    item = type(section)(
        9, title=text[at:], lines=list(section.lines), pieces=[(text[at:], slot), *section.pieces[1:]], slot=section.slot,
        doubts=(*section.doubts, _unsure(section, text[at:])), rule=section.rule, lost=True,
    )  # fmt: skip
    section.pieces, section.slot, section.title, section.doubts, section.rule = (
        [(text[:at], None)],
        None,
        text[:at],
        (),
        None,
    )
    section.heading = True
    section.children = [item, *section.children]


def _cut(text: str) -> int:
    """Where the first item begins in a line that opens with a heading: at the last act of its first clause; 0 without one."""
    first = re.split(r"[，,。；;：:]", text)[0]
    starts = [m.start() for m in _VERB.finditer(first) if _LEAST <= m.start() <= len(first) - _LEAST]
    return next((at for at in reversed(starts) if is_heading(text[:at])), 0)


def _unsure(section: Node, words: str) -> Doubt:
    said = f"“{words[:20]}”在原文中与标题连在一起，编号可能漏了，从这里分开登记，请核对。"
    return Doubt("cut-unsure", said, section.lines[0].place, words[:20])
