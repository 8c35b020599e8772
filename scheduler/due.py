"""What falls due in a window, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Role
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.standing import standing


@dataclass(frozen=True, slots=True)
class Due:
    """One due date of an assignment and whether it was reported done; `was` the date it was moved from, `unit` whose it is where
    it is one unit's only."""

    due: date
    assignment: Assignment
    document: Document
    period: str | None
    done: bool
    was: date | None = None
    unit: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """Who answers for it: the leaders, else the responsible units."""
        return self.assignment.units(Role.LEAD) or self.assignment.units(Role.RESPONSIBLE)


def due_between(register: Register, ledger: Ledger, first: date, last: date, calendar: WorkCalendar) -> tuple[Due, ...]:
    """All due dates from `first` to `last` (both included) in what is in force, by day, then in order."""
    found: list[Due] = []
    current = redated(register, ledger).in_force
    for assignment in current.assignments:
        document = current.document(assignment.document)
        if document is not None:
            state = standing(assignment, ledger, calendar, last)
            rows = state.due(first, last)
            found.extend(
                Due(row.due, assignment, document, row.period, row.due in state.done, row.was, row.unit) for row in rows
            )
    return tuple(sorted(found, key=lambda row: row.due))
