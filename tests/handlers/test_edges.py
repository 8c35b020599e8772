"""What falls due first, last, and both: of all there is, of a unit, of a stretch of the year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers, table


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 全年最早和最晚到期的各是哪项 | 3 1
    plan | 最早到期的是哪个，最晚的呢 | 3 1
    plan | 哪项最先完成哪项最后完成 | 3 1
    plan | 最后到期和最先到期的任务 | 3 1
    plan | 第一个和最后一个到期的是什么 | 3 1
    plan | 住建局最早和最晚要交的是哪个 | 4 7
    plan | 全年最早到期的是哪项 | 3
    plan | 三季度最晚到期的是哪项 | 2
    plan | 9月份最先到期的 | 4
    """),
)
def test_the_ends_of_what_is_to_come(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_each_end_is_told_as_what_it_is() -> None:
    told = ask("plan", "最早和最晚到期的是哪项").text.splitlines()
    assert told[0] == "从今天（3月3日）算起，最先到期的1项、最晚到期的1项："
    assert told[1].startswith("1) 最先：第3项")
    assert told[2].startswith("2) 最晚：第1项")


def test_a_stretch_that_is_named_stays_whole() -> None:
    told = ask("plan", "全年最早到期的是哪项", today=date(2025, 6, 2))
    assert told.text.startswith("全年（2025年1月1日至12月31日），最先到期的是这一项：")
    assert numbers(told) == ["3"]
    assert numbers(ask("plan", "最早到期的是哪项", today=date(2025, 6, 2))) == ["8"]


def test_a_stretch_in_which_nothing_falls_due_says_so() -> None:
    told = ask("plan", "5月份最早到期的是哪项")
    assert numbers(told) == []
    assert told.text == "5月份（2025年5月1日至5月31日），没有到期的任务。"


@pytest.mark.parametrize(
    ("text", "right"),
    [("第一项和最后一项", ["1", "9"]), ("前两项和最后一项谁牵头", ["1", "2", "9"]), ("倒数第二项", ["8"])],
)
def test_items_counted_from_both_ends(text: str, right: list[str]) -> None:
    assert numbers(ask("plan", text)) == right
