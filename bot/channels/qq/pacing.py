"""节奏: messages of one QQ account leave a moment apart, as a person's would; bursts have cost accounts their freedom."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.channels.protocol import Status, Trouble, Verdict
from bot.clock import Clock

GAP = (1.0, 2.0)
"""Seconds between two messages: at least the first, by chance up to the second."""
PATIENCE = 6.0
"""Seconds a message waits for its turn here; `bot.voice.POST_TIMEOUT` leaves room for them beside the call itself."""


class Pace:
    """When the next message of an account may leave; `pause` waits for seconds."""

    def __init__(
        self,
        clock: Clock,
        gap: tuple[float, float] = GAP,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
        chance: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._clock, self._gap, self._pause, self._chance = clock, gap, pause, chance
        self._next: datetime | None = None

    async def turn(self) -> Verdict | None:
        """Wait for one's turn; a refusal, with nothing sent, where too many wait already."""
        now = self._clock.now()
        longest = timedelta(seconds=PATIENCE + self._gap[1])
        start = now if self._next is None else max(now, min(self._next, now + longest))
        wait = (start - now).total_seconds()
        if wait > PATIENCE:
            return Verdict(
                Status.FAILED, "这个 QQ 账号要发的消息排着队，稍后接着发", retry_after=wait, trouble=Trouble.RATE
            )
        self._next = start + timedelta(seconds=self._chance(*self._gap))
        if wait > 0:
            await self._pause(wait)
        return None
