"""Occurrences: the dated instances of a deadline, computed with the working calendar and never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.deadlines.moments import add_months, last_day
from knowledge.model import Cadence, Deadline, DeadlineKind, Every, Period
from scheduler.calendar import CalendarUnknown, WorkCalendar

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """到期节点: `due` is the last day; `period` what it reports on (2017-06, 2017-Q2, 2017-H1, 2017, 2017-W30).

    `default` says that the document names no day and the period's end was taken; `start` opens a range.
    """

    due: date
    period: str | None = None
    default: bool = False
    start: date | None = None


def occurrences(deadline: Deadline, calendar: WorkCalendar, until: date | None = None) -> tuple[Occurrence, ...]:
    """Every due date of `deadline`, in order, up to `until`.

    A cadence gives the dates after issue that belong to the document's year, and those of its periods that fall
    due in January after it; yearly ones go on to `until`, at least to the first. A deadline hung on an event or
    on receipt has none until that is reported; what a supervisor moved for all is left out. Raises CalendarUnknown where a working day lies beyond the published years.
    """
    found = _occurrences(deadline, calendar, until)
    kept = [o for o in found if not _away(deadline, o.due) and (until is None or o.due <= until)]
    return tuple(sorted(set(kept), key=lambda o: (o.due, o.period or "")))


def _away(deadline: Deadline, due: date) -> bool:
    """Whether a date was moved for all. The only date of a deadline is meant even where a new calendar has shifted it."""
    return any(not moved.unit and (deadline.cadence is None or moved.was == due) for moved in deadline.extended)


def _occurrences(deadline: Deadline, calendar: WorkCalendar, until: date | None) -> list[Occurrence]:
    kind = deadline.kind
    if kind is DeadlineKind.MULTI:
        return [o for part in deadline.parts for o in occurrences(part, calendar, until)]
    if deadline.start_only:
        return []
    if kind in (DeadlineKind.BY, DeadlineKind.RANGE) and deadline.due:
        period = deadline.extension.period if deadline.extension else None
        return [Occurrence(deadline.due, period, start=deadline.start)]
    if kind is DeadlineKind.EVENT:
        due = event_due(deadline)
        return [Occurrence(due)] if due else []
    if kind is DeadlineKind.RELATIVE:
        due = relative_due(deadline, calendar)
        return [Occurrence(due)] if due else []
    return _recurring(deadline, calendar, until) if kind is DeadlineKind.RECURRING else []


def relative_due(deadline: Deadline, calendar: WorkCalendar, since: date | None = None) -> date | None:
    """The day a counted period ends: from issue, or from `since` once the event or receipt was reported.

    None while unknown. Raises CalendarUnknown for working days beyond the published years.
    """
    origin = since or deadline.since or (deadline.issued if deadline.anchor == "issue" else None)
    return _counted(origin, deadline.period, calendar) if origin and deadline.period else None


def event_due(deadline: Deadline) -> date | None:
    """The day of a deadline before or together with an event that was reported: before it means the day ahead (§6.2)."""
    if deadline.since is None or deadline.rel == "after":
        return None
    return deadline.since - _DAY if deadline.rel == "before" else deadline.since


def _counted(origin: date, period: Period, calendar: WorkCalendar) -> date | None:
    if period.workdays is not None:
        return calendar.add_workdays(origin, period.workdays)
    if period.days is not None:
        return origin + timedelta(days=period.days)
    months = period.months if period.months is not None else 12 * period.years if period.years is not None else None
    return None if months is None else add_months(origin, months)


def calendar_gap(deadline: Deadline, calendar: WorkCalendar) -> CalendarUnknown | None:
    """Why some dates of a cadence of working days are missing: the year whose calendar is not published."""
    cadence = deadline.cadence
    year = deadline.year or (deadline.issued.year if deadline.issued else None)
    if cadence is None or cadence.workdays is None or year is None or cadence.every is Every.WEEK:
        return None
    end = date(year, 12, 31)
    try:
        _due(cadence, end, end, calendar)
    except CalendarUnknown as unknown:
        return unknown
    return None


# ---------------------------------------------------------------- cadences
def _recurring(deadline: Deadline, calendar: WorkCalendar, until: date | None) -> list[Occurrence]:
    cadence, issued = deadline.cadence, deadline.issued
    year = deadline.year or (issued.year if issued else None) or (until.year if until else None)
    if cadence is None or year is None or (cadence.every is Every.DAY):
        return []
    first = max(
        issued or date(year, 1, 1) - _DAY,
        deadline.start - _DAY if deadline.start else date.min,
        date(year, 1, 1) - _DAY,
    )
    found = []
    for occurrence in _of_year(cadence, year, calendar):
        if first < occurrence.due and (deadline.due is None or occurrence.due <= deadline.due):
            found.append(occurrence)
    return found + _later(deadline, cadence, year, first, until, calendar, bool(found))


def _later(
    deadline: Deadline,
    cadence: Cadence,
    year: int,
    first: date,
    until: date | None,
    calendar: WorkCalendar,
    any_inside: bool,
) -> list[Occurrence]:
    """Yearly dates of the years after; and of any cadence the next one, when the year holds none."""
    last = until.year if until and cadence.every is Every.YEAR else year
    if not any_inside:
        last = max(last, year + 1)
    later = []
    for following in range(year + 1, min(last, year + 30) + 1):
        later += [
            o
            for o in _of_year(cadence, following, calendar)
            if o.due > first and (deadline.due is None or o.due <= deadline.due)
        ]
    later.sort(key=lambda o: o.due)
    return later if cadence.every is Every.YEAR and until else later[:1]


def _of_year(cadence: Cadence, year: int, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """The occurrences of the periods of `year`, and of the period before it when that falls due in `year`."""
    if cadence.every is Every.WEEK:
        yield from _weeks(cadence, year)
        return
    step = _MONTHS[cadence.every]
    lead = 1 if cadence.after_period else 0
    for at in range(-lead * step, 12, step):
        start = add_months(date(year, 1, 1), at)
        found = _in_period(cadence, start, step, calendar)
        if found is not None and _wanted(cadence, found):
            yield found


def _wanted(cadence: Cadence, found: Occurrence) -> bool:
    return cadence.odd_even is None or found.due.month % 2 == (cadence.odd_even == "odd")


def _in_period(cadence: Cadence, start: date, step: int, calendar: WorkCalendar) -> Occurrence | None:
    """The occurrence of the period of `step` months that begins at `start`."""
    end = add_months(start, step) - _DAY
    period = _label(cadence.every, start)
    try:
        due = _due(cadence, start, end, calendar)
    except CalendarUnknown:
        return None
    return Occurrence(due, period, cadence.day is None and cadence.workdays is None and cadence.nth is None)


def _due(cadence: Cadence, start: date, end: date, calendar: WorkCalendar) -> date:
    if cadence.workdays is not None:
        if cadence.workdays < 0:
            return _back(end if cadence.day is None else end - _DAY, -cadence.workdays, calendar)
        return calendar.add_workdays(end if cadence.after_period else start - _DAY, cadence.workdays)
    if cadence.after_period:
        return end + timedelta(days=cadence.day or 0)
    if cadence.day is None and cadence.month is None and cadence.nth is None:
        return end
    month = add_months(start, cadence.month - 1) if cadence.month else add_months(end.replace(day=1), 0)
    last = last_day(month.year, month.month)
    if cadence.nth is not None:
        return _nth_weekday(month.replace(day=1), last, cadence.weekday or 0, cadence.nth)
    day = cadence.day if cadence.day is not None else -1
    return month.replace(day=max(1, last + 1 + day) if day < 0 else min(day, last))


def _back(day: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th working day up to `day`, from it back."""
    found = calendar.last_workday_on_or_before(day)
    for _ in range(count - 1):
        found = calendar.last_workday_on_or_before(found - _DAY)
    return found


def _nth_weekday(first: date, length: int, weekday: int, nth: int) -> date:
    """The n-th (-1: last) `weekday` of the month that begins on `first`; its last where it has no fifth."""
    days = range(1 + (weekday - first.weekday()) % 7, length + 1, 7)
    return first.replace(day=days[-1] if nth < 0 else days[min(nth, len(days)) - 1])


def _weeks(cadence: Cadence, year: int) -> Iterator[Occurrence]:
    weekday = 6 if cadence.weekday is None else cadence.weekday
    day = date(year, 1, 1)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while day.year == year:
        iso = day.isocalendar()
        yield Occurrence(day, f"{iso.year}-W{iso.week:02d}", cadence.weekday is None)
        day += timedelta(days=7)


def _label(every: Every, start: date) -> str:
    if every is Every.MONTH:
        return f"{start:%Y-%m}"
    if every is Every.QUARTER:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if every is Every.HALF_YEAR:
        return f"{start.year}-H{1 if start.month == 1 else 2}"
    return str(start.year)
