"""Telegram: our channel at telegram-test-api, which others wrote; our fake platform read by python-telegram-bot's own client;
and the shapes of both beside each other."""

import asyncio
import contextlib
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.hearing import TidingKind
from bot.channels.protocol import Button, Channel, Status, Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Listener
from tests.peers.conftest import Run
from tests.peers.scripts import Script
from tests.platforms.loopback import free_socket
from tests.platforms.telegram import GROUP, HIDDEN, ME, PRIVATE, REFUSALS, TOKEN, WANG, FakeTelegram, refusal

pytestmark = pytest.mark.peers
AT = 1784077500
MENTION = [{"type": "mention", "offset": 0, "length": 11}]


class Peer:
    """The independent server with our channel at it."""

    def __init__(self, script: Script, base: str) -> None:
        section = {"kind": "telegram", "token": TOKEN, "base": base}
        built = channels_of(Spot("qiantou.toml", "channels"), {"纸飞机": section}, Path(), SystemClock())
        self.script, self.base = script, base
        self.channel: Channel = built[0]

    async def say(self, text: str, chat: dict[str, object], **more: object) -> None:
        await self.script.ask({"say": {"from": WANG, "chat": chat, "date": AT, "text": text, **more}})

    async def shown(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.script.ask({"shown": True}))["shown"]
        return found


@pytest.fixture
async def peer(node: Run) -> AsyncIterator[Peer]:
    socket = free_socket(node)
    port = socket.getsockname()[1]
    socket.close()
    script = await node("telegram.mjs", str(port), TOKEN)
    assert await script.hear() == {"ready": True}
    found = Peer(script, f"http://127.0.0.1:{port}")
    yield found
    await found.channel.close()


@contextlib.asynccontextmanager
async def listening(channel: Channel, ear: Listener) -> AsyncIterator[None]:
    beside = asyncio.create_task(channel.listen(ear))
    yield
    beside.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beside


async def test_a_question_in_a_group_and_in_private_is_heard_and_answered(peer: Peer) -> None:
    ear = Listener()
    async with listening(peer.channel, ear):
        await peer.say("@QiantouBot 扶贫信息谁牵头", GROUP, entities=MENTION)
        await peer.say("本周到期", PRIVATE)
        await ear.until(heard=2)
        verdicts = [await peer.channel.answer(heard, "牵头单位：<市扶贫办> & 其他", "k") for heard in ear.heard]
    assert [(one.text, one.group, one.mentioned) for one in ear.heard] == [
        ("扶贫信息谁牵头", True, True), ("本周到期", False, True),
    ]  # fmt: skip
    assert [one.status for one in verdicts] == [Status.SENT, Status.SENT]
    shown = await peer.shown()
    assert [(one["chat"], one["text"], one["mode"]) for one in shown] == [
        (str(GROUP["id"]), "牵头单位：&lt;市扶贫办&gt; &amp; 其他", "HTML"),
        (str(PRIVATE["id"]), "牵头单位：&lt;市扶贫办&gt; &amp; 其他", "HTML"),
    ]
    assert verdicts[0].message_id == f"{GROUP['id']}:{shown[0]['id']}"


async def test_a_button_is_shown_pressed_and_heard(peer: Peer) -> None:
    verdict = await peer.channel.post("纸飞机/42", "【任务提醒】", "k", (Button("收到", "收到 K7M"),))
    (shown,) = await peer.shown()
    assert shown["markup"] == {"inline_keyboard": [[{"text": "收到", "callback_data": "收到 K7M"}]]}
    ear = Listener()
    async with listening(peer.channel, ear):
        message = {"message_id": int(verdict.message_id.partition(":")[2]), "date": AT, "chat": PRIVATE, "from": ME}
        await peer.script.ask({"press": {"from": WANG, "message": message, "data": "收到 K7M"}})
        await ear.until(heard=1)
    assert (ear.heard[0].text, ear.heard[0].pressed, ear.heard[0].quoted) == ("收到 K7M", True, verdict.message_id)


@pytest.mark.parametrize("trouble", list(REFUSALS))
async def test_its_refusals_and_those_of_our_fake_are_taken_alike(peer: Peer, trouble: Trouble) -> None:
    code, description, parameters = REFUSALS[trouble]
    fake = FakeTelegram()
    await fake.open()
    for _ in range(2):
        body = {"ok": False, "error_code": code, "description": description, "parameters": parameters or None}
        await peer.script.ask({"fail": {"method": "sendMessage", "status": code, "body": body}})
        fake.answer_with(refusal(code, description, parameters))
    theirs, ours = [await one.channel.post("纸飞机/-100123", "提醒", "k") for one in (peer, fake)]
    await fake.channel.close()
    await fake.close()
    assert (theirs.status, theirs.trouble, theirs.retry_after) == (ours.status, ours.trouble, ours.retry_after)
    assert theirs.trouble is trouble


async def test_a_group_that_moved_is_followed_there_too(peer: Peer) -> None:
    body = {"ok": False, "description": "upgraded", "parameters": {"migrate_to_chat_id": -1001999}}
    await peer.script.ask({"fail": {"method": "sendMessage", "status": 400, "body": body}})
    assert (await peer.channel.post("纸飞机/-100123", "提醒", "k")).status is Status.SENT
    assert [one["chat"] for one in await peer.shown()] == ["-1001999"]
    ear = Listener()
    async with listening(peer.channel, ear):
        await ear.until(told=2)
    assert [one.kind for one in ear.told] == [TidingKind.MOVED, TidingKind.ONLINE]


async def test_updates_have_the_same_shape_on_both_platforms(peer: Peer) -> None:
    import httpx

    fake = FakeTelegram()
    await fake.open()
    await fake.say("扶贫信息谁牵头")
    await fake.press("收到 K7M")
    await peer.say("@QiantouBot 扶贫信息谁牵头", GROUP, entities=MENTION)
    under = {"message_id": 1, "date": AT, "chat": GROUP, "from": ME, "text": "【任务提醒】"}
    await peer.script.ask({"press": {"from": WANG, "message": under, "data": "收到 K7M"}})
    async with httpx.AsyncClient(trust_env=False) as client:
        ours, theirs = [
            (await client.post(f"{base}/bot{TOKEN}/getUpdates", data={"offset": "0"})).json()["result"]
            for base in (fake.server.base, peer.base)
        ]
    await fake.channel.close()
    await fake.close()
    assert [shape(one) for one in ours] == [shape(one) for one in theirs]


def shape(value: object) -> object:
    """Names and types without the values; the token that the other side mixes into its messages left out."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in sorted(value.items()) if name != "botToken"}
    return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__


async def test_the_librarys_own_client_polls_our_fake_and_raises_what_it_scripts() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
        from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters
    fake = FakeTelegram()
    await fake.open()
    seen: list[str] = []
    both = asyncio.Event()

    async def on_message(update: Any, context: Any) -> None:
        seen.append(update.message.text)
        await update.message.reply_text("<b>好</b>", parse_mode="HTML")

    async def on_press(update: Any, context: Any) -> None:
        seen.append(f"{update.callback_query.data} {await update.callback_query.answer()}")
        both.set()

    app = Application.builder().token(TOKEN).base_url(f"{fake.server.base}/bot").job_queue(None).build()
    app.add_handler(MessageHandler(filters.TEXT, on_message))
    app.add_handler(CallbackQueryHandler(on_press))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        await fake.say("扶贫信息谁牵头")
        hidden = {**fake.message("匿名", sender=HIDDEN, entities=MENTION), "sender_chat": GROUP}
        await fake.bring({"message": hidden})
        await fake.press("收到 K7M")
        async with asyncio.timeout(20):
            await both.wait()
        for code, parameters, error in (
            (429, {"retry_after": 3}, RetryAfter), (400, {"migrate_to_chat_id": -1001999}, ChatMigrated),
            (403, {}, Forbidden), (400, {}, BadRequest), (401, {}, InvalidToken), (409, {}, Conflict),
            (500, {}, NetworkError),
        ):  # fmt: skip
            fake.answer_with(refusal(code, "scripted", parameters))
            with pytest.raises(error):
                await app.bot.send_message(-100123, "提醒")
        await app.updater.stop()
        await app.stop()
    await fake.channel.close()
    await fake.close()
    assert seen == ["@QiantouBot 扶贫信息谁牵头", "匿名", "收到 K7M True"]
    assert [one.text for one in fake.messages] == ["好", "好"]
