"""飞书 and 钉钉: our fake platforms answer apprise's clients, which others wrote; and why its word is a weak one."""

import asyncio
import base64
import hashlib
import hmac
from typing import Any

import pytest

from bot.channels import dingtalk, feishu
from tests.peers.conftest import Run
from tests.platforms.robots import KEYWORD, SECRET, TOKEN, DingTalkRobot, FeishuRobot, Robot

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]


def said(plugin: str, robot: Robot, address: str, text: str) -> bool:
    """What apprise says of a text that it brings to our fake."""
    import apprise
    from apprise.plugins import dingtalk as theirs_d
    from apprise.plugins import feishu as theirs_f

    theirs: Any = {"dingtalk": theirs_d.NotifyDingTalk, "feishu": theirs_f.NotifyFeishu}[plugin]
    before, theirs.notify_url = theirs.notify_url, f"{robot.server.base}{address}"
    place = apprise.Apprise()
    try:
        assert place.add(f"{plugin}://{TOKEN.replace('-', '')}")
        place[0].token = TOKEN
        return bool(place.notify(body=text))
    finally:
        theirs.notify_url = before


async def test_feishu_takes_what_apprise_brings_and_refuses_it_a_text_without_the_keyword() -> None:
    robot = FeishuRobot(given={"hook": TOKEN})
    await robot.open()
    address = f"/open-apis/bot/v2/hook/{TOKEN}/"
    words = [
        await asyncio.to_thread(said, "feishu", robot, address, text) for text in (f"{KEYWORD}：明天到期", "明天到期")
    ]
    await robot.channel.close()
    await robot.close()
    assert (words, [one.text for one in robot.messages]) == ([True, False], [f"{KEYWORD}：明天到期"])


async def test_dingtalk_takes_it_too_and_apprise_calls_a_refusal_a_success() -> None:
    robot = DingTalkRobot(given={"hook": TOKEN})
    await robot.open()
    address = f"/robot/send?access_token={TOKEN}"
    words = [
        await asyncio.to_thread(said, "dingtalk", robot, address, text) for text in (f"{KEYWORD}：明天到期", "明天到期")
    ]
    await robot.channel.close()
    await robot.close()
    # The second was refused (310000, HTTP 200): therefore its True is never called sent in bot/channels/others.py.
    assert (words, [one.text for one in robot.messages]) == ([True, True], [f"{KEYWORD}：明天到期"])


async def test_node_computes_the_same_signatures(node: Run) -> None:
    script = await node("signatures.mjs")
    for moment in range(1784077500, 1784077500 + 200):
        ours = [feishu.signature(SECRET, moment), dingtalk.signature(SECRET, moment * 1000)]
        assert await script.ask({"call": "both", "with": [SECRET, moment]}) == {"value": ours}
    assert base64.b64decode(ours[0]) != hmac.new(SECRET.encode(), b"", hashlib.sha256).digest()
