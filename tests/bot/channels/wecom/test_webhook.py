"""The group robot: whom a text calls, what is shown as a picture, and what happens to an address that is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.hearing import FILE, IMAGE, File
from bot.channels.protocol import Channel, Scope, Status, Trouble
from bot.channels.settings import channels_of
from bot.channels.wecom.calls import Calls
from bot.clock import VirtualClock
from bot.toml_values import ConfigError, Spot
from bot.voice import Voice
from knowledge.directory import Liaison
from tests.bot.channels.truth import HOOK, NOW, Stage
from tests.platforms import wecom

WANG, MOBILE = Liaison("市财政局", "王芳", "wangfang"), Liaison("市民政局", "李四", "13800000000")
NOBODY, ALL = Liaison("市档案局", "赵六"), Liaison("市档案局", "大家", "@all")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage() as stage:
        yield stage


def robot(stage: Stage, **changed: object) -> Channel:
    section = {**wecom.settings(stage.wecom.server.base)["群机器人"], **changed}  # type: ignore[dict-item]
    return channels_of(Spot("qiantou.toml", "channels"), {"群机器人": section}, Path(), stage.clock)[0]


async def test_a_liaison_is_called_by_userid_or_mobile_and_read_by_name(stage: Stage) -> None:
    channel = stage.channels["群机器人"]
    names = "、".join(map(channel.mention, (WANG, MOBILE, NOBODY, ALL)))
    await channel.post(HOOK, f"联络员：{names}", "k1")
    seen = stage.wecom.seen[0]
    assert (seen.text, seen.whom) == ("联络员：@王芳、@李四、赵六、大家", ("wangfang", "13800000000"))
    body = stage.wecom.asked[0].json["text"]
    assert (body["mentioned_list"], body["mentioned_mobile_list"]) == (["wangfang"], ["13800000000"])  # type: ignore[index]


async def test_in_markdown_the_call_stands_in_the_text(stage: Stage) -> None:
    channel = robot(stage, format="markdown")
    await channel.post(HOOK, f"**到期** {channel.mention(WANG)} {channel.mention(MOBILE)} <@lisi> <@all>", "k1")
    assert stage.wecom.seen[0].text == "**到期** <@wangfang> 李四 ＜@lisi> ＜@all>"
    await channel.close()


async def test_a_host_that_knows_no_markdown_gets_plain_text(stage: Stage) -> None:
    channel = robot(stage, format="markdown")
    stage.script(40008)
    assert (await channel.post(HOOK, f"到期 {channel.mention(WANG)}", "k1")).status is Status.SENT
    assert [one.json["msgtype"] for one in stage.wecom.asked] == ["markdown", "text"]
    assert stage.wecom.seen[0].whom == ("wangfang",)
    await channel.close()


@given(st.text(max_size=80), st.sampled_from(["<@wangfang>", "<@wangfang|王芳|00000000>", "<@all>", ""]))
def test_no_text_calls_anybody_by_itself(text: str, call: str) -> None:
    calls = Calls("the-channels-own-secret")
    plain, users, mobiles = calls.plain(text + call)
    assert (users, mobiles) == ([], [])
    assert "<@" not in calls.marked(text + call)
    assert call in plain


@given(st.text(max_size=20), st.text("abcXYZ019_.@-", min_size=1, max_size=64))
def test_every_call_of_ours_calls_and_the_next_process_knows_it(name: str, id: str) -> None:
    words = Calls("secret").call(id, name)
    plain, users, mobiles = Calls("secret").plain(f"甲{words}乙")
    assert [*users, *mobiles] == ([] if id.lower() == "@all" else [id])
    assert plain.startswith("甲")
    assert plain.endswith("乙")


async def test_pictures_are_shown_up_to_two_megabytes_and_handed_over_as_files_beyond(stage: Stage) -> None:
    channel = stage.channels["群机器人"]
    small, large = b"\x89PNG\r\n\x1a\n" + b"x" * 50, b"\x89PNG\r\n\x1a\n" + b"x" * 2 * 1024 * 1024
    for file in (
        File("周报.png", small, IMAGE),
        File("周报.png", large, IMAGE),
        File("周报.docx", b"PK\x03\x04 or so", FILE),
    ):
        assert (await channel.hand(HOOK, file, "f1")).status is Status.SENT
    assert [(seen.file, len(seen.content)) for seen in stage.wecom.seen] == [
        ("image", 58), ("周报.png", len(large)), ("周报.docx", 10),
    ]  # fmt: skip
    for content in (b"", b"x" * (20 * 1024 * 1024 + 1)):
        refused = await channel.hand(HOOK, File("周报.docx", content), "f2")
        assert (refused.status, refused.trouble, len(stage.wecom.seen)) == (Status.FAILED, Trouble.CONTENT, 3)


async def test_each_key_is_an_account_of_its_own_and_never_told(stage: Stage) -> None:
    other = "b" * 36
    channel = robot(
        stage,
        groups={
            "工作群": {"hook": wecom.KEY},
            "旧群": {"hook": f"https://example.com/cgi-bin/webhook/send?key={other}"},
        },
    )
    gone = await channel.post("群机器人/旧群", "提醒", "k1")
    assert (gone.trouble, "旧群" in gone.alarm, "重新添加" in gone.alarm) == (Trouble.TARGET, True, True)
    assert (await channel.post(HOOK, "提醒", "k2")).status is Status.SENT
    assert channel.account("群机器人/旧群") != channel.account(HOOK)
    told = f"{gone}{channel.credential}{channel.account(HOOK)}{channel.capabilities}"
    assert other not in told
    assert wecom.KEY not in told
    await channel.close()


async def test_twenty_a_minute_are_said_and_the_next_waits(stage: Stage) -> None:
    channel, voice = stage.channels["群机器人"], Voice(stage.clock)
    granted = sum(voice.granted(channel, HOOK, 1) for _ in range(21))
    for number in range(granted):
        assert (await channel.post(HOOK, f"第{number}条", f"k{number}")).status is Status.SENT
    assert (granted, (await channel.post(HOOK, "第21条", "k21")).trouble) == (20, Trouble.RATE)
    assert [rate.scope for rate in channel.capabilities.rates] == [Scope.CONVERSATION]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"groups": {}}, "没有写群"), ({"groups": {"工作群": {"hook": "https://example.com/?k=1"}}}, "重新复制"),
        ({"format": "markdown_v2"}, "text、markdown"), ({"groups": {"工作群": {"hook": wecom.KEY, "typo": "x"}}}, "typo"),
    ],
)  # fmt: skip
def test_a_slip_in_the_settings_is_named(changed: dict[str, object], words: str) -> None:
    section = {**wecom.settings("http://127.0.0.1:1")["群机器人"], **changed}  # type: ignore[dict-item]
    with pytest.raises(ConfigError) as error:
        channels_of(Spot("qiantou.toml", "channels"), {"群机器人": section}, Path(), VirtualClock(NOW))
    assert words in str(error.value)
    assert wecom.KEY not in str(error.value)
