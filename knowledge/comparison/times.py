"""What became of the deadlines of an assignment: earlier, later, new, gone or of another kind.

From year to year a date is seen within its year: 2025年6月底前 and 2026年5月底前 are a month apart. A date that both
documents print with its year (2027年底前) is the same date. Working days are compared by their number; how many days of
the calendar they are depends on holidays, so that they are never weighed against dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.comparison.change import Change, ChangeKind
from knowledge.deadlines.moments import add_months, last_day
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Every, Period

_PER_YEAR = {Every.DAY: 365, Every.WEEK: 52, Every.MONTH: 12, Every.QUARTER: 4, Every.HALF_YEAR: 2, Every.YEAR: 1}
_RHYTHM = {
    Every.DAY: "每天",
    Every.WEEK: "每周",
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.HALF_YEAR: "每半年",
    Every.YEAR: "每年",
}
_DATED = frozenset({DeadlineKind.BY, DeadlineKind.RANGE})
_OPEN = frozenset({DeadlineKind.ONGOING, DeadlineKind.NONE})
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Passing:
    """The step from one document to the other: `years` is how many years lie between what they are about."""

    years: int = 0

    def moved(self, day: date | None) -> date | None:
        """The same day of the later year; the last day of a month stays its last."""
        if day is None or not self.years:
            return day
        there = add_months(day.replace(day=1), 12 * self.years)
        last = last_day(there.year, there.month)
        at_end = day.day == last_day(day.year, day.month)
        return there.replace(day=last if at_end else min(day.day, last))

    def same_day(self, old: date | None, new: date | None) -> bool:
        """Whether it is one date, or the same day within its year."""
        return old == new or self.moved(old) == new

    def same(self, old: Deadline, new: Deadline) -> bool:
        """Whether both mean the same, whatever their words are. A bare period (第三季度) is due at its end (9月底前)."""
        if {old.kind, new.kind} <= _OPEN:
            return True
        if {old.kind, new.kind} <= _DATED:
            starts = old.start is None or new.start is None or self.same_day(old.start, new.start)
            return starts and self.same_day(old.due, new.due) and old.start_only == new.start_only
        rules = ((one.kind, one.cadence, one.anchor, one.period, one.event, one.rel) for one in (old, new))
        bounds = self.same_day(old.due, new.due) and self.same_day(old.start, new.start)
        return len(set(rules)) == 1 and bounds


def time_changes(old: Assignment, new: Assignment, passing: Passing) -> Iterator[Change]:
    """What became of the deadlines: first those of the slot, then those inside the text."""
    before, after = _split(old), _split(new)
    if not before[0] or not after[0]:
        yield from _changes((*before[0], *before[1]), (*after[0], *after[1]), passing)
        return
    yield from _changes(before[0], after[0], passing)
    yield from _changes(_not_in(before[1], after, passing), _not_in(after[1], before, passing, back=True), passing)


def _split(one: Assignment) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """The deadlines of the slot and those inside the text, milestones taken apart, what only repeats left out."""
    slot = tuple(dict.fromkeys(_apart(part for part in one.deadlines if not part.inner)))
    here = Passing()
    inner = _apart(part for part in one.deadlines if part.inner)
    return slot, tuple(part for part in dict.fromkeys(inner) if not any(here.same(part, other) for other in slot))


def _apart(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    for one in deadlines:
        if one.kind is DeadlineKind.MULTI:
            yield from _apart(one.parts)
        elif one.kind is not DeadlineKind.NONE:
            yield one


def _not_in(
    inner: Iterable[Deadline],
    other: tuple[tuple[Deadline, ...], tuple[Deadline, ...]],
    passing: Passing,
    back: bool = False,
) -> tuple[Deadline, ...]:
    """Those inside the text that the slot of the other side does not hold already."""
    slot = other[0]
    return tuple(
        one for one in inner if not any(passing.same(*((held, one) if back else (one, held))) for held in slot)
    )


def _changes(old: Sequence[Deadline], new: Sequence[Deadline], passing: Passing) -> Iterator[Change]:
    """The changes between two lists: what is equal taken out, the rest compared in order of time."""
    left, right = list(old), list(new)
    for one in old:
        equal = next((other for other in right if passing.same(one, other)), None)
        if equal is not None:
            left.remove(one)
            right.remove(equal)
    for gone, come in _aligned(left, right):
        if gone is not None and come is not None:
            yield _between(gone, come, passing)
        elif come is not None:
            yield _came(come)
        elif gone is not None:
            yield _went(gone)


def _aligned(old: Sequence[Deadline], new: Sequence[Deadline]) -> Iterator[tuple[Deadline | None, Deadline | None]]:
    """Those of one kind with each other in order of time, then the rest with the rest."""
    left, right = sorted(old, key=_order), sorted(new, key=_order)
    for one in list(left):
        alike = next((other for other in right if _sort(one) == _sort(other)), None)
        if alike is not None:
            left.remove(one)
            right.remove(alike)
            yield one, alike
    for at in range(max(len(left), len(right))):
        yield (left[at] if at < len(left) else None), (right[at] if at < len(right) else None)


def _order(one: Deadline) -> tuple[date, str]:
    return one.due or date.max, one.text


def _sort(one: Deadline) -> str:
    """Dates are one sort, with starts apart; so is every other kind, and a counted period for each anchor."""
    sort = "date" if one.kind in _DATED else one.kind.value
    return f"{sort} {one.start_only} {one.anchor or ''}"


def _came(new: Deadline) -> Change:
    if new.kind in _OPEN:
        return Change(ChangeKind.TIMED, f"注明“{new.text}”", "", new.text)
    return Change(ChangeKind.DATED, f"新增时限“{new.text}”", "", new.text)


def _went(old: Deadline) -> Change:
    if old.kind in _OPEN:
        return Change(ChangeKind.TIMED, f"不再注明“{old.text}”", old.text)
    return Change(ChangeKind.UNDATED, f"取消时限“{old.text}”", old.text)


def _between(old: Deadline, new: Deadline, passing: Passing) -> Change:
    """The change from one deadline to another that is not the same."""
    kind, how = _compared(old, new, passing)
    return Change(kind, f"时限由“{old.text}”改为“{new.text}”" + (f"，{how}" if how else ""), old.text, new.text)


def _compared(old: Deadline, new: Deadline, passing: Passing) -> tuple[ChangeKind, str]:
    if old.kind in _OPEN and new.kind not in _OPEN:
        return ChangeKind.DATED, "原来没有具体期限"
    if new.kind in _OPEN and old.kind not in _OPEN:
        return ChangeKind.UNDATED, "不再有具体期限"
    if old.start_only != new.start_only:
        return ChangeKind.TIMED, ""
    old, new = _settled(old), _settled(new)
    if old.kind in _DATED and new.kind in _DATED:
        return _days(passing.moved(old.due), new.due)
    if old.kind is new.kind is DeadlineKind.RECURRING and old.cadence and new.cadence:
        return _rhythms(old.cadence, new.cadence)
    if old.kind is new.kind is DeadlineKind.RELATIVE and old.anchor == new.anchor:
        return _lengths(old.period, new.period)
    return ChangeKind.TIMED, _turned(old, new)


def _settled(one: Deadline) -> Deadline:
    """印发后30日内 as the date it means, where no working days are counted."""
    period = one.period
    if one.kind is not DeadlineKind.RELATIVE or one.anchor != "issue" or not one.issued or not period:
        return one
    if period.days is not None:
        return replace(one, kind=DeadlineKind.BY, due=one.issued + timedelta(days=period.days))
    months = period.months if period.months is not None else 12 * period.years if period.years is not None else None
    return one if months is None else replace(one, kind=DeadlineKind.BY, due=add_months(one.issued, months))


def _turned(old: Deadline, new: Deadline) -> str:
    """By which kind another one was replaced."""
    if old.kind is DeadlineKind.RECURRING and new.kind in _DATED:
        return "由定期改为一次"
    if new.kind is DeadlineKind.RECURRING and old.kind in _DATED:
        return "由一次改为定期"
    return ""


def _days(old: date | None, new: date | None) -> tuple[ChangeKind, str]:
    if old is None or new is None or old == new:
        return ChangeKind.TIMED, ""
    early, late = sorted((old, new))
    length = _length(early, late)
    return (ChangeKind.TIGHTENED, f"提前{length}") if new < old else (ChangeKind.RELAXED, f"推后{length}")


def _length(early: date, late: date) -> str:
    """一个月 from month's end to month's end or from day to day, else days."""
    months = (late.year - early.year) * 12 + late.month - early.month
    ends = all(day.day == last_day(day.year, day.month) for day in (early, late))
    if months and (ends or early.day == late.day):
        return f"{months}个月" if months % 12 else f"{months // 12}年"
    return f"{(late - early).days}天"


def _rhythms(old: Cadence, new: Cadence) -> tuple[ChangeKind, str]:
    """A quicker rhythm is tighter; of one rhythm the earlier day."""
    before, after = _often(old), _often(new)
    if before != after:
        words = f"由{_rhythm(old)}改为{_rhythm(new)}"
        return (ChangeKind.TIGHTENED, words) if after > before else (ChangeKind.RELAXED, words)
    one, other = _place(old), _place(new)
    if one is None or other is None or one == other:
        return ChangeKind.TIMED, ""
    days = f"{abs(other - one)}天"
    return (ChangeKind.TIGHTENED, f"提前{days}") if other < one else (ChangeKind.RELAXED, f"推后{days}")


def _often(one: Cadence) -> float:
    return _PER_YEAR[one.every] * (one.times or 1) / (2 if one.odd_even else 1)


def _rhythm(one: Cadence) -> str:
    odd = {"odd": "单月", "even": "双月"}.get(one.odd_even or "")
    return f"{'逢' + odd if odd else _RHYTHM[one.every]}{f'{one.times}次' if one.times else ''}"


def _place(one: Cadence) -> int | None:
    """The day of a typical period (its months 30 days long) on which it falls; None where working days decide."""
    if one.workdays is not None or one.every is Every.DAY:
        return None
    if one.every is Every.WEEK:
        return 6 if one.weekday is None else one.weekday
    months = _MONTHS[one.every]
    if one.nth is not None:
        return 30 * ((one.month or months) - 1) + (30 if one.nth < 0 else 7 * one.nth)
    if one.after_period:
        return 30 * months + (one.day or 0)
    month = one.month or months
    return 30 * (month - 1) + (max(1, 31 + one.day) if one.day and one.day < 0 else min(30, one.day or 30))


def _lengths(old: Period | None, new: Period | None) -> tuple[ChangeKind, str]:
    """Two periods in the same measure; different measures are not compared."""
    measures = (("workdays", "个工作日"), ("days", "天"), ("hours", "小时"), ("months", "个月"), ("years", "年"))
    for name, word in measures:
        one, other = getattr(old, name, None), getattr(new, name, None)
        if one is not None and other is not None and one != other:
            shorter = other < one
            words = f"{'缩短' if shorter else '延长'}{abs(other - one)}{word}"
            return (ChangeKind.TIGHTENED if shorter else ChangeKind.RELAXED), words
    return ChangeKind.TIMED, ""
