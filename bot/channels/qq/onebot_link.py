"""One WebSocket to a OneBot v11 implementation, whoever opened it: calls with their answers, events between them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from itertools import count
from typing import Any, Protocol

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from bot.channels.protocol import Disconnected, Trouble
from bot.channels.qq.memories import Recent
from bot.channels.qq.onebot_actions import Action, Answer
from bot.channels.qq.onebot_events import Beat, Event, is_event, understood
from bot.channels.redaction import redacted

MOST = 32 * 1024 * 1024
"""Bytes of one frame: a file of 20 MB in base64, with room."""
CALL_TIMEOUT = 15.0
"""Seconds for an answer; less than `bot.voice.POST_TIMEOUT`, so that we say what happened before we are cut off."""
MISSED = 3
"""So many intervals without a heartbeat end a connection (OneBot 11: meta events; 15 s by the standard, 30 s in NapCat)."""
REFUSALS = (1401, 1403)
REFUSED = "QQ 通道的令牌被拒绝，已停止连接；请核对 token 与 OneBot 实现里填写的是否一致，改好后重新启动。"


class Socket(Protocol):
    """What a client's and a server's connection of websockets have in common."""

    @property
    def state(self) -> State:
        """Whether it is open."""
        ...

    async def send(self, message: str) -> None:
        """One text frame."""
        ...

    async def recv(self) -> str | bytes:
        """The next frame."""
        ...

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close it; may be called twice."""
        ...


class Link:
    """A connection in use. `secrets` never stand in what it hands back."""

    def __init__(self, socket: Socket, secrets: Collection[str] = ()) -> None:
        self._socket, self._secrets = socket, tuple(secrets)
        self._numbers = count(1)
        self._waiting: dict[str, asyncio.Future[Answer]] = {}
        self._overdue: Recent[str, Callable[[Answer], None]] = Recent(500)

    @property
    def open(self) -> bool:
        """Whether something can be said over it."""
        return self._socket.state is State.OPEN

    async def call(
        self, action: Action, seconds: float = CALL_TIMEOUT, late: Callable[[Answer], None] | None = None
    ) -> Answer:
        """Ask for something. Never raises for what the network or the implementation does. Without an answer within the
        time, or when the connection ends first, it is not known what became of the call; `late` gets an answer that comes
        after its time."""
        if not self.open:
            return Answer(None, "连接已经断开，没有发送", left=False)
        echo = f"qiantou-{next(self._numbers)}"
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[echo] = waiting
        frame = {"action": action.name, "params": dict(action.params), "echo": echo}
        try:
            async with asyncio.timeout(seconds):
                await self._socket.send(json.dumps(frame, ensure_ascii=False))
                return await waiting
        except TimeoutError:
            if late is not None:
                self._overdue.keep(echo, late)
            return Answer(None, f"{action.name} 已发出，{seconds:g}秒内没有答复")
        except ConnectionClosed as error:
            return Answer(None, redacted(f"{action.name} 发送途中断线：{error}", self._secrets))
        finally:
            del self._waiting[echo]

    async def read(
        self, name: str, take: Callable[[Event], Awaitable[None]], beaten: Callable[[Beat], Awaitable[None]]
    ) -> None:
        """Read until the connection ends: events go to `take`, heartbeats to `beaten`, answers to whoever waits for them.
        Raises Disconnected, also when three heartbeats in a row are missed."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(None) as watch:
                while True:
                    frame = _frame(await self._socket.recv())
                    if not is_event(frame):
                        self._answered(frame)
                    elif isinstance(beat := understood_beat(frame, name), Beat):
                        watch.reschedule(loop.time() + MISSED * beat.interval)
                        await beaten(beat)
                    else:
                        await take(frame)
        except ConnectionClosed as error:
            raise Disconnected(redacted(f"连接断开：{error}", self._secrets)) from None
        except TimeoutError:
            raise Disconnected(f"连续{MISSED}个周期没有心跳") from None
        finally:
            self._give_up()

    async def close(self, reason: str = "") -> None:
        """Close the connection; may be called twice."""
        await self._socket.close(1000, reason)
        self._give_up()

    def _answered(self, frame: Mapping[str, Any]) -> None:
        """Hand an answer to the call it belongs to, by its echo as it was sent, in its time or late."""
        given = frame.get("echo")
        echo = given if isinstance(given, str) else ""
        waiting, late = self._waiting.get(echo), self._overdue.get(echo)
        if late is not None:
            self._overdue.forget(echo)
            late(Answer(frame))
            return
        if waiting is not None and not waiting.done():
            waiting.set_result(Answer(frame))
        elif waiting is None and frame.get("status") == "failed" and frame.get("retcode") in REFUSALS and not given:
            # NapCat refuses a token only after the upgrade: what was asked meanwhile was not done.
            for one in self._waiting.values():
                if not one.done():
                    one.set_result(Answer(frame))
            raise Disconnected(redacted(json.dumps(frame, ensure_ascii=False), self._secrets), Trouble.AUTH, REFUSED)

    def _give_up(self) -> None:
        """Whoever still waits learns that no answer will come."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Answer(None, "连接在答复到来之前断开"))


def understood_beat(frame: Event, name: str) -> Beat | None:
    """The heartbeat in an event; None for any other. Not left to whoever hears events: they may be behind."""
    found = understood(frame, name) if frame.get("post_type") == "meta_event" else None
    return found if isinstance(found, Beat) else None


def _frame(raw: str | bytes) -> Mapping[str, Any]:
    """The JSON object in a frame; what is none is empty, and then belongs to nobody."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
