"""What stands above the rows of a table and speaks for them: a label line, a caption, a section row, a sheet's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Duty, Role
from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.duties import labels_in, read_labels, states_duties, with_deadline
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_collective, is_unit, read_names
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.slot import Slot

_CAPTION = re.compile(
    r"^(?:附?表?(?:附件)?[一二三四五六七八九十\d]{0,2}[、.：:\s]*)?(?:由)?(?P<units>[^，,。；;：:]{2,50}?)(?P<verb>负责牵头|牵头|主责|主办|主抓|负责|承办|承担|落实|配合|协办|协助|参与)(?:负责)?(?:的)?"
    r"(?:20\d\d年(?:度)?)?(?:重点|主要|年度|落实|组织|办理|推进|实施|完成|整改)*(?:任务|工作|事项|项目|指标|问题|内容|清单|部分|实事|\d+项|)*(?:分工|分解)?(?:清单|表|一览表|台账)?$"
)
_CHARGED = re.compile(
    r"^(?P<units>[^，,。；;：:]{3,40}?)(?:的)?(?:20\d\d年(?:度)?|第?[一二三四]季度|\d{1,2}月(?:份)?)?(?:主要|重点|具体|工作|年度|责任|目标)*(?:任务|职责|责任|事项|分工)(?:清单|分工|分解)?$"
)
_LABEL_FIRST = re.compile(r"(?:[^，。；：:]{2,10}[：:][^。；：:]{1,40}[。；，,;\s]+)+")
_COUNT = re.compile(r"[（(]\s*(?:共|计)?\s*\d+\s*[项条个件]\s*[）)]")
_LEADS = re.compile(r"牵头|主责|主办|主抓")
_CLASSES = (
    "成员单位",
    "各单位",
    "有关单位",
    "相关单位",
    "责任单位",
    "牵头单位",
    "配合单位",
    "各部门",
    "有关部门",
    "相关部门",
    "责任部门",
)
_HELPING = ("配", "协", "参")
_FAR = 4


@dataclass(frozen=True, slots=True)
class Given:
    """The slot that words above a row state, and whether they say in so many words which part its units have."""

    slot: Slot
    words: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above each table: by the index of its first row what is given, and the lines that give it."""

    given: dict[int, Given] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()


def given_by(text: str, locality: str, bare: bool = True) -> Given | None:
    """What a line above rows states: a label (牵头单位：甲局), a caption (甲局牵头事项), with `bare` a mere name (二、甲局)."""
    words = _COUNT.sub("", numbered(text).rest).strip("：: 。")
    if _labelled(text):
        slot = read_labels(text, locality=locality)
        return Given(slot, text) if slot.duties else None
    if (told := _bracketed(text, locality)) is not None:
        return Given(told, text)
    if (told := captioned(words, locality)) is not None:
        return Given(told, text)
    units = _units(words, locality) if bare and len(words) <= 40 else ()
    if units and not any(map(is_collective, units)):
        return Given(_slot(units, Role.RESPONSIBLE, ""), text, plain=False)
    return None


def _labelled(text: str) -> bool:
    """Whether a line is made of labels, one of which says whose the work is (链主企业：某公司。牵头单位：甲局)."""
    marks = [m for m, _ in labels_in(text) if m["role"] or m["bare"]]
    return bool(marks) and (marks[0].start() == 0 or _LABEL_FIRST.fullmatch(text[: marks[0].start()]) is not None)


def _bracketed(text: str, locality: str) -> Slot | None:
    """What the bracket behind a heading states for all below it: 一、经济发展（牵头单位：甲局）; None without one."""
    cut, inside = numbered(text), last_bracket(text)
    heading = cut.rest.rstrip("。： ")[: -len(inside) - 2]
    if not inside or cut.level > 2 or not is_heading(heading) or not states_duties(inside):
        return None
    slot = read_labels(inside, locality=locality)
    return slot if slot.duties else with_deadline(inside, Role.RESPONSIBLE, "", locality)


def captioned(words: str, locality: str = "") -> Slot | None:
    """What a caption states for all below it (甲局牵头的任务, 甲局主要职责), its number and its count taken off; else None."""
    m = _CAPTION.match(words) or _CHARGED.match(words)
    units = _units(m["units"], locality) if m else ()
    if m is None or not units:
        return None
    verb = m.groupdict().get("verb", "")
    role = Role.LEAD if _LEADS.search(verb) else Role.COOPERATING if verb[:1] in _HELPING else Role.RESPONSIBLE
    return _slot(units, role, verb)


def _units(words: str, locality: str) -> tuple[str, ...]:
    found = read_names(words, "", locality).units
    if any(name.endswith(_CLASSES) for name in found):
        return ()
    return found if all(is_unit(name, strict=True) for name in found) else ()


def _slot(units: Iterable[str], role: Role, word: str) -> Slot:
    return Slot(tuple(Duty(unit, role, word, False, is_collective(unit)) for unit in units), units_stated=True)


def above_tables(lines: Sequence[Line], headers: AbstractSet[int], locality: str, title: str = "") -> Above:
    """What stands above each table for all its rows: label lines and captions among the paragraphs right above, else the
    name of its sheet where that is a unit's, else the `title` of the document. `headers` are the indices of header rows."""
    given: dict[int, Given] = {}
    sheets = _of_sheets(lines, locality)
    charged = captioned(title, locality)
    whole = Given(charged, title, plain=False) if charged else None
    used: set[int] = set()
    run: list[Line] = []
    for line in lines:
        if not line.boxes:
            run.append(line)
            continue
        if line.index in headers:
            found = [(one, said) for one in _near(run) if (said := given_by(one.text, locality, bare=False))]
            for one, said in found:
                before = given.get(line.index)
                given[line.index] = replace(said, slot=before.slot.plus(said.slot)) if before else said
                used |= {one.index} if _labelled(one.text) else set()
            if line.index not in given and (said := sheets.get(line.place.sheet or "") or whole):
                given[line.index] = said
        run = []
    return Above(given, frozenset(used))


def _near(run: Sequence[Line]) -> Sequence[Line]:
    """The paragraphs right above a table, without the label lines of a counted item above the heading it stands under."""
    counted = [at for at, one in enumerate(run) if numbered(one.text).level]
    first = counted[-1] if len(counted) > 1 else 0
    return [run[at] for at in range(max(len(run) - _FAR, 0), len(run)) if at >= first or at in counted]


def _of_sheets(lines: Sequence[Line], locality: str) -> dict[str, Given]:
    """What the sheets of a workbook state by their names: one for each unit, where there are several such."""
    names = dict.fromkeys(line.place.sheet for line in lines if line.place.sheet)
    named = {name: given for name in names if name and (given := given_by(name, locality))}
    return {name: replace(given, plain=given.plain or len(named) > 1) for name, given in named.items()}


def with_given(found: Found, given: Sequence[Given]) -> Found:
    """`found` with what stands above it, the nearest first, where its own cells leave that open."""
    for one in given:
        found = _with(found, one)
    return found


def _with(found: Found, given: Given) -> Found:
    slot = found.slot
    if not found.text:
        return found
    open_roles = {Role.LEAD, Role.RESPONSIBLE} - {duty.role for duty in slot.duties}
    leads_open = Role.LEAD in open_roles
    wanted = [d for d in given.slot.duties if (d.role is Role.LEAD and leads_open) or (not slot.duties)]
    wanted = wanted or [d for d in given.slot.duties if len(open_roles) == 2 and d.role is Role.RESPONSIBLE]
    slot = _raised(slot, wanted) if given.plain else slot
    more = tuple(duty for duty in wanted if duty.unit not in {own.unit for own in slot.duties})
    when = slot.deadline or given.slot.deadline
    if not more:
        return found._replace(slot=replace(slot, deadline=when))
    doubts = [d for d in found.doubts if d.code != "no-units"] + (
        [] if given.plain else [_inferred(found, more, given)]
    )
    return found._replace(
        slot=replace(slot, duties=more + slot.duties, deadline=when, units_stated=True), doubts=tuple(doubts)
    )


def _raised(slot: Slot, wanted: Sequence[Duty]) -> Slot:
    """`slot` with the units that lead all below a heading as leads where their row names them among others."""
    leads = {duty.unit: duty for duty in wanted if duty.role is Role.LEAD}
    return replace(slot, duties=tuple(leads.get(duty.unit, duty) for duty in slot.duties))


def _inferred(found: Found, duties: Sequence[Duty], given: Given) -> Doubt:
    names = "、".join(duty.unit for duty in duties)
    said = f"本项没有写责任单位，按上方的“{given.words[:30]}”登记为{names}，请核对。"
    return Doubt("lead-from-heading", said, found.place, given.words[:30], names)
