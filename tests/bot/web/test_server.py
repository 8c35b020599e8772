"""Callbacks over a real socket: bounded, bare, and told to nobody but their channel."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.channels.hearing import Callback, Ear, Response
from bot.channels.memory import MemoryChannel
from bot.clock import SystemClock
from bot.config import load_config
from bot.health import State, Ward
from bot.toml_values import ConfigError, Spot
from bot.web import server as web
from bot.web.server import CallbackServer
from bot.web.settings import ServerConfig, server_of
from tests.contracts.counterpart import Listener


class Called(MemoryChannel):
    """Keeps the callbacks it gets; the path says what it does."""

    def __init__(self) -> None:
        super().__init__(name="企微")
        self.calls: list[Callback] = []

    async def called(self, request: Callback, ear: Ear) -> Response:
        self.calls.append(request)
        if request.path == "/broken":
            raise ValueError("access_token=abcdefgh12345")
        if request.path == "/slow":
            await asyncio.Event().wait()
        return Response(200, "收到".encode())


@contextlib.asynccontextmanager
async def served(**settings: object) -> AsyncIterator[tuple[Called, httpx.AsyncClient, Ward]]:
    channel, ward = Called(), Ward(SystemClock())
    ward.turn("企微", State.OPEN)
    server = CallbackServer(ServerConfig(port=0, **settings), {"企微": channel}, lambda _: Listener(), ward)  # type: ignore[arg-type]
    at = server.bound()
    serving = asyncio.create_task(server.serve(at))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{at.getsockname()[1]}", trust_env=False) as client:
        try:
            yield channel, client, ward
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


async def test_a_callback_reaches_its_channel_as_it_came() -> None:
    async with served(prefix="/qt") as (channel, client, _):
        url = "/qt/c/%E4%BC%81%E5%BE%AE/event?echostr=a%2Bb+c%3D%3D&echostr=d&x=%E4%B8%AD"
        answer = await client.post(url, content=b"<xml/>", headers={"X-Signature": "S1"})
        assert (answer.status_code, answer.text) == (200, "收到")
        call = channel.calls[0]
        assert (call.method, call.path, call.body) == ("POST", "/event", b"<xml/>")
        assert call.query == {"echostr": "a+b+c==", "x": "中"}
        assert call.headers["x-signature"] == "S1"


async def test_what_is_not_ours_gets_a_bare_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.2)
    caplog.set_level(logging.CRITICAL)
    here = "/c/企微"
    async with served() as (channel, client, _):
        told = {
            "nothing there": await client.get("/"),
            "no such channel": await client.post("/c/没有/"),
            "above the prefix": await client.get("/c/../metrics/.."),
            "a method of nobody": await client.request("DELETE", f"{here}/"),
            "too much": await client.post(f"{here}/", content=b"x" * (web.MOST + 1)),
            "a long query": await client.get(f"{here}/?q={'x' * 9000}"),
            "broken inside": await client.post(f"{here}/broken"),
            "no answer in time": await client.post(f"{here}/slow"),
            "metrics for a proxy": await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}),
        }
        assert {what: answer.status_code for what, answer in told.items()} == {
            "nothing there": 404, "no such channel": 404, "above the prefix": 404, "a method of nobody": 405,
            "too much": 413, "a long query": 414, "broken inside": 500, "no answer in time": 503,
            "metrics for a proxy": 404,
        }  # fmt: skip
        assert {answer.content for answer in told.values()} == {b""}
        assert not any("server" in answer.headers for answer in told.values())
        assert len(channel.calls) == 2


async def test_headers_without_end_are_refused() -> None:
    async with served() as (channel, client, _):
        answer = await client.get("/c/企微/", headers={"X-Long": "x" * 20_000})
        assert (answer.status_code, channel.calls) == (431, [])
        with contextlib.suppress(httpx.ReadError):  # closed while we still send
            assert (await client.get("/c/企微/", headers={"X-Long": "x" * 500_000})).status_code == 400
        assert channel.calls == []


async def test_health_and_metrics_are_for_this_machine_and_for_who_has_the_token() -> None:
    async with served(token="t0ken-for-metrics") as (_, client, ward):
        ward.of("企微").heard = 3
        metrics = (await client.get("/metrics")).text
        assert 'qiantou_channel_heard_total{channel="企微"} 3' in metrics.splitlines()
        assert 'qiantou_channel_up{channel="企微"} 1' in metrics.splitlines()
        assert ((await client.get("/health")).status_code, (await client.get("/health")).text) == (200, "ok")
        ward.turn("企微", State.STOPPED)
        assert (await client.get("/health")).status_code == 503
        far = {"X-Forwarded-For": "203.0.113.7"}
        assert (await client.get("/metrics", headers=far)).status_code == 404
        good = {**far, "Authorization": "Bearer t0ken-for-metrics"}
        assert (await client.get("/metrics", headers=good)).status_code == 200


def settings(folder: Path, text: str) -> ServerConfig:
    (folder / "qiantou.toml").write_text(text, encoding="utf-8")
    return server_of(Spot("qiantou.toml", "server"), load_config(folder).server, folder)


def test_an_address_of_the_network_wants_a_proxy_with_tls_before_it(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == ServerConfig()
    with pytest.raises(ConfigError, match="平台回调必须经过 HTTPS"):
        settings(tmp_path, '[server]\nhost = "0.0.0.0"')
    found = settings(tmp_path, '[server]\nhost = "0.0.0.0"\nproxied = true\nport = 9000\nprefix = "/qt/"')
    assert (found.local, found.address) == (False, "http://0.0.0.0:9000/qt")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("port = 70000", "1到65535之间的整数"),
        ('prefix = "qt"', '应写成 "/qiantou" 这样的路径'),
        ('hots = "127.0.0.1"', "是不是想写“host”"),
        ('token = "有 空白"', "混进了空白"),
    ],
)
def test_a_slip_in_the_settings_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        settings(tmp_path, f"[server]\n{text}")


def test_an_address_that_is_taken_is_said_in_a_sentence() -> None:
    first = CallbackServer(ServerConfig(port=0), {}, lambda _: Listener(), Ward(SystemClock()))
    with first.bound() as at:
        port = at.getsockname()[1]
        second = CallbackServer(ServerConfig(port=port), {}, lambda _: Listener(), Ward(SystemClock()))
        with pytest.raises(ConfigError, match="请换一个 port 再启动"):
            second.bound()
