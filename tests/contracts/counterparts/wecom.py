"""企业微信: the self-built app, the groups it made, and the group robot in both its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.channels.hearing import Ear
from bot.channels.protocol import Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms import wecom

CODES = {
    Trouble.RATE: 45009, Trouble.TOKEN: 42001, Trouble.AUTH: 60020, Trouble.TARGET: 93000, Trouble.PERSON: 81013,
    Trouble.CONTENT: 40058, Trouble.SERVER: -1,
}  # fmt: skip


class Watched(wecom.WeCom):
    """Tells the counterpart what it shows."""

    def __init__(self, counterpart: WeComCounterpart) -> None:
        super().__init__(SystemClock())
        self._counterpart = counterpart

    def watch(self, seen: wecom.Seen) -> None:
        super().watch(seen)
        self._counterpart.show(
            Shown(self._counterpart.key_of(seen.where), seen.text, seen.id, "", seen.file, seen.content, seen.buttons)
        )


class WeComCounterpart(Counterpart):
    """The channel of one name at the platform."""

    connects = False
    secrets = (wecom.SECRET, wecom.KEY, wecom.AES_KEY, "t" * 600)
    troubles = frozenset(CODES) - {Trouble.TOKEN}
    refreshes_token = True
    name: str

    def __init__(self, changed: Mapping[str, object] | None = None) -> None:
        super().__init__()
        self.platform = Watched(self)
        section = {**wecom.settings(self.platform.server.base)[self.name], **(changed or {})}  # type: ignore[dict-item]
        self.channel = channels_of(Spot("qiantou.toml", "channels"), {self.name: section}, Path(), SystemClock())[0]

    def key_of(self, where: str) -> str:
        return self.where

    async def open(self, ear: Ear) -> None:
        await self.platform.server.open()
        self._ear = ear

    async def close(self) -> None:
        await self.platform.server.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        raise AssertionError("nobody is heard here")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        if trouble is Trouble.TOKEN:
            self.platform.expired = times
        else:
            self.platform.script += [CODES[trouble]] * min(times, 10)

    def lose_answer(self) -> None:
        self.platform.lose = 1


class App(WeComCounterpart):
    name = "企业应用"
    private = person = "企业应用/wangfang"

    def __init__(self, changed: Mapping[str, object] | None = None) -> None:
        super().__init__(changed)
        self._sender, self._said = wecom.Sender(SystemClock()), 0

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        self._said += 1
        id = id or f"45612553542513{self._said}"
        await self._bring(wecom.spoken("wangfang", text, id, SystemClock().now()))
        return id

    async def press(self, says: str, *, group: bool = True) -> str:
        await self._bring(wecom.pressed("wangfang", says, SystemClock().now()))
        return ""

    async def _bring(self, xml: str) -> None:
        answer = await self.channel.called(self._sender.sealed(xml), self._ear)
        assert (answer.status, answer.body) == (200, b"")


class Chat(WeComCounterpart):
    name, group = "应用群", "应用群/专班"

    def __init__(self, changed: Mapping[str, object] | None = None) -> None:
        super().__init__(changed)
        self.platform.chats["zhuanban1"] = ["wangfang", "lisi"]

    hears = False


class Robot(WeComCounterpart):
    name, group, hears, refreshes_token = "群机器人", "群机器人/工作群", False, False
    troubles = WeComCounterpart.troubles - {Trouble.PERSON}


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "wecom app": lambda _: App(),
    "wecom appchat": lambda _: Chat(),
    "wecom webhook": lambda _: Robot(),
    "wecom webhook in markdown": lambda _: Robot({"format": "markdown"}),
}
