"""Summaries asked for in a chat: which days, whose, how long, and as what file."""

from __future__ import annotations

import pytest

from handlers import handle
from handlers.message import Message, Outcome
from knowledge.ledger import Ledger
from knowledge.model import Turn
from scheduler.policy import Policy
from scheduler.ranking import Yardstick
from scheduler.summary import Summary
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of, report

OFFICE = register_of(duty(1, by("2026-07-10")), duty(2, by("2026-06-20"), unit="市民政局"), duty(3, by("2026-08-05")))
LEDGER = Ledger((report("plan#2", "2026-07-02 10:00"),))


def ask(text: str, role: str = "supervisor", group: bool = False, policy: Policy | None = None) -> Outcome:
    message = Message(text, role=role, group=group)
    return handle(message, OFFICE, LEDGER, at("2026-07-15 10:00"), CALENDAR, policy=policy)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("本周汇总", "【一周情况】2026年7月13日"),
        ("月报", "【2026年7月情况】"),
        ("上月情况", "【2026年6月情况】"),
        ("上个月总结", "【2026年6月情况】"),
        ("一季度小结", "【2026年第一季度情况】"),
        ("上半年小结", "【2026年上半年情况】"),
        ("年度汇总", "【2026年情况】"),
        ("去年总结", "【2025年情况】"),
    ],
)
def test_the_days_are_those_that_the_words_mean(text: str, head: str) -> None:
    assert ask(text).text.startswith(head)


def test_a_month_that_is_over_does_not_know_what_came_later() -> None:
    assert "本月办结0项，已全部办结0项，逾期1项" in ask("上月情况").text
    assert "本月办结1项（其中逾期办结1项），已全部办结1项，逾期1项" in ask("月报").text


def test_a_units_month_counts_its_own() -> None:
    assert "共2项任务" in ask("财政局本月情况").text


def test_a_group_reads_the_short_text_and_a_supervisor_the_full_one() -> None:
    assert "各单位：" in ask("月报").text
    assert "各单位：" not in ask("月报", group=True).text
    assert "各单位：" not in ask("月报", role="staff").text


def test_the_office_chooses_the_parts_of_the_short_text() -> None:
    assert "下月到期：" in ask("月报", role="staff").text
    assert "下月到期：" not in ask("月报", role="staff", policy=Policy(summary_parts=("逾期",))).text


@pytest.mark.parametrize(
    ("text", "form"), [("发我周报文件", "docx"), ("把月报导出成excel", "xlsx"), ("月报图片发我", "png"), ("周报", "")]
)
def test_a_file_is_named_with_the_very_value_that_the_text_tells(text: str, form: str) -> None:
    outcome = ask(text)
    assert [one.form for one in outcome.papers] == ([form] if form else [])
    for one in outcome.papers:
        assert isinstance(one.value, Summary)
        assert f"共{len(one.value.total)}项任务" in outcome.text


def test_what_was_told_last_becomes_a_file() -> None:
    told = ask("月报").text
    turns = (Turn("月报"), Turn(told, by_bot=True))
    outcome = handle(Message("导出", turns=turns, role="supervisor"), OFFICE, LEDGER, at("2026-07-15 10:00"), CALENDAR)
    assert [(one.name, one.form) for one in outcome.papers] == [("2026年7月情况汇总", "xlsx")]


def test_a_ranking_of_what_no_plan_counts_is_not_told_as_one_of_the_assignments() -> None:
    for text in ("上个月水质垫底的是哪个区", "投诉热线末位是哪个单位"):
        outcome = ask(text)
        assert not outcome.answer.answered
        assert "红灯" not in outcome.text
    assert "红灯" in ask("这个月哪家单位垫底").text


def test_asked_who_is_last_the_rule_is_told_where_there_is_one() -> None:
    assert "没有设定排名规则" in ask("本月排名").text
    ranked = ask("本月排名", policy=Policy(ranking=Yardstick.RATE)).text
    assert ranked.splitlines()[0] == f"排名。{Yardstick.RATE.rule}"
    assert ranked.splitlines()[1] == "· 第1名 市民政局：应办结1个节点，已办结1个，办结率100%，逾期0个节点"
