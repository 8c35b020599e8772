"""The platform of the official QQ bot: token, API v2, gateway and webhook, with everything that goes wrong there.

Its shapes are accepted by nonebot-adapter-qq (tests/peers/test_qq_official.py).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from bot.channels.hearing import Callback
from bot.clock import Clock, SystemClock
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told

APP, SECRET = "102000001", "DG5g3B4j9X2KOErG"
GROUP, MEMBER, USER, UNION = "G0A1B2", "M0A1B2", "U0A1B2", "N0A1B2"
WINDOWS = {"groups": timedelta(minutes=5), "users": timedelta(minutes=60)}
STATUS = {11243: 401, 11298: 401, 50055001: 500, 22009: 429}


class FakeQQ:
    """One bot on the platform. `script` holds what the next messages are answered: a code, or "lost" (shown, and the
    connection ends). `pushes`: the bot may speak unasked. `show` is called with (where, text, id, msg_id, image)."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self.http = Loopback(self._answer)
        self.script: list[int | str] = []
        self.token_error: dict[str, Any] | None = None
        self.pushes = True
        self.union = UNION
        self.show: Callable[..., None] = lambda *_: None
        self.posted: list[dict[str, Any]] = []
        self.tokens = 0
        self.expired: set[str] = set()
        self.greetings: list[dict[str, Any]] = []
        self.interval = 30_000
        self.close_code = 0
        self.deaf = False
        self._said: dict[str, tuple[str, Any]] = {}
        self._answers: dict[str, set[int]] = {}
        self._images: dict[str, bytes] = {}
        self._events: list[dict[str, Any]] = []
        self._seq = 1
        self._sessions: set[str] = set()
        self._sockets: set[ServerConnection] = set()
        self._connected = asyncio.Event()
        self._ids = 0
        self._server: Server | None = None
        self.gateway = ""
        key = (SECRET.encode() * 32)[:32]
        self._key = Ed25519PrivateKey.from_private_bytes(key)

    async def open(self) -> None:
        await self.http.open()
        self._server = await serve(self._enter, "127.0.0.1", 0)
        self.gateway = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/websocket"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        await self.http.close()

    def _new(self, kind: str) -> str:
        self._ids += 1
        return f"ROBOT1.0_{kind}{self._ids}"

    # ------------------------------------------------------------ events
    def message(
        self, words: str, *, group: bool = True, named: bool = True, id: str = "", **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """The kind and the values of a message event; it can be answered from now on."""
        number = id or self._new("IN")
        kind = "C2C_MESSAGE_CREATE" if not group else "GROUP_AT_MESSAGE_CREATE" if named else "GROUP_MESSAGE_CREATE"
        where = ("groups", GROUP) if group else ("users", USER)
        self._said.setdefault(number, (f"{where[0]}/{where[1]}", self.clock.now()))
        member = {
            "id": MEMBER,
            "member_openid": MEMBER,
            "union_openid": self.union,
            "member_role": "member",
            "bot": False,
        }
        author = member if group else {"id": USER, "user_openid": USER, "union_openid": self.union}
        values: dict[str, Any] = {"id": number, "content": f" {words} " if group and named else words, "author": author}
        values |= {
            "timestamp": self.clock.now().isoformat(timespec="seconds"),
            "message_scene": {"source": "default", "ext": []},
        }
        if group:
            values |= {"group_id": GROUP, "group_openid": GROUP}
        return kind, values | more

    def changed(self, kind: str) -> tuple[str, dict[str, Any]]:
        """Something about the group: GROUP_ADD_ROBOT, GROUP_MSG_REJECT …"""
        seconds = int(self.clock.now().timestamp())
        return kind, {"group_openid": GROUP, "op_member_openid": MEMBER, "timestamp": seconds}

    async def tell(self, kind: str, values: dict[str, Any]) -> None:
        """Dispatch an event once somebody is connected, and to whoever resumes later."""
        await self._connected.wait()
        self.keep(kind, values)
        await self._send(self._events[-1])

    def keep(self, kind: str, values: dict[str, Any]) -> None:
        """An event that happens while nobody is connected."""
        event = {"op": 0, "s": self._seq + 1, "t": kind, "id": f"{kind}:{self._new('EV')}", "d": values}
        self._seq += 1
        self._events = [*self._events[-100:], event]

    async def _send(self, payload: dict[str, Any]) -> None:
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionClosed):
                await socket.send(json.dumps(payload, ensure_ascii=False))

    def callback(
        self, payload: dict[str, Any], *, at: int | None = None, app: str = APP, signature: str = ""
    ) -> Callback:
        """A call of the webhook, signed as the platform does."""
        body = json.dumps(payload, ensure_ascii=False).encode()
        timestamp = str(int(self.clock.now().timestamp()) if at is None else at)
        signed = signature or self._key.sign(timestamp.encode() + body).hex()
        headers = {
            "x-signature-ed25519": signed,
            "x-signature-timestamp": timestamp,
            "x-bot-appid": app,
            "user-agent": "QQBot-Callback",
        }
        return Callback("POST", "", {}, headers, body)

    def dispatched(self, kind: str, values: dict[str, Any]) -> dict[str, Any]:
        """The payload of an event for the webhook."""
        return {"op": 0, "id": f"{kind}:{self._new('EV')}", "t": kind, "d": values}

    # ------------------------------------------------------------ gateway
    async def _enter(self, socket: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await socket.send(json.dumps({"op": 10, "d": {"heartbeat_interval": self.interval}}))
            greeting = json.loads(await socket.recv())
            self.greetings.append(greeting)
            if self.close_code or greeting["d"]["token"] in self.expired:
                await socket.close(self.close_code or 4004)
                return
            if greeting["op"] == 6 and greeting["d"]["session_id"] not in self._sessions:
                await socket.send(json.dumps({"op": 9, "d": False}))
                return
            await self._let_in(socket, greeting)
            async for raw in socket:
                if json.loads(raw)["op"] == 1 and not self.deaf:
                    await socket.send(json.dumps({"op": 11}))
        self._sockets.discard(socket)
        if not self._sockets:
            self._connected.clear()

    async def _let_in(self, socket: ServerConnection, greeting: dict[str, Any]) -> None:
        if greeting["op"] == 2:
            session = f"s{len(self.greetings)}"
            self._sessions.add(session)
            user = {"id": "8888", "username": "牵头", "bot": True, "status": 1}
            ready = {"version": 1, "session_id": session, "user": user, "shard": [0, 1]}
            await socket.send(json.dumps({"op": 0, "s": 1, "t": "READY", "d": ready}))
        else:
            missed = [event for event in self._events if event["s"] > greeting["d"]["seq"]]
            for event in missed:
                await socket.send(json.dumps(event, ensure_ascii=False))
            await socket.send(json.dumps({"op": 0, "s": self._seq, "t": "RESUMED", "d": ""}))
        self._sockets.add(socket)
        self._connected.set()

    async def drop(self, code: int = 4009) -> None:
        """End the connections."""
        self._connected.clear()
        for socket in list(self._sockets):
            await socket.close(code)

    async def ask_to_reconnect(self) -> None:
        """op 7."""
        self._connected.clear()
        await self._send({"op": 7})

    def forget_sessions(self) -> None:
        """The next resume is refused with op 9."""
        self._sessions.clear()

    # ------------------------------------------------------------ API
    async def _answer(self, asked: Asked) -> Told:
        if asked.path == "/app/getAppAccessToken":
            return self._token(asked.json)
        if asked.headers.get("authorization") != f"QQBot token-{self.tokens}" or f"token-{self.tokens}" in self.expired:
            return refused(11243, "token not exist or expire")
        if asked.path == "/gateway":
            return told({"url": self.gateway})
        if asked.path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
            return told({"url": self.gateway, "shards": 1, "session_start_limit": limit})
        if asked.path == "/users/@me":
            return told({"id": "8888", "username": "牵头", "avatar": "", "union_openid": "N1"})
        _, _, kind, openid, what = asked.path.split("/")
        where = f"{kind}/{openid}"
        if what == "files":
            info = self._new("FILE")
            self._images[info] = base64.b64decode(str(asked.json["file_data"]))
            return told({"file_uuid": info, "file_info": info, "ttl": 600})
        return self._post(where, kind, asked.json)

    def _token(self, asked: dict[str, Any]) -> Told:
        if self.token_error is not None:
            return told(self.token_error)  # with HTTP 200, as the platform does
        if asked != {"appId": APP, "clientSecret": SECRET}:
            return told({"code": 100007, "message": "appid invalid"})
        self.tokens += 1
        return told({"access_token": f"token-{self.tokens}", "expires_in": "7200"})

    def expire(self) -> None:
        """The token that is used now is refused from now on."""
        self.expired |= {f"token-{self.tokens}", f"QQBot token-{self.tokens}"}

    def _post(self, where: str, kind: str, body: dict[str, Any]) -> Told:
        self.posted.append(body)
        scripted = self.script.pop(0) if self.script else 0
        if isinstance(scripted, int) and scripted:
            return refused(scripted, "refused")
        code = self._refusal(where, kind, body)
        if code:
            return refused(
                code,
                {40054005: "消息被去重，请检查请求msgseq", 40034102: "主动消息失败, 无权限"}.get(code, "被动消息超时"),
            )
        number = self._new("OUT")
        image = self._images.get((body.get("media") or {}).get("file_info", ""), b"")
        self.show(where, body.get("content") or "", number, body.get("msg_id", ""), image)
        if "msg_id" in body:
            self._answers.setdefault(body["msg_id"], set()).add(body.get("msg_seq", 1))
        answer = told({"id": number, "timestamp": self.clock.now().isoformat(timespec="seconds")})
        return LOST if scripted == "lost" else answer

    def _refusal(self, where: str, kind: str, body: dict[str, Any]) -> int:
        number = body.get("msg_id")
        if number is None:
            return 0 if self.pushes else 40034102
        said, used = self._said.get(number), self._answers.get(number, set())
        if said is None or said[0] != where:
            return 40034024
        if body.get("msg_seq", 1) in used:
            return 40054005
        return 40034128 if self.clock.now() - said[1] >= WINDOWS[kind] or len(used) >= 5 else 0


def refused(code: int, words: str) -> Told:
    """A refusal as the API writes it."""
    return told({"message": words, "code": code, "err_code": code, "trace_id": "t0"}, STATUS.get(code, 400))
