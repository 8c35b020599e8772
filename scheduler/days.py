"""Days on which the bot may speak by itself, and stages counted in them."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.calendar import CalendarUnknown, WorkCalendar

DAY = timedelta(days=1)
SATURDAY = 5


class OfficeDays:
    """Working days as far as they are published, Monday to Friday beyond.

    Deadlines are never computed from the fallback (design §6.5); it only chooses the day on which to speak, and
    `certain` tells the reader of the notice.
    """

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._known: dict[date, tuple[bool, bool]] = {}

    def _look(self, day: date) -> tuple[bool, bool]:
        """(is a working day, is published)."""
        if day not in self._known:
            try:
                self._known[day] = self.calendar.is_workday(day), True
            except CalendarUnknown:
                self._known[day] = day.weekday() < SATURDAY, False
        return self._known[day]

    def works(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self._look(day)[0]

    def certain(self, *days: date) -> bool:
        """Whether the calendar of all these days is published."""
        return all(self._look(day)[1] for day in days)

    def on_or_before(self, day: date) -> date:
        """`day` itself when it is a working day, else the last one before it."""
        return day if self.works(day) else self.back(day, 1)

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is a working day, else the next one."""
        return day if self.works(day) else self.forward(day, 1)

    def back(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, which is not counted."""
        return self._step(day, count, -DAY)

    def forward(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted."""
        return self._step(day, count, DAY)

    def _step(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.works(day)
        return day

    def between(self, first: date, last: date) -> int | None:
        """Working days after `first` up to and with `last`, negative backwards; None where a year is not published."""
        if last < first:
            back = self.between(last, first)
            return None if back is None else -back
        if not self.certain(first, last):
            return None
        return sum(self.works(first + DAY * n) for n in range(1, (last - first).days + 1))


_KNOWN: dict[int, OfficeDays] = {}
_KEPT = 64


def office_days(calendar: WorkCalendar) -> OfficeDays:
    """The office's days over a calendar; the same object for the same calendar, so that what was looked up is kept.

    A calendar cannot be hashed; its identity is safe as a key because the days hold on to it.
    """
    if id(calendar) not in _KNOWN:
        while len(_KNOWN) >= _KEPT:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[id(calendar)] = OfficeDays(calendar)
    return _KNOWN[id(calendar)]


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - DAY * day.weekday()
