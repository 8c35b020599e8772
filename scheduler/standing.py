"""Where an assignment stands: its due dates with what the ledger says about each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from knowledge.ledger import Ledger
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Document, Every
from knowledge.reported import Reported, counting
from knowledge.shares import owing
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.days import OfficeDays, office_days
from scheduler.occurrences import Occurrence, occurrences
from scheduler.policy import SHANGHAI

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
class Finish:
    """What finished a due date: the day on which the last of its shares was reported done, and whether one of these reports
    has still to be accepted by a supervisor."""

    on: date
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment with its due dates up to a horizon, in order, and the ones reported done by all whom they concern.

    `finished` tells that nothing is left to do: all its dates are done, or it has none and was reported done. `deadlines`
    are what the dates come of. `finishes` tells of each date that is done what finished it, under None where there are no dates.
    """

    assignment: Assignment
    dates: tuple[Dated, ...]
    done: frozenset[date]
    finished: bool
    deadlines: tuple[Deadline, ...] = ()
    finishes: Mapping[date | None, Finish] = field(default_factory=dict, hash=False)

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


@lru_cache(maxsize=1 << 16)
def leaves(deadlines: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
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
    shares = shares_of(assignment, counting(ledger, assignment.id))
    own = [tuple(row for row in rows if row.concerns(unit)) for unit, _ in shares]
    met = [_finishes(dates, reports) for dates, (_, reports) in zip(own, shares, strict=True)]
    open_ = {row.due for dates, by in zip(own, met, strict=True) for row in dates if row.due not in by}
    done = frozenset(row.due for row in rows if row.due not in open_)
    finished = all(_all_done(dates, by) for dates, by in zip(own, met, strict=True))
    return Standing(assignment, rows, done, finished, assignment.deadlines, _together(met, finished))


Finishes = Mapping[date | None, Finish]


def _finishes(dates: tuple[Dated, ...], reports: Sequence[Reported]) -> Finishes:
    """What finished the dates of a share; under None, where it has none, what finished the share."""
    if dates:
        return {due: _finish(one) for due, one in _done(dates, reports).items()}
    told = [one for one in reports if one.done or not one.completion]
    last = next((one for one in reversed(told) if one is told[-1] or one.accepted), None)
    return {None: _finish(last)} if last is not None and last.done else {}


def _finish(one: Reported) -> Finish:
    return Finish(one.at.astimezone(SHANGHAI).date(), one.waiting)


def _all_done(dates: tuple[Dated, ...], by: Finishes) -> bool:
    return all(row.due in by for row in dates) if dates else None in by


def _together(shares: Sequence[Finishes], finished: bool) -> Finishes:
    """What finished the dates of the whole: the last of the shares, and none while a share that has no dates is open."""
    if len(shares) == 1:
        return shares[0]
    found: dict[date | None, Finish] = {}
    for due in {due for by in shares for due in by if due is not None or finished}:
        ends = [by[due] for by in shares if due in by]
        found[due] = Finish(max(end.on for end in ends), any(end.waiting for end in ends))
    return found


def share_standing(assignment: Assignment, unit: str, ledger: Ledger, calendar: WorkCalendar, today: date) -> Standing:
    """Where the share of one unit (its printed name) stands; what was reported for the whole counts for it too."""
    every = rows_of(assignment.deadlines, office_days(calendar), horizon(today))
    rows = tuple(row for row in every if row.concerns(unit))
    by = _finishes(rows, _of_share(unit, counting(ledger, assignment.id)))
    done = frozenset(row.due for row in rows if row.due in by)
    return Standing(assignment, rows, done, _all_done(rows, by), assignment.deadlines, by)


def shares_of(assignment: Assignment, reports: Sequence[Reported]) -> tuple[tuple[str, tuple[Reported, ...]], ...]:
    """The units whose shares together are the assignment with the reports on each, at least one (without a name).

    One unit's report closes its own share; one without a unit (a supervisor's) counts for all. A collective's share is
    closed by such a word only: who belongs to it is not known.
    """
    return tuple((unit, _of_share(unit, reports)) for unit in owing(assignment)) or (("", tuple(reports)),)


def _of_share(unit: str, reports: Sequence[Reported]) -> tuple[Reported, ...]:
    return tuple(report for report in reports if report.unit in ("", unit))


def _done(rows: tuple[Dated, ...], reports: Sequence[Reported]) -> Mapping[date, Reported]:
    """The due dates that reports have finished, with the report; a later one on the same period has the last word.

    What is not done and names no period takes back the last completion when it corrects it, or when nothing else is left.
    A completion that was returned, or lacks the evidence it needs, is none; one that was accepted stays.
    """
    done: dict[date, Reported] = {}
    last: set[date] = set()
    for report in reports:
        told = report.entry.details
        undone: set[date] = set()
        if report.completion:
            last = _covered(report, rows, done) if report.done else set()
            # Told again, it was done when it was first told; but who was believed at once outweighs who waits to be.
            done.update((due, report) for due in last if due not in done or (done[due].waiting and not report.waiting))
        elif told.get("period") is not None or told.get("due") is not None:
            undone = _named(report, rows)
        elif told.get("correction") or len(done) == len(rows):
            undone = last
        for due in undone:
            if due in done and not done[due].accepted:
                del done[due]
    return done


def _named(report: Reported, rows: tuple[Dated, ...]) -> set[date]:
    """The dates that a report names: by their period, or by the code of a due date."""
    period, due = report.entry.details.get("period"), report.entry.details.get("due")
    if period is not None:
        return {row.due for row in rows if row.period == period}
    return {row.due for row in rows if due is not None and row.due.isoformat() == due}


def _covered(report: Reported, rows: tuple[Dated, ...], done: Collection[date]) -> set[date]:
    """What a report of completion finishes: the period or date it names; else all that was overdue; else the next date.

    A period that lies before the first date closes none.
    """
    named = _named(report, rows)
    if named or (report.entry.details.get("period") is not None and any(row.period for row in rows)):
        return named
    on = report.entry.at.astimezone(SHANGHAI).date()
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
