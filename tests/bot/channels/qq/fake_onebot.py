"""A OneBot v11 implementation with no QQ behind it: takes calls, tells events, and misbehaves on request.

Its shapes are accepted by aiocqhttp, NoneBot's adapter and node-napcat-ts (tests/peers/test_onebot.py).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.client import connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.http11 import Request, Response

NOW = 1795310866
CUT: dict[str, Any] = {"the connection": "ends"}
Part = dict[str, Any]


class FakeOneBot:
    """`cq`: messages as strings; `strings`: ids as strings; `late_refusal`: a wrong token is refused only after the upgrade, as
    NapCat does. `script` holds what the next sends are answered: a retcode, "lost" (shown and never answered), "late" (answered
    by `catch_up`), "cut" (shown, and the connection ends), "vanish" (not shown, and it ends) "nameless" (no
    message_id) or "timed out" (shown, and refused as what took too long).
    `show` is called with (conversation, parts, id) for each message that people see, and (conversation, file, "") for files."""

    def __init__(
        self,
        *,
        account: int = 10001,
        token: str = "",
        cq: bool = False,
        strings: bool = False,
        late_refusal: bool = False,
    ) -> None:
        self.account, self.token, self.cq, self.strings, self.late_refusal = account, token, cq, strings, late_refusal
        self.script: list[int | str] = []
        self.words: dict[int, str] = {1200: "EventChecker Failed: 发送失败", 1400: "参数错误"}
        self.online = True
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.show: Callable[[str, Any, str], None] = lambda *_: None
        self.kept: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.cards = {20002: "财政局-王芳", 20003: "李四"}
        self.handshakes: list[dict[str, str]] = []
        self.address = ""
        self._ids = 1000
        self._sockets: dict[Any, str] = {}
        self._connected = asyncio.Event()
        self._owed: asyncio.Queue[tuple[Any, str]] = asyncio.Queue()
        self._server: Server | None = None
        self._coming: asyncio.Task[None] | None = None

    # ------------------------------------------------------------ transport
    async def serve(self) -> str:
        """Wait for applications (forward WebSocket); returns the address."""
        self._server = await serve(self._enter, "127.0.0.1", 0, process_request=self._admit, max_size=2**26)
        self.address = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self.address

    def come(self, address: str, role: str = "Universal", *, in_query: bool = False) -> None:
        """Connect to an application (reverse WebSocket), again and again as implementations do."""
        self._coming = asyncio.create_task(self._come(address, role, in_query))

    async def _come(self, address: str, role: str, in_query: bool) -> None:
        headers = {"X-Self-ID": str(self.account), "X-Client-Role": role}
        if self.token and in_query:
            address += f"?access_token={self.token}"
        elif self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        while True:
            with contextlib.suppress(OSError, InvalidHandshake, ConnectionClosed):
                async with connect(address, additional_headers=headers, proxy=None, max_size=2**26) as socket:
                    await self._use(socket, role)
            await asyncio.sleep(0.01)

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        self.handshakes.append({k.lower(): v for k, v in request.headers.raw_items()} | {"path": request.path})
        return None if self._right(request) or self.late_refusal else socket.respond(403, "")

    def _right(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        query = parse_qs(urlsplit(request.path).query).get("access_token", [""])[0]
        return not self.token or self.token in (given, query)

    async def _enter(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        if not self._right(socket.request):
            refusal = {
                "status": "failed",
                "retcode": 1403,
                "data": None,
                "message": "token验证失败",
                "wording": "token验证失败",
            }
            await socket.send(json.dumps(refusal | {"echo": None}))
            await socket.close()
            return
        with contextlib.suppress(ConnectionClosed):
            await self._use(socket, "Universal")

    async def _use(self, socket: Any, role: str) -> None:
        self._sockets[socket] = role
        try:
            if role != "API":
                await socket.send(
                    json.dumps(self._event("meta_event", meta_event_type="lifecycle", sub_type="connect"))
                )
                self._connected.set()
            async for raw in socket:
                call = json.loads(raw)
                late = self.script[:1] == ["late"] and call["action"].startswith("send_")
                self.script = self.script[1:] if late else self.script
                answer = self._answer(call["action"], call.get("params") or {})
                if answer == CUT:
                    await socket.close()
                elif answer is not None:
                    written = json.dumps(answer | {"echo": call.get("echo")}, ensure_ascii=False)
                    await (self._owed.put((socket, written)) if late else socket.send(written))
        finally:
            del self._sockets[socket]
            if not any(role != "API" for role in self._sockets.values()):
                self._connected.clear()

    async def catch_up(self) -> None:
        """Give the answers that were owed."""
        while not self._owed.empty():
            socket, written = await self._owed.get()
            await socket.send(written)

    async def drop(self) -> None:
        """End all connections."""
        self._connected.clear()
        for socket in list(self._sockets):
            await socket.close()

    async def close(self) -> None:
        """Go away."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    # ------------------------------------------------------------ events
    async def tell(self, event: dict[str, Any]) -> None:
        """An event to whoever is connected, once somebody is."""
        await self._connected.wait()
        for socket, role in list(self._sockets.items()):
            if role != "API":
                with contextlib.suppress(ConnectionClosed):
                    await socket.send(json.dumps(event, ensure_ascii=False))

    def _event(self, kind: str, **more: Any) -> dict[str, Any]:
        return {"time": NOW, "self_id": self._id(self.account), "post_type": kind, **more}

    def _id(self, number: int | str) -> int | str:
        return str(number) if self.strings else int(number)

    @property
    def sent(self) -> list[tuple[str, dict[str, Any]]]:
        """The calls that say something."""
        return [(name, params) for name, params in self.calls if name.startswith(("send_", "upload_"))]

    def new_id(self) -> str:
        """An id that no message has yet."""
        self._ids += 1
        return str(self._ids)

    def message(
        self,
        parts: list[Part],
        *,
        group: int = 30003,
        user: int = 20002,
        id: str = "",
        kind: str = "message",
        private: bool = False,
    ) -> dict[str, Any]:
        """A message event; `private`: not in the group. It is kept, so that it can be quoted and asked for."""
        number = id or self.new_id()
        card = self.cards.get(user, "")
        sender = {
            "user_id": self._id(user),
            "nickname": "小王",
            "card": "" if private else card,
            "sex": "unknown",
            "age": 0,
        }
        where = {} if private else {"group_id": self._id(group), "anonymous": None}
        event = self._event(
            kind,
            message_type="private" if private else "group",
            sub_type="friend" if private else "normal",
            message_id=self._id(number),
            user_id=self._id(user),
            message=cq_string(parts) if self.cq else self._array(parts),
            message_format="string" if self.cq else "array",
            raw_message=cq_string(parts),
            font=0,
            sender=sender if private else sender | {"role": "member"},
            **where,
        )
        self.kept[number] = {"sender": sender, "parts": parts, "group": None if private else group, "event": event}
        return event

    def _array(self, parts: list[Part]) -> list[Part]:
        """As NapCat's own example has it: a number where the standard has a string."""
        found: list[Part] = json.loads(json.dumps(parts))
        for part in found:
            if part["type"] == "at" and part["data"]["qq"] != "all" and not self.strings:
                part["data"]["qq"] = int(part["data"]["qq"])
        return found

    def heartbeat(self, *, interval: int = 30000) -> dict[str, Any]:
        """A heartbeat."""
        status = {"online": self.online, "good": True}
        return self._event("meta_event", meta_event_type="heartbeat", status=status, interval=interval)

    def notice(self, kind: str, **more: Any) -> dict[str, Any]:
        """A notice of the group, about its usual member unless something else is given."""
        told = {"group_id": self._id(30003), "user_id": self._id(20002), **more}
        return self._event("notice", notice_type=kind, **told)

    # ------------------------------------------------------------ calls
    def _answer(self, action: str, params: dict[str, Any]) -> dict[str, Any] | None:
        self.calls.append((action, params))
        known: dict[str, Callable[[dict[str, Any]], Any]] = {
            "get_login_info": lambda _: {"user_id": self._id(self.account), "nickname": "牵头"},
            "get_status": lambda _: {"online": self.online, "good": True},
            "get_version_info": lambda _: {"app_name": "fake", "app_version": "1", "protocol_version": "v11"},
            "get_group_member_list": lambda _: [self._member(user) for user in self.cards],
            "get_group_list": lambda _: [{"group_id": self._id(30003), "group_name": "督查群", "member_count": 3}],
            "get_group_msg_history": self._history,
            "get_msg": self._kept_message,
            "get_file": lambda p: {"file": "x", "base64": base64.b64encode(self.files[str(p["file_id"])]).decode()},
            "send_msg": self._send,
            "send_group_msg": self._send,
            "send_private_msg": self._send,
            "upload_group_file": self._upload,
            "upload_private_file": self._upload,
        }
        if action not in known:
            return failed(1404, "不支持的api")
        if action.startswith(("send_", "upload_")) and self.script:
            return self._scripted(self.script.pop(0), known[action], params)
        try:
            return {"status": "ok", "retcode": 0, "data": known[action](params), "message": "", "wording": ""}
        except KeyError:
            return failed(1200, "消息不存在")

    def _scripted(
        self, code: int | str, act: Callable[[dict[str, Any]], Any], params: dict[str, Any]
    ) -> dict[str, Any] | None:
        if code in ("lost", "cut"):
            act(params)
        if code in ("lost", "cut", "vanish"):
            return None if code == "lost" else CUT
        if code == "timed out":
            act(params)
            return failed(1200, "Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg")
        if code == "nameless":
            act(params)
            return {"status": "ok", "retcode": 0, "data": None, "message": "", "wording": ""}
        if code == 1:
            return {"status": "async", "retcode": 1, "data": None, "message": "", "wording": ""}
        return failed(int(code), self.words.get(int(code), "失败"))

    def _send(self, params: dict[str, Any]) -> dict[str, Any]:
        """A message is an array, for us; other applications write strings or one segment as well."""
        given = params["message"]
        parts = [text(given)] if isinstance(given, str) else [given] if isinstance(given, dict) else given
        number = self.new_id()
        own = {"user_id": self._id(self.account), "nickname": "牵头"}
        self.kept[number] = {"sender": own, "parts": parts, "group": params.get("group_id")}
        self.show(_where(params), parts, number)
        return {"message_id": self._id(number)}

    def _upload(self, params: dict[str, Any]) -> dict[str, Any]:
        self.show(_where(params), (params["name"], unpacked(params["file"])), "")
        return {"file_id": "/f1"}

    def _history(self, params: dict[str, Any]) -> dict[str, Any]:
        of_group = [kept for kept in self.kept.values() if str(kept["group"]) == str(params["group_id"])]
        return {"messages": [kept["event"] for kept in of_group if "event" in kept][-int(params.get("count", 20)) :]}

    def _kept_message(self, params: dict[str, Any]) -> dict[str, Any]:
        number = str(params["message_id"])
        kept = self.kept[number]
        grouped = "private" if kept["group"] is None else "group"
        parts = cq_string(kept["parts"]) if self.cq else self._array(kept["parts"])
        return {
            "time": NOW, "message_type": grouped, "message_id": self._id(number), "real_id": self._id(number),
            "sender": kept["sender"], "message": parts, "raw_message": cq_string(kept["parts"]), "font": 0,
        }  # fmt: skip

    def _member(self, user: int) -> dict[str, Any]:
        return {
            "group_id": self._id(30003), "user_id": self._id(user), "nickname": "小王", "card": self.cards[user],
            "sex": "unknown", "age": 0, "area": "", "join_time": 0, "last_sent_time": 0, "level": "1", "role": "member",
            "unfriendly": False, "title": "", "title_expire_time": 0, "card_changeable": False,
        }  # fmt: skip


def failed(code: int, words: str) -> dict[str, Any]:
    """An answer to a call that was not done."""
    return {"status": "failed", "retcode": code, "data": None, "message": words, "wording": words}


def text(words: str) -> Part:
    return {"type": "text", "data": {"text": words}}


def at(account: int | str) -> Part:
    return {"type": "at", "data": {"qq": str(account)}}


def reply(number: str) -> Part:
    return {"type": "reply", "data": {"id": number}}


def cq_string(parts: list[Part]) -> str:
    """A message as a string with CQ codes."""
    written = []
    for part in parts:
        if part["type"] == "text":
            written.append(_escaped(part["data"]["text"]))
        else:
            values = "".join(
                f",{key}={_escaped(str(value)).replace(',', '&#44;')}" for key, value in part["data"].items()
            )
            written.append(f"[CQ:{part['type']}{values}]")
    return "".join(written)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("[", "&#91;").replace("]", "&#93;")


def unpacked(file: str) -> bytes:
    """The bytes of base64://."""
    assert file.startswith("base64://")
    return base64.b64decode(file.removeprefix("base64://"))


def _where(params: dict[str, Any]) -> str:
    """Where a message goes: some applications tell the group also of what is private, and the person also of what is not."""
    group = params.get("group_id")
    grouped = group and (params.get("message_type") == "group" or "user_id" not in params)
    return f"group:{group}" if grouped else f"private:{params['user_id']}"
