"""The official QQ bot, through its gateway and through its webhook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.channels.hearing import Ear
from bot.channels.protocol import Channel, Trouble
from bot.channels.settings import channels_of
from bot.clock import Clock, SystemClock
from bot.toml_values import Spot
from tests.bot.channels.qq.fake_official import APP, GROUP, SECRET, UNION, USER, FakeQQ
from tests.contracts.counterpart import Counterpart, Shown

CODES = {
    Trouble.RATE: 22009,
    Trouble.TOKEN: 11243,
    Trouble.AUTH: 11298,
    Trouble.TARGET: 40034102,
    Trouble.PERSON: 40054013,
    Trouble.CONTENT: 40034006,
    Trouble.SERVER: 50055001,
}


class OfficialCounterpart(Counterpart):
    """`webhook`: the platform calls us."""

    group, private, person = f"qqbot/group:{GROUP}", f"qqbot/private:{USER}", f"qqbot/{UNION}"
    secrets = (SECRET, "token-1", "token-2")
    troubles = frozenset(CODES)
    refreshes_token = True

    def __init__(self, *, webhook: bool = False, clock: Clock | None = None) -> None:
        super().__init__()
        clock = clock or SystemClock()
        self.fake = FakeQQ(clock)
        self.fake.show = self._show
        self.connects = not webhook
        self._webhook, self._ear = webhook, None
        section = {
            "kind": "qq-official", "app_id": APP, "secret": SECRET, "base": self.fake.http.base,
            "token_base": self.fake.http.base, "transport": "webhook" if webhook else "websocket",
        }  # fmt: skip
        self.channel: Channel = channels_of(Spot("qiantou.toml", "channels"), {"qqbot": section}, Path(), clock)[0]

    async def open(self, ear: Ear) -> None:
        self._ear = ear
        await self.fake.open()

    async def close(self) -> None:
        await self.fake.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        event = self.fake.message(text, group=group, named=mentioned, id=id)
        await self.tell(*event)
        return str(event[1]["id"])

    async def tell(self, kind: str, values: dict[str, Any]) -> None:
        """Bring an event in whichever way they come."""
        if self._webhook:
            assert self._ear is not None
            answer = await self.channel.called(self.fake.callback(self.fake.dispatched(kind, values)), self._ear)
            assert (answer.status, answer.body) == (200, b'{"op": 12, "d": 0}')
        else:
            await self.fake.tell(kind, values)

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self.fake.script += [CODES[trouble]] * times

    def lose_answer(self) -> None:
        self.fake.script.append("lost")

    async def disconnect(self) -> None:
        await self.fake.drop()

    def _show(self, where: str, text: str, id: str, answers: str, image: bytes) -> None:
        kind, _, openid = where.partition("/")
        conversation = f"qqbot/{'group' if kind == 'groups' else 'private'}:{openid}"
        self.show(Shown(conversation, "" if image else text, id, answers, content=image))


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "qq official, gateway": lambda _: OfficialCounterpart(),
    "qq official, webhook": lambda _: OfficialCounterpart(webhook=True),
}
