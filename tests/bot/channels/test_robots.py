"""飞书 and 钉钉 through group robots: vectors, signatures, clocks, keywords, mentions, and one robot beside another."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from bot.channels import dingtalk, feishu
from bot.channels.protocol import Scope, Status, Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock, VirtualClock
from bot.toml_values import ConfigError, Spot
from bot.voice import Voice
from knowledge.directory import Liaison
from scheduler.policy import SHANGHAI
from tests.platforms.loopback import told
from tests.platforms.robots import SECRET, TOKEN, DingTalkRobot, FeishuRobot, Robot

NOW = datetime(2026, 7, 15, 9, 7, tzinfo=SHANGHAI)


def test_the_signatures_are_those_of_the_platforms_own_samples() -> None:
    assert feishu.signature("demo", 1599360473) == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
    found = quote_plus(dingtalk.signature("this is secret", 1577262236757))
    assert found == "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"


@pytest.mark.parametrize("make", [FeishuRobot, DingTalkRobot])
async def test_a_wrong_clock_is_named_as_the_reason_of_a_refused_signature(make: type[Robot]) -> None:
    robot = make(VirtualClock(NOW - timedelta(hours=3)))
    robot.clock = VirtualClock(NOW)
    await robot.open()
    verdict = await robot.channel.post(robot.group, "任务提醒", "k")
    await robot.channel.close()
    await robot.close()
    assert (verdict.status, verdict.trouble, robot.messages) == (Status.FAILED, Trouble.AUTH, [])
    assert "本机时钟比平台慢180分钟" in verdict.alarm


@pytest.mark.parametrize("make", [FeishuRobot, DingTalkRobot])
async def test_a_missing_keyword_is_added_where_the_settings_know_it_and_named_where_not(make: type[Robot]) -> None:
    knows = make()
    await knows.open()
    assert (await knows.channel.post(knows.group, "明天到期", "k")).status is Status.SENT
    assert knows.messages[0].text == "〔提醒〕\n明天到期"
    await knows.channel.close()
    await knows.close()
    guesses = make(given={"hook": TOKEN, "secret": SECRET})
    await guesses.open()
    verdict = await guesses.channel.post(guesses.group, "明天到期", "k")
    await guesses.channel.close()
    await guesses.close()
    assert (verdict.trouble, verdict.permanent) == (Trouble.CONTENT, True)
    assert "keyword" in verdict.alarm


async def test_only_single_people_are_called_in_feishu() -> None:
    robot = FeishuRobot()
    await robot.open()
    name = robot.channel.mention(Liaison("市财政局", "王芳", "ou_ab12"))
    text = f'任务提醒 {name} <at user_id="all">所有人</at> <AT user_id="ou_x"><b>'
    await robot.channel.post(robot.group, text, "k")
    await robot.channel.close()
    await robot.close()
    shown = robot.messages[0].text
    assert '<at user_id="ou_ab12">王芳</at>' in shown
    assert '<at user_id="all"' not in shown
    assert "<AT" not in shown
    assert robot.channel.measure(text) >= robot.channel.measure(shown) - 6
    assert robot.channel.mention(Liaison("市财政局", "王芳", "all")) == "王芳"


async def test_dingtalk_calls_by_mobile_and_by_user_id_and_never_everybody() -> None:
    robot = DingTalkRobot()
    await robot.open()
    names = [robot.channel.mention(Liaison("市财政局", "王芳", id)) for id in ("13800000000", "manager12", "")]
    await robot.channel.post(robot.group, f"任务提醒 {' '.join(names)} @all a@b.cn", "k")
    await robot.channel.close()
    await robot.close()
    assert robot.called == [{"atMobiles": ["13800000000"], "atUserIds": ["manager12"], "isAtAll": False}]


async def test_dingtalk_is_left_alone_for_ten_minutes_after_one_message_too_many() -> None:
    clock = VirtualClock(SystemClock().now())
    robot = DingTalkRobot(clock)
    robot.clock = clock
    await robot.open()
    for _ in range(20):
        assert (await robot.channel.post(robot.group, "任务提醒", "k")).status is Status.SENT
    voice = Voice(clock)
    verdict = await voice.post(robot.channel, robot.group, "任务提醒", "k")
    assert (verdict.trouble, verdict.retry_after) == (Trouble.RATE, 600)
    assert voice.limits.wait(robot.channel, robot.group, clock.now()) == timedelta(minutes=10)
    clock.advance(timedelta(minutes=10))
    assert voice.granted(robot.channel, robot.group, 1)
    assert (await voice.post(robot.channel, robot.group, "任务提醒", "k")).status is Status.SENT
    await robot.channel.close()
    await robot.close()


async def test_too_many_calls_and_a_bad_body_have_one_code_in_feishu_and_two_meanings() -> None:
    robot = FeishuRobot()
    await robot.open()
    for message in ("too many request", "Bad Request"):
        robot.answer_with(told({"code": 9499, "msg": message, "data": {}}))
    first, second = [await robot.channel.post(robot.group, "提醒", "k") for _ in range(2)]
    robot.answer_with(told([]))
    third = await robot.channel.post(robot.group, "提醒", "k")
    await robot.channel.close()
    await robot.close()
    assert [first.trouble, second.trouble] == [Trouble.RATE, Trouble.CONTENT]
    assert third.status is Status.UNKNOWN


async def test_a_refused_robot_stops_itself_and_no_other_and_no_secret_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    robot = FeishuRobot()
    groups = {
        "甲群": {"hook": f"{robot.server.base}/open-apis/bot/v2/hook/{TOKEN}", "secret": "wrong-secret"},
        "乙群": {"hook": f"{robot.server.base}/open-apis/bot/v2/hook/{TOKEN}", "secret": SECRET},
    }
    channel = channels_of(
        Spot("qiantou.toml", "channels"), {"飞书": {"kind": "feishu", "groups": groups}}, Path(), SystemClock()
    )[0]
    await robot.open()
    voice = Voice(SystemClock())
    with caplog.at_level(logging.DEBUG):
        verdicts = [await voice.post(channel, f"飞书/{name}", "任务提醒", "k") for name in groups]
    await channel.close()
    await robot.close()
    assert [one.status for one in verdicts] == [Status.FAILED, Status.SENT]
    waits = [voice.limits.wait(channel, f"飞书/{name}", SystemClock().now()) for name in groups]
    assert waits[0] is None
    assert waits[1] is not None
    assert "“甲群”" in voice.alarms.on[0]
    told = f"{verdicts} {voice.alarms.on} {caplog.text}"
    assert [secret for secret in (TOKEN, SECRET, "wrong-secret") if secret in told] == []


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({}, "没有写群"),
        ({"groups": {"督查群": {"hook": "https://oapi.dingtalk.com/robot/send"}}}, "不像群机器人的地址"),
        ({"groups": {"督查群": {"hook": TOKEN, "secrets": "x"}}}, "是不是想写“secret”"),
        ({"groups": {"督查群": {"hook": {"env": "NOT_SET_ANYWHERE"}}}}, "环境变量 NOT_SET_ANYWHERE 没有设置"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(section: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        channels_of(Spot("qiantou.toml", "channels"), {"钉钉": {"kind": "dingtalk", **section}}, Path(), SystemClock())


def test_every_robot_has_its_own_pace() -> None:
    assert {rate.scope for rate in FeishuRobot().channel.capabilities.rates} == {Scope.CONVERSATION}
