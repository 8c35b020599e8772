"""A day of QQ with a disconnect a minute, over real sockets: every question heard and answered once, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from pathlib import Path

import pytest

from bot.channels.protocol import Status
from tests.contracts.counterpart import Listener, counterparts, listening

MINUTES = 24 * 60
STEADY = 12 * 60
GROWTH = 3_000
"""Objects that may be more at the end than when all was steady: the ids of answered messages are remembered."""


@pytest.mark.soak
@pytest.mark.parametrize("name", ["onebot forward", "onebot reverse", "qq official, gateway"])
async def test_a_day_with_a_disconnect_a_minute(name: str, tmp_path: Path) -> None:
    there, ear = counterparts()[name](tmp_path), Listener()
    before = asyncio.all_tasks()
    sizes: dict[int, int] = {}
    asked: list[str] = []
    answered: Counter[str] = Counter()
    async with listening(there, ear):
        for minute in range(MINUTES):
            asked.append(await there.say(f"第{minute}问"))
            while not ear.heard or ear.heard[-1].id != asked[-1]:
                await ear.until(heard=len(ear.heard) + 1)
            heard = ear.heard[-1]
            await there.disconnect()
            verdict = await there.channel.answer(heard, f"第{minute}答", f"a{minute}-0")
            assert verdict.status is Status.SENT, verdict.raw
            answered.update(one.answers for one in there.messages)
            _forget(there, ear)
            if minute in (STEADY, MINUTES - 1):
                gc.collect()
                sizes[minute] = len(gc.get_objects())
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert answered == Counter(asked)
    assert sizes[MINUTES - 1] - sizes[STEADY] < GROWTH, sizes


def _forget(there: object, ear: Listener) -> None:
    """What the test itself would keep."""
    there.messages.clear()  # type: ignore[attr-defined]
    ear.heard, ear.told, ear.known = ear.heard[-1:], [], set()
    fake = there.fake  # type: ignore[attr-defined]
    for kept in ("calls", "posted", "handshakes", "greetings"):
        getattr(fake, kept, []).clear()
    for kept in ("kept", "_said", "_answers"):
        getattr(fake, kept, {}).clear()
