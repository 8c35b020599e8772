"""The self-built app: what it is called with, what it says, and what 企业微信 does to both."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.envelope import signature
from bot.channels.hearing import AttachmentError, Callback, Heard, TidingKind
from bot.channels.protocol import Button, Channel, Disconnected, Status, Trouble
from bot.channels.settings import channels_of
from bot.channels.wecom.chats import ChatChannel, Founding
from bot.clock import VirtualClock
from bot.toml_values import ConfigError, Spot
from bot.trial import tried
from bot.voice import Voice
from knowledge.store import StoreError
from tests.bot.channels.truth import APP, NOW, TEXT, Stage
from tests.contracts.counterpart import Listener
from tests.platforms import wecom

S, F = Status.SENT, Status.FAILED


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage() as stage:
        yield stage


@pytest.fixture
def app(stage: Stage) -> Channel:
    return stage.channels["企业应用"]


@pytest.fixture
def sender(stage: Stage) -> wecom.Sender:
    return wecom.Sender(stage.clock)


def spoken(text: str = "政务公开培训谁牵头", id: str = "4561", user: str = "wangfang") -> str:
    return wecom.spoken(user, text, id, NOW)


class Broken(Listener):
    """A disk that is full."""

    async def hear(self, heard: Heard) -> bool:
        raise StoreError("磁盘已满。")


# ---------------------------------------------------------------- hearing
@pytest.mark.parametrize("echo", ["1616140317555161061", "a+b/c=="])
async def test_the_address_check_is_answered_with_the_bare_plaintext(
    app: Channel, sender: wecom.Sender, echo: str
) -> None:
    answer = await app.called(sender.check(echo), Listener())
    assert (answer.status, answer.body) == (200, echo.encode())


async def test_a_blank_in_the_place_of_a_plus_is_a_wrong_signature(app: Channel, sender: wecom.Sender) -> None:
    request = next(one for one in iter(lambda: sender.check("1234567890"), None) if "+" in one.query["echostr"])
    damaged = Callback("GET", "", {**request.query, "echostr": request.query["echostr"].replace("+", " ")}, {})
    assert (await app.called(damaged, Listener())).status == 403
    assert (await app.called(request, Listener())).status == 200


async def test_a_recorded_message_is_never_echoed(app: Channel, sender: wecom.Sender) -> None:
    answer = await app.called(sender.check(spoken()), Listener())
    assert (answer.status, answer.body) == (400, b"")


async def test_what_a_member_says_is_kept_and_answered_with_nothing_at_once(app: Channel, sender: wecom.Sender) -> None:
    ear = Listener()
    answer = await app.called(sender.sealed(spoken()), ear)
    assert (answer.status, answer.body) == (200, b"")
    assert ear.heard == [Heard("企业应用", "4561", APP, APP, "政务公开培训谁牵头", NOW, "wangfang")]


async def test_the_platforms_three_deliveries_are_one_message(app: Channel, sender: wecom.Sender, stage: Stage) -> None:
    ear = Listener()
    for _ in range(3):
        assert (await app.called(sender.sealed(spoken()), ear)).status == 200
        stage.clock.advance(timedelta(seconds=5))
    assert ear.known == {"4561"}
    for _ in range(3):  # an event has no id of its own
        await app.called(sender.sealed(wecom.pressed("wangfang", "收到 K7M", NOW, "click")), ear)
    assert len(ear.known) == 2
    await app.called(sender.sealed(wecom.pressed("wangfang", "已办结 K7M", NOW, "click")), ear)
    assert len(ear.known) == 3


async def test_a_replay_is_refused_and_heard_by_nobody(app: Channel, sender: wecom.Sender, stage: Stage) -> None:
    request, ear = sender.sealed(spoken()), Listener()
    await app.called(request, ear)
    for _ in range(2):
        assert (await app.called(request, ear)).status == 403
        stage.clock.advance(timedelta(minutes=9))
    assert len(ear.heard) == 1


HOSTILE = {
    "wrong signature": lambda s: s.sealed(spoken(), msg_signature="0" * 40),
    "no signature": lambda s: Callback("POST", "", {}, {}, s.sealed(spoken()).body),
    "another enterprise": lambda s: wecom.Sender(s.clock, receiver="ww00000000000000").sealed(spoken()),
    "another token": lambda s: wecom.Sender(s.clock, token="AnotherToken").sealed(spoken()),
    "another key": lambda s: wecom.Sender(s.clock, key="x" * 43).sealed(spoken()),
    "stale": lambda s: s.sealed(spoken(), at=str(int(NOW.timestamp()) - 601)),
    "from the future": lambda s: s.sealed(spoken(), at=str(int(NOW.timestamp()) + 601)),
    "no XML inside": lambda s: s.sealed("not xml"),
    "an entity inside": lambda s: s.sealed('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'),
    "an entity outside": lambda s: s.sealed(spoken(), body='<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'),
    "no body": lambda s: s.sealed(spoken(), body=""),
    "too large": lambda s: s.sealed(spoken(), body="<xml>" + "a" * 300_000),
    "nobody's": lambda s: s.sealed(spoken(user="wang|@all")),
    "everybody's": lambda s: s.sealed(spoken(user="@all")),
    "no time": lambda s: s.sealed(spoken().replace("<CreateTime>", "<CreateTime>x")),
    "not text": lambda s: Callback("POST", "", s.sealed(spoken()).query, {}, b"\xff\xfe"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_not_the_platforms_is_refused_without_a_trace(
    app: Channel, sender: wecom.Sender, name: str
) -> None:
    ear = Listener()
    answer = await app.called(HOSTILE[name](sender), ear)
    assert answer.status in (400, 403)
    assert (answer.body, ear.heard, ear.told) == (b"", [], [])


OFFLINE = channels_of(
    Spot("qiantou.toml", "channels"), wecom.settings("http://127.0.0.1:1"), Path(), VirtualClock(NOW)
)[0]
PIECES = st.sampled_from(
    ["<xml>", "</xml>", "<MsgType>text</MsgType>", "<MsgType>event</MsgType>", "<Event>click</Event>", "<FromUserName>w</FromUserName>",
     "<CreateTime>1</CreateTime>", "<CreateTime>9999999999999999</CreateTime>", "<Content>", "</Content>", "<![CDATA[", "]]>", "&amp;", "&x;",
     "<MsgType><a/></MsgType>", "<MsgId>1</MsgId>", "\x00", "😀"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=100), st.integers(0, 400), st.integers(0, 255))
def test_whatever_is_sealed_and_however_it_is_damaged_it_ends_in_a_status(inside: str, place: int, change: int) -> None:
    """Signed garbage, and a damaged ciphertext with the right signature."""
    inside = inside.encode("utf-8", "ignore").decode()
    sender, ear = wecom.Sender(VirtualClock(NOW)), Listener()
    whole = sender.sealed(inside)
    encrypted = whole.body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    broken = bytearray(base64.b64decode(encrypted))
    broken[place % len(broken)] ^= change
    text = base64.b64encode(broken).decode()
    query = {**whole.query, "nonce": f"x{uuid4()}"}
    query["msg_signature"] = signature(wecom.CALLBACK_TOKEN, query["timestamp"], query["nonce"], text)
    damaged = Callback("POST", "", query, {}, f"<xml><Encrypt>{text}</Encrypt></xml>".encode())
    answer = asyncio.run(OFFLINE.called(damaged, ear))
    assert answer.status in (200, 400, 403)
    assert answer.body == b""
    assert not ear.heard or (answer.status == 200 and ear.heard[0].person == "企业应用/w")


async def test_what_cannot_be_kept_is_said_again_by_the_platform(app: Channel, sender: wecom.Sender) -> None:
    request, ear = sender.sealed(spoken()), Listener()
    assert (await app.called(request, Broken())).status == 503
    assert (await app.called(request, ear)).status == 200
    assert [heard.id for heard in ear.heard] == ["4561"]


async def test_what_is_no_concern_is_passed_over(app: Channel, sender: wecom.Sender) -> None:
    ear = Listener()
    for event in ("subscribe", "unsubscribe", "enter_agent", "LOCATION", "batch_job_result"):
        assert (await app.called(sender.sealed(wecom.pressed("wangfang", "", NOW, event)), ear)).status == 200
    assert (ear.heard, ear.told) == ([], [])


async def test_without_a_callback_address_nobody_is_heard(stage: Stage, sender: wecom.Sender) -> None:
    given = {"kind": "wecom-app", "corpid": wecom.CORP, "agentid": 1, "secret": wecom.SECRET}
    deaf = channels_of(Spot("qiantou.toml", "channels"), {"应用": given}, Path(), stage.clock)[0]
    assert (await deaf.called(sender.sealed(spoken()), Listener())).status == 404
    assert deaf.capabilities.buttons == 0


async def test_a_picture_is_had_until_the_platform_has_forgotten_it(
    app: Channel, sender: wecom.Sender, stage: Stage
) -> None:
    stage.wecom.media["m1"] = "", b"\xff\xd8\xff" + b"j" * 5000
    ear = Listener()
    await app.called(sender.sealed(wecom.picture("wangfang", "m1", "77", NOW)), ear)
    attachment = ear.heard[0].attachments[0]
    stage.wecom.expired = 1
    assert len(await app.fetch(attachment, 10_000)) == 5003
    with pytest.raises(AttachmentError, match="超过"):
        await app.fetch(attachment, 100)
    stage.wecom.media.clear()
    with pytest.raises(AttachmentError, match="重新发一次"):
        await app.fetch(attachment, 10_000)


# ---------------------------------------------------------------- speaking
async def test_the_same_words_asked_for_twice_are_shown_twice_and_a_repeat_once(app: Channel, stage: Stage) -> None:
    for key in ("k1", "k2", "k2", "k1"):
        assert (await app.post(APP, TEXT, key)).status is S
    assert [seen.text for seen in stage.wecom.seen] == [TEXT, f"{TEXT}\n（同样的内容第2次）"]
    stage.clock.advance(timedelta(minutes=31))
    await app.post(APP, TEXT, "k3")
    assert stage.wecom.seen[-1].text == TEXT


async def test_what_was_refused_is_no_first_time(app: Channel, stage: Stage) -> None:
    stage.script(-1)
    assert (await app.post(APP, TEXT, "attempt 1")).status is F
    assert (await app.post(APP, TEXT, "attempt 2")).status is S
    assert [seen.text for seen in stage.wecom.seen] == [TEXT]


async def test_what_a_member_would_not_be_given_is_never_sent(app: Channel, stage: Stage) -> None:
    """The thirty-first message of a minute is dropped by the platform, which says that it took it."""
    voice = Voice(stage.clock)
    granted = sum(voice.granted(app, APP, 1) for _ in range(31))
    verdicts = [await app.post(APP, f"第{n}条", f"k{n}") for n in range(granted)]
    assert (granted, {one.status for one in verdicts}, len(stage.wecom.seen)) == (30, {S}, 30)
    dropped = await app.post(APP, "第31条", "k31")
    assert (dropped.status, len(stage.wecom.seen)) == (S, 30)
    assert (voice.limited(app, APP) or dropped).trouble is Trouble.RATE


async def test_a_lost_answer_is_asked_for_again_and_shown_once(app: Channel, stage: Stage) -> None:
    stage.wecom.lose = 2
    verdict = await Voice(stage.clock).post(app, APP, TEXT, "k1")
    assert (verdict.status, len(stage.wecom.seen)) == (S, 1)
    sent = [one.body for one in stage.wecom.asked if one.path.endswith("/send")]
    assert (len(sent), len(set(sent))) == (3, 1)


async def test_a_pressed_button_closes_its_card_and_is_answered(
    app: Channel, sender: wecom.Sender, stage: Stage
) -> None:
    ear = Listener()
    await app.called(sender.sealed(wecom.pressed("wangfang", "收到 K7M", NOW)), ear)
    heard = ear.heard[0]
    assert (heard.text, heard.pressed) == ("收到 K7M", True)
    assert (await app.answer(heard, "已记下。", "a1")).status is S
    assert stage.wecom.cards[0]["response_code"] == "rc-收到 K7M"
    assert [seen.text for seen in stage.wecom.seen] == ["已记下。"]


async def test_a_long_text_keeps_its_words_and_its_buttons_follow_in_a_card(app: Channel, stage: Stage) -> None:
    long, buttons = "【任务提醒】\n" + "公开第1类信息。" * 40, (Button("收到", "收到 K7M"),)
    assert (await app.post(APP, long, "k1", buttons)).status is S
    assert [(seen.text == long, len(seen.buttons)) for seen in stage.wecom.seen] == [(True, 0), (False, 1)]
    assert stage.wecom.seen[1].text == "〔K7M〕请点选答复，也可以直接回复文字"
    stage.wecom.seen.clear()
    stage.script(wecom.told(wecom.OK), 42014)
    verdict = await app.post(APP, long, "k2", buttons)
    assert verdict.status is S
    assert "按钮没有发出" in verdict.raw


async def test_no_link_is_shown_that_a_document_slipped_in(app: Channel, stage: Stage) -> None:
    await app.post(APP, '见<a href="http://example.com">附件</a>，< A HREF=x>', "k1")
    assert "<a" not in stage.wecom.seen[0].text.lower().replace(" ", "")


async def test_twenty_messages_at_once_fetch_one_token_and_it_is_renewed_before_it_ends(
    app: Channel, stage: Stage
) -> None:
    await asyncio.gather(*(app.post(f"企业应用/user{n}", TEXT, f"k{n}") for n in range(20)))
    assert (len(stage.wecom.tokens), len(stage.wecom.seen)) == (1, 20)
    stage.clock.advance(timedelta(seconds=7200 - 299))
    await app.post(APP, TEXT, "k21")
    assert len(stage.wecom.tokens) == 2
    stage.clock.advance(timedelta(seconds=7200 - 299))
    stage.wecom.token_refusal = -1
    assert (await app.post(APP, "旧令牌还能用", "k22")).status is S


async def test_a_token_that_is_always_refused_costs_two_calls_and_no_more(app: Channel, stage: Stage) -> None:
    stage.wecom.expired = 1000
    assert (await app.post(APP, TEXT, "k1")).trouble is Trouble.AUTH
    assert [one.path.rpartition("/")[2] for one in stage.wecom.asked] == ["gettoken", "send", "gettoken", "send"]


async def test_a_textcard_is_used_where_the_text_fits_into_one(stage: Stage) -> None:
    section = {
        **wecom.settings(stage.wecom.server.base)["企业应用"],
        "format": "textcard",
        "link": "https://qt.example.gov.cn/",
    }  # type: ignore[dict-item]
    app = channels_of(Spot("qiantou.toml", "channels"), {"企业应用": section}, Path(), stage.clock)[0]
    for text in ("【任务提醒】\n第1项今天到期", "只有一行", "【任务提醒】\n" + "很长" * 200):
        assert (await app.post(APP, text, text)).status is S
    kinds = [one.json["msgtype"] for one in stage.wecom.asked if one.path.endswith("/send")]
    assert kinds == ["textcard", "text", "text"]
    await app.close()


@pytest.mark.parametrize(
    ("refusal", "trouble", "words"),
    [(0, Trouble.AUTH, " 203.0.113.9 "), (40001, Trouble.AUTH, "Secret"), (-1, Trouble.SERVER, "")],
)
async def test_a_wrong_account_shows_when_the_office_starts(
    app: Channel, stage: Stage, refusal: int, trouble: Trouble, words: str
) -> None:
    stage.wecom.token_refusal, stage.wecom.trusted, ear = refusal, refusal != 0, Listener()
    with pytest.raises(Disconnected) as gone:
        await app.listen(ear)
    assert (gone.value.trouble, words in gone.value.alarm, ear.told) == (trouble, True, [])
    assert (await tried(app)).failed
    stage.wecom.token_refusal, stage.wecom.trusted = 0, True
    await app.listen(ear)
    assert [told.kind for told in ear.told] == [TidingKind.ONLINE]
    assert "平台接受了账号" in (await tried(app)).sentence


# ---------------------------------------------------------------- groups that the app makes
async def test_a_group_is_made_spoken_to_and_its_members_are_known(stage: Stage) -> None:
    chats = stage.channels["应用群"]
    assert isinstance(chats, ChatChannel)
    founding = Founding("2026年政务公开专班", "wangfang", ("lisi", "zhaoliu"), "zhuanban1")
    assert (founding.fault, await chats.found(founding)) == ("", "zhuanban1")
    assert [one.person for one in await chats.members("应用群/专班")] == [
        "应用群/wangfang",
        "应用群/lisi",
        "应用群/zhaoliu",
    ]
    assert await chats.members("应用群/别的") == ()
    assert (await chats.post("应用群/专班", TEXT, "k1")).status is S


@pytest.mark.parametrize(
    ("founding", "words"),
    [
        (Founding("群", "wangfang", ()), "2到2000人"),
        (Founding("群", "wangfang", ("@all",)), "@all"),
        (Founding("长" * 51, "wangfang", ("lisi",)), "50个字"),
        (Founding("群", "wangfang", ("lisi",), "不行"), "字母和数字"),
    ],
)
def test_a_group_that_cannot_be_made_is_told_why(founding: Founding, words: str) -> None:
    assert words in founding.fault


# ---------------------------------------------------------------- settings
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"agentid": 0}, "agentid"), ({"aes_key": "short"}, "43个字母和数字"), ({"token": None}, "只写了一个"),
        ({"format": "html"}, "text、markdown、textcard"), ({"format": "textcard"}, "https://"), ({"corpid": ""}, "corpid"),
        ({"lists": {"甲": {"members": ["@all"]}}}, "@all"), ({"typo": 1}, "typo"),
    ],
)  # fmt: skip
def test_a_slip_in_the_settings_is_named(changed: dict[str, object], words: str) -> None:
    section = {**wecom.settings("http://127.0.0.1:1")["企业应用"], **changed}  # type: ignore[dict-item]
    section = {key: value for key, value in section.items() if value is not None}
    with pytest.raises(ConfigError) as error:
        channels_of(Spot("qiantou.toml", "channels"), {"企业应用": section}, Path(), VirtualClock(NOW))
    assert words in str(error.value)
    assert wecom.SECRET not in str(error.value)
