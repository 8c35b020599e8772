"""Running text → a tree of numbered paragraphs, each with the slot that label lines or brackets give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import last_bracket, outer_brackets, pieces_of, read_inside
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import groups_of, label_start, labels_in, read_labels, states_duties, with_deadline
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_unit, mended, read_names, top_level
from knowledge.parsing.outline import Numbered, is_bare, is_heading, numbered
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot

_ENDED = re.compile(r"[。！？；：:;!?）)〕】”]$")
_WHAT = re.compile(
    r"[【\[]?(?:具体|工作|任务|主要|重点|整改|目标|建设)(?:内容|任务|措施|要求|目标|举措|名称)[】\]]?\s*[:：]\s*|[【\[](?:具体|工作|任务|主要|重点|整改|目标|建设)?(?:内容|任务|措施|要求|目标|举措|名称)[】\]]\s*[:：]?\s*"
)
_COUNTED, _FEW = 5, 2
_MEASURES = re.compile(r"[【\[]?[\u3400-\u9fff]{0,4}(?:措施|目标|要求|标准|举措|成效|情况)[】\]]?\s*[:：]")
UNNUMBERED = 9


@dataclass(slots=True)
class Node:
    """A paragraph with what hangs below it. Built while walking, read-only afterwards."""

    level: int
    printed: str = ""
    value: int | None = None
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, Slot | None]] = field(default_factory=list)
    slot: Slot | None = None
    children: list[Node] = field(default_factory=list)
    doubts: tuple[Doubt, ...] = ()
    heading: bool = False
    rule: Conventions | None = None

    @property
    def own(self) -> bool:
        """Whether the paragraph itself has a slot."""
        return self.slot is not None or any(slot is not None for _, slot in self.pieces)

    @property
    def text(self) -> str:
        """The requirement, all pieces together."""
        return "".join(text for text, _ in self.pieces)

    def below(self) -> Iterable[Node]:
        """All nodes below this one, in document order."""
        for child in self.children:
            yield child
            yield from child.below()


@dataclass(slots=True)
class Walk:
    """The state while walking through the paragraphs."""

    root: Node
    conventions: Conventions
    locality: str
    path: list[Node] = field(default_factory=list)
    closed: bool = False
    last: int | None = None
    doubts: tuple[Doubt, ...] = ()
    measured: Node | None = None
    leading: bool = False
    closing: bool = False
    given: Slot | None = None
    given_lines: list[Line] = field(default_factory=list)

    @property
    def current(self) -> Node | None:
        """The paragraph that label lines and continuations belong to."""
        return self.path[-1] if self.path else None


def is_label_line(text: str) -> bool:
    """Whether a line only states units, persons or a deadline (责任单位：…), or is a bracket that does."""
    inside = inside_of(text)
    m = label_start(inside)
    if m and (m["role"] or m["when"] or m["person"] or m["bare"]):
        return True
    if m and m["odd"]:  # 指导单位：市林业局 — an unknown role, but a role
        return _all_units(inside[m.end() :])
    return inside != text and read_inside(inside, Conventions(), "", False) is not None


def _all_units(words: str) -> bool:
    names = read_names(words).units
    return bool(names) and all(is_unit(name, strict=True) for name in names)


def inside_of(text: str) -> str:
    """The inside of a line that is one bracket from end to end, else the line."""
    pairs = outer_brackets(text.rstrip("。；; "))
    if len(pairs) == 1 and pairs[0] == (0, len(text.rstrip("。；; "))) and not text.startswith("【"):
        return text.rstrip("。；; ")[1:-1]
    return text


def tree_of(
    lines: Sequence[Line], conventions: Conventions, locality: str
) -> tuple[Node, Conventions, tuple[Doubt, ...]]:
    """The outline of `lines` (paragraphs only), the conventions in force after them, and what was found on the way."""
    walk = Walk(Node(0), _bracketed(lines, conventions), locality)
    if walk.conventions is not conventions:
        walk.doubts = (_NAMES_ONLY,)
    bare = _counts_bare(lines)
    walk.leading, walk.closing = _labels_lead(lines), _sentences_close(lines)
    for at, line in enumerate(lines):
        if is_label_line(line.text):
            _label(walk, line)
        else:
            expected = (walk.last or 0) + 1 if bare else None
            _paragraph(walk, line, numbered(line.text, expected), lines[at + 1 :])
    if walk.conventions.first_leads:  # the convention found says already what names in brackets are
        walk.doubts = tuple(doubt for doubt in walk.doubts if doubt is not _NAMES_ONLY)
    for node in walk.root.below():
        if node.slot is not None and node.rule is not None:  # only now are all its label lines read
            node.slot = node.rule.applied(node.slot)
    return walk.root, walk.conventions, walk.doubts


def _bracketed(lines: Sequence[Line], conventions: Conventions) -> Conventions:
    """Names alone in a bracket at a paragraph's end are its units where the document puts units there throughout."""
    ends = [end for line in lines if (end := last_bracket(line.text))]
    stated = sum(states_duties(end) for end in ends)
    named = sum(not states_duties(end) and states_duties(end, True, True) for end in ends)
    offices = [
        end for end in ends if _OFFICES.fullmatch(end)
    ]  # （基层处、医政处）: no ending that is hardly anything else
    named += len(offices) if stated or named else 0
    if conventions.brackets is None and named and (named >= 3 or stated >= 2):
        return replace(conventions, brackets=Role.RESPONSIBLE)
    return conventions


_OFFICES = re.compile(r"[一-鿿]{2,7}[科处室股队](?:[、，][一-鿿]{2,7}[科处室股队])*")
_NAMES_ONLY = Doubt("bracket-units", "部分段末括号里只有单位名称、没有写明角色，按责任单位登记，请核对。")


def _labels_lead(lines: Sequence[Line]) -> bool:
    """Whether label lines stand above the items they speak of (责任单位：甲局, then 1. 2. 3.), and not below each."""
    events = [
        "label" if is_label_line(line.text) else "item" if cut.level >= 3 else "head"
        for line in lines
        if (cut := numbered(line.text)).level or is_label_line(line.text)
    ]
    pairs = set(pairwise(events))
    if ("item", "label") not in pairs or ("head", "label") in pairs:
        return False
    told = [event for event in events if event != "head"]
    return told[0] == "label" and told[-1] == "item"


def _sentences_close(lines: Sequence[Line]) -> bool:
    """Whether it is the document's way to say in the last sentence of a paragraph who leads and who takes part."""
    closing = sum(closing_sentence(line.text) > 0 for line in lines if not is_label_line(line.text))
    if closing < _FEW:
        return False
    cuts = [numbered(line.text) for line in lines]
    return closing * 2 >= sum(cut.level > 0 and not is_heading(cut.rest) for cut in cuts)


def _counts_bare(lines: Sequence[Line]) -> bool:
    """Whether the text numbers with digits at all, so that a digit without a stop may be a number."""
    plain = sum(numbered(line.text).level == 3 for line in lines)
    return plain >= 3 or (plain > 0 and plain + sum(is_bare(line.text) for line in lines) >= _COUNTED)


def _label(walk: Walk, line: Line) -> None:
    before = walk.conventions
    now, text, doubts = before.read(inside_of(mended(line.raw)), line.place)
    slot = read_labels(text, locality=walk.locality)
    if not labels_in(text):
        slot = read_inside(text, now, walk.locality, now.first_leads) or Slot()
    if walk.leading:
        fresh = not walk.given_lines  # the labels above one group of items stand together
        walk.given = (Slot() if fresh or walk.given is None else walk.given).plus(slot)
        walk.given_lines.append(line)
        walk.conventions, walk.doubts = now, walk.doubts + doubts
        return
    node = walk.current
    if node is None:  # 填报单位 above a table: nothing stands there for it to speak of
        return
    if node.slot is not None or slot != Slot(rest=slot.rest):  # a person to call is no unit
        node.slot = (node.slot or Slot()).plus(slot)
    node.lines.append(line)
    node.rule = replace(now, everyone=(node.rule or before).everyone)
    walk.conventions, walk.closed, walk.doubts = now, True, walk.doubts + doubts


def _open(walk: Walk, node: Node) -> Node:
    while walk.path and walk.path[-1].level >= node.level:
        walk.path.pop()
    (walk.path[-1] if walk.path else walk.root).children.append(node)
    walk.path.append(node)
    return node


def _paragraph(walk: Walk, line: Line, cut: Numbered, ahead: Sequence[Line]) -> None:
    node = walk.current
    what = _WHAT.match(cut.rest)
    if walk.measured is not None and walk.measured is node and node.level < cut.level:
        _continue_with(walk, node, line, line.text)
        return
    if what and cut.level == 0 and node is not None and (not walk.closed or _measures(node, line)):
        _continue_with(walk, node, line, line.text if walk.closed else cut.rest[what.end() :])
        walk.measured = node if _counted_below(node, ahead) else None
        return
    cut = replace(cut, rest=cut.rest[what.end() :]) if what else cut
    if cut.level == 0 and node is not None and not node.heading and _continues(walk, node, line):
        _continue_with(walk, node, line, line.text)
        return
    pieces = _pieces(walk, cut.rest, line)
    plain = len(pieces) <= 1 and not any(slot for _, slot in pieces)
    if plain:
        walk.conventions, _, doubts = walk.conventions.read(cut.rest, line.place)
        walk.doubts += doubts
    heading = bool(cut.level) and plain and is_heading(cut.rest) and not _goes_on(cut, ahead)
    heading = heading and not (walk.leading and cut.level >= 3)
    heading = heading or (not cut.level and plain and line.block.heading > 0)
    level = cut.level or (line.block.heading if heading else _unnumbered_level(walk))
    made = Node(level, cut.printed, cut.value, cut.rest, [line], pieces, heading=heading)
    if not cut.level and addressed(line.text) and not any(numbered(later.text).level for later in ahead[:200]):
        walk.path.clear()  # closing words stand below no item
    _open(walk, made)
    walk.closed = made.own
    _given(walk, made)
    if cut.level == 3:
        walk.last = cut.value if cut.value is not None else (walk.last or 0) + 1


def _given(walk: Walk, node: Node) -> None:
    """Gives an item what the label lines above its group state; a new section begins without."""
    if node.heading and node.level < 3:
        walk.given = None
    elif walk.given is not None and not node.heading:
        node.slot, node.rule = walk.given, replace(walk.conventions, everyone=())
        node.lines += walk.given_lines
        walk.given_lines = []


def _measures(node: Node, line: Line) -> bool:
    """Whether a line tells what is to be done about the problem that `node` names together with its units."""
    return bool(node.printed) and node.level < UNNUMBERED and bool(_MEASURES.match(line.text))


def _counted_below(node: Node, ahead: Sequence[Line]) -> bool:
    """Whether the numbered lines that follow are the measures of `node`: none of them has units of its own."""
    counted, labelled = 0, False
    for line in ahead[:60]:
        level = numbered(line.text).level
        if is_label_line(line.text):
            labelled = True
        elif 0 < level <= node.level:
            break
        elif level and (labelled or inline_labels(line.text) or states_duties(last_bracket(line.text))):
            return False
        counted += level > 0
    return counted > 0 and (labelled or node.own)


def _continue_with(walk: Walk, node: Node, line: Line, text: str) -> None:
    """More of an item's text; behind a short name of the item it stands after a colon."""
    if node.heading and node.pieces:
        name, slot = node.pieces[-1]
        node.pieces[-1] = (name.rstrip("。：:") + "：", slot)
        node.heading = False
    pieces = _pieces(walk, text, line)
    _extend(node, pieces)
    node.lines.append(line)
    walk.closed = node.own


def _pieces(walk: Walk, text: str, line: Line) -> list[tuple[str, Slot | None]]:
    inline = inline_labels(text)
    if inline:
        before = walk.conventions
        apart = mended(line.raw)
        labels = apart[inline_labels(apart) :] if apart != line.raw else text[inline:]
        walk.conventions, labels, doubts = before.read(labels, line.place)
        slot = walk.conventions.applied(read_labels(labels, locality=walk.locality))
        walk.doubts += doubts
        return [(text[:inline].rstrip("（(〔 \t"), slot)]
    if walk.closing and (at := closing_sentence(text)):
        return [_closed(walk, text, at, line)]
    pieces, walk.conventions, doubts = pieces_of(text, walk.conventions, walk.locality, line.place)
    walk.doubts += doubts
    return pieces


def _closed(walk: Walk, text: str, at: int, line: Line) -> tuple[str, Slot]:
    """A requirement and the slot that its closing sentence states; what the sentence asks for besides stays in the text."""
    before = walk.conventions
    walk.conventions, words, doubts = before.read(text[at:], line.place)
    walk.doubts += doubts
    members = [member for member, _ in top_level(words.strip("。；; "), "，,")]
    asked = [member for member in members if deadline_like(member) and not _BARE_DATE.search(member)]
    slot = with_deadline("，".join(m for m in members if m not in asked), Role.RESPONSIBLE, locality=walk.locality)
    rest = "，".join(asked)
    return text[:at] + (f"{rest}。" if rest else ""), replace(walk.conventions, everyone=before.everyone).applied(slot)


_BARE_DATE = re.compile(r"(?:前|底|末|内|期|日|年|月|完成|办结|到位|审定|上线|落实|推进|坚持|落地|见效)$")
_LAST = re.compile(r"(?<=[。；;！])(?P<last>[^。；;！]{4,200}(?:[（(][^（）()]*[）)])?)[。；;]?$")
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")


def closing_sentence(text: str) -> int:
    """Where the sentence begins that closes a paragraph and does nothing but state its duties (甲局牵头，乙局配合。); 0 without one."""
    m = _LAST.search(text)
    words = re.sub(_REMARK, "", m["last"]) if m else ""
    if not m or not re.search(r"牵头|负责|配合|参与|落实|实施", words):
        return 0
    members = [member for member, _ in top_level(words, "，,") if not deadline_like(member)]
    groups = groups_of("，".join(members))
    stated = bool(groups) and all(group.role is not None for group in groups)
    named = stated and all(_begins_strictly(group.words) for group in groups)
    return m.start("last") if named and states_duties("，".join(members)) else 0


def _begins_strictly(words: str) -> bool:
    """Whether a list begins with a name that is hardly anything but a unit's."""
    names = read_names(words).units
    return bool(names) and is_unit(names[0], strict=True)


def inline_labels(text: str) -> int:
    """Where labels begin that follow the requirement on the same line, outside brackets; 0 when none do."""
    closed = {at for start, end in outer_brackets(text) for at in range(start, end)}
    for m, value in labels_in(text):
        if (
            (m["role"] or m["when"] or m["person"] or (m["bare"] and _all_units(value)))
            and m.start()
            and m.start() not in closed
            and text[m.start() - 1] in "。；;！ \t）)"
        ):
            return m.start()
    return 0


def _continues(walk: Walk, node: Node, line: Line) -> bool:
    """Whether an unnumbered paragraph belongs to the item above: a line broken in the sentence, or more of its text."""
    broken = bool(node.pieces) and not walk.closed and not _ENDED.search(node.lines[-1].text)
    return broken or (not walk.closed and 0 < node.level < UNNUMBERED and not addressed(line.text))


def addressed(text: str) -> bool:
    """Whether a paragraph speaks to all readers of the document (各地、各部门要…), as closing words do."""
    return bool(
        re.match(
            r"(?:各(?:地|级|县|区|市|部门|单位|有关|相关|责任|成员|承办|参建|乡|镇|街|旗|州|科室|处室|股室|站所|牵头)|请各)[^。，,]{0,30}[，,]?(?:要|应|须|请|于|每|对|按|根据|结合)",
            text,
        )
    )


def _extend(node: Node, pieces: list[tuple[str, Slot | None]]) -> None:
    if node.pieces and node.pieces[-1][1] is None and pieces:
        text, slot = pieces[0]
        node.pieces[-1] = (node.pieces[-1][0] + text, slot)
        pieces = pieces[1:]
    node.pieces.extend(pieces)


def _goes_on(cut: Numbered, ahead: Sequence[Line]) -> bool:
    """Whether a short numbered line is no heading: label lines follow at once, or the rest of a broken sentence does."""
    if not ahead:
        return False
    rest = ahead[0].text
    if is_label_line(rest):
        return True
    clause = cut.level >= 3 and re.search(r"[，,]", cut.rest) and not numbered(rest).level
    return (
        bool(clause)
        and len(rest) < len(cut.rest)
        and rest.endswith(("。", "；"))
        and len(ahead) > 1
        and is_label_line(ahead[1].text)
    )


def _unnumbered_level(walk: Walk) -> int:
    return UNNUMBERED
