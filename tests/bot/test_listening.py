"""守听: a channel that fails is tried again later and later, one that is refused is stopped, and none touches another."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.alarms import Alarms
from bot.channels.hearing import Ear, Heard, Tiding, TidingKind
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Disconnected, Trouble
from bot.clock import VirtualClock
from bot.health import State, Ward
from bot.listening import Listening
from knowledge.store import StoreError
from tests.scheduler.offices import at


class Failing(MemoryChannel):
    """Ends its connections in the ways given, then listens for good."""

    def __init__(self, *ends: Exception | Tiding | None, name: str = "memory") -> None:
        super().__init__(name=name)
        self.ends = list(ends)

    async def listen(self, ear: Ear) -> None:
        while self.ends:
            end = self.ends.pop(0)
            if end is None:
                return
            if isinstance(end, Exception):
                raise end
            await ear.tell(end)
        await super().listen(ear)


class Nobody(Ear):
    async def hear(self, heard: Heard) -> bool:
        return True

    async def tell(self, tiding: Tiding) -> None:
        return


class Watched:
    """A channel that is listened to while pauses pass at once."""

    def __init__(self, *ends: Exception | Tiding | None, chance: float = 0.0) -> None:
        self.pauses: list[float] = []
        self.told: list[str] = []
        self.ward = Ward(VirtualClock(at("2026-07-15 09:00")))
        self.channel = Failing(*ends)
        self.listening = Listening(
            self.channel, Nobody(), self.ward, Alarms(self.told.append), self.ward.clock, self.pause, lambda: chance
        )

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def run(self) -> Watched:
        """Until the channel has nothing more to end with."""
        beside = asyncio.create_task(self.listening.run())
        while self.channel.ends:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)
        return self

    @property
    def state(self) -> State:
        return self.ward.of("memory").state


GONE = Disconnected("对方断开")


async def test_pauses_grow_to_a_minute() -> None:
    watched = await Watched(*[GONE] * 9).run()
    assert watched.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert watched.ward.of("memory").connections == 10


async def test_pauses_are_longer_by_chance_and_never_by_more_than_a_quarter() -> None:
    assert (await Watched(GONE, GONE, chance=1.0).run()).pauses == [1.25, 2.5]


async def test_a_connection_that_was_good_begins_the_pauses_anew() -> None:
    online = Tiding(TidingKind.ONLINE, "memory")
    assert (await Watched(GONE, GONE, GONE, online, GONE).run()).pauses == [1, 2, 4, 1]


async def test_a_refused_account_is_not_tried_again_and_told_once_with_the_remedy() -> None:
    watched = await Watched(Disconnected("secret refused", Trouble.AUTH, "密钥被拒绝，请在后台重新复制。")).run()
    assert (watched.pauses, watched.told, watched.state) == ([], ["密钥被拒绝，请在后台重新复制。"], State.STOPPED)


async def test_whatever_a_channel_raises_is_a_lost_connection(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    watched = await Watched(KeyError("access_token=abcdefgh123"), RecursionError()).run()
    assert watched.pauses == [1, 2]
    assert "abcdefgh123" not in watched.ward.of("memory").error


async def test_a_channel_without_a_connection_is_ready() -> None:
    assert (await Watched(None).run()).state is State.OPEN


async def test_an_account_that_is_logged_out_is_not_called_connected_before_it_is_back() -> None:
    offline, other = Tiding(TidingKind.OFFLINE, "memory"), Tiding(TidingKind.JOINED, "memory", "memory/群")
    assert (await Watched(offline, other).run()).state is State.OFFLINE
    assert (await Watched(offline, Tiding(TidingKind.ONLINE, "memory")).run()).state is State.CONNECTED


async def test_at_the_end_nothing_is_taken_in_any_more_while_the_connection_stays() -> None:
    watched = Watched()
    running = asyncio.create_task(watched.listening.run())
    heard = Heard("memory", "m1", "memory/群", "memory/王", "扶贫信息谁牵头", watched.ward.clock.now())
    assert await watched.listening.hear(heard)
    watched.listening.part()
    with pytest.raises(StoreError, match="正在停止"):
        await watched.listening.hear(heard)
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
