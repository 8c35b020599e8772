"""Telegram: what is kept before the offset moves, who is addressed, what each refusal leads to, and what never leaks."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.hearing import AttachmentError, File, Heard, Tiding, TidingKind
from bot.channels.protocol import Button, Disconnected, Status, Trouble
from bot.channels.settings import channels_of
from bot.channels.telegram.marks import keyboard, marked, mention, plain
from bot.channels.telegram.updates import Account, heard_of
from bot.clock import SystemClock
from bot.toml_values import ConfigError, Spot
from knowledge.directory import Liaison
from knowledge.store import StoreError
from scheduler.policy import SHANGHAI
from tests.contracts.counterpart import Listener, listening
from tests.platforms.loopback import Told, told
from tests.platforms.telegram import GUARD, HIDDEN, ME, TOKEN, FakeTelegram, HookedTelegram, read_html, refusal, utf16

BOT = Account("纸飞机", int(str(ME["id"])), "QiantouBot")
NOW = datetime(2026, 7, 15, 9, 7, tzinfo=SHANGHAI)


class Ear(Listener):
    """Keeps what changed; that the bot is connected goes without saying."""

    async def tell(self, tiding: Tiding) -> None:
        if tiding.kind is not TidingKind.ONLINE:
            await super().tell(tiding)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """The platform is there; nobody polls."""
    platform = FakeTelegram()
    await platform.open()
    yield platform
    await platform.channel.close()
    await platform.close()


def heard(telegram: FakeTelegram, message: dict[str, object]) -> Heard | None:
    return heard_of(Update.de_json({"update_id": 1, "message": message}, None), BOT, NOW)


# ---------------------------------------------------------------- hearing
async def test_an_update_that_could_not_be_kept_is_asked_for_again(telegram: FakeTelegram) -> None:
    class Full(Ear):
        async def hear(self, heard: Heard) -> bool:
            raise StoreError("磁盘满")

    await telegram.say("第一句")
    with pytest.raises(Disconnected, match="磁盘满"):
        await telegram.channel.listen(Full())
    ear = Ear()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(10):
            beside = asyncio.create_task(telegram.channel.listen(ear))
            await ear.until(heard=1)
            while sum(method == "getUpdates" for method, _ in telegram.calls) < 3:
                await asyncio.sleep(0)
            beside.cancel()
    offsets = [fields["offset"] for method, fields in telegram.calls if method == "getUpdates"]
    assert offsets == ["0", "0", "1001"]
    assert [one.text for one in ear.heard] == ["第一句"]


async def test_what_nobody_can_read_is_left_out_and_the_next_is_heard(telegram: FakeTelegram) -> None:
    await telegram.bring({"message": {**telegram.message("坏的"), "entities": [{"type": 7}]}})
    await telegram.bring({"message": telegram.message("", group=False)})
    await telegram.say("第二句", group=False)
    ear = Ear()
    async with listening_to(telegram, ear):
        await ear.until(heard=1)
    assert [one.text for one in ear.heard] == ["第二句"]


@contextlib.asynccontextmanager
async def listening_to(telegram: FakeTelegram, ear: Listener) -> AsyncIterator[None]:
    beside = asyncio.create_task(telegram.channel.listen(ear))
    yield
    beside.cancel()
    with contextlib.suppress(asyncio.CancelledError, Disconnected):
        await beside


def command(text: str, length: int) -> dict[str, Any]:
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def named(text: str, before: str, name: str = "@qiantoubot", **more: object) -> dict[str, Any]:
    """The text with an entity over `name`, which stands behind `before`."""
    return {"text": text, "entities": [{"type": "mention", "offset": utf16(before), "length": utf16(name), **more}]}


@pytest.mark.parametrize(
    ("message", "text", "mentioned"),
    [
        (named("😀👨‍👩‍👧 @qiantoubot 扶贫谁牵头", "😀👨‍👩‍👧 "), "😀👨‍👩‍👧 扶贫谁牵头", True),
        (named("扶贫谁牵头 @qiantoubot", "扶贫谁牵头 "), "扶贫谁牵头", True),
        (named("牵头 扶贫谁牵头", "", "牵头", type="text_mention", user=ME), "扶贫谁牵头", True),
        (named("@其他人 扶贫谁牵头", "", "@其他人"), "@其他人 扶贫谁牵头", False),
        (command("/ask@QiantouBot 扶贫谁牵头", 15), "扶贫谁牵头", True),
        (command("/start@QiantouBot", 17), "帮助", True),
        (command("/周报", 3), "周报", True),
        (command("/ask@OtherBot 扶贫谁牵头", 13), "/ask@OtherBot 扶贫谁牵头", False),
        ({"text": "大家早"}, "大家早", False),
    ],
)
async def test_who_is_addressed_is_counted_in_utf16(
    telegram: FakeTelegram, message: dict[str, Any], text: str, mentioned: bool
) -> None:
    found = heard(telegram, {**telegram.message(""), **message})
    assert found is not None
    assert (found.text, found.mentioned) == (text, mentioned)


async def test_a_reply_to_the_bot_addresses_it_and_tells_what_is_quoted(telegram: FakeTelegram) -> None:
    quoted = telegram.message("【任务提醒】K7M", sender=ME)
    found = heard(telegram, {**telegram.message("收到"), "reply_to_message": quoted})
    assert found is not None
    assert (found.mentioned, found.quoted, found.quoted_text) == (True, "-100123:1", "【任务提醒】K7M")
    other = heard(telegram, {**telegram.message("收到"), "reply_to_message": telegram.message("谁去")})
    assert other is not None
    assert (other.mentioned, other.quoted) == (False, "-100123:4")


async def test_other_bots_channels_and_forwarded_posts_are_not_heard(telegram: FakeTelegram) -> None:
    robot = telegram.message("@qiantoubot 你好", sender={**ME, "id": 9}, entities=[])
    forwarded = {**telegram.message("通知"), "is_automatic_forward": True}
    assert [heard(telegram, robot), heard(telegram, forwarded)] == [None, None]


async def test_every_press_is_answered_and_is_the_word_of_whoever_pressed(telegram: FakeTelegram) -> None:
    ear = Ear()
    stranger = {"id": 99, "is_bot": False, "first_name": "路人"}
    async with listening_to(telegram, ear):
        await telegram.press("已办结 K7M", sender=stranger)
        await ear.until(heard=1)
        while "answerCallbackQuery" not in [method for method, _ in telegram.calls]:
            await asyncio.sleep(0)
    pressed = ear.heard[0]
    assert (pressed.text, pressed.pressed, pressed.person, pressed.name) == ("已办结 K7M", True, "纸飞机/99", "路人")
    assert pressed.quoted == "-100123:1"


async def test_an_anonymous_administrator_is_refused_once_and_not_heard(telegram: FakeTelegram) -> None:
    ear = Ear()
    async with listening_to(telegram, ear):
        for _ in range(2):
            entities = [{"type": "mention", "offset": 0, "length": 11}]
            hidden = telegram.message("@QiantouBot 第3项已办结", sender=HIDDEN, entities=entities)
            await telegram.bring({"message": {**hidden, "sender_chat": hidden["chat"]}})
        await telegram.say("最后一句")
        await ear.until(heard=1)
    assert [one.text for one in ear.heard] == ["最后一句"]
    assert ["匿名管理员" in shown.text for shown in telegram.messages] == [True]


async def test_a_group_that_grew_is_told_and_followed(telegram: FakeTelegram) -> None:
    ear = Ear()
    async with listening_to(telegram, ear):
        await telegram.bring({"message": {**telegram.message(""), "migrate_to_chat_id": -1001999}})
        await ear.until(told=1)
    tiding = ear.told[0]
    assert (tiding.kind, tiding.conversation, tiding.to) == (TidingKind.MOVED, "纸飞机/-100123", "纸飞机/-1001999")
    await telegram.channel.post(telegram.group, "提醒", "k")
    assert telegram.messages[0].where == "纸飞机/-1001999"


async def test_leaving_joining_and_muting_are_told(telegram: FakeTelegram) -> None:
    ear = Ear()
    states: list[dict[str, Any]] = [
        {"status": "member"}, {"status": "kicked", "until_date": 0}, {"status": "member"},
        {"status": "restricted", "until_date": 0, "is_member": True} | {"can_send_messages": False},
    ]  # fmt: skip
    async with listening_to(telegram, ear):
        for old, new in pairwise(states):
            change = {
                "chat": telegram.message("")["chat"],
                "from": ME,
                "date": 1,
                "old_chat_member": {**old, "user": ME},
            }
            await telegram.bring({"my_chat_member": {**change, "new_chat_member": {**new, "user": ME}}})
        await ear.until(told=3)
    assert [one.kind for one in ear.told] == [TidingKind.GONE, TidingKind.JOINED, TidingKind.MUTED]


async def test_a_second_program_that_polls_stops_this_one_with_a_sentence(telegram: FakeTelegram) -> None:
    telegram.poll_with(refusal(409, "Conflict: terminated by other getUpdates request"))
    with pytest.raises(Disconnected) as gone:
        await telegram.channel.listen(Ear())
    assert gone.value.trouble is Trouble.AUTH
    assert "另一个程序在轮询" in gone.value.alarm
    telegram.poll_with(refusal(401, "Unauthorized"))
    with pytest.raises(Disconnected) as refused:
        await telegram.channel.listen(Ear())
    assert (refused.value.trouble, "令牌不对" in refused.value.alarm) == (Trouble.AUTH, True)
    telegram.poll_with(refusal(502, "Bad Gateway"))
    with pytest.raises(Disconnected) as broken:
        await telegram.channel.listen(Ear())
    assert (broken.value.trouble, broken.value.alarm) == (Trouble.SERVER, "")


async def test_the_privacy_mode_is_looked_at_and_told(telegram: FakeTelegram) -> None:
    ear = Ear()
    async with listening_to(telegram, ear):
        await telegram.say("问")
        await ear.until(heard=1)
    assert "隐私模式" in telegram.channel.remark
    assert telegram.channel.capabilities.needs_mention
    open_to_all = FakeTelegram()
    open_to_all.me["can_read_all_group_messages"] = True
    async with listening(open_to_all, ear):
        await open_to_all.say("大家早", mentioned=False)
        await ear.until(heard=2)
    assert (open_to_all.channel.remark, ear.heard[-1].mentioned) == ("", False)
    assert not open_to_all.channel.capabilities.needs_mention


async def test_only_who_knows_the_secret_is_heard_by_webhook() -> None:
    telegram = HookedTelegram()
    ear = Ear()
    async with listening(telegram, ear):
        update = {"update_id": 1, "message": telegram.message("密令", group=False)}
        answers = [
            await telegram.call(update, guard="wrong"), await telegram.call(update, guard=""),
            await telegram.call(update, guard=GUARD + "é"), await telegram.call(b"{", GUARD),
            await telegram.call([update]), await telegram.call(update, method="GET"),
        ]  # fmt: skip
        assert ([one.status for one in answers], ear.heard) == ([403, 403, 403, 400, 400, 404], [])
        assert (await telegram.call(update)).status == 200
        while "setWebhook" not in [method for method, _ in telegram.calls]:
            await asyncio.sleep(0)
    assert [one.text for one in ear.heard] == ["密令"]
    asked = next(fields for method, fields in telegram.calls if method == "setWebhook")
    assert asked["secret_token"] == GUARD


# ---------------------------------------------------------------- speaking
async def test_a_group_that_moved_gets_the_message_once_at_its_new_place(telegram: FakeTelegram) -> None:
    telegram.migrated["-100123"] = -1001999
    verdict = await telegram.channel.post(telegram.group, "提醒", "k")
    assert (verdict.status, verdict.message_id) == (Status.SENT, "-1001999:1")
    assert [one.where for one in telegram.messages] == ["纸飞机/-1001999"]
    ear = Ear()
    async with listening_to(telegram, ear):
        await ear.until(told=1)
    assert ear.told[0].kind is TidingKind.MOVED


@pytest.mark.parametrize(
    ("answer", "status", "trouble", "kept"),
    [
        (refusal(429, "Too Many Requests: retry after 3", {"retry_after": 3}), Status.FAILED, Trouble.RATE, 3.0),
        (refusal(403, "Forbidden: bot was blocked by the user"), Status.FAILED, Trouble.TARGET, None),
        (refusal(400, "Bad Request: chat not found"), Status.FAILED, Trouble.TARGET, None),
        (refusal(401, "Unauthorized"), Status.FAILED, Trouble.AUTH, None),
        (refusal(500, "Internal Server Error"), Status.FAILED, Trouble.SERVER, None),
        (refusal(502, "Bad Gateway"), Status.UNKNOWN, Trouble.SILENCE, None),
        (refusal(504, "Gateway Timeout"), Status.UNKNOWN, Trouble.SILENCE, None),
        (Told(200, b"<html>"), Status.UNKNOWN, Trouble.SILENCE, None),
        (told({"ok": True, "result": {"strange": 1}}), Status.UNKNOWN, Trouble.SILENCE, None),
    ],
)
async def test_each_refusal_is_what_it_is(
    telegram: FakeTelegram, answer: Told, status: Status, trouble: Trouble, kept: float | None
) -> None:
    telegram.answer_with(answer)
    verdict = await telegram.channel.post(telegram.group, "提醒", "k")
    assert (verdict.status, verdict.trouble, verdict.retry_after) == (status, trouble, kept)
    assert telegram.messages == []


async def test_a_platform_that_is_not_there_has_not_got_the_message() -> None:
    telegram = FakeTelegram()
    verdict = await telegram.channel.post(telegram.group, "提醒", "k")
    await telegram.channel.close()
    assert (verdict.status, verdict.trouble, verdict.permanent) == (Status.FAILED, Trouble.SERVER, False)


async def test_a_bot_that_was_thrown_out_says_so(telegram: FakeTelegram) -> None:
    telegram.refuse(Trouble.TARGET)
    await telegram.channel.post(telegram.group, "提醒", "k")
    ear = Ear()
    async with listening_to(telegram, ear):
        await ear.until(told=1)
    assert (ear.told[0].kind, ear.told[0].conversation) == (TidingKind.GONE, telegram.group)


async def test_a_text_that_cannot_be_parsed_is_said_plainly_once(telegram: FakeTelegram) -> None:
    name = mention(Liaison("市财政局", "王芳", "42"))
    telegram.answer_with(refusal(400, "Bad Request: can't parse entities"))
    verdict = await telegram.channel.post(telegram.group, f"{name} <明天> & 到期", "k")
    assert verdict.status is Status.SENT
    assert [one.text for one in telegram.messages] == ["王芳 <明天> & 到期"]
    for _ in range(2):
        telegram.answer_with(refusal(400, "Bad Request: can't parse entities"))
    verdict = await telegram.channel.post(telegram.group, "到期", "k")
    assert (verdict.trouble, verdict.permanent) == (Trouble.CONTENT, True)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_every_text_arrives_as_it_was_said(text: str) -> None:
    assert read_html(marked(text)) == plain(text)


def test_people_are_called_by_number_or_by_user_name_and_by_nothing_else() -> None:
    assert mention(Liaison("局", "王<芳>", "42")) == '<a href="tg://user?id=42">王芳</a>'
    assert marked(f"{mention(Liaison('局', '王芳', '42'))} <a href='x'>") == (
        "<a href=\"tg://user?id=42\">王芳</a> &lt;a href='x'&gt;"
    )
    assert mention(Liaison("局", "王芳", "@wang_fang")) == "@wang_fang"
    assert [mention(Liaison("局", "王芳", id)) for id in ("", '42">x', "@a b")] == ["王芳"] * 3


def test_a_button_carries_no_more_than_fits() -> None:
    keys = keyboard([Button("收到", "收到 K7M"), Button("长", "长" * 22), Button("空", "")])
    assert keys is not None
    assert [key.callback_data for row in keys.inline_keyboard for key in row] == ["收到 K7M"]
    assert keyboard([]) is None


async def test_a_file_too_big_or_gone_is_refused_in_a_sentence(telegram: FakeTelegram) -> None:
    big = telegram.message("", group=False)
    document = {"file_id": "x", "file_unique_id": "u", "file_name": "大.pdf", "file_size": 21_000_000}
    found = heard(telegram, {**big, "document": document, "caption": "请导入"})
    assert found is not None
    assert found.text == "请导入"
    with pytest.raises(AttachmentError, match=r"“大\.pdf”有21MB，超过能取的20MB"):
        await telegram.channel.fetch(found.attachments[0], 10**9)
    small = heard(telegram, {**big, "document": {**document, "file_size": 10}})
    assert small is not None
    with pytest.raises(AttachmentError, match="没有取到"):
        await telegram.channel.fetch(small.attachments[0], 10**9)
    telegram.given["x"] = "大.pdf", b"x" * 2000
    with pytest.raises(AttachmentError, match="超过能取的"):
        await telegram.channel.fetch(small.attachments[0], 1000)
    verdict = await telegram.channel.hand(telegram.group, File("大.zip", b"0" * 50_000_001), "k")
    assert (verdict.trouble, verdict.permanent) == (Trouble.CONTENT, True)


async def test_the_token_stands_in_no_log_and_no_error(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        telegram.lose_answer()
        told_ = [await telegram.channel.post(telegram.group, "提醒", "k")]
        telegram.given["x"] = "a", b""
        telegram.poll_with(refusal(502, f"Bad Gateway for bot{TOKEN}"))
        with pytest.raises(Disconnected) as gone:
            await telegram.channel.listen(Ear())
    assert TOKEN.partition(":")[2] not in f"{told_} {gone.value} {gone.value.__cause__} {caplog.text}"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "token"),
        ({"token": TOKEN, "webhook": "https://a.cn/x"}, "要一起写"),
        ({"token": TOKEN, "webhook": "http://a.cn/x", "webhook_secret": "s"}, "https:// 开头"),
        ({"token": TOKEN, "webhook": "https://a.cn/x", "webhook_secret": "密"}, "只能用字母"),
        ({"token": TOKEN, "proxy": "127.0.0.1:8080"}, "proxy"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        channels_of(Spot("q", "channels"), {"纸飞机": {"kind": "telegram", **settings}}, Path(), SystemClock())
