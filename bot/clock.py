"""The only place where time is read. Every moment is aware and in Asia/Shanghai, whatever the machine's zone is."""

from __future__ import annotations

from datetime import datetime, timedelta
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
