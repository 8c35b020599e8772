"""What events of OneBot v11 mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.hearing import Heard, Tiding, TidingKind
from bot.channels.qq.onebot_events import Beat, RosterChanged, understood
from tests.bot.channels.qq.fake_onebot import FakeOneBot, at, reply, text

FAKES = [FakeOneBot(cq=cq, strings=strings) for cq in (False, True) for strings in (False, True)]
GROUP = "qq/group:30003"


def heard(event: dict[str, Any]) -> Heard:
    found = understood(event, "qq")
    assert isinstance(found, Heard)
    return found


@pytest.mark.parametrize("fake", FAKES, ids=["arrays", "arrays, string ids", "strings", "strings, string ids"])
@pytest.mark.parametrize("order", [[0, 1, 2], [1, 0, 2], [2, 1, 0]])
def test_a_mention_is_found_wherever_it_stands(fake: FakeOneBot, order: list[int]) -> None:
    parts = [reply("1001"), at(10001), text(" 扶贫信息谁牵头 ")]
    found = heard(fake.message([parts[n] for n in order], id="1002"))
    assert (found.text, found.mentioned, found.quoted, found.id) == ("扶贫信息谁牵头", True, "1001", "1002")
    assert (found.conversation, found.person, found.name) == (GROUP, "qq/20002", "财政局-王芳")
    assert (found.group, found.at.isoformat()) == (True, "2026-11-22T09:27:46+08:00")


def test_naming_everybody_or_somebody_else_is_not_naming_the_bot() -> None:
    fake = FakeOneBot()
    everybody = heard(fake.message([at("all"), text(" 请报进度")]))
    assert (everybody.mentioned, everybody.text) == (False, "@全体成员 请报进度")
    assert heard(fake.message([at(20003), text(" 在吗")])).mentioned is False
    assert heard(fake.message([text("在吗")])).mentioned is False


def test_what_the_bot_said_itself_is_not_heard() -> None:
    fake = FakeOneBot()
    assert understood(fake.message([text("牵头单位：……")], user=10001), "qq") is None
    assert understood(fake.message([text("牵头单位：……")], user=10001, kind="message_sent"), "qq") is None


def test_somebody_anonymous_is_nobody_that_can_be_named() -> None:
    hidden = {"anonymous": {"id": 7, "name": "匿名者", "flag": "f"}, "user_id": 80000000}
    found = heard(FakeOneBot().message([text("谁牵头")]) | hidden)
    assert (found.person, found.name, found.ticket["at"]) == ("qq/anonymous:7", "匿名者", "")


def test_in_private_everything_is_said_to_the_bot() -> None:
    found = heard(FakeOneBot().message([text("谁牵头")], private=True))
    assert (found.conversation, found.group, found.mentioned) == ("qq/private:20002", False, True)


def test_notices_tell_what_changed_around_a_conversation() -> None:
    fake = FakeOneBot()
    told = {
        "recalled": fake.notice("group_recall", operator_id=20002, message_id=1002),
        "kicked": fake.notice("group_decrease", sub_type="kick_me", user_id=10001, operator_id=20003),
        "invited": fake.notice("group_increase", sub_type="invite", user_id=10001, operator_id=20003),
        "muted": fake.notice("group_ban", sub_type="ban", user_id=10001, operator_id=20003, duration=600),
        "unmuted": fake.notice("group_ban", sub_type="lift_ban", user_id=10001, operator_id=20003, duration=0),
        "all muted": fake.notice("group_ban", sub_type="ban", user_id=0, operator_id=20003, duration=-1),
        "card": fake.notice("group_card", card_new="审计局-王芳", card_old="财政局-王芳"),
        "left": fake.notice("group_decrease", sub_type="leave", operator_id=20002),
        "poke": fake.notice("notify", sub_type="poke", target_id=10001),
    }
    assert {name: understood(event, "qq") for name, event in told.items()} == {
        "recalled": Tiding(TidingKind.RECALLED, "qq", GROUP, "1002", person="qq/20002"),
        "kicked": Tiding(TidingKind.GONE, "qq", GROUP),
        "invited": Tiding(TidingKind.JOINED, "qq", GROUP),
        "muted": Tiding(TidingKind.MUTED, "qq", GROUP),
        "unmuted": Tiding(TidingKind.UNMUTED, "qq", GROUP),
        "all muted": None,
        "card": RosterChanged(GROUP),
        "left": RosterChanged(GROUP),
        "poke": None,
    }


def test_a_file_in_a_group_is_one_thing_however_it_is_told() -> None:
    fake = FakeOneBot()
    notice = fake.notice("group_upload", file={"id": "/f7", "name": "方案.docx", "size": 10, "busid": 102})
    message = fake.message([{"type": "file", "data": {"file": "方案.docx", "file_id": "/f7", "url": "http://x/y"}}])
    first, second = heard(notice), heard(message)
    assert first.id == second.id == "file:/f7"
    assert (first.attachments[0].name, second.attachments[0].name) == ("方案.docx", "方案.docx")
    assert first.attachments[0].ticket == {"file_id": "/f7", "busid": "102", "group": "30003"}


def test_a_heartbeat_says_how_often_and_whether_qq_is_there() -> None:
    fake = FakeOneBot()
    assert understood(fake.heartbeat(interval=15000), "qq") == Beat(15.0, True)
    fake.online = False
    assert understood(fake.heartbeat(), "qq") == Beat(30.0, False)
    for odd, seconds in ((10**400, 600.0), (float("nan"), 0.05), (-1, 0.05), ("30000", 600.0), (None, 600.0)):
        assert understood(fake.heartbeat() | {"interval": odd}, "qq") == Beat(seconds, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "message",
    "sender",
    "anonymous",
    "user_id",
    "group_id",
    "message_id",
    "time",
    "file",
    "status",
    "interval",
    "sub_type",
]


@given(
    st.dictionaries(st.sampled_from(KEYS), JSON), st.sampled_from(["message", "notice", "meta_event"]), st.booleans()
)
def test_whatever_stands_in_an_event_it_is_understood_or_nothing(odd: dict[str, Any], kind: str, private: bool) -> None:
    kinds = {
        "message_type": "private" if private else "group",
        "notice_type": "group_upload",
        "meta_event_type": "heartbeat",
    }
    event = {"post_type": kind, "self_id": 10001, "message_id": 1, "user_id": 2, **kinds, **odd}
    found = understood(event, "qq")
    assert found is None or isinstance(found, Heard | Tiding | Beat | RosterChanged)
