"""交接单: what a liaison leaves open, handed to another, with room for both to sign."""

from __future__ import annotations

from datetime import date

from bot.handing import Letterhead
from bot.papers.filling import Filling, Section, made
from bot.papers.table import Column
from handlers.notices_wording import matter
from handlers.wording_progress import report_words
from handlers.wording_summary import plain_day
from scheduler.handover import Handed, Handover
from scheduler.policy import SHANGHAI
from scheduler.standing import is_ongoing

_COLUMNS = (
    Column("序号", 12, centred=True), Column("文件和项号", 40), Column("任务", 56), Column("完成时限", 34),
    Column("办理状态", 36),
)  # fmt: skip
_SIGNED = (
    Column("移交人（签字）", 54, centred=True),
    Column("接收人（签字）", 54, centred=True),
    Column("监交人（签字）", 54, centred=True),
)
_NOTE = "注：本单由台账自动生成，列出移交时没有办结的任务；附佐证的报告和往来记录仍在台账里，接收人可随时查询。"
_CHECKED = "以上任务和办理情况，移交人、接收人已当面核对。"
_MATTER, _SHOWN = 70, 3


def docx(value: object, head: Letterhead) -> bytes:
    """The paper of a hand-over. Raises PaperError."""
    assert isinstance(value, Handover), "this paper is about a hand-over"
    day = value.today
    giver, taker = value.giver or "________", value.taker or "________"
    body = [
        f"{value.unit}联络员由{giver}变更为{taker}，自{day.year}年{day.month}月{day.day}日起由{taker}负责以下任务的联络、报告和签收。",
        f"移交时没有办结的任务共{len(value.rows)}项" + (f"，其中逾期{late}项。" if (late := _late(value)) else "。"),
    ]
    rows = [_row(at, one, day) for at, one in enumerate(value.rows, 1)]
    tables = [
        Section("", _COLUMNS, rows),
        Section("", _SIGNED, [[_line(giver), _line(taker), _line(value.by)]], _CHECKED),
    ]
    title = f"{value.unit}联络员工作交接单"
    return made(Filling("交接单", title, body, [one for one in tables if one.rows], note=_NOTE), head)


def _line(name: str) -> str:
    """A name with room for a signature and its day."""
    return f"{name}\n\n年　月　日"


def _late(value: Handover) -> int:
    return sum(one.overdue(value.today) for one in value.rows)


def _row(at: int, one: Handed, today: date) -> list[str]:
    number = f"第{one.assignment.number}项" if one.assignment.number else "正文部分"
    role = f"（{one.role}）" if one.role else ""
    return [
        str(at),
        f"{one.document.title}{number}{role}",
        matter(one.assignment, _MATTER),
        _dates(one, today),
        _state(one, today),
    ]


def _dates(one: Handed, today: date) -> str:
    if not one.dates:
        return "全年或长期" if is_ongoing(one.assignment) else "没有日期"
    told = [plain_day(row.due, today) for row in one.dates[:_SHOWN]]
    more = [f"……共{len(one.dates)}个日期"] if len(one.dates) > _SHOWN else []
    return "\n".join([*told, *more])


def _state(one: Handed, today: date) -> str:
    late = f"已逾期{(today - one.dates[0].due).days}天" if one.overdue(today) else ""
    told = (
        f"{report_words(one.report)}（{one.report.at.astimezone(SHANGHAI):%-m月%-d日}）"
        if one.report
        else "没有报告过进展"
    )
    return "\n".join(filter(None, [late, told]))
