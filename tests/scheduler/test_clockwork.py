"""The clock that ticks: it goes on whatever a tick does, and stops when told."""

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from bot.clock import SystemClock, VirtualClock
from knowledge.ledger import Ledger
from scheduler.clockwork import Clockwork
from scheduler.policy import Policy
from scheduler.reminders import reminders_due
from tests.scheduler.offices import CALENDAR, by, duty, register_of


async def ticks(count: int, fail: bool = False) -> int:
    """How often it ticked until `count` ticks were seen."""
    seen = 0
    enough = asyncio.Event()

    async def tick() -> None:
        nonlocal seen
        seen += 1
        if seen >= count:
            enough.set()
        if fail:
            raise RuntimeError("a full disk")

    clockwork = Clockwork(tick, seconds=0.01)
    clockwork.start()
    clockwork.start()
    async with asyncio.timeout(5):
        await enough.wait()
    clockwork.stop()
    clockwork.stop()
    stopped = seen
    await asyncio.sleep(0.05)
    assert seen == stopped
    return seen


async def test_it_ticks_until_it_is_stopped() -> None:
    assert await ticks(3) == 3


async def test_a_tick_that_fails_is_told_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert await ticks(3, fail=True) == 3
    assert "a tick failed" in caplog.text


async def test_a_slow_tick_is_never_run_twice_at_once() -> None:
    running = most = 0
    enough = asyncio.Event()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.03)
        running -= 1
        enough.set()

    clockwork = Clockwork(slow, seconds=0.01)
    clockwork.start()
    async with asyncio.timeout(5):
        await enough.wait()
        enough.clear()
        await enough.wait()
    clockwork.stop()
    assert most == 1


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_moment_is_in_shanghai_whatever_the_machines_zone_is(machine_zone: str) -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now.timestamp() - time.time()) < 5
    assert VirtualClock(datetime.fromisoformat("2026-07-15T01:00:00+00:00")).now().hour == 9


def test_owed_is_reckoned_in_shanghai_wherever_the_moment_comes_from(machine_zone: str) -> None:
    register = register_of(duty(1, by("2026-07-15")))
    # 01:00 UTC on the 15th is nine in the morning in Shanghai; 17:00 UTC is already the small hours of the 16th.
    morning, night = (datetime.fromisoformat(f"2026-07-15T{hour}:00:00+00:00") for hour in ("01", "17"))
    (notice,) = reminders_due(register, Ledger(), morning, CALENDAR, Policy())
    assert (notice.stage, notice.today) == ("T", date(2026, 7, 15))
    assert reminders_due(register, Ledger(), night, CALENDAR, Policy()) == ()
