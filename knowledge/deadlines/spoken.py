"""Periods that people name in a question and that only the day on which it is asked tells: 双节前, 节前, 本旬, 全年.

Nothing of it is read in documents, where a date must follow from what is printed.
"""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.deadlines.festivals import next_festival
from knowledge.deadlines.moments import Moment, last_day
from knowledge.patterns import regex

_FESTIVE = regex(r"(?P<two>[双两2](?:大)?节(?:日)?|(?<!\w)(?:这个|过)?节)(?=(?:之|以)?[前后]|期间)")
_PAIRS = (("中秋", "国庆"), ("元旦", "春节"))
"""The festivals that are called 双节, 两节 together."""
_HOLIDAYS = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")
"""The festivals on which offices do not work: what 节前 alone looks to."""
_TEN_DAYS = regex(r"(?P<which>本|当|这1?个?|上(?:1个?|个)|下(?:1个?|个))旬")
_SHIFTS = {"上": -1, "下": 1}
# The long holidays of schools, which offices count by: July and August.
_SUMMER = regex(r"暑假(?:期间|里|这?(?:两|2)个?月)?(?!托|班|工|实践|作业|社会)")
_SUMMER_MONTHS = (7, 8)
_WHOLE_YEAR = regex(r"全年(?!任务|都?要?(?:做|抓|坚持))度?")


def spoken(text: str, at: int, today: date) -> tuple[tuple[Moment, ...], int] | None:
    """The period whose words begin at `at` in a cleaned question, seen from `today`, and the index after them."""
    if found := _FESTIVE.match(text, at):
        return (_pair(today) if found["two"][0] in "双两2" else _holiday(today),), found.end()
    if found := _TEN_DAYS.match(text, at):
        return (_ten_days(today, _SHIFTS.get(found["which"][0], 0)),), found.end()
    if found := _SUMMER.match(text, at):
        first, last = _SUMMER_MONTHS
        return (
            Moment(date(today.year, first, 1), date(today.year, last, last_day(today.year, last)), "month"),
        ), found.end()
    if found := _WHOLE_YEAR.match(text, at):
        return (Moment(date(today.year, 1, 1), date(today.year, 12, 31), "year", deictic=True),), found.end()
    return None


def _pair(today: date) -> Moment:
    """The two festivals that come next; where one of them is over already, the other."""
    found = []
    for first, second in _PAIRS:
        days = [day for name in (first, second) if (day := next_festival(name, today))]
        if days:
            near = [day for day in days if (day - min(days)).days < _APART]
            found.append((min(near), max(near)))
    start, end = min(found)
    return Moment(start, end, "festival")


_APART = 90
"""Days between the two festivals of a pair at most; farther apart one of them is next year's."""


def _holiday(today: date) -> Moment:
    day = min(day for name in _HOLIDAYS if (day := next_festival(name, today)))
    return Moment(day, day, "festival")


def _ten_days(today: date, shift: int) -> Moment:
    """The ten days of a month in which `today` lies, or those before or behind."""
    start = today.replace(day=min((today.day - 1) // 10, 2) * 10 + 1)
    for _ in range(abs(shift)):
        neighbour = _end(start) + timedelta(days=1) if shift > 0 else start - timedelta(days=1)
        start = neighbour.replace(day=min((neighbour.day - 1) // 10, 2) * 10 + 1)
    return Moment(start, _end(start), "xun", deictic=True)


def _end(start: date) -> date:
    return start.replace(day=start.day + 9) if start.day < 21 else start.replace(day=last_day(start.year, start.month))
