"""What a time word comes to: the `Moment`, and the `Frame` that says which year and month are meant unsaid."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a moment is read: the day it is said, the year and month meant when none is named.

    `asking` is True for a question, whose bare days look forward from `today`.
    """

    today: date | None
    year: int | None
    month: int | None = None
    asking: bool = False

    @classmethod
    def document(cls, issued: date | None, year: int | None) -> Frame:
        """The frame of a document: `year` is what it is about, else the year it was issued in."""
        return cls(issued, year or (issued.year if issued else None), issued.month if issued else None)

    @classmethod
    def question(cls, today: date) -> Frame:
        """The frame of a question asked on `today`."""
        return cls(today, today.year, today.month, asking=True)

    def after(self, left: Moment) -> Frame:
        """The frame of a range's or list's next member, which borrows year and month from `left`."""
        return replace(self, year=left.end.year, month=left.end.month)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days, both ends included.

    `grain` names its size. `edge` is set when the words already mean its end (底, 末, 内). `dated` says a year was
    named; `deictic` that it hangs on the day it is said (本月, 下周). `flag` is a reason to look, `impossible` a date
    that no calendar has; start and end are then without meaning.
    """

    start: date
    end: date
    grain: str
    edge: bool = False
    dated: bool = False
    deictic: bool = False
    span: bool = False
    flag: str | None = None
    impossible: bool = False
    gone: bool = False


Found = tuple[Moment, int]
NO_YEAR = "没有写年份，文件年份也不知道"
PAST = "印发时该日期已过，请核对年份"
_EPOCH = date(1, 1, 1)


def last_day(year: int, month: int) -> int:
    """The number of days in the month."""
    return monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def impossible(flag: str, grain: str = "day") -> Moment:
    return Moment(_EPOCH, _EPOCH, grain, flag=flag, impossible=True, edge=True)


def day_of(year: int | None, month: int, day: int, dated: bool = False, flag: str | None = None) -> Moment:
    if year is None:
        return impossible(NO_YEAR)
    if not 1 <= month <= 12:
        return impossible(f"没有{month}月")
    if not 1 <= day <= last_day(year, month):
        return impossible(f"{month}月没有{day}日")
    found = date(year, month, day)
    return Moment(found, found, "day", dated=dated, flag=flag)


def months_of(year: int | None, first: int, last: int, grain: str, dated: bool = False, edge: bool = False) -> Moment:
    if year is None:
        return impossible(NO_YEAR, grain)
    if not 1 <= first <= last <= 12:
        return impossible(f"没有{first}月", grain)
    return Moment(date(year, first, 1), date(year, last, last_day(year, last)), grain, edge=edge, dated=dated)
