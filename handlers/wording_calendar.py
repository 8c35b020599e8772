"""What the bot says about the working calendar by itself, and what `qiantou calendar` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.notices_wording import answerable, day_words, item_words, matter
from handlers.wording import title
from knowledge.model import Assignment
from knowledge.register import Register
from scheduler.calendar import SATURDAY, WorkCalendar, YearDays
from scheduler.calendar_notices import MISSING, MOVED, Move, missing_year
from scheduler.notices import Notice, NoticeKind

UNPUBLISHED = "注：{year}年放假安排尚未导入，提醒日暂按周一至周五推算，工作日天数不计。"
NOT_YET = (
    "【工作日历】{year}年的放假安排还没有导入。国务院办公厅的通知一般在10月底至12月发布；发布后请督查员用"
    " qiantou calendar import 导入，通知原文或日历文件都可以。导入之前，跨到{year}年的工作日期限不给日期。"
)
LENGTH = 36
"""Characters of a requirement shown beside a date that moved."""


def sections(notices: Sequence[Notice]) -> Iterator[str]:
    """The parts of a message that are about the calendar."""
    about = [notice for notice in notices if notice.kind is NoticeKind.CALENDAR]
    for notice in about:
        if notice.stage != MOVED:
            yield (NOT_YET if notice.stage == MISSING else UNPUBLISHED).format(year=notice.period)
    for year in dict.fromkeys(notice.period for notice in about if notice.stage == MOVED):
        yield "\n".join(_moved(str(year), [one for one in about if one.stage == MOVED and one.period == year]))


def alone(notice: Notice) -> Iterator[str]:
    """One notice in its own words; nothing for those that are worded elsewhere."""
    yield from sections([notice])


def _moved(year: str, notices: Sequence[Notice]) -> Iterator[str]:
    yield f"【期限变更】{year}年放假安排有更新，以下{len(notices)}个按工作日计算的期限随之改变，请以现在的日期为准："
    for notice in notices:
        assert notice.due is not None, "a date that moved is a date"
        source = f"（{title(notice.document)}）" if notice.document else ""
        was = f"原为{day_words(notice.was)}" if notice.was else "原来算不出日期"
        what = f"{item_words(notice.assignment)} {matter(notice.assignment, LENGTH)}{source}"
        yield f"· {answerable(notice.assignment)} {what}"
        yield f"  “{notice.phrase}”：{was}，现为{day_words(notice.due)}"


def coverage(calendar: WorkCalendar, today: date) -> str:
    """Which years' working days are known, and which year somebody should import by now."""
    first, last = calendar.covered
    told = f"工作日历：{first}年至{last}年的放假安排已知。"
    year = missing_year(calendar, today)
    if year is None:
        return told
    return (
        told
        + f"\n{year}年的还没有导入，跨到{year}年的工作日期限不给日期；通知发布后请用 qiantou calendar import 导入。"
    )


def changed(
    year: int,
    days: YearDays,
    fresh: bool,
    moved: Sequence[tuple[Assignment, tuple[Move, ...]]],
    register: Register,
) -> str:
    """What an import of a year did."""
    rest = sum(day.weekday() < SATURDAY for day in days.off)
    head = f"{year}年放假安排已{'导入' if fresh else '更新'}：占用工作日放假{rest}天，调休上班{len(days.work)}天。"
    lines = [head]
    if moved:
        lines.append(f"以下{sum(len(moves) for _, moves in moved)}个期限随之改变，下次提醒时会在会话里说明：")
    for one, moves in moved:
        document = register.document(one.document)
        for was, row, phrase in moves:
            before = f"原为{day_words(was)}" if was else "原来算不出日期"
            source = title(document) if document else ""
            lines.append(f"· {source}{item_words(one)}“{phrase}”：{before}，现为{day_words(row.due)}")
    return "\n".join(lines)
