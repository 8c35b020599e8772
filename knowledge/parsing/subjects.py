"""Duties that stand in the sentence itself: 由甲、乙共同牵头; 甲局负责…，乙局负责…; 甲局于8月31日前…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from knowledge.model import Duty, Role
from knowledge.parsing.duties import read_units, states_duties
from knowledge.parsing.found import Found
from knowledge.parsing.names import is_collective, is_unit, read_names
from knowledge.parsing.outline import sentences
from knowledge.parsing.slot import Slot

_BY = re.compile(
    r"(?<!自)由(?P<units>[^。；;由：:]{2,80}?)(?:分别|共同|联合|具体|统一|作为[^，,。；;]{2,8}?(?:单位|主体))*"
    r"(?P<verb>牵头|负责|组织实施|承担|承办|落实|跟踪(?:督办|问效|落实)|督办|汇总|统筹|实施)(?![人的])"
)
_CHAIN = re.compile(
    r"^(?P<chain>(?:[^，,。；;]{2,80}?(?:牵头|负责|配合|协助|参与|会同[^，,。；;]{2,60})[，,：:])+)(?=\S)"
)
_HEAD = re.compile(r"^(?P<units>[^，,。；;：:]{2,60}?)(?P<verb>牵头|负责|配合|协助)(?=[^，,。；;])")
_VERBS = (
    r"要(?!素)|应当|应(?!急|用|对|收)|须|需|必须|务必|于|在|将|对|从|每[年月季周日半]|\d{1,4}[年月]|\d{1,2}日|年[内底]|按照|按|根据|结合|依法|依规|依托|定期|及时|"
    r"积极|进一步|持续|继续|全面|重点|主要|严格|切实|认真|具体|统一|会同|联合|做好|抓好|组织(?!部|人事|科|处|办)|完成|加强|加大|加快|开展|制定|落实|督促|指导|"
    r"统筹|协调|推进(?!办|中心)|推动|建立|健全|完善|强化|深化|优化(?!营商)|排查|整治|打击|查处|检查|监督(?!管理|科|处|检查|局)|保障|提供|安排|拨付|承担|编制|实施|"
    r"公布|公开(?!办|科|处|中心)|发布|清理|核查|梳理|收集|汇总|牵头|参与"
)
_ACTS = re.compile(rf"^(?P<units>[^，,。；;：:]{{2,60}}?)(?P<verb>[，,]?(?:{_VERBS}))")
_COLON = re.compile(r"^(?P<units>[^，,。；;：:]{2,60})[：:](?P<leads>牵头(?!单位|部门))?(?=\S)")
_TOGETHER = re.compile(rf"^(?P<units>[^，,。；;：:]{{2,60}}?)(?=[，,]|负责|共同|{_VERBS})")
_DUE = re.compile(r"^[，,]?(?:要|应|应当|须|需|必须|务必|于|在|每.|\d.*)$")
_FOLLOWS = re.compile(
    r"(?:^|(?<=[，,]))(?:并由|由)?(?P<units>[^，,。；;：:]{2,60}?)(?P<verb>配合|协助|协办|参与|协同|(?:加强|做好|给予|予以|提供)(?:业务|技术)?(?:指导|支持|服务|保障))[^，,。；;]{0,6}(?=[，,。；;]|$)"
)
_WITH = re.compile(r"会同|联合|商(?=[市县区州省])")
_SAID = re.compile(r"^(?:会议)?(?:议定|要求|明确|决定|强调|同意|指出)?[，,：:]?(?:由|请|其中[，,]?|同时[，,]?)|^会议(?:议定|要求|明确|决定|强调|同意|指出)[，,：:]?")
_HOW = re.compile(r"(?:分别|共同|联合|一并|各自|具体)+$")
_DATED = re.compile(r"\d+[年月日]|[年月]底|每[年月季周日]|季度|年内|工作日")

_ALL_READERS = re.compile(r"各(?:地|级|部门|单位|有关|相关|责任|成员|方面)")


def in_sentence(found: Found) -> Found:
    """`found` with the duties its own words state (由甲、乙共同牵头)."""
    slot = _chained(found.text)
    if slot.duties:
        return replace(found, slot=slot)
    duties: list[Duty] = []
    for m in _BY.finditer(found.text):
        names = read_names(m["units"]).units
        if names and all(is_unit(name, strict=True) for name in names):
            role = Role.LEAD if m["verb"] == "牵头" else Role.RESPONSIBLE
            duties += [
                Duty(n, role, m["verb"], False, is_collective(n)) for n in names if n not in {d.unit for d in duties}
            ]
    if not duties:
        return found
    slot = Slot(tuple(duties), units_stated=True)
    return replace(found, slot=_with_followers(slot, found.text, ""))


def _chained(text: str) -> Slot:
    """The slot of 由甲局牵头，乙局、丙局配合，…: as many clauses as state duties, one after the other."""
    slot = Slot()
    for m in re.finditer(r"由(?=[^。；;]{2,60}(?:牵头|负责))", text):
        members = re.split(r"[，,]", re.split(r"[。；;]", text[m.end() :])[0])
        stating = list(takewhile(lambda member: states_duties(member, strict=True), members))
        if stating:
            slot = slot.plus(read_units("，".join(stating), Role.RESPONSIBLE))
    return slot


def unit_first(found: Found, locality: str) -> list[Found]:
    """The assignments of a paragraph whose sentences have units as their subjects; empty when it has none.

    Sentences without a subject of their own belong to the unit before them, a short title to the first one.
    """
    parts: list[tuple[str, Slot]] = []
    title = ""
    for clause in _clauses(found.text):
        slot = subject_of(clause, locality)
        if slot is not None:
            parts.append((title + clause, slot))
            title = ""
        elif parts:
            parts[-1] = (parts[-1][0] + clause, parts[-1][1])
        elif title or len(clause) > 30:
            return []
        else:
            title = clause
    return [
        replace(found, text=text.rstrip("；;，,"), slot=slot, part=n if len(parts) > 1 else 0)
        for n, (text, slot) in enumerate(parts, 1)
    ]


def _clauses(text: str) -> Iterator[str]:
    """Sentences, cut further at ；and at ， where a new unit takes over (甲负责A，乙负责B)."""
    for sentence in sentences(text):
        for half in re.split(r"(?<=[；;])", sentence):
            start = 0
            for m in re.finditer(r"[，,]", half):
                if not _chain(half[start:]) and _takes_over(half[m.end() :]):
                    yield half[start : m.end()]
                    start = m.end()
            if half[start:]:
                yield half[start:]


def _chain(clause: str) -> str:
    """The clauses at the head of a sentence that state who leads, answers and takes part; empty without them."""
    m = _CHAIN.match(clause)
    words = m["chain"].rstrip("，,：:") if m else ""
    return words if words and states_duties(words) else ""


def _takes_over(rest: str) -> bool:
    """Whether a clause behind a comma has a unit of its own for a subject (…，各乡镇于5月10日前…)."""
    if (head := _HEAD.match(rest)) and _named(head["units"]):
        return not _FOLLOWS.match(rest)
    m = _ACTS.match(rest)
    return bool(m and _DUE.search(m["verb"]) and _named(m["units"]))


def subject_of(clause: str, locality: str) -> Slot | None:
    """The slot of the unit that is the subject of `clause`, None when it has no unit for a subject.

    Those of whom a later clause says only that they take part (…，乙局、丙局配合，9月底前完成) are in it too.
    """
    slot = _subject(clause, locality)
    return slot if slot is None else _with_followers(slot, clause, locality)


def _with_followers(slot: Slot, text: str, locality: str) -> Slot:
    """`slot` with the units of which a later clause of `text` says that they take part."""
    for m in _FOLLOWS.finditer(text):
        if m.start() and _named(m["units"]):
            slot = slot.plus(read_units(m["units"], Role.COOPERATING, _prefix(slot), locality, m["verb"]))
    return slot


def _prefix(slot: Slot) -> str:
    """The 市 or 县 that the first unit of a sentence lends to those behind it."""
    return read_names(slot.duties[0].unit).prefix if slot.duties else ""


def _subject(clause: str, locality: str) -> Slot | None:
    clause = _SAID.sub("", clause)
    if (m := _ACTS.match(clause)) and (slot := _with_others(m, clause, locality)):
        return slot
    if (m := _COLON.match(clause)) and _named(m["units"]):
        return read_units(m["units"], Role.LEAD if m["leads"] else Role.RESPONSIBLE, "", locality)
    if chain := _chain(clause):
        return read_units(chain, Role.RESPONSIBLE, "", locality)
    if (m := _HEAD.match(clause)) and _named(m["units"]):
        return read_units(m["units"] + m["verb"], Role.RESPONSIBLE, "", locality)
    if (m := _ACTS.match(clause)) and _named(m["units"]):
        names = read_names(m["units"], locality=locality).units
        if not all(map(is_collective, names)) or (_DATED.search(clause) and not _ALL_READERS.match(m["units"])):
            return read_units(m["units"], Role.RESPONSIBLE, "", locality)
    return None


def _with_others(m: re.Match[str], clause: str, locality: str) -> Slot | None:
    """甲局会同乙局排查…, 甲局要会同乙局…: 甲局 leads, 乙局 takes part, as 会同 is used in official writing."""
    word = _WITH.match(clause, m.end()) or _WITH.search(m["verb"])
    if not word or not _named(m["units"]):
        return None
    end = word.end() if word.string is clause else m.end()
    others = _TOGETHER.match(clause[end:])
    if not others or not _named(others["units"]):
        return None
    first = read_units(m["units"], Role.LEAD, "", locality, word.group())
    prefix = read_names(first.duties[0].unit).prefix if first.duties else ""
    return first.plus(read_units(others["units"], Role.COOPERATING, prefix, locality, word.group()))


def _named(words: str) -> bool:
    names = read_names(_HOW.sub("", words)).units
    plain = not re.search(r"(?<!自)由|作为", words)
    return bool(names) and plain and all(is_unit(name, strict=not is_collective(name)) for name in names)
