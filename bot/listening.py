"""守听: one channel is listened to, connected again later and later, and stopped where only a person can help."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from bot.alarms import Alarms
from bot.channels.hearing import Ear, Heard, Tiding, TidingKind
from bot.channels.protocol import Channel, Disconnected, Trouble
from bot.channels.reactions import ALARMS
from bot.channels.redaction import redacted
from bot.clock import Clock
from bot.health import State, Ward
from knowledge.store import StoreError

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
"""Seconds after which a lost connection is tried again at the latest, but for jitter."""
LASTING = 60.0
"""Seconds after which a connection counts as a good one even if nothing was said over it."""
JITTER = 0.25
"""How much longer a pause may be, as a part of it: many bots of one platform must not come back at once."""


class Listening:
    """守听 of one channel. Whatever the channel raises ends here and touches no other channel."""

    def __init__(
        self,
        channel: Channel,
        ear: Ear,
        ward: Ward,
        alarms: Alarms,
        clock: Clock,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.channel = channel
        self._ear, self._ward, self._alarms, self._clock = ear, ward, alarms, clock
        self._pause, self._chance = pause, chance
        self._failures = 0
        self._parted = False

    def part(self) -> None:
        """Take nothing in any more, while what is being said may still leave over the connection. The platform is not told that
        what it brings has arrived: it says it again, or the channel tells whoever said it."""
        self._parted = True

    async def run(self) -> None:
        """Listen until cancelled, until the channel has nothing to listen to, or until somebody has to mend something."""
        name = self.channel.name
        while True:
            self._ward.turn(name, State.CONNECTING)
            self._ward.of(name).connections += 1
            started = self._clock.now()
            try:
                await self.channel.listen(self)
            except Disconnected as gone:
                self._ward.failed(name, f"{gone}")
                if gone.trouble is Trouble.AUTH:
                    self._stop(gone)
                    return
                log.warning("通道“%s”断开：%s", name, redacted(f"{gone}"))
            except Exception as error:
                self._ward.failed(name, f"{type(error).__name__}: {error}")
                log.exception("通道“%s”出错", name)
            else:
                self._ward.turn(name, State.OPEN)
                return
            if (self._clock.now() - started).total_seconds() >= LASTING:
                self._failures = 0
            self._ward.turn(name, State.WAITING)
            await self._pause(self._next_pause())

    def _next_pause(self) -> float:
        """1, 2, 4 … 60 seconds and up to a quarter more."""
        span = min(LONGEST_PAUSE, 2.0**self._failures)
        self._failures = min(self._failures + 1, 10)
        return span * (1 + JITTER * self._chance())

    def _stop(self, gone: Disconnected) -> None:
        name = self.channel.name
        self._ward.turn(name, State.STOPPED)
        told = gone.alarm or ALARMS[Trouble.AUTH].format(platform=name, raw=redacted(f"{gone}")[:60])
        self._alarms.sound(f"listen {name}", told)
        log.error("通道“%s”已停止：%s", name, redacted(f"{gone}"))

    # What the channel hears goes on to the ear; that it hears at all tells that it is connected.
    async def hear(self, heard: Heard) -> bool:
        """As `Ear.hear`."""
        if self._parted:
            raise StoreError("程序正在停止，不再接收新消息。")
        self._connected()
        return await self._ear.hear(heard)

    async def tell(self, tiding: Tiding) -> None:
        """As `Ear.tell`."""
        if self._parted:
            return
        if tiding.kind is TidingKind.OFFLINE and not tiding.conversation:
            self._ward.turn(self.channel.name, State.OFFLINE)
        else:
            self._connected(online=tiding.kind is TidingKind.ONLINE)
        await self._ear.tell(tiding)

    def _connected(self, online: bool = False) -> None:
        self._failures = 0
        self._alarms.over(f"listen {self.channel.name}")
        self._ward.of(self.channel.name).remark = self.channel.remark
        if online or self._ward.of(self.channel.name).state is not State.OFFLINE:
            self._ward.turn(self.channel.name, State.CONNECTED)
