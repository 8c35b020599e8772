"""The same day through Telegram, over real connections that end each minute: before the question is fetched, while the answer is
taken, or after it."""

from __future__ import annotations

import asyncio
import gc
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.hearing import Heard
from bot.inbox import Mark
from knowledge.store_disk import using
from tests.contracts.served import Served
from tests.disasters.test_soak import ASKED, GROWTH, MINUTES, STEADY, Hasty
from tests.platforms.loopback import LOST
from tests.platforms.telegram import FakeTelegram


class Day:
    """`broken` counts how connections ended."""

    def __init__(self, office: Served) -> None:
        assert isinstance(office.counterpart, FakeTelegram)
        self.office, self.platform, self.chance = office, office.counterpart, random.Random(11)
        self.asked = self.shown = self.polls = 0
        self.broken: Counter[str] = Counter()

    async def minute(self, number: int) -> None:
        how = self.chance.choice(("before", "within", "after"))
        self.broken[how] += 1
        if how == "before":
            self.platform.poll_with(LOST)
        if how == "within":
            self.platform.lose_answer()
        for _ in range(self.chance.randint(1, 2)):
            self.asked += 1
            await self.platform.say(self.chance.choice(ASKED))
        while self.office.desk._workers or self.office.ward.of("纸飞机").heard < self.asked:
            await asyncio.sleep(0.002)
        if how == "after":
            self.platform.poll_with(LOST)
        await self.office.app.tick()
        await self.office.desk.resume()
        self.forget(number)
        self.office.clock.advance(timedelta(seconds=60))

    def forget(self, number: int) -> None:
        """What the fake platform and the files need not keep."""
        self.shown += len(self.platform.messages)
        self.polls += sum(method == "getUpdates" for method, _ in self.platform.calls)
        self.platform.messages.clear()
        self.platform.calls.clear()
        if number % 60 == 0:
            self.office.inbox.tidy()


@pytest.mark.soak
async def test_a_day_of_telegram_with_a_disconnect_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.KEPT", timedelta(hours=2))
    monkeypatch.setattr("bot.inbox.TIDY_LINES", 500)
    office = Served(FakeTelegram(), tmp_path)
    marks: Counter[Mark] = Counter()
    marked = office.inbox.mark

    def counted(heard: Heard, mark: Mark, ids: list[str] | tuple[str, ...] = ()) -> None:
        marks[mark] += 1
        marked(heard, mark, ids)

    monkeypatch.setattr(office.inbox, "mark", counted)
    day, sizes, before = Day(office), {}, asyncio.all_tasks()
    with using(Hasty()):
        async with office.at_work():
            for number in range(MINUTES):
                await day.minute(number)
                if number in (STEADY, MINUTES - 1):
                    gc.collect()
                    sizes[number] = len(gc.get_objects())
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert (office.ward.of("纸飞机").heard, day.polls > MINUTES) == (day.asked, True)
    fates = {fate: marks[fate] for fate in (Mark.ANSWERED, Mark.UNKNOWN, Mark.FAILED, Mark.QUIET, Mark.MISSED)}
    assert (sum(fates.values()), fates[Mark.FAILED], fates[Mark.QUIET], fates[Mark.MISSED]) == (day.asked, 0, 0, 0)
    # An answer whose answer never came was shown or not; every other one was shown, and once.
    assert fates[Mark.ANSWERED] <= day.shown <= fates[Mark.ANSWERED] + fates[Mark.UNKNOWN], (fates, day.broken)
    assert 0 < fates[Mark.UNKNOWN] <= day.broken["within"]
    assert sizes[MINUTES - 1] - sizes[STEADY] < GROWTH, sizes
