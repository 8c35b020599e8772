"""An invented office that is really served: a channel with its platform, the inbox on disk, the desk, the listening."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.channels.unserved import Unserved
from bot.clock import VirtualClock
from bot.config import Config, RemindersConfig
from bot.desk import Desk
from bot.health import Ward
from bot.inbox import Inbox
from bot.listening import Listening
from knowledge.directory import bound_entry
from knowledge.ledger import EntryKind
from knowledge.people import Person, enrolled_entry
from knowledge.store import MemoryStore
from tests.contracts.counterpart import Counterpart
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of

NOW = at("2026-07-15 09:30")
REGISTER = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-12-31"), unit="市教育局"))


@dataclass
class Served:
    """One office, served through one channel. Its group (or its private chat) is bound to 市财政局."""

    counterpart: Counterpart
    folder: Path
    store: MemoryStore = field(default_factory=lambda: MemoryStore(REGISTER))
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(NOW))

    def __post_init__(self) -> None:
        channel = self.counterpart.channel
        config = Config(reminders=RemindersConfig(jitter=0))
        self.app = App(self.store, Unserved(), CALENDAR, config, self.clock, {channel.name: channel})
        self.inbox = Inbox(self.folder / "inbox.jsonl", self.clock)
        self.ward = Ward(self.clock)
        self.desk = Desk(self.app, self.inbox, {channel.name: channel}, self.ward)
        voice = self.app.outbox.voice
        voice.watch, voice._pause = self.ward.judged, self._passing

    async def _passing(self, seconds: float) -> None:
        """Time passes at once."""
        self.clock.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    def bind(self, conversation: str, unit: str = "市财政局") -> None:
        self.store.append(bound_entry(conversation, unit, self.clock.now(), "测试"))

    def enrol(self, role: str = "liaison", unit: str = "市财政局") -> None:
        self.store.append(enrolled_entry(Person("王芳", unit, role), self.counterpart.person, self.clock.now(), "测试"))

    def kinds(self, kind: EntryKind) -> int:
        return len(self.store.ledger().kinds(kind))

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The channel listens, and in the end everything stops as it does for SIGTERM."""
        listening = Listening(
            self.counterpart.channel, self.desk, self.ward, self.app.alarms, self.clock, self._passing, lambda: 0.0
        )
        await self.counterpart.open(listening)
        await self.desk.resume()
        beside = asyncio.create_task(listening.run())
        try:
            yield
        finally:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
            await self.desk.stop(5)
            await self.app.close()
            await self.counterpart.close()
            self.inbox.close()
