"""台账表: every assignment of an office with where it stands, a row for each unit that has to report: what is exported and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.directory import Directory
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.reported import Reported, counting
from knowledge.shares import owing
from scheduler.calendar import WorkCalendar
from scheduler.condition import Condition, Light, Reckoning, reckon
from scheduler.policy import SHANGHAI


@dataclass(frozen=True, slots=True)
class RollRow:
    """One unit's share of an assignment; `unit` (printed name) is empty where the document names nobody. `latest` is the newest
    report on it that nobody took back, `liaisons` who answers for the unit."""

    reckoning: Reckoning
    document: Document
    unit: str
    latest: Reported | None = None
    liaisons: tuple[str, ...] = ()

    @property
    def assignment(self) -> Assignment:
        """What it is about."""
        return self.reckoning.assignment

    @property
    def key(self) -> str:
        """What names the row for ever."""
        return f"{self.assignment.id}|{self.unit}"

    @property
    def light(self) -> Light:
        """Red, yellow or green, for this share."""
        return self.reckoning.light

    @property
    def condition(self) -> Condition:
        """The state of this share."""
        return self.reckoning.condition


@dataclass(frozen=True, slots=True)
class Roll:
    """台账表 as it was `made`: of a register's `revision`, after `length` entries of the ledger. `whose` is the unit it was narrowed
    to, empty for all."""

    rows: tuple[RollRow, ...]
    made: datetime
    revision: int
    length: int
    whose: str = ""

    @property
    def today(self) -> date:
        """The day of it in Shanghai."""
        return self.made.astimezone(SHANGHAI).date()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that have rows, in order."""
        return tuple({row.document.id: row.document for row in self.rows}.values())

    def of(self, document: str) -> tuple[RollRow, ...]:
        """The rows of one document (its id)."""
        return tuple(row for row in self.rows if row.document.id == document)


def roll_of(
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    directory: Directory,
    names: Collection[str] = (),
    whose: str = "",
) -> Roll:
    """The roll of what is in force at `now`. With `names` (printed names of one unit) only its shares, in whatever role."""
    current = redated(register, ledger).in_force
    people: dict[str, tuple[str, ...]] = {}
    for liaison in directory.liaisons:
        known = people.get(liaison.unit, ())
        people[liaison.unit] = known if liaison.name in known else (*known, liaison.name)
    today = now.astimezone(SHANGHAI).date()
    rows = tuple(
        _row(assignment, document, unit, current, ledger, calendar, today, people)
        for document in current.documents
        for assignment in current.of_document(document.id)
        for unit in _units(assignment, names)
    )
    return Roll(rows, now, register.revision, len(ledger), whose)


def _units(assignment: Assignment, names: Collection[str]) -> Iterator[str]:
    """The units that have a row: those that owe it; of one unit the name under which it has a share."""
    if not names:
        yield from owing(assignment) or ("",)
        return
    held = dict.fromkeys(duty.unit for duty in assignment.duties if duty.unit in names)
    yield from list(held)[:1]


def _row(
    assignment: Assignment,
    document: Document,
    unit: str,
    register: Register,
    ledger: Ledger,
    calendar: WorkCalendar,
    today: date,
    people: dict[str, tuple[str, ...]],
) -> RollRow:
    reports = [one for one in counting(ledger, assignment.id) if one.unit in ("", unit)]
    return RollRow(
        reckon(assignment, register, ledger, calendar, today, unit),
        document,
        unit,
        reports[-1] if reports else None,
        people.get(unit, ()),
    )
