"""The account: answers that go back in the callback, those that come too late, and the few ways to somebody who has not written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.hearing import IMAGE, Callback, Ear, File, Heard, Response
from bot.channels.protocol import Channel, Status, Trouble, Verdict
from bot.channels.settings import channels_of
from bot.channels.wechat.account import PASSIVE, AccountChannel
from bot.channels.wechat.notification import Notification
from bot.channels.wechat.quota import CLICK, Quota
from bot.clock import VirtualClock
from bot.toml_values import ConfigError, Spot
from knowledge.store import StoreError
from tests.bot.channels.truth import NOW, Stage
from tests.contracts.counterpart import Listener
from tests.platforms import wechat

WHO = f"未配通知/{wechat.FOLLOWER}"
S, F, U = Status.SENT, Status.FAILED, Status.UNKNOWN


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage() as stage:
        yield stage


@pytest.fixture
def account(stage: Stage) -> AccountChannel:
    found = stage.channels["未配通知"]
    assert isinstance(found, AccountChannel)
    return found


def built(stage: Stage, **more: object) -> AccountChannel:
    section = wechat.settings(stage.wechat.server.base, **more)  # type: ignore[arg-type]
    found = channels_of(Spot("qiantou.toml", "channels"), {"未配通知": section}, Path(), stage.clock)[0]
    assert isinstance(found, AccountChannel)
    return found


class Office(Listener):
    """Answers what it hears: at once, or when `told` to."""

    def __init__(self, channel: Channel, words: str = "市财政局牵头。") -> None:
        super().__init__()
        self._channel, self._words = channel, words
        self.verdicts: list[Verdict] = []

    async def hear(self, heard: Heard) -> bool:
        fresh = await super().hear(heard)
        if fresh and self._words:
            self.verdicts.append(await self._channel.answer(heard, self._words, heard.id))
        return fresh


async def delivered(channel: Channel, ear: Ear, sender: wechat.Sender, xml: str) -> str:
    request = sender.posted(xml)
    answer = await channel.called(request, ear)
    assert answer.status == 200
    return sender.read(request, answer.body)


def written(text: str = "政务公开培训谁牵头", id: str = "6054") -> str:
    return wechat.written(text, id, NOW)


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
async def test_an_answer_that_is_ready_goes_back_in_the_callback_and_is_never_called_sent(
    stage: Stage, safe: bool
) -> None:
    channel, sender = built(stage, safe=safe), wechat.Sender(stage.clock, safe)
    office = Office(channel, "市财政局牵头。]]><b>")
    assert await delivered(channel, office, sender, written()) == "市财政局牵头。]]><b>"
    assert (office.verdicts, stage.wechat.asked) == ([Verdict(U, PASSIVE)], [])
    heard = office.heard[0]
    assert (heard.id, heard.person, heard.text, heard.at) == ("6054", WHO, "政务公开培训谁牵头", NOW)


async def test_the_platforms_repeats_get_the_same_answer_and_no_work_is_done_twice(
    stage: Stage, account: AccountChannel
) -> None:
    sender, office = wechat.Sender(stage.clock), Office(account)
    request = sender.posted(written())
    answers = [await account.called(request, office) for _ in range(2)]  # the platform's own repeat, to the letter
    answers.append(await account.called(sender.posted(written()), office))  # and with another nonce
    assert len({answer.body for answer in answers}) == 1
    assert sender.read(request, answers[0].body) == "市财政局牵头。"
    assert len(office.verdicts) == 1
    stage.clock.advance(timedelta(seconds=21))
    assert (await account.called(request, office)).status == 403


async def test_a_repeat_that_comes_while_the_first_waits_shares_its_answer(
    stage: Stage, account: AccountChannel
) -> None:
    sender, ear = wechat.Sender(stage.clock), Listener()
    calls = [asyncio.create_task(delivered(account, ear, sender, written())) for _ in range(2)]
    await ear.until(heard=2)
    verdict = await account.answer(ear.heard[0], "市财政局牵头。", "a1")
    assert (verdict.status, await asyncio.gather(*calls)) == (U, ["市财政局牵头。"] * 2)


async def test_an_answer_that_misses_the_five_seconds_is_a_customer_message(
    stage: Stage, account: AccountChannel
) -> None:
    account.patience, ear = 0.0, Listener()
    stage.wechat.allow(wechat.FOLLOWER)
    assert (await account.called(wechat.Sender(stage.clock).posted(written()), ear)) == Response(200, b"success")
    verdict = await account.answer(ear.heard[0], "市财政局牵头。", "a1")
    assert verdict.status is S
    assert [(seen.way, seen.text) for seen in stage.wechat.seen] == [("custom", "市财政局牵头。")]


async def test_what_was_answered_before_a_restart_is_not_waited_for(stage: Stage, account: AccountChannel) -> None:
    ear = Listener()
    ear.known.add("6054")
    assert (await account.called(wechat.Sender(stage.clock).posted(written()), ear)).body == b"success"


async def test_five_messages_are_allowed_for_each_question_and_the_sixth_is_not_tried(
    stage: Stage, account: AccountChannel
) -> None:
    stage.wechat.allow(wechat.FOLLOWER)
    office, sender = Office(account), wechat.Sender(stage.clock)
    await delivered(account, office, sender, written())
    verdicts = [await account.post(WHO, f"第{n}段", f"k{n}") for n in range(6)]
    assert [one.status for one in verdicts] == [S] * 5 + [F]
    assert (verdicts[5].trouble, len(stage.wechat.asked)) == (Trouble.PERSON, 6)  # a token and five messages
    stage.clock.advance(timedelta(minutes=1))
    stage.wechat.allow(wechat.FOLLOWER)
    await delivered(account, office, sender, wechat.written("再问", "6055", stage.clock.now()))
    assert (await account.post(WHO, "又可以了", "k7")).status is S


def test_a_click_allows_three_for_a_minute_beside_what_a_message_allowed() -> None:
    quota = Quota()
    assert quota.left("a", NOW) is None
    quota.spoke("a", NOW)
    quota.spoke("a", NOW, CLICK)
    assert quota.left("a", NOW) == 8
    for _ in range(4):
        quota.used("a", NOW)
    assert (quota.left("a", NOW), quota.left("a", NOW + timedelta(minutes=2))) == (4, 4)
    assert quota.left("a", NOW + timedelta(hours=48)) == 0
    quota.closed("a")
    assert quota.left("a", NOW) == 0


async def test_who_follows_is_welcomed_and_who_leaves_is_not_answered(stage: Stage, account: AccountChannel) -> None:
    ear, sender = Listener(), wechat.Sender(stage.clock)
    assert "任务分工" in await delivered(account, ear, sender, wechat.event("subscribe", NOW))
    assert await delivered(account, ear, sender, wechat.event("unsubscribe", NOW)) == ""
    assert await delivered(account, ear, sender, wechat.event("VIEW", NOW)) == ""
    assert (ear.heard, ear.told) == ([], [])  # a person is no group that the bot joins


async def test_a_menu_and_a_spoken_question_are_heard_as_words(stage: Stage, account: AccountChannel) -> None:
    office, sender = Office(account), wechat.Sender(stage.clock)
    for xml in (wechat.event("CLICK", NOW, "我的任务"), wechat.voiced("政务公开培训谁牵头", "77", NOW)):
        assert await delivered(account, office, sender, xml) == "市财政局牵头。"
    assert [(heard.text, heard.pressed) for heard in office.heard] == [
        ("我的任务", True),
        ("政务公开培训谁牵头", False),
    ]


async def test_the_address_check_wants_the_tokens_signature(stage: Stage, account: AccountChannel) -> None:
    sender = wechat.Sender(stage.clock)
    assert await account.called(sender.check("5837397304"), Listener()) == Response(200, b"5837397304")
    forged = sender.check("5837397304")
    forged = Callback("GET", "", {**forged.query, "signature": "0" * 40}, {})
    assert (await account.called(forged, Listener())).status == 403


async def test_in_safe_mode_nothing_passes_that_is_only_signed(stage: Stage) -> None:
    channel, ear = built(stage, safe=True), Listener()
    plain, safe = wechat.Sender(stage.clock), wechat.Sender(stage.clock, safe=True)
    posted = safe.posted(written())
    for request in (
        plain.posted(written()),  # a true signature over an open body
        Callback("POST", "", {**posted.query, "msg_signature": posted.query["signature"]}, {}, posted.body),
        Callback("POST", "", posted.query, {}, posted.body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[A")),
    ):
        assert (await channel.called(request, ear)).status in (400, 403)
    assert ear.heard == []


async def test_a_safe_callback_without_a_key_in_the_settings_is_told_of_in_the_log(
    stage: Stage, account: AccountChannel, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await account.called(wechat.Sender(stage.clock, safe=True).posted(written()), Listener())
    assert (answer.status, "no aes_key" in caplog.text) == (400, True)


async def test_what_cannot_be_kept_is_delivered_again(stage: Stage, account: AccountChannel) -> None:
    class Full(Listener):
        async def hear(self, heard: Heard) -> bool:
            raise StoreError("磁盘已满。")

    request, sender = wechat.Sender(stage.clock).posted(written()), wechat.Sender(stage.clock)
    assert (await account.called(request, Full())).status == 503
    answer = await account.called(request, Office(account))
    assert sender.read(request, answer.body) == "市财政局牵头。"


async def test_a_notice_tells_what_fits_and_says_that_it_is_no_more(stage: Stage) -> None:
    channel, who = stage.channels["公众号"], f"公众号/{wechat.FOLLOWER}"
    stage.wechat.consents[wechat.FOLLOWER] = 1
    text = "【任务提醒】今天是2026年7月15日（星期三），请关注以下2项任务：\n■ 市财政局\n· 第4项 更新涉企行政事业性收费目录清单，清单之外一律不得收费。\n· 第5项"
    verdict = await channel.post(who, text, "k1")
    assert (verdict.status, "只有摘要" in verdict.raw) == (S, True)
    assert json.loads(stage.wechat.seen[0].text) == {
        "thing1": "任务提醒", "time2": "2026年7月15日", "thing3": "2项：第4项 更新涉企行政事业性收费目…",
    }  # fmt: skip
    assert (await channel.post(who, "第二次", "k2")).trouble is Trouble.PERSON
    assert channel.capabilities.push_window is None
    assert stage.channels["未配通知"].capabilities.push_window == 48 * 3600


def test_no_field_of_a_notice_is_empty_or_too_long() -> None:
    notice = Notification(
        "t", {"thing1": "{标题}", "phrase2": "{正文}", "time3": "{时间}", "thing4": "  "}, "https://qt.example.gov.cn"
    )
    data = notice.payload("o", "", NOW)["data"]
    assert {name: one["value"] for name, one in data.items()} == {
        "thing1": "见公众号", "phrase2": "见公众号", "time3": "2026年7月15日 01:04", "thing4": "见公众号",
    }  # fmt: skip


async def test_a_stable_token_that_is_refused_is_fetched_anew_by_force(stage: Stage, account: AccountChannel) -> None:
    stage.wechat.allow(wechat.FOLLOWER)
    stage.wechat.expired = 1
    assert (await account.post(WHO, "提醒", "k1")).status is S
    forced = [one.json.get("force_refresh") for one in stage.wechat.asked if one.path.endswith("stable_token")]
    assert forced == [None, None, True]


async def test_a_plain_token_that_another_program_ended_is_fetched_once_more(stage: Stage) -> None:
    channel = built(stage, token_kind="plain")
    stage.wechat.allow(wechat.FOLLOWER)
    await channel.post(WHO, "甲", "k1")
    stage.wechat.somebody_else_fetches_a_token()
    assert (await channel.post(WHO, "乙", "k2")).status is S
    assert [one.path.rpartition("/")[2] for one in stage.wechat.asked] == ["token", "send", "send", "token", "send"]
    await channel.close()


async def test_a_picture_goes_out_and_anything_else_does_not(stage: Stage, account: AccountChannel) -> None:
    stage.wechat.allow(wechat.FOLLOWER)
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * 50
    assert (await account.hand(WHO, File("周报.png", picture, IMAGE), "f1")).status is S
    assert stage.wechat.seen[0].content == picture
    assert (await account.hand(WHO, File("周报.png", b"GIF89a....", IMAGE), "f2")).trouble is Trouble.CONTENT


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"aes_key": "short"}, "43个字母和数字"), ({"token_kind": "both"}, "stable、plain"), ({"appid": ""}, "appid"),
        ({"notice": {"甲": {"id": "t"}}}, "没有写字段"), ({"notice": {"甲": {"id": "t", "标题": "x"}}}, "thing4"),
        ({"notice": {"甲": {"id": "t", "thing1": "{全文}"}}}, "{标题}"), ({"notice": {"甲": {}, "乙": {}}}, "一个模板"),
    ],
)  # fmt: skip
def test_a_slip_in_the_settings_is_named(changed: dict[str, object], words: str) -> None:
    section = {**wechat.settings("http://127.0.0.1:1"), **changed}
    with pytest.raises(ConfigError) as error:
        channels_of(Spot("qiantou.toml", "channels"), {"公众号": section}, Path(), VirtualClock(NOW))
    assert words in str(error.value)
