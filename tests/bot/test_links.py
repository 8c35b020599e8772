"""链接核查: what is opened, what never is; against a small web server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import build
from bot.channels.memory import MemoryChannel
from bot.clock import VirtualClock
from bot.home import Home
from bot.links import MOST, look, title_in
from knowledge.model import Message
from knowledge.reported import counting
from tests.contracts.served import NOW
from tests.scheduler.offices import by, duty, register_of

HERE = ("127.0.0.0/8",)
PAGE = "<html><head><meta charset=utf-8><title>收费 目录\n清单&amp;说明</title></head></html>".encode()
ANSWERS = {
    "/page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
    "/moved": b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n",
    "/inside": b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.8/admin\r\nContent-Length: 0\r\n\r\n",
    "/file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    "/loop": b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
    "/packed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
    "/endless": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST + 50_000),
}


@asynccontextmanager
async def web() -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        writer.write(ANSWERS.get(path, missing))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_an_allowed_address_is_opened_and_its_title_taken() -> None:
    async with web() as base:
        for path in ("/page", "/moved"):
            found = await look(base + path, HERE)
            assert (found.opens, found.title) == (True, "收费 目录 清单&说明"), path
        assert (await look(f"{base}/packed", HERE)).title == ""
        assert (await look(f"{base}/endless", HERE)).opens
        assert (await look(f"{base}/nowhere", HERE)).why == "网站答复404"
        assert (await look(f"{base}/loop", HERE)).why == "跳转太多次"


async def test_what_is_not_public_is_never_connected_to() -> None:
    async with web() as base:
        assert (await look(f"{base}/page")).why == "不是公开的网址"
        for path in ("/inside", "/file"):
            assert (await look(base + path, HERE)).opens is False, path
        assert (await look(f"{base}/inside", HERE)).why == "不是公开的网址"
        assert (await look(f"{base}/file", HERE)).why == "不是网址"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255",
    ],
)  # fmt: skip
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["93.184.216.34", address]  # a public one beside it does not help

    assert (await look("http://news.example/page", resolve=resolve)).why == "不是公开的网址"


async def test_the_address_that_was_checked_is_the_one_that_is_connected_to() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with web() as base:
        port = base.rpartition(":")[2]
        found = await look(f"http://news.example:{port}/page", HERE, resolve)
        assert found.opens, found.why
    assert asked == ["news.example"], "the name is looked up once, and the address used"


async def test_other_schemes_and_passwords_are_no_links() -> None:
    for url in ("ftp://example.gov.cn/1", "http://user:word@example.gov.cn/", "javascript:alert(1)", "http://"):
        assert (await look(url)).opens is False, url


def test_titles_in_other_charsets_are_read() -> None:
    assert title_in("<title>信息公开</title>".encode("gb18030"), "text/html; charset=gbk") == "信息公开"
    assert title_in("<title>信息公开</title>".encode("gb18030")) == "信息公开"
    assert title_in(b"<p>no title") == ""
    assert title_in("<title>\x1b[31m红\u202e字</title>".encode()) == "[31m红 字"


async def test_links_are_only_looked_at_where_the_office_allows_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    app = build(tmp_path, home.store(), MemoryChannel(), VirtualClock(NOW))
    app.store.file(register_of(duty(1, by("2026-12-10"))))
    async with web() as base:
        app.receive(Message(f"第1项已完成，{base}/page", "私聊", "张晓", "liaison", "市财政局"))
        await app.tick()
        (one,) = counting(app.store.ledger(), "plan#1")
        assert one.checks == {}
        app.config = replace(app.config, evidence=replace(app.config.evidence, check=True, allow=HERE))
        await app.tick()
        await app.tick()
    (one,) = counting(app.store.ledger(), "plan#1")
    (entry,) = one.evidence
    assert (entry.details["checked"], entry.details["title"], entry.at) == ("opens", "收费 目录 清单&说明", NOW)
    app.store.close()
