"""Plans without label lines or brackets → assignments: every counted paragraph and every paragraph of a section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.model import Role
from knowledge.parsing.acting import with_actors
from knowledge.parsing.asides import closes_found, is_background
from knowledge.parsing.colons import owners_alike
from knowledge.parsing.found import Found
from knowledge.parsing.items import Above, as_found, titled, under, units_of_heading, with_mark
from knowledge.parsing.label_lines import addressed
from knowledge.parsing.paragraph import told
from knowledge.parsing.prose import Node
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import collective_of, in_sentence, subject_of

_COUNTED = 3


def planned(root: Node, locality: str) -> list[Found]:
    """The assignments of a plan without slots: every numbered paragraph and every paragraph of a section.

    Where units are the subjects of its sentences, each unit's sentences are an assignment of their own; paragraphs
    outside all sections count only then.
    """
    found = [part for item in _planned(root, Above()) for part in told(item, locality)]
    loose = [
        child
        for child in root.children
        if not (child.printed or child.counted) and not child.heading and not child.children
    ]
    alike = owners_alike([*(one.text for one in found), *(child.text for child in loose)])
    found = [_owned(one, alike.get(one.text)) for one in found]
    last = max((i for f in found for i in f.lines), default=10**9)
    loose = [child for child in loose if child.lines[0].index < last or not addressed(child.text)]
    if sum(bool(one.slot.duties) for one in found) >= _COUNTED:
        found = [one for one in found if not is_background(one) or (one.slot.duties and not closes_found(one, found))]
        found = [one if one.slot.duties or not one.printed else _charged(one, locality) for one in found]
    if sum(bool(one.printed and one.slot.duties) for one in found) >= _COUNTED:  # the rest is introduction and closing
        first = min(i for f in found for i in f.lines)
        loose = [child for child in loose if first < child.lines[0].index < last]
    more = (part for child in loose for part in told(as_found(child, Above()), locality))
    return found + [part for one in more if (part := _owned(one, alike.get(one.text))).slot.duties]


def _charged(found: Found, locality: str) -> Found:
    """An item among items of single units, with whoever is named in it, or all of a kind that it speaks of."""
    own = with_actors(found, locality, alone=True)
    slot = None if own.slot.duties else collective_of(found.text, locality)
    return own if slot is None else found._replace(slot=slot)


def _planned(node: Node, above: Above, given: Slot | None = None) -> Iterator[Found]:
    alone = [
        child
        for at, child in enumerate(node.children)
        if not (child.printed or child.counted or child.heading) and (at == 0 or not addressed(child.text))
    ]
    for place, child in enumerate(node.children, 1):
        if _is_section(child, node):
            here = under(above, child, place)
            lone = [c for c in child.children if not c.printed and not c.heading]
            if lone and lone[0] is child.children[0]:
                here = replace(here, printed=child.printed, value=child.value, level=child.level)
            yield from _planned(child, here, units_of_heading(child) or given)
        elif child.printed and child.children:
            yield _owned(_gathered(child, above), given)
        elif not child.printed and child.text.endswith(("：", ":")) and any(c.printed for c in node.children[place:]):
            continue  # 会议明确：
        elif child.printed or child.counted or (above.section and child in alone):
            first = not (child.printed or child.counted) and child is alone[0]
            own = above if child.printed or child.counted or first else replace(above, printed="", value=None, level=0)
            own = replace(own, path=own.path[:-1]) if first and own.printed else own
            yield _owned(in_sentence(titled(node, as_found(child, own))), given)


def _is_section(node: Node, parent: Node) -> bool:
    """Whether a paragraph is a heading over others; a short one with nothing below it is an item beside other items."""
    if node.children:
        acts = node.title.endswith("。") and not any(child.printed for child in node.children)
        if node.printed and acts and subject_of(node.title, "") is not None:  # 市气象局提供逐日预报。
            return False
        return node.heading or not (node.printed and all(n.level >= 4 for n in node.below()))
    beside = node.level >= 3 or any(not other.heading and other.printed for other in parent.children)
    return node.heading and not (node.printed and (node.title.endswith(("。", "；", ";")) or beside))


def _owned(found: Found, given: Slot | None) -> Found:
    if given is None or any(duty.role is not Role.COOPERATING for duty in found.slot.duties):
        return found
    return found._replace(slot=given.plus(found.slot))


def _gathered(node: Node, above: Above) -> Found:
    parts = [node, *node.below()]
    lines = [line for n in parts for line in n.lines]
    return in_sentence(as_found(node, above))._replace(
        text="".join(with_mark(n, n is node) for n in parts),
        original="\n".join(line.block.text or line.raw for line in lines), lines=frozenset(line.index for line in lines),
    )  # fmt: skip
