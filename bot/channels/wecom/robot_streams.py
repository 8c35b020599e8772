"""流式回答: the answer to one message under its own id, which may be begun before it is known."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.wecom.robot_link import RESPOND, Ack

MOST = 1000
"""Streams that are remembered; of older ones the answer is pushed."""
LASTS = 300.0
"""Seconds after which a stream that was begun is ended: the platform refuses it after six minutes."""
LOOKING = "正在查，请稍候。"
UNFINISHED = "这一问还没有查完，有了结果另行回复；等不及请再问一次。"
PASSED_OVER = "这一条不用回复。"

Respond = Callable[[str, dict[str, Any], str], Awaitable[Ack]]
"""Sends (command, body, id) under a message's own id."""


def stream_body(name: str, content: str, finish: bool) -> dict[str, Any]:
    """The body of a reply as a stream."""
    return {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": content}}


@dataclass(slots=True)
class Stream:
    """流式回答 to one message: the id of the call that brought it, its own name, whether it was begun or is of no use any more, and
    what tells people that it takes long."""

    id: str
    name: str
    spent: bool = False
    begun: bool = False
    beside: asyncio.Task[None] | None = field(default=None, repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)


class Streams:
    """The answers that one robot still owes; `slow` seconds after which who asked is told that it is being looked into."""

    def __init__(self, respond: Respond, slow: float) -> None:
        self._respond, self._slow = respond, slow
        self._open: OrderedDict[str, Stream] = OrderedDict()

    def ask(self, id: str) -> None:
        """A message is being heard that will be answered."""
        if id in self._open:
            return
        stream = self._open[id] = Stream(id, f"stream_{id}"[:120])
        stream.beside = asyncio.get_running_loop().create_task(self._soothe(stream))
        while len(self._open) > MOST:
            self._forget(self._open.popitem(last=False)[1])

    async def answer(self, id: str, content: str) -> Ack | None:
        """Answer under the message's own id. None where that is not possible (any more): the answer is pushed."""
        stream = self._open.pop(id, None)
        if stream is None:
            return None
        async with stream.turn:  # what is being said meanwhile comes to its end first
            self._forget(stream)
            if stream.spent:
                return None
            return await self._respond(RESPOND, stream_body(stream.name, content, finish=True), id)

    async def pass_over(self, id: str) -> None:
        """Nothing will be said: where something was begun, it is ended."""
        stream = self._open.pop(id, None)
        if stream is None:
            return
        async with stream.turn:
            self._forget(stream)
            if stream.begun and not stream.spent:
                await self._respond(RESPOND, stream_body(stream.name, PASSED_OVER, finish=True), id)

    async def close(self) -> None:
        """Leave nothing running."""
        streams = list(self._open.values())
        self._open.clear()
        for stream in streams:
            self._forget(stream)
        await asyncio.gather(*(one.beside for one in streams if one.beside), return_exceptions=True)

    async def _soothe(self, stream: Stream) -> None:
        """Say after a while that it is being looked into; and end that after a long while, so that it does not stand there for
        ever."""
        await asyncio.sleep(self._slow)
        if await self._said(stream, LOOKING, finish=False):
            await asyncio.sleep(LASTS)
            await self._said(stream, UNFINISHED, finish=True)
            stream.spent = True

    async def _said(self, stream: Stream, words: str, finish: bool) -> bool:
        async with stream.turn:
            ack = await self._respond(RESPOND, stream_body(stream.name, words, finish), stream.id)
            stream.begun, stream.spent = True, ack.code != 0
            return not stream.spent

    @staticmethod
    def _forget(stream: Stream) -> None:
        if stream.beside is not None:
            stream.beside.cancel()
