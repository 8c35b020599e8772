"""Where assignments stand, by unit: what the answers about progress are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from knowledge.identity import Remembered
from knowledge.ledger import Entry, Ledger
from knowledge.model import Assignment, Span
from knowledge.register import Register
from knowledge.reported import Reported, counting
from knowledge.shares import Holder, holder_of, owing
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar
from scheduler.condition import Condition, DateCondition, condition_of, dates_in
from scheduler.days import office_days
from scheduler.standing import Dated, Standing, dates_of, horizon, leaves, share_standing, standing


@dataclass(frozen=True, slots=True)
class Desk:
    """What a question about progress is answered from; `covered` are the printed units under each collective's name."""

    register: Register
    ledger: Ledger
    calendar: WorkCalendar
    today: date
    covered: Mapping[str, tuple[str, ...]]
    seen: dict[tuple[str, str | None], State] = field(default_factory=dict, compare=False, repr=False)

    def state(self, one: Assignment, unit: str | None = None) -> State:
        """Where an assignment stands; with `unit` (a printed name), only that unit's share of it."""
        known = self.seen.get((one.id, unit))
        if known is None:
            known = self.seen[one.id, unit] = self._state(one, unit)
        return known

    def _state(self, one: Assignment, unit: str | None) -> State:
        if unit is None:
            where = standing(one, self.ledger, self.calendar, self.today)
        else:
            where = share_standing(one, unit, self.ledger, self.calendar, self.today)
        told = counting(self.ledger, one.id)
        return State(one, where, told, self.today, tuple(self._owed(one)), self._once(one), unit)

    def _once(self, one: Assignment) -> frozenset[date]:
        """The due dates that do not come again, also where a rhythm falls on the same day."""
        days = office_days(self.calendar)
        single = (part for part in leaves(one.deadlines) if part.cadence is None)
        return frozenset(row.due for part in single for row in dates_of(part, days, horizon(self.today)))

    def _owed(self, one: Assignment) -> Iterator[str]:
        """The units that have to report; a collective stands for the printed ones that it covers, where some are."""
        for name in owing(one):
            yield from self.covered.get(name) or (name,)


_desks: Remembered[dict[date, Desk]] = Remembered(8)


def desk_of(register: Register, ledger: Ledger, calendar: WorkCalendar, today: date) -> Desk:
    """The desk of `register`, with what its collectives cover; the same one while nothing new is reported that day."""
    desks: dict[date, Desk] = _desks.of((register.documents, register.assignments, ledger, calendar), dict)
    if today not in desks:
        desks.clear()
        desks[today] = _desk(register, ledger, calendar, today)
    return desks[today]


def _desk(register: Register, ledger: Ledger, calendar: WorkCalendar, today: date) -> Desk:
    book = UnitBook.of(register)
    covered: dict[str, list[str]] = {name: [] for name in book.collectives}
    for unit in book.names:
        for name in book.collectives_of(unit):
            covered[name].append(unit)
    return Desk(register, ledger, calendar, today, {name: tuple(units) for name, units in covered.items()})


@dataclass(frozen=True)
class State:
    """An assignment, its dates and all reports on it that nobody took back, oldest first. `owed` are the units that have to
    report, `once` the dates that do not come again."""

    assignment: Assignment
    standing: Standing
    told: tuple[Reported, ...]
    today: date
    owed: tuple[str, ...]
    once: frozenset[date]
    unit: str | None = None

    @cached_property
    def shared(self) -> bool:
        """Whether it is written for a collective."""
        return any(UnitBook.is_collective(name) for name in owing(self.assignment))

    @property
    def reports(self) -> tuple[Entry, ...]:
        """The reports as they were made."""
        return tuple(one.entry for one in self.told)

    @cached_property
    def condition(self) -> Condition:
        """In which state it is."""
        return condition_of(self.standing, self.today)

    def dated(self, *conditions: Condition) -> tuple[DateCondition, ...]:
        """Its dates that are in one of these states."""
        return tuple(one for one in dates_in(self.standing, self.today) if one.condition in conditions)

    def finished_in(self, span: Span | None) -> bool:
        """Whether one of its dates, or it as a whole, was finished in these days; in this year where none are named."""
        year = Span(date(self.today.year, 1, 1), self.today)
        ends = [end.on for end in self.standing.finishes.values() if not end.waiting]
        return any((span or year).holds(on) for on in ends)

    @property
    def last(self) -> Reported | None:
        """The last report of the unit asked about, or of anybody."""
        own = [one for one in self.told if self.unit is None or one.unit in ("", self.unit)]
        return own[-1] if own else None

    @property
    def finisher(self) -> Reported | None:
        """The last report that finished something, where nothing is left; else the last one."""
        own = [one for one in self.told if one.done and (self.unit is None or one.unit in ("", self.unit))]
        return own[-1] if own and self.standing.finished else self.last

    @property
    def latest(self) -> Entry | None:
        """The last report of the unit asked about, or of anybody, as it was made."""
        return self.last.entry if self.last else None

    @property
    def by_unit(self) -> dict[str, Reported]:
        """The last report of each unit."""
        return {one.unit: one for one in self.told if one.unit}

    @property
    def missing(self) -> tuple[str, ...]:
        """The units that have not reported anything; none when somebody reported for all."""
        if any(not one.unit for one in self.reports):
            return ()
        return tuple(dict.fromkeys(unit for unit in self.owed if unit not in self.by_unit))

    @cached_property
    def late(self) -> tuple[Dated, ...]:
        """The open dates up to yesterday."""
        return self.standing.overdue(self.today)

    @cached_property
    def late_once(self) -> tuple[Dated, ...]:
        """Of those, the ones that do not come again."""
        return tuple(row for row in self.late if row.due in self.once)

    @cached_property
    def coming(self) -> Dated | None:
        """The next open date from today on."""
        return next((row for row in self.standing.open if row.due >= self.today), None)


def owed_by(names: Iterable[str], register: Register) -> list[Assignment]:
    """The assignments for which one of the units has to answer, as leader or responsible."""
    wanted = set(names)
    return [one for one in register.of_units(wanted) if not wanted.isdisjoint(owing(one))]


def shared_by(names: Iterable[str], register: Register) -> list[Assignment]:
    """The assignments that reach the units only through a collective's name."""
    holders: list[Holder] = [holder_of(name, register) for name in names]
    return [one for one in register.assignments if any(holder.shared(one) for holder in holders)]
