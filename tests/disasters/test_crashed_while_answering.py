"""The process ends at every single step between hearing and having answered; after the next start nobody was answered twice,
nobody was left without a word, and the ledger was told once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.channels.hearing import Heard
from knowledge.ledger import EntryKind
from tests.contracts.counterparts.memory import ALL, MemoryCounterpart
from tests.contracts.served import NOW, Served

REPORT = Heard("memory", "r1", "memory/王", "memory/王", "第1项已完成", NOW, "王芳")
QUESTION = Heard("memory", "q1", "memory/群Ab", "memory/李", "市教育局有哪些任务", NOW, "李明", group=True)


class Crash(BaseException):
    """The process is no more."""


@dataclass
class Death:
    """Comes at step number `at`; whatever is tried after it does not happen."""

    at: int
    steps: int = 0

    def before_and_after(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            self.step()
            done = call(*given, **named)
            self.step()
            return done

        return stepped

    def step(self) -> None:
        self.steps += 1
        if self.steps >= self.at:
            raise Crash


def dying(office: Served, death: Death) -> None:
    office.inbox._append = death.before_and_after(office.inbox._append)  # type: ignore[method-assign]
    office.store.append = death.before_and_after(office.store.append)  # type: ignore[method-assign]
    memory = office.counterpart._memory  # type: ignore[attr-defined]
    memory._show = death.before_and_after(memory._show)


async def lived(office: Served, heard: Heard, death: Death | None) -> bool:
    """One run in which the message is brought; whether the platform was told that it has arrived."""
    arrived = False
    with contextlib.suppress(Crash):
        async with office.at_work():
            if death:
                dying(office, death)
            with contextlib.suppress(Crash):
                await office.desk.hear(heard)
                arrived = True
            workers = list(office.desk._workers.values())
            await asyncio.gather(*workers, return_exceptions=True)
            await office.desk.settled()
    return arrived


@pytest.mark.parametrize("heard", [REPORT, QUESTION], ids=["a report", "a question"])
async def test_at_whatever_step_it_ends_each_is_answered_once_or_told(
    heard: Heard, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    ends = 0
    for at in count(1):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        office = Served(MemoryCounterpart(ALL), folder)
        office.enrol()
        death = Death(at)
        await lived(office, heard, death)
        store = office.store
        store.__dict__.pop("append", None)
        shown = list(office.counterpart.messages)
        again = Served(MemoryCounterpart(ALL), folder, store)
        await lived(again, heard, None)  # the platform brings it once more; it may not have been told
        shown += again.counterpart.messages
        notes = [one for one in shown if "刚才程序中断过" in one.text]
        assert (len(shown) - len(notes), len(notes)) in ((1, 0), (0, 1), (1, 1)), (at, shown)
        if heard is REPORT:
            assert again.kinds(EntryKind.REPORTED) == 1, at
        if death.steps < at:
            break
        ends += 1
    assert ends >= 8
