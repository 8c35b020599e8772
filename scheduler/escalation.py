"""催办: what nobody answered to in time, or is overdue, goes to the supervisors, then to the leaders. Once for each stage.

Computed from register, ledger and now like reminders are, so it stops by itself with whatever it is about: done, withdrawn,
superseded, moved to another day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from knowledge.codes import code_of
from knowledge.extensions import pending
from knowledge.ledger import VERDICTS, Entry, EntryKind
from knowledge.model import Assignment, Document
from knowledge.register import Register
from knowledge.shares import owing
from knowledge.units.collectives import is_collective
from scheduler.agenda import ESCALATIONS, agenda_of
from scheduler.days import DAY, OfficeDays
from scheduler.notices import Notice, NoticeKind, reminder_key
from scheduler.policy import SHANGHAI
from scheduler.reminders import Moment, owed_of
from scheduler.standing import Dated, Standing, horizon, rows_of, share_standing, spoken_of, standing

UNANSWERED, OVERDUE, LEADERS = "E-1", "E+1", "L+3"
"""Nobody answered on the last working day before; overdue; still overdue on the third working day: to the leaders."""
NEAR = timedelta(days=20)
"""Farther ahead than any last working day before a due date, whatever holiday lies between."""
BEFORE, AFTER, LONG_AFTER = 1, 1, 3
"""Working days before and after the due date on which these begin."""

_TOLD = VERDICTS | {EntryKind.FORWARDED}


@dataclass(frozen=True, slots=True)
class Raised:
    """A due date of an assignment that somebody above should know of, with the units that are behind. `heard` are the
    conversations that were reminded of it."""

    assignment: Assignment
    row: Dated
    stage: str
    units: tuple[str, ...]
    heard: frozenset[str]


def escalations(moment: Moment, register: Register) -> Iterator[Notice]:
    """The escalations owed at `moment`, the longest overdue first; `register` is dated by the ledger. None on rest days,
    and none where the office has named nobody to hear of them."""
    policy = moment.policy
    if not (policy.supervisors or policy.leaders) or not moment.days.works(moment.today):
        return
    current = register.in_force
    for notice in sorted(_found(moment, current), key=_age):
        document = notice.document
        assert document is not None, "an escalation is about an assignment of a document"
        if policy.of(document.id).remind and spoken_of(document, moment.ledger, moment.now):
            yield notice


def _age(notice: Notice) -> date:
    return notice.due or notice.today


def _hearers(moment: Moment, raised: Raised) -> Iterator[tuple[str, str]]:
    """Who hears of it at which stage; what the leaders hear the supervisors have heard before, or hear now.

    Who gets the reminders himself, because nobody else listens, needs not be told once more.
    """
    supervisors, leaders = moment.policy.supervisors, moment.policy.leaders
    if supervisors and raised.heard != {supervisors}:
        yield supervisors, OVERDUE if raised.stage == LEADERS else raised.stage
    if leaders and raised.stage == LEADERS and raised.heard != {leaders}:
        yield leaders, LEADERS


def _notices(moment: Moment, raised: Raised, document: Document) -> Iterator[Notice]:
    """What everybody who hears of it gets, said already or not."""
    row, assignment = raised.row, raised.assignment
    requests = {(one.assignment, one.was): one for one in pending(moment.ledger)}
    code = code_of((assignment.id, row.due.isoformat()), moment.ledger, moment.now)
    for conversation, stage in _hearers(moment, raised):
        yield Notice(
            NoticeKind.ESCALATION,
            reminder_key(assignment.id, row.due.isoformat(), stage, conversation),
            conversation,
            stage,
            moment.today,
            assignment=assignment,
            document=document,
            due=row.due,
            period=row.period,
            workdays=moment.days.between(moment.today, row.due),
            acknowledged=_answered(moment, assignment, row.due),
            units=raised.units,
            code=code,
            was=row.was,
            request=requests.get((assignment.id, row.due)),
        )


# ---------------------------------------------------------------- what is to be raised
def _found(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is to be raised now. An assignment of which all is said that can be is put to rest until it can come further."""
    agenda = agenda_of(register, moment.calendar, moment.policy, ESCALATIONS)
    for assignment in agenda.awake(moment.ledger, moment.today):
        drafts = agenda.drafts(assignment, partial(_drafts, moment, assignment, register.document(assignment.document)))
        owed, settled = owed_of(drafts, moment)
        yield from owed
        if settled:
            agenda.rest(assignment, _next_step(moment, assignment))


def _drafts(moment: Moment, assignment: Assignment, document: Document | None) -> Iterator[Notice]:
    """What is to be raised about an assignment today."""
    if document is not None:
        for raised in _of_assignment(moment, assignment):
            yield from _notices(moment, raised, document)


def _next_step(moment: Moment, assignment: Assignment) -> date | None:
    """The next day on which an open date of an assignment may come to another stage; None: not in this year."""
    reminders = (entry for entry in moment.ledger.of(assignment.id) if entry.details.get("kind") == "reminder")
    if any(entry.at.astimezone(SHANGHAI).date() >= moment.today for entry in reminders):
        return moment.today + DAY  # who was reminded today may be raised tomorrow
    rows = rows_of(assignment.deadlines, moment.days, horizon(moment.today))
    first = bisect_left(rows, moment.today - NEAR, key=_due)
    behind = bisect_left(rows, moment.today + NEAR, key=_due) + 1  # the first that is farther ahead comes last of all
    steps = (day for row in rows[first:behind] for day in _steps(row.due, moment.days))
    return min((day for day in steps if moment.today < day and day.year == moment.today.year), default=None)


def _due(row: Dated) -> date:
    return row.due


@lru_cache(maxsize=1 << 16)
def _steps(due: date, days: OfficeDays) -> tuple[date, ...]:
    """The days on which a due date comes to another stage."""
    eve = days.back(days.on_or_before(due), BEFORE)
    return eve, days.forward(due, AFTER), days.forward(due, LONG_AFTER)


def _of_assignment(moment: Moment, assignment: Assignment) -> Iterator[Raised]:
    near = moment.today + NEAR
    if all(row.due > near for row in rows_of(assignment.deadlines, moment.days, horizon(moment.today))):
        return
    reminded = _reminded(moment, assignment)
    if not reminded:
        return
    said = _said(moment, assignment)
    found: dict[tuple[Dated, str], list[str]] = {}
    for unit in owing(assignment) or ("",):
        for row in _share(moment, assignment, unit).open:
            stage = _stage(moment, assignment, row, unit) if row.due in reminded else ""
            if stage and (stage != UNANSWERED or row.due in said):
                found.setdefault((row, stage), []).append(unit)
    for (row, stage), units in found.items():
        yield Raised(assignment, row, stage, tuple(unit for unit in units if unit), frozenset(reminded[row.due]))


def _reminded(moment: Moment, assignment: Assignment) -> dict[date, set[str]]:
    """The due dates that conversations were reminded of on an earlier day, or could not be: nobody is blamed for what he
    never heard."""
    entries = (
        entry
        for entry in moment.ledger.of(assignment.id)
        if entry.kind in _TOLD and entry.details.get("kind") == "reminder" and entry.details.get("due")
    )
    found: dict[date, set[str]] = {}
    for entry in entries:
        if entry.at.astimezone(SHANGHAI).date() < moment.today:
            found.setdefault(date.fromisoformat(str(entry.details["due"])), set()).add(entry.conversation)
    return found


def _said(moment: Moment, assignment: Assignment) -> set[date]:
    """The due dates of which more is known than that a person was to carry the reminder on: that is said when the person says so."""
    told = moment.ledger.of(assignment.id, *_TOLD - {EntryKind.ENTRUSTED})
    return {date.fromisoformat(str(entry.details["due"])) for entry in told if entry.details.get("due")}


def _share(moment: Moment, assignment: Assignment, unit: str) -> Standing:
    if unit:
        return share_standing(assignment, unit, moment.ledger, moment.calendar, moment.today)
    return standing(assignment, moment.ledger, moment.calendar, moment.today)


def _stage(moment: Moment, assignment: Assignment, row: Dated, unit: str) -> str:
    """How far a share's due date has come; empty while nobody above has to know."""
    today = moment.today
    eve, after, long_after = _steps(row.due, moment.days)
    if row.due < today:
        if today >= long_after:
            return LEADERS
        return OVERDUE if today >= after else ""
    return UNANSWERED if today >= eve and not _has_answered(moment, assignment, row.due, unit) else ""


def _has_answered(moment: Moment, assignment: Assignment, due: date, unit: str) -> bool:
    """Whether a unit has said 收到 to this due date, or has reported anything on the assignment since it was reminded.

    For a collective anybody's word is enough: its members answer under names of their own.
    """
    anybody = not unit or is_collective(unit)
    first = _first_reminder(moment, assignment, due)
    told = (
        e
        for e in moment.ledger.of(assignment.id, EntryKind.ACKNOWLEDGED, EntryKind.REPORTED)
        if first is None or e.at >= first.at
    )
    return any(_of_date(entry, due) and (anybody or _speaks_for(entry, unit)) for entry in told)


def _speaks_for(entry: Entry, unit: str) -> bool:
    """Whether it is the unit's own word; a report for the whole counts, a 收到 of somebody without a unit does not."""
    return entry.unit == unit or (not entry.unit and entry.kind is EntryKind.REPORTED)


def _first_reminder(moment: Moment, assignment: Assignment, due: date) -> Entry | None:
    sent = (e for e in moment.ledger.of(assignment.id) if e.kind in VERDICTS)
    return next((e for e in sent if e.details.get("due") == due.isoformat()), None)


def _of_date(entry: Entry, due: date) -> bool:
    return entry.details.get("due") in (None, due.isoformat())


def _answered(moment: Moment, assignment: Assignment, due: date) -> tuple[str, ...]:
    """Who said 收到 to this due date."""
    entries = (
        one for one in moment.ledger.acknowledgements(assignment.id) if one.details.get("due") == due.isoformat()
    )
    return tuple(dict.fromkeys(entry.unit or entry.who for entry in entries if entry.unit or entry.who))
