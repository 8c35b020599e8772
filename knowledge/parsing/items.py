"""The outline → assignments: which paragraphs are items, which are headings, and what stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.model import Doubt, Duty, Role
from knowledge.parsing.above import captioned
from knowledge.parsing.acting import act_first, with_actors
from knowledge.parsing.asides import is_aim
from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.duties import read_labels, read_units
from knowledge.parsing.found import Found
from knowledge.parsing.habits import charges, is_bare_owner, is_led_group, names_owners, owner_words
from knowledge.parsing.helping import with_partakers
from knowledge.parsing.label_lines import addressed, all_units
from knowledge.parsing.marked import is_marked, unmarked
from knowledge.parsing.names import is_collective, is_unit, read_names
from knowledge.parsing.outline import numbered, sentences
from knowledge.parsing.paragraph import counted_parts, only_says_who, told, unit_first
from knowledge.parsing.prose import UNNUMBERED, Node
from knowledge.parsing.slot import Slot
from knowledge.parsing.staff import answers, is_group
from knowledge.parsing.subjects import in_sentence

_COUNTED, _FEW = 3, 2
_SECTIONS = 2  # the level of （一）; what stands under 一、 is a section, however little of it there is
_ITEMS = 3  # the level of 1. 2. 3.
_INTRODUCES = re.compile(r"^现将|(?:印发|下发|转发|公布)给你们")
_STRIP = "。；;，,、 \t"


@dataclass(frozen=True, slots=True)
class Above:
    """The sections above a paragraph, their ordinals, and the number a lone paragraph takes from its heading."""

    section: tuple[str, ...] = ()
    path: tuple[int, ...] = ()
    printed: str = ""
    value: int | None = None
    level: int = 0


def slotted(root: Node) -> list[Found]:
    """The assignments of a text whose paragraphs name their units (label lines, brackets, headings)."""
    found = list(_slotted(root, Above(), root.slot))
    found = [] if all(one.told for one in found) else found
    return sorted([*found, *_between(root, found)], key=lambda one: min(one.lines, default=0)) if found else found


def _between(root: Node, found: list[Found]) -> list[Found]:
    """Items without units of their own in a count 1, 2, 3 … that runs through the items that have some."""
    counted = [node for node in root.below() if node.level == 3 and node.printed.isdecimal()]
    read = {at for one in found for at in one.lines}
    held = [node.lines[0].index in read for node in counted]
    if [node.value for node in counted] != list(range(1, len(counted) + 1)) or not any(held):
        return []
    left = [node for node, ok in zip(counted, held, strict=True) if not ok and not node.children]
    return [as_found(node, Above())._replace(doubts=(*node.doubts, _no_units(node))) for node in left]


def _slotted(node: Node, above: Above, given: Slot | None) -> Iterator[Found]:
    """`given` is what a heading further up states for everything below it."""
    some = any(child.own for child in node.children)
    last = max((at for at, child in enumerate(node.children, 1) if child.own), default=0)
    for place, child in enumerate(node.children, 1):
        here = under(above, child, place)
        deeper = [n for n in child.below() if n.own]
        whole = _slot_of(child) or units_of_heading(child)
        if _covers_all(child, deeper):
            yield _led(_lifted(child, above), given)
        elif whole is not None and _governs(child):
            yield from _slotted(child, here, whole if given is None else whole.plus(given))
        elif whole is not None and not child.own and child.children and (not deeper or _plain_below(child)):
            yield from _below_unit(child, here, whole if given is None else whole.plus(given))
        elif child.own:
            own = _pieces(child, above) if deeper or not child.children else [_lifted(child, above)]
            yield from (_led(found, units_of_heading(child) if child.owner else given) for found in own)
            yield from _slotted(child, _beside(child, above, here, deeper), given) if deeper else ()
        elif deeper:
            lone = _slotted(child, _lone(child, here, deeper), whole if given is None else given)
            yield from (_named_by(child, above, one) for one in lone) if _is_one(child) else lone
        elif given is not None and _is_item(child):
            yield with_actors(with_partakers(_lifted(child, above, given)))
        elif given is not None:
            yield from _slotted(child, here, given)
        elif some and (child.printed or child.bullet or child.counted) and (_is_leaf(child) or not _only_heads(child)):
            yield from _in_words(child, above)
        elif child.heading and child.children:
            below = _said_below(child, here)
            yield from below or ([_unowned(child, here)] if child in _between_owned(node) else [])
        elif some and place < last and not (child.heading or addressed(child.text) or _INTRODUCES.search(child.text)):
            yield from unit_first(as_found(child, above), "")  # 甲局要…: its units are its subject


def _beside(item: Node, above: Above, here: Above, deeper: list[Node]) -> Above:
    """What stands above the paragraphs below an item: none that have only lost their numbers stand below it."""
    lost = item.level >= _ITEMS and all(node.level == UNNUMBERED for node in deeper)
    return replace(here, section=above.section) if lost else here


def _between_owned(node: Node) -> list[Node]:
    """The headings with one paragraph that names nobody, before others whose one paragraph has its units."""
    lone = [c for c in node.children if c.heading and c.printed and len(c.children) == 1 and not c.children[0].printed]
    owned = [at for at, child in enumerate(lone) if child.children[0].own]
    return [c for c in lone[: owned[-1]] if not c.children[0].own] if len(owned) >= _COUNTED - 1 else []


def _unowned(heading: Node, here: Above) -> Found:
    child = heading.children[0]
    plain = as_found(child, _lone(heading, here, [child]))
    return plain._replace(doubts=(*child.doubts, _no_units(child)))


def _only_heads(node: Node) -> bool:
    return node.heading and not node.title.endswith("。")


def _is_leaf(node: Node) -> bool:
    """Whether a short counted line has nothing below it, so that among items it is one of them and no heading."""
    return node.level >= _ITEMS and not node.children


def _below_unit(heading: Node, here: Above, given: Slot) -> Iterator[Found]:
    """The paragraphs without numbers below a heading that is a unit's name; a lone one goes by the heading's number."""
    texts = [c for c in heading.children if not (c.heading and (c.children or not c.printed)) and not addressed(c.text)]
    if len(texts) == 1 and not texts[0].printed:
        here = replace(here, printed=heading.printed, value=heading.value, level=heading.level, path=here.path[:-1])
    for child in texts:
        plain = not (child.own and not child.children)
        own = (
            [with_actors(with_partakers(_said_to_lead(_lifted(child, here, given))))] if plain else _pieces(child, here)
        )
        yield from (_led(found, given) for found in own)


def _said_to_lead(found: Found) -> Found:
    """`found` below the name of a working group, with who its sentences say leads or answers in the place of the group's name."""
    if not all(is_group(duty.unit) for duty in found.slot.duties):
        return found
    said = in_sentence(found._replace(slot=Slot()))
    return said if any(duty.role is not Role.COOPERATING for duty in said.slot.duties) else found


def _said_below(heading: Node, here: Above) -> list[Found]:
    """What stands below a heading without a label or bracket, where its sentences name their units."""
    items = [child for child in heading.children if child.printed and not child.children and child.level >= _ITEMS]
    if len(items) < len(heading.children) or not act_first([one.text for one in items]):
        return list(_told_below(heading, here))
    return [found for one in items for found in _in_words(one, here)]


def _told_below(heading: Node, here: Above) -> Iterator[Found]:
    """The paragraphs without numbers below a heading whose sentences name their units; a lone one goes by its number."""
    texts = [c for c in heading.children if not (c.printed or c.heading or c.children or addressed(c.text))]
    here = _lone(heading, here, texts) if len(heading.children) == 1 else here
    for child in texts:
        plain = as_found(child, here)
        plain = titled(heading, plain)
        yield from (one._replace(told=True) for one in told(plain, "") if one.slot.duties)
    for child in heading.children:
        if child.heading and child.children:
            yield from _told_below(child, under(here, child, 1))


def _is_one(heading: Node) -> bool:
    """Whether a counted heading and the one paragraph below it are one item, told in two lines."""
    lone = heading.children[0] if len(heading.children) == 1 else None
    if not heading.printed or heading.level < _SECTIONS or lone is None:
        return False
    return not (lone.printed or lone.bullet or lone.children)


def _named_by(heading: Node, above: Above, found: Found) -> Found:
    """`found`, the paragraph below such a heading, with its name in front: that is no section of one item."""
    name = heading.title.rstrip("。：: ")
    return found._replace(text=f"{name}：{found.text}" if found.part < _FEW else found.text, section=above.section)


def titled(heading: Node, found: Found) -> Found:
    """The lone paragraph below a heading with the heading's words, where it says itself only who has the matter."""
    if len(heading.children) != 1 or not only_says_who(found.text):
        return found
    return found._replace(text=f"{heading.title.rstrip('。：: ')}：{found.text}")


def _plain_below(heading: Node) -> bool:
    """Whether nothing but paragraphs without numbers stands below the bare name of an office (党建办：)."""
    return not heading.printed and all(not child.printed and not child.heading for child in heading.children)


def _in_words(node: Node, above: Above) -> Iterator[Found]:
    """An item without label or bracket among items that have one: its own sentences may name the units."""
    plain = as_found(node, above)
    own = in_sentence(plain)
    parts = counted_parts(plain, "")
    parts = parts or ([with_actors(own)] if own.slot.duties else [one for one in told(plain, "") if one.slot.duties])
    parts = parts or [one for one in [with_actors(plain, "", alone=True)] if one.slot.duties]
    if parts or not is_aim(plain.text):
        yield from parts or [plain._replace(doubts=(*node.doubts, _no_units(node)))]


def _lone(node: Node, here: Above, deeper: list[Node]) -> Above:
    """Below a heading with one paragraph only: that paragraph goes by the heading's number."""
    lone = (
        len(deeper) == 1 and not (deeper[0].printed or deeper[0].lost) and deeper[0] in node.children and node.printed
    )
    return (
        replace(here, printed=node.printed, value=node.value, level=node.level, path=here.path[:-1]) if lone else here
    )


def units_of_heading(node: Node) -> Slot | None:
    """The slot of a heading that says no more than who has what is below it (二、区司法局; 三、区司法局牵头的任务), else None."""
    title = re.sub(r"[（(]\s*(?:共|计)?\s*\d+\s*[项条件个]\s*[）)]", "", node.title.strip("：: "))
    if node.heading and node.printed and (slot := captioned(title)):
        return slot
    if node.heading and is_marked(title) and all_units(unmarked(title)):  # （一）市数据局（牵头单位）：
        return replace(read_units(title, Role.RESPONSIBLE), units_stated=True)
    if node.heading and not node.printed and node.title.endswith(("：", ":")) and charges(title):
        return replace(read_units(title, Role.RESPONSIBLE), units_stated=True)
    if node.heading and not node.printed and is_led_group(node.title):
        return read_labels(last_bracket(node.title))
    owned = node.owner or (
        not node.printed
        and (names_owners(title) if node.title.endswith(("：", ":")) else node.heading and is_bare_owner(title))
    )
    if not owned and _NAMES_WORK.search(title):
        return None
    names = (
        read_names(owner_words(title) if owned else title).units
        if owned or (node.heading and node.printed and len(title) <= 40)
        else ()
    )
    if not (owned or (all(map(is_unit, names)) and any(is_unit(name, strict=True) for name in names))):
        return None
    return Slot(
        tuple(Duty(name, Role.RESPONSIBLE, "", False, is_collective(name)) for name in names), units_stated=True
    )


_NAMES_WORK = re.compile(r"任务|措施|要求|内容|目标|步骤|(?:责任|牵头|配合)(?:单位|部门)$")  # 建设任务和责任单位


def _led(found: Found, given: Slot | None) -> Found:
    """`found` under a heading that names the lead of its whole section, where its own slot names none."""
    persons = not found.slot.duties and any(map(answers, found.slot.rest))
    if persons and (said := in_sentence(found).slot.duties):
        found = found._replace(slot=replace(found.slot, duties=said))  # 责任人：某某 below a sentence that names a unit
    if given is not None and given.duties and not found.slot.duties:
        return found._replace(slot=replace(found.slot, duties=given.duties, units_stated=True))
    if given is not None and all(duty.role is Role.COOPERATING for duty in found.slot.duties):
        return found._replace(slot=given.plus(found.slot))  # 规划处： above 完成…（投资处配合）
    leads = tuple(duty for duty in given.duties if duty.role is Role.LEAD) if given else ()
    if not leads or any(duty.role is Role.LEAD for duty in found.slot.duties):
        return found
    names = "、".join(duty.unit for duty in leads)
    kept = tuple(duty for duty in found.slot.duties if duty.unit not in {lead.unit for lead in leads})
    doubt = Doubt("lead-from-heading", f"本项没有写牵头单位，按标题登记为{names}。", found.place, "", names)
    return found._replace(slot=replace(found.slot, duties=leads + kept), doubts=(*found.doubts, doubt))


def _governs(node: Node) -> bool:
    """Whether the units at a heading speak for the numbered items below it rather than for the heading itself."""
    above = node.level < _ITEMS
    items = [c for c in node.children if (c.printed and c.level <= _ITEMS) or (above and (c.bullet or c.own))]
    return bool(items) and len(node.text.strip()) <= 50 and not (len(items) < 2 and _has_units(items[0]))


def _has_units(node: Node) -> bool:
    slot = _slot_of(node)
    return slot is not None and bool(slot.duties)


def _is_item(node: Node) -> bool:
    return bool(node.printed or node.bullet or node.counted) and all(child.level > _ITEMS for child in node.children)


def _covers_all(node: Node, deeper: list[Node]) -> bool:
    """Whether the one bracket behind the last of (1)(2)(3) speaks for all of them and for the words above them."""
    leaves = [n for n in node.below() if not n.children]
    return (
        len(leaves) > 1
        and len(deeper) == 1
        and deeper[0] is leaves[-1]
        and not _only_helped(deeper[0])
        and all(4 <= n.level < UNNUMBERED for n in node.below())
    )


def _only_helped(node: Node) -> bool:
    """Whether a paragraph names only who helps with it (由财务科配合), so that it speaks for no other."""
    slot = _slot_of(node) if node.slot is None else None
    return slot is not None and bool(slot.duties) and all(duty.role is Role.COOPERATING for duty in slot.duties)


def _lifted(node: Node, above: Above, given: Slot | None = None) -> Found:
    """One assignment of a paragraph and its sub-items, with the one slot that stands among them, else `given`."""
    parts = [node, *(n for n in node.below() if n.printed or _tells(node, n))]
    slot = next((s for n in reversed(parts) for s in [_slot_of(n)] if s is not None), given or Slot())
    if len(parts) > 1 and (own := _slot_of(node)) and own is not slot:  # 1.…（牵头单位：甲局） (1)… (2)… 配合单位：乙局
        slot = own.plus(slot)
    text = "".join(line for n in parts for line in [with_mark(n, n is node)])
    if len(parts) > 1 and _tells(node, parts[1]):
        text = f"{node.text.rstrip('：: ')}：{text[len(node.text) :]}"
    lines = [line for n in parts for line in n.lines]
    whole = as_found(node, above)
    return whole._replace(
        text=text.strip(), slot=slot, original="\n".join(line.block.text or line.raw for line in lines),
        lines=frozenset(line.index for line in lines), doubts=tuple(d for n in parts for d in n.doubts),
    )  # fmt: skip


_LONGEST_NAME = 24


def _tells(node: Node, below: Node) -> bool:
    """Whether a paragraph without a number tells what is to be done about the matter that `node` only names with its units."""
    named = bool(node.printed) and node.own and len(node.text) <= _LONGEST_NAME and "。" not in node.text
    return named and not (
        below.printed or below.bullet or below.own or below.heading or below.children or addressed(below.text)
    )


def with_mark(node: Node, first: bool) -> str:
    return node.text if first else f"{node.printed}{node.text}"


def _slot_of(node: Node) -> Slot | None:
    slots = [slot for _, slot in node.pieces if slot is not None] + ([node.slot] if node.slot else [])
    whole: Slot | None = None
    for slot in slots:
        whole = slot if whole is None else whole.plus(slot)
    return whole


def _pieces(node: Node, above: Above) -> Iterator[Found]:
    """The assignments of one paragraph: one, or one for each duty bracket in it."""
    whole = as_found(node, above)
    closed = [(text, slot) for text, slot in node.pieces if slot is not None]
    if len(closed) < 2:
        yield whole._replace(slot=_slot_of(node) or Slot())
        return
    tail = "".join(text for text, slot in node.pieces if slot is None)
    for part, (text, slot) in enumerate(closed, 1):
        last = part == len(closed)
        full = slot.plus(node.slot) if last and slot and node.slot else slot
        words = (text + tail if last else text).strip(_STRIP.replace("。", ""))
        cut = numbered(words)
        words = cut.rest if part > 1 and cut.level > 3 else words  # (2) of a run-in count
        yield whole._replace(text=words, slot=full or Slot(), part=part, original=text)


def as_found(node: Node, above: Above) -> Found:
    printed, value, level = (
        (node.printed, node.value, node.level)
        if node.printed or node.counted
        else (above.printed, above.value, above.level)
    )
    return Found(
        text=node.text.strip(), place=node.lines[0].place, printed=printed, value=value, section=above.section, path=above.path,
        original="\n".join(line.block.text or line.raw for line in node.lines), lines=frozenset(line.index for line in node.lines),
        doubts=node.doubts, level=level if level < UNNUMBERED else 0,
    )  # fmt: skip


def under(above: Above, node: Node, place: int) -> Above:
    title = node.text if node.own else node.title
    title = title if node.heading else next(iter(sentences(title)), title)
    mark = (
        "、"
        if node.printed and re.match(r"[一二三四五六七八九十百\d]+$", node.printed) and node.level < 3
        else "."
        if node.printed.isdigit()
        else "："
        if re.match(r"[\u3400-\u9fff]{2,}(?<=[一二三四五六七八九十])$", node.printed)
        else ""
    )
    words = f"{node.printed}{mark}{title.rstrip('。：:')}"[:60]
    ordinal = node.value if node.value is not None else place
    return Above((*above.section, words), (*above.path, ordinal))


def _no_units(node: Node) -> Doubt:
    return Doubt(
        "no-units", "此项没有写明牵头或责任单位，前后各项都有，请核对原文。", node.lines[0].place, node.title[:30]
    )


def headings(root: Node) -> Iterable[Node]:
    """All headings of the outline."""
    return (node for node in root.below() if node.heading)
