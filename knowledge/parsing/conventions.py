"""Sentences that change the meaning of everything after them (列第一位者为牵头单位，下同; 以下各项均需各县区落实)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.model import Doubt, Duty, Place, Role
from knowledge.parsing.names import is_collective, is_unit, read_names
from knowledge.parsing.slot import Slot

_PARTY = r"(?:责任|落实|负责|牵头)?(?:单位|部门|科室|处室|股室|机构)"
_AT_FIRST = r"(?:排列|排序|排名|排|位列|名列|列|居|写)?(?:在|于)?(?:责任单位)?(?:名单|名录)?(?:中|里|内)?(?:的)?(?:(?:第一|首)(?:位|个|家|名|列)?(?:的|者)?|前者)"
_SAME = r"(?:[，,、；;]?(?:以)?下(?:同|列同))"
_FIRST = re.compile(
    rf"[（(，,；;。]?\s*(?:以上|以下|其中|各项|所列|由)?[^。；;（(）)，,]{{0,12}}?{_AT_FIRST}{_PARTY}?(?:的)?[，,]?(?:均|即|都|则|负责)?"
    rf"(?:(?:为|是|系|作为)(?:该项|本项|该|其)?(?:工作|任务)?(?:的)?(?P<role>牵头|汇总|主办|主责|主要责任)(?:责任)?(?:汇总|负责)?(?:单位|部门|科室|处室|股室|者)?|牵头(?:负责|落实|抓总)?(?!单位|部门|科室))"
    rf"{_SAME}?\s*[）)]?|[（(，,；;。]?牵头(?:责任)?(?:单位|部门|科室)(?:均|都)?(?:排|列|居)(?:在|于)?(?:名单)?(?:第一|首)位?{_SAME}?[）)]?"
)
_EMPTY = re.compile(r"[（(〔]\s*[，,；;。]?\s*[）)〕]")
_SAME_END = re.compile(r"[，,；;]?\s*(?:以)?下同$")
_ALL = re.compile(
    r"[，,；;。]?\s*以下(?:各|所有|全部)?(?:项|条|任务|工作|事项)*(?:工作|任务)?(?:均|都|皆)(?:需|须|由|要|应)?(?:由|请)?(?P<units>[^，,。；;）)]{2,30}?)(?:负责|共同|具体|抓好|配合)?"
    r"(?P<verb>落实|承担|执行|配合|负责|参与|实施)(?:[，,]?不再(?:一一|逐一|另行|重复|逐项)?(?:列出|列|注明|标注|重复))?"
)
_NO_MORE = re.compile(
    r"不再(?:一一|逐一|逐项|逐条|另行|重复|单独|分别|具体|专门)*(?:列出|列示|列入|列明|列|注明|标注|写明|标明|重复|赘述)"
)
_REACH = 60
_CLASS = re.compile(
    r"各(?:街道|社区|功能区|开发区|园区|部门|单位|有关|相关|[县市区州盟旗镇乡村街]|[、，和及]|[（(][^）)]{1,8}[）)])+(?:党委)?[、和]?(?:人民政府|政府|管委会|办事处)?"
)
_OTHERS = re.compile(
    r"(?:其他|其它|其余)(?:的|各)?(?:单位|部门|科室)?(?:均|都|则)?(?:为|是|负责)?(?P<role>配合|协办|协助|参与)(?:责任)?(?:单位|部门|科室)?"
)
_BRACKETS = re.compile(
    r"(?:括号|括弧|〔〕|（）|【】|\[\]|\(\))(?:内|中|里)(?:的|所列|列出的)?(?:单位|部门|)?(?:均)?为(?:该项|本项)?(?:工作|任务)?(?:的)?(?P<role>牵头|责任|落实|主责)(?:单位|部门)"
)
_MARK = re.compile(
    r"[（(，,；;。]?\s*(?:其中|单位名称)?[^，,。；;]{0,6}?(?:标|带|加|注)(?:有|注)?[“\"']?(?P<mark>[★▲△●◆■*＊#※☆])[”\"']?(?:号|标记)?(?:的|者)?(?:单位|部门|科室)?(?:为|是)牵头(?:单位|部门|科室)?"
    rf"{_SAME}?[）)]?"
)


# 以下任务除注明外均由市住建局牵头; 未注明牵头单位的，由区教育局牵头
_UNLESS = re.compile(
    r"[，,；;。]?\s*(?:(?:以下|下列|本方案|所列)(?:各)?(?:项|条)?(?:重点)?(?:任务|工作|事项|措施)?[，,]?)?"
    r"(?:除(?:特别|另有|另行|已)?(?:注明|标注|标明|说明|列明|明确)(?:牵头(?:单位|部门))?(?:的|者)?(?:以|之)?外|"
    r"(?:凡)?(?:未|没有?|不)(?:单独|另行|特别)?(?:注明|标注|标明|说明|列明|明确|写明)(?:牵头)?(?:单位|部门)?(?:的|者)?)"
    r"[，,]?(?:其余|其他|以下)?(?:各)?(?:项|条)?(?:任务|工作|事项|措施)?的?(?:均|都|一律|全部|皆)?"
    r"(?:由(?P<units>[^，,。；;）)]{2,30}?)(?:负责)?牵头(?:负责|落实|抓总|实施)?|牵头(?:单位|部门)(?:均|都|一律)?[为是](?P<named>[^，,。；;）)]{2,30}))"
)
# 分号前为牵头单位，分号后为配合单位
_PARTED = re.compile(
    r"(?P<mark>分号|逗号|斜杠|斜线)(?:之)?[前左](?:面|边)?(?:的)?(?:单位|部门)?(?:均)?(?:为|是)(?:牵头|主办|主责)(?:责任)?(?:单位|部门)?"
    rf"[，,；;、]?(?:分号|逗号|斜杠|斜线|之)?(?:之)?[后右](?:面|边)?(?:的)?(?:单位|部门)?(?:均)?(?:为|是)(?P<rest>配合|协办|责任|参与|协助)(?:责任)?(?:单位|部门)?{_SAME}?"
)
_MARKS = {"分": "；;", "逗": "，,", "斜": "/／"}
_SPEAKING = re.compile(r"分号|逗号|斜杠|斜线|牵头|以下|不再|括|〔〕|（）|【】|\[\]|\(\)|第一|第壹")


def may_speak(text: str) -> bool:
    """Whether `text` holds a word that every convention has."""
    return _SPEAKING.search(text) is not None


@dataclass(frozen=True, slots=True)
class Conventions:
    """What holds from here on: the first of a list leads and the `others` follow, all falls on `everyone` too, and the `leads`
    lead what names no lead.

    `mark` is the sign that tells a lead among the units of a list (标★的为牵头单位), `parted` the marks behind which those
    stand who do not lead, and what they do (分号前为牵头单位，分号后为配合单位).
    """

    first_leads: bool = False
    everyone: tuple[Duty, ...] = ()
    leads: tuple[Duty, ...] = ()
    brackets: Role | None = None
    others: Role = Role.RESPONSIBLE
    mark: str = ""
    parted: tuple[str, str] = ("", "")

    @property
    def speak(self) -> bool:
        """Whether they say anything of a slot that has its duties."""
        return bool(self.mark or self.first_leads or self.everyone or self.leads)

    @property
    def marks_units(self) -> bool:
        """Whether a sign in a list of units says what they do."""
        return bool(self.mark or self.parted[0])

    def read(self, text: str, place: Place) -> tuple[Conventions, str, tuple[Doubt, ...]]:
        """The conventions after `text`, `text` without them, and a doubt for each that shows the words found."""
        text = text.replace("第壹", "第一")
        if self.mark and self.mark in text:  # ★甲局、乙局 is 甲局（牵头）、乙局
            name = rf"[^{re.escape(self.mark)}、，,；;（(）)：:\s]+"
            mark = re.escape(self.mark)
            text = re.sub(rf"{mark}\s*({name})|({name}){mark}", lambda m: f"{m[1] or m[2]}（牵头）", text)
        text = self._spelt_out(text)
        if not may_speak(text):
            return self, _SAME_END.sub("", text).strip(), ()
        now, doubts = self, []
        if m := _MARK.search(text):
            rest = _OTHERS.search(text, m.end())
            now = replace(now, mark=m["mark"], others=Role.COOPERATING if rest else now.others)
            words = text[m.start() : rest.end() if rest else m.end()]
            text = text.replace(words, "")
            doubts.append(_doubt(words, f"名称带“{m['mark']}”的单位按牵头单位登记", place))
        if m := _PARTED.search(text):
            verb = "落实" if m["rest"] == "责任" else "配合"
            now = replace(now, parted=(_MARKS[m["mark"][0]], verb))
            text = text.replace(m.group(), "")
            doubts.append(_doubt(m.group(), f"此后{m['mark']}前的单位按牵头、后面的按{m['rest']}单位登记", place))
        if m := _FIRST.search(text):
            others = Role.COOPERATING if (rest := _OTHERS.search(text)) else now.others
            now = replace(now, first_leads=True, others=others)
            end = rest.end() if rest and 0 <= rest.start() - m.end() <= 1 else m.end()
            text, words = text[: m.start()] + text[end:], text[m.start() : end]
            doubts.append(_doubt(words, "此后名单中排在第一位的单位按牵头单位登记（集合单位除外）", place))
        if m := _UNLESS.search(text):
            units = read_names(m["units"] or m["named"]).units
            now = replace(now, leads=tuple(Duty(unit, Role.LEAD, "牵头", False, is_collective(unit)) for unit in units))
            text = text.replace(m.group(), "")
            doubts.append(_doubt(m.group(), f"此后没有写明牵头单位的按{'、'.join(units)}牵头登记", place))
        now, text, found = now._carrying(text, place)
        doubts += found
        if m := _BRACKETS.search(text):
            now = replace(now, brackets=Role.LEAD if m["role"] in ("牵头", "主责") else Role.RESPONSIBLE)
            doubts.append(_doubt(m.group(), "此后段末括号内的单位按此登记", place))
        return now, _SAME_END.sub("", _EMPTY.sub("", text)).strip(), tuple(doubts)

    def _spelt_out(self, text: str) -> str:
        """`text` with the roles that the mark between two lists of units stands for (甲局；乙局 is 甲局牵头；乙局配合)."""
        marks, verb = self.parted
        label, colon, value = text.rpartition("：")
        halves = re.split(f"[{marks}]", value.strip("。 ")) if marks else []
        if len(halves) != 2 or not all(_only_units(half) for half in halves):
            return text
        return f"{label}{colon}{halves[0]}牵头；{halves[1]}{verb}"

    def _carrying(self, text: str, place: Place) -> tuple[Conventions, str, list[Doubt]]:
        """With the units on which everything below falls too (以下各项均需各县区落实，不再列出)."""
        if m := _ALL.search(text):
            units, verb, start, end = read_names(m["units"]).units, m["verb"], m.start(), m.end()
        elif (m := _NO_MORE.search(text)) and (said := _class_before(text, m.start())):
            start, units, verb = said
            end = m.end()
        else:
            return self, text, []
        role = Role.COOPERATING if verb in ("配合", "参与") else Role.RESPONSIBLE
        duties = tuple(Duty(unit, role, verb, False, is_collective(unit)) for unit in units)
        reading = f"此后各项都加上{'、'.join(units)}"
        now = replace(self, everyone=tuple(dict.fromkeys((*self.everyone, *duties))))
        return now, text[:start] + text[end:], [_doubt(text[start:end], reading, place)]

    def applied(self, slot: Slot) -> Slot:
        """`slot` with the conventions applied; a collective is never promoted to lead."""
        duties = slot.duties
        if self.mark and self.others is Role.COOPERATING and any(duty.role is Role.LEAD for duty in duties):
            duties = tuple(replace(d, role=self.others) if d.role is Role.RESPONSIBLE else d for d in duties)
        if self.first_leads and duties and not any(duty.role is Role.LEAD for duty in duties):
            first = duties[0]
            if first.role is Role.RESPONSIBLE and not first.collective:
                rest = (replace(d, role=self.others) if d.role is Role.RESPONSIBLE else d for d in duties[1:])
                duties = (replace(first, role=Role.LEAD), *rest)
        if self.leads and not any(duty.role is Role.LEAD for duty in duties):
            leads = {duty.unit for duty in self.leads}
            duties = (*self.leads, *(duty for duty in duties if duty.unit not in leads))
        named = {duty.unit for duty in duties}
        more = tuple(duty for duty in self.everyone if duty.unit not in named)
        if not more:
            return slot if duties is slot.duties else replace(slot, duties=duties)
        names = "、".join(duty.unit for duty in more)
        said = f"{names}没有写在本项里，是按前文“以下各项……不再列出”的约定加上的，请核对。"
        doubt = Doubt("carried-forward", said, None, names, names, ("只登记本项写明的单位",))
        return replace(slot, duties=duties + more, doubts=(*slot.doubts, doubt))


def _only_units(words: str) -> bool:
    names = read_names(words).units
    return bool(names) and all(map(is_unit, names))


def _class_before(text: str, end: int) -> tuple[int, tuple[str, ...], str] | None:
    """The class of units that the sentence before 不再列出 speaks of: where the sentence begins, the class, the verb."""
    start = max(max(0, end - _REACH), *(text.rfind(mark, 0, end) + 1 for mark in "。；;"))
    sentence = text[start:end]
    classes = [m for m in _CLASS.finditer(sentence) if not m.group().startswith("各项")]
    if not classes or not re.search(r"均|都|皆|以下|各项|所有|全部|每项", sentence):
        return None
    opening = re.search(r"以下|各项|所有|全部", sentence)
    at = opening.start() if opening else classes[0].start()
    words = classes[0].group().rstrip("、，和及")
    verb = "配合" if re.search(r"配合|参与|协助", sentence) else "落实"
    return start + min(at, classes[0].start()), (words,), verb


def _doubt(words: str, reading: str, place: Place) -> Doubt:
    words = words.strip("，,；;。：:（）() ")
    return Doubt("convention", f"文中约定“{words}”，{reading}，请核对。", place, words, reading)
