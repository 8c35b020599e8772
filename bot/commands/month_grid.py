"""Months as a page of days, in text: what is said on each, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.commands.columns import columns
from handlers.notices_wording import WEEKDAYS
from scheduler.days import DAY, OfficeDays, monday

CELL = 12
"""Columns of a day."""
SATURDAY = 5


def month_grid(first: date, last: date, said: Mapping[date, Sequence[str]], days: OfficeDays) -> Iterator[str]:
    """The lines of one month's page; only the days from `first` to `last` (of one month) have what is in `said`."""
    yield f"{first.year}年{first.month}月"
    yield "".join(padded(f"星期{name}") for name in WEEKDAYS).rstrip()
    start = monday(first.replace(day=1))
    while start <= last:
        week = [start + DAY * n for n in range(7)]
        inside = [day if first <= day <= last else None for day in week]
        if any(inside):
            yield from _week(inside, said, days)
        start += timedelta(days=7)


def _week(week: Sequence[date | None], said: Mapping[date, Sequence[str]], days: OfficeDays) -> Iterator[str]:
    yield "".join(padded(_day(day, days) if day else "") for day in week).rstrip()
    told = [said.get(day, ()) if day else () for day in week]
    for row in range(max(map(len, told))):
        yield "".join(padded(f" {cell[row]}" if row < len(cell) else "") for cell in told).rstrip()


def _day(day: date, days: OfficeDays) -> str:
    """The number of a day: 休 on a weekday without work, 班 on a weekend with it."""
    works = days.works(day)
    mark = "班" if works and day.weekday() >= SATURDAY else "休" if not works and day.weekday() < SATURDAY else ""
    return f"{day.day}{mark}"


def padded(text: str) -> str:
    """`text` in the width of a cell; what is longer stays as it is, with a space behind it."""
    return text + " " * max(1, CELL - columns(text))


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The stretches of `first` to `last` that lie in one month each."""
    while first <= last:
        end = (first.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY
        yield first, min(end, last)
        first = end + DAY
