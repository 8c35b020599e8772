"""牵头最多的是哪个局, 牵头单位一共几个: counted over the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers import wording_conditions, wording_lists
from handlers.finding import Found, held_by
from handlers.message import Answer, Outcome, said
from handlers.refusing import unsaid
from knowledge.model import Assignment, Evidence, Role
from knowledge.question.census import Census
from knowledge.question.cues import shows
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Load:
    """A unit and the assignments that it holds."""

    unit: str
    held: tuple[Assignment, ...]


def answer(query: Query, register: Register, calendar: WorkCalendar) -> Outcome:
    """What is asked of the spread: over the months, over the rows, or over the units."""
    if query.census is Census.BUSIEST:
        from handlers.busiest import answer as busiest

        return busiest(query, register, calendar)
    if query.census in (Census.WIDEST, Census.NARROWEST):
        from handlers.widest import answer as widest

        return widest(query, register, query.census is Census.NARROWEST)
    return _over_units(query, register)


def leaders(query: Query, register: Register) -> str:
    """牵头单位共9个：… with how many each leads; empty where nobody leads by name."""
    loads = _loads(register.assignments, (Role.LEAD,))
    told = [(one.unit, len(one.held)) for one in loads]
    asked = replace(query, census=Census.ALL)
    return wording_lists.spread(told, loads, (Role.LEAD,), asked, register) if told else ""


def _over_units(query: Query, register: Register) -> Outcome:
    """The units that hold most or fewest, or all of them, in the role asked for; collectives are no units."""
    scoped = register.scoped(query.documents)
    if query.census in (Census.LONGEST, Census.SHORTEST):
        return _papers(query, scoped)
    if query.census is Census.SUPPORTING:
        return _supporting(query, scoped)
    roles = _roles(query, scoped.assignments)
    loads = _loads(scoped.assignments, roles)
    if not loads:
        return unsaid(query, Found(), register)
    told = _chosen(loads, query)
    text = wording_lists.spread([(one.unit, len(one.held)) for one in told], loads, roles, query, scoped)
    rows = told[0].held if len(told) == 1 else ()
    several = query.census in (Census.ALL, Census.EXACTLY)
    count = len(told) if several else len(told[0].held) if told else 0
    return said(text, _value(query, scoped, [one.unit for one in told], rows, count))


def _supporting(query: Query, register: Register) -> Outcome:
    """The units that have something to do and lead nothing."""
    leaders = {unit for one in register.assignments for unit in one.units(Role.LEAD)}
    if not leaders:
        return unsaid(query, Found(), register)
    told = [one for one in _loads(register.assignments, ()) if one.unit not in leaders]
    text = wording_conditions.supporting([(one.unit, len(one.held)) for one in told], register)
    return said(text, _value(query, register, [one.unit for one in told], (), len(told)))


def _papers(query: Query, register: Register) -> Outcome:
    """The papers that hold most or fewest items, then what the others hold."""
    from handlers.listing import totals_of

    most = query.census is Census.LONGEST
    totals = sorted(totals_of(register), key=lambda one: -one.items if most else one.items)
    if not totals:
        return unsaid(query, Found(), register)
    told = [one for one in totals if one.items == totals[0].items]
    text = wording_lists.longest(told, totals[len(told) :], most, query.page)
    documents = tuple(one.document.id for one in told)
    return said(text, Answer(query.intent, True, documents=documents, count=told[0].items))


def _roles(query: Query, rows: Iterable[Assignment]) -> tuple[Role, ...]:
    """The role asked for; where nobody holds it by name, those who answer for it; all, when none is said."""
    rows = tuple(rows)
    if query.roles in ((Role.LEAD,), (Role.COOPERATING,)) and not any(one.units(query.roles[0]) for one in rows):
        return (Role.RESPONSIBLE,)
    return query.roles or ((Role.LEAD, Role.RESPONSIBLE) if shows("responsible", query.text) else ())


def _loads(rows: Iterable[Assignment], roles: Sequence[Role]) -> list[Load]:
    """Every unit with what it holds, who holds most first, then in the order of the documents."""
    rows = [one for one in rows if one.number is not None]
    units = dict.fromkeys(
        duty.unit
        for one in rows
        for duty in one.duties
        if (not roles or duty.role in roles) and not duty.collective and not UnitBook.is_collective(duty.unit)
    )
    loads = [Load(unit, tuple(held_by((unit,), rows, roles))) for unit in units]
    return sorted(loads, key=lambda one: -len(one.held))


def _chosen(loads: list[Load], query: Query) -> list[Load]:
    if query.census is Census.ALL:
        return loads
    if query.census is Census.EXACTLY:
        return [one for one in loads if len(one.held) == query.census_number]
    steps = sorted({len(one.held) for one in loads}, reverse=query.census is Census.MOST)
    if query.census_number > len(steps):
        return []
    return [one for one in loads if len(one.held) == steps[query.census_number - 1]]


def _value(query: Query, register: Register, units: list[str], rows: Sequence[Assignment], count: int) -> Answer:
    documents = [one.id for one in register.documents if register.of_document(one.id)]
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=tuple(documents),
        units=tuple(units),
        count=count,
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
