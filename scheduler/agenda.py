"""待提醒册: which assignments may have something to say, found by the day on which each next has, not by looking at all of them.

What is owed stays a pure function of register, ledger, policy and moment. An agenda only remembers of which assignments
nothing is owed whatever the time of day, until which day, as far as the ledger was written, and what the others have to say on the
present day; whatever else happens (another ledger, a clock that went back, a new year) it begins anew with all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.days import DAY
from scheduler.notices import Notice
from scheduler.policy import SHANGHAI, Policy

REMINDERS, ESCALATIONS = "reminders", "escalations"
"""What is looked up in an agenda of its own."""
SAYS_NOTHING = frozenset({EntryKind.CLAIMED, EntryKind.HELD})
"""Entries that make nothing owed which was not."""
ANSWERS = frozenset({EntryKind.SENT, EntryKind.FAILED, EntryKind.UNKNOWN})
"""What a platform says of a notice: it may have to be said again, but what there is to say stays what it was."""
OWN = {REMINDERS: frozenset({"reminder", "prompt"}), ESCALATIONS: frozenset({"escalation"})}
"""The notices (their kinds) that an agenda is about."""


class Agenda:
    """待提醒册 of one register under one policy and one calendar, which are what `agenda_of` keeps it with."""

    def __init__(self, register: Register, what: str = REMINDERS) -> None:
        self._register, self._what = register, what
        self._places = {assignment.id: place for place, assignment in enumerate(register.assignments)}
        self.forget()

    def forget(self) -> None:
        """Know nothing: every assignment may have something to say."""
        self._seen: Ledger | None = None
        self._today = date.min
        self._awake = set(range(len(self._places)))
        self._pages: dict[date, list[int]] = {}
        self._drafts: dict[int, tuple[Notice, ...]] = {}

    def awake(self, ledger: Ledger, today: date) -> tuple[Assignment, ...]:
        """The assignments of which something may be owed on `today` as `ledger` tells, in the register's order."""
        fresh = ledger.since(self._seen) if self._seen is not None else ()
        if fresh is None or today < self._today or today.year != self._today.year:
            self.forget()
            fresh = ()
        if today != self._today:
            self._drafts.clear()
        morning = datetime.combine(today, time(), SHANGHAI)
        carried = self._what == ESCALATIONS and bool(fresh) and bool(ledger.kinds(EntryKind.ENTRUSTED))
        for entry in fresh:
            if entry.kind in ANSWERS and entry.at >= morning:
                self._answered(entry, today, carried)
            else:
                self._wake(self._touched(entry))
        if today != self._today:
            for day in [day for day in self._pages if day <= today]:
                self._awake.update(self._pages.pop(day))
        self._seen, self._today = ledger, today
        return tuple(self._register.assignments[place] for place in sorted(self._awake))

    def _answered(self, entry: Entry, today: date, carried: bool) -> None:
        """Take in what a platform said today. Who was reminded today may be raised tomorrow; but where a person carries messages
        (`carried`), a word that one is there may make today's escalations others."""
        place = self._places.get(entry.assignment)
        if place is None:
            return
        if entry.details.get("kind") in OWN[self._what]:
            self._awake.add(place)
        elif carried:
            self._wake((place,))
        elif self._what == ESCALATIONS and place not in self._awake:
            self._pages.setdefault(today + DAY, []).append(place)

    def _wake(self, places: Iterable[int]) -> None:
        for place in places:
            self._awake.add(place)
            self._drafts.pop(place, None)

    def drafts(self, assignment: Assignment, draft: Callable[[], Iterable[Notice]]) -> tuple[Notice, ...]:
        """All that an awake assignment has to say today to anybody, said already or not, as `draft` gives it: that is asked
        once, and again when something is written about the assignment."""
        place = self._places[assignment.id]
        if place not in self._drafts:
            self._drafts[place] = tuple(draft())
        return self._drafts[place]

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
        self._drafts.pop(place, None)
        if until is not None:
            self._pages.setdefault(until, []).append(place)


def agenda_of(register: Register, calendar: WorkCalendar, policy: Policy, what: str = REMINDERS) -> Agenda:
    """The agenda for these very values, as far as it has been written; `what` is one of the names above."""
    found: Agenda = policy.remembered.of((register, calendar, what), lambda: Agenda(register, what))
    return found
