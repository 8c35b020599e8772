"""Our fake OneBot implementation is one: three independent applications hear, answer and read through it."""

from __future__ import annotations

import socket

import pytest

from tests.bot.channels.qq.fake_onebot import FakeOneBot, at, reply, text
from tests.peers.conftest import Run
from tests.peers.scripts import Script

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]
TOKEN = "a-token-of-16-signs"
ANSWER = " 牵头单位：〔财政局〕[附件]"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


APPLICATIONS = ["aiocqhttp reverse", "nonebot reverse", "nonebot forward", "node-napcat-ts forward"]


async def started(name: str, fake: FakeOneBot, run: Run) -> Script:
    package, way = name.split()
    if way == "forward":
        script = "onebot.mjs" if package == "node-napcat-ts" else "onebot_nonebot.py"
        return await run(script, TOKEN, await fake.serve(), *(["forward"] if script.endswith(".py") else []))
    port = free_port()
    paths = {"aiocqhttp": "/ws", "nonebot": "/onebot/v11/ws"}
    fake.come(f"ws://127.0.0.1:{port}{paths[package]}")
    return await run(f"onebot_{package}.py", TOKEN, str(port), *(["reverse"] if package == "nonebot" else []))


@pytest.mark.parametrize("cq", [False, True], ids=["arrays", "strings"])
@pytest.mark.parametrize("name", APPLICATIONS)
async def test_an_application_that_is_not_ours_takes_the_fake_for_an_implementation(
    name: str, cq: bool, node: Run
) -> None:
    fake, shown = FakeOneBot(token=TOKEN, cq=cq), []
    fake.show = lambda *one: shown.append(one)
    application = await started(name, fake, node)
    await fake.tell(fake.message([at(20003), text(" 扶贫信息谁牵头 [附件]&")], id="1002"))
    assert {**await application.until(id="1002"), "heard": ""} == {
        "heard": "", "id": "1002", "group": 30003, "card": "财政局-王芳",
    }  # fmt: skip
    number = (await application.hear())["sent"]
    assert await application.hear() == {"quoted": "20002"}
    assert await application.hear() == {"cards": ["财政局-王芳", "李四"]}
    assert await application.hear() == {"refused": 1404}
    where, parts, id = shown[0]
    assert (where, id, [part["type"] for part in parts]) == ("group:30003", number, ["reply", "at", "text"])
    assert (parts[0], parts[2]) == (reply("1002"), text(ANSWER))
    await fake.tell(fake.notice("group_recall", operator_id=20002, message_id=1002))
    await application.until(notice="group_recall", id="1002")
    fake.online = False
    if "aiocqhttp" not in name:
        await fake.tell(fake.heartbeat())
        await application.until(online=False)
    await fake.close()


async def test_words_with_brackets_and_ampersands_arrive_as_they_were_written(node: Run) -> None:
    for cq in (False, True):
        fake = FakeOneBot(token=TOKEN, cq=cq)
        application = await started("nonebot forward", fake, node)
        await fake.tell(fake.message([text("〔2017〕[附件]&谁牵头")], id="7"))
        assert (await application.until(id="7"))["heard"] == "〔2017〕[附件]&谁牵头"
        await fake.close()
