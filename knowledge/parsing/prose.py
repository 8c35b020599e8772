"""Running text → a tree of numbered paragraphs, each with the slot that label lines or brackets give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import last_bracket, read_inside
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.decimals import decimal_outline
from knowledge.parsing.duties import gap_doubts, labels_in, read_labels, states_duties
from knowledge.parsing.fields import uncounted
from knowledge.parsing.habits import (
    bracketed,
    counts_bare,
    labels_lead,
    labels_once,
    owner_lines,
    sentences_close,
    unsigned,
)
from knowledge.parsing.hinted import is_due_of_all
from knowledge.parsing.label_lines import addressed, asks_report, inline_labels, inside_of, is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.lost import count_lost, mark_lost
from knowledge.parsing.outline import Numbered, is_bulleted, is_heading, numbered
from knowledge.parsing.pieces import cut_paragraph, with_names_mended
from knowledge.parsing.sharing import counts_below_names, is_named, mark_owners, share_last_labels, stands_above_all
from knowledge.parsing.slot import Slot
from knowledge.parsing.staff import answers, team_of
from knowledge.parsing.subjects import begins_with_owner

_ENDED = re.compile(r"[。！？；：:;!?）)〕】”]$")
WHAT = re.compile(
    r"(?:标题|题目|案由|事由|内容|任务)\s*[:：]\s*|[【\[]?(?:具体|工作|任务|主要|重点|整改|目标|建设|交办|督办|事项|项目|改革|创建|实事|督查|推进|化解|办理)(?:内容|任务|措施|要求|目标|举措|名称|事项|意见)[】\]]?\s*[:：]\s*|[【\[](?:具体|工作|任务|主要|重点|整改|目标|建设)?(?:内容|任务|措施|要求|目标|举措|名称)[】\]]\s*[:：]?\s*"
)
_LABELLIKE = re.compile(
    r"(?:牵头|责任|主责|主办|承办|配合|协办)(?:责任)?(?:单位|部门|科室|处室|股室)(?![要应须需按请于，,：:])"
)
_MEASURES = re.compile(r"[【\[]?[\u3400-\u9fff]{0,4}(?:措施|目标|要求|标准|举措|成效|情况)[】\]]?\s*[:：]")
_REMARK = re.compile(
    r"[▲△●◆■★*·\s]*[【\[]?(?:(?:推进|工作|实施|进度|年度)(?:计划|安排|步骤|打算)|成果形式|预期成果|完成标志|成果|公开渠道|法律依据|政策依据|备注)[】\]]?\s*[:：]"
)  # below the units: no text of the next item
_CHARGES = re.compile(r"[，,](?:由[^，,]+|[^，,]*(?:负责|牵头|配合))(?:$|[，,])")
UNNUMBERED = 9
_SHORT_REST = 12  # characters of what a line broken inside a time has left
_DONE_BY = re.compile(
    r"[，,](?:(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[底初末]|[上中下]旬)?|年底|年内)(?:之?前)?(?:全面|全部|基本)?(?:完成|办结|到位|建成|投用|见效)。?$|[，,]长期坚持。?$"
)
_ITEMS = 3  # the level from which a number counts items and no sections
_OWNED = 2  # the level of a heading that is only the name of whoever has the items below it
_NAMES_ONLY = Doubt("bracket-units", "部分段末括号里只有单位名称、没有写明角色，按责任单位登记，请核对。")


@dataclass(slots=True)
class Node:
    """A paragraph with what hangs below it. Built while walking, read-only afterwards.

    `lost`: it stands alone below a heading and has lost its number; `counted`: its place among others tells which one.
    """

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
    bullet: bool = False
    owner: bool = False
    lost: bool = False
    counted: bool = False
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
    uncounted: int = 0
    doubts: tuple[Doubt, ...] = ()
    measured: Node | None = None
    leading: bool = False
    once: bool = False
    whole: bool = False
    closing: bool = False
    given: Slot | None = None
    given_lines: list[Line] = field(default_factory=list)
    owners: frozenset[int] = frozenset()

    @property
    def current(self) -> Node | None:
        """The paragraph that label lines and continuations belong to."""
        return self.path[-1] if self.path else None


def tree_of(
    lines: Sequence[Line], conventions: Conventions, locality: str
) -> tuple[Node, Conventions, tuple[Doubt, ...]]:
    """The outline of `lines` (paragraphs only), the conventions in force after them, and what was found on the way."""
    lines = uncounted(lines)
    walk = Walk(Node(0), bracketed(lines, conventions), locality)
    if walk.conventions is not conventions:
        walk.doubts = (_NAMES_ONLY,)
    bare = counts_bare(lines)
    walk.once = labels_once(lines)
    walk.leading, walk.closing = walk.once or labels_lead(lines), sentences_close(lines)
    walk.owners, walk.whole = owner_lines(lines), stands_above_all(lines)
    nested, decimals = counts_below_names(lines), decimal_outline(lines)
    for at, line in enumerate(lines):
        if is_label_line(line.text):
            _label(walk, line)
        elif walk.current is not None and (team := team_of(walk.current.title, line.text)):
            walk.current.slot = (walk.current.slot or Slot()).plus(team)
            walk.current.lines.append(line)
        else:
            cut = decimals.get(line.index) or _counted(walk, line.text, bare)
            cut = replace(cut, level=_OWNED) if nested and is_named(cut) else cut
            _paragraph(walk, line, cut, lines[at + 1 :])
    share_last_labels(walk.root)
    mark_owners(walk.root)
    mark_lost(walk.root)
    count_lost(walk.root)
    if walk.conventions.first_leads:  # the convention found says already what names in brackets are
        walk.doubts = tuple(doubt for doubt in walk.doubts if doubt is not _NAMES_ONLY)
    if walk.conventions.leads:
        walk.root.slot = Slot(walk.conventions.leads).plus(walk.root.slot or Slot())
    for node in walk.root.below():
        if node.slot is not None and node.rule is not None:  # only now are all its label lines read
            node.slot = node.rule.applied(node.slot)
    return walk.root, walk.conventions, walk.doubts


def _counted(walk: Walk, text: str, bare: bool) -> Numbered:
    """`text` cut at its number; where digits may have lost their stop, also at the next number, or the one that comes after
    items that have lost theirs."""
    after = (walk.last or 0) + 1
    cut = numbered(text, after if bare else None)
    return cut if cut.level or not (bare and walk.uncounted) else numbered(text, after + walk.uncounted)


def _label(walk: Walk, line: Line) -> None:
    before = walk.conventions
    now, text, doubts = before.read(inside_of(with_names_mended(line.raw)), line.place)
    slot = read_labels(text, locality=walk.locality)
    slot = replace(slot, doubts=slot.doubts + gap_doubts(line.raw))
    if not labels_in(text):
        slot = read_inside(text, now, walk.locality, now.first_leads) or Slot()
    if walk.once and (held := [one for one in walk.root.below() if one.slot is not None]):
        for one in held:  # 办结时限 at the foot of a slip is for the whole of it
            own = one.slot or slot
            one.slot = replace(own, deadline=own.deadline or slot.deadline)
        walk.root.lines.append(line)
        return
    if (walk.leading and slot != Slot(rest=slot.rest)) or (walk.whole and slot.duties):
        fresh = not walk.given_lines and not walk.once  # the labels above one group of items stand together
        walk.given = (Slot() if fresh or walk.given is None else walk.given).plus(slot)
        walk.given_lines.append(line)
        walk.conventions, walk.doubts = now, walk.doubts + doubts
        return
    node = walk.current
    if node is None:  # 填报单位 above a table speaks of nothing there; who leads all that follows is kept
        leads = tuple(duty for duty in slot.duties if duty.role is Role.LEAD)
        walk.root.slot = Slot(leads) if leads else walk.root.slot
        walk.conventions, walk.doubts = now, walk.doubts + doubts
        return
    if node.slot is not None or slot != Slot(rest=slot.rest) or any(map(answers, slot.rest)):  # not a person to call
        node.slot = (node.slot or Slot()).plus(slot)
    node.lines.append(line)
    node.rule = replace(now, everyone=(node.rule or before).everyone)
    walk.uncounted += not (walk.closed or node.printed)
    walk.conventions, walk.closed, walk.doubts = now, True, walk.doubts + doubts


def _open(walk: Walk, node: Node) -> Node:
    while walk.path and walk.path[-1].level >= node.level:
        walk.path.pop()
    (walk.path[-1] if walk.path else walk.root).children.append(node)
    walk.path.append(node)
    walk.uncounted += node.own and not node.printed
    return node


def _paragraph(walk: Walk, line: Line, cut: Numbered, ahead: Sequence[Line]) -> None:
    if line.index in walk.owners:
        walk.given, walk.closed = None, False
        _open(walk, Node(_OWNED, title=unsigned(line.text), lines=[line], pieces=[(line.text, None)], heading=True))
        return
    node = walk.current
    what = WHAT.match(cut.rest)
    what = None if what and addressed(cut.rest[what.end() :]) else what  # 督办要求：各部门每月…: closing words
    if walk.measured is not None and walk.measured is node and node.level < cut.level:
        _continue_with(walk, node, line, line.text)
        return
    if what and cut.level == 0 and node is not None and (not walk.closed or _measures(node, line)):
        _continue_with(walk, node, line, _parted(node) + (line.text if walk.closed else cut.rest[what.end() :]))
        walk.measured = node if _counted_below(node, ahead) else None
        return
    if not cut.level and node is not None and walk.closed and _REMARK.match(line.text):
        _continue_with(walk, node, line, ("" if node.text.endswith(("。", "；")) else "。") + line.text)
        return
    if not cut.level and node is not None and _tells_more(node, line, ahead):
        _continue_with(walk, node, line, _parted(node) + line.text)
        return
    cut = replace(cut, rest=cut.rest[what.end() :]) if what else cut
    bullet = is_bulleted(line.text)
    fresh = bullet and node is not None and (node.bullet or (node.level < _ITEMS and node.own))
    asked = cut.level == 0 and (asks_report(line.text) or is_due_of_all(line.text)) and not _goes_on_counting(ahead)
    if cut.level == 0 and node is not None and not (node.heading or fresh or asked) and _continues(walk, node, line):
        _continue_with(walk, node, line, line.text)
        return
    if node is not None and not cut.level and _LABELLIKE.match(cut.rest):
        words = cut.rest[:40]
        said = f"“{words}”像是写明单位的一行，没有读懂，请核对。"
        node.doubts += (Doubt("label-unread", said, line.place, words, "没有登记"),)
    pieces = _pieces(walk, cut.rest, line)
    plain = len(pieces) <= 1 and not any(slot for _, slot in pieces)
    if plain:
        walk.conventions, _, doubts = walk.conventions.read(cut.rest, line.place)
        walk.doubts += doubts
    heading = plain and _heads(walk, line, cut, ahead)
    level = cut.level or (line.block.heading if heading else UNNUMBERED)
    made = Node(level, cut.printed, cut.value, cut.rest, [line], pieces, heading=heading, bullet=bullet)
    if not cut.level and (asked or addressed(line.text)) and not _goes_on_counting(ahead):
        walk.path.clear()  # closing words stand below no item
    _open(walk, made)
    walk.closed = made.own
    _given(walk, made)
    if cut.level == 3:
        walk.last = cut.value if cut.value is not None else (walk.last or 0) + 1 + walk.uncounted
        walk.uncounted = 0


def _heads(walk: Walk, line: Line, cut: Numbered, ahead: Sequence[Line]) -> bool:
    """Whether a line in which nobody is named stands above others, by its words or by its style."""
    if not cut.level:
        return line.block.heading > 0
    charged = _CHARGES.search(cut.rest) and (cut.level >= _ITEMS or _is_last(cut, ahead))
    items = cut.level >= _ITEMS and (walk.leading or walk.whole)
    items = items or (walk.whole and cut.rest.endswith("。"))
    due = cut.level >= _ITEMS and _DONE_BY.search(cut.rest)  # 落实稳岗政策，6月中旬前完成。: an item, however short
    return is_heading(cut.rest) and not (_goes_on(cut, ahead) or charged or items or due)


def _goes_on_counting(ahead: Sequence[Line]) -> bool:
    return any(numbered(later.text).level for later in ahead[:200])


def _is_last(cut: Numbered, ahead: Sequence[Line]) -> bool:
    """Whether nothing stands below a counted line: the next one is of its own level, or a higher one."""
    return not ahead or 0 < numbered(ahead[0].text).level <= cut.level


def _given(walk: Walk, node: Node) -> None:
    """Gives an item what the label lines above its group state; a new section begins without."""
    if node.heading and node.level < 3:
        walk.given = walk.given if walk.whole else None
    elif walk.given is not None and not node.heading and (node.printed or not (walk.once or walk.whole)):
        node.slot, node.rule = walk.given, replace(walk.conventions, everyone=())
        node.lines += walk.given_lines
        walk.given_lines = []


def _parted(node: Node) -> str:
    """A colon where the name of an item and its contents would run together."""
    text = node.pieces[-1][0] if node.pieces and node.pieces[-1][1] is None and not node.heading else ""
    return "：" if text and not re.search(r"[，。；：、！？:;,]$", text) else ""


def _measures(node: Node, line: Line) -> bool:
    """Whether a line tells what is to be done about the problem that `node` names together with its units."""
    return bool(node.printed) and node.level < UNNUMBERED and bool(_MEASURES.match(line.text))


_MORE_OF = re.compile(r"[【\[]?(?:目标|任务|内容|措施|举措|要求|标准|成果|进度)[】\]]?\s*[:：]")


def _tells_more(node: Node, line: Line, ahead: Sequence[Line]) -> bool:
    """Whether a line (目标：…, 措施：…) tells more of the numbered matter above it, whose units stand on label lines below."""
    if not node.printed or node.level >= UNNUMBERED or node.own or not _MORE_OF.match(line.text):
        return False
    below = next((one for one in ahead[:8] if not _MORE_OF.match(one.text)), None)
    return below is not None and is_label_line(below.text)


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
    cut = cut_paragraph(text, line, walk.conventions, walk.locality, walk.closing)
    walk.conventions, walk.doubts = cut.conventions, walk.doubts + cut.doubts
    return cut.pieces


def _continues(walk: Walk, node: Node, line: Line) -> bool:
    """Whether an unnumbered paragraph belongs to the item above: a line broken in the sentence, or more of its text."""
    broken = bool(node.pieces) and not walk.closed and not _ENDED.search(node.lines[-1].text)
    broken = broken and not begins_with_owner(line.text)
    if _DONE_BY.search(line.text) and node.level >= _ITEMS and _DONE_BY.search(node.lines[-1].text):
        return False  # 1.…，4月12日前完成 ⏎ …，4月13日前完成: an item that has lost its number
    return not addressed(line.text) and (broken or (not walk.closed and 0 < node.level < UNNUMBERED))


def _extend(node: Node, pieces: list[tuple[str, Slot | None]]) -> None:
    if node.pieces and node.pieces[-1][1] is None and pieces:
        text, slot = pieces[0]
        node.pieces[-1] = (node.pieces[-1][0] + text, slot)
        pieces = pieces[1:]
    node.pieces.extend(pieces)


_CUT_OFF = re.compile(r"(?<=\d)\|(?:\d{0,2}[日月年]|号)|(?<=[日月年底旬])\|(?:之?前|底|以前)")


def _is_cut_off(text: str, rest: str) -> bool:
    """Whether a line breaks inside a time (…，4月1 ⏎ 2日前)."""
    return len(rest) <= _SHORT_REST and _CUT_OFF.search(f"{text[-2:]}|{rest}") is not None


def _goes_on(cut: Numbered, ahead: Sequence[Line]) -> bool:
    """Whether a short numbered line is no heading: label lines follow at once, or the rest of a broken sentence does."""
    if not ahead:
        return False
    rest = ahead[0].text
    if is_label_line(rest) or (cut.level >= _ITEMS and _is_cut_off(cut.rest, rest)):
        return True
    clause = cut.level >= 3 and re.search(r"[，,]", cut.rest) and not numbered(rest).level
    return (
        bool(clause)
        and len(rest) < len(cut.rest)
        and rest.endswith(("。", "；"))
        and len(ahead) > 1
        and is_label_line(ahead[1].text)
    )
