"""企业微信's smart robots over the long connection, as the platform plays them: strict about shapes, and misbehaving on request.

Its shapes are accepted by the official Node SDK and by an independent Python one (tests/peers/test_wecom_robot.py).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import re
import socket
import ssl
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

PIECE, MOST = 512 * 1024, 20480
CARD = re.compile(r"[0-9A-Za-z_@-]{1,128}")
OK, BAD_ID, EXPIRED, NO_CHAT, BAD, TOO_OFTEN, BUSY = 0, 846605, 846608, 93006, 40058, 45009, -1
REFUSED = 853000
"""What a wrong secret gets here; the platform's own number is not documented, and clients do not look at it."""
Body = Mapping[str, Any]


class Refuse(Exception):
    """The platform does not take a frame."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Seen:
    """A message as people see it: where, the kind of message, what it holds, and which call it answers (its id)."""

    chat: str
    kind: str
    body: Body
    answers: str = ""


@dataclass
class Upload:
    """A file going up."""

    opening: Body
    pieces: dict[int, bytes] = field(default_factory=dict)


@dataclass
class Call:
    """A callback that was made, and what it was of: message, enter_chat or template_card_event."""

    kind: str
    chat: str
    stream: str = ""
    finished: bool = False


class SmartRobots:
    """A platform with robots (id → secret), groups and people. `frames` are all that came, in order.

    To misbehave: `script` are codes for the next messages (0: taken); `mute` messages are taken and never answered, `cut` are
    taken and the connection ends instead; `hold` counts messages whose answers are kept back until `release`; `pongs` off: no
    heartbeat is answered; `expired`: streams are.
    """

    def __init__(self, secret: str = "robot-secret-words", robot: str = "aibTEST", port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))  # the address is known before it is open
        self.port = int(self._socket.getsockname()[1])
        self.address = f"ws://127.0.0.1:{self.port}"
        weakref.finalize(self, self._socket.close)
        self.robots = {robot: secret}
        self.robot = robot
        self.groups, self.people = {"wrAbCdEf"}, {"wangfang"}
        self.frames: list[Mapping[str, Any]] = []
        self.seen: list[Seen] = []
        self.updated: list[Body] = []
        self.welcomed: list[Body] = []
        self.script: list[int] = []
        self.mute = self.hold = self.cut = 0
        self.pongs = True
        self.expired = False
        self.subscribe_code: int | None = None
        self.upload_code, self.upload_mute = 0, False
        self.on_seen: Callable[[Seen], None] = lambda seen: None
        self.media: dict[str, tuple[str, bytes]] = {}
        self.files: dict[str, tuple[str, str, bytes]] = {}
        self.connections = 0
        self._held: list[tuple[ServerConnection, dict[str, Any]]] = []
        self._calls: dict[str, Call] = {}
        self._cards: set[str] = set()
        self._uploads: dict[str, Upload] = {}
        self._there: dict[str, ServerConnection] = {}
        self._news = asyncio.Event()
        self._numbers: Counter[str] = Counter()
        self._server: Server | None = None

    # ------------------------------------------------------------ the server
    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await serve(
            self._serve, sock=self._socket, ssl=tls, ping_interval=None, process_request=self._request, max_size=2**22,
            close_timeout=1,
        )  # fmt: skip

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(10):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def subscribed(self, robot: str = "") -> ServerConnection:
        await self.until(lambda: (robot or self.robot) in self._there)
        return self._there[robot or self.robot]

    async def drop(self) -> None:
        """End the connection."""
        connection = self._there.pop(self.robot)
        await connection.close()

    async def take_over(self) -> None:
        """Somebody else connects as the same robot: the one that is there is told, and cut off."""
        connection = await self.subscribed()
        await self._told_off(connection)

    async def _told_off(self, connection: ServerConnection) -> None:
        body = {"msgtype": "event", "aibotid": self.robot, "event": {"eventtype": "disconnected_event"}}
        with contextlib.suppress(ConnectionClosed):
            await self._say(connection, "aibot_event_callback", self._next("R"), body)
        await connection.close()

    async def release(self, backwards: bool = False) -> None:
        """Send the answers that were kept back, in order or the other way round."""
        held, self._held, self.hold = self._held, [], 0
        for connection, ack in reversed(held) if backwards else held:
            await connection.send(json.dumps(ack))

    # ------------------------------------------------------------ what people do
    async def say(self, text: str, chat: str = "", id: str = "", person: str = "wangfang", **more: object) -> str:
        """Somebody writes, in a group where `chat` is given; returns the message's id."""
        return await self.bring({"msgtype": "text", "text": {"content": text}, **more}, chat, id, person)

    async def bring(self, content: Body, chat: str = "", id: str = "", person: str = "wangfang") -> str:
        """A message of any kind. The platform brings no lone file or picture from a group."""
        id = id or self._next("CAIQ-M")
        if chat and content.get("msgtype") in ("file", "image", "video", "voice"):
            return id
        await self._call("message", "aibot_msg_callback", {**self._about(id, chat, person), **content}, chat or person)
        return id

    async def give(self, name: str, content: bytes, kind: str = "file", damaged: bool = False) -> str:
        """Somebody gives a file in private."""
        return await self.bring({"msgtype": kind, kind: self.stored(name, content, damaged)})

    def stored(self, name: str, content: bytes, damaged: bool = False) -> dict[str, str]:
        """A file as it lies on the platform's shelf: where, and the key it is locked with."""
        key = hashlib.sha256(f"{name}{len(self.media)}".encode()).digest()
        pad = 32 - len(content) % 32
        encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        locked = encryptor.update(content + bytes([pad]) * pad) + encryptor.finalize()
        id = self._next("media")
        self.media[id] = (name, locked[:-7] if damaged else locked)
        return {"url": f"http://127.0.0.1:{self.port}/media/{id}", "aeskey": base64.b64encode(key).decode()}

    async def press(self, card: str, says: str, chat: str = "", person: str = "wangfang", nested: bool = True) -> str:
        """Somebody presses a button, as the platform's page has it (nested) or as the SDK's types have it."""
        told = {"card_type": "button_interaction", "event_key": says, "task_id": card}
        event = {"eventtype": "template_card_event"} | ({"template_card_event": told} if nested else told)
        return await self._event(event, chat, person)

    async def enter(self, person: str = "wangfang") -> str:
        return await self._event({"eventtype": "enter_chat", "enter_chat": {}}, "", person)

    async def _event(self, event: Body, chat: str, person: str) -> str:
        id = self._next("CAIQ-E")
        body = {**self._about(id, chat, person), "msgtype": "event", "event": event}
        await self._call(str(event["eventtype"]), "aibot_event_callback", body, chat or person)
        return id

    def _about(self, id: str, chat: str, person: str) -> dict[str, Any]:
        about = {
            "msgid": id,
            "aibotid": self.robot,
            "chattype": "group" if chat else "single",
            "from": {"userid": person},
        }
        return about | ({"chatid": chat} if chat else {})

    async def _call(self, kind: str, command: str, body: Body, chat: str) -> None:
        id = self._next("R")
        self._calls[id] = Call(kind, chat)
        await self._say(await self.subscribed(), command, id, body)

    @staticmethod
    async def _say(connection: ServerConnection, command: str, id: str, body: Body) -> None:
        await connection.send(json.dumps({"cmd": command, "headers": {"req_id": id}, "body": body}, ensure_ascii=False))

    def _next(self, kind: str) -> str:
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]}"

    # ------------------------------------------------------------ frames
    async def _serve(self, connection: ServerConnection) -> None:
        self.connections += 1
        mine = ""
        try:
            async with contextlib.aclosing(self._lines(connection)) as lines:
                async for line in lines:
                    mine = await self._one(connection, mine, line)
        finally:
            if self._there.get(mine) is connection:
                del self._there[mine]

    @staticmethod
    async def _lines(connection: ServerConnection) -> AsyncIterator[str | bytes]:
        with contextlib.suppress(ConnectionClosed):
            async for line in connection:
                yield line

    async def _one(self, connection: ServerConnection, mine: str, line: str | bytes) -> str:
        """One frame; returns which robot the connection is of from now on."""
        frame = json.loads(line)
        self.frames.append(frame)
        command, id, body = frame["cmd"], frame["headers"]["req_id"], frame.get("body")
        with contextlib.suppress(ConnectionClosed):
            if command == "aibot_subscribe":
                mine = await self._subscribe(connection, id, body)
            elif command != "ping":
                await self._take(connection, mine, command, id, body)
            elif self.pongs:
                await connection.send(json.dumps({"headers": {"req_id": id}, "errcode": 0, "errmsg": "ok"}))
        self._news.set()
        return mine

    async def _subscribe(self, connection: ServerConnection, id: str, body: Body) -> str:
        robot = str(body.get("bot_id"))
        code = self.subscribe_code
        if code is None:
            code = OK if self.robots.get(robot) == body.get("secret") else REFUSED
        ack = {"headers": {"req_id": id}, "errcode": code, "errmsg": "ok" if code == 0 else f"invalid secret {body}"}
        if code == OK:
            before = self._there.get(robot)
            if before is not None:
                await self._told_off(before)
            self._there[robot] = connection
        await connection.send(json.dumps(ack))
        return robot if code == OK else ""

    async def _take(self, connection: ServerConnection, robot: str, command: str, id: str, body: Body) -> None:
        ack: dict[str, Any] = {"headers": {"req_id": id}, "errcode": 0, "errmsg": "ok"}
        counted = command in ("aibot_send_msg", "aibot_respond_msg")
        try:
            if not robot:
                raise Refuse(REFUSED, "not subscribed")
            if counted and self.script and (code := self.script.pop(0)):
                raise Refuse(code, "as the script wants")
            if self.upload_code and command.startswith("aibot_upload"):
                raise Refuse(self.upload_code, "invalid file type")
            if found := self._taken(command, id, body):
                ack["body"] = found
        except Refuse as refused:
            ack |= {"errcode": refused.code, "errmsg": f"{refused}, hint: [1795310866]"}
        if counted and self.mute and ack["errcode"] == 0:
            self.mute -= 1
        elif counted and self.cut and ack["errcode"] == 0:
            self.cut -= 1
            await connection.close()
        elif self.upload_mute and command == "aibot_upload_media_chunk":
            return
        elif self.hold and counted:
            self.hold -= 1
            self._held.append((connection, ack))
        else:
            await connection.send(json.dumps(ack))

    def _taken(self, command: str, id: str, body: Body) -> Body | None:
        match command:
            case "aibot_send_msg":
                self._pushed(body)
            case "aibot_respond_msg":
                self._responded(id, body)
            case "aibot_respond_welcome_msg":
                self._of(id, "enter_chat")
                self.welcomed.append(body)
            case "aibot_respond_update_msg":
                self._of(id, "template_card_event")
                _need(body.get("response_type") == "update_template_card")
                self._card(body["template_card"], known=True)
                self.updated.append(body)
            case "aibot_upload_media_init" | "aibot_upload_media_chunk" | "aibot_upload_media_finish":
                return self._uploaded(command.rpartition("_")[2], body)
            case _:
                raise Refuse(BAD, f"unknown command {command}")
        return None

    def _pushed(self, body: Body) -> None:
        chat = body.get("chatid")
        if chat not in self.groups | self.people:
            raise Refuse(NO_CHAT, "invalid chatid")
        assert isinstance(chat, str)
        self._content(body, ("markdown", "template_card", "file", "image", "voice", "video"))
        self._show(Seen(chat, str(body["msgtype"]), body))

    def _responded(self, id: str, body: Body) -> None:
        call = self._of(id, "message")
        if body.get("msgtype") != "stream":
            self._content(body, ("template_card", "file", "image", "voice", "video"))
            self._show(Seen(call.chat, str(body["msgtype"]), body, id))
            return
        stream = body["stream"]
        _need(isinstance(stream.get("id"), str) and isinstance(stream.get("finish"), bool))
        _need(len(stream.get("content", "").encode()) <= MOST, "content exceeds 20480 bytes")
        if self.expired:
            raise Refuse(EXPIRED, "stream message update expired (>6 minutes), cannot update")
        _need(not call.finished and call.stream in ("", stream["id"]), "another stream under this req_id")
        call.stream, call.finished = stream["id"], stream["finish"]
        if call.finished:
            self._show(Seen(call.chat, "stream", body, id))

    def _of(self, id: str, kind: str) -> Call:
        call = self._calls.get(id)
        if call is None or call.kind != kind:
            raise Refuse(BAD_ID, "invalid req_id")
        return call

    def _content(self, body: Body, kinds: tuple[str, ...]) -> None:
        kind = body.get("msgtype")
        _need(kind in kinds, "invalid msgtype")
        if kind == "markdown":
            _need(0 < len(body["markdown"]["content"].encode()) <= MOST, "content exceeds 20480 bytes")
        elif kind == "template_card":
            self._card(body["template_card"])
        else:
            _need(body[str(kind)]["media_id"] in self.files, "invalid media_id")

    def _card(self, card: Body, known: bool = False) -> None:
        _need(card["card_type"] == "button_interaction" and bool(card["main_title"]["title"]))
        keys = [one["key"] for one in card["button_list"]]
        _need(1 <= len(keys) <= 6 and len(set(keys)) == len(keys) and all(len(key.encode()) <= 1024 for key in keys))
        _need(CARD.fullmatch(card["task_id"]) is not None, "invalid task_id")
        _need((card["task_id"] in self._cards) is known, "task_id repeated" if not known else "task_id unknown")
        self._cards.add(card["task_id"])

    def _show(self, seen: Seen) -> None:
        self.seen.append(seen)
        self.on_seen(seen)

    # ------------------------------------------------------------ files
    def _uploaded(self, step: str, body: Body) -> Body:
        if step == "init":
            _need(body["type"] in ("file", "image", "voice", "video") and body["total_size"] >= 5)
            _need(1 <= body["total_chunks"] <= 100)
            id = self._next("upload")
            self._uploads[id] = Upload(body)
            return {"upload_id": id}
        upload = self._uploads.get(body["upload_id"])
        if upload is None:
            raise Refuse(BAD, "invalid upload_id")
        if step == "chunk":
            piece = base64.b64decode(body["base64_data"], validate=True)
            _need(0 < len(piece) <= PIECE and isinstance(body["chunk_index"], int), "chunk too large")
            upload.pieces[body["chunk_index"]] = piece
            return {}
        opening = upload.opening
        indexes = sorted(upload.pieces)
        first = indexes[0] if indexes else 0
        _need(first in (0, 1) and indexes == list(range(first, first + opening["total_chunks"])), "chunks missing")
        content = b"".join(upload.pieces[index] for index in indexes)
        _need(len(content) == opening["total_size"], "size differs")
        _need(opening.get("md5") in (None, hashlib.md5(content).hexdigest()), "md5 differs")
        id = self._next("MEDIA")
        self.files[id] = (opening["type"], opening["filename"], content)
        return {"type": opening["type"], "media_id": id, "created_at": "1795310866"}

    def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        """Files from the shelf; everything else wants a WebSocket."""
        if not request.path.startswith("/media/"):
            return None
        found = self.media.get(request.path.removeprefix("/media/"))
        if found is None:
            return Response(HTTPStatus.NOT_FOUND, "Not Found", Headers({"Content-Length": "0"}))
        name, locked = found
        headers = Headers()
        headers["Content-Disposition"] = f"attachment; filename=\"x\"; filename*=UTF-8''{quote(name)}"
        headers["Content-Length"] = str(len(locked))
        headers["Connection"] = "close"
        return Response(HTTPStatus.OK, "OK", headers, locked)


def _need(holds: bool, message: str = "invalid parameter") -> None:
    if not holds:
        raise Refuse(BAD, message)
