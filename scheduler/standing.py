"""Where an assignment stands: its due dates with what the ledger says about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from knowledge.ledger import Entry, Ledger
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Document, Every
from knowledge.shares import owing
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.days import OfficeDays, office_days
from scheduler.occurrences import Occurrence, occurrences
from scheduler.policy import SHANGHAI

DONE = "done"
WHOLE_YEAR = "全年"


@dataclass(frozen=True, slots=True)
class Dated:
    """A due date of an assignment; `period` is what it reports on ("2017-06"), where it has one.

    `unit` (printed name) is set where the date is one unit's only, `was` where it was moved there by an extension, and
    `excused` are the units that have another date instead.
    """

    due: date
    period: str | None = None
    unit: str = ""
    was: date | None = None
    excused: tuple[str, ...] = ()

    def concerns(self, unit: str) -> bool:
        """Whether the share of `unit` is due then; empty is the whole."""
        return not unit or (self.unit in ("", unit) and unit not in self.excused)


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment with its due dates up to a horizon, in order, and the ones reported done by all whom they concern.

    `finished` tells that nothing is left to do: all its dates are done, or it has none and was reported done. `deadlines`
    are what the dates come of.
    """

    assignment: Assignment
    dates: tuple[Dated, ...]
    done: frozenset[date]
    finished: bool
    deadlines: tuple[Deadline, ...] = ()

    @property
    def open(self) -> tuple[Dated, ...]:
        """The dates that nobody has reported done."""
        return tuple(row for row in self.dates if row.due not in self.done)

    def overdue(self, today: date) -> tuple[Dated, ...]:
        """The open dates before `today`."""
        return tuple(row for row in self.open if row.due < today)

    def due(self, first: date, last: date) -> tuple[Dated, ...]:
        """All dates from `first` to `last`, done or not."""
        return tuple(row for row in self.dates if first <= row.due <= last)


def horizon(today: date) -> date:
    """Up to which day dates are computed: the end of next year, so that the memo is asked the same thing all year."""
    return date(today.year + 1, 12, 31)


def leaves(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines that can be due, milestones taken apart, starts (开工) and repetitions left out."""
    found: dict[Deadline, None] = {}
    for deadline in deadlines:
        if deadline.start_only:
            continue
        if deadline.kind is DeadlineKind.MULTI:
            found.update(dict.fromkeys(leaves(deadline.parts)))
        else:
            found[deadline] = None
    return tuple(deadline for deadline in found if not _spelt_out(deadline, found))


def _spelt_out(deadline: Deadline, others: Iterable[Deadline]) -> bool:
    """Whether a rhythm without a day (每月公示) only repeats one that names it (每月25日前): one duty, one date."""
    bare = deadline.cadence
    if bare is None or bare != Cadence(bare.every, odd_even=bare.odd_even, times=bare.times):
        return False
    rhythms = (other.cadence for other in others if other.cadence is not None)
    return any(r.every is bare.every and (r.day or r.weekday is not None or r.workdays) for r in rhythms)


@lru_cache(maxsize=1 << 16)
def dates_of(deadline: Deadline, days: OfficeDays, until: date) -> tuple[Dated, ...]:
    """The dates of one deadline (no milestones) up to `until`, in order; none where the calendar is not published."""
    try:
        found = {_row(deadline, o) for o in occurrences(deadline, days.calendar, until)}
    except CalendarUnknown:
        return ()
    return tuple(sorted(found, key=lambda row: (row.due, row.period or "")))


def _row(deadline: Deadline, o: Occurrence) -> Dated:
    was = deadline.extension.was if deadline.extension else None
    excused = tuple(moved.unit for moved in deadline.extended if deadline.cadence is None or moved.was == o.due)
    return Dated(o.due, o.period, deadline.unit, was, excused)


@lru_cache(maxsize=1 << 16)
def rows_of(deadlines: tuple[Deadline, ...], days: OfficeDays, until: date) -> tuple[Dated, ...]:
    """The dates of all deadlines of an assignment in order, each day once; a row that names its period is preferred."""
    found = {row for deadline in leaves(deadlines) for row in dates_of(deadline, days, until)}
    ordered = sorted(found, key=lambda row: (not row.unit, row.period or ""))
    whole = {row.due: row for row in ordered if not row.unit}
    by_day = {(row.due, "" if row.due in whole else row.unit): whole.get(row.due, row) for row in ordered}
    return tuple(by_day[key] for key in sorted(by_day))


def is_ongoing(assignment: Assignment) -> bool:
    """全年工作, 长期坚持, 每天: no due date, never overdue; asked after once a quarter."""
    return any(_ongoing(deadline) for deadline in leaves(assignment.deadlines))


def asked_after(assignment: Assignment, document: Document, today: date) -> bool:
    """Whether the quarterly prompt still has a meaning: 全年工作 within its year, 长期坚持 until the end of the next.

    An annual plan is followed by another one; without a year there is no end.
    """
    ongoing = [deadline for deadline in leaves(assignment.deadlines) if _ongoing(deadline)]
    year = year_of(document)
    return any(year is None or today.year <= year + (WHOLE_YEAR not in d.text) for d in ongoing)


def _ongoing(deadline: Deadline) -> bool:
    return deadline.kind is DeadlineKind.ONGOING or (
        deadline.cadence is not None and deadline.cadence.every is Every.DAY
    )


def year_of(document: Document) -> int | None:
    """The year a document is about, else the year of its issue."""
    return document.year or (document.issued.year if document.issued else None)


def standing(assignment: Assignment, ledger: Ledger, calendar: WorkCalendar, today: date) -> Standing:
    """Where `assignment` stands by the ledger; `today` only sets how far ahead dates are computed."""
    rows = rows_of(assignment.deadlines, office_days(calendar), horizon(today))
    shares = shares_of(assignment, ledger.reports(assignment.id))
    own = [tuple(row for row in rows if row.concerns(unit)) for unit, _ in shares]
    left = [_left(dates, reports) for dates, (_, reports) in zip(own, shares, strict=True)]
    open_ = {row.due for dates in left for row in dates or ()}
    done = frozenset(row.due for row in rows if row.due not in open_)
    return Standing(assignment, rows, done, all(dates == [] for dates in left), assignment.deadlines)


def _left(dates: tuple[Dated, ...], reports: Sequence[Entry]) -> list[Dated] | None:
    """The dates of a share that its reports have not finished; None where it has no dates and is not reported done."""
    if not dates:
        return [] if _last_word(reports) else None
    done = _done(dates, reports)
    return [row for row in dates if row.due not in done]


def share_standing(assignment: Assignment, unit: str, ledger: Ledger, calendar: WorkCalendar, today: date) -> Standing:
    """Where the share of one unit (its printed name) stands; what was reported for the whole counts for it too."""
    every = rows_of(assignment.deadlines, office_days(calendar), horizon(today))
    rows = tuple(row for row in every if row.concerns(unit))
    left = _left(rows, _of_share(unit, ledger.reports(assignment.id)))
    done = frozenset(row.due for row in rows) - {row.due for row in left or ()}
    return Standing(assignment, rows, done, left == [], assignment.deadlines)


def shares_of(assignment: Assignment, reports: Sequence[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The units whose shares together are the assignment with the reports on each, at least one (without a name).

    One unit's report closes its own share; one without a unit (a supervisor's) counts for all. A collective's share is
    closed by such a word only: who belongs to it is not known.
    """
    return tuple((unit, _of_share(unit, reports)) for unit in owing(assignment)) or (("", tuple(reports)),)


def _of_share(unit: str, reports: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(report for report in reports if report.unit in ("", unit))


def _last_word(reports: Sequence[Entry]) -> bool:
    return bool(reports) and reports[-1].details.get("status") == DONE


def _done(rows: tuple[Dated, ...], reports: Sequence[Entry]) -> frozenset[date]:
    """The due dates that reports have finished; a later report on the same period has the last word.

    What is not done and names no period takes back the last completion when it corrects it, or when nothing else is left.
    """
    done: set[date] = set()
    last: set[date] = set()
    for report in reports:
        if report.details.get("status") == DONE:
            last = _covered(report, rows, done)
            done |= last
        elif report.details.get("period") is not None:
            done -= _named(report, rows)
        elif report.details.get("correction") or len(done) == len(rows):
            done -= last
    return frozenset(done)


def _named(report: Entry, rows: tuple[Dated, ...]) -> set[date]:
    period = report.details.get("period")
    return {row.due for row in rows if period is not None and row.period == period}


def _covered(report: Entry, rows: tuple[Dated, ...], done: set[date]) -> set[date]:
    """What a report of completion finishes: the period it names; else all that was overdue; else the next date.

    A period that lies before the first date closes none.
    """
    named = _named(report, rows)
    if named or (report.details.get("period") is not None and any(row.period for row in rows)):
        return named
    on = report.at.astimezone(SHANGHAI).date()
    waiting = [row.due for row in rows if row.due not in done]
    return {due for due in waiting if due < on} or set(waiting[:1])


def spoken_of(document: Document, ledger: Ledger, now: datetime) -> bool:
    """Whether the bot speaks of a document yet: it is filed or was issued. Without either date it always does.

    The ledger of a register at work holds the filing; a simulation of the past may begin before it.
    """
    if document.issued is None or _morning(document.issued) <= now:
        return True
    return bool(ledger.filings(document.id))


def filed_at(document: Document, ledger: Ledger) -> datetime | None:
    """When a document was first filed; its day of issue where the ledger does not say, None where neither is known."""
    filings = ledger.filings(document.id)
    if filings:
        return filings[0].at
    return _morning(document.issued) if document.issued else None


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
