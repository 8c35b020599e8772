"""Twenty-four simulated hours with a disconnect a minute: every question answered once, memory flat, nothing left running."""

from __future__ import annotations

import asyncio
import gc
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.hearing import Heard
from bot.channels.protocol import Disconnected, Status, Trouble, Verdict
from bot.health import State
from bot.inbox import Mark
from knowledge.ledger import EntryKind
from knowledge.store_disk import Disk, using
from tests.contracts.counterparts.memory import ALL, MemoryCounterpart
from tests.contracts.served import Served

MINUTES = 24 * 60
STEADY = 6 * 60
"""Minutes after which everything that is kept for a while has reached its size."""
GROWTH = 2_000
"""Objects that may be more at the end than when all was steady; a message in memory is some twenty."""
ASKED = ("市教育局有哪些任务", "第1项谁牵头", "帮助", "市财政局7月有哪些任务")


class Hasty(Disk):
    """A disk that waits for nothing: no power is cut in this day."""

    def sync(self, descriptor: int) -> None:
        return


class Day:
    """A platform that ends the connection each minute, brings things twice, refuses some answers and loses some."""

    def __init__(self, office: Served) -> None:
        self.office, self.chance = office, random.Random(11)
        self.asked = 0
        self.sizes: dict[int, int] = {}

    @property
    def memory(self) -> MemoryCounterpart:
        assert isinstance(self.office.counterpart, MemoryCounterpart)
        return self.office.counterpart

    async def minute(self, number: int) -> None:
        channel, chance = self.memory._memory, self.chance
        if number % 17 == 0:
            channel.script(chance.choice((45009, -1)))
        if number % 29 == 0:
            channel.script(Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE), shown=chance.random() < 0.5)
        brought = [self.question() for _ in range(chance.randint(1, 2))]
        for heard in brought:
            channel.bring(heard)
        channel.bring(Disconnected("对方断开"))
        for heard in brought:  # the platform was not sure
            channel.bring(replace(heard))
        await self.quiet()
        await self.office.app.tick()
        await self.office.desk.resume()
        self.memory.messages.clear()
        channel.posted.clear()
        if number % 60 == 0:
            self.office.inbox.tidy()
        self.office.clock.advance(timedelta(seconds=60))

    def question(self) -> Heard:
        self.asked += 1
        group, person = f"memory/群{self.asked % 5}", f"memory/p{self.asked % 40}"
        text = self.chance.choice(ASKED)
        return Heard("memory", f"q{self.asked}", group, person, text, self.office.clock.now(), group=True)

    async def quiet(self) -> None:
        """Until all that was brought is heard and answered."""
        channel = self.memory._memory
        while (
            not channel._line.empty() or self.office.desk._workers or self.office.ward.of("memory").heard < self.asked
        ):
            await asyncio.sleep(0.002)  # leaves the interpreter to the threads; spinning would starve them


@pytest.mark.soak
async def test_a_day_with_a_disconnect_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.KEPT", timedelta(hours=2))
    monkeypatch.setattr("bot.inbox.TIDY_LINES", 500)
    office = Served(MemoryCounterpart(ALL), tmp_path)
    marks: Counter[Mark] = Counter()
    marked = office.inbox.mark

    def counted(heard: Heard, mark: Mark, ids: list[str] | tuple[str, ...] = ()) -> None:
        marks[mark] += 1
        marked(heard, mark, ids)

    monkeypatch.setattr(office.inbox, "mark", counted)
    office.bind("memory/群1")
    office.bind("memory/群2", "市教育局")
    before = asyncio.all_tasks()
    day = Day(office)
    with using(Hasty()):
        async with office.at_work():
            for number in range(MINUTES):
                await day.minute(number)
                if number in (STEADY, MINUTES - 1):
                    gc.collect()
                    day.sizes[number] = len(gc.get_objects())
    assert asyncio.all_tasks() == before
    health = office.ward.of("memory")
    assert (health.heard, health.connections >= MINUTES, health.state) == (day.asked, True, State.CONNECTED)
    # One word on the fate of each question, and one only.
    assert marks[Mark.SPEAKING] + marks[Mark.QUIET] == day.asked
    assert sum(marks[fate] for fate in (Mark.ANSWERED, Mark.UNKNOWN, Mark.FAILED, Mark.QUIET)) == day.asked
    assert marks[Mark.QUIET] == marks[Mark.MISSED] == 0
    assert marks[Mark.ANSWERED] > 0.9 * day.asked
    assert office.kinds(EntryKind.FAILED) == 0
    assert day.sizes[MINUTES - 1] - day.sizes[STEADY] < GROWTH, day.sizes
