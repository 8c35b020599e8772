"""Units that stand once for several items: above all sections of a document, or below the last item of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.model import Doubt
from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.duties import label_start, states_duties
from knowledge.parsing.habits import is_bare_owner
from knowledge.parsing.label_lines import inline_labels, is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import Numbered, numbered

if TYPE_CHECKING:
    from knowledge.parsing.prose import Node

_ITEMS, _FEW = 3, 2


def stands_above_all(lines: Sequence[Line]) -> bool:
    """Whether a document names its units on label lines above all of its counted sections, and nowhere else."""
    cuts = [numbered(line.text) for line in lines]
    first = next((at for at, cut in enumerate(cuts) if cut.level), len(lines))
    units = [at for at, line in enumerate(lines) if _names_units(line)]
    heads = sum(0 < cut.level < _ITEMS for cut in cuts)
    above = min((cut.level for cut in cuts if cut.level), default=0)
    items = [line for line, cut in zip(lines, cuts, strict=True) if cut.level > above]
    told = any(inline_labels(line.text) or states_duties(last_bracket(line.text)) for line in items)
    return bool(units) and units[-1] < first and heads > 1 and len(items) >= _FEW and not told


def _names_units(line: Line) -> bool:
    m = label_start(line.text) if is_label_line(line.text) else None
    return m is not None and bool(m["role"] or m["bare"])


def counts_below_names(lines: Sequence[Line]) -> bool:
    """Whether what 问题一, 任务二 … name is worked out below each of them in a count of its own (1. 2. 3.)."""
    pairs = [(numbered(line.text), numbered(below.text)) for line, below in pairwise(lines)]
    return sum(is_named(one) and below.level == _ITEMS and below.value == 1 for one, below in pairs) >= _FEW


def is_named(cut: Numbered) -> bool:
    """Whether a number is a word and a numeral (问题一)."""
    return cut.level == _ITEMS and bool(cut.printed) and not cut.printed[0].isdigit() and cut.value is not None


def share_last_labels(root: Node) -> None:
    """Gives the items of each section the units on the label lines below its last one, where a document writes them so
    throughout; that is a doubt on each item."""
    sections = [node for node in (root, *root.below()) if _is_section(node)]
    if len(sections) < _FEW or not all(map(_labelled_last, sections)):
        return
    for item, last in ((item, node.children[-1]) for node in sections for item in node.children[:-1]):
        units = "、".join(duty.unit for duty in last.slot.duties) if last.slot else ""
        said = f"本项下面没有写单位，按本节最后一项下面写的“{units}”登记，请核对。"
        item.slot, item.heading = last.slot, False
        item.doubts += (Doubt("section-units", said, item.lines[0].place, units, units, ("没有单位",)),)


def mark_owners(root: Node) -> None:
    """Marks the counted headings that are no more than the names of offices or working groups, where all headings beside
    each other are (（一）仓储管理科 …（二）财务科 …): what stands below each is its own."""
    for node in (root, *root.below()):
        heads = [child for child in node.children if child.printed and child.level < _ITEMS]
        if len(heads) >= _FEW and all(is_bare_owner(name) for head in heads for name in head.title.split("、")):
            for head in heads:
                head.owner = True


def _is_section(node: Node) -> bool:
    items = list(_items(node)) if node.level < _ITEMS else []
    return bool(items) and len(items) == len(node.children) and not node.own


def _items(node: Node) -> Iterator[Node]:
    return (child for child in node.children if child.printed and child.level >= _ITEMS and not child.children)


def _labelled_last(node: Node) -> bool:
    *before, last = node.children
    stated = last.slot is not None and bool(last.slot.duties) and all(slot is None for _, slot in last.pieces)
    return stated and not any(child.own for child in before)
