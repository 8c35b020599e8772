"""The clock that ticks: APScheduler with one interval, and nothing else of it.

Its own store of jobs loses and doubles work over crashes (design §5), so it holds none: every tick computes anew
what is owed. Weekday crontabs and zones of the machine never come into play.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.policy import SHANGHAI

log = logging.getLogger(__name__)

TICK_SECONDS = 60


class Clockwork:
    """Calls `tick` each minute in the running event loop, never twice at once; late ticks run, missed ones are one."""

    def __init__(self, tick: Callable[[], Awaitable[object]], seconds: float = TICK_SECONDS) -> None:
        self._tick, self._seconds = tick, seconds
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Begin to tick, for the first time after one interval; needs a running event loop."""
        if self._scheduler is not None:
            return
        self._scheduler = AsyncIOScheduler(timezone=SHANGHAI)
        self._scheduler.add_job(
            self._safely,
            "interval",
            seconds=self._seconds,
            id="tick",
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; may be called twice. A tick under way is not waited for."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def _safely(self) -> None:
        """One bad tick must not end the ticking: it is told in the log and the next one computes everything anew."""
        try:
            await self._tick()
        except Exception:
            log.exception("a tick failed; the next one computes everything anew")
