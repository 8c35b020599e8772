"""Sentences that change the meaning of everything after them (列第一位者为牵头单位，下同; 以下各项均需各县区落实)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.model import Doubt, Duty, Place, Role
from knowledge.parsing.duties import Slot
from knowledge.parsing.names import is_collective, read_names

_FIRST = re.compile(
    r"[（(，,；;。]?\s*(?:以上|以下|其中|各项|所列|责任单位中|责任单位|多个|有多个)?[^。；;（(）)，,]{0,12}?(?:排|列|排列|排序)?(?:在)?(?:名单)?(?:的)?(?:第一|首)(?:位|个|家|名)?(?:的|者)?"
    r"(?:责任)?(?:单位|部门)?(?:的)?[，,]?(?:均|即)?(?:为|是|系)(?:该项|本项|该|其)?(?:工作|任务)?(?:的)?(?P<role>牵头|汇总|主办|主责|主要责任)"
    r"(?:责任)?(?:汇总|负责)?(?:单位|部门)?(?:[，,、]?(?:以)?下(?:同|列同))?\s*[）)]?"
)
_SAME = re.compile(r"[，,；;]?\s*(?:以)?下同$")
_ALL = re.compile(
    r"[，,；;。]?\s*以下(?:各|所有|全部)?(?:项|条|任务|工作|事项)*(?:工作|任务)?(?:均|都|皆)(?:需|须|由|要|应)?(?:由|请)?(?P<units>[^，,。；;）)]{2,30}?)(?:负责|共同|具体|抓好|配合)?"
    r"(?P<verb>落实|承担|执行|配合|负责|参与|实施)(?:[，,]?不再(?:一一|逐一|另行|重复|逐项)?(?:列出|列|注明|标注|重复))?"
)
_OTHERS = re.compile(
    r"(?:其他|其它|其余)(?:的|各)?(?:单位|部门)?(?:均|都|则)?(?:为|是)(?P<role>配合|协办|协助|参与)(?:责任)?(?:单位|部门)?"
)
_BRACKETS = re.compile(
    r"(?:括号|括弧)(?:内|中|里)(?:的|所列|列出的)?(?:单位|部门|)?(?:均)?为(?:该项|本项)?(?:工作|任务)?(?:的)?(?P<role>牵头|责任|落实|主责)(?:单位|部门)"
)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What holds from here on: the first of a list leads and the `others` follow, all falls on `everyone` too."""

    first_leads: bool = False
    everyone: tuple[Duty, ...] = ()
    brackets: Role | None = None
    others: Role = Role.RESPONSIBLE

    def read(self, text: str, place: Place) -> tuple[Conventions, str, tuple[Doubt, ...]]:
        """The conventions after `text`, `text` without them, and a doubt for each that shows the words found."""
        now, doubts = self, []
        if m := _FIRST.search(text):
            now = replace(now, first_leads=True, others=Role.COOPERATING if _OTHERS.search(text) else now.others)
            text = text[: m.start()] + text[m.end() :]
            doubts.append(_doubt(m.group(), "此后名单中排在第一位的单位按牵头单位登记（集合单位除外）", place))
        if m := _ALL.search(text):
            role = Role.COOPERATING if m["verb"] in ("配合", "参与") else Role.RESPONSIBLE
            units = read_names(m["units"]).units
            duties = tuple(Duty(unit, role, m["verb"], False, is_collective(unit)) for unit in units)
            now = replace(now, everyone=(*now.everyone, *duties))
            text = text[: m.start()] + text[m.end() :]
            doubts.append(_doubt(m.group(), f"此后各项都加上{'、'.join(units)}", place))
        if m := _BRACKETS.search(text):
            now = replace(now, brackets=Role.LEAD if m["role"] in ("牵头", "主责") else Role.RESPONSIBLE)
            doubts.append(_doubt(m.group(), "此后段末括号内的单位按此登记", place))
        return now, _SAME.sub("", text).strip(), tuple(doubts)

    def applied(self, slot: Slot) -> Slot:
        """`slot` with the conventions applied; a collective is never promoted to lead."""
        duties = slot.duties
        if self.first_leads and duties and not any(duty.role is Role.LEAD for duty in duties):
            first = duties[0]
            if first.role is Role.RESPONSIBLE and not first.collective:
                rest = (replace(d, role=self.others) if d.role is Role.RESPONSIBLE else d for d in duties[1:])
                duties = (replace(first, role=Role.LEAD), *rest)
        named = {duty.unit for duty in duties}
        return replace(slot, duties=duties + tuple(duty for duty in self.everyone if duty.unit not in named))


def _doubt(words: str, reading: str, place: Place) -> Doubt:
    words = words.strip("，,；;。（）() ")
    return Doubt("convention", f"文中约定“{words}”，{reading}，请核对。", place, words, reading)
