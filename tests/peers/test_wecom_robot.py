"""Our fake platform of smart robots satisfies clients that are not ours, and our client sends what the official one sends."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.hearing import FILE, IMAGE, File
from bot.channels.protocol import Button, Status
from bot.channels.settings import Endpoint
from bot.channels.wecom.robot import Account, RobotChannel
from bot.channels.wecom.robot_link import Times
from bot.clock import SystemClock
from tests.contracts.counterpart import Listener
from tests.peers.conftest import Run
from tests.peers.robot_clients import Client, NodeClient, PythonClient
from tests.platforms.wecom_robot import SmartRobots

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]
GROUP, PERSON = "wrAbCdEf", "wangfang"
CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "任务提醒"},
    "button_list": [{"text": "收到", "style": 1, "key": "收到 K7M"}, {"text": "延期", "style": 2, "key": "延期 K7M"}],
    "task_id": "card@1",
    "sub_title_text": "第1项今天到期",
}
LARGE = bytes(range(256)) * 5000
"""Three pieces."""


@pytest.fixture
async def platform() -> AsyncIterator[SmartRobots]:
    platform = SmartRobots()
    await platform.open()
    yield platform
    await platform.close()


@pytest.fixture(params=["official", "independent"])
async def client(request: pytest.FixtureRequest, platform: SmartRobots, node: Run) -> AsyncIterator[Client]:
    client = await made(str(request.param), platform, node, platform.robots[platform.robot])
    yield client
    await client.call("disconnect")


async def made(which: str, platform: SmartRobots, node: Run, secret: str) -> Client:
    if which == "official":
        return NodeClient(await node("wecom_robot.mjs", platform.address, platform.robot, secret))
    return PythonClient(platform.address, platform.robot, secret)


async def test_it_subscribes_keeps_its_heart_beating_and_is_heard(client: Client, platform: SmartRobots) -> None:
    await client.call("connect")
    await client.event("authenticated")
    await platform.until(lambda: [frame["cmd"] for frame in platform.frames].count("ping") >= 3)
    assert platform.connections == 1  # two unanswered beats would have ended the first


async def test_a_question_is_answered_in_a_stream(client: Client, platform: SmartRobots) -> None:
    await client.call("connect")
    await platform.say("@牵头 机器人 扶贫信息谁牵头", GROUP)
    frame = await client.event("message.text")
    assert (frame["body"]["text"]["content"], frame["body"]["chatid"]) == ("@牵头 机器人 扶贫信息谁牵头", GROUP)
    await client.call("reply_stream", frame, "stream_1", "正在查", False)
    await client.call("reply_stream", frame, "stream_1", "牵头单位：市财政局", True)
    assert [(seen.chat, seen.kind, seen.answers) for seen in platform.seen] == [
        (GROUP, "stream", frame["headers"]["req_id"])
    ]


async def test_pushes_cards_presses_and_greetings_are_taken(client: Client, platform: SmartRobots) -> None:
    await client.call("connect")
    await client.event("authenticated")
    await client.call("send_message", GROUP, {"msgtype": "markdown", "markdown": {"content": "**到期提醒**"}})
    await client.call("send_message", GROUP, {"msgtype": "template_card", "template_card": CARD})
    await platform.press("card@1", "收到 K7M", GROUP)
    event = await client.event("event.template_card_event")
    assert event["body"]["event"]["template_card_event"]["event_key"] == "收到 K7M"
    await client.call("update_template_card", event, {**CARD, "sub_title_text": "已收到"}, [PERSON])
    await platform.enter()
    entered = await client.event("event.enter_chat")
    await client.call("reply_welcome", entered, {"msgtype": "text", "text": {"content": "您好"}})
    assert [seen.kind for seen in platform.seen] == ["markdown", "template_card"]
    assert (len(platform.updated), len(platform.welcomed)) == (1, 1)


async def test_files_go_up_in_pieces_and_come_down_locked(client: Client, platform: SmartRobots) -> None:
    await client.call("connect")
    await client.event("authenticated")
    uploaded = await client.call("upload_media", base64.b64encode(LARGE).decode(), "file", "周报.docx")
    await client.call("send_media_message", GROUP, "file", uploaded["media_id"])
    assert platform.files[uploaded["media_id"]] == ("file", "周报.docx", LARGE)
    await platform.give("方案 一.txt", "牵头单位：市财政局".encode())
    given = (await client.event("message.file"))["body"]["file"]
    name, content = await client.call("download_file", given["url"], given["aeskey"])
    assert (name, base64.b64decode(content).decode()) == ("方案 一.txt", "牵头单位：市财政局")


async def test_refusals_reach_it_with_their_number(client: Client, platform: SmartRobots) -> None:
    await client.call("connect")
    await client.event("authenticated")
    with pytest.raises(Exception, match="93006"):
        await client.call("send_message", GROUP.lower(), {"msgtype": "markdown", "markdown": {"content": "大小写"}})
    await platform.enter()
    entered = await client.event("event.enter_chat")
    with pytest.raises(Exception, match="846605"):
        await client.call("reply_stream", entered, "stream_1", "不能这样答", True)
    platform.expired = True
    await platform.say("问", GROUP)
    with pytest.raises(Exception, match="846608"):
        await client.call("reply_stream", await client.event("message.text"), "stream_2", "太晚了", True)


async def test_a_second_connection_takes_the_place_of_the_first_which_stays_away(
    client: Client, platform: SmartRobots
) -> None:
    await client.call("connect")
    await client.event("authenticated")
    await platform.take_over()
    await client.event("event.disconnected_event")
    await client.event("disconnected")
    assert platform.connections == 1


@pytest.mark.parametrize(
    ("which", "last"),
    [("official", "Max auth failure attempts exceeded (2)"), ("independent", "Authentication failed")],
)
async def test_a_wrong_secret_is_understood_as_one(which: str, last: str, platform: SmartRobots, node: Run) -> None:
    # The independent client never tries again once a connection was closed in good order.
    client = await made(which, platform, node, "another-secret")
    await client.call("connect")
    while last not in await client.event("error"):
        pass
    assert platform.connections == (3 if which == "official" else 1)
    await client.call("disconnect")


# ---------------------------------------------------------------- ours beside the official one
def shape(value: Any) -> Any:
    """The keys and kinds of a value; a list is what its elements are."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return type(value).__name__


def told(platform: SmartRobots) -> dict[str, list[Any]]:
    """The shapes of all frames that came, by command, without repetitions."""
    found: dict[str, list[Any]] = {}
    for frame in platform.frames:
        one = shape(frame)
        if one not in found.setdefault(frame["cmd"], []):
            found[frame["cmd"]].append(one)
    return found


async def official(platform: SmartRobots, client: Client) -> None:
    """Everything that ours does, done by the official client."""
    await client.call("connect")
    await client.event("authenticated")
    await platform.say("问", GROUP)
    await client.call("reply_stream", await client.event("message.text"), "stream_1", "答", True)
    await client.call("send_message", GROUP, {"msgtype": "markdown", "markdown": {"content": "提醒"}})
    await client.call("send_message", GROUP, {"msgtype": "template_card", "template_card": CARD})
    await platform.press("card@1", "收到 K7M", GROUP)
    await client.call("update_template_card", await client.event("event.template_card_event"), CARD, [PERSON])
    await platform.enter()
    await client.call(
        "reply_welcome", await client.event("event.enter_chat"), {"msgtype": "text", "text": {"content": "好"}}
    )
    for kind in ("file", "image"):
        uploaded = await client.call("upload_media", base64.b64encode(LARGE).decode(), kind, "周报")
        await client.call("send_media_message", GROUP, kind, uploaded["media_id"])
    await platform.until(lambda: any(frame["cmd"] == "ping" for frame in platform.frames))


async def ours(platform: SmartRobots, channel: RobotChannel, ear: Listener) -> None:
    await platform.say("问", GROUP)
    await ear.until(heard=1)
    assert (await channel.answer(ear.heard[0], "答", "a1")).status is Status.SENT
    assert (await channel.post(f"机器人/{GROUP}", "提醒", "k1")).status is Status.SENT
    buttons = (Button("收到", "收到 K7M"), Button("延期", "延期 K7M"))
    assert (await channel.post(f"机器人/{GROUP}", "任务提醒\n第1项今天到期", "k2", buttons)).status is Status.SENT
    await platform.press(platform.seen[-1].body["template_card"]["task_id"], "收到 K7M", GROUP)
    await platform.enter()
    await platform.until(lambda: platform.updated and platform.welcomed)
    for kind in (FILE, IMAGE):
        assert (await channel.hand(f"机器人/{GROUP}", File("周报", LARGE, kind), kind)).status is Status.SENT
    await platform.until(lambda: any(frame["cmd"] == "ping" for frame in platform.frames))


async def test_our_client_sends_what_the_official_one_sends(platform: SmartRobots, node: Run) -> None:
    secret = platform.robots[platform.robot]
    client = await made("official", platform, node, secret)
    await official(platform, client)
    theirs = told(platform)
    await client.call("disconnect")
    platform.frames.clear()
    account, times = Account(platform.robot, secret, "牵头"), Times(beat=0.7)
    channel = RobotChannel("机器人", account, Endpoint(platform.address), SystemClock(), welcome="好", times=times)
    ear = Listener()
    listening = asyncio.create_task(channel.listen(ear))
    await ours(platform, channel, ear)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await channel.close()
    assert told(platform) == theirs
