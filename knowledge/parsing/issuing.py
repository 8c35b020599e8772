"""The day a document was issued, where it is not the one under its signature: imprint, ledger head, minutes, a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.parsing.correspondence import sent
from knowledge.parsing.furniture import day
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered

_RECORD = re.compile(
    r"(?P<who>\S{2,20}(?:办公室|办公厅|委员会|局|政府))\s*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\s*印发$"
)
_DRAWN_UP = re.compile(
    r"(?:制表|编制|印发|发文|制定|填表|填报|成文)(?:日期|时间)\s*[:：]\s*((?:19|20)\d\d)\s*[年.-]\s*(\d{1,2})\s*[月.-]\s*(\d{1,2})\s*日?"
)
_FULL_DATE = re.compile(r"((?:19|20)\d\d)\s*[年.-]\s*(\d{1,2})\s*[月.-]\s*(\d{1,2})(?:\s*日|(?=\s|[）)]|$))")
_NO_SIGN = re.compile(
    r"(?:自|从|在|至|到|期限|时限|时间|时点|节点|(?:完成|办结|截止|截至|整改|竣工|交付|验收|销号|结束|反馈|答复)(?:日期)?|前于|[时节]点为)\s*[:：]?\s*$"
)
_NO_SIGN_BEHIND = re.compile(
    r"\s*(?:前|之前|以前|底|内|起|至|止|到|[-—~～]|(?:全面|全部|基本)?(?:完成|办结|建成|到位|投用|见效|交付|销号|落实|整改|通车|竣工|开工)|上午|下午|[，,]?\S{0,12}(?:召开|会议|实施|施行|执行|在))"
)
_OFFICE = re.compile(r"(?:办公室|办公厅|委员会|政府|局|委|办|中心|部|处|公司|指挥部|领导小组)[，,]$")
_HEAD_LINES, _FOOT_LINES, _SHORT_LINE = 8, 6, 48


def issued_otherwise(lines: Sequence[Line], prose: Sequence[Line], number: Line | None, used: set[int]) -> date | None:
    """The day that a document without a date under its signature gives elsewhere; `prose` is all but the page's furniture,
    `number` the line of its number. What it is read from is added to the `used` lines of the head."""
    told = recorded(prose, used) or drawn_up(lines) or beside(number) or met(lines)
    return told or sent(lines) or in_passing(prose)


def recorded(prose: Sequence[Line], used: set[int]) -> date | None:
    """The date of the imprint (某办公室 2021年3月4日印发) at the end of a document."""
    for line in prose[-8:]:
        if m := _RECORD.search(line.text):
            used.add(line.index)
            return day(*m.groups()[1:])
    return None


def beside(number: Line | None) -> date | None:
    """The date that stands behind the document number on the same line."""
    m = (
        re.search(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:印发)?[）)]?$", number.text)
        if number
        else None
    )
    return day(*m.groups()) if m else None


def drawn_up(lines: Sequence[Line]) -> date | None:
    """The day a ledger says it was drawn up (制表日期：2024年8月2日), at its head or foot."""
    found = next((m for line in (*lines[:6], *lines[-4:]) if (m := _DRAWN_UP.search(line.text))), None)
    return day(*found.groups()) if found else None


_MINUTES = re.compile(r"(?:会议|例会|办公会)(?:议定|决定|明确|纪要|记录)|纪要")
_TITLES = 3  # lines at the head that may be the title


def met(lines: Sequence[Line]) -> date | None:
    """The day of a meeting that its minutes give beside place and chair (时间：2026年3月18日)."""
    front = [line.text for line in lines[:12] if not line.boxes]
    beside = any(re.match(r"(?:会议)?(?:地\s*点|主\s*持|出\s*席|参\s*会)[人员者]*\s*[:：]", text) for text in front)
    if not beside and not any(map(_MINUTES.search, front[:_TITLES])):
        return None
    told = (
        m
        for text in front
        if re.match(r"(?:会议)?(?:时\s*间|日\s*期)\s*[:：]", text) and (m := _FULL_DATE.search(text))
    )
    return next((day(*m.groups()) for m in told), None)


def in_passing(prose: Sequence[Line]) -> date | None:
    """The day that a short line at the head or foot gives beside other things (2025年2月5日　单位：万元)."""
    plain = [line.text for line in prose if not line.boxes]
    for text in (*plain[:_HEAD_LINES], *reversed(plain[-_FOOT_LINES:])):
        found = list(_FULL_DATE.finditer(text))
        if len(found) != 1 or numbered(text).level:
            continue
        m = found[0]
        alone = len(text) <= _SHORT_LINE or (
            m.end() == len(text.rstrip("）)。")) and text[: m.start()].endswith(("。", "；"))
        )
        if text[: m.start()].endswith(("，", ",")) and not _OFFICE.search(text[: m.start()]):
            continue  # …，2026年7月21日 ⏎ 前完成: a time broken off
        as_of = re.fullmatch(r"[（(]?截[至止]\s*", text[: m.start()])
        if alone and (as_of or not _NO_SIGN.search(text[: m.start()])) and not _NO_SIGN_BEHIND.match(text[m.end() :]):
            return day(*m.groups())
    return None
