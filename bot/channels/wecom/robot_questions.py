"""在答的问题: messages whose answer is still to come, each with the stream that it is answered in."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.wecom.robot_link import RESPOND, Ack

MOST = 1000
"""Questions that are remembered; of older ones the answer is pushed."""
LASTS = 300.0
"""Seconds after which a stream that was begun is ended: the platform refuses it after six minutes."""
LOOKING = "正在查，请稍候。"
UNFINISHED = "这一问还没有查完，有了结果另行回复；等不及请再问一次。"

Respond = Callable[[str, dict[str, Any], str], Awaitable[Ack]]
"""Sends (command, body, id) under a message's own id."""


def stream(name: str, content: str, finish: bool) -> dict[str, Any]:
    """The body of a reply as a stream."""
    return {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": content}}


@dataclass(slots=True)
class Question:
    """One message: the platform's id of the call that brought it, the name of its stream, whether that is of no use any more, and
    what tells people that it takes long."""

    id: str
    name: str
    spent: bool = False
    beside: asyncio.Task[None] | None = field(default=None, repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)


class Questions:
    """The questions of one robot; `slow` seconds after which one is told that it is being looked into."""

    def __init__(self, respond: Respond, slow: float) -> None:
        self._respond, self._slow = respond, slow
        self._open: OrderedDict[str, Question] = OrderedDict()

    def ask(self, id: str) -> None:
        """A question was heard."""
        if id in self._open:
            return
        question = self._open[id] = Question(id, f"stream_{id}"[:120])
        question.beside = asyncio.get_running_loop().create_task(self._soothe(question))
        while len(self._open) > MOST:
            self._forget(self._open.popitem(last=False)[1])

    async def answer(self, id: str, content: str) -> Ack | None:
        """Answer within the question's stream. None where that is not possible (any more): the answer is pushed."""
        question = self._open.pop(id, None)
        if question is None:
            return None
        async with question.turn:  # what is being said meanwhile comes to its end first
            self._forget(question)
            if question.spent:
                return None
            return await self._respond(RESPOND, stream(question.name, content, finish=True), id)

    async def close(self) -> None:
        """Leave nothing running."""
        questions = list(self._open.values())
        self._open.clear()
        for question in questions:
            self._forget(question)
        await asyncio.gather(*(one.beside for one in questions if one.beside), return_exceptions=True)

    async def _soothe(self, question: Question) -> None:
        """Say after a while that it is being looked into; and end that after a long while, so that it does not stand there for
        ever."""
        await asyncio.sleep(self._slow)
        if await self._said(question, LOOKING, finish=False):
            await asyncio.sleep(LASTS)
            await self._said(question, UNFINISHED, finish=True)
            question.spent = True

    async def _said(self, question: Question, words: str, finish: bool) -> bool:
        async with question.turn:
            ack = await self._respond(RESPOND, stream(question.name, words, finish), question.id)
            question.spent = ack.code != 0
            return not question.spent

    @staticmethod
    def _forget(question: Question) -> None:
        if question.beside is not None:
            question.beside.cancel()
