"""The settings of an ordinary 微信群, and files that are handed over for it."""

from pathlib import Path

import pytest

from bot.channels.forward import CarriedGroup, ForwardChannel
from bot.channels.hearing import FILE, IMAGE, File
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Carrier, Channel, Rate, Scope, Status, Trouble, Verdict
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import ConfigError, Spot

VIA, GROUP = (
    {"kind": "telegram", "token": "7654321:AAE-fake_token_for_tests_0123456789"},
    {"person": "王芳", "via": "纸飞机/42"},
)


def channels(**groups: object) -> tuple[Channel, ...]:
    given = {"微信群": {"kind": "forward", "groups": groups}, "纸飞机": VIA}
    return channels_of(Spot("qiantou.toml", "channels"), given, Path(), SystemClock())


async def test_it_can_do_what_the_channel_can_that_reaches_the_person() -> None:
    wechat, telegram = channels(城关片区=GROUP)
    able = wechat.capabilities
    assert (able.by_hand, able.hears, able.limit, able.rates) == (True, False, 4096, telegram.capabilities.rates)
    assert wechat.account("微信群/城关片区") == telegram.credential
    assert wechat.measure("😀") == 2
    await telegram.close()


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({}, "没有写微信群"),
        ({"城关片区": {"person": "王芳"}}, "via"),
        ({"城关片区": {**GROUP, "via": "企微/wangfang"}}, "应写成“通道名/这个人在那里的号”"),
        ({"城关片区": {**GROUP, "via": "微信群/别的群"}}, "应写成“通道名/这个人在那里的号”"),
        ({"城关片区": {**GROUP, "code": "x"}}, "没有“code”这一项"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(groups: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        channels(**groups)


async def test_a_picture_goes_with_the_request_and_who_is_not_in_the_settings_gets_nothing() -> None:
    way = MemoryChannel(
        Capabilities(files_out=frozenset({FILE, IMAGE}), rates=(Rate(Scope.CREDENTIAL, 30, 1),)), name="企微"
    )
    target = CarriedGroup("城关片区", Carrier("王芳", "企微/wangfang"), Spot("qiantou.toml"))
    wechat = ForwardChannel("微信群", {"城关片区": target})
    wechat.meet([way, wechat])
    assert wechat.capabilities.files_out == {FILE, IMAGE}
    verdict = await wechat.hand("微信群/城关片区", File("周报.png", b"png", IMAGE), "k")
    assert (verdict.status, verdict.carrier) == (Status.ENTRUSTED, Carrier("王芳", "企微/wangfang"))
    request, picture = way.posted
    assert (request.text.startswith("请王芳把下面这条转发到微信群“城关片区”"), picture.file) == (
        True, File("周报.png", b"png", IMAGE),
    )  # fmt: skip
    nobody = await wechat.post("微信群/别的群", "提醒", "k")
    assert (nobody.status, nobody.trouble, nobody.permanent, len(way.posted)) == (
        Status.FAILED, Trouble.TARGET, True, 2,
    )  # fmt: skip
    way.script(Verdict(Status.FAILED, "busy", retry_after=3, trouble=Trouble.RATE))
    busy = await wechat.post("微信群/城关片区", "提醒", "k")
    assert (busy.status, busy.retry_after, len(way.posted)) == (Status.FAILED, 3, 2)
