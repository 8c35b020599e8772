"""Our fake 企业微信 and 公众号 satisfy the clients and parsers of wechatpy and apprise, and refuse them as the platforms would."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from wechatpy import WeChatClient, parse_message
from wechatpy.exceptions import APILimitedException, WeChatClientException
from wechatpy.work import WeChatClient as WorkClient
from wechatpy.work import parse_message as parse_work

from tests.bot.channels.truth import NOW, Stage
from tests.platforms import wechat, wecom

pytestmark = pytest.mark.peers


def pointed(kind: type, base: str, token: str, params: dict[str, str]) -> Any:
    """A client of the library at our address; its own is written into the token fetch."""

    def fetch(self: Any) -> Any:
        return self._fetch_access_token(url=f"{base}/cgi-bin/{token}", params=params)

    return type("Pointed", (kind,), {"API_BASE_URL": f"{base}/cgi-bin/", "fetch_access_token": fetch})


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage() as stage:
        yield stage


@pytest.fixture
def work(stage: Stage) -> Any:
    params = {"corpid": wecom.CORP, "corpsecret": wecom.SECRET}
    return pointed(WorkClient, stage.wecom.server.base, "gettoken", params)(wecom.CORP, wecom.SECRET, timeout=10)


@pytest.fixture
def official(stage: Stage) -> Any:
    params = {"grant_type": "client_credential", "appid": wechat.APPID, "secret": wechat.SECRET}
    return pointed(WeChatClient, stage.wechat.server.base, "token", params)(wechat.APPID, wechat.SECRET, timeout=10)


async def told(call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    return await asyncio.to_thread(call, *given, **named)


async def test_the_apps_messages_and_files_are_taken_from_the_library(stage: Stage, work: Any) -> None:
    assert (await told(work.agent.get, wecom.AGENT))["name"] == "牵头"
    stage.wecom.strangers = {"lisi"}
    answer = await told(work.message.send_text, wecom.AGENT, ["wangfang", "lisi"], "今天到期")
    assert (answer["errcode"], answer["invaliduser"]) == (0, "lisi")
    await told(work.message.send_markdown, wecom.AGENT, "wangfang", "**今天**到期")
    await told(work.message.send_text_card, wecom.AGENT, "wangfang", "提醒", "今天到期", "https://qt.example.gov.cn")
    media = await told(work.media.upload, "file", ("周报.docx", io.BytesIO(b"PK\x03\x04 or so")))
    await told(work.message.send_file, wecom.AGENT, "wangfang", media["media_id"])
    assert [(seen.where, seen.text, seen.content) for seen in stage.wecom.seen] == [
        ("wangfang", "今天到期", b""), ("wangfang", "**今天**到期", b""), ("wangfang", "提醒\n今天到期", b""),
        ("wangfang", "", b"PK\x03\x04 or so"),
    ]  # fmt: skip


async def test_the_apps_groups_are_made_read_and_spoken_to_by_the_library(stage: Stage, work: Any) -> None:
    made = await told(work.appchat.create, "zhuanban2", "专班", "wangfang", ["wangfang", "lisi"])
    assert made["chatid"] == "zhuanban2"
    assert (await told(work.appchat.get, "zhuanban2"))["userlist"] == ["wangfang", "lisi"]
    await told(work.appchat.send_text, "zhuanban2", "今天到期")
    assert stage.wecom.seen[-1].where == "zhuanban2"


async def test_the_library_renews_its_token_and_knows_our_refusals(stage: Stage, work: Any) -> None:
    stage.wecom.expired = 1
    await told(work.message.send_text, wecom.AGENT, "wangfang", "今天到期")
    assert (len(stage.wecom.tokens), len(stage.wecom.seen)) == (2, 1)
    for code, kind in ((45009, APILimitedException), (81013, WeChatClientException)):
        stage.script(code)
        with pytest.raises(kind) as refused:
            await told(work.message.send_text, wecom.AGENT, "wangfang", "今天到期")
        assert refused.value.errcode == code


async def test_the_accounts_messages_are_taken_from_the_library(stage: Stage, official: Any) -> None:
    stage.wechat.allow(wechat.FOLLOWER)
    stage.wechat.consents[wechat.FOLLOWER] = 1
    await told(official.message.send_text, wechat.FOLLOWER, "今天到期")
    media = await told(official.media.upload, "image", ("a.png", io.BytesIO(b"\x89PNG\r\n\x1a\n")))
    await told(official.message.send_image, wechat.FOLLOWER, media["media_id"])
    await told(official.message.send_subscribe_message, wechat.FOLLOWER, wechat.TEMPLATE, {"thing1": {"value": "提醒"}})
    assert [seen.way for seen in stage.wechat.seen] == ["custom", "custom", "notice"]
    for _ in range(3):
        await told(official.message.send_text, wechat.FOLLOWER, "还有")
    with pytest.raises(WeChatClientException) as refused:
        await told(official.message.send_text, wechat.FOLLOWER, "第六条")
    assert refused.value.errcode == 45047


async def test_the_group_robot_takes_what_apprise_sends(stage: Stage) -> None:
    from apprise.plugins.wecombot import NotifyWeComBot

    base = stage.wecom.server.base
    pointed = type("Pointed", (NotifyWeComBot,), {"notify_url": f"{base}/cgi-bin/webhook/send?key={{key}}"})
    assert await told(pointed(key=wecom.KEY).send, "今天到期")
    assert [(seen.where, seen.text) for seen in stage.wecom.seen] == [("hook", "今天到期")]
    assert NotifyWeComBot.body_maxlen == wecom.LIMIT


def test_what_our_fakes_call_with_is_parsed_by_the_library() -> None:
    text = parse_work(wecom.spoken("wangfang", "谁牵头", "77", NOW))
    assert (text.type, text.source, text.content, text.id, text.agent) == (
        "text",
        "wangfang",
        "谁牵头",
        77,
        wecom.AGENT,
    )
    click = parse_work(wecom.pressed("wangfang", "收到 K7M", NOW, "click"))
    assert (click.event, click.key, click.source) == ("click", "收到 K7M", "wangfang")
    assert parse_work(wecom.picture("wangfang", "m1", "78", NOW)).media_id == "m1"
    written = parse_message(wechat.written("谁牵头", "6054", NOW))
    assert (written.source, written.target, written.content) == (wechat.FOLLOWER, wechat.ACCOUNT, "谁牵头")
    assert parse_message(wechat.voiced("谁牵头", "79", NOW)).recognition == "谁牵头"
    assert parse_message(wechat.event("subscribe", NOW)).event == "subscribe"
    assert parse_message(wechat.event("CLICK", NOW, "我的任务")).key == "我的任务"
