"""What is said about the working calendar: next year's is missing, or a changed one has moved due dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from knowledge.identity import Remembered
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment, Deadline
from knowledge.register import Register
from scheduler.addressees import routes
from scheduler.calendar import WorkCalendar, YearDays, with_year
from scheduler.days import office_days
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.reminders import Moment
from scheduler.standing import Dated, dates_of, horizon, leaves, standing

Move = tuple[date | None, Dated, str]
"""A due date as it was (None: it could not be computed), as it is, and the words it was printed in."""
MISSING, MOVED = "missing", "moved"
WARNED_FROM = 11
"""The month from which next year's calendar is asked for: the State Council's notice comes between late October and December."""
TOLD_FOR = timedelta(days=30)
"""How long after a change of the calendar its consequences are worth telling."""


def calendar_notices(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is owed at `moment` about the calendar; `register` is dated by the ledger. Nothing on rest days."""
    if not moment.days.works(moment.today):
        return
    yield from _missing(moment)
    for entry in moment.ledger.kinds(EntryKind.CALENDAR):
        if entry.at <= moment.now <= entry.at + TOLD_FOR and not entry.details.get("seen"):
            yield from _moved(moment, register, entry)


def missing_year(calendar: WorkCalendar, today: date) -> int | None:
    """The year whose calendar somebody should import by now; None when there is time or it is there."""
    wanted = today.year + 1 if today.month >= WARNED_FROM else today.year
    return wanted if calendar.covered[1] < wanted else None


def _missing(moment: Moment) -> Iterator[Notice]:
    """Once, to the supervisors; a work group has nothing to do with it. What is due in a year without a calendar says so itself."""
    year, conversation = missing_year(moment.calendar, moment.today), moment.policy.supervisors
    if year is None or year == moment.today.year or not conversation:
        return
    key = reminder_key("calendar", str(year), MISSING, conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        yield Notice(NoticeKind.CALENDAR, key, conversation, MISSING, moment.today, period=str(year), attempt=attempt)


def _moved(moment: Moment, register: Register, entry: Entry) -> Iterator[Notice]:
    """The open due dates that a change of the calendar moved, told where their reminders are."""
    current = register.in_force
    heard = routes(current, moment.policy)
    for assignment, moves in _moves_by(entry, current, moment):
        open_ = {row.due for row in standing(assignment, moment.ledger, moment.calendar, moment.today).open}
        for move in moves:
            if move[1].due in open_:
                for addressee in heard[assignment.id]:
                    yield from _told(moment, current, assignment, move, entry, addressee.conversation)


def _told(
    moment: Moment, register: Register, assignment: Assignment, move: Move, entry: Entry, conversation: str
) -> Iterator[Notice]:
    was, row, phrase = move
    key = reminder_key(assignment.id, f"{row.due.isoformat()}/{change_key(entry)}", MOVED, conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        yield Notice(
            NoticeKind.CALENDAR,
            key,
            conversation,
            MOVED,
            moment.today,
            assignment=assignment,
            document=register.document(assignment.document),
            due=row.due,
            was=was,
            period=str(entry.details.get("year", "")),
            phrase=phrase,
            attempt=attempt,
        )


def change_key(entry: Entry) -> str:
    """What names a change of the calendar in the keys of notices: the same change imported twice is one."""
    return f"{entry.details.get('year')}-{entry.details.get('digest')}"


def calendar_before(entry: Entry, calendar: WorkCalendar) -> WorkCalendar:
    """The calendar as it was before a change that the ledger tells of."""
    year, told = int(str(entry.details["year"])), entry.details.get("before")
    return with_year(calendar, year, year_days(told))


def year_days(told: object) -> YearDays | None:
    """A year's days as an entry lists them; None where it lists none."""
    if not isinstance(told, Mapping):
        return None
    days = {}
    for name in ("off", "work"):
        listed = told.get(name)
        days[name] = frozenset(date.fromisoformat(str(day)) for day in (listed if isinstance(listed, list) else ()))
    return YearDays(days["off"], days["work"])


_before: Remembered[WorkCalendar] = Remembered(8)
_moves: Remembered[dict[int, list[tuple[Assignment, tuple[Move, ...]]]]] = Remembered(8)


def _moves_by(entry: Entry, register: Register, moment: Moment) -> list[tuple[Assignment, tuple[Move, ...]]]:
    """What an entry's change moved, remembered: the same is asked with every tick."""
    known = _moves.of((entry, register.assignments, moment.calendar), dict)
    if moment.today.year not in known:
        before = _before.of((entry, moment.calendar), lambda: calendar_before(entry, moment.calendar))
        known[moment.today.year] = moved_by(register, before, moment.calendar, moment.today)
    return known[moment.today.year]


def moved_by(
    register: Register, before: WorkCalendar, after: WorkCalendar, today: date
) -> list[tuple[Assignment, tuple[Move, ...]]]:
    """The assignments with due dates that are others by `after` than by `before`, each with these in order."""
    counted = (one for one in register.assignments if any(map(_counts_workdays, leaves(one.deadlines))))
    found = ((one, tuple(_moves_of(one, before, after, today))) for one in counted)
    return [(one, moves) for one, moves in found if moves]


def _counts_workdays(deadline: Deadline) -> bool:
    return any(rule is not None and rule.workdays is not None for rule in (deadline.period, deadline.cadence))


def _moves_of(one: Assignment, before: WorkCalendar, after: WorkCalendar, today: date) -> Iterator[Move]:
    for leaf in leaves(one.deadlines):
        if _counts_workdays(leaf):
            old = {row.period: row.due for row in dates_of(leaf, office_days(before), horizon(today))}
            for row in dates_of(leaf, office_days(after), horizon(today)):
                if old.get(row.period) != row.due:
                    yield old.get(row.period), row, leaf.text
