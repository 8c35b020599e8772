"""The gateway of the official QQ bot: one WebSocket that is greeted, resumed where it ended, and beats."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from bot.channels.protocol import Disconnected, Trouble, Verdict
from bot.channels.qq.official_api import Api, written
from bot.channels.qq.onebot_events import beat_seconds
from bot.channels.redaction import redacted
from bot.channels.settings import Endpoint
from knowledge.store import StoreError

INTENTS = 1 << 25
"""Groups and private chats."""
OPEN_TIMEOUT = 10.0
MOST = 4 * 1024 * 1024
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, BEATEN = 0, 1, 2, 6, 7, 9, 10, 11
# Close codes as the platform documents them: what makes a session void, and what no reconnecting mends.
_VOID = frozenset({4006, 4007, *range(4900, 4914)})
_TOKEN = 4004
_FOR_GOOD = {
    4013: "QQ 官方机器人订阅的事件不对，已停止连接；请升级牵头，或改用 webhook 方式。",
    4014: "QQ 官方机器人没有群聊和单聊消息的权限，已停止连接；请在 QQ 开放平台申请后重新启动。",
    4914: "QQ 官方机器人已下架，只能连沙箱环境，已停止连接；请在 QQ 开放平台提审上线后重新启动。",
    4915: "QQ 官方机器人已被封禁，已停止连接；请登录 QQ 开放平台查看原因并申诉。",
}
Dispatch = Callable[[str, object], Awaitable[None]]
"""Takes an event (`t`, `d`); when it returns, what was heard survives a crash. Raises StoreError."""


class Gateway:
    """Connections one after another; the session outlives them, so that what happened between two is told again."""

    def __init__(self, api: Api, endpoint: Endpoint, address: str = "") -> None:
        self._api, self._endpoint, self._address = api, endpoint, address
        self.session, self.own = "", ""
        self._seq: int | None = None
        self._refused = ""
        self._renewed = False
        self._greeted: Callable[[], Awaitable[None]]

    async def run(self, dispatch: Dispatch, greeted: Callable[[], Awaitable[None]]) -> None:
        """Connect, and dispatch events until the connection ends; `greeted` is called when the platform has let us in. Raises
        Disconnected."""
        self._greeted = greeted
        token = await self._api.token.have(self._refused)
        if isinstance(token, Verdict):
            raise Disconnected(token.raw, token.trouble or Trouble.SERVER, token.alarm)
        address = self._address or await self._told_address()
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                socket = await connect(
                    address,
                    ssl=self._trust(address),
                    proxy=self._endpoint.proxy or None,
                    max_size=MOST,
                    close_timeout=3.0,
                    ping_interval=None,  # the gateway has heartbeats of its own
                )
        except (OSError, InvalidHandshake, InvalidURI, ssl.SSLError, EOFError, TimeoutError) as error:
            raise Disconnected(redacted(f"连不上：{type(error).__name__}: {error}", [token])) from None
        try:
            await self._talk(socket, token, dispatch)
        except ConnectionClosed as closed:
            raise self._ended(closed, token) from None
        except TimeoutError:
            raise Disconnected("网关连续三个周期没有动静") from None
        finally:
            await socket.close()

    async def _told_address(self) -> str:
        returned = await self._api.call("GET", "/gateway")
        address = returned.values.get("url")
        if not isinstance(address, str) or not address.startswith(self._schemes):
            verdict = returned.verdict
            refused = verdict.trouble is Trouble.AUTH
            raise Disconnected(
                verdict.raw, Trouble.AUTH if refused else Trouble.SERVER, verdict.alarm if refused else ""
            )
        return address

    @property
    def _schemes(self) -> tuple[str, ...]:
        """A platform that is called in the clear (a test's) may have a gateway in the clear; no other."""
        return ("wss://", "ws://") if self._endpoint.base.startswith("http:") else ("wss://",)

    def _trust(self, address: str) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=self._endpoint.ca) if address.startswith("wss:") else None

    async def _talk(self, socket: ClientConnection, token: str, dispatch: Dispatch) -> None:
        async with asyncio.timeout(OPEN_TIMEOUT):
            hello = _payload(await socket.recv())
        interval = _interval(hello)
        await socket.send(written(self._greeting(token)))
        beating = asyncio.create_task(self._beat(socket, interval))
        try:
            while True:
                async with asyncio.timeout(3 * interval):
                    payload = _payload(await socket.recv())
                await self._heed(payload, dispatch)
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)

    def _greeting(self, token: str) -> Mapping[str, object]:
        """Resume where there is a session, else identify."""
        authorization = f"QQBot {token}"
        if self.session and self._seq is not None:
            return {"op": RESUME, "d": {"token": authorization, "session_id": self.session, "seq": self._seq}}
        return {"op": IDENTIFY, "d": {"token": authorization, "intents": INTENTS, "shard": [0, 1], "properties": {}}}

    async def _beat(self, socket: ClientConnection, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            await socket.send(written({"op": HEARTBEAT, "d": self._seq}))

    async def _heed(self, payload: Mapping[str, Any], dispatch: Dispatch) -> None:
        code = payload.get("op")
        if code == DISPATCH:
            await self._dispatched(payload, dispatch)
        elif code == RECONNECT:
            raise Disconnected("平台要求重新连接")
        elif code == INVALID:
            self._forget()
            raise Disconnected("平台不认这个会话，下次重新登录")

    async def _dispatched(self, payload: Mapping[str, Any], dispatch: Dispatch) -> None:
        """An event; only one that is kept for good counts as received, so that a resumed session brings the others again."""
        kind, told = payload.get("t"), payload.get("d")
        if kind == "READY" and isinstance(told, Mapping):
            self.session, self._renewed = str(told.get("session_id") or ""), False
            user = told.get("user")
            self.own = str(user.get("id") or "") if isinstance(user, Mapping) else ""
            await self._greeted()
        elif kind == "RESUMED":
            self._renewed = False
            await self._greeted()
        elif isinstance(kind, str):
            try:
                await dispatch(kind, told)
            except StoreError as error:
                raise Disconnected(f"听到的话暂时存不下，等平台重发：{error}") from None
        if isinstance(payload.get("s"), int):
            self._seq = payload["s"]

    def _forget(self) -> None:
        self.session, self._seq = "", None

    def _ended(self, closed: ConnectionClosed, token: str) -> Disconnected:
        """What an ended connection means: a token is renewed once, some ends void the session, some are for good."""
        code = closed.rcvd.code if closed.rcvd is not None else None
        raw = redacted(f"连接断开：{closed}", [token])
        if code in _FOR_GOOD:
            return Disconnected(raw, Trouble.AUTH, _FOR_GOOD[code])
        if code == _TOKEN and self._renewed:
            return Disconnected(
                raw, Trouble.AUTH, "QQ 官方机器人的令牌被网关拒绝，已停止连接；请核对 AppID 和密钥后重新启动。"
            )
        if code == _TOKEN:
            self._refused, self._renewed = token, True
        if code in _VOID:
            self._forget()
        return Disconnected(raw)


def _payload(raw: str | bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _interval(hello: Mapping[str, Any]) -> float:
    """Seconds between two heartbeats. Raises Disconnected where we are not greeted."""
    told = hello.get("d")
    interval = told.get("heartbeat_interval") if isinstance(told, Mapping) else None
    if hello.get("op") != HELLO or not isinstance(interval, int | float):
        raise Disconnected("网关没有按规定打招呼")
    return beat_seconds(interval)
