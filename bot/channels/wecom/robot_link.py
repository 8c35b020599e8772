"""长连接: one connection of the smart robot: frames with ids, acknowledgements told apart by them, a heart that beats.

Frames and their meaning: doc 101463 and the official SDK 1.0.7. An acknowledgement has no command, so that only its id
tells what it answers; replies under one id leave one after the other.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import ssl
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from bot.channels.protocol import Disconnected
from bot.channels.redaction import redacted
from bot.channels.settings import Endpoint
from bot.clock import Clock

log = logging.getLogger(__name__)

SUBSCRIBE, PING, SEND = "aibot_subscribe", "ping", "aibot_send_msg"
RESPOND, WELCOME, UPDATE = "aibot_respond_msg", "aibot_respond_welcome_msg", "aibot_respond_update_msg"
UPLOAD_INIT, UPLOAD_CHUNK, UPLOAD_FINISH = (f"aibot_upload_media_{step}" for step in ("init", "chunk", "finish"))
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
LARGEST = 4 * 1024 * 1024
"""Bytes of a frame that are read."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
MISSED = 2
"""Unanswered beats of the heart after which the connection is dead."""
WAITED_FOR = 500
"""Answers that may still come after nobody waits for them any more."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: between two beats, for an acknowledgement, for opening a connection; how long something that is to be said waits
    for one, after which a question is told that it is being looked into, and for the name of a file."""

    beat: float = 30.0
    ack: float = 5.0
    opening: float = 15.0
    link: float = 10.0
    slow: float = 3.0
    name: float = 5.0


@dataclass(frozen=True, slots=True)
class Ack:
    """What the platform said to a frame: its `code` (0: taken; None: nothing came) with its `message`, its body and the words as
    they came, secrets blotted out; `left` tells whether the frame may have left."""

    code: int | None
    raw: str
    body: Mapping[str, Any] = field(default_factory=dict)
    left: bool = True
    message: str = ""


Late = Callable[[Ack], None]


@dataclass(slots=True)
class Turn:
    """The order in which frames under one id leave, and how many want to."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0


class Link:
    """One open connection. `hidden` are secrets."""

    def __init__(self, socket: ClientConnection, clock: Clock, times: Times, hidden: tuple[str, ...]) -> None:
        self._socket, self._clock, self._times, self._hidden = socket, clock, times, hidden
        self._waiting: dict[str, asyncio.Future[Ack]] = {}
        self._turns: dict[str, Turn] = {}
        self._late: OrderedDict[str, Late] = OrderedDict()
        self._missed = 0
        self._reason = ""

    @classmethod
    async def opened(cls, endpoint: Endpoint, clock: Clock, times: Times, hidden: tuple[str, ...]) -> Link:
        """Connect. Raises Disconnected."""
        try:
            tls = ssl.create_default_context(cafile=endpoint.ca) if endpoint.base.startswith("wss:") else None
            socket = await connect(
                endpoint.base, ssl=tls, proxy=endpoint.proxy or None, open_timeout=times.opening,
                close_timeout=1, ping_interval=None, max_size=LARGEST, user_agent_header=None,
            )  # fmt: skip
        except (OSError, WebSocketException, TimeoutError) as error:
            raise Disconnected(redacted(f"连不上 {type(error).__name__}: {error}", hidden)) from None
        return cls(socket, clock, times, hidden)

    async def run(self, called: Callable[[Mapping[str, Any]], None]) -> None:
        """Read frames until the connection ends: acknowledgements go to whoever waits, everything else to `called`. Always raises
        Disconnected."""
        heart = asyncio.create_task(self._beat())
        try:
            async for frame in self._socket:
                self._take(frame, called)
            reason = self._reason or "对方关闭了连接"
        except ConnectionClosed as closed:
            reason = self._reason or f"{type(closed).__name__}: {closed}"
        finally:
            heart.cancel()
            await self.close()
        raise Disconnected(redacted(reason, self._hidden))

    async def ask(
        self, command: str, body: Mapping[str, Any] | None = None, id: str = "", late: Late | None = None
    ) -> Ack:
        """Send a frame and wait for its acknowledgement; under one `id` one after the other. `late` is told of an acknowledgement
        that comes when nobody waits any more."""
        id = id or self._named(command)
        turn = self._turns.setdefault(id, Turn())
        turn.wanted += 1
        try:
            async with turn.lock:
                return await self._ask(command, body, id, late)
        finally:
            turn.wanted -= 1
            if not turn.wanted:
                self._turns.pop(id, None)

    async def close(self) -> None:
        """End it; whoever waits learns that no answer came."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Ack(None, "连接断开，没有等到回执"))
        await self._socket.close()

    def _named(self, command: str) -> str:
        return f"{command}_{int(self._clock.now().timestamp() * 1000)}_{secrets.token_hex(4)}"

    async def _ask(self, command: str, body: Mapping[str, Any] | None, id: str, late: Late | None) -> Ack:
        waiting: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[id] = waiting
        try:
            if not await self._send(command, body, id):
                return Ack(None, "连接已断开，没有发送", left=False)
            async with asyncio.timeout(self._times.ack):
                return await waiting
        except TimeoutError:
            if late is not None:
                self._late[id] = late
                while len(self._late) > WAITED_FOR:
                    self._late.popitem(last=False)
            return Ack(None, f"{self._times.ack:g}秒内没有回执")
        finally:
            del self._waiting[id]

    async def _send(self, command: str, body: Mapping[str, Any] | None, id: str) -> bool:
        frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": id}}
        if body is not None:
            frame["body"] = body
        try:
            await self._socket.send(json.dumps(frame, ensure_ascii=False))
        except ConnectionClosed:
            return False
        return True

    def _take(self, frame: str | bytes, called: Callable[[Mapping[str, Any]], None]) -> None:
        try:
            # The platform lets control characters through unescaped: the official SDK takes them away too.
            read = json.loads(_CONTROL.sub("", frame if isinstance(frame, str) else frame.decode()), strict=False)
        except (ValueError, RecursionError):
            read = None
        headers = read.get("headers") if isinstance(read, dict) else None
        if not isinstance(headers, dict) or not isinstance(headers.get("req_id"), str):
            log.warning("a frame that is none: %s", redacted(str(frame)[:200], self._hidden))
        elif read.get("cmd"):
            called(read)
        else:
            self._acknowledged(headers["req_id"], read)

    def _acknowledged(self, id: str, frame: Mapping[str, Any]) -> None:
        code, body = frame.get("errcode"), frame.get("body")
        raw = redacted(json.dumps(frame, ensure_ascii=False), self._hidden)
        message = redacted(str(frame.get("errmsg", ""))[:200], self._hidden)
        ack = Ack(code if type(code) is int else None, raw, body if isinstance(body, dict) else {}, message=message)
        waiting = self._waiting.get(id)
        if id.startswith(f"{PING}_"):
            self._missed = 0 if ack.code == 0 else self._missed
        elif waiting is not None and not waiting.done():
            waiting.set_result(ack)
        elif late := self._late.pop(id, None):
            late(ack)
        else:
            log.info("an acknowledgement nobody waits for: %s", raw)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._times.beat)
            if self._missed >= MISSED:
                self._reason = f"心跳{MISSED}次没有回应"
                await self._socket.close()
                return
            self._missed += 1
            await self._send(PING, None, self._named(PING))
