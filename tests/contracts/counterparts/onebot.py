"""QQ through OneBot v11, both ways of connecting and both forms of a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.channels.hearing import Ear
from bot.channels.protocol import Trouble
from bot.channels.qq.onebot import OneBotChannel
from bot.channels.qq.onebot_doors import Door, Forward, Reverse, Use
from bot.channels.qq.pacing import Pace
from bot.channels.settings import Endpoint
from bot.clock import Clock, SystemClock
from tests.bot.channels.qq.fake_onebot import FakeOneBot, at, reply, unpacked
from tests.bot.channels.qq.fake_onebot import text as words
from tests.contracts.counterpart import Counterpart, Shown

TOKEN = "a-token-of-16-signs"
CODES = {Trouble.SERVER: 1200, Trouble.AUTH: 1403, Trouble.CONTENT: 1400, Trouble.TARGET: 110}


class OneBotCounterpart(Counterpart):
    """`reverse`: the implementation comes to us."""

    group, private, person = "qq/group:30003", "qq/private:20002", "qq/20002"
    secrets = (TOKEN,)
    troubles = frozenset(CODES)

    def __init__(
        self, *, reverse: bool = False, cq: bool = False, strings: bool = False, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self.fake = FakeOneBot(token=TOKEN, cq=cq, strings=strings)
        self.fake.words[110] = "sendMsg failed, 机器人不在群里"
        self.fake.show = self._show
        self._reverse, self._door, clock = reverse, Later(), clock or SystemClock()
        self.channel = OneBotChannel("qq", self._door, clock, secrets=(TOKEN,), pace=Pace(clock, (0, 0)), timeout=0.5)

    async def open(self, ear: Ear) -> None:
        if self._reverse:
            self._door.real = Reverse("127.0.0.1", 0, "/onebot/v11/ws", TOKEN, "10001", self._come)
        else:
            self._door.real = Forward(Endpoint(await self.fake.serve()), TOKEN)

    def _come(self, port: int) -> None:
        self.fake.come(f"ws://127.0.0.1:{port}/onebot/v11/ws")

    async def close(self) -> None:
        await self.fake.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        parts = [words(f" {text}" if mentioned and group else text)]
        if mentioned and group:
            parts.insert(0, at(self.fake.account))
        if quoted:
            parts.insert(0, reply(quoted))
        event = self.fake.message(parts, id=id, private=not group)
        await self.fake.tell(event)
        return str(event["message_id"])

    async def give(self, name: str, content: bytes, *, group: bool = False) -> str:
        self.fake.files["/f7"] = content
        file = {"type": "file", "data": {"file": name, "file_id": "/f7", "file_size": str(len(content))}}
        await self.fake.tell(self.fake.message([file], private=not group))
        return "file:/f7"

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self.fake.script += [CODES[trouble]] * times

    def lose_answer(self) -> None:
        self.fake.script.append("lost")

    async def disconnect(self) -> None:
        await self.fake.drop()

    def _show(self, where: str, given: Any, id: str) -> None:
        where = f"qq/{where}"
        if isinstance(given, tuple):
            return self.show(Shown(where, "", id, file=given[0], content=given[1]))
        if given[0]["type"] == "image":
            return self.show(Shown(where, "", id, content=unpacked(given[0]["data"]["file"])))
        answers = next((part["data"]["id"] for part in given if part["type"] == "reply"), "")
        shown = "".join(part["data"]["text"] for part in given if part["type"] == "text")
        return self.show(Shown(where, shown, id, answers))


class Later(Door):
    """A door whose place is known only once the platform is there."""

    real: Door

    async def keep(self, use: Use) -> None:
        await self.real.keep(use)


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "onebot forward": lambda _: OneBotCounterpart(),
    "onebot forward, strings": lambda _: OneBotCounterpart(cq=True, strings=True),
    "onebot reverse": lambda _: OneBotCounterpart(reverse=True),
}
