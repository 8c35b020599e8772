"""How a deadline is said: the printed phrase first, then the date it means with its weekday, or why there is none."""

from __future__ import annotations

from datetime import date

from knowledge.model import Deadline, DeadlineKind, Every, Extension, Period
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.occurrences import occurrences

_WEEKDAYS = "一二三四五六日"
_EVERY = {
    Every.DAY: "每天",
    Every.WEEK: "每周",
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.HALF_YEAR: "每半年",
    Every.YEAR: "每年",
}
_REL = {"before": "之前", "after": "之后", "on": "同时"}


def calendar_day(one: date) -> str:
    """2017年7月31日"""
    return f"{one.year}年{one.month}月{one.day}日"


def day(one: date) -> str:
    """2017年7月31日（星期一）"""
    return f"{calendar_day(one)}（星期{_WEEKDAYS[one.weekday()]}）"


def length(period: Period | None) -> str:
    """30个工作日, 15日, 24小时, 3个月, 1年; empty when nothing is set."""
    if period is None:
        return ""
    units = (("workdays", "个工作日"), ("days", "日"), ("hours", "小时"), ("months", "个月"), ("years", "年"))
    return next((f"{value}{word}" for name, word in units if (value := getattr(period, name)) is not None), "")


def dues(deadline: Deadline, calendar: WorkCalendar, today: date) -> tuple[date, ...]:
    """The dates a deadline names as an answer: all of a one-off, the next one of a recurring, none where unknown."""
    if deadline.kind is DeadlineKind.MULTI:
        return tuple(sorted({one for part in deadline.parts for one in dues(part, calendar, today)}))
    if deadline.kind in (DeadlineKind.BY, DeadlineKind.RANGE):
        return (deadline.due,) if deadline.due and not _replaced(deadline) else ()
    if deadline.kind in (DeadlineKind.RELATIVE, DeadlineKind.EVENT):
        return _computed(deadline, calendar)
    return ()


def _replaced(deadline: Deadline) -> bool:
    """Whether its only date was moved for all: what it was moved to stands beside it and names both."""
    return deadline.cadence is None and any(not moved.unit for moved in deadline.extended)


def _computed(deadline: Deadline, calendar: WorkCalendar) -> tuple[date, ...]:
    try:
        return tuple(one.due for one in occurrences(deadline, calendar))
    except CalendarUnknown:
        return ()


def next_due(deadline: Deadline, calendar: WorkCalendar, today: date) -> date | None:
    """The next date of a recurring deadline from `today` on, None where none can be told."""
    try:
        found = occurrences(deadline, calendar, date(today.year + 1, 12, 31))
    except CalendarUnknown:
        return None
    return next((one.due for one in found if one.due >= today), None)


def said(deadline: Deadline, calendar: WorkCalendar, today: date) -> str:
    """One deadline in words; the document's own phrase always stands in it. Empty where another one tells it."""
    if _replaced(deadline):
        return ""
    phrase = f"“{deadline.text}”" if deadline.text else ""
    meaning = _meaning(deadline, calendar, today)
    flag = f"（请留意：{deadline.flag}）" if deadline.flag else ""
    return f"{phrase}{'，' if phrase and meaning else ''}{meaning}{flag}"


def _meaning(deadline: Deadline, calendar: WorkCalendar, today: date) -> str:
    if deadline.extension is not None:
        return _moved(deadline, deadline.extension)
    match deadline.kind:
        case DeadlineKind.BY if deadline.due:
            return f"{'自' if deadline.start_only else '即'}{day(deadline.due)}{'起' if deadline.start_only else ''}"
        case DeadlineKind.RANGE if deadline.due:
            start = f"{day(deadline.start)}至" if deadline.start else "到"
            return f"即{start}{day(deadline.due)}"
        case DeadlineKind.RECURRING:
            return _recurring(deadline, calendar, today)
        case DeadlineKind.RELATIVE:
            return _relative(deadline, calendar)
        case DeadlineKind.EVENT if deadline.since is not None:
            return _happened(deadline, calendar)
        case DeadlineKind.EVENT:
            return f"从“{deadline.event}”{_REL.get(deadline.rel or '', '')}算，文件没有给出日期"
        case DeadlineKind.MULTI:
            return "；".join(dict.fromkeys(_part(deadline, part, calendar, today) for part in deadline.parts))
        case DeadlineKind.ONGOING:
            return "是持续进行的工作，没有具体截止日期"
        case _:
            return ""


def _moved(deadline: Deadline, extension: Extension) -> str:
    """Both dates of an approved extension."""
    whose = f"{extension.unit}" if extension.unit else ""
    return f"原为{day(extension.was)}，{whose}已获准延期到{day(extension.to)}"


def _happened(deadline: Deadline, calendar: WorkCalendar) -> str:
    """What was reported to have been, and the day that follows from it where the document tells how to count."""
    assert deadline.since is not None, "only what was reported is told so"
    found = _computed(deadline, calendar)
    name = "收到" if deadline.anchor == "receipt" else f"“{deadline.event or (deadline.anchor or '')[6:]}”"
    whose = deadline.unit if deadline.anchor == "receipt" else ""
    span = f"，算起{length(deadline.period)}" if deadline.period else ""
    end = f"，即{day(found[0])}" if found else "，算不出具体日期"
    return f"{whose}{name}据报是{day(deadline.since)}{span}{end}"


def _part(whole: Deadline, part: Deadline, calendar: WorkCalendar, today: date) -> str:
    """One of several deadlines in a phrase; its own words only where the whole phrase does not hold them."""
    repeated = not part.text or part.text in whole.text
    return _meaning(part, calendar, today) if repeated else said(part, calendar, today)


def _recurring(deadline: Deadline, calendar: WorkCalendar, today: date) -> str:
    rhythm = _EVERY[deadline.cadence.every] if deadline.cadence else "定期"
    rhythm = {"odd": "逢单月", "even": "逢双月"}.get((deadline.cadence and deadline.cadence.odd_even) or "", rhythm)
    times = f"至少{deadline.cadence.times}次" if deadline.cadence and deadline.cadence.times else ""
    coming = next_due(deadline, calendar, today)
    if coming is None or (deadline.cadence and deadline.cadence.every is Every.DAY):
        return f"{rhythm}{times}"
    return f"{rhythm}{times}，最近一次是{day(coming)}"


def _relative(deadline: Deadline, calendar: WorkCalendar) -> str:
    if deadline.since is not None:
        return _happened(deadline, calendar)
    span = length(deadline.period)
    if deadline.anchor == "issue":
        found = _computed(deadline, calendar)
        if found and deadline.issued:
            return f"从印发之日{day(deadline.issued)}算起{span}，即{day(found[0])}"
        return f"从印发之日算起{span}，算不出具体日期"
    if deadline.anchor == "receipt":
        return f"从收到之日算起{span}"
    event = (deadline.anchor or "").removeprefix("event:")
    if event == "未写明":
        return f"{span}，没有写明从何时算起"
    return f"从{event or '该事项发生'}之日算起{span}，文件没有给出日期"
