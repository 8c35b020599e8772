"""时段: the weeks, months, quarters and years that summaries are about, and what comes behind each."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from knowledge.model import Span
from scheduler.days import DAY, monday

_LONGEST_NEXT = 31


class Stretch(StrEnum):
    """How long a span is, by the calendar; OTHER is any other number of days."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    OTHER = "other"


MONTHS = {Stretch.MONTH: 1, Stretch.QUARTER: 3, Stretch.HALF: 6, Stretch.YEAR: 12}
"""How many months a stretch lasts."""


def around(day: date, stretch: Stretch) -> Span:
    """The week (Monday to Sunday), month, quarter, half-year or year in which a day lies; the day alone for OTHER."""
    if stretch is Stretch.WEEK:
        return Span(monday(day), monday(day) + DAY * 6)
    if stretch is Stretch.OTHER:
        return Span(day, day)
    months = MONTHS[stretch]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, _months_on(first, months) - DAY)


def ends(span: Span) -> tuple[date, date]:
    """The first and the last day of a span that has both."""
    assert span.start is not None, "a span that is summed up has a beginning"
    assert span.end is not None, "a span that is summed up has an end"
    return span.start, span.end


def stretch_of(span: Span) -> Stretch:
    """What a span is: the shortest calendar stretch that it fills exactly."""
    if span.start is None or span.end is None:
        return Stretch.OTHER
    start = span.start
    fitting = (one for one in Stretch if one is not Stretch.OTHER and _same(around(start, one), span))
    return next(fitting, Stretch.OTHER)


def following(span: Span) -> Span:
    """The stretch behind a span: the next week, month …; behind any other as many days, a month of them at most."""
    start, end = ends(span)
    first, stretch = end + DAY, stretch_of(span)
    if stretch is not Stretch.OTHER:
        return around(first, stretch)
    days = min((end - start).days + 1, _LONGEST_NEXT)
    return Span(first, first + timedelta(days=days - 1))


def preceding(span: Span) -> Span:
    """The stretch before a span: the week, month … before; before any other as many days."""
    start, end = ends(span)
    last, stretch = start - DAY, stretch_of(span)
    return around(last, stretch) if stretch is not Stretch.OTHER else Span(last - (end - start), last)


def _same(one: Span, other: Span) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _months_on(first: date, months: int) -> date:
    """The first of the month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
