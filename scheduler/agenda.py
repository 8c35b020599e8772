"""待提醒册: which assignments may have something to say, found by the day on which each next has, not by looking at all of them.

What is owed stays a pure function of register, ledger, policy and moment. An agenda only remembers of which assignments
nothing is owed whatever the time of day, until which day, as far as the ledger was written; whatever else happens (another
ledger, a clock that went back, a new year) it begins anew with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy

SAYS_NOTHING = frozenset({EntryKind.CLAIMED, EntryKind.HELD})
"""Entries that make nothing owed which was not."""


class Agenda:
    """待提醒册 of one register under one policy and one calendar, which are what `agenda_of` keeps it with."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._places = {assignment.id: place for place, assignment in enumerate(register.assignments)}
        self.forget()

    def forget(self) -> None:
        """Know nothing: every assignment may have something to say."""
        self._seen: Ledger | None = None
        self._today = date.min
        self._awake = set(range(len(self._places)))
        self._pages: dict[date, list[int]] = {}

    def awake(self, ledger: Ledger, today: date) -> tuple[Assignment, ...]:
        """The assignments of which something may be owed on `today` as `ledger` tells, in the register's order."""
        fresh = ledger.since(self._seen) if self._seen is not None else ()
        if fresh is None or today < self._today or today.year != self._today.year:
            self.forget()
            fresh = ()
        for entry in fresh:
            self._awake.update(self._touched(entry))
        if today != self._today:
            for day in [day for day in self._pages if day <= today]:
                self._awake.update(self._pages.pop(day))
        self._seen, self._today = ledger, today
        return tuple(self._register.assignments[place] for place in sorted(self._awake))

    def _touched(self, entry: Entry) -> Iterable[int]:
        """The places of the assignments about which an entry may make something owed."""
        if entry.kind in SAYS_NOTHING:
            return ()
        if entry.assignment:
            return (self._places[entry.assignment],) if entry.assignment in self._places else ()
        return [self._places[one.id] for one in self._register.of_document(entry.document)] if entry.document else ()

    def rest(self, assignment: Assignment, until: date | None) -> None:
        """Nothing is owed about an assignment before the day `until` (None: in this year) unless something is written of it."""
        place = self._places[assignment.id]
        self._awake.discard(place)
        if until is not None:
            self._pages.setdefault(until, []).append(place)


REMINDERS, ESCALATIONS = "reminders", "escalations"
"""What is looked up in an agenda of its own."""


def agenda_of(register: Register, calendar: WorkCalendar, policy: Policy, what: str = REMINDERS) -> Agenda:
    """The agenda for these very values, as far as it has been written; `what` is one of the names above."""
    found: Agenda = policy.remembered.of((register, calendar, what), lambda: Agenda(register))
    return found
