"""The official QQ bot when the platform, or somebody who pretends to be it, misbehaves."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.hearing import Callback, Heard, Tiding, TidingKind
from bot.channels.protocol import Channel, Disconnected, Status, Trouble
from bot.channels.qq.official_events import understood
from bot.channels.qq.official_replies import Window
from bot.channels.qq.official_signing import Forged, Signer
from bot.clock import VirtualClock
from knowledge.store import StoreError
from tests.bot.channels.qq.fake_official import GROUP, SECRET, FakeQQ
from tests.contracts.counterpart import Listener, listening
from tests.contracts.counterparts.qq_official import OfficialCounterpart
from tests.scheduler.offices import at

WHERE = f"qqbot/group:{GROUP}"
NO_PUSH = 40034102


@asynccontextmanager
async def talking(*, webhook: bool = False) -> AsyncIterator[tuple[OfficialCounterpart, Listener, VirtualClock]]:
    clock = VirtualClock(at("2026-07-15 09:30"))
    counterpart, ear = OfficialCounterpart(webhook=webhook, clock=clock), Listener()
    async with listening(counterpart, ear):
        yield counterpart, ear, clock


async def asked(there: OfficialCounterpart, ear: Listener, words: str = "谁牵头") -> Heard:
    before = len(ear.heard)
    await there.say(words)
    await ear.until(heard=before + 1)
    return ear.heard[-1]


# ---------------------------------------------------------------- signatures
def test_the_set_up_call_is_answered_with_the_documented_signature() -> None:
    told = Signer("DG5g3B4j9X2KOErG").validation({"plain_token": "Arq0D5A61EgUu4OxUvOp", "event_ts": "1725442341"})
    assert told["plain_token"] == "Arq0D5A61EgUu4OxUvOp"
    assert told["signature"].startswith("87befc99c42c651b")
    assert told["signature"].endswith("ffc2d652c706")


@pytest.mark.parametrize("token", ["", '{"op":0,"t":"GROUP_AT_MESSAGE_CREATE"}', "a b", "x" * 200])
def test_nobody_gets_something_signed_that_could_be_an_event(token: str) -> None:
    with pytest.raises(Forged):
        Signer(SECRET).validation({"plain_token": token, "event_ts": "1725442341"})


async def test_what_is_not_proved_to_be_the_platforms_is_refused_and_nothing_is_done() -> None:
    async with talking(webhook=True) as (there, ear, clock):
        fake, channel = there.fake, there.channel
        event = fake.dispatched(*fake.message("谁牵头"))
        good = fake.callback(event)
        seconds = int(clock.now().timestamp())
        forged = {
            "garbage": replace(good, body=b"\xff\x00garbage"),
            "another body": replace(good, body=good.body.replace("谁牵头".encode(), "删台账".encode())),
            "another time": replace(good, headers={**good.headers, "x-signature-timestamp": str(seconds + 1)}),
            "no signature": replace(good, headers={"x-signature-timestamp": str(seconds)}),
            "no headers": replace(good, headers={}),
            "no hex": fake.callback(event, signature="zz" * 64),
            "too short": fake.callback(event, signature="ab"),
            "stale": fake.callback(event, at=seconds - 301),
            "from the future": fake.callback(event, at=seconds + 301),
            "another bot": fake.callback(event, app="102000002"),
            "another secret": fake.callback(event, signature=Signer("another secret").signature(good.body)),
            "signed garbage": _signed(fake, b"\xff{not json"),
            "signed list": _signed(fake, b"[1]"),
            "by get": replace(good, method="GET"),
        }  # fmt: skip
        answers = {name: await channel.called(call, ear) for name, call in forged.items()}
        assert {name: answer.status for name, answer in answers.items() if answer.status not in (400, 403)} == {}
        assert [answer.body for answer in answers.values() if answer.body] == []
        assert (ear.heard, ear.told) == ([], [])
        assert (await channel.called(good, ear)).status == 200
        assert (await channel.called(good, ear)).status == 403, "the very same call again"
        assert len(ear.heard) == 1


def _signed(fake: FakeQQ, body: bytes) -> Callback:
    made = fake.callback({})
    signature = fake._key.sign(made.headers["x-signature-timestamp"].encode() + body).hex()
    return replace(made, headers={**made.headers, "x-signature-ed25519": signature}, body=body)


@pytest.mark.thorough
async def test_a_thousand_signed_calls_are_let_in_and_none_with_one_bit_changed() -> None:
    async with talking(webhook=True) as (there, ear, _):
        for number in range(1000):
            call = there.fake.callback(
                {"op": 0, "t": "NOTHING", "d": {"n": number, "x": secrets.token_hex(number % 40)}}
            )
            at_ = number % len(call.body)
            spoilt = bytes([*call.body[:at_], call.body[at_] ^ 1, *call.body[at_ + 1 :]])
            assert (await there.channel.called(replace(call, body=spoilt), ear)).status == 403
            assert (await there.channel.called(call, ear)).status == 200


async def test_the_set_up_call_comes_through_the_webhook() -> None:
    async with talking(webhook=True) as (there, ear, _):
        asked_ = {"op": 13, "d": {"plain_token": "Arq0D5A61EgUu4OxUvOp", "event_ts": "1725442341"}}
        answer = await there.channel.called(there.fake.callback(asked_), ear)
        assert json.loads(answer.body)["signature"].startswith("87befc99c42c651b")


async def test_what_cannot_be_kept_is_not_acknowledged() -> None:
    async with talking(webhook=True) as (there, ear, _):
        call = there.fake.callback(there.fake.dispatched(*there.fake.message("谁牵头")))
        assert (await there.channel.called(call, Broken())).status == 500
        assert (await there.channel.called(call, ear)).status == 200
        assert len(ear.heard) == 1


class Broken(Listener):
    """The disk is full."""

    async def hear(self, heard: Heard) -> bool:
        raise StoreError("磁盘已满")


# ---------------------------------------------------------------- answers
async def test_answers_go_under_numbers_of_their_own_and_the_same_one_is_shown_once() -> None:
    async with talking() as (there, ear, _):
        heard = await asked(there, ear)
        for key in ("a-0", "a-1", "a-0"):
            assert (await there.channel.answer(heard, "牵头单位：财政局", key)).status is Status.SENT
        numbers = [body["msg_seq"] for body in there.fake.posted]
        assert (numbers[0] == numbers[2] != numbers[1], len(there.messages)) == (True, 2)
        assert {shown.answers for shown in there.messages} == {heard.id}


async def test_an_answer_that_got_lost_is_asked_for_again_and_known_to_stand() -> None:
    async with talking() as (there, ear, _):
        heard = await asked(there, ear)
        there.fake.script = ["lost"]
        verdict = await there.channel.answer(heard, "牵头单位：财政局", "a-0")
        assert (verdict.status, len(there.messages)) == (Status.SENT, 1)


async def test_after_five_minutes_or_five_answers_it_speaks_unasked() -> None:
    async with talking() as (there, ear, clock):
        heard = await asked(there, ear)
        for part in range(6):
            assert (await there.channel.answer(heard, f"第{part}段", f"a-{part}")).status is Status.SENT
        clock.advance(timedelta(minutes=5))
        late = await asked(there, ear)
        clock.advance(timedelta(minutes=6))
        assert (await there.channel.answer(late, "牵头单位：财政局", "b-0")).status is Status.SENT
        assert ["msg_id" in body for body in there.fake.posted] == [True] * 5 + [False] * 2


async def test_an_answer_too_late_where_pushes_are_refused_says_that_it_was_not_sent() -> None:
    async with talking() as (there, ear, clock):
        there.fake.pushes = False
        heard = await asked(there, ear)
        clock.advance(timedelta(minutes=6))
        verdict = await there.channel.answer(heard, "牵头单位：财政局", "a-0")
        assert (verdict.status, verdict.trouble, verdict.permanent) == (Status.FAILED, Trouble.TARGET, True)
        assert there.messages == []


async def test_a_refused_push_makes_a_group_reply_only_until_its_owner_allows_it() -> None:
    async with talking() as (there, ear, _):
        await ear.until(told=1)
        there.fake.pushes = False
        first = await there.channel.post(WHERE, "第1项今天到期", "k1")
        second = await there.channel.post(WHERE, "第1项今天到期", "k2")
        assert [one.status for one in (first, second)] == [Status.FAILED, Status.FAILED]
        assert "群主" in first.alarm
        assert len(there.fake.posted) == 1, "the platform is not asked twice"
        await there.tell(*there.fake.changed("GROUP_MSG_RECEIVE"))
        await ear.until(told=3)
        assert ear.told[1:] == [
            Tiding(TidingKind.MUTED, "qqbot", WHERE),
            Tiding(TidingKind.UNMUTED, "qqbot", WHERE),
        ]
        there.fake.pushes = True
        assert (await there.channel.post(WHERE, "第1项今天到期", "k3")).status is Status.SENT


async def test_what_is_owed_to_a_reply_only_group_goes_as_an_answer_to_what_was_just_said() -> None:
    async with talking() as (there, ear, _):
        there.fake.pushes = False
        heard = await asked(there, ear)
        verdict = await there.channel.post(WHERE, "第1项今天到期", "k1")
        assert (verdict.status, there.messages[0].answers) == (Status.SENT, heard.id)


async def test_a_link_that_is_not_registered_is_left_out() -> None:
    async with talking() as (there, _, _):
        there.fake.script = [40054010]
        assert (
            await there.channel.post(WHERE, "详见 https://www.example.gov.cn/a，请办理", "k1")
        ).status is Status.SENT
        assert there.messages[0].text == "详见 （链接略，QQ 平台不收），请办理"


async def test_an_address_that_is_not_on_the_list_is_named_with_what_to_do() -> None:
    async with talking() as (there, _, _):
        there.fake.script = [11298]
        verdict = await there.channel.post(WHERE, "第1项今天到期", "k1")
        assert (verdict.trouble, "IP 白名单" in verdict.alarm) == (Trouble.AUTH, True)


async def test_a_refusal_inside_http_200_is_a_refusal() -> None:
    async with talking() as (there, _, _):
        there.fake.expire()
        there.fake.token_error = {"code": 100007, "message": "appid invalid"}
        verdict = await there.channel.post(WHERE, "第1项今天到期", "k1")
        assert (verdict.status, verdict.trouble, "AppID" in verdict.alarm) == (Status.FAILED, Trouble.AUTH, True)
        assert there.messages == []


async def test_a_wrong_secret_shows_before_anybody_calls() -> None:
    counterpart = OfficialCounterpart(webhook=True)
    await counterpart.open(Listener())
    counterpart.fake.token_error = {"code": 100016, "message": "invalid appid or secret"}
    gone = await until_gone(counterpart.channel, Listener())
    assert (gone.trouble, "AppID" in gone.alarm, SECRET in str(gone)) == (Trouble.AUTH, True, False)
    await counterpart.channel.close()
    await counterpart.close()


async def test_many_messages_at_once_fetch_one_token() -> None:
    async with talking(webhook=True) as (there, _, _):
        await asyncio.gather(*(there.channel.post(WHERE, f"第{n}项", f"k{n}") for n in range(5)))
        assert (len(there.messages), there.fake.tokens) == (5, 1)


@given(st.lists(st.text(max_size=8), max_size=12))
def test_numbers_of_answers_differ_and_stay(keys: list[str]) -> None:
    now = at("2026-07-15 09:30")
    window, again = Window("m", now + timedelta(minutes=5)), Window("m", now + timedelta(minutes=5))
    numbers = {key: window.number(key, now) for key in keys}
    given_ = [number for number in numbers.values() if number is not None]
    assert len(set(given_)) == len(given_) == min(5, len(numbers))
    assert numbers == {key: again.number(key, now) for key in keys}, "also after a restart"
    assert window.number("too late", now + timedelta(minutes=5)) is None


# ---------------------------------------------------------------- the gateway
async def until_gone(channel: Channel, ear: Listener) -> Disconnected:
    with pytest.raises(Disconnected) as gone:
        await channel.listen(ear)
    return gone.value


async def test_what_happened_between_two_connections_is_told_once_the_session_is_resumed() -> None:
    async with talking() as (there, ear, _):
        await asked(there, ear, "第一句")
        there.fake.keep(*there.fake.message("断线时说的"))
        await there.fake.drop()
        await asked(there, ear, "第二句")
        assert [one.text for one in ear.heard][:2] == ["第一句", "断线时说的"]
        assert [greeting["op"] for greeting in there.fake.greetings] == [2, 6]
        assert there.fake.greetings[1]["d"]["seq"] == 2


async def test_what_could_not_be_kept_is_told_again() -> None:
    counterpart = OfficialCounterpart()
    await counterpart.open(Listener())
    listening = asyncio.create_task(until_gone(counterpart.channel, Broken()))
    await counterpart.say("谁牵头")
    assert "存不下" in f"{await listening}"
    ear = Listener()
    beside = asyncio.create_task(counterpart.channel.listen(ear))
    await ear.until(heard=1)
    assert (ear.heard[0].text, counterpart.fake.greetings[1]["op"]) == ("谁牵头", 6)
    beside.cancel()
    await asyncio.gather(beside, return_exceptions=True)
    await counterpart.channel.close()
    await counterpart.close()


async def test_a_session_that_is_void_is_begun_anew() -> None:
    async with talking() as (there, ear, _):
        await asked(there, ear, "第一句")
        there.fake.forget_sessions()
        await there.fake.ask_to_reconnect()
        await asked(there, ear, "第二句")
        assert [greeting["op"] for greeting in there.fake.greetings] == [2, 6, 2]


async def test_a_token_that_the_gateway_refuses_is_renewed_once() -> None:
    async with talking() as (there, ear, _):
        await asked(there, ear, "第一句")
        there.fake.expire()
        await there.fake.drop()
        await asked(there, ear, "第二句")
        assert there.fake.tokens == 2


@pytest.mark.parametrize(("code", "remedy"), [(4014, "申请"), (4914, "上线"), (4915, "封禁"), (4004, "AppID")])
async def test_what_no_reconnecting_mends_stops_the_channel(code: int, remedy: str) -> None:
    counterpart = OfficialCounterpart()
    await counterpart.open(Listener())
    counterpart.fake.close_code = code
    gone = await until_gone(counterpart.channel, Listener())
    if code == 4004:
        assert gone.trouble is Trouble.SERVER, "the first time it may be the token's age"
        gone = await until_gone(counterpart.channel, Listener())
    assert (gone.trouble, remedy in gone.alarm) == (Trouble.AUTH, True)
    await counterpart.channel.close()
    await counterpart.close()


async def test_a_gateway_that_falls_silent_is_left() -> None:
    counterpart = OfficialCounterpart()
    await counterpart.open(Listener())
    counterpart.fake.interval, counterpart.fake.deaf = 50, True
    assert "没有动静" in f"{await until_gone(counterpart.channel, Listener())}"
    await counterpart.channel.close()
    await counterpart.close()


# ---------------------------------------------------------------- events
def test_a_message_to_all_is_for_the_bot_only_if_it_is_named() -> None:
    fake = FakeQQ()
    you = {"scope": "single", "bot": True, "id": "8888", "is_you": True, "member_openid": "B0", "username": "牵头"}
    everybody = {"scope": "all", "is_you": True, "username": "全体成员"}
    plain = understood(*fake.message("大家好", named=False), "qqbot")
    named = understood(*fake.message("<@B0> 谁牵头", named=False, mentions=[you]), "qqbot")
    to_all = understood(*fake.message("@全体成员 请报进度", named=False, mentions=[everybody]), "qqbot")
    assert [(one.text, one.mentioned) for one in (plain, named, to_all) if isinstance(one, Heard)] == [
        ("大家好", False),
        ("谁牵头", True),
        ("@全体成员 请报进度", False),
    ]


def test_a_person_is_one_in_private_and_in_groups_where_the_platform_says_who_it_is() -> None:
    persons = []
    for union in ("N7", ""):
        fake = FakeQQ()
        fake.union = union
        persons += [understood(*fake.message("在吗", group=group), "qqbot").person for group in (True, False)]
    assert persons == ["qqbot/N7", "qqbot/N7", "qqbot/M0A1B2", "qqbot/U0A1B2"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLAIN = dict(FakeQQ().message("谁牵头", group=group) for group in (True, False))
KEYS = [
    "author",
    "content",
    "mentions",
    "attachments",
    "timestamp",
    "message_reference",
    "msg_elements",
    "group_openid",
    "id",
]


@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.sampled_from(["GROUP_AT_MESSAGE_CREATE", "C2C_MESSAGE_CREATE"]))
def test_whatever_stands_in_an_event_it_is_understood_or_nothing(odd: dict, kind: str) -> None:
    found = understood(kind, PLAIN[kind] | odd, "qqbot")
    assert found is None or isinstance(found, Heard | Tiding)
