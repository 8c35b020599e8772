"""The same day through 企业微信's smart robot, over real connections that end each minute: before an answer, in it, or after."""

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
from tests.contracts.counterparts.wecom_robot import DISPLAY, GROUP, RobotCounterpart
from tests.contracts.served import Served
from tests.disasters.test_soak import ASKED, GROWTH, MINUTES, STEADY, Hasty


class Day:
    """`broken` counts how connections ended."""

    def __init__(self, office: Served) -> None:
        assert isinstance(office.counterpart, RobotCounterpart)
        self.office, self.platform, self.chance = office, office.counterpart.platform, random.Random(7)
        self.asked = self.shown = 0
        self.broken: Counter[str] = Counter()

    async def minute(self, number: int) -> None:
        how = self.chance.choice(("before", "within", "after"))
        self.broken[how] += 1
        await self.platform.subscribed()
        self.platform.cut = 1 if how == "within" else 0
        for _ in range(self.chance.randint(1, 2)):
            self.asked += 1
            person = f"p{self.asked % 40}"
            await self.platform.say(f"@{DISPLAY} {self.chance.choice(ASKED)}", GROUP, f"q{self.asked}", person)
        if how == "before":
            await self.platform.drop()
        while self.office.desk._workers or self.office.ward.of("机器人").heard < self.asked:
            await asyncio.sleep(0.002)
        if how == "after":
            await self.platform.drop()
        await self.office.app.tick()
        await self.office.desk.resume()
        self.forget(number)
        self.office.clock.advance(timedelta(seconds=60))

    def forget(self, number: int) -> None:
        """What the fake platform and the files need not keep."""
        self.shown += len(self.platform.seen)
        for kept in (self.platform.seen, self.platform.frames, self.office.counterpart.messages, self.platform._calls):
            kept.clear()
        if number % 60 == 0:
            self.office.inbox.tidy()


@pytest.mark.soak
async def test_a_day_of_the_robot_with_a_disconnect_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.KEPT", timedelta(hours=2))
    monkeypatch.setattr("bot.inbox.TIDY_LINES", 500)
    office = Served(RobotCounterpart(), tmp_path)
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
    assert asyncio.all_tasks() == before
    assert (office.ward.of("机器人").heard, day.platform.connections > 0.9 * MINUTES) == (day.asked, True)
    fates = {fate: marks[fate] for fate in (Mark.ANSWERED, Mark.UNKNOWN, Mark.FAILED, Mark.QUIET, Mark.MISSED)}
    assert (sum(fates.values()), fates[Mark.FAILED], fates[Mark.QUIET], fates[Mark.MISSED]) == (day.asked, 0, 0, 0)
    # An answer whose acknowledgement never came was shown or not; every other one was shown, and once.
    assert fates[Mark.ANSWERED] <= day.shown <= fates[Mark.ANSWERED] + fates[Mark.UNKNOWN], (fates, day.broken)
    assert fates[Mark.UNKNOWN] <= day.broken["within"] + day.broken["before"]
    assert sizes[MINUTES - 1] - sizes[STEADY] < GROWTH, sizes
