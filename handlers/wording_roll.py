"""台账表 in words: its columns, what stands in each, and which of them are to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers import wording
from handlers.notices_wording import period_words
from handlers.wording_deadlines import calendar_day
from handlers.wording_reports import status_words
from handlers.wording_summary import LIGHTS
from knowledge.model import Role
from knowledge.reports.report_words import Status
from scheduler.condition import Condition
from scheduler.policy import SHANGHAI
from scheduler.roll import RollRow

KEY, NUMBER, PART, TASK_TEXT = "编号", "序号", "部分", "任务"
LEAD, RESPONSIBLE, COOPERATING = "牵头单位", "责任单位", "配合单位"
LIMIT, DUE, LIGHT, STATE = "完成时限", "到期日", "灯", "办理状态"
UNIT, LIAISON = "填报单位", "联络员"
STATUS, PERCENT, PERIOD, LINK, NOTE = "进展", "完成%", "报告期", "佐证链接", "说明"
LATEST = "最近报告"
FILLED = (STATUS, PERCENT, PERIOD, LINK, NOTE)
"""The columns that a unit fills in."""
FIXED: Mapping[str, str] = {
    NUMBER: "原文的序号要用 qiantou review 核对后改正",
    PART: "原文的部分要用 qiantou review 核对后改正",
    TASK_TEXT: "任务的文字要用 qiantou review 核对后改正",
    LEAD: "单位要用 qiantou review 核对后改正",
    RESPONSIBLE: "单位要用 qiantou review 核对后改正",
    COOPERATING: "单位要用 qiantou review 核对后改正",
    LIMIT: "时限要用 qiantou review 核对后改正；延期请由联络员发“延期”，督查员同意",
    UNIT: "填报单位要用 qiantou review 核对后改正",
    LIAISON: "联络员请用 qiantou people handover 办理交接，或用 qiantou bind 登记",
}
"""The columns that may not be changed in the sheet, with the way to do it."""
SHOWN = (DUE, LIGHT, STATE, LATEST)
"""The columns that are computed: what stands there is not taken back."""
STATUSES = {status_words(str(one)): str(one) for one in Status}
"""The words for a progress, and what the ledger calls it."""
_DATES = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the roll: its head, its width in characters, and what stands in it."""

    head: str
    width: float
    told: Callable[[RollRow, date], str]


def _names(role: Role) -> Callable[[RollRow, date], str]:
    return lambda row, today: wording.names(row.assignment.units(role))


def limit_words(row: RollRow) -> str:
    """The document's own words for the deadline."""
    slots = [part for part in row.assignment.deadlines if not part.inner] or list(row.assignment.deadlines)
    return "；".join(part.text for part in slots if part.text)


def due_days(row: RollRow) -> list[date]:
    """The dates that are open, else the last one."""
    open_ = [one.row.due for one in row.reckoning.dates if one.on is None]
    return open_ or [one.row.due for one in row.reckoning.dates[-1:]]


def _due(row: RollRow, today: date) -> str:
    """The first of the dates, a line each."""
    days = due_days(row)
    more = f"\n……共{len(days)}个" if len(days) > _DATES else ""
    return "\n".join(map(calendar_day, days[:_DATES])) + more


def state_words(row: RollRow) -> str:
    """逾期12天（2期）, 将到期，还有3天, 按期办结."""
    late = row.reckoning.of(Condition.OVERDUE)
    if late:
        return f"逾期{late[0].days}天" + (f"（{len(late)}期）" if len(late) > 1 else "")
    soon = row.reckoning.of(Condition.DUE_SOON)
    if soon and row.condition is Condition.DUE_SOON:
        return f"将到期，还有{soon[0].days}天" if soon[0].days else "今天到期"
    return str(row.condition)


def _latest(row: RollRow, today: date) -> str:
    if row.latest is None:
        return ""
    at = row.latest.entry.at.astimezone(SHANGHAI)
    return f"{calendar_day(at.date())} {row.latest.entry.unit or '督查员'}：{_status(row, today)}"


def _detail(name: str) -> Callable[[RollRow, date], str]:
    def told(row: RollRow, today: date) -> str:
        value = row.latest.entry.details.get(name) if row.latest else None
        return "" if value is None else str(value)

    return told


def _status(row: RollRow, today: date) -> str:
    return status_words(str(row.latest.entry.details.get("status"))) if row.latest else ""


def _period(row: RollRow, today: date) -> str:
    period = row.latest.entry.details.get("period") if row.latest else None
    return period_words(str(period)) if period else ""


HEADINGS = (
    Heading(KEY, 4, lambda row, today: row.key),
    Heading(NUMBER, 7, lambda row, today: row.assignment.number or "正文"),
    Heading(PART, 10, lambda row, today: " / ".join(row.assignment.section)),
    Heading(TASK_TEXT, 36, lambda row, today: row.assignment.text or row.assignment.original),
    Heading(LEAD, 11, _names(Role.LEAD)),
    Heading(RESPONSIBLE, 11, _names(Role.RESPONSIBLE)),
    Heading(COOPERATING, 11, _names(Role.COOPERATING)),
    Heading(LIMIT, 12, lambda row, today: limit_words(row)),
    Heading(DUE, 15, _due),
    Heading(LIGHT, 7, lambda row, today: next(word for word, light in LIGHTS if light is row.light)),
    Heading(STATE, 11, lambda row, today: state_words(row)),
    Heading(UNIT, 11, lambda row, today: row.unit),
    Heading(LIAISON, 8, lambda row, today: "、".join(row.liaisons)),
    Heading(STATUS, 9, _status),
    Heading(PERCENT, 7, _detail("percent")),
    Heading(PERIOD, 10, _period),
    Heading(LINK, 16, lambda row, today: "\n".join(row.latest.urls) if row.latest else ""),
    Heading(NOTE, 14, _detail("note")),
    Heading(LATEST, 14, _latest),
)
"""The columns in their order; the first one is not shown."""


def cells(row: RollRow, today: date) -> list[str]:
    """A row in the columns of HEADINGS."""
    return [one.told(row, today) for one in HEADINGS]


def exported(rows: int, documents: int, whose: str, what: str = "台账") -> str:
    """What is said beside an exported roll."""
    return f"已导出{whose or '全部'}{what}：{documents}份文件，{rows}行（几个单位共同承担的，一个单位一行）。"


NOTHING = "没有可以导出的任务。"
ONLY_OWN = "台账由督查员导出；各单位的联络员可以导出本单位的台账，比如“导出我们单位的台账”。"
