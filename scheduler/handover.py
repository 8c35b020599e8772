"""交接: what a liaison leaves open, and who takes it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Document
from knowledge.register import Register
from knowledge.shares import Holder, holder_of
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import Dated, share_standing


@dataclass(frozen=True, slots=True)
class Handed:
    """One assignment that is handed over: its open due dates in order (none: it has none), what the document calls the unit in
    it (牵头单位), and the newest report on the unit's share."""

    assignment: Assignment
    document: Document
    dates: tuple[Dated, ...] = ()
    role: str = ""
    report: Entry | None = None

    def overdue(self, today: date) -> bool:
        """Whether one of its dates is past."""
        return any(row.due < today for row in self.dates)


@dataclass(frozen=True, slots=True)
class Handover:
    """交接: the liaison of `unit` was `giver` and is `taker` from `at` on; `by` says who decided it. `rows` are the unit's open
    assignments, those that are due first first."""

    unit: str
    giver: str
    taker: str
    at: datetime
    by: str = ""
    rows: tuple[Handed, ...] = ()

    @property
    def today(self) -> date:
        """The day of it in Shanghai."""
        return self.at.astimezone(SHANGHAI).date()

    def entry(self, where: str = "", words: str = "") -> Entry:
        """What the ledger is told."""
        told = {"from": self.giver, "to": self.taker, "open": [row.assignment.id for row in self.rows]}
        return Entry(EntryKind.HANDED, self.at, self.by, where, words, unit=self.unit, details=told)


def open_of(unit: str, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar) -> tuple[Handed, ...]:
    """What is open of a unit, whichever of its names it is called by, in the documents in force; first what is due first.

    `register` is dated by the ledger.
    """
    holder = holder_of(unit, register)
    rows = _open(holder, register, ledger, now.astimezone(SHANGHAI).date(), calendar)
    return tuple(sorted(rows, key=lambda row: row.dates[0].due if row.dates else date.max))


def _open(holder: Holder, register: Register, ledger: Ledger, today: date, calendar: WorkCalendar) -> Iterator[Handed]:
    current = register.in_force
    for one in holder.held(current.assignments):
        share = holder.share(one) or ""
        state = share_standing(one, share, ledger, calendar, today)
        document = current.document(one.document)
        if not state.finished and document is not None:
            word = next((duty.word for duty in one.duties if duty.unit == share), "")
            yield Handed(one, document, state.open, word, ledger.latest_report(one.id, share))


def last_handover(
    unit: str, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Handover | None:
    """The newest hand-over of a unit (as the ledger names it), with what is open of it now; None where there was none."""
    entry = next((one for one in reversed(ledger.kinds(EntryKind.HANDED)) if one.unit == unit), None)
    if entry is None:
        return None
    giver, taker = str(entry.details.get("from", "")), str(entry.details.get("to", ""))
    return Handover(unit, giver, taker, entry.at, entry.who, open_of(unit, register, ledger, now, calendar))
