"""A platform on this machine: HTTP/1.1 as far as our clients speak it, answered by one function."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import weakref
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. `fields` are those of a form, `files` its files: name → (file name, bytes)."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        return json.loads(self.body)

    def form(self) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
        """The fields and the files of a form, whichever way it is written."""
        kind = self.headers.get("content-type", "")
        if "json" in kind:
            return {name: _word(value) for name, value in self.json.items()}, {}
        if not kind.startswith("multipart/"):
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True)), {}
        parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.body)
        fields, files = {}, {}
        for part in parsed.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            if part.get_filename():
                files[name] = (part.get_filename(), content)
            else:
                fields[name] = content.decode()
        return fields, files


def _word(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; `lost`: the connection ends instead."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False


def told(value: object, status: int = 200, **headers: str) -> Told:
    """An answer in JSON."""
    return Told(status, json.dumps(value, ensure_ascii=False).encode(), {"content-type": "application/json", **headers})


LOST = Told(lost=True)


def free_socket(owner: object) -> socket.socket:
    """A port of this machine that is known, and kept for `owner`, before anybody serves it."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    weakref.finalize(owner, made.close)
    return made


class Loopback:
    """Answers at `base` from `open` to `close`."""

    def __init__(self, answer: Callable[[Asked], Awaitable[Told]], tls: ssl.SSLContext | None = None) -> None:
        self._answer, self._tls = answer, tls
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._socket = free_socket(self)
        self.port = self._socket.getsockname()[1]
        self.closing = False

    @property
    def base(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, sock=self._socket, ssl=self._tls)

    async def close(self) -> None:
        self.closing = True
        if self._server is not None:
            self._server.close()
            for writer in list(self._open):
                writer.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while await self._exchange(reader, writer):
                pass
        self._open.discard(writer)
        writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        parts = urlsplit(target)
        asked = Asked(method, unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True)), headers, body)
        answer = await self._answer(asked)
        if answer.lost:
            return False
        told = {"content-length": str(len(answer.body)), **answer.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"HTTP/1.1 {answer.status} -\r\n{lines}\r\n".encode() + answer.body)
        await writer.drain()
        return True
