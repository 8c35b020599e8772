"""通盘核算: the states of one register by one ledger on one day, each reckoned once, however many summaries look at it.

Nothing here is a truth of its own: every value is what `reckon` and `receipts` give, kept for as long as one call lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from knowledge.ledger import Ledger
from knowledge.model import Assignment
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.condition import Reckoning, reckon
from scheduler.policy import SHANGHAI
from scheduler.receipts import FATES, Named, Receipt, receipts


@dataclass(frozen=True, slots=True)
class Word:
    """The last word to a unit on a due date that can have been heard: the notice, and what the unit answered. `place` is where
    the first such notice stands among all, oldest first."""

    place: int
    said: Receipt
    named: Named


@dataclass(frozen=True)
class Reckonings:
    """通盘核算 of `register` (dated by `ledger`) on `today`. Who sees a part of the register only asks for its assignments."""

    register: Register
    ledger: Ledger
    calendar: WorkCalendar
    today: date
    _states: dict[tuple[str, str], Reckoning] = field(default_factory=dict)
    _earlier: dict[datetime, Reckonings] = field(default_factory=dict)
    _told: dict[date, dict[str, dict[tuple[date, str], Word]]] = field(default_factory=dict)

    def of(self, assignment: Assignment, unit: str = "") -> Reckoning:
        """The state of an assignment that is in force, or of a unit's share of it."""
        known = self._states.get((assignment.id, unit))
        # A view may date an assignment anew: then it is another one, in a state of its own.
        if known is None or known.assignment is not assignment:
            known = reckon(assignment, self.register, self.ledger, self.calendar, self.today, unit)
            self._states[assignment.id, unit] = known
        return known

    def at(self, since: datetime) -> Reckonings:
        """The same register as its ledger told at an earlier moment."""
        if since not in self._earlier:
            ledger = self.ledger.until(since)
            day = since.astimezone(SHANGHAI).date()
            self._earlier[since] = Reckonings(redated(self.register, ledger), ledger, self.calendar, day)
        return self._earlier[since]

    def words(self, assignments: Iterable[str], first: date) -> list[tuple[str, date, str, Word]]:
        """The last word on each due date of these assignments (ids) to each unit, by the place of the first word on it; of none
        but what is open and was spoken of since the day `first`."""
        if first not in self._told:
            self._told[first] = self._words(first)
        told = self._told[first]
        found = ((id, due, unit, word) for id in assignments for (due, unit), word in told.get(id, _NONE).items())
        return sorted(found, key=lambda one: one[3].place)

    def _words(self, first: date) -> dict[str, dict[tuple[date, str], Word]]:
        rows = self.register.assignments
        asked = [one.id for one in rows if self.of(one).standing.open and self._spoken_of(one.id, first)]
        told = receipts(self.register, self.ledger, asked)
        found: dict[str, dict[tuple[date, str], Word]] = {}
        heard = ((said, named) for said in told if said.reached for named in said.named)
        for place, (said, named) in enumerate(heard):
            if said.due is not None:
                of = found.setdefault(said.assignment, {})
                earlier = of.get((said.due, named.unit))
                of[said.due, named.unit] = Word(earlier.place if earlier else place, said, named)
        return found

    def _spoken_of(self, id: str, first: date) -> bool:
        """Whether anything was said of an assignment since a day: without it no last word was said since then."""
        told = self.ledger.of(id, *FATES)
        return bool(told) and told[-1].at.astimezone(SHANGHAI).date() >= first


_NONE: Mapping[tuple[date, str], Word] = {}
