"""Our fake platform of the official QQ bot is one: an application that is not ours is let in, hears, answers and is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.channels.hearing import Callback
from bot.channels.qq.official_signing import Signer
from tests.bot.channels.qq.fake_official import APP, GROUP, MEMBER, SECRET, USER, FakeQQ
from tests.peers.conftest import Run
from tests.peers.test_onebot import free_port

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
async def fake() -> AsyncIterator[FakeQQ]:
    fake = FakeQQ()
    await fake.open()
    yield fake
    await fake.close()


async def test_an_application_that_is_not_ours_lives_on_the_gateway(fake: FakeQQ, node: Run) -> None:
    shown: list[tuple[object, ...]] = []
    fake.show = lambda *one: shown.append(one)
    fake.pushes = False
    application = await node("qq_nonebot.py", APP, SECRET, fake.http.base, str(free_port()), "websocket")
    kind, values = fake.message("扶贫信息谁牵头")
    await fake.tell(kind, values)
    told = await application.until(id=values["id"])
    assert told == {
        "heard": "扶贫信息谁牵头", "id": values["id"], "kind": "named", "group": GROUP, "member": MEMBER, "to_me": True,
    }  # fmt: skip
    assert (await application.hear())["sent"]
    assert (await application.hear())["picture"]
    assert await application.hear() == {"refused": 40034102}
    assert [one[1] for one in shown] == ["牵头单位：〔财政局〕[附件]", shown[1][1]]
    assert (shown[0][3], shown[1][4]) == (values["id"], b"\x89PNG")
    private = fake.message("谁牵头", group=False)
    await fake.tell(*private)
    assert await application.until(id=private[1]["id"]) == {"heard": "谁牵头", "id": private[1]["id"], "user": USER}
    for kind in ("GROUP_ADD_ROBOT", "GROUP_MSG_REJECT"):
        await fake.tell(*fake.changed(kind))
        await application.until(notice=kind, group=GROUP)


async def test_an_application_that_is_not_ours_takes_the_webhook_for_signed(fake: FakeQQ, node: Run) -> None:
    port = free_port()
    application = await node("qq_nonebot.py", APP, SECRET, fake.http.base, str(port), "webhook")
    address = f"http://127.0.0.1:{port}/qq/webhook"
    plain = {"plain_token": "Arq0D5A61EgUu4OxUvOp", "event_ts": "1725442341"}
    answer = await _posted(address, fake.callback({"op": 13, "d": plain}))
    assert answer.json() == Signer(SECRET).validation(plain)
    kind, values = fake.message("扶贫信息谁牵头")
    call = fake.callback(fake.dispatched(kind, values))
    wrong = fake.callback(json.loads(call.body), signature="00" * 64)
    assert ((await _posted(address, wrong)).status_code, (await _posted(address, call)).status_code) == (403, 200)
    assert (await application.until(id=values["id"]))["heard"] == "扶贫信息谁牵头"


async def _posted(address: str, call: Callback) -> httpx.Response:
    """The call over the wire, once the application is up."""
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(200):
            try:
                return await client.post(address, content=call.body, headers=dict(call.headers))
            except httpx.ConnectError:
                await asyncio.sleep(0.1)
    raise AssertionError("nobody came up")
