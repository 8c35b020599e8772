"""The server of callbacks: bounded in size, time and number; what goes wrong inside is told to the log and to nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.channels.hearing import Callback, Ear, Response
from bot.channels.protocol import Channel
from bot.health import State, Ward, metrics
from bot.toml_values import ConfigError
from bot.web.settings import ServerConfig

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)

MOST = 1_000_000
"""Bytes of a body; callbacks are far smaller."""
LONGEST_HEAD = 16_384
"""Bytes of all headers."""
LONGEST_QUERY = 8_192
"""Bytes of a query; that of an encrypted URL check has about 400."""
MOST_PARAMETERS = 50
SECONDS = 10.0
"""For a body to arrive, and for a channel to answer; platforms wait for five."""
AT_ONCE = 100
"""Requests in hand; more are told to come again (503)."""
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class CallbackServer:
    """Brings callbacks below PREFIX/c/NAME/ to the channel NAME. `ears` gives the ear of a channel."""

    def __init__(
        self, config: ServerConfig, channels: Mapping[str, Channel], ears: Callable[[str], Ear], ward: Ward
    ) -> None:
        self.config = config
        self._channels, self._ears, self._ward = channels, ears, ward
        self._in_hand = 0
        self.port = 0
        """Where it listens, once it does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        from starlette.requests import Request
        from starlette.responses import Response as Answer

        if scope["type"] != "http":
            return
        try:
            found = await self._answer(Request(scope, receive))
        except Exception:
            log.exception("a request could not be answered")
            found = Response(500)
        answer = Answer(found.body, found.status, media_type=found.kind)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"]
        if not path.startswith(f"{self.config.prefix}/"):
            return Response(404)
        path = path.removeprefix(self.config.prefix)
        if path in ("/health", "/metrics"):
            return self._told(request, path) if request.method == "GET" else Response(405)
        if not path.startswith("/c/"):
            return Response(404)
        name, _, rest = path.removeprefix("/c/").partition("/")
        channel = self._channels.get(name)
        if channel is None:
            return Response(404)
        if request.method not in ("GET", "POST"):
            return Response(405)
        if self._in_hand >= AT_ONCE:
            return Response(503)
        self._in_hand += 1
        try:
            return await self._called(channel, request, f"/{rest}")
        finally:
            self._in_hand -= 1

    async def _called(self, channel: Channel, request: Request, path: str) -> Response:
        query = request.scope["query_string"]
        if len(query) > LONGEST_QUERY:
            return Response(414)
        if sum(len(name) + len(value) for name, value in request.scope["headers"]) > LONGEST_HEAD:
            return Response(431)
        try:
            async with asyncio.timeout(SECONDS):
                body = await _body(request)
        except TimeoutError:
            return Response(408)
        if body is None:
            return Response(413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Callback(request.method, path, _query(query), headers, body)
        try:
            async with asyncio.timeout(SECONDS):
                return await channel.called(call, self._ears(channel.name))
        except TimeoutError:
            return Response(503)

    def _told(self, request: Request, path: str) -> Response:
        """How the office is; for this machine, and for who has the token. A proxy's requests are not this machine's."""
        if not (self._has_token(request) or _is_local(request)):
            return Response(404)
        if path == "/metrics":
            return Response(200, metrics(self._ward.healths.values()).encode(), "text/plain; version=0.0.4")
        ill = [one for one in self._ward.healths.values() if one.refused or one.state is State.STOPPED]
        return Response(503, b"stopped") if ill else Response(200, b"ok")

    def _has_token(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return bool(self.config.token) and hmac.compare_digest(given.encode(), self.config.token.encode())

    # ------------------------------------------------------------ running
    def bound(self) -> socket.socket:
        """The socket to serve at. Raises ConfigError where the address cannot be had."""
        try:
            return socket.create_server(
                (self.config.host, self.config.port),
                family=socket.AF_INET6 if ":" in self.config.host else socket.AF_INET,
            )
        except OSError as error:
            raise ConfigError(
                f"[server] 的地址 {self.config.host}:{self.config.port} 用不了（{error.strerror or error}），"
                "可能被别的程序占用；请换一个 port 再启动。"
            ) from error

    async def serve(self, at: socket.socket) -> None:
        """Serve until cancelled; requests in hand are finished, for a few seconds at most."""
        import uvicorn

        class Quiet(uvicorn.Server):
            @contextlib.contextmanager
            def capture_signals(self) -> Iterator[None]:
                yield  # signals end the whole process in its own order

        config = uvicorn.Config(
            self,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,  # addresses carry signatures and tokens
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=5,
            limit_concurrency=AT_ONCE * 4,
            h11_max_incomplete_event_size=LONGEST_HEAD + LONGEST_QUERY,
        )
        server = Quiet(config)
        self.port = at.getsockname()[1]
        serving = asyncio.create_task(server.serve([at]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


async def _body(request: Request) -> bytes | None:
    """The body; None where there is too much of it."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST:
            return None
    return bytes(content)


def _query(raw: bytes) -> dict[str, str]:
    """The parameters; the first of each name counts. A plus stays a plus: signatures and ciphertexts hold it as it is."""
    found: dict[str, str] = {}
    for pair in raw.decode("latin-1").split("&")[:MOST_PARAMETERS]:
        name, _, value = pair.partition("=")
        if name:
            found.setdefault(unquote(name), unquote(value))
    return found


def _is_local(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
