"""Duties that stand in the sentence itself: 由甲、乙共同牵头; 甲局负责…，乙局负责…; 甲局于8月31日前…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.model import Role
from knowledge.parsing.acting import COUNTY, TOWN, acting, helps, is_done_to, is_inside, units_at_head, units_before
from knowledge.parsing.duties import read_units, states_duties
from knowledge.parsing.found import Found
from knowledge.parsing.known import is_known
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names
from knowledge.parsing.outline import sentences
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.parsing.words import MORE_VERBS, PAIRS, ROLE_LABELS, ROLE_STEMS, VERBS, WHO
from knowledge.patterns import regex

_BY = re.compile(
    r"(?<!自)由(?P<units>[^。；;由：:]{2,80}?)(?:分别|共同|联合|具体|统一|抓紧|尽快|认真|负责|按程序|依法|作为[^，,。；;]{2,8}?(?:单位|主体))*"
    r"(?P<verb>牵头|主办|负责|组织实施|承担|承办|落实|跟踪(?:督办|问效|落实)|督办|汇总|统筹|实施|修改|修订|完善|起草|拟[定订]|编制|办理|共建|承建|运营|管护|协调(?!机制|小组|会)|组织(?=专家|开展|编制|制[定订]|[乡镇村各实力]))(?![人的])"
)
_CHAIN = re.compile(
    r"^(?P<chain>(?:[^，,。；;]{0,80}?(?:牵头|主办|负责|配合|协助|参与|会办|协办|会同[^，,。；;]{2,60})[，,：:])+)(?=\S)"
)
_JOINING = re.compile(r"(?<=[，,])会同(?P<others>[^，,。；;]{2,60})")
_LEADING = re.compile(r"(?P<units>[^，,。；;：:由]{2,60}?)(?P<joining>会同(?P<others>[^，,。；;]{2,60}))$")
_BY_WHOM = re.compile(r"(?<![自理缘事经来])由(?=[\u3400-\u9fff]{3})")
_BY_PLACE = re.compile(
    r"(?P<units>[\u3400-\u9fff]{2,3}(?:镇|乡|街道|社区|村|县|区)(?![域间长内里境的]))(?=[\u3400-\u9fff]{2})"
)
_HEAD = re.compile(r"^(?P<units>[^，,。；;：:]{2,60}?)(?P<verb>牵头|负责|配合|协助)(?=[^，,。；;])")
_ACTS = regex(rf"^(?P<units>[^，,。；;：:]{{2,60}}?)(?P<verb>[，,]?(?:{VERBS}))")
_ACTS_TOO = regex(rf"^(?P<units>[^，,。；;：:]{{2,60}}?)(?P<verb>(?:{MORE_VERBS}))")
_COLON = re.compile(r"^(?P<units>[^，,。；;：:]{2,60})(?:[：:]|[，,](?=负责\S))(?P<leads>牵头(?!单位|部门))?(?=\S)")
_TOGETHER = regex(rf"^(?P<units>[^，,。；;：:]{{2,60}}?)(?=[，,]|负责|共同|{VERBS}|{MORE_VERBS})")
_TOGETHER_LATER = re.compile(r"[，,](?:并|及时)?会同(?P<units>[^，,。；;：:]{2,60})")
_JOINED = regex(r"(?:并|及时)?(?P<verb>会同|商请|联合)")
AGREED = regex(r"(?:^|(?<=[，,。：:议则]))同意(?P<units>[^，,。；;：:]{2,40}?)(?:关于|[提上报]+[出送报]的|《)")
_DUE = re.compile(r"^[，,]?(?:要|应|应当|须|需|必须|务必|于|在|每.|\d.*)$")
_FOLLOWS = re.compile(
    r"(?:^|(?<=[，,]))(?:并由|由)?(?P<units>[^，,。；;：:]{2,60}?)(?P<verb>配合|协助|协办|会办|参与|参加|参演|参训|协同|(?:加强|做好|给予|予以|提供)(?:业务|技术)?(?:指导|支持|服务|保障))[^，,。；;]{0,6}(?=[，,。；;]|$)"
)
_HELPED_BY = re.compile(
    r"(?:同时|并)?由(?P<units>[^，,。；;：:由]{2,60}?)(?:予以|给予|积极|主动|共同|密切|全力|一并)*(?P<verb>配合|协助|协办|协同|参与|支持)(?!单位|部门)[^，,。；;]{0,16}"
)  # 由财务科配合, 由甲局、乙局协助做好宣传
_WITH = re.compile(r"会同|联合|商(?=[市县区州省])")
_SAID = regex(
    r"^(?:会议)?(?:议定|要求|明确|决定|强调|同意|指出)?[，,：:]?(?:由|请|责成|责令|委托|其中[，,]?|同时[，,]?)|^会议(?!中心|[室处科]|服务)(?:议定|要求|明确|决定|强调|指出)?[，,：:]?"
)
_ODD = regex(r"(?<!自)由|作为")
_INNER_OFFICE = regex(
    r"[镇乡][\u3400-\u9fff]{2,4}[站所队]|[\u3400-\u9fff]{1,6}(?:车间|班组)|[\u3400-\u9fff]{1,5}[股科]|[\u3400-\u9fff]{2,6}(?<![全内外局干大公])部|[\u3400-\u9fff]{2,5}办|(?:[\u3400-\u9fff]{2,4}(?<![好用到何各随益坏害四])处)|(?:[\u3400-\u9fff]{0,3}(?:办公|督查|研究|财务|机要|综合|信息|政工|教研|秘书|人事|监察))室"
)  # an office inside a bureau, named without the bureau
_INNER_PART = regex(r"(?P<units>[^，,。；;：:]{2,40}?)(?:共同)?(?:牵头|负责|配合|参与|协助|协办)(?:负责|落实|实施)?")
_LED_TO = regex(r"^(?:请|责成|责令|委托|并|同时|其中|原则上|具体)+(?=由|[市县区州省各牵责])|^(?:请|并)")
_LABEL = rf"(?:{'|'.join(sorted(ROLE_STEMS, key=len, reverse=True))})(?:{'|'.join(map(re.escape, (*PAIRS, *WHO)))})"
_NAMED_PARTY = regex(rf"(?P<label>{_LABEL})(?:均|都)?(?:为|是|[：:])(?P<units>.{{2,80}})$")
_PARTY_NAMED = regex(rf"(?P<units>.{{2,80}}?)(?:均|都)?(?:为|是|作为)(?P<label>{_LABEL})$")
_DUE_SAID = regex(r"(?:完成|办结|整改|办理)(?:时限|期限|时间)(?:为|是)(?P<when>.{2,24})$")
_MEETING = regex(r"会议(?!中心|[室处科]|服务)")  # 会议原则同意甲局…: no unit begins so
_LONGEST_OFFICE = 6  # characters of an office inside a unit, whose name may begin like an act (县卫健局监督所)
_ACT = regex(rf"{VERBS}|{MORE_VERBS}")
_WHY = regex(r"根据|按照|依据|遵照|结合|围绕")  # 根据县政府领导批示，…
_PLACED = regex(r"[市县区州省盟旗镇乡](?![长民区域容场])\S+(?:[站所院馆校会室科处部队场学]|幼儿园)$")
_VILLAGES = regex(
    r"(?:[\u3400-\u9fff]{2,5}(?<![农乡山渔城全各本新老美好中])(?:村|社区)(?:、(?=[\u3400-\u9fff])|$))+"
)  # 桃花村、李家湾村: a village by its own name, before a colon
_HOW = regex(r"(?:分别|共同|联合|一并|各自|具体)+$")
# Behind a semicolon, and before the number of a run-in count (会议要求：（一）甲局…；（二）乙局…).
_RUN_IN = re.compile(r"(?<=[；;])|(?<=[：:])(?=[（(][一二三四五六七八九十\d]{1,2}[）)])")
COUNTED = regex(r"^[（(][一二三四五六七八九十\d]{1,2}[）)]")
_BY_WHEN = regex(r"^(?P<when>[^，,。；;：:]{2,16})[，,](?=\S)")  # 5月15日前，甲局完成…
LONGEST_TITLE = 30
_DATED = re.compile(r"\d+[年月日]|[年月]底|每[年月季周日]|季度|年内|工作日")

_ALL_READERS = re.compile(r"各(?:地|级|部门|单位|有关|相关|责任(?![村科站处])|成员|方面)")

_COUNTS = regex(r"(?:牵头|负责|承担|配合|涉及|共)了?\s*\d+\s*[项件条](?:任务|工作|事项)?(?:[，,。；;]|$)")


def in_sentence(found: Found) -> Found:
    """`found` with the duties its own words state: 由甲、乙共同牵头; 甲局牵头，乙局具体实施; 牵头单位为甲局."""
    slot = Slot()
    for sentence in sentences(found.text):
        said = said_in(sentence)
        charged = bool(found.printed) and _BY.search(sentence) is not None  # 由各乡镇统筹
        slot = slot.plus(said) if charged or any(not d.collective for d in (*slot.duties, *said.duties)) else slot
    if not slot.duties:
        return found
    helped = all(
        duty.role is Role.COOPERATING for duty in slot.duties
    )  # 由财务科配合: whoever had it before has it still
    whole = found.slot.plus(slot) if helped else slot
    return found._replace(slot=replace(whole, units_stated=True))


def said_in(sentence: str) -> Slot:
    """The duties that the members of a sentence state, one after the other."""
    slot = Slot()
    for member in re.split(r"[，,；;。]", sentence):
        words = _LED_TO.sub("", COUNTED.sub("", member))
        if words:
            said = _member(words, _prefix(slot) if slot.duties else "", bool(slot.duties))
            known = {duty.unit for duty in slot.duties}
            slot = slot.plus(replace(said, duties=tuple(duty for duty in said.duties if duty.unit not in known)))
    return slot


def _member(words: str, prefix: str, told: bool) -> Slot:
    """What one member of a sentence states; `told` when a member before it stated duties."""
    if told and (m := _JOINED.match(words)) and (others := units_at_head(words[m.end() :])):  # 会同乙局修订预案
        return read_units(others, Role.COOPERATING, prefix, "", m["verb"])
    return _stated(words, prefix) or (_taking_part(words, prefix) if told else Slot())


def _stated(words: str, prefix: str) -> Slot | None:
    """What one member of a sentence states by itself, None where it states nothing."""
    for form in (_NAMED_PARTY, _PARTY_NAMED):  # 牵头单位为甲局; 甲局为牵头单位
        if (m := form.match(words)) and all(map(is_unit, read_names(m["units"]).units)):
            return read_units(m["units"], ROLE_LABELS[m["label"]], prefix, "", m["label"])
    if m := _DUE_SAID.match(words):
        return Slot(deadline=m["when"])
    if led := _leading(words.removeprefix("由"), prefix):
        return led
    helped = _HELPED_BY.fullmatch(words)
    if helped and (named(helped["units"]) or _charged(helped["units"])):
        return read_units(helped["units"], Role.COOPERATING, prefix, "", helped["verb"])
    together = _BY.match(words)
    if together and _WITH.search(together["units"]) and _named_together(together["units"]):  # 由甲局会同乙局办理
        return read_units(together["units"], Role.LEAD, prefix, "", together["verb"])
    acts = together and words[together.end() : together.end() + 1] not in ("", "、")  # 由甲局牵头组织抽查
    inner = _INNER_PART.fullmatch(words)  # 设备管理部负责: whole, so that its ending need not be a unit's alone
    plain = states_duties(words, strict=True) or (inner and named(inner["units"]))
    if plain and not acts and not _ODD.search(words, 1):
        return read_units(words, Role.RESPONSIBLE, prefix)
    if (m := _BY.search(words)) and _named_together(m["units"]):
        # 由甲局会同乙局实施: 甲局 leads, as 会同 is used
        lead = m["verb"] in ("牵头", "主办") or _WITH.search(m["units"])
        units = m["units"].partition("委托")[0]  # 由甲委托乙实施: 甲 answers
        return read_units(units, Role.LEAD if lead else Role.RESPONSIBLE, prefix, "", m["verb"])
    if (m := _HEAD.match(words)) and named(m["units"]):
        return read_units(m["units"] + m["verb"], Role.RESPONSIBLE, prefix)
    if (m := _BY_WHOM.search(words)) and (slot := _by_whom(words[m.end() :], prefix)):
        return slot
    if (m := _ACTS.match(words)) and _WITH.search(m["verb"]) and (slot := _with_others(m, words, "")):
        return slot
    return None


def _by_whom(words: str, prefix: str) -> Slot | None:
    """The units behind 由, whatever they do; None where none stand there."""
    if led := _leading(words, prefix):
        return led
    place = _BY_PLACE.match(words)
    units = acting(words) or (place["units"] if place else "")
    return read_units(units, Role.RESPONSIBLE, prefix) if units else None


def _leading(words: str, prefix: str) -> Slot | None:
    """甲局会同乙局修订预案: 甲局 leads, 乙局 takes part; None for other words."""
    m = _LEADING.match(words)
    said = _only_joining(m) if m and named(m["units"]) else ""
    if m is None or not said or said == m.group("joining"):
        return None
    first = read_units(m["units"], Role.LEAD, prefix, "", "会同")
    return first.plus(read_units(said.removeprefix("会同"), Role.COOPERATING, _prefix(first), "", "会同"))


def _taking_part(words: str, prefix: str) -> Slot:
    """Those of whom a member of a sentence says only that they take part."""
    m = _FOLLOWS.match(words)
    known = m is not None and named(m["units"])
    return read_units(m["units"], Role.COOPERATING, prefix, "", m["verb"]) if m and known else Slot()


def clauses(text: str) -> Iterator[str]:
    """Sentences, cut further at ；and at ， where a new unit takes over (甲负责A，乙负责B)."""
    for sentence in sentences(text):
        for half in _RUN_IN.split(sentence):
            start = 0
            for m in re.finditer(r"[，,]", half):
                if not _chain(half[start:]) and _takes_over(half[m.end() :], half[start : m.start()]):
                    yield half[start : m.end()]
                    start = m.end()
            if half[start:]:
                yield half[start:]


def _chain(clause: str) -> str:
    """The clauses at the head of a sentence that state who leads, answers and takes part; empty without them."""
    m = _CHAIN.match(clause)
    words = _JOINING.sub(_only_joining, m["chain"].rstrip("，,：:")) if m else ""
    return words if words and states_duties(words) else ""


def _only_joining(m: re.Match[str]) -> str:
    """会同 and the units behind it, without what they do together (会同乙局修订预案)."""
    others = units_at_head(m["others"])
    whole = not others or all(map(is_unit, read_names(m["others"]).units))
    return f"会同{m['others']}" if whole else f"会同{others}"


def _takes_over(rest: str, before: str) -> bool:
    """Whether a clause behind a comma has a unit of its own for a subject (…，各乡镇于5月10日前…).

    Where its verb tells nothing, the clause `before` it must have a subject too (甲局排查…，乙局核验…).
    """
    if (head := _HEAD.match(rest)) and (named(head["units"]) or _charged(head["units"])):
        return not _FOLLOWS.match(rest)
    first = re.split(r"[，,。；;]", rest)[0]
    if _PARTY_NAMED.match(first) or _NAMED_PARTY.match(first):  # 甲局为责任单位，乙局为配合单位
        return False
    m = _ACTS.match(rest)
    if m and _DUE.search(m["verb"]) and named(m["units"]):
        return True
    units = acting(first)
    return bool(units) and not helps(first, len(units)) and not _FOLLOWS.match(first) and bool(_subject(before, ""))


def subject_of(clause: str, locality: str) -> Slot | None:
    """The slot of the unit that is the subject of `clause`, None when it has no unit for a subject.

    Those of whom a later clause says only that they take part (…，乙局、丙局配合，9月底前完成) are in it too.
    """
    slot = None if counts_only(clause) else _subject(clause, locality)
    return slot if slot is None else with_followers(slot, clause, locality)


def collective_of(clause: str, locality: str) -> Slot | None:
    """The slot of the collective that is the subject of `clause` (各乡镇人民政府要…), None where it speaks to all readers or has
    another subject: an item for all of a kind stands among items of single units."""
    m = _ACTS.match(clause)
    if m is None or not named(m["units"]) or _ALL_READERS.match(m["units"]):
        return None
    return read_units(m["units"], Role.RESPONSIBLE, "", locality)


def begins_with_owner(text: str) -> bool:
    """Whether a paragraph begins with units and a colon (县工信局：督促企业限产)."""
    m = _COLON.match(text)
    return m is not None and named(m["units"])


def counts_only(sentence: str) -> bool:
    """Whether a sentence only tells how many items an office has (市财政局牵头5项，请抓紧办理)."""
    return bool(_COUNTS.search(sentence))


def with_followers(slot: Slot, text: str, locality: str) -> Slot:
    """`slot` with the units of which a later clause of `text` says that they take part."""
    for m in _FOLLOWS.finditer(text):
        if m.start() and named(m["units"]):
            slot = slot.plus(read_units(m["units"], Role.COOPERATING, _prefix(slot), locality, m["verb"]))
    for m in _TOGETHER_LATER.finditer(text):  # 甲局负责…，会同乙局做好…
        if others := units_at_head(m["units"]):
            slot = slot.plus(read_units(others, Role.COOPERATING, _prefix(slot), locality, "会同"))
    return slot


def _prefix(slot: Slot) -> str:
    """The 市 or 县 that the first unit of a sentence lends to those behind it."""
    return read_names(slot.duties[0].unit).prefix if slot.duties else ""


def _subject(clause: str, locality: str) -> Slot | None:
    plain = COUNTED.sub("", clause)
    found = _acting_first(clause, locality)
    if found is None and plain.startswith("请") and (units := units_before(plain[1:])):  # 请机关党委上线系统
        return read_units(units, Role.RESPONSIBLE, "", locality)
    return found


def _acting_first(clause: str, locality: str) -> Slot | None:
    clause = _SAID.sub("", COUNTED.sub("", clause))
    due = _BY_WHEN.match(clause)
    due = due if due and deadline_like(due["when"]) else None
    clause = clause[due.end() :] if due else clause
    if AGREED.search(clause[:LONGEST_TITLE]):  # 同意甲局提出的方案: that is no act of its own
        return None
    clause = re.sub(r"^(?:原则上?)?同意由?(?=[市县区州省镇乡])", "", clause)
    first = re.split(r"[，,。；;]", clause)[0]
    if (_PARTY_NAMED.match(first) or _NAMED_PARTY.match(first)) and (said := said_in(clause)).duties:
        return said
    if (m := _ACTS.match(clause)) and (slot := _with_others(m, clause, locality)):
        return slot
    if (m := _COLON.match(clause)) and (named(m["units"]) or _VILLAGES.fullmatch(m["units"])):
        return read_units(m["units"], Role.LEAD if m["leads"] else Role.RESPONSIBLE, "", locality)
    if chain := _chain(clause):
        return read_units(chain, Role.RESPONSIBLE, "", locality)
    if (m := _HEAD.match(clause)) and (named(m["units"]) or _charged(m["units"])):
        return read_units(m["units"] + m["verb"], Role.RESPONSIBLE, "", locality)
    m = next(
        (
            m
            for acts in (_ACTS, _ACTS_TOO)
            if (m := acts.match(clause)) and named(m["units"]) and not is_done_to(clause, m.end("units"))
        ),
        None,
    )
    if m is not None:
        names = read_names(m["units"], locality=locality).units
        if not all(map(is_collective, names)) or (
            (due or _DATED.search(clause)) and not _ALL_READERS.match(m["units"])
        ):
            return read_units(m["units"], Role.RESPONSIBLE, "", locality)
        return None
    units = acting(clause)  # whatever the verb
    dated = (due or _DATED.search(clause)) and not _ALL_READERS.match(units)
    if units and (dated or not all(map(is_collective, read_names(units, locality=locality).units))):
        return read_units(units, Role.RESPONSIBLE, "", locality)
    return None


def _with_others(m: re.Match[str], clause: str, locality: str) -> Slot | None:
    """甲局会同乙局排查…, 甲局要会同乙局…: 甲局 leads, 乙局 takes part, as 会同 is used in official writing."""
    word = _WITH.match(clause, m.end()) or _WITH.search(m["verb"])
    if not word or not named(m["units"]):
        return None
    end = word.end() if word.string is clause else m.end()
    group = _TOGETHER.match(clause[end:])
    others = group["units"] if group and named(group["units"]) else units_at_head(clause[end:])
    if not others:
        return None
    first = read_units(m["units"], Role.LEAD, "", locality, word.group())
    prefix = read_names(first.duties[0].unit).prefix if first.duties else ""
    return first.plus(read_units(others, Role.COOPERATING, prefix, locality, word.group()))


def _named_together(words: str) -> bool:
    """Whether `words` name units, those behind 会同 perhaps with an ending that is also something else (兰陂镇)."""
    first, *others = _WITH.split(words.partition("委托")[0])
    return named(first) and all(map(is_unit, [name for other in others for name in read_names(other).units]))


def named(words: str) -> bool:
    names = read_names(_HOW.sub("", words)).units
    if not names or _ODD.search(words) or _MEETING.match(words) or _WHY.match(words) or any(map(_acts, names)):
        return False
    placed = [
        n for n in names if TOWN.fullmatch(n) or COUNTY.fullmatch(n) or (_PLACED.match(n) and is_unit(n))
    ]  # 石桥镇, 区水文站
    plain = [n for n in names if is_unit(n, strict=not is_collective(n)) or _is_office(n) or n in placed]
    return bool(plain) and plain[0] == names[0] and all(n in plain or _is_known_kind(n, names) for n in names)


def _acts(name: str) -> bool:
    """Whether what ends like a name is a unit with what it does (区残联举办夏季人才招聘会)."""
    head = units_at_head(name) if len(name) > _LONGEST_OFFICE else ""
    return 0 < len(head) < len(name) - _LONGEST_OFFICE and _ACT.match(name, len(head)) is not None


def _charged(words: str) -> bool:
    """Whether what is said to be in charge (…负责) is built like units, however common their endings are (边检站、海事所)."""
    names = read_names(words).units
    built = [n for n in names if len(n) > 2 and is_unit(n) and not is_collective(n) and not is_clause(n)]
    return bool(names) and len(built) == len(names) and not _ODD.search(words) and not is_inside(words)


def _is_office(name: str) -> bool:
    """Whether a name is that of an office inside a unit, or of a station whose field is known (统计站)."""
    return _INNER_OFFICE.fullmatch(name) is not None or (is_known(name, composed=False) and is_unit(name))


def _is_known_kind(name: str, names: Sequence[str]) -> bool:
    """Whether a name with an ending that is also something else is a unit for the company it is in (甲局、乙公司、通信运营商)."""
    whole = units_at_head(name) in ("", name)  # not 县消防大队实行
    return len(names) > 2 and len(name) > 2 and is_unit(name) and whole and not is_clause(name)
