"""到期日册: every day on which an assignment of a register falls due, in order, so that a window is looked up and not computed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.identity import Remembered
from knowledge.model import Assignment, Deadline, DeadlineKind, Span
from knowledge.patterns import regex
from knowledge.register import Register
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.occurrences import occurrences
from scheduler.standing import leaves

_ONCE = frozenset({DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.RELATIVE})
_KEPT = 16
# Days from which a day named without its year is not the one to come.
_FAR_OFF = 183


@dataclass(frozen=True, slots=True)
class Falling:
    """An assignment with its dates in a window, in order: the one-off ones (`once`), else the recurring. `shared` when
    the unit asked about is only meant by a collective."""

    assignment: Assignment
    days: tuple[date, ...]
    once: bool
    shared: bool = False


@dataclass(frozen=True)
class Diary:
    """All due dates up to the end of a year: `days` in order, and beside each the assignment, with its place in the register,
    and whether the day comes once."""

    days: tuple[date, ...]
    rows: tuple[tuple[int, Assignment, bool], ...]

    @staticmethod
    def of(register: Register, calendar: WorkCalendar, year: int | None) -> Diary:
        """The diary of `register` up to the end of `year` (None: as far as rhythms are told), made once."""
        made: dict[int | None, Diary] = _known.of((register.assignments, calendar), dict)
        if year not in made:
            made[year] = _diary(register, calendar, date(year, 12, 31) if year else None)
        return made[year]

    def within(self, span: Span) -> Iterator[tuple[date, int, Assignment, bool]]:
        """The due dates in a window, in order."""
        first = 0 if span.start is None else bisect_left(self.days, span.start)
        last = len(self.days) if span.end is None else bisect_right(self.days, span.end)
        for at in range(first, last):
            yield self.days[at], *self.rows[at]


_known: Remembered[dict[int | None, Diary]] = Remembered(_KEPT)


def _diary(register: Register, calendar: WorkCalendar, until: date | None) -> Diary:
    found = [
        (due, place, one, part.kind in _ONCE)
        for place, one in enumerate(register.assignments)
        for part in leaves(one.deadlines)
        for due in _dues(part, calendar, until)
    ]
    found.sort(key=lambda row: row[:2])
    return Diary(tuple(row[0] for row in found), tuple(row[1:] for row in found))


def _dues(deadline: Deadline, calendar: WorkCalendar, until: date | None) -> list[date]:
    try:
        return [one.due for one in occurrences(deadline, calendar, until)]
    except CalendarUnknown:
        return []


def falling(
    register: Register, span: Span, calendar: WorkCalendar, among: Collection[str] | None, shared: Collection[str] = ()
) -> list[Falling]:
    """The assignments with dates in `span`, only those `among` where given: one-off ones first, those `shared` behind,
    recurring last; then by date, of one day in the register's order."""
    once: dict[str, set[date]] = {}
    again: dict[str, set[date]] = {}
    meant: dict[str, tuple[int, Assignment]] = {}
    for day, place, one, single in Diary.of(register, calendar, span.end.year if span.end else None).within(span):
        if among is None or one.id in among:
            meant[one.id] = place, one
            (once if single else again).setdefault(one.id, set()).add(day)
    in_order = (one for _, one in sorted(meant.values(), key=lambda row: row[0]))
    rows = [
        Falling(one, tuple(sorted(once.get(one.id) or again[one.id])), one.id in once, one.id in shared)
        for one in in_order
    ]
    return sorted(rows, key=lambda row: (not row.once, row.shared, row.days[0]))


# The festivals of spring are the next year's for most of a year.
_SPRING = regex(r"春节|过年|除夕|年三十|元宵|正月|小年|腊八")


def as_planned(span: Span, said: str, register: Register) -> Span:
    """4月底前要完成的, asked in May of a plan for this year: up to the end of that April, for the next is nearly a year off. What
    says 明年 means it, in December 1月底前 is soon, and 春节前 is before the festival that comes."""
    end, today = span.end, span.start
    if (
        _SPRING.search(said)
        or today is None
        or end is None
        or end.year != today.year + 1
        or (end - today).days < _FAR_OFF
        or "年" in said
    ):
        return span
    if today.year not in {one.year for one in register.documents}:
        return span
    before = end.replace(year=today.year, day=min(end.day, monthrange(today.year, end.month)[1]))
    return Span(None, before, f"{span.words.partition('（')[0]}（{before.year}年{before.month}月{before.day}日及以前）")
