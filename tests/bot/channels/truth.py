"""The table "error, shown, truth" for 企业微信 and 公众号: what the platform did, what we say of it, what people saw.

`python -m tests.bot.channels.truth` prints it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.hearing import File
from bot.channels.protocol import Button, Channel, Status, Trouble, Verdict
from bot.channels.settings import channels_of
from bot.clock import VirtualClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Listener
from tests.platforms import wechat, wecom
from tests.platforms.loopback import LOST, Told, told

NOW = datetime(2026, 7, 15, 1, 4, tzinfo=UTC)
TEXT = "【任务提醒】第1项今天到期"
PAGE = Told(200, b"<html>login</html>")
Arrange = Callable[["Stage"], object]
Act = Callable[["Stage"], Awaitable[Verdict]]


class Stage:
    """Both platforms and all channels at them."""

    def __init__(self) -> None:
        self.clock = VirtualClock(NOW)
        self.wecom, self.wechat = wecom.WeCom(self.clock), wechat.WeChat(self.clock)
        self.wecom.chats["zhuanban1"] = ["wangfang", "lisi"]
        given = wecom.settings(self.wecom.server.base)
        given["企业应用"] |= {"lists": {"联络员": {"members": ["wangfang", "lisi"]}}}  # type: ignore[operator]
        notice = {"到期": {"id": wechat.TEMPLATE, "thing1": "{标题}", "time2": "{日期}", "thing3": "{条数}项：{正文}"}}
        given["公众号"] = wechat.settings(self.wechat.server.base, notice=notice)
        given["未配通知"] = wechat.settings(self.wechat.server.base)
        built = channels_of(Spot("qiantou.toml", "channels"), given, Path(), self.clock)
        self.channels: dict[str, Channel] = {one.name: one for one in built}

    async def __aenter__(self) -> Stage:
        await self.wecom.server.open()
        await self.wechat.server.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        for channel in self.channels.values():
            await channel.close()
        await self.wecom.server.close()
        await self.wechat.server.close()

    @property
    def seen(self) -> int:
        """How many messages people saw."""
        return len(self.wecom.seen) + len(self.wechat.seen)

    def script(self, *steps: int | Told) -> None:
        """What both platforms answer to the next messages."""
        self.wecom.script += steps
        self.wechat.script += steps


def say(where: str, text: str = TEXT, times: int = 1) -> Act:
    """Post a text under one key, so often; the last verdict counts."""

    async def act(stage: Stage) -> Verdict:
        for _ in range(times):
            verdict = await stage.channels[where.partition("/")[0]].post(where, text, "k1")
        return verdict

    return act


def hand(where: str) -> Act:
    async def act(stage: Stage) -> Verdict:
        return await stage.channels[where.partition("/")[0]].hand(where, File("周报.docx", b"PK\x03\x04 or so"), "k1")

    return act


@dataclass(frozen=True, slots=True)
class Case:
    """What goes wrong where, what we must say, and how many messages people saw then."""

    error: str
    act: Act
    status: Status
    seen: int
    trouble: Trouble | None = None
    arrange: Arrange = lambda _: None
    alarm: str = ""


APP, LIST, CHAT, HOOK = "企业应用/wangfang", "企业应用/联络员", "应用群/专班", "群机器人/工作群"
FOLLOWER, BARE = f"公众号/{wechat.FOLLOWER}", f"未配通知/{wechat.FOLLOWER}"
S, F, U = Status.SENT, Status.FAILED, Status.UNKNOWN


def scripted(*steps: int | Told) -> Arrange:
    return lambda stage: stage.script(*steps)


def setting(platform: str, **values: object) -> Arrange:
    def arrange(stage: Stage) -> None:
        for name, value in values.items():
            setattr(getattr(stage, platform), name, value)

    return arrange


async def refused_connection(stage: Stage) -> Verdict:
    await stage.wecom.server.close()
    return await say(HOOK)(stage)


async def sixth(stage: Stage) -> Verdict:
    """A follower writes once and is sent six customer-service messages."""
    stage.wechat.allow(wechat.FOLLOWER)
    for number in range(6):
        verdict = await stage.channels["未配通知"].post(BARE, f"第{number}条", f"k{number}")
    return verdict


def asked(patience: float, cut_off: bool = False) -> Act:
    """A follower writes, and is answered while the callback is held open for so long; `cut_off`: nobody waits for it any more."""

    async def act(stage: Stage) -> Verdict:
        stage.wechat.allow(wechat.FOLLOWER)
        channel, ear, sender = stage.channels["未配通知"], Listener(), wechat.Sender(stage.clock)
        channel.patience = patience  # type: ignore[attr-defined]
        request = sender.posted(wechat.written("政务公开培训谁牵头", "6054", NOW))
        call = asyncio.create_task(channel.called(request, ear))
        await ear.until(heard=1)
        if not patience:
            await call
        verdict = await channel.answer(ear.heard[0], TEXT, "a1")
        shown = sender.read(request, (await call).body)
        if shown and not cut_off:
            stage.wechat.watch(wechat.Seen(wechat.FOLLOWER, "passive", shown))
        return verdict

    return act


async def carded(stage: Stage) -> Verdict:
    """A reminder with a button."""
    return await stage.channels["企业应用"].post(APP, TEXT, "k1", (Button("收到", "收到 K7M"),))


def allowed(stage: Stage) -> None:
    stage.wechat.allow(wechat.FOLLOWER)


def consenting(stage: Stage) -> None:
    stage.wechat.consents[wechat.FOLLOWER] = 1


def allowed_then(*steps: int | Told) -> Arrange:
    def arrange(stage: Stage) -> None:
        allowed(stage)
        stage.script(*steps)

    return arrange


def fetched_by_another(stage: Stage) -> None:
    allowed(stage)
    stage.wechat.somebody_else_fetches_a_token()


ANYWHERE = [
    case
    for name, where, ready in (("自建应用", APP, scripted), ("应用群", CHAT, scripted), ("群机器人", HOOK, scripted), ("公众号", BARE, allowed_then))
    for case in (
        Case(f"{name}：平台收下", say(where), S, 1, arrange=ready()),
        Case(f"{name}：频次超限 45009", say(where), F, 0, Trouble.RATE, ready(45009)),
        Case(f"{name}：系统繁忙 -1", say(where), F, 0, Trouble.SERVER, ready(-1)),
        Case(f"{name}：HTTP 500", say(where), F, 0, Trouble.SERVER, ready(Told(500, b""))),
        Case(f"{name}：HTTP 502，网关没有等到后面的答复", say(where), U, 0, Trouble.SILENCE, ready(Told(502, b""))),
        Case(f"{name}：HTTP 504，网关超时", say(where), U, 0, Trouble.SILENCE, ready(Told(504, b""))),
        Case(f"{name}：答复是登录网页", say(where), U, 0, Trouble.SILENCE, ready(PAGE)),
        Case(f"{name}：答复是 {{}}", say(where), U, 0, Trouble.SILENCE, ready(told({}))),
        Case(f"{name}：连接中断，没有收下", say(where), U, 0, Trouble.SILENCE, ready(LOST)),
        Case(f"{name}：文字超长一个字节", say(where, "a" * 2049), F, 0, Trouble.CONTENT, ready()),
    )
]  # fmt: skip
CASES = [
    *ANYWHERE,
    Case("自建应用：令牌过期一次", say(APP), S, 1, arrange=setting("wecom", expired=1)),
    Case("自建应用：令牌总是过期", say(APP), F, 0, Trouble.AUTH, setting("wecom", expired=99), "Secret"),
    Case("自建应用：Secret 错误 40001", say(APP), F, 0, Trouble.AUTH, setting("wecom", token_refusal=40001), "Secret"),
    Case("自建应用：取令牌时系统繁忙", say(APP), F, 0, Trouble.SERVER, setting("wecom", token_refusal=-1)),
    Case("自建应用：不在可信IP 60020", say(APP), F, 0, Trouble.AUTH, setting("wecom", trusted=False), " 203.0.113.9 "),
    Case("自建应用：收下后答复丢失", say(APP), U, 1, Trouble.SILENCE, setting("wecom", lose=1)),
    Case("自建应用：答复丢失后同键再发", say(APP, times=2), S, 1, arrange=setting("wecom", lose=1)),
    Case("自建应用：成员不可见 81013", say(APP), F, 0, Trouble.PERSON, setting("wecom", strangers={"wangfang"})),
    Case("自建应用：errcode 0 而 invaliduser 是他", say(APP), F, 0, Trouble.PERSON, scripted(told({**wecom.OK, "invaliduser": "WangFang"}))),
    Case("自建应用：errcode 0 而没有许可", say(APP), F, 0, Trouble.PERSON, scripted(told({**wecom.OK, "unlicenseduser": "wangfang"}))),
    Case("自建应用：两人里一人不可见", say(LIST), S, 1, Trouble.PERSON, setting("wecom", strangers={"lisi"}), "lisi"),
    Case("自建应用：带按钮的卡片被拒 42014，改发文字", carded, S, 1, arrange=scripted(42014)),
    Case("自建应用：发给 @all", say("企业应用/@all"), F, 0, Trouble.PERSON),
    Case("自建应用：上传文件被拒 40004", hand(APP), F, 0, Trouble.CONTENT, setting("wecom", uploads=40004)),
    Case("自建应用：上传文件时断开", hand(APP), F, 0, Trouble.SERVER, setting("wecom", uploads=LOST)),
    Case("应用群：收下后答复丢失", say(CHAT), U, 1, Trouble.SILENCE, setting("wecom", lose=1)),
    Case("应用群：群已不在 86003", say(CHAT), F, 0, Trouble.TARGET, setting("wecom", chats={}), "应用群"),
    Case("应用群：可见范围不够 60011", say(CHAT), F, 0, Trouble.TARGET, scripted(60011), "最上级部门"),
    Case("应用群：设置里没有这个群", say("应用群/别的群"), F, 0, Trouble.TARGET, alarm="别的群"),
    Case("群机器人：收下后答复丢失", say(HOOK), U, 1, Trouble.SILENCE, setting("wecom", lose=1)),
    Case("群机器人：地址失效 93000", say(HOOK), F, 0, Trouble.TARGET, scripted(93000), "重新添加"),
    Case("群机器人：内容被拒 40058", say(HOOK), F, 0, Trouble.CONTENT, scripted(40058), "人工"),
    Case("群机器人：连不上", refused_connection, F, 0, Trouble.SERVER),
    Case("群机器人：上传文件时断开", hand(HOOK), F, 0, Trouble.SERVER, setting("wecom", uploads=LOST)),
    Case("公众号：随回调答复", asked(9), U, 1),
    Case("公众号：随回调答复，连接已断", asked(9, cut_off=True), U, 0),
    Case("公众号：答复晚于5秒", asked(0), S, 1),
    Case("公众号：收下后答复丢失", say(BARE), U, 1, Trouble.SILENCE, lambda s: (allowed(s), setting("wechat", lose=1)(s))),
    Case("公众号：48小时内没有来函 45015", say(BARE), F, 0, Trouble.PERSON),
    Case("公众号：第六条客服消息", sixth, F, 5, Trouble.PERSON),
    Case("公众号：窗口外，同意过订阅通知", say(FOLLOWER), S, 1, arrange=consenting),
    Case("公众号：窗口外，没有同意 43101", say(FOLLOWER), F, 0, Trouble.PERSON),
    Case("公众号：没有主动发消息的权限 48001", say(BARE), F, 0, Trouble.TARGET, setting("wechat", customer=False), "5秒"),
    Case("公众号：别的程序取过令牌 40001", say(BARE), S, 1, arrange=fetched_by_another),
    Case("公众号：不在IP白名单 40164", say(BARE), F, 0, Trouble.AUTH, setting("wechat", token_refusal=40164), " 203.0.113.9 "),
    Case("公众号：AppSecret 错误 40125", say(BARE), F, 0, Trouble.AUTH, setting("wechat", token_refusal=40125), "AppSecret"),
    Case("公众号：令牌总是被拒", say(BARE), F, 0, Trouble.AUTH, setting("wechat", expired=99)),
]  # fmt: skip


async def played(case: Case) -> tuple[Verdict, int]:
    """What we say, and how many messages people saw."""
    async with Stage() as stage:
        case.arrange(stage)
        return await case.act(stage), stage.seen


WORDS = {S: "已发送", F: "失败", U: "结果不明"}


async def _print() -> None:
    print("| 发生了什么 | 显示的状态 | 事实（群里、本人看到几条） |\n| --- | --- | --- |")
    for case in CASES:
        verdict, seen = await played(case)
        trouble = f"（{verdict.trouble}）" if verdict.trouble else ""
        print(f"| {case.error} | {WORDS[verdict.status]}{trouble} | {seen} |")


if __name__ == "__main__":
    asyncio.run(_print())
