"""Role words → duties: what a unit cell, a label's value or a bracket says about who does what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, reduce

from knowledge.model import Doubt, Duty, Role
from knowledge.parsing.groups import ADVERB, groups_of
from knowledge.parsing.joints import unglued, unsure_gaps
from knowledge.parsing.marked import is_marked, read_marked
from knowledge.parsing.names import fold, is_clause, is_collective, is_unit, mended, read_names, top_level
from knowledge.parsing.parts import SHARES, act_doubt, share_doubt, without_parts
from knowledge.parsing.persons import without_persons
from knowledge.parsing.phrases import deadline_like, is_time
from knowledge.parsing.slot import Slot, once
from knowledge.parsing.words import (
    BARE_LABELS,
    DEADLINE_LABELS,
    OTHER_LABELS,
    PAIRS,
    PERSON_LABELS,
    ROLE_LABELS,
    ROLE_STEMS,
    SERVED_BY,
    START_LABELS,
    WHO,
    spaced,
)

_INNER = re.compile(
    r"[（(](?P<inside>[^（）()]*(?:牵头|配合|协助|协办|参与|落实)|(?:牵头|主办|配合|协办|协同|参与)(?:单位|部门)?[：:][^（）()]{2,60})[）)]"
)
_BY_WHAT = re.compile(r"[（(](?:按照|按|依照|依|根据)[^（）()]{1,14}[）)]")  # 市人社局（按数据归属）
_BRACKETED = re.compile(
    rf"[（(]\s*((?:按照|按|根据|依据|分工|各自|分别|共同){ADVERB}(?:负责|落实|实施)?)\s*[）)]"
)  # 甲局（按职责分工负责）
# 县交通局（梁副县长包抓）: who watches over it, no part of the name.
_WATCHED = re.compile(
    r"[（(](?:[^（）()]{0,12}(?:包抓|包保|包联|挂帅|挂点|领衔|分管|负总责)|[\u3400-\u9fff]{1,4}(?:副?[市县区州镇乡局]长|副?书记|副?主任|常委|同志))[^（）()]{0,6}[）)]"
)
_COUNT = re.compile(
    r"[（(]\s*(?:共|计)?\s*\d+\s*[项条件][）)]"
)  # 市水利局（共4项）: how many follow, no part of the name
_CONTACT = re.compile(
    r"[（(]\s*(?:(?:联系人|联络员|负责人|责任人|经办人|承办人|电话|联系电话)\s*[:：][^（）()]{1,24}|[\u3400-\u9fff]{0,4}[\s,，:：]*(?:1\d{10}|(?:0\d{2,3}-?)?\d{7,8}))\s*[）)]"
)  # 市环卫中心（刘某 139…）: whom to call there
_LABELS = {**ROLE_LABELS, **BARE_LABELS}
_NAME_END = (
    "[局委办院所站处队室会社厅府心联司团校馆]"  # 县生态环境 局责任单位：…: the end of a torn name in front of a label
)
_TIME_END = "每[年月周]|全年|长期|[底月日末]?前|[底末内]"  # …7月 ⏎ 底前牵头单位：…: the same of a time
_WITH_PERSONS = r"\s*[、及和与]\s*(?:责任人|负责人|联系人|联络员|责任领导|分管领导)(?=\s*[：:】])"
_LABEL = (
    rf"(?P<role>{spaced(ROLE_STEMS)}\s*{spaced((*WHO, *PAIRS))})(?P<persons>{_WITH_PERSONS})?|(?P<start>{spaced(START_LABELS)})|(?P<when>{spaced(DEADLINE_LABELS)})|(?P<person>{spaced(PERSON_LABELS)})|(?P<other>{spaced(OTHER_LABELS)})"
    rf"|(?P<bare>{spaced(BARE_LABELS)})|(?P<odd>(?<![一-鿿\d])(?!(?:[一-鿿]?{_NAME_END}|{_TIME_END}){spaced(ROLE_STEMS)}(?:单位|部门))[一-鿿]{{2,4}}(?:单位|部门)|(?<![一-鿿])(?:牵头|责任|主责|主办|承办|配合|协办|协同)[一-鿿]{{2,3}}(?=[：:])|(?<![一-鿿])[一-鿿]{{2}}责任(?=[：:]))"
)
_COLON = r"\s*(?:[】\]〉＞]\s*[：:]?|[：:︰﹕]|为[：:])\s*"
_AFTER_LABEL = re.compile(r"[】\]〉＞：:︰﹕]")
_LABEL_AT = re.compile(rf"[【\[〈＜]?\s*(?:\d[.、]|[（(]\d[）)]|[①-⑳●◆■★▲△▷▶►□○◇➢✓*·-]|[—–─]+)?\s*(?:{_LABEL}){_COLON}")


@lru_cache(maxsize=8192)
def read_units(text: str, default: Role, prefix: str = "", locality: str = "", word: str = "") -> Slot:
    """The duties of one unit cell or label value.

    `default` is the role of the column or label, `word` its own wording. Verbs inside win over it: in a single owner
    column 甲牵头，乙落实 makes 乙 responsible, while 甲落实 alone keeps the column's role.
    """
    text = _COUNT.sub("", _CONTACT.sub("", _BRACKETED.sub(r"\1", text)))
    if opened := [m for m in _INNER.finditer(text) if states_duties(m["inside"])]:  # 县民政局（各乡镇配合）
        rest = _INNER.sub(lambda m: "" if states_duties(m["inside"]) else m.group(), text)
        whole = read_units(rest, default, prefix, locality, word)
        inner = (_inside(m["inside"], prefix, locality, word) for m in opened)
        return reduce(Slot.plus, inner, whole)
    if watched := _WATCHED.search(text):
        units = read_units(_WATCHED.sub("", text), default, prefix, locality, word)
        return replace(units, doubts=(*units.doubts, act_doubt(watched.group(), "")))
    if shares := SHARES.findall(text):
        units = read_units(SHARES.sub("", text), default, prefix, locality, word)
        return replace(units, doubts=(*units.doubts, *map(share_doubt, shares)))
    if (falls := _falling_on_others(text)) and default is not Role.RESPONSIBLE:  # 参与单位：甲局；各县区落实
        whole = read_units(falls[0], default, prefix, locality, word)
        return whole.plus(read_units(falls[1], Role.RESPONSIBLE, prefix, locality))
    text, parts = without_parts(text)
    beside = "".join(_BY_WHAT.findall(text))
    text = _BY_WHAT.sub("", text)
    gaps = gap_doubts(text)
    if is_marked(text):
        return read_marked(text, default, prefix, locality, word, _LABELS)
    groups = groups_of(text)
    leads = any(g.role is Role.LEAD for g in groups)
    duties: list[Duty] = []
    doubts: list[Doubt] = []
    more = False
    for group in groups:
        names = read_names(group.words, prefix, locality)
        prefix, more = names.prefix, more or names.more
        doubts += [_glued(words) for words in names.glued] + [_lent(*pair) for pair in names.lent]
        role = _resolved(group.role, default, leads)
        own = group.verb if (group.role is not None and role is not default) or not word else word
        said = (own or group.verb) + beside
        doubts += [_reaching(text, group.words)] if group.unsure else []
        for name in names.units:
            unit = _alone(name)
            doubts += [act_doubt(name, unit)] if unit != name else []
            if is_name(unit):
                helps = unit != name and bool(duties) and _HELPS.match(name, len(unit)) is not None
                own_role = Role.COOPERATING if helps else role
                duties.append(Duty(unit, own_role, said, group.severally or bool(beside), is_collective(unit)))
            else:
                doubts.append(_unread(unit))
    return Slot(once(duties), None, more, (), bool(duties), (), (*parts, *doubts, *gaps))


def _inside(words: str, prefix: str, locality: str, word: str) -> Slot:
    """What a bracket behind a unit says of others (各乡镇配合; 配合：乙局)."""
    told = read_labels(words, prefix, locality)
    return told if told.duties else read_units(words, Role.RESPONSIBLE, prefix, locality, word)


def _falling_on_others(text: str) -> tuple[str, str] | None:
    """The units of a value and, behind a semicolon, those of whom it says that the work falls on them; None without these."""
    *firsts, (last, mark) = top_level(text.rstrip("。；; "), "；;")
    before = text[: len(text.rstrip("。；; ")) - len(last) - 1]
    if not firsts or not mark or any(group.role is not None for group in groups_of(before)):
        return None
    groups = groups_of(last)
    named = [name for group in groups for name in read_names(group.words).units]
    falls = bool(named) and all(group.role is Role.RESPONSIBLE for group in groups) and all(map(is_unit, named))
    return (before, last) if falls else None


def gap_doubts(text: str) -> tuple[Doubt, ...]:
    """A doubt for each blank in a list of units that may part two names or tear one."""
    return tuple(_gap(*gap) for gap in unsure_gaps(text))


def _gap(left: str, right: str, parts: bool) -> Doubt:
    both = (f"{left}、{right}", f"{left}{right}")
    reading, other = both if parts else both[::-1]
    said = f"“{left}”和“{right}”之间有空白，按“{reading}”登记，请核对。"
    return Doubt("blank-unsure", said, None, f"{left} {right}", reading, (other,))


def _unread(words: str) -> Doubt:
    said = f"“{words}”不像单位的名称，没有登记，请核对。"
    return Doubt("unit-unread", said, None, words, "")


def _lent(printed: str, full: str) -> Doubt:
    said = f"“{printed}”按前面的单位补为“{full}”，请核对。"
    return Doubt("prefix-restored", said, None, printed, full, (printed,))


def _glued(words: str) -> Doubt:
    parts = "、".join(unglued(words))
    return Doubt("unit-glued", f"“{words}”中间没有标点，按“{parts}”登记，请核对。", None, words, parts, (words,))


_ACTING = re.compile(
    r"^(?P<unit>.{2,24}?)(?=做好|抓好|研究|制定|起草|拟[订定]|编制|提出|提供|给予|予以|加强|指导|监督|督促|督导|统筹|具体|协助|保障|开展|推进|落实|制定|按|要|对|为|依法)"
)


def _alone(name: str) -> str:
    """A unit without the words on what it does that stand behind it (市财政局做好资金保障)."""
    m = None if is_unit(name) else _ACTING.match(name)
    return m["unit"] if m and is_unit(m["unit"], strict=True) else name


_HELPS = re.compile(
    r"(?:业务|技术|政策)?(?:监督|督促)?指导|督导|保障|提供|给予|予以|协助|支持|做好[^，,；;]{0,8}(?:保障|服务|支持)"
)


def _reaching(text: str, first: str) -> Doubt:
    said = f"“{text}”里“配合”前面都用逗号隔开，按“{first}”负责、其余单位配合登记，请核对。"
    return Doubt("mark-reach", said, None, text, first)


_PERSON_HEAD = re.compile(r"(?:领导|责任人|负责人|联系人|人员)(?:$|[及和与、/／）)])")


_AND_DUTIES = re.compile(r"(?:职责|分工|任务)$")


def _before_colons(text: str) -> str:
    """The units of 甲局：巡山护林；乙局：查处违规用火, of which each tells what it does; empty where the cell is not so."""
    parts = [part.strip() for part in re.split(r"[；;\n。]", text) if part.strip()]
    pairs = [re.split(r"[：:]", part, maxsplit=1) for part in parts]
    named = [pair[0] for pair in pairs if len(pair) == 2 and is_unit(fold(pair[0]))]
    return "、".join(named) if named and len(named) == len(parts) else ""


def read_cell(text: str, default: Role, locality: str = "", head: str = "") -> Slot:
    """The duties of a table cell under `head`. Under 责任单位及责任人 or 牵头领导及单位 only what is built like a unit counts."""
    if opens_with_label(text):
        return read_labels(mended(text), locality=locality)
    if (at := _label_behind(text)) > 0:
        before = read_units(text[:at], default, "", locality, head)
        return before.plus(read_labels(mended(text[at:]), locality=locality))
    if _AND_DUTIES.search(head) and (units := _before_colons(text)):
        read = read_units(units, default, "", locality, head)
        return replace(read, doubts=(*read.doubts, act_doubt(fold(text), units)))
    return read_units(without_persons(text) if _PERSON_HEAD.search(head) else text, default, "", locality, head)


def _label_behind(text: str) -> int:
    """Where the first label begins behind units that have none (甲局 ⏎ 配合：乙局); 0 where nothing is so."""
    marks = [m for m, _ in labels_in(text) if m["role"] or m["bare"]]
    at = marks[0].start() if marks else 0
    if not at or not {text[at - 1], text[at]} & set("\n；;。 "):
        return 0
    names = [name for group in groups_of(text[:at]) for name in read_names(group.words).units]
    return at if names and all(is_unit(name) for name in names) else 0


def is_name(name: str) -> bool:
    """Whether a piece of a unit list can be filed as a unit: not a bare number, not a whole sentence."""
    return 2 <= len(name) <= 60 and bool(re.search(r"[一-鿿]", name)) and not re.fullmatch(r"[\d年月日底前]+", name)


def _resolved(role: Role | None, default: Role, leads: bool) -> Role:
    if role is None:
        return Role.RESPONSIBLE if leads and default is not Role.COOPERATING else default
    if role is Role.RESPONSIBLE:
        return Role.RESPONSIBLE if leads else default
    return role


def label_start(text: str) -> re.Match[str] | None:
    """The label that opens `text` (责任单位：…), or None."""
    return _LABEL_AT.match(text) if _AFTER_LABEL.search(text) else None


def opens_with_label(text: str) -> bool:
    """Whether a cell says itself which unit does what (牵头单位：甲局\n配合单位：乙局)."""
    m = label_start(text)
    return bool(m and (m["role"] or m["bare"]))


def labels_in(text: str) -> list[tuple[re.Match[str], str]]:
    """All labels of a line with their values, also run together (责任单位：甲完成时限：6月底)."""
    if not _AFTER_LABEL.search(text):
        return []
    marks = [m for m in _LABEL_AT.finditer(text) if not (m["odd"] and m.start()) or _fresh(text, m.start())]
    ends = [m.start() for m in marks[1:]] + [len(text)] * bool(marks)
    return [(m, text[m.end() : end].strip(" \t，,；;。|【[〈＜")) for m, end in zip(marks, ends, strict=True)]


def _fresh(text: str, at: int) -> bool:
    return text[at - 1] in "。；;，,、 \t\u3000）)〕】|"


def label_words(m: re.Match[str]) -> str:
    """The label itself, blanks removed."""
    return fold(next(filter(None, (m["role"], m["start"], m["when"], m["person"], m["other"], m["bare"], m["odd"]))))


# Whom to call, and where: what stands there is a number and no day.
_TO_CALL = re.compile(r"联系|电话|手机|传真|邮箱|邮编|地址|网址")


def read_labels(text: str, prefix: str = "", locality: str = "") -> Slot:
    """The slot that a label line, or a bracket with labels, states. Persons and unknown labels give no duties."""
    slot = Slot()
    for m, value in labels_in(text):
        name = label_words(m)
        if m["start"]:
            slot = slot.plus(Slot(starts=(f"{name}：{value}",) if value else ()))
        elif m["when"]:
            slot = slot.plus(Slot(deadline=value or None))
        elif m["role"] or m["bare"]:
            value, others = _without_unknown_labels(value)
            value = without_persons(value) if m["persons"] else value
            slot = slot.plus(with_deadline(value, _LABELS[name], prefix, locality, name)).plus(Slot(odd=others))
        elif m["odd"] and gives_work(m["odd"], value):  # 监督责任：甲室牵头，乙组协同
            slot = slot.plus(with_deadline(value, Role.RESPONSIBLE, prefix, locality, name))
        elif m["odd"] or (name in SERVED_BY and _is_office(value)):  # 首席服务员：招商二局
            slot = slot.plus(Slot(odd=(f"{name}：{value}",)))
        else:
            dates = () if _TO_CALL.search(name) else members_of(value)[1]
            slot = slot.plus(Slot(deadline="，".join(dates) or None, rest=(f"{name}：{value}",)))
    return slot


def gives_work(label: str, value: str) -> bool:
    """Whether behind a label of no known role stands who does what, or behind one of a charge (监督责任) nothing but units."""
    names = read_names(value).units
    return states_duties(value) or (label.endswith("责任") and bool(names) and all(map(is_unit, names)))


_UNKNOWN_LABEL = re.compile(r"[；;。，,]\s*(?=[\u3400-\u9fff]{2,6}[：:]\s*[\u3400-\u9fff])")


def _without_unknown_labels(value: str) -> tuple[str, tuple[str, ...]]:
    """The units of a label and, apart, what stands behind a label of which nobody knows the role (；资金保障：市财政局)."""
    first, *others = _UNKNOWN_LABEL.split(value)
    return (first, tuple(others)) if first and others else (value, ())


def _is_office(value: str) -> bool:
    """Whether an office stands where a person is asked for."""
    return bool(_OFFICE.fullmatch(value)) and is_unit(value, strict=True)


_OFFICE = re.compile(r"[\u3400-\u9fff]{3,12}")


def with_deadline(text: str, default: Role, prefix: str = "", locality: str = "", word: str = "") -> Slot:
    """Units that may carry a deadline as their last member: 市教育局牵头，6月底前完成."""
    kept, dates, remarks = members_of(text)
    if not kept or not (dates or remarks):
        return read_units(text, default, prefix, locality, word)
    slot = read_units(kept, default, prefix, locality, word)
    return replace(slot, deadline="，".join(dates) or None, rest=remarks)


_DATE_GLUED = re.compile(r"(?<=[局委办部处科室组院站所心队会校园司团馆])\s*(?=(?:20\d\d年)?\d{1,2}月)")


_BESIDE = re.compile(r"\d|(?:领导|副?[市县区镇乡校院所局处科]长|书记|主任|经理|同志)[\u3400-\u9fff]{2,3}")


def _is_beside(member: str) -> bool:
    """Whether a member beside units is none: a quantity, or what a person has to do (分管副校长周毅审核)."""
    said = _BESIDE.search(member) and not is_unit(fold(member))
    return bool(said) and all(group.role is None for group in groups_of(member))


def members_of(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The members of a bracket or value: the units, still one list with its marks, the times, and the quantities beside
    them that are neither (县卫健局；筛查1.5万人；6月30日前)."""
    kept, dates, remarks = "", list[str](), list[str]()
    for member, mark in top_level(_DATE_GLUED.sub("，", text), "，,；;。"):
        if _is_date(member):
            dates.append(member)
        elif _is_beside(member):
            remarks.append(member)
        else:
            kept += (mark if kept else "") + member
    named = [name for g in groups_of(kept) for name in read_names(g.words).units]
    if remarks and not (named and all(is_unit(name) for name in named)):
        return text, (), ()
    return kept, tuple(dates), tuple(remarks)


def _is_date(member: str) -> bool:
    """Whether a member of a list is a time: no unit, and where it only names an event no unit in it either."""
    if is_unit(fold(member), strict=True) or not is_time(member):
        return False
    names = [name for group in groups_of(member) for name in read_names(group.words).units]
    return deadline_like(member) or not any(is_unit(name, strict=True) for name in names)


def states_duties(text: str, by_convention: bool = False, strict: bool = False) -> bool:
    """Whether the inside of a bracket states duties: a label, or names followed by a role word.

    Names alone count only `by_convention` (括号内为责任单位; 排在第一位的为牵头单位).
    """
    if any(m["role"] or m["bare"] for m, _ in labels_in(text)):
        return True
    groups = groups_of(members_of(text)[0])
    if not groups:
        return False
    named = [name for g in groups for name in read_names(g.words).units]
    spoken = any(g.role is not None for g in groups)
    if not named or not (all(is_unit(name, strict) for name in named) or (spoken and _mostly_units(named))):
        return False
    return by_convention or spoken


_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z0-9（）()“”]{2,16}")


def _mostly_units(names: Sequence[str]) -> bool:
    """Whether a list with a role word is one of units although some name ends like none (人行某中支, 市供销杜)."""
    odd = [name for name in names if not is_unit(name)]
    known = len(names) - len(odd)
    return known >= len(odd) > 0 and all(_PLAIN.fullmatch(name) and not is_clause(name) for name in odd)
