"""常驻: an office with several channels in one process, from its start to SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.app import App, build
from bot.channels.hearing import Callback, Ear, Heard, Response
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Disconnected, Trouble
from bot.channels.unserved import Unserved
from bot.clock import VirtualClock
from bot.health import State, read
from bot.home import Home
from bot.inbox import Mark
from bot.serving import Serving
from bot.web.settings import ServerConfig
from knowledge.directory import bound_entry
from knowledge.ledger import EntryKind
from tests.contracts.served import NOW, REGISTER


class Gateway(MemoryChannel):
    """Hears by callbacks."""

    async def listen(self, ear: Ear) -> None:
        return

    async def called(self, request: Callback, ear: Ear) -> Response:
        told = json.loads(request.body)
        await ear.hear(Heard(self.name, told["id"], f"{self.name}/李", f"{self.name}/李", told["text"], NOW))
        return Response(200, b"ok")


class Refused(MemoryChannel):
    async def listen(self, ear: Ear) -> None:
        raise Disconnected("secret refused", Trouble.AUTH, "密钥被拒绝，请重新复制。")


@dataclass
class Place:
    """A home on disk with a register, and channels to serve it on."""

    folder: Path
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(NOW))

    def __post_init__(self) -> None:
        self.home = Home(self.folder / "home")
        self.home.create()
        with self.home.store() as store:
            store.file(REGISTER, bound_entry("群/督查", "市财政局", NOW, "测试"))
        (self.folder / "home" / "qiantou.toml").write_text("[reminders]\njitter = 0\n", encoding="utf-8")

    @contextlib.asynccontextmanager
    async def served(self, *channels: MemoryChannel) -> AsyncIterator[tuple[Serving, App]]:
        store = self.home.store("qiantou serve")
        app = build(self.home.path, store, Unserved(), self.clock)
        app.channels = {channel.name: channel for channel in channels}
        serving = Serving(self.home, app, channels, ServerConfig(port=0), self._wait)
        stop = asyncio.Event()
        running = asyncio.create_task(serving.run(stop))
        await asyncio.sleep(0)
        yield serving, app
        stop.set()
        await asyncio.wait_for(running, 10)

    async def _wait(self, seconds: float) -> None:
        await asyncio.Event().wait()


def told(channel: MemoryChannel, text: str, id: str = "1") -> Heard:
    return Heard(channel.name, id, f"{channel.name}/督查", f"{channel.name}/王", text, NOW, "王芳", group=True)


async def until(wanted: object) -> None:
    """Let the office work until something holds."""
    assert callable(wanted)
    async with asyncio.timeout(10):
        while not wanted():
            await asyncio.sleep(0.005)


async def test_channels_answer_and_remind_side_by_side_and_a_refused_one_harms_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    place, group, refused = Place(tmp_path), MemoryChannel(name="群"), Refused(name="坏")
    async with place.served(group, Gateway(name="号"), refused) as (serving, app):
        group.bring(told(group, "市教育局有哪些任务"))
        await until(lambda: len(group.posted) == 2)
        assert {one.answers for one in group.posted} == {"1", ""}
        assert any("今天到期" in one.text for one in group.posted)
        assert [serving.ward.of(name).state for name in ("群", "号", "坏")] == [
            State.CONNECTED, State.OPEN, State.STOPPED,
        ]  # fmt: skip
        assert "密钥被拒绝，请重新复制。" in app.alarms.on
    _, healths = read(place.home.channels)
    assert {one.channel: (one.state, one.heard, one.sent) for one in healths} == {
        "群": (State.CLOSED, 1, 2), "号": (State.CLOSED, 0, 0), "坏": (State.CLOSED, 0, 0),
    }  # fmt: skip


async def test_a_callback_is_told_that_it_has_arrived_and_is_answered_afterwards(tmp_path: Path) -> None:
    place, gateway = Place(tmp_path), Gateway(name="号")
    async with place.served(gateway) as (serving, _):
        assert serving.web is not None
        await until(lambda: serving.web.port)
        async with httpx.AsyncClient(trust_env=False) as client:
            url = f"http://127.0.0.1:{serving.web.port}/c/%E5%8F%B7/"
            for _ in range(3):
                answer = await client.post(url, json={"id": "m1", "text": "市财政局有哪些任务"})
                assert (answer.status_code, answer.text) == (200, "ok")
        await until(lambda: gateway.posted)
    assert [(one.conversation, one.answers) for one in gateway.posted] == [("号/李", "m1")]


async def test_what_no_channel_serves_fails_with_an_alarm_and_is_never_called_sent(tmp_path: Path) -> None:
    place, other = Place(tmp_path), MemoryChannel(name="别处")
    async with place.served(other) as (_, app):
        await until(lambda: app.store.ledger().kinds(EntryKind.FAILED))
        ledger = app.store.ledger()
        assert not ledger.kinds(EntryKind.SENT)
        assert "没有通道负责" in ledger.kinds(EntryKind.FAILED)[0].details["raw"]
        assert any("会话“群/督查”没有通道负责" in one for one in app.alarms.on)


async def test_a_send_that_is_cut_off_by_the_end_is_written_down_as_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.serving.SPEAKING", 0.05)
    monkeypatch.setattr("bot.serving.ANSWERING", 0.05)

    class Hanging(MemoryChannel):
        async def _say(self, message: object) -> object:  # type: ignore[override]
            await asyncio.Event().wait()

    place, group = Place(tmp_path), Hanging(name="群")
    async with place.served(group) as (serving, app):
        group.bring(told(group, "市教育局有哪些任务"))
        await until(lambda: serving.inbox.mark_of("群", "1") is Mark.SPEAKING)
        await until(lambda: app.store.ledger().kinds(EntryKind.CLAIMED))
    with place.home.store() as store:
        assert [str(one.kind) for one in store.ledger() if one.key] == ["claimed", "unknown"]
    after = MemoryChannel(name="群")
    async with place.served(after) as (serving, _):
        await until(lambda: after.posted)
    assert ["答复可能没有送到" in one.text for one in after.posted] == [True]


async def test_nothing_is_left_running_when_it_has_ended(tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    place, group = Place(tmp_path), MemoryChannel(name="群")
    async with place.served(group, Gateway(name="号")):
        group.bring(told(group, "市教育局有哪些任务"))
        await until(lambda: len(group.posted) == 2)
    assert asyncio.all_tasks() == before


async def test_what_is_asked_for_practice_is_answered_and_neither_told_nor_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place, group = Place(tmp_path), MemoryChannel(name="群")
    async with place.served(group) as (serving, app):
        await until(lambda: group.posted)  # today's reminder, which has nothing to do with it
        before = len(app.store.ledger().entries), len(group.posted)
        await serving.desk.practise()
        assert (len(app.store.ledger().entries), len(group.posted)) == before
        assert not [record for record in caplog.records if "practice" in record.message]
        group.bring(told(group, "市教育局有哪些任务"))
        await until(lambda: len(group.posted) > before[1])
        assert group.posted[-1].answers == "1"
