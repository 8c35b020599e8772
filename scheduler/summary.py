"""周报: what a week looks like, as a value whose every figure leads back to assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.ledger import Ledger
from knowledge.model import Assignment, Role, Span
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.reported import counting
from scheduler.calendar import WorkCalendar
from scheduler.condition import Light, light_of
from scheduler.days import monday
from scheduler.policy import SHANGHAI
from scheduler.standing import Standing, is_ongoing, standing

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One due date of an assignment (its id); `days` is calendar days overdue, 0 when not."""

    assignment: str
    due: date
    period: str | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """The assignments (ids) of one unit or document by light, and those reported done in the week or finished."""

    name: str
    total: tuple[str, ...]
    red: tuple[str, ...]
    yellow: tuple[str, ...]
    green: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of a register at a moment, seen from its week (Monday to Sunday).

    `done` are the assignments reported done in the week; `finished` all that have nothing left to do; `overdue` open
    dates before today, longest first; `due_this_week` and `due_next_week` open dates from today on; `undated` are
    assignments without any date that are not 全年工作. `units` counts a unit's assignments as leader (or responsible,
    where no leader is printed), `documents` by title. `assignments` are the values the ids mean.
    """

    week: Span
    today: date
    total: tuple[str, ...]
    done: tuple[str, ...]
    finished: tuple[str, ...]
    due_this_week: tuple[Line, ...]
    due_next_week: tuple[Line, ...]
    overdue: tuple[Line, ...]
    ongoing: tuple[str, ...]
    undated: tuple[str, ...]
    lights: Mapping[str, Light]
    units: tuple[Tally, ...]
    documents: tuple[Tally, ...]
    assignments: Mapping[str, Assignment]

    def lit(self, light: Light) -> tuple[str, ...]:
        """The assignments under a light, in the register's order."""
        return tuple(id for id in self.total if self.lights[id] is light)


def summary(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar) -> Summary:
    """The weekly summary of `register` (scoped by the caller) at `now`, for the group and for the supervisor alike.

    It counts what is in force.
    """
    register = redated(register, ledger).in_force
    today = now.astimezone(SHANGHAI).date()
    first = monday(today)
    sunday = first + WEEK - timedelta(days=1)
    states = [standing(a, ledger, calendar, today) for a in register.assignments]
    done = tuple(s.assignment.id for s in states if _reported_done(ledger, s.assignment.id, first, today))
    lights = {s.assignment.id: light_of(s, today) for s in states}
    return Summary(
        week=Span(first, sunday, "本周"),
        today=today,
        total=tuple(s.assignment.id for s in states),
        done=done,
        finished=tuple(s.assignment.id for s in states if s.finished),
        due_this_week=_lines(states, today, sunday),
        due_next_week=_lines(states, sunday + timedelta(days=1), sunday + WEEK),
        overdue=_overdue(states, today),
        ongoing=tuple(s.assignment.id for s in states if is_ongoing(s.assignment)),
        undated=tuple(s.assignment.id for s in states if not s.dates and not is_ongoing(s.assignment)),
        lights=lights,
        units=_tallies(states, lights, done, _answerable),
        documents=_tallies(states, lights, done, lambda a: (_title(register, a.document),)),
        assignments={s.assignment.id: s.assignment for s in states},
    )


def _reported_done(ledger: Ledger, assignment: str, first: date, last: date) -> bool:
    done = (one.at.astimezone(SHANGHAI).date() for one in counting(ledger, assignment) if one.done)
    return any(first <= day <= last for day in done)


def _lines(states: Iterable[Standing], first: date, last: date) -> tuple[Line, ...]:
    found = [Line(s.assignment.id, r.due, r.period) for s in states for r in s.open if first <= r.due <= last]
    return tuple(sorted(found, key=lambda line: line.due))


def _overdue(states: Iterable[Standing], today: date) -> tuple[Line, ...]:
    found = [Line(s.assignment.id, r.due, r.period, (today - r.due).days) for s in states for r in s.overdue(today)]
    return tuple(sorted(found, key=lambda line: line.due))


def _answerable(assignment: Assignment) -> tuple[str, ...]:
    """The units an assignment is counted for: its leaders, else the responsible ones."""
    return assignment.units(Role.LEAD) or assignment.units(Role.RESPONSIBLE)


def _title(register: Register, document: str) -> str:
    found = register.document(document)
    return found.title if found else document


def _tallies(
    states: list[Standing],
    lights: Mapping[str, Light],
    done: tuple[str, ...],
    names_of: Callable[[Assignment], tuple[str, ...]],
) -> tuple[Tally, ...]:
    groups: dict[str, dict[str, Standing]] = {}
    for state in states:
        for name in names_of(state.assignment):
            groups.setdefault(name, {})[state.assignment.id] = state
    return tuple(
        sorted((_tally(name, group, lights, done) for name, group in groups.items()), key=lambda t: -len(t.red))
    )


def _tally(name: str, group: dict[str, Standing], lights: Mapping[str, Light], done: tuple[str, ...]) -> Tally:
    ids = tuple(group)
    lit = {light: tuple(id for id in ids if lights[id] is light) for light in Light}
    over = tuple(id for id in ids if id in done or group[id].finished)
    return Tally(name, ids, lit[Light.RED], lit[Light.YELLOW], lit[Light.GREEN], over)
