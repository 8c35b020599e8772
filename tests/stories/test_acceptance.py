"""核定 through the outbox: supervisors hear what waits, a unit what was returned; a withdrawn request is announced."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.clock import VirtualClock
from bot.config import Config, RemindersConfig
from bot.report_settings import ReportsConfig
from knowledge.ledger import EntryKind
from knowledge.model import Message
from knowledge.store import MemoryStore
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of


class Bureau:
    """An office with a supervisors' conversation and a unit that listens in its own group."""

    def __init__(self) -> None:
        self.clock = VirtualClock(at("2026-09-01 08:00"))
        self.channel = MemoryChannel()
        config = Config(
            reminders=RemindersConfig(supervisors="督查群", jitter=0, summary=False), units={"财政群": ("市财政局",)}
        )
        store = MemoryStore(register_of(duty(1, by("2026-09-10")), duty(2, by("2026-12-10"))))
        self.app = App(store, self.channel, CALENDAR, config, self.clock)

    def says(self, when: str, text: str, unit: str = "", where: str = "") -> str:
        self.clock.set(at(when))
        role, name = ("liaison", "张晓") if unit else ("supervisor", "李督查")
        return self.app.receive(Message(text, where or ("私聊" if unit else "督查私聊"), name, role, unit or None)).text

    async def hears(self, when: str, where: str) -> str:
        """What is said in a conversation at a moment."""
        before = len(self.channel.posted)
        self.clock.set(at(when))
        await self.app.tick()
        return "\n".join(one.text for one in self.channel.posted[before:] if one.conversation == where)

    @property
    def code(self) -> str:
        return str(self.app.store.ledger().reports("plan#1")[-1].details["code"])


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


async def test_supervisors_hear_once_of_what_waits_and_the_unit_of_what_was_returned(bureau: Bureau) -> None:
    assert "已转督查员核定" in bureau.says("2026-09-07 10:00", "第1项已完成", "市财政局")
    told = await bureau.hears("2026-09-07 10:01", "督查群")
    assert (
        f"【待核定】以下1项已报办结，请督查员核定，回复“通过 短码”或“退回 短码，理由……”：\n· {bureau.code} 第1项"
        in told
    )
    assert "没有佐证" in told
    assert await bureau.hears("2026-09-08 09:01", "督查群") == ""
    assert await bureau.hears("2026-09-08 09:02", "财政群") == "", "nobody is reminded while it waits"

    assert "将告知报告单位" in bureau.says("2026-09-08 10:00", f"退回 {bureau.code}，没有附公开链接")
    told = await bureau.hears("2026-09-08 10:01", "财政群")
    assert "【退回】以下1项督查员已退回" in told
    assert "退回理由：没有附公开链接" in told
    assert "第1项" in await bureau.hears("2026-09-10 09:01", "财政群"), "reminders go on"


async def test_what_was_reported_anew_is_not_told_as_returned(bureau: Bureau) -> None:
    bureau.says("2026-09-07 10:00", "第1项已完成", "市财政局")
    bureau.says("2026-09-07 20:30", f"退回 {bureau.code}，没有链接")
    bureau.says("2026-09-07 20:40", "第1项已完成，http://example.gov.cn/1", "市财政局")
    told = await bureau.hears("2026-09-08 09:01", "督查群")
    assert "链接http://example.gov.cn/1" in told
    assert not [one for one in bureau.channel.posted if one.conversation == "财政群" and "退回" in one.text]


async def test_a_withdrawn_request_is_announced_and_its_report_taken_back(bureau: Bureau) -> None:
    bureau.says("2026-09-07 10:00", "第1项延期到9月25日，原因：招标流标", "市财政局")
    assert "【延期申请】" in await bureau.hears("2026-09-07 10:01", "督查群")
    assert "已撤回延期申请" in bureau.says("2026-09-07 11:00", f"撤回 {bureau.code} 延期申请", "市财政局")
    told = await bureau.hears("2026-09-07 11:01", "督查群")
    assert "申请单位已撤回延期申请，期限仍是" in told
    assert "申请延期" not in bureau.says("2026-09-07 11:05", "第1项进展如何"), (
        "what lay in the request is taken back too"
    )


async def test_a_request_withdrawn_before_anybody_heard_of_it_is_not_announced(bureau: Bureau) -> None:
    bureau.says("2026-09-07 20:30", "第1项延期到9月25日", "市财政局")
    bureau.says("2026-09-07 20:31", "撤回延期申请", "市财政局")
    assert "延期" not in await bureau.hears("2026-09-08 09:01", "督查群")


def test_a_later_date_for_what_is_done_changes_nothing(bureau: Bureau) -> None:
    bureau.says("2026-09-07 10:00", "第1项已完成", "市财政局")
    before = len(bureau.app.store.ledger())
    for words in ("第1项延期到9月25日", f"{bureau.code} 延期到9月25日"):
        told = bureau.says("2026-09-07 10:10", words, "市财政局")
        assert "已报办结" in told, told
        assert "没有登记" in told
    assert len(bureau.app.store.ledger()) == before


def test_a_bare_request_is_asked_until_when(bureau: Bureau) -> None:
    told = bureau.says("2026-09-07 10:00", "延期", "市财政局")
    assert "延期到9月15日" in told
    assert "已完成" not in told
    assert len(bureau.app.store.ledger()) == 0


def test_an_office_that_switches_acceptance_off_leaves_nothing_waiting(bureau: Bureau) -> None:
    bureau.says("2026-09-07 10:00", "第1项已完成", "市财政局")
    off = Config(reports=ReportsConfig(acceptance=False))
    App(bureau.app.store, bureau.channel, CALENDAR, off, bureau.clock).settle()
    last = bureau.app.store.ledger().entries[-1]
    assert (last.kind, last.words) == (EntryKind.ACCEPTED, "机构已停用核定，按办结处理。")
