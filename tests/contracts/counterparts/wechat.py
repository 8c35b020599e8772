"""公众号, in plain and in safe mode, and one whose answers always miss the five seconds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

from bot.channels.hearing import Ear
from bot.channels.protocol import Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms import wechat

CODES = {
    Trouble.RATE: 45009, Trouble.AUTH: 40164, Trouble.TARGET: 48001, Trouble.PERSON: 45015, Trouble.CONTENT: 45002,
    Trouble.SERVER: -1,
}  # fmt: skip


class Watched(wechat.WeChat):
    """Tells the counterpart what it shows."""

    def __init__(self, counterpart: Account) -> None:
        super().__init__(SystemClock())
        self._counterpart = counterpart

    def watch(self, seen: wechat.Seen) -> None:
        super().watch(seen)
        self._counterpart.show(Shown(self._counterpart.private, seen.text, "", "", seen.file, seen.content))


class Account(Counterpart):
    """One follower who wrote today. `late`: no answer is ready while a callback waits."""

    connects = False
    passive = True
    secrets = (wechat.SECRET, wechat.TOKEN, wechat.AES_KEY)
    troubles = frozenset(CODES)
    refreshes_token = True
    private = person = f"公众号/{wechat.FOLLOWER}"

    def __init__(self, safe: bool = False, late: bool = False) -> None:
        super().__init__()
        self.platform, self.vouches = Watched(self), late
        self.platform.allow(wechat.FOLLOWER, 1000)
        section = wechat.settings(self.platform.server.base, safe)
        self.channel = channels_of(Spot("qiantou.toml", "channels"), {"公众号": section}, Path(), SystemClock())[0]
        self._sender, self._calls, self._said, self._late = wechat.Sender(SystemClock(), safe), set(), 0, late

    async def open(self, ear: Ear) -> None:
        await self.platform.server.open()
        self._ear = ear

    async def close(self) -> None:
        for call in self._calls:
            call.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await call
        await self.platform.server.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        self._said += 1
        id = id or f"60547685900647137{self._said}"
        call = asyncio.create_task(self._deliver(wechat.written(text, id, SystemClock().now())))
        self._calls.add(call)
        if self._late:
            await call
        return id

    async def _deliver(self, xml: str) -> None:
        request = self._sender.posted(xml)
        answer = await self.channel.called(request, self._ear)
        assert answer.status == 200
        if text := self._sender.read(request, answer.body):
            self.platform.watch(wechat.Seen(wechat.FOLLOWER, "passive", text))

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        if trouble is Trouble.TOKEN:
            self.platform.expired = times
        else:
            self.platform.script += [CODES[trouble]] * min(times, 10)

    def lose_answer(self) -> None:
        self.platform.lose = 1


class Late(Account):
    def __init__(self) -> None:
        super().__init__(late=True)
        self.channel.patience = 0.0  # type: ignore[attr-defined] # the platform's five seconds are over at once


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "wechat account": lambda _: Account(),
    "wechat account in safe mode": lambda _: Account(safe=True),
    "wechat account that is late": lambda _: Late(),
}
