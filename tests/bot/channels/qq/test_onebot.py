"""QQ through OneBot v11 when the other side misbehaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.channels.hearing import Heard, TidingKind
from bot.channels.protocol import Disconnected, Status, Trouble, Verdict
from bot.channels.qq.onebot import OneBotChannel
from bot.channels.qq.onebot_doors import Forward, Reverse
from bot.channels.qq.onebot_settings import open_channel
from bot.channels.qq.pacing import Pace
from bot.channels.settings import Endpoint, Section
from bot.clock import SystemClock, VirtualClock
from bot.toml_values import ConfigError, Spot
from knowledge.directory import Liaison
from scheduler.policy import SHANGHAI
from tests.bot.channels.qq.fake_onebot import NOW, FakeOneBot, at, reply, text
from tests.contracts.counterpart import Listener, listening
from tests.contracts.counterparts.onebot import TOKEN, OneBotCounterpart

CLOCK = SystemClock()


@asynccontextmanager
async def talking(reverse: bool = False) -> AsyncIterator[tuple[OneBotCounterpart, Listener]]:
    counterpart, ear = OneBotCounterpart(reverse=reverse), Listener()
    async with listening(counterpart, ear):
        yield counterpart, ear


async def heard_by(counterpart: OneBotCounterpart, ear: Listener, parts: list[dict]) -> Heard:
    await counterpart.fake.tell(counterpart.fake.message(parts))
    await ear.until(heard=len(ear.heard) + 1)
    return ear.heard[-1]


async def test_an_answer_quotes_the_question_and_names_who_asked() -> None:
    async with talking() as (there, ear):
        heard = await heard_by(there, ear, [reply("1"), at(10001), text(" 谁牵头")])
        await there.channel.answer(heard, "牵头单位：〔财政局〕[附件]", "k1")
        assert there.fake.sent[-1] == (
            "send_group_msg",
            {
                "group_id": 30003,
                "message": [reply(heard.id), at(20002), text(" "), text("牵头单位：〔财政局〕[附件]")],
            },
        )


async def test_who_speaks_in_private_out_of_a_group_is_answered_there_and_not_in_the_group() -> None:
    async with talking() as (there, ear):
        event = there.fake.message([text("绑定 A2A2A2A2 王芳")], private=True)
        await there.fake.tell(event | {"sub_type": "group", "group_id": 30003})
        await ear.until(heard=1)
        heard = ear.heard[0]
        assert (heard.conversation, heard.group) == ("qq/private:20002", False)
        assert (await there.channel.answer(heard, "已绑定", "k1")).status is Status.SENT
        name, params = there.fake.sent[-1]
        assert (name, params["user_id"], params["group_id"]) == ("send_private_msg", 20002, 30003)
        assert there.messages[0].where == "qq/private:20002"


async def test_where_the_quotation_is_not_taken_the_answer_is_said_plainly_once() -> None:
    async with talking() as (there, ear):
        heard = await heard_by(there, ear, [at(10001), text(" 谁牵头")])
        there.fake.script = [1400]
        assert (await there.channel.answer(heard, "牵头单位：财政局", "k1")).status is Status.SENT
        assert there.fake.sent[-1][1]["message"] == [text("牵头单位：财政局")]


async def test_a_reply_is_for_the_bot_only_if_it_quotes_the_bot() -> None:
    async with talking() as (there, ear):
        said = await there.channel.post("qq/group:30003", "第1项今天到期", "k1")
        there.fake.message([text("大家好")], id="77")
        ours = await heard_by(there, ear, [reply(said.message_id), text("收到")])
        theirs = await heard_by(there, ear, [reply("77"), text("收到")])
        gone = await heard_by(there, ear, [reply("no such"), text("收到")])
        assert [one.mentioned for one in (ours, theirs, gone)] == [True, False, False]
        assert [one.quoted_text for one in (ours, theirs, gone)] == ["第1项今天到期", "大家好", ""]


async def test_a_question_that_was_withdrawn_gets_no_answer() -> None:
    async with talking() as (there, ear):
        heard = await heard_by(there, ear, [at(10001), text(" 谁牵头")])
        await there.fake.tell(there.fake.notice("group_recall", operator_id=20002, message_id=int(heard.id)))
        while TidingKind.RECALLED not in {one.kind for one in ear.told}:
            await ear.until(told=len(ear.told) + 1)
        verdict = await there.channel.answer(heard, "牵头单位：财政局", "k1")
        assert (verdict.status, verdict.permanent, there.messages) == (Status.FAILED, True, [])


async def test_a_logged_out_account_is_told_and_nothing_is_sent_until_it_is_back() -> None:
    async with talking() as (there, ear):
        await ear.until(told=1)
        there.fake.online = False
        await there.fake.tell(there.fake.heartbeat())
        await ear.until(told=2)
        verdict = await there.channel.post("qq/group:30003", "第1项今天到期", "k1")
        assert (verdict.status, verdict.permanent, there.messages) == (Status.FAILED, False, [])
        there.fake.online = True
        await there.fake.tell(there.fake.heartbeat())
        await there.fake.tell(there.fake.heartbeat())
        await ear.until(told=3)
        assert [one.kind for one in ear.told] == [TidingKind.ONLINE, TidingKind.OFFLINE, TidingKind.ONLINE]
        assert (await there.channel.post("qq/group:30003", "第1项今天到期", "k1")).status is Status.SENT


async def test_a_connection_without_heartbeats_is_given_up() -> None:
    fake, ear = FakeOneBot(), Listener()
    channel = OneBotChannel("qq", Forward(Endpoint(await fake.serve())), CLOCK)
    listening = asyncio.create_task(channel.listen(ear))
    await fake.tell(fake.heartbeat(interval=1))
    with pytest.raises(Disconnected, match="没有心跳"):
        await listening
    await fake.close()


@pytest.mark.parametrize("late", [False, True], ids=["before the upgrade", "after the upgrade"])
async def test_a_refused_token_stops_the_channel_with_a_remedy(late: bool) -> None:
    fake = FakeOneBot(token="another-token-here", late_refusal=late)
    channel = OneBotChannel("qq", Forward(Endpoint(await fake.serve()), TOKEN), CLOCK, secrets=(TOKEN,))
    with pytest.raises(Disconnected) as refused:
        await channel.listen(Listener())
    assert (refused.value.trouble, "token" in refused.value.alarm) == (Trouble.AUTH, True)
    assert TOKEN not in str(refused.value)
    verdict = await channel.post("qq/group:30003", "第1项今天到期", "k1")
    assert (verdict.status, verdict.trouble, bool(verdict.alarm)) == (Status.FAILED, Trouble.AUTH, True)
    await fake.close()


async def test_the_token_goes_into_the_header_or_into_the_query() -> None:
    for in_query in (False, True):
        fake, ear = FakeOneBot(token=TOKEN), Listener()
        channel = OneBotChannel("qq", Forward(Endpoint(await fake.serve()), TOKEN, in_query), CLOCK)
        listening = asyncio.create_task(channel.listen(ear))
        await fake.tell(fake.message([text("在吗")]))
        await ear.until(heard=1)
        assert fake.handshakes[0].get("authorization", "") == ("" if in_query else f"Bearer {TOKEN}")
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await fake.close()


async def test_through_a_storm_of_reconnects_each_question_is_heard() -> None:
    async with talking(reverse=True) as (there, ear):
        for number in range(20):
            await there.say(f"第{number}问")
            await ear.until(heard=number + 1)
            await there.fake.drop()
        assert [one.text for one in ear.heard] == [f"第{number}问" for number in range(20)]
        assert (await there.channel.post("qq/group:30003", "第1项今天到期", "k1")).status is Status.SENT


async def test_an_implementation_that_stays_away_is_a_lost_connection() -> None:
    ports: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    channel = OneBotChannel("qq", Reverse("127.0.0.1", 0, "/ws", opened=ports.set_result, absence=0.01), CLOCK)
    ear, fake = Listener(), FakeOneBot()
    listening = asyncio.create_task(channel.listen(ear))
    fake.come(f"ws://127.0.0.1:{await ports}/ws")
    await fake.tell(fake.message([text("在吗")]))
    await ear.until(heard=1)
    await fake.close()
    with pytest.raises(Disconnected, match="没有再连上来"):
        await listening


async def test_being_muted_ends_when_its_time_is_over_though_nobody_tells() -> None:
    async with talking() as (there, ear):
        muted = there.fake.notice("group_ban", sub_type="ban", user_id=10001, operator_id=20003, duration=0.01)
        await there.fake.tell(muted)
        while TidingKind.UNMUTED not in [one.kind for one in ear.told]:
            await ear.until(told=len(ear.told) + 1)
        assert [one.kind for one in ear.told if one.conversation] == [TidingKind.MUTED, TidingKind.UNMUTED]


async def test_an_answer_that_comes_late_tells_what_became_of_the_message() -> None:
    async with talking() as (there, _):
        known: asyncio.Future[tuple[str, Verdict]] = asyncio.get_running_loop().create_future()
        there.channel.late = lambda *told: known.set_result(told)
        there.fake.script = ["late"]
        assert (await there.channel.post("qq/group:30003", "第1项今天到期", "k1")).status is Status.UNKNOWN
        await there.fake.catch_up()
        key, verdict = await known
        assert (key, verdict.status, verdict.message_id) == ("k1", Status.SENT, there.messages[0].id)


async def test_what_was_asked_while_nobody_was_connected_is_heard_afterwards_and_nothing_twice() -> None:
    clock = VirtualClock(datetime.fromtimestamp(NOW, SHANGHAI))
    there, ear = OneBotCounterpart(clock=clock), Listener()
    there.fake.message([at(10001), text(" 停机前问的")])["time"] = NOW - 900
    there.fake.message([at(10001), text(" 停机时问的")])["time"] = NOW - 300
    async with listening(there, ear):
        await ear.until(heard=1)
        await there.say("连上后问的")
        await ear.until(heard=2)
        clock.advance(timedelta(seconds=10))
        there.fake.message([at(10001), text(" 断线时问的")])
        await there.fake.drop()
        await ear.until(heard=3)
        await there.say("最后问的")
        await ear.until(heard=4)
    assert [one.text for one in ear.heard] == ["停机时问的", "连上后问的", "断线时问的", "最后问的"]


async def test_frames_that_are_no_events_and_no_answers_harm_nothing() -> None:
    async with talking() as (there, ear):
        await there.say("在吗")
        await ear.until(heard=1)
        odd = [
            "",
            "null",
            "[]",
            "{",
            "[" * 100_000,
            "{}",
            '{"echo": {"a": [1]}, "status": "ok", "retcode": 0}',
            b"\xff\xfe",
        ]
        odd += [
            '{"post_type": 1}',
            '{"post_type": "message"}',
            '{"post_type": "notice", "notice_type": "group_recall"}',
        ]
        odd += ['{"post_type": "meta_event", "meta_event_type": "heartbeat", "interval": 1e999, "status": []}']
        for frame in odd:
            for socket in there.fake._sockets:
                await socket.send(frame)
        await there.say("还在吗")
        await ear.until(heard=2)
        assert [one.text for one in ear.heard] == ["在吗", "还在吗"]
        assert (await there.channel.post("qq/group:30003", "在", "k1")).status is Status.SENT


async def test_events_and_calls_may_come_by_two_connections() -> None:
    ports: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    door = Reverse("127.0.0.1", 0, "/ws", TOKEN, opened=ports.set_result)
    channel, ear = OneBotChannel("qq", door, CLOCK, pace=Pace(CLOCK, (0, 0))), Listener()
    listening = asyncio.create_task(channel.listen(ear))
    events, calls = FakeOneBot(token=TOKEN), FakeOneBot(token=TOKEN)
    events.come(f"ws://127.0.0.1:{await ports}/ws", "Event", in_query=True)
    calls.come(f"ws://127.0.0.1:{await ports}/ws", "API")
    await events.tell(events.message([at(10001), text("谁牵头")]))
    await ear.until(heard=1)
    assert (await channel.answer(ear.heard[0], "牵头单位：财政局", "k1")).status is Status.SENT
    assert events.calls == []
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await events.close()
    await calls.close()


@pytest.mark.parametrize(
    ("target", "headers", "answer"),
    [
        ("/ws", {"authorization": f"Bearer {TOKEN}"}, None),
        ("/ws/", {"authorization": f"Token {TOKEN}"}, None),
        (f"/ws?access_token={TOKEN}", {}, None),
        ("/ws", {}, HTTPStatus.UNAUTHORIZED),
        ("/ws", {"authorization": "Bearer wrong"}, HTTPStatus.FORBIDDEN),
        ("/ws", {"authorization": f"Bearer {TOKEN}错"}, HTTPStatus.FORBIDDEN),
        ("/other", {"authorization": f"Bearer {TOKEN}"}, HTTPStatus.NOT_FOUND),
        ("/ws", {"authorization": f"Bearer {TOKEN}", "x-self-id": "10002"}, HTTPStatus.FORBIDDEN),
        ("/ws", {"authorization": f"Bearer {TOKEN}", "x-self-id": "me"}, HTTPStatus.BAD_REQUEST),
        ("/ws", {"authorization": f"Bearer {TOKEN}", "x-client-role": "Boss"}, HTTPStatus.BAD_REQUEST),
    ],
)
def test_only_who_has_the_token_and_is_our_account_comes_in(
    target: str, headers: dict[str, str], answer: HTTPStatus | None
) -> None:
    door = Reverse("127.0.0.1", 0, "/ws", TOKEN, "10001")
    assert door.admission(target, {"x-self-id": "10001", "x-client-role": "Universal"} | headers) == answer


def test_a_page_in_a_browser_does_not_come_in_where_there_is_no_token() -> None:
    door = Reverse("127.0.0.1", 0, "/ws")
    assert door.admission("/ws", {"x-self-id": "10001"}) is None
    assert door.admission("/ws", {"x-self-id": "10001", "origin": "http://bad.example"}) == HTTPStatus.FORBIDDEN


def section(**given: object) -> Section:
    return Section("qq", given, Path("."), Spot("qiantou.toml", "channels.qq"), {"QQ_TOKEN": TOKEN})


def test_without_a_token_nobody_listens_beyond_this_machine() -> None:
    assert open_channel(section(), CLOCK)
    assert open_channel(section(host="0.0.0.0", token={"env": "QQ_TOKEN"}), CLOCK)
    with pytest.raises(ConfigError, match=r"没有写 token.*请写上"):
        open_channel(section(host="0.0.0.0"), CLOCK)
    with pytest.raises(ConfigError, match="没有写 token"):
        open_channel(section(way="forward", base="ws://10.1.2.3:3001"), CLOCK)


async def test_who_is_in_a_group_is_told_with_the_cards_until_they_change() -> None:
    async with talking() as (there, ear):
        await there.say("在吗")
        await ear.until(heard=1)
        names = [one.name for one in await there.channel.members("qq/group:30003")]
        assert names == ["财政局-王芳", "李四"]
        there.fake.cards[20002] = "审计局-王芳"
        assert [one.name for one in await there.channel.members("qq/group:30003")] == names
        await there.fake.tell(there.fake.notice("group_card", card_new="审计局-王芳", card_old="财政局-王芳"))
        await heard_by(there, ear, [text("改好了")])
        assert (await there.channel.members("qq/group:30003"))[0].name == "审计局-王芳"


async def test_only_a_mention_that_the_bot_made_itself_calls_somebody() -> None:
    async with talking() as (there, _):
        called = there.channel.mention(Liaison("财政局", "王芳", "qq/20002"))
        assert there.channel.mention(Liaison("审计局", "李四")) == "李四"
        await there.channel.post("qq/group:30003", f"{called}请办理；@赵六(20009)不是我说的", "k1")
        assert there.fake.sent[-1][1]["message"] == [at(20002), text(" "), text("请办理；@赵六(20009)不是我说的")]


async def test_messages_leave_a_moment_apart_and_a_long_queue_is_refused_unsent() -> None:
    clock, waits = VirtualClock(datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)), list[float]()

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    pace = Pace(clock, (1.0, 2.0), pause, chance=lambda low, high: high)
    turns = [await pace.turn() for _ in range(6)]
    assert waits == [2.0, 4.0, 6.0]
    assert [turn is None for turn in turns] == [True, True, True, True, False, False]
    assert turns[-1] is not None
    assert (turns[-1].trouble, turns[-1].retry_after) == (Trouble.RATE, 8.0)
