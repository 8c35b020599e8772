"""办理状态: in which state an assignment, a unit's share of it and each of its due dates are; computed, never stored.

Everybody who tells, counts or colours asks here: `reckon`, or `condition_of` where a standing is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.ledger import Ledger
from knowledge.model import Assignment
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.days import monday
from scheduler.standing import Dated, Standing, is_ongoing, share_standing, standing


class Light(StrEnum):
    """红黄绿: overdue, due this week or next, neither."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class Condition(StrEnum):
    """办理状态; the value is how it is called. DONE is what has no date and was reported done, or what nobody can date."""

    NOT_DUE = "未到期"
    DUE_SOON = "将到期"
    OVERDUE = "逾期"
    REPORTED = "已报待核"
    DONE = "办结"
    DONE_ON_TIME = "按期办结"
    DONE_LATE = "逾期办结"
    ONGOING = "全年推进"
    UNDATED = "未定时限"
    WITHDRAWN = "已撤销"
    REPLACED = "已被替代"

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do and nobody has to accept anything."""
        return self in (Condition.DONE, Condition.DONE_ON_TIME, Condition.DONE_LATE)


@dataclass(frozen=True, slots=True)
class DateCondition:
    """One due date in its state. `days` are calendar days: to go (未到期, 将到期), overdue (逾期), late (逾期办结, 已报待核), else 0;
    `on` is the day on which it was reported done."""

    row: Dated
    condition: Condition
    days: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """An assignment, or one unit's share of it (`unit`, a printed name), in its state on a day, with each of its dates.

    `condition` is the most pressing: overdue, to be accepted, due soon, else what is still to come; when all is done, 按期
    only if every date was.
    """

    standing: Standing
    condition: Condition
    dates: tuple[DateCondition, ...]
    light: Light
    unit: str = ""

    @property
    def assignment(self) -> Assignment:
        """What it is about."""
        return self.standing.assignment

    def of(self, *conditions: Condition) -> tuple[DateCondition, ...]:
        """The dates in one of these states."""
        return tuple(one for one in self.dates if one.condition in conditions)


def reckon(
    assignment: Assignment,
    register: Register,
    ledger: Ledger,
    calendar: WorkCalendar,
    today: date,
    unit: str = "",
) -> Reckoning:
    """In which state `assignment` of `register` (dated by the ledger) is on `today`; with `unit`, its share.

    What the register does not hold any more is 已撤销, what stands in a document that another took the place of 已被替代.
    """
    if unit:
        state = share_standing(assignment, unit, ledger, calendar, today)
    else:
        state = standing(assignment, ledger, calendar, today)
    document = register.document(assignment.document)
    if document is None or register.assignment(assignment.id) is None:
        return Reckoning(state, Condition.WITHDRAWN, (), Light.GREEN, unit)
    if document.superseded is not None:
        return Reckoning(state, Condition.REPLACED, (), Light.GREEN, unit)
    dates = dates_in(state, today)
    return Reckoning(state, _condition(state, dates), dates, light_of(state, today), unit)


def condition_of(state: Standing, today: date) -> Condition:
    """The state of a standing as a whole on `today`, its document taken to be in force."""
    return _condition(state, dates_in(state, today))


def _condition(state: Standing, dates: Iterable[DateCondition]) -> Condition:
    found = {one.condition for one in dates}
    if not found:
        return _without_dates(state)
    pressing = (Condition.OVERDUE, Condition.REPORTED, Condition.DUE_SOON, Condition.NOT_DUE, Condition.DONE_LATE)
    return next((one for one in pressing if one in found), Condition.DONE_ON_TIME)


def light_of(state: Standing, today: date) -> Light:
    """Red while an open date is past, yellow while one is due by the end of next week, else green."""
    open_ = [row.due for row in state.open]
    if any(due < today for due in open_):
        return Light.RED
    return Light.YELLOW if any(due <= soon(today) for due in open_) else Light.GREEN


def soon(today: date) -> date:
    """The last day that is due soon: the Sunday of next week."""
    return monday(today) + timedelta(days=13)


def dates_in(state: Standing, today: date) -> tuple[DateCondition, ...]:
    """Every due date of a standing up to its horizon in its state, in order."""
    return tuple(_dates(state, today))


def _dates(state: Standing, today: date) -> Iterator[DateCondition]:
    for row in state.dates:
        finish = state.finishes.get(row.due) if row.due in state.done else None
        if row.due in state.done:
            on = finish.on if finish else None
            late = max((on - row.due).days, 0) if on else 0
            yield DateCondition(row, _finished(late, bool(finish and finish.waiting)), late, on)
        elif row.due < today:
            yield DateCondition(row, Condition.OVERDUE, (today - row.due).days)
        else:
            near = row.due <= soon(today)
            yield DateCondition(row, Condition.DUE_SOON if near else Condition.NOT_DUE, (row.due - today).days)


def _finished(late: int, waiting: bool) -> Condition:
    if waiting:
        return Condition.REPORTED
    return Condition.DONE_LATE if late else Condition.DONE_ON_TIME


def _without_dates(state: Standing) -> Condition:
    if state.finished:
        finish = state.finishes.get(None)
        return Condition.REPORTED if finish is not None and finish.waiting else Condition.DONE
    return Condition.ONGOING if is_ongoing(state.assignment) else Condition.UNDATED
