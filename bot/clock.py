"""The only place where time is read. Every moment is aware and in Asia/Shanghai, whatever the machine's zone is."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.policy import SHANGHAI


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """The moment, aware, in Asia/Shanghai."""
        ...


class SystemClock:
    """The machine's clock, seen in Shanghai."""

    def now(self) -> datetime:
        """The real moment."""
        return datetime.now(SHANGHAI)


class VirtualClock:
    """A clock that stands still until it is moved: for simulations and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(SHANGHAI)

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware), forward or back."""
        self._at = at.astimezone(SHANGHAI)

    def advance(self, span: timedelta) -> datetime:
        """Go on by `span`; returns the new moment."""
        self._at += span
        return self._at


class ShiftedClock:
    """A clock whose today is another day while its hours run as they do: for trying things out on sample data."""

    def __init__(self, today: date, real: Clock | None = None) -> None:
        self._real = real or SystemClock()
        self._shift = today - self._real.now().date()

    def now(self) -> datetime:
        """The moment, as many days away from the real one as the given day was."""
        return self._real.now() + self._shift


class Stopwatch:
    """How long something takes, whatever happens to the time of day."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._start
