"""The stages of a deadline: on which day which reminder becomes owed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.model import Every
from scheduler.days import DAY, OfficeDays, monday
from scheduler.policy import Chase

WEEK = timedelta(days=7)
WEEKLY_GAP = 5
"""Days at least between the last counted stage and the first weekly one, so that they do not follow each other at once."""

ROOM: dict[Every, int] = {Every.WEEK: 1}
"""How many working days ahead and behind a short rhythm is reminded at most; a week has no room for T-3 and +3."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`code` names it within a deadline (T-7, T-3, T-1, T, +1, +3, W2 …); it is owed from the day `opens`."""

    code: str
    opens: date

    @property
    def overdue(self) -> bool:
        """Whether the deadline has passed in this stage."""
        return not self.code.startswith("T")


class Stages:
    """The stages of one due date.

    The day itself and the days ahead are counted back from the last working day up to the due date, the days behind
    from the due date. Every stage opens on a working day. `floor` is the due date of the preceding occurrence:
    nothing opens on or before it. `room` is the greatest number of working days ahead and behind.
    """

    def __init__(self, due: date, days: OfficeDays, chase: Chase, floor: date | None = None, room: int = 99) -> None:
        self._days, self._chase, self.due = days, chase, due
        last = days.on_or_before(due)
        ahead = [Stage(_ahead(n), days.back(last, n)) for n in sorted(chase.before, reverse=True) if n <= room]
        behind = [Stage(f"+{n}", days.forward(due, n)) for n in sorted(chase.after) if n <= room]
        self._stages = [stage for stage in ahead + behind if floor is None or stage.opens > floor]
        self._opens = [stage.opens for stage in self._stages]

    @property
    def opens(self) -> tuple[date, ...]:
        """The days on which the counted stages open, in order."""
        return tuple(self._opens)

    @property
    def first(self) -> date:
        """The day on which the first stage opens."""
        return self._opens[0] if self._opens else self._days.forward(self.due, 1)

    def at(self, today: date) -> Stage | None:
        """The present stage: the latest that has opened; None before the first and when it is no longer chased."""
        if today > self.due + WEEK * self._chase.chased_for:
            return None
        place = bisect_right(self._opens, today)
        if place < len(self._opens):
            return self._stages[place - 1] if place else None
        return self._week(today) or (self._stages[-1] if self._stages else None)

    def _week(self, today: date) -> Stage | None:
        """The weekly stage that `today` stands in: it opens on the first working day of a week."""
        if not self._chase.weekly:
            return None
        earliest = max([self.due, *self._opens]) + DAY * WEEKLY_GAP
        start = monday(today)
        while start >= monday(earliest):
            opens = self._days.on_or_after(start)
            if earliest <= opens <= today and opens < start + WEEK:
                return Stage(f"W{(start - monday(self.due)).days // 7}", opens)
            start -= WEEK
        return None


def _ahead(workdays: int) -> str:
    return f"T-{workdays}" if workdays else "T"
