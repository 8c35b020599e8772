"""How a connection to a OneBot v11 implementation comes about: we go to it (forward), or it comes to us (reverse)."""

from __future__ import annotations

import asyncio
import errno
import hmac
import ipaddress
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI
from websockets.http11 import Request, Response

from bot.channels.protocol import Disconnected, Trouble
from bot.channels.qq.onebot_link import MOST, REFUSED, Link
from bot.channels.redaction import redacted
from bot.channels.settings import Endpoint

UNIVERSAL, EVENTS, CALLS = "universal", "event", "api"
"""What a connection is for (X-Client-Role): both, events to us, or calls from us."""
OPEN_TIMEOUT = 10.0
"""Seconds for a connection to come about."""
CLOSE_TIMEOUT = 3.0
"""Seconds that the far end has to say good-bye."""
ABSENCE = 30.0
"""Seconds that an implementation has to come back: it tries every three to five."""
PINGS = 20.0
"""Seconds between two pings of the WebSocket itself."""
Use = Callable[[Link, str], Awaitable[None]]
"""What is done with a connection and its role until it ends."""


class Door(Protocol):
    """Where connections come from."""

    async def keep(self, use: Use) -> None:
        """Give `use` each connection. Raises Disconnected when there can be no more without trying again."""
        ...


@dataclass(frozen=True, slots=True)
class Forward:
    """Going to the implementation: one connection for everything, at the address's own path. The token goes in the header,
    or in the query for implementations that look only there."""

    endpoint: Endpoint
    token: str = ""
    in_query: bool = False

    async def keep(self, use: Use) -> None:
        """Connect and use the connection until it ends. Raises Disconnected."""
        address = self.endpoint.base
        if self.token and self.in_query:
            address += f"?{urlencode({'access_token': self.token})}"
        headers = {"Authorization": f"Bearer {self.token}"} if self.token and not self.in_query else {}
        try:
            socket = await connect(
                address,
                additional_headers=headers,
                ssl=self._trust(),
                proxy=self.endpoint.proxy or None,
                max_size=MOST,
                open_timeout=OPEN_TIMEOUT,
                ping_interval=PINGS,
                close_timeout=CLOSE_TIMEOUT,
            )
        except InvalidStatus as error:
            raw = f"HTTP {error.response.status_code}"
            refused = error.response.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            raise (Disconnected(raw, Trouble.AUTH, REFUSED) if refused else Disconnected(raw)) from None
        except ConnectionRefusedError:
            raise Disconnected("连不上：那里没有程序在监听，请核对地址和端口，看 OneBot 实现是否在运行") from None
        except (OSError, InvalidHandshake, InvalidURI, ssl.SSLError, EOFError) as error:
            raise Disconnected(redacted(f"连不上：{type(error).__name__}: {error}", [self.token])) from None
        link = Link(socket, [self.token])
        try:
            await use(link, UNIVERSAL)
        finally:
            await link.close()

    def _trust(self) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=self.endpoint.ca) if self.endpoint.base.startswith("wss:") else None


@dataclass(frozen=True, slots=True)
class Reverse:
    """Waiting for the implementation at a port of our own; `account` is the only one let in, empty: any."""

    host: str
    port: int
    path: str
    token: str = ""
    account: str = ""
    opened: Callable[[int], None] | None = None
    absence: float = ABSENCE

    async def keep(self, use: Use) -> None:
        """Let implementations in. Raises Disconnected where the port cannot be had, and when the one that was there does not
        come back within `absence` seconds."""
        inside = Inside()

        async def enter(socket: ServerConnection) -> None:
            assert socket.request is not None
            link = Link(socket, [self.token])
            inside.came()
            try:
                await use(link, role_of(socket.request.headers.get("X-Client-Role", "")))
            except Disconnected as gone:
                inside.why = f"{gone}"  # the implementation comes back by itself: the door stays open
            finally:
                inside.went()
                await link.close()

        try:
            server = await serve(
                enter,
                self.host,
                self.port,
                process_request=self._admit,
                max_size=MOST,
                ping_interval=PINGS,
                close_timeout=CLOSE_TIMEOUT,
            )
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "已被别的程序占用，请关掉它或改 port" if taken else f"不能监听：{error.strerror or error}"
            raise Disconnected(f"{self.host}:{self.port} {why}") from None
        try:
            if self.opened is not None:
                self.opened(next(iter(server.sockets)).getsockname()[1])
            await inside.deserted(self.absence)
        finally:
            server.close(close_connections=True)
            await server.wait_closed()

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        """The refusal of a handshake; None lets it in."""
        headers = {name.lower(): value for name, value in request.headers.raw_items()}
        status = self.admission(request.path, headers)
        return None if status is None else socket.respond(status, "")

    def admission(self, target: str, headers: Mapping[str, str]) -> HTTPStatus | None:
        """What a handshake for `target` (path and query) with these headers (names in lower case) is answered; None: welcome.

        A page in a browser on the same machine could connect to a port without a token: browsers name where a page comes
        from, implementations do not, so whoever does is kept out.
        """
        parts = urlsplit(target)
        if parts.path.rstrip("/") != self.path.rstrip("/"):
            return HTTPStatus.NOT_FOUND
        if self.token:
            given = _token(headers.get("authorization", ""), parts.query)
            if not given:
                return HTTPStatus.UNAUTHORIZED
            if not hmac.compare_digest(given.encode(errors="surrogatepass"), self.token.encode()):
                return HTTPStatus.FORBIDDEN
        elif "origin" in headers:
            return HTTPStatus.FORBIDDEN
        account = headers.get("x-self-id", "")
        if not (account.isascii() and account.isdigit()) or role_of(headers.get("x-client-role", "")) == "":
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.FORBIDDEN if self.account not in ("", account) else None


class Inside:
    """Who is connected to a door just now; `why` the last one left."""

    def __init__(self) -> None:
        self.why = ""
        self._count = 0
        self._empty, self._back = asyncio.Event(), asyncio.Event()

    def came(self) -> None:
        """One more."""
        self._count += 1
        self._empty.clear()
        self._back.set()

    def went(self) -> None:
        """One less."""
        self._count -= 1
        if not self._count:
            self._back.clear()
            self._empty.set()

    async def deserted(self, absence: float) -> None:
        """Wait until all have left and nobody came back for so many seconds; then raises Disconnected."""
        while True:
            await self._empty.wait()
            try:
                async with asyncio.timeout(absence):
                    await self._back.wait()
            except TimeoutError:
                raise Disconnected(f"OneBot 实现断开后{absence:g}秒没有再连上来（{self.why}）") from None


def role_of(given: str) -> str:
    """A role as it is written in X-Client-Role, whatever its capitals; universal where there is none, empty for an unknown one."""
    role = given.lower() or UNIVERSAL
    return role if role in (UNIVERSAL, EVENTS, CALLS) else ""


def _token(authorization: str, query: str) -> str:
    """The token in the header (Bearer, or Token as older implementations write), else in the query."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() in ("bearer", "token") and given:
        return given.strip()
    return (parse_qs(query).get("access_token") or [""])[0]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
