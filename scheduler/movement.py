"""变化: what became different between two summaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.tally import Line


@dataclass(frozen=True, slots=True)
class Movement:
    """What is different from the moment `since`: dates newly `done` and `reopened` (reported done then, and not now: a report
    was taken back or returned), newly `overdue` and no longer (`cleared`); assignments that are `new`."""

    since: datetime
    done: tuple[Line, ...] = ()
    reopened: tuple[Line, ...] = ()
    overdue: tuple[Line, ...] = ()
    cleared: tuple[Line, ...] = ()
    new: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.done, self.reopened, self.overdue, self.cleared, self.new))


Told = tuple[Iterable[Line], Iterable[Line]]
"""The lines that are done, and those that are overdue, at one moment."""


def movement_of(since: datetime, before: Told, now: Told, new: tuple[str, ...]) -> Movement:
    """The movement between two moments; `new` are the assignments that the earlier one did not know."""
    done_then, late_then = map(_keyed, before)
    done_now, late_now = map(_keyed, now)
    return Movement(
        since,
        done=_without(done_now, done_then),
        reopened=_without(done_then, done_now),
        overdue=_without(late_now, late_then),
        cleared=_without(late_then, late_now),
        new=new,
    )


Keyed = dict[tuple[str, date | None], Line]


def _keyed(lines: Iterable[Line]) -> Keyed:
    return {(line.assignment, line.due): line for line in lines}


def _without(these: Keyed, those: Keyed) -> tuple[Line, ...]:
    return tuple(line for key, line in these.items() if key not in those)
