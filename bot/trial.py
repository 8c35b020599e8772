"""试连: one channel is connected for a moment, and what its platform says is told in Chinese."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.channels.hearing import Ear, Heard, Tiding, TidingKind
from bot.channels.protocol import Channel, Disconnected, Trouble
from bot.channels.redaction import redacted
from knowledge.store import StoreError

SECONDS = 8.0
"""For a connection to be refused in; what is not refused by then stands."""


@dataclass(frozen=True, slots=True)
class Trial:
    """试连 of one channel, in a sentence."""

    sentence: str
    failed: bool = False


class _Asleep(Ear):
    """Keeps nothing and says so, so that no message is lost to a trial: platforms say it again to whoever serves, or channels
    tell whoever said it."""

    def __init__(self) -> None:
        self.online = asyncio.Event()

    async def hear(self, heard: Heard) -> bool:
        self.online.set()
        raise StoreError("正在试连，不收消息。")

    async def tell(self, tiding: Tiding) -> None:
        if tiding.kind is TidingKind.ONLINE:
            self.online.set()


async def tried(channel: Channel, seconds: float = SECONDS) -> Trial:
    """What happens when the channel listens for so many seconds at most."""
    ear = _Asleep()
    listening, online = asyncio.create_task(channel.listen(ear)), asyncio.create_task(ear.online.wait())
    try:
        done, _ = await asyncio.wait((listening, online), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if listening in done and not (listening.exception() is None and ear.online.is_set()):
            return _ended(channel, listening)
        if done:
            return Trial(f"{channel.name}：连上了，平台接受了账号。{channel.remark}")
        return Trial(f"{channel.name}：{seconds:g}秒内没有被拒绝，也没有得到平台的确认；请发一条消息试试。")
    finally:
        for one in (listening, online):
            one.cancel()
        await asyncio.gather(listening, online, return_exceptions=True)


def _ended(channel: Channel, listening: asyncio.Task[None]) -> Trial:
    error = listening.exception()
    if error is None:
        return Trial(f"{channel.name}：没有长连接可试，收发时才知道平台是否接受；可以发一条消息试试。")
    if isinstance(error, Disconnected) and error.trouble is Trouble.AUTH:
        return Trial(f"{channel.name}：平台拒绝了账号。{error.alarm or redacted(str(error))[:80]}", failed=True)
    if isinstance(error, Disconnected) and error.alarm:
        return Trial(f"{channel.name}：{redacted(f'{error}')[:80]}。{error.alarm}", failed=True)
    return Trial(f"{channel.name}：没有连上（{redacted(f'{error}')[:80]}），请核对地址、代理和网络。", failed=True)
