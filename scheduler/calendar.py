"""The working calendar: State Council rest and make-up days, and what an office adds for a year of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

FIRST_PUBLISHED = 2004
SATURDAY = 5


class CalendarUnknown(Exception):
    """The rest days of a year are not published. `str(error)` is one Chinese sentence with the next step."""

    def __init__(self, year: int) -> None:
        """`year` is the first year that is not covered."""
        self.year = year
        super().__init__(f"{year}年放假安排尚未发布或未导入，工作日无法计算；请在放假通知发布后导入该年的日历文件。")


@dataclass(frozen=True, slots=True)
class YearDays:
    """One year's published arrangement: rest days on weekdays, make-up working days on weekends."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """工作日历. `years` holds the arrangements an office loaded; they win over the published library."""

    years: Mapping[int, YearDays] = field(default_factory=dict)

    @property
    def covered(self) -> tuple[int, int]:
        """The first and last year for which working days are known."""
        last = _library_end()
        while last + 1 in self.years:
            last += 1
        return FIRST_PUBLISHED, last

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`. Raises CalendarUnknown beyond the published years."""
        own = self.years.get(day.year)
        if own is not None:
            return day in own.work or (day.weekday() < SATURDAY and day not in own.off)
        return _published(day)

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it for n < 0); `day` itself is not counted (Civil Code 201)."""
        step = timedelta(days=1 if n >= 0 else -1)
        left = abs(n)
        while left:
            day = _shifted(day, step)
            left -= self.is_workday(day)
        return day

    def last_workday_on_or_before(self, day: date) -> date:
        """`day`, or the working day before it when offices rest."""
        while not self.is_workday(day):
            day = _shifted(day, timedelta(days=-1))
        return day

    def workdays_between(self, a: date, b: date) -> int:
        """The number of working days after `a` up to `b`, both as in add_workdays; negative when b lies before a."""
        if b < a:
            return -self.workdays_between(b, a)
        return sum(self.is_workday(a + timedelta(days=i)) for i in range(1, (b - a).days + 1))


def days_of(calendar: WorkCalendar, year: int) -> YearDays | None:
    """A year as `calendar` knows it: rest days on weekdays, make-up days on weekends; None where it is not published."""
    first = date(year, 1, 1)
    every = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
    try:
        off = frozenset(day for day in every if day.weekday() < SATURDAY and not calendar.is_workday(day))
        return YearDays(off, frozenset(day for day in every if day.weekday() >= SATURDAY and calendar.is_workday(day)))
    except CalendarUnknown:
        return None


def with_year(calendar: WorkCalendar, year: int, days: YearDays | None) -> WorkCalendar:
    """`calendar` with a year arranged as `days`; None takes the office's own arrangement of it away."""
    years = {each: known for each, known in calendar.years.items() if each != year}
    return WorkCalendar(years if days is None else {**years, year: days})


def year_text(year: int, days: YearDays, head: str = "") -> str:
    """The small file of a year, as `read_year` reads it; `head` is a remark on its first line."""
    lines = [f"# {head}" if head else "", f"year = {year}", _line("off", days.off), _line("work", days.work), ""]
    return "\n".join(line for line in lines if line) + "\n"


def _line(name: str, days: frozenset[date]) -> str:
    listed = "".join(f'\n    "{day.isoformat()}",' for day in sorted(days))
    return f"{name} = [{listed}\n]" if listed else f"{name} = []"


def _shifted(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise CalendarUnknown(day.year) from None


@lru_cache(maxsize=4096)  # of days: the library looks through all its years for each
def _published(day: date) -> bool:
    import chinese_calendar

    if not FIRST_PUBLISHED <= day.year <= _library_end():
        raise CalendarUnknown(day.year)
    return bool(chinese_calendar.is_workday(day))


@cache
def _library_end() -> int:
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)


def read_year(path: Path) -> tuple[int, YearDays]:
    """A year's arrangement from a small TOML file: `year = 2027`, `off = ["2027-01-01", …]`, `work = [...]`.

    Raises ValueError with one Chinese sentence naming the file when it does not fit.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        year = int(table["year"])
        days = YearDays(_days(table.get("off", [])), _days(table.get("work", [])))
    except OSError as error:
        raise ValueError(f"日历文件{path.name}读不出来，请检查路径和权限后重试。") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"日历文件{path.name}格式不对：要有 year、off、work 三项，日期写成 2027-01-01，请改正后重试。"
        ) from error
    wrong = sorted(day for day in days.off | days.work if day.year != year)
    if wrong:
        raise ValueError(
            f"日历文件{path.name}写的是{year}年，却有{wrong[0].year}年{wrong[0].month}月{wrong[0].day}日，请改正后重试。"
        )
    return year, days


def _days(values: Iterable[object]) -> frozenset[date]:
    return frozenset(day if isinstance(day, date) else date.fromisoformat(str(day)) for day in values)


def calendar_of(folder: Path) -> WorkCalendar:
    """The published calendar with every `*.toml` of an office's calendar folder laid over it."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return WorkCalendar(dict(read_year(file) for file in files))
