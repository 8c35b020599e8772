"""The table "error, shown, truth" for Telegram, 飞书, 钉钉, e-mail, apprise and 请转发.

`python -m tests.bot.channels.truth_outbound` prints it.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.channels.hearing import File
from bot.channels.protocol import Channel, Status, Trouble, Verdict
from bot.channels.settings import channels_of
from bot.clock import Clock, SystemClock, VirtualClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told
from tests.platforms.mail import MailServer
from tests.platforms.robots import SECRET, TOKEN, DingTalkRobot, FeishuRobot
from tests.platforms.telegram import FakeTelegram, refusal

TEXT = "【任务提醒】第1项今天到期"
S, F, U, E = Status.SENT, Status.FAILED, Status.UNKNOWN, Status.ENTRUSTED
PAGE = Told(200, b"<html>login</html>")


class Forwarded(FakeTelegram):
    """An ordinary 微信群 whose messages go to a person in Telegram."""

    def _built(self, clock: Clock, settings: Any) -> Channel:
        self.way = super()._built(clock, settings)
        target = {"kind": "forward", "groups": {"城关片区": {"person": "王芳", "via": self.private}}}
        telegram = {"kind": "telegram", "token": TELEGRAM_TOKEN, "base": self.server.base}
        built = channels_of(Spot("q", "channels"), {"微信群": target, "纸飞机": telegram}, Path(), clock)
        self.way, self.group = built[1], "微信群/城关片区"
        return built[0]

    async def close(self) -> None:
        await self.way.close()
        await super().close()


TELEGRAM_TOKEN = FakeTelegram.secrets[0]


class Elsewhere(Counterpart):
    """Somewhere that only apprise reaches; answers with this status."""

    group, hears = "其他/督查群", False
    status = 200

    def __init__(self) -> None:
        super().__init__()
        self.server = Loopback(self._answer)
        section = {"kind": "apprise", "groups": {"督查群": {"url": f"json://127.0.0.1:{self.server.port}"}}}
        self.channel = channels_of(Spot("q", "channels"), {"其他": section}, Path(), SystemClock())[0]

    async def open(self, ear: object = None) -> None:
        await self.server.open()

    async def close(self) -> None:
        await self.server.close()

    async def _answer(self, asked: Asked) -> Told:
        if self.status == 200:
            self.show(Shown(self.group, str(asked.json["message"]), ""))
        return told({}, self.status)

    async def say(self, text: str, **_: Any) -> str:
        raise AssertionError("nobody is heard here")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self.status = 403

    def lose_answer(self) -> None:
        raise AssertionError("not asked here")


@dataclass(frozen=True, slots=True)
class Case:
    """What goes wrong, what we must say, and how many messages people saw. `act` posts TEXT unless it does something else."""

    error: str
    make: Callable[[], Any]
    status: Status
    seen: int
    trouble: Trouble | None = None
    arrange: Callable[[Any], object] = lambda _: None
    alarm: str = ""
    act: Callable[[Any], Awaitable[Verdict]] = lambda at: at.channel.post(at.group, TEXT, "k")


def gone(at: Any) -> Awaitable[Verdict]:
    """The platform is not there any more."""

    async def act() -> Verdict:
        await at.server.close() if hasattr(at, "server") else await MailServer.close(at)
        return await at.channel.post(at.group, TEXT, "k")

    return act()


def post(text: str, where: str = "", times: int = 1) -> Callable[[Any], Awaitable[Verdict]]:
    async def act(at: Any) -> Verdict:
        for _ in range(times):
            verdict = await at.channel.post(where or at.group, text, "k")
        return verdict

    return act


def slow_clock(make: type[FeishuRobot] | type[DingTalkRobot]) -> Callable[[], Any]:
    return lambda: make(VirtualClock(SystemClock().now() - timedelta(hours=2)))


def answering(answer: Told) -> Callable[[Any], object]:
    return lambda at: at.answer_with(answer)


def refusing(trouble: Trouble) -> Callable[[Any], object]:
    return lambda at: at.refuse(trouble)


def losing(at: Any) -> None:
    at.lose_answer()


TELEGRAM = [
    Case("Telegram：平台收下", FakeTelegram, S, 1),
    Case("Telegram：429，要求等3秒", FakeTelegram, F, 0, Trouble.RATE, refusing(Trouble.RATE)),
    Case("Telegram：群升级，编号变了", FakeTelegram, S, 1, arrange=lambda at: at.migrated.update({"-100123": -1001999})),
    Case("Telegram：403 机器人被移出", FakeTelegram, F, 0, Trouble.TARGET, refusing(Trouble.TARGET), "重新邀请"),
    Case("Telegram：400 找不到会话", FakeTelegram, F, 0, Trouble.TARGET, answering(refusal(400, "Bad Request: chat not found")), "重新邀请"),
    Case("Telegram：400 标记读不懂，改发纯文字", FakeTelegram, S, 1, arrange=answering(refusal(400, "Bad Request: can't parse entities"))),
    Case("Telegram：400 内容两次被拒", FakeTelegram, F, 0, Trouble.CONTENT, lambda at: at.refuse(Trouble.CONTENT, 2), "人工"),
    Case("Telegram：401 令牌失效", FakeTelegram, F, 0, Trouble.AUTH, refusing(Trouble.AUTH), "核对"),
    Case("Telegram：409 另一个程序在轮询", FakeTelegram, F, 0, Trouble.AUTH, answering(refusal(409, "Conflict")), "核对"),
    Case("Telegram：500", FakeTelegram, F, 0, Trouble.SERVER, refusing(Trouble.SERVER)),
    Case("Telegram：502 网关没有等到答复", FakeTelegram, U, 0, Trouble.SILENCE, answering(refusal(502, "Bad Gateway"))),
    Case("Telegram：答复是登录网页", FakeTelegram, U, 0, Trouble.SILENCE, answering(PAGE)),
    Case("Telegram：答复里没有消息", FakeTelegram, U, 0, Trouble.SILENCE, answering(told({"ok": True, "result": {}}))),
    Case("Telegram：连接中断，没有收下", FakeTelegram, U, 0, Trouble.SILENCE, answering(LOST)),
    Case("Telegram：收下后答复丢失", FakeTelegram, U, 1, Trouble.SILENCE, losing),
    Case("Telegram：连不上", FakeTelegram, F, 0, Trouble.SERVER, act=gone),
    Case("Telegram：超长一个单位", FakeTelegram, F, 0, Trouble.CONTENT, act=post("😀" * 2048 + "a")),
]  # fmt: skip
ROBOTS = [
    case
    for name, make in (("飞书", FeishuRobot), ("钉钉", DingTalkRobot))
    for case in (
        Case(f"{name}：平台收下", make, S, 1),
        Case(f"{name}：频次超限", make, F, 0, Trouble.RATE, refusing(Trouble.RATE)),
        Case(f"{name}：签名被拒，时钟是准的", make, F, 0, Trouble.AUTH, refusing(Trouble.AUTH), "核对加签密钥"),
        Case(f"{name}：本机时钟慢两小时", slow_clock(make), F, 0, Trouble.AUTH, alarm="本机时钟比平台慢120分钟"),
        Case(f"{name}：设置里没写关键词", lambda make=make: make(given={"hook": TOKEN, "secret": SECRET}), F, 0, Trouble.CONTENT,
             alarm="keyword", act=post("明天到期")),
        Case(f"{name}：设置里写了关键词，文字里没有", make, S, 1, act=post("明天到期")),
        Case(f"{name}：地址失效", make, F, 0, Trouble.TARGET, refusing(Trouble.TARGET), "重新添加"),
        Case(f"{name}：系统错误", make, F, 0, Trouble.SERVER, refusing(Trouble.SERVER)),
        Case(f"{name}：HTTP 502", make, U, 0, Trouble.SILENCE, answering(Told(502, b""))),
        Case(f"{name}：答复是登录网页", make, U, 0, Trouble.SILENCE, answering(PAGE)),
        Case(f"{name}：连接中断，没有收下", make, U, 0, Trouble.SILENCE, answering(LOST)),
        Case(f"{name}：收下后答复丢失", make, U, 1, Trouble.SILENCE, losing),
        Case(f"{name}：连不上", make, F, 0, Trouble.SERVER, act=gone),
        Case(f"{name}：设置里没有这个群", make, F, 0, Trouble.TARGET, alarm="补上", act=post(TEXT, "机器人/别的群")),
        Case(f"{name}：正文超长", make, F, 0, Trouble.CONTENT, act=post("长" * 7000)),
    )
]  # fmt: skip
MORE_ROBOTS = [
    Case("飞书：9499 too many request", FeishuRobot, F, 0, Trouble.RATE, answering(told({"code": 9499, "msg": "too many request"}))),
    Case("飞书：9499 Bad Request", FeishuRobot, F, 0, Trouble.CONTENT, answering(told({"code": 9499, "msg": "Bad Request"})), "人工"),
    Case("飞书：19022 不在IP白名单", FeishuRobot, F, 0, Trouble.AUTH, answering(told({"code": 19022, "msg": "Ip Not Allowed"})), "白名单"),
    Case("钉钉：310000 不在IP白名单", DingTalkRobot, F, 0, Trouble.AUTH,
         answering(told({"errcode": 310000, "errmsg": "description:机器人发送IP不在白名单"})), "白名单"),
    Case("钉钉：一分钟内第21条，封10分钟", DingTalkRobot, F, 20, Trouble.RATE, act=post(TEXT, times=21)),
]  # fmt: skip
LETTERS = [
    Case("邮件：服务器收下", MailServer, S, 1),
    Case("邮件：收件人全部不存在 550", MailServer, F, 0, Trouble.TARGET, refusing(Trouble.TARGET), "重新"),
    Case("邮件：收件人暂时不收 450", MailServer, F, 0, Trouble.SERVER, refusing(Trouble.SERVER)),
    Case("邮件：两人里一人不存在", MailServer, S, 1, Trouble.PERSON,
         lambda at: at.unknown.update({"li@office.example.cn": "550 5.1.1 no such user"}), "li@office.example.cn"),
    Case("邮件：正文被拒 554", MailServer, F, 0, Trouble.CONTENT, refusing(Trouble.CONTENT), "人工"),
    Case("邮件：授权码不对 535", MailServer, F, 0, Trouble.AUTH, lambda at: at.refuse(Trouble.AUTH, 9), "授权码"),
    Case("邮件：服务器不支持加密", lambda: MailServer(security="starttls"), F, 0, Trouble.AUTH, alarm="security"),
    Case("邮件：收下后答复丢失", MailServer, U, 1, Trouble.SILENCE, losing),
    Case("邮件：连不上", MailServer, F, 0, Trouble.SERVER, act=gone),
    Case("邮件：设置里没有这个组", MailServer, F, 0, Trouble.TARGET, alarm="补上", act=post(TEXT, "邮件/没有的组")),
]  # fmt: skip
OTHERS = [
    Case("apprise：说已交出，对方收下", Elsewhere, U, 1, Trouble.SILENCE),
    Case("apprise：说没有交成", Elsewhere, U, 0, Trouble.SILENCE, refusing(Trouble.AUTH), "核对地址"),
]
FORWARDS = [
    Case("请转发：交到转发人手里（请求和正文两条）", Forwarded, E, 2),
    Case("请转发：转发人拉黑了机器人", Forwarded, F, 0, Trouble.TARGET, refusing(Trouble.TARGET), "重新"),
    Case("请转发：请求到了，正文被拒", Forwarded, F, 1, Trouble.SERVER,
         lambda at: at.after(1, refusal(500, "Internal Server Error"))),
    Case("请转发：请求到了，正文没有等到答复", Forwarded, U, 1, Trouble.SILENCE, lambda at: at.after(1, LOST)),
    Case("请转发：交付通道连不上", Forwarded, F, 0, Trouble.SERVER, act=gone),
    Case("请转发：设置里没有转发人", Forwarded, F, 0, Trouble.TARGET, alarm="补上", act=post(TEXT, "微信群/别的群")),
    Case("请转发：交一个文件", Forwarded, E, 2, act=lambda at: at.channel.hand(at.group, File("周报.docx", b"PK"), "k")),
]  # fmt: skip
CASES = [*TELEGRAM, *ROBOTS, *MORE_ROBOTS, *LETTERS, *OTHERS, *FORWARDS]


async def played(case: Case) -> tuple[Verdict, Counterpart]:
    """What we say, and the platform with what people saw."""
    at = case.make()
    await at.open()
    try:
        case.arrange(at)
        return await case.act(at), at
    finally:
        await at.channel.close()
        await at.close()


WORDS = {S: "已发送", F: "失败", U: "结果不明", E: "已交人转发，未确认"}


async def _print() -> None:
    print("| 发生了什么 | 显示的状态 | 事实（看到几条） |\n| --- | --- | --- |")
    for case in CASES:
        verdict, at = await played(case)
        trouble = f"（{verdict.trouble}）" if verdict.trouble else ""
        print(f"| {case.error} | {WORDS[verdict.status]}{trouble} | {len(at.messages)} |")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asyncio.run(_print())
