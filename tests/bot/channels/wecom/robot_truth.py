"""The table "error, shown, truth" for the smart robot: what the platform did, what we say of it, what people saw.

`python -m tests.bot.channels.wecom.robot_truth` prints it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.hearing import File
from bot.channels.protocol import Button, Disconnected, Status, Trouble, Verdict
from bot.channels.settings import Endpoint
from bot.channels.wecom.robot import Account, RobotChannel
from bot.channels.wecom.robot_link import Times
from bot.clock import SystemClock
from tests.contracts.counterpart import Listener
from tests.platforms.wecom_robot import BUSY, NO_CHAT, TOO_OFTEN, SmartRobots

GROUP, WHERE, PERSON, DISPLAY = "wrAbCdEf", "机器人/wrAbCdEf", "机器人/wangfang", "牵头 机器人"
TEXT = "【任务提醒】第1项今天到期"
BUTTONS = (Button("收到", "收到 K7M"), Button("已办结", "已办结 K7M"), Button("延期", "延期 K7M"))
PATIENT = Times(ack=10, link=10, slow=60)
LOSING = Times(ack=0.25, link=0.25, slow=60)
"""Where something is waited for in vain."""


class Stage:
    """The platform, a robot that listens, and its ear. `times` and `refusals` are the robot's; each connection that ends is in
    `ends`; it connects again unless nobody wants that any more."""

    def __init__(
        self,
        times: Times = PATIENT,
        refusals: int = 2,
        secret: str = "",
        welcome: str = "您好",
        ear: Listener | None = None,
    ) -> None:
        self.platform, self.ear = SmartRobots(), ear or Listener()
        account = Account(self.platform.robot, secret or self.platform.robots[self.platform.robot], DISPLAY)
        endpoint = Endpoint(self.platform.address)
        self.channel = RobotChannel(
            "机器人", account, endpoint, SystemClock(), welcome=welcome, times=times, refusals=refusals
        )
        self.ends: list[Disconnected] = []
        self.late: list[tuple[str, Verdict]] = []
        self.channel.late = lambda key, verdict: self.late.append((key, verdict))
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Stage:
        await self.platform.open()
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        await self.channel.close()
        await self.platform.close()

    async def _listen(self) -> None:
        while not (self.ends and self.ends[-1].trouble is Trouble.AUTH):
            try:
                await self.channel.listen(self.ear)
            except Disconnected as gone:
                self.ends.append(gone)

    async def stopped(self) -> Disconnected:
        """The end after which nobody connects again."""
        assert self._listening is not None
        async with asyncio.timeout(10):
            await self._listening
        return self.ends[-1]

    @property
    def seen(self) -> int:
        return len(self.platform.seen)


Act = Callable[[Stage], Awaitable[Verdict]]


async def push(stage: Stage, where: str = WHERE, text: str = TEXT) -> Verdict:
    await stage.platform.subscribed()
    return await stage.channel.post(where, text, "k1")


async def card(stage: Stage) -> Verdict:
    await stage.platform.subscribed()
    return await stage.channel.post(WHERE, TEXT, "k1", BUTTONS)


async def long_card(stage: Stage) -> Verdict:
    await stage.platform.subscribed()
    return await stage.channel.post(WHERE, TEXT * 30, "k1", BUTTONS)


async def answer(stage: Stage) -> Verdict:
    await stage.platform.say(f"@{DISPLAY} 谁牵头", GROUP)
    await stage.ear.until(heard=1)
    return await stage.channel.answer(stage.ear.heard[0], TEXT, "a1")


async def hand(stage: Stage) -> Verdict:
    await stage.platform.subscribed()
    return await stage.channel.hand(WHERE, File("周报.docx", b"PK\x03\x04 or so"), "k1")


async def cut_off(stage: Stage) -> Verdict:
    """The connection ends after the platform has taken the message and before it says so."""
    stage.platform.hold = 1
    await stage.platform.subscribed()
    asked = asyncio.create_task(stage.channel.post(WHERE, TEXT, "k1"))
    await stage.platform.until(lambda: stage.seen)
    await stage.platform.drop()
    return await asked


async def unplugged(stage: Stage) -> Verdict:
    """The platform is gone before anything is said."""
    await stage.platform.subscribed()
    await stage.platform.close()
    while not stage.ends:
        await asyncio.sleep(0)
    return await stage.channel.post(WHERE, TEXT, "k1")


async def taken_over(stage: Stage) -> Verdict:
    await stage.platform.take_over()
    await stage.stopped()
    return await stage.channel.post(WHERE, TEXT, "k1")


async def refused_secret(stage: Stage) -> Verdict:
    stage.platform.robots[stage.platform.robot] = "another secret"
    await stage.stopped()
    return await stage.channel.post(WHERE, TEXT, "k1")


def script(*codes: int, act: Act = push) -> Act:
    async def acted(stage: Stage) -> Verdict:
        stage.platform.script += codes
        return await act(stage)

    return acted


def setting(act: Act = push, **values: object) -> Act:
    async def acted(stage: Stage) -> Verdict:
        for name, value in values.items():
            setattr(stage.platform, name, value)
        return await act(stage)

    return acted


@dataclass(frozen=True, slots=True)
class Case:
    """What goes wrong, what we must say, how many messages people saw then, and words of the alarm."""

    error: str
    act: Act
    status: Status
    seen: int
    trouble: Trouble | None = None
    alarm: str = ""
    times: Times = PATIENT


S, F, U = Status.SENT, Status.FAILED, Status.UNKNOWN
CASES = [
    Case("推送：平台收下", push, S, 1),
    Case("推送：频次超限 45009", script(TOO_OFTEN), F, 0, Trouble.RATE),
    Case("推送：系统繁忙 -1", script(BUSY), F, 0, Trouble.SERVER),
    Case("推送：没有见过的错误码", script(777777), F, 0, Trouble.SERVER),
    Case("推送：不在可信IP 60020", script(60020), F, 0, Trouble.AUTH, "可信IP"),
    Case("推送：会话号无效 93006", script(NO_CHAT), F, 0, Trouble.TARGET, "重新绑定"),
    Case("推送：会话号大小写抄错", lambda s: push(s, WHERE.lower()), F, 0, Trouble.TARGET, "大小写"),
    Case("推送：收下后没有回执", setting(mute=1), U, 1, Trouble.SILENCE, times=LOSING),
    Case("推送：收下后回执未到就断线", cut_off, U, 1, Trouble.SILENCE),
    Case("推送：连接断了，还没有重新连上", unplugged, F, 0, Trouble.SERVER, times=LOSING),
    Case("推送：文字超长一个字节", lambda s: push(s, text="a" * 20481), F, 0, Trouble.CONTENT),
    Case("推送：另一个程序顶走了连接", taken_over, F, 0, Trouble.AUTH, "另一个程序在用同一个机器人"),
    Case("推送：Secret 被拒", refused_secret, F, 0, Trouble.AUTH, "Secret"),
    Case("回答：平台收下", answer, S, 1),
    Case("回答：req_id 无效 846605，改为推送", script(846605, act=answer), S, 1),
    Case("回答：流式消息过期 846608，改为推送", setting(answer, expired=True), S, 1),
    Case("回答：过期后推送也被拒 93006", script(846608, NO_CHAT, act=answer), F, 0, Trouble.TARGET, "重新绑定"),
    Case("回答：收下后没有回执，连接断了", setting(answer, cut=1), U, 1, Trouble.SILENCE),
    Case("回答：系统繁忙 -1", script(BUSY, act=answer), F, 0, Trouble.SERVER),
    Case("按钮：平台收下", card, S, 1),
    Case("按钮：卡片被拒 40058，改发文字", script(40058, act=card), S, 1),
    Case("按钮：卡片没有回执，连接断了", setting(card, cut=1), U, 1, Trouble.SILENCE),
    Case("按钮：文字太长，先发全文再发卡片", long_card, S, 2),
    Case("按钮：全文发出后卡片被拒", script(0, 40058, act=long_card), S, 1),
    Case("按钮：全文没有回执，连接断了，卡片不再发", setting(long_card, cut=1), U, 1, Trouble.SILENCE),
    Case("文件：平台收下", hand, S, 1),
    Case("文件：上传被拒 40004", setting(hand, upload_code=40004), F, 0, Trouble.CONTENT),
    Case("文件：上传没有回执", setting(hand, upload_mute=True), F, 0, Trouble.SERVER, times=LOSING),
    Case("文件：传完后发送没有回执，连接断了", setting(hand, cut=1), U, 1, Trouble.SILENCE),
]


async def played(case: Case) -> tuple[Verdict, int]:
    """What we say, and how many messages people saw."""
    async with Stage(case.times) as stage:
        return await case.act(stage), stage.seen


WORDS = {S: "已发送", F: "失败", U: "结果不明"}


async def _print() -> None:
    print("| 发生了什么 | 显示的状态 | 事实（群里看到几条） |\n| --- | --- | --- |")
    for case in CASES:
        verdict, seen = await played(case)
        trouble = f"（{verdict.trouble}）" if verdict.trouble else ""
        print(f"| {case.error} | {WORDS[verdict.status]}{trouble} | {seen} |")


if __name__ == "__main__":
    asyncio.run(_print())
