"""The disk is full at any of the calls that write: nothing is lost, nothing is doubled, and one sentence says what to do."""

import errno
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.memory import MemoryChannel
from knowledge.ledger import EntryKind
from knowledge.model import Message
from knowledge.store import StoreError
from knowledge.store_disk import Disk, using
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import draft, entry
from tests.scheduler.offices import Office, at, by, duty, register_of

REGISTER = register_of(*(duty(number, by("2026-07-15")) for number in (1, 2)), duty(3, by("2026-07-17")))
STRIDE = 17


class Filling(Disk):
    """A disk that takes `room` more calls, half of the next write, and then nothing until `room` is set again."""

    def __init__(self, room: int) -> None:
        self.room, self.calls = room, 0

    def _take(self) -> None:
        self.calls += 1
        if self.calls > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def open(self, path: Path, flags: int, mode: int) -> int:
        if flags & os.O_CREAT and not path.exists():
            self._take()
        return super().open(path, flags, mode)

    def write(self, descriptor: int, content: memoryview) -> int:
        if self.calls == self.room and len(content) > 1:
            self.calls += 1
            return super().write(descriptor, content[: len(content) // 2])
        self._take()
        return super().write(descriptor, content)

    def write_at(self, descriptor: int, content: bytes, place: int) -> int:
        self._take()
        return super().write_at(descriptor, content, place)

    def sync(self, descriptor: int) -> None:
        self._take()
        super().sync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        self._take()
        super().replace(source, target)


class Day:
    """What an office does on a few days. Every step may be done again; `said` keeps what anybody was told of trouble."""

    def __init__(self, home: Path, channel: MemoryChannel) -> None:
        self.store = TinyDBStore(home)
        self.office = Office(REGISTER, store=self.store, channel=channel)
        self.said: list[str] = []
        self.office.app.alarms._tell = self.said.append
        self.steps: list[Callable[[], object]] = [
            self._file,
            lambda: self.office.tick("2026-07-14 09:00"),
            lambda: self.office.tick("2026-07-14 09:01"),
            self._report,
            lambda: self.office.tick("2026-07-15 09:00"),
            lambda: self.office.tick("2026-07-15 12:00"),
        ]

    def _file(self) -> None:
        if len(self.store.load().documents) == 1:
            self.store.file(self.store.load().filed(draft("乙方案"))[0], entry(EntryKind.FILED, words="乙方案入册"))

    def _report(self) -> None:
        if self.store.ledger().kinds(EntryKind.REPORTED):
            return
        self.office.clock.set(at("2026-07-14 10:00"))
        message = Message("第1项已完成", sender="张晓", role="liaison", unit="市财政局")
        self.said += [text for text in [self.office.app.receive(message).text] if "没有记下来" in text]

    def do(self, step: Callable[[], object]) -> None:
        try:
            step()
        except StoreError as error:
            self.said.append(str(error))

    def close(self) -> None:
        self.store.close()


def prepared(home: Path) -> Path:
    with TinyDBStore(home) as store:
        store.file(REGISTER)
    return home


def outcome(home: Path, channel: MemoryChannel) -> tuple[Any, ...]:
    """What is in the home in the end, and last what the group has seen, each with how often."""
    store = TinyDBStore(home)
    ledger = store.ledger()
    once = Counter(re.sub(r"^again-\d+\|", "", one.key) for one in ledger.kinds(EntryKind.SENT, EntryKind.UNKNOWN))
    words = sorted(one.words for one in ledger.kinds(EntryKind.FILED, EntryKind.REPORTED))
    shown = Counter(re.findall(r"第\d项.*?——\S+", "\n".join(one.text for one in channel.posted)))
    assert store.warnings == ()
    return sorted(title.title for title in store.load().documents), sorted(once.items()), words, sorted(shown.items())


def undisturbed(folder: Path) -> tuple[tuple[Any, ...], int]:
    channel, disk = MemoryChannel(), Filling(10**9)
    day = Day(prepared(folder), channel)
    with using(disk):
        for step in day.steps:
            day.do(step)
    day.close()
    assert day.said == []
    return outcome(folder, channel), disk.calls


def check(folder: Path, moment: int, whole: tuple[Any, ...], dies: bool) -> None:
    channel, disk = MemoryChannel(), Filling(moment)
    day = Day(prepared(folder), channel)
    for number in range(len(day.steps)):
        with using(disk):
            day.do(day.steps[number])
        if disk.calls > disk.room:
            if dies:  # the process ends, somebody makes room, and it is started again
                day.close()
                said = day.said
                day = Day(folder, channel)
                day.said = said
                day.office.clock.set(at("2026-07-14 09:02") if number < 4 else at("2026-07-15 09:30"))
                day.office.app.settle()
            disk.room = 10**9
            with using(disk):
                day.do(day.steps[number])
    day.close()
    told = [sentence for sentence in day.said if "磁盘已满" in sentence]
    assert len(told) == len(day.said), moment
    assert all("请清理磁盘后重试" in sentence for sentence in told), moment
    *kept, shown = outcome(folder, channel)
    assert kept == [*whole[:-1]], moment
    unknown = len(TinyDBStore(folder).ledger().kinds(EntryKind.UNKNOWN))
    assert set(shown) <= set(whole[-1]), f"doubled at {moment}"
    assert len(shown) + unknown >= len(whole[-1]), f"lost at {moment}"
    assert unknown == 0 or dies, moment


def all_of(tmp_path: Path, stride: int, dies: bool) -> None:
    whole, calls = undisturbed(tmp_path / "whole")
    assert calls > 30
    moments: Iterable[int] = range(0, calls, stride)
    for moment in moments:
        check(tmp_path / str(moment), moment, whole, dies)


@pytest.mark.parametrize("dies", [False, True], ids=["goes on", "is started again"])
def test_full_at_some_writes_nothing_is_lost(tmp_path: Path, dies: bool) -> None:
    all_of(tmp_path, STRIDE, dies)


@pytest.mark.chaos
@pytest.mark.parametrize("dies", [False, True], ids=["goes on", "is started again"])
def test_full_at_every_write_nothing_is_lost(tmp_path: Path, dies: bool) -> None:
    all_of(tmp_path, 1, dies)
