"""Lists with a condition beside the unit, several questions in one line, and what no plan says: asked of the five invented papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers, table
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 没有配合单位的任务有哪些 | 9
    plan | 有具体截止日期的是哪几项 | 1 2 3 4 6 7 8
    plan | 市民政局有份但不牵头的是哪几项 | 7
    plan | 民政局只当配合单位的有哪些 | 7
    plan | 民政局的任务列一下，牵头配合都算 | 6 7
    plan | 民政局牵头的里面，跟食堂沾边的是哪项 | 6
    plan | 市住建局牵头的，11月到期的有哪些 | 7
    plan | 财政局牵头的和配合的各有哪些 | 3 6
    plan | 市科技局有没有牵头的任务 |
    deeds | 完成时限是每月的有几项 | 4
    rectify | 老港街道在这份清单里有哪些 | 1-1
    rectify | 区住房建设局负责整改哪些问题 | 1-1 1-2
    """),
)
def test_a_list_keeps_to_what_is_said_beside_the_unit(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "正文"] == right


def test_the_rows_that_speak_of_a_word_are_listed() -> None:
    assert numbers(ask("plan", "哪些任务涉及老人")) == ["6"]
    assert numbers(ask("plan", "跟危房有关的任务")) == ["7"]


def test_the_same_of_two_stretches_is_told_of_each() -> None:
    told = ask("plan", "九月和十月各有几项到期").text.splitlines()
    assert told[0].startswith("1) 九月（2025年9月1日至9月30日），到期的任务有2项")
    assert told[1].startswith("2) 十月（2025年10月1日至10月31日），到期的任务有1项")
    assert ask("plan", "八九月份到期的有几项").text.startswith("8月到9月份（2025年8月1日至9月30日），到期的任务有3项")


def test_the_second_clause_narrows_the_list_of_the_first() -> None:
    told = ask("plan", "财政局配合的有哪些，哪些是10月底前的")
    assert numbers(told) == ["6"]
    assert "市财政局到期的任务有1项" in told.text
    edge = ask("plan", "住建局的任务有哪些，哪个最先到期")
    assert edge.text.splitlines()[1].startswith("2) 从今天（3月3日）算起，市住房和城乡建设局最先到期的是这一项")


def test_who_takes_part_is_asked_behind_who_leads() -> None:
    told = ask("plan", "社区食堂谁牵头，财政局参与吗").text.splitlines()
    assert told[0].startswith("1) 市民政局牵头。")
    assert told[1].startswith("2) 有。市财政局是配合单位。")


def test_whether_somebody_is_among_the_units_of_a_role_is_asked_in_a_short_name() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁牵头")
    assert chat.says("那配合单位里有没有住建").text.startswith("有。市住房和城乡建设局是配合单位。")


def test_two_matters_are_held_against_each_other() -> None:
    assert ask("plan", "社区食堂和农村危房是不是同一个单位牵头").text.startswith("不是同一家。\n")
    assert numbers(ask("plan", "社区食堂和农村危房哪个先到期")) == ["6", "7"]


def test_a_month_that_is_past_is_that_of_the_plan() -> None:
    past = ask("plan", "3月底前要完成的有哪些", today=date(2025, 6, 3))
    assert numbers(past)[0] == "3"
    assert past.text.startswith("3月底前（2025年3月31日及以前）")
    soon = ask("plan", "1月底前要完成的有几项", today=date(2025, 12, 1))
    assert soon.text.startswith("1月底前（2025年12月1日至2026年1月31日）")


def test_what_is_to_be_done_by_a_day_is_a_list_even_of_who_reports() -> None:
    told = ask("plan", "住建局当配合单位、9月底前要完成的", role="liaison", unit="市住房和城乡建设局")
    assert numbers(told) == ["4"]
    assert told.entries == ()


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        ("plan", "残疾人运动会的报名热线是多少"),
        ("plan", "残疾人运动会哪天报名"),
        ("plan", "南津大桥是哪家施工单位修的"),
        ("plan", "社区食堂具体建在哪个片区"),
        ("plan", "艾滋病防治谁牵头"),
        ("plan", "异地就医直接结算哪个部门管"),
        ("deeds", "午餐配送费用由家长出还是政府出"),
        ("ledger", "滨河步道是谁设计的"),
    ],
)
def test_what_no_plan_says_is_not_answered_with_a_row_beside_it(paper: str, text: str) -> None:
    told = ask(paper, text)
    assert told.answer is not None
    assert numbers(told) == [] or not told.answer.answered


def test_a_limit_is_nothing_to_be_done_again_and_again() -> None:
    from knowledge import deadlines

    assert deadlines.inner("同一部门对同一企业年度检查不超过2次。", date(2025, 1, 20), 2025) == ()
    (last,) = deadlines.inner("年底前累计不少于200项。", date(2025, 1, 20), 2025)
    assert last.due == date(2025, 12, 31)
