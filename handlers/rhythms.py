"""Which periods a report can be of, those of the rhythm of what it tells of, and which milestone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from handlers import wording_reports
from knowledge.deadlines.moments import add_months
from knowledge.milestones import milestones
from knowledge.model import Assignment, DeadlineKind, Every, Span
from knowledge.patterns import regex
from knowledge.reports import Told
from knowledge.reports.periods import begins, ends, months_in, period_of
from scheduler.standing import leaves

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_GRAINS = {0: "周", 1: "月", 3: "季度", 6: "半年", 12: "年"}
_PERIODICAL = regex(r"月份|月度|季度|年度|半年|[上本]月的|月的")


def periods_fit(rows: Iterable[Assignment], told: Told, today: date) -> tuple[tuple[str, ...], str]:
    """The periods to store for these assignments, and why not, as a sentence.

    Only what is done again and again has periods; for a one-off date a month is but part of what it is called. Where the
    document gives no rhythm, 6月份的数据 is one and 6月已投运 is none.
    A period that has not begun, or of another length than the rhythm's, is asked back.
    """
    grains, periods = {grain for one in rows for grain in _rhythm(one)}, told.periods
    if not periods or grains == {None} or not (grains or _PERIODICAL.search(told.words)):
        return (), ""
    lengths = {grain for grain in grains if grain is not None}
    fitting = tuple(period for period in periods if not lengths or months_in(period) in lengths)
    if not fitting and told.each and len(lengths - {0}) == 1:
        length = max(lengths)
        fitting = tuple(part for period in periods for part in _parts_of(period, length))
    if not fitting and lengths:
        if periods == (str(today.year),):
            return (), ""
        return (), wording_reports.other_rhythm([_GRAINS[grain] for grain in sorted(lengths)])
    future = [period for period in fitting if begins(period) > today]
    return ((), wording_reports.not_begun(future)) if future else (fitting, "")


def due_in(one: Assignment, periods: Sequence[str]) -> date | None:
    """The day of the only milestone of an assignment in the only period that a report names (2026-Q2), None where none is meant."""
    found = milestones(one, Span(begins(periods[0]), ends(periods[0]))) if len(periods) == 1 else ()
    return found[0].due if len(found) == 1 else None


def _parts_of(period: str, months: int) -> Iterator[str]:
    """上半年两个季度都公布了: the quarters of the half-year, the months of the quarter."""
    first = begins(period)
    yield from (period_of(add_months(first, at), months) for at in range(0, months_in(period), months))


def _rhythm(one: Assignment) -> list[int | None]:
    """How many months the periods of an assignment last (0 a week or a day); None when it is done once and by a date."""
    parts = leaves(one.deadlines)
    found: list[int | None] = [_MONTHS.get(part.cadence.every, 0) for part in parts if part.cadence]
    once = any(part.kind in (DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.RELATIVE) for part in parts)
    return found or ([None] if once else [])
