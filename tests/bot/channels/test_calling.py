"""Calls over HTTP against a server that misbehaves: what left is known, what comes back is bounded, no secret is told."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from bot.channels import calling
from bot.channels.calling import Caller, TooMuch
from bot.channels.protocol import Status, Trouble
from bot.channels.settings import Endpoint

Handle = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
SECRET = "planted-secret-1"


def plain(body: bytes, status: str = "200 OK", *headers: str) -> Handle:
    async def handle(asked: bytes, writer: asyncio.StreamWriter) -> None:
        head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers))
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)

    return handle


@contextlib.asynccontextmanager
async def platform(handle: Handle) -> AsyncIterator[tuple[Caller, list[bytes]]]:
    """A server that answers every request so, and a caller below it."""
    asked: list[bytes] = []
    serving: list[asyncio.Task[object] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        try:
            await answer(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        asked.append(head + await reader.readexactly(length))
        with contextlib.suppress(ConnectionError):
            await handle(asked[-1], writer)
            await writer.drain()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    caller = Caller(Endpoint(f"http://127.0.0.1:{port}/prefix"), [SECRET], timeout=0.3)
    try:
        yield caller, asked
    finally:
        await caller.close()
        server.close()
        for one in serving:
            if one is not None:
                one.cancel()
        await asyncio.gather(*(one for one in serving if one is not None), return_exceptions=True)


async def test_a_call_goes_below_the_prefix_and_brings_back_the_object() -> None:
    async with platform(plain('{"errcode":0,"说":"好"}'.encode(), "200 OK", "X-Request: r1")) as (caller, asked):
        got = await caller.call("POST", "/cgi-bin/send", params={"key": "a+b"}, json={"text": "提醒"})
    assert (got.status, got.body, got.left, got.silent) == (200, {"errcode": 0, "说": "好"}, True, None)
    assert got.headers["x-request"] == "r1"
    assert asked[0].startswith(b"POST /prefix/cgi-bin/send?key=a%2Bb HTTP/1.1")
    assert "提醒".encode() in asked[0]


@pytest.mark.parametrize("body", [b"[1]", b"<html>", b"\xff\xfe", b"[" * 100_000, b""])
async def test_what_is_no_object_is_none_and_its_text_is_kept(body: bytes) -> None:
    async with platform(plain(body, "502 Bad Gateway")) as (caller, _):
        got = await caller.call("GET", "/")
    assert (got.status, got.body, bool(got.raw)) == (502, {}, True)
    assert len(got.raw) < 1200


async def test_secrets_of_the_account_and_of_the_call_are_in_nothing_that_comes_back() -> None:
    body = f'{{"msg":"bad {SECRET} and fresh-token-2"}}'.encode()
    async with platform(plain(body)) as (caller, _):
        got = await caller.call("GET", f"/{SECRET}", blot=["fresh-token-2"])
        refused = await Caller(Endpoint("http://127.0.0.1:9/x"), [SECRET]).call("GET", f"/{SECRET}")
    assert SECRET not in got.raw + refused.raw
    assert "fresh-token-2" not in got.raw


async def test_an_address_where_nobody_is_got_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        caller = Caller(Endpoint(f"http://127.0.0.1:{taken.getsockname()[1]}"))
        got = await caller.call("POST", "/")
        await caller.close()
    assert (got.status, got.left) == (None, False)
    assert got.silent is not None
    assert (got.silent.status, got.silent.trouble) == (Status.FAILED, Trouble.SERVER)


async def nothing(asked: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def cut(asked: bytes, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def half(asked: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"errcode":0')


@pytest.mark.parametrize("handle", [nothing, cut, half, plain(b"x" * 5000)])
async def test_where_an_answer_is_late_cut_or_too_long_nobody_knows_and_that_is_said(
    handle: Handle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "MOST", 4000)
    async with platform(handle) as (caller, asked):
        got = await caller.call("POST", "/", json={})
    assert len(asked) == 1
    assert got.silent is not None
    assert (got.status, got.left, got.silent.status, got.silent.trouble) == (
        None, True, Status.UNKNOWN, Trouble.SILENCE,
    )  # fmt: skip


async def test_a_redirect_is_not_followed_for_it_would_carry_secrets_elsewhere() -> None:
    async with platform(plain(b"", "302 Found", "Location: http://127.0.0.1:9/")) as (caller, asked):
        got = await caller.call("GET", "/")
    assert (got.status, len(asked)) == (302, 1)


async def test_a_download_is_bounded_and_a_refusal_is_raised() -> None:
    async with platform(plain(b"x" * 1000)) as (caller, _):
        assert await caller.download("/file", 1000) == b"x" * 1000
        with pytest.raises(TooMuch):
            await caller.download("/file", 999)
    async with platform(plain(b"", "404 Not Found")) as (caller, _):
        with pytest.raises(httpx.HTTPError):
            await caller.download("/file", 10)
        await caller.close()
