"""What is shown of a message, and what is true of it, in every way that QQ can fail.

`python -m tests.bot.channels.qq.truth` prints the table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.protocol import Status, Trouble, Verdict
from bot.clock import VirtualClock
from tests.bot.channels.qq.fake_official import GROUP
from tests.contracts.counterpart import Counterpart, Listener, listening
from tests.contracts.counterparts.onebot import OneBotCounterpart
from tests.contracts.counterparts.qq_official import OfficialCounterpart
from tests.scheduler.offices import at

SENT, FAILED, UNKNOWN = Status.SENT, Status.FAILED, Status.UNKNOWN
WORDS = {SENT: "已发出", FAILED: "失败", UNKNOWN: "结果不明"}
WHERE = {"onebot": "qq/group:30003", "official": f"qqbot/group:{GROUP}"}


@dataclass(frozen=True)
class Case:
    """One way to fail: `expected` is what must be shown, and the class of trouble with it."""

    platform: str
    error: str
    expected: Status
    trouble: Trouble | None
    act: Callable[..., Awaitable[Verdict]]

    @property
    def name(self) -> str:
        return f"{self.platform}: {self.error}"


@dataclass(frozen=True)
class Row:
    """What came of a case: the verdict, and how often people saw the message."""

    case: Case
    verdict: Verdict
    seen: int

    @property
    def true(self) -> bool:
        """Sent was seen once, failed was not seen; what is said to be unknown cannot be wrong."""
        return {SENT: self.seen == 1, FAILED: self.seen == 0, UNKNOWN: True}[self.verdict.status]


async def _post(there: Counterpart) -> Verdict:
    return await there.channel.post(there.group, "第1项今天到期", "k1")


def _scripted(*codes: int | str, words: str = "") -> Callable[..., Awaitable[Verdict]]:
    async def act(there: OneBotCounterpart | OfficialCounterpart, _: Listener, __: VirtualClock) -> Verdict:
        there.fake.script = list(codes)
        if words and isinstance(there, OneBotCounterpart):
            there.fake.words[int(codes[0])] = words
        return await _post(there)

    return act


async def _offline(there: OneBotCounterpart, ear: Listener, _: VirtualClock) -> Verdict:
    there.fake.online = False
    told = len(ear.told)
    await there.fake.tell(there.fake.heartbeat())
    await ear.until(told=told + 1)
    return await _post(there)


async def _answered(
    there: OfficialCounterpart, ear: Listener, clock: VirtualClock, *, wait: int = 0, **more: object
) -> Verdict:
    await there.say("谁牵头")
    await ear.until(heard=1)
    clock.advance(timedelta(minutes=wait))
    there.fake.pushes = bool(more.get("pushes", True))
    there.fake.script = list(more.get("script", []))  # type: ignore[call-overload]
    return await there.channel.answer(ear.heard[0], "牵头单位：财政局", "a-0")


def _answer(**more: object) -> Callable[..., Awaitable[Verdict]]:
    async def act(there: OfficialCounterpart, ear: Listener, clock: VirtualClock) -> Verdict:
        return await _answered(there, ear, clock, **more)  # type: ignore[arg-type]

    return act


async def _answered_twice(there: OfficialCounterpart, ear: Listener, clock: VirtualClock) -> Verdict:
    await _answered(there, ear, clock)
    return await there.channel.answer(ear.heard[0], "牵头单位：财政局", "a-0")


async def _no_token(there: OfficialCounterpart, _: Listener, __: VirtualClock) -> Verdict:
    there.fake.expire()
    there.fake.token_error = {"code": 100007, "message": "appid invalid"}
    return await _post(there)


async def _no_push(there: OfficialCounterpart, _: Listener, __: VirtualClock) -> Verdict:
    there.fake.pushes = False
    return await _post(there)


CASES = [
    Case("onebot", "正常", SENT, None, _scripted()),
    Case("onebot", "已显示，答复丢了", UNKNOWN, Trouble.SILENCE, _scripted("lost")),
    Case("onebot", "已显示，答复前断线", UNKNOWN, Trouble.SILENCE, _scripted("cut")),
    Case("onebot", "没显示，答复前断线", UNKNOWN, Trouble.SILENCE, _scripted("vanish")),
    Case("onebot", "retcode 1：异步受理", UNKNOWN, Trouble.SILENCE, _scripted(1)),
    Case("onebot", "答复里没有消息编号", UNKNOWN, Trouble.SILENCE, _scripted("nameless")),
    Case("onebot", "retcode 1200：发送失败", FAILED, Trouble.SERVER, _scripted(1200)),
    Case("onebot", "retcode 1200：等 QQ 超时", UNKNOWN, Trouble.SILENCE, _scripted("timed out")),
    Case("onebot", "retcode 1200：被禁言", FAILED, Trouble.SERVER, _scripted(1200, words="发送失败，机器人被禁言")),
    Case("onebot", "retcode 1200：已不在群里", FAILED, Trouble.TARGET, _scripted(1200, words="机器人不在群里")),
    Case("onebot", "retcode 1200：账号冻结", FAILED, Trouble.AUTH, _scripted(1200, words="账号被冻结")),
    Case("onebot", "retcode 1400：参数不对", FAILED, Trouble.CONTENT, _scripted(1400)),
    Case("onebot", "retcode 1403：令牌不对", FAILED, Trouble.AUTH, _scripted(1403)),
    Case("onebot", "retcode 1404：不支持", FAILED, Trouble.CONTENT, _scripted(1404)),
    Case("onebot", "心跳报告账号不在线", FAILED, Trouble.SERVER, _offline),
    Case("official", "正常推送", SENT, None, _scripted()),
    Case("official", "正常答复", SENT, None, _answer()),
    Case("official", "推送已显示，答复丢了", UNKNOWN, Trouble.SILENCE, _scripted("lost")),
    Case("official", "答复已显示，平台回话丢了", SENT, None, _answer(script=["lost"])),
    Case("official", "同一条答复发了两次", SENT, None, _answered_twice),
    Case("official", "过了5分钟才答复，可推送", SENT, None, _answer(wait=6)),
    Case("official", "过了5分钟才答复，不可推送", FAILED, Trouble.TARGET, _answer(wait=6, pushes=False)),
    Case("official", "40034102：无权推送", FAILED, Trouble.TARGET, _no_push),
    Case("official", "40034105：无权推送", FAILED, Trouble.TARGET, _scripted(40034105)),
    Case("official", "22009：超过频次", FAILED, Trouble.RATE, _scripted(22009)),
    Case("official", "11243：令牌过期一次", SENT, None, _scripted(11243)),
    Case("official", "11243：令牌一直被拒", FAILED, Trouble.AUTH, _scripted(11243, 11243)),
    Case("official", "HTTP 200 里说密钥不对", FAILED, Trouble.AUTH, _no_token),
    Case("official", "11298：地址不在白名单", FAILED, Trouble.AUTH, _scripted(11298)),
    Case("official", "40054010：链接没登记", FAILED, Trouble.CONTENT, _scripted(40054010, 40054010)),
    Case("official", "40034006：内容违规", FAILED, Trouble.CONTENT, _scripted(40034006)),
    Case("official", "304023：等待审核", UNKNOWN, Trouble.SILENCE, _scripted(304023)),
    Case("official", "40054002：被禁言", FAILED, Trouble.SERVER, _scripted(40054002)),
    Case("official", "40054003：不在群里", FAILED, Trouble.TARGET, _scripted(40054003)),
    Case("official", "平台内部错误", FAILED, Trouble.SERVER, _scripted(50055001)),
]


async def row(case: Case) -> Row:
    """Play one case."""
    clock = VirtualClock(at("2026-07-15 09:30"))
    there: OneBotCounterpart | OfficialCounterpart = OfficialCounterpart(clock=clock)
    if case.platform == "onebot":
        there = OneBotCounterpart()
    ear = Listener()
    async with listening(there, ear):
        await ear.until(told=1)
        verdict = await case.act(there, ear, clock)
        return Row(case, verdict, len(there.messages))


def table(rows: list[Row]) -> Iterator[str]:
    """The rows as Markdown."""
    yield "| 通道 | 出的错 | 显示的状态 | 实际（群里看到几条） | 相符 |"
    yield "| --- | --- | --- | --- | --- |"
    for one in rows:
        state = WORDS[one.verdict.status]
        yield f"| {one.case.platform} | {one.case.error} | {state} | {one.seen} | {'是' if one.true else '否'} |"


async def _all() -> list[Row]:
    return [await row(case) for case in CASES]


if __name__ == "__main__":
    print("\n".join(table(asyncio.run(_all()))))
