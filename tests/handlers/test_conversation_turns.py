"""Conversations in which each line leans on one before it, or on none although one stands there."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("paper", "text", "count"),
    [
        ("plan", "方案里一共有多少条", 9),
        ("ledger", "台账里面现在有几项", 7),
        ("deeds", "责任表上总共多少项", 4),
        ("slips", "清单中都有几条", 4),
    ],
)
def test_a_paper_is_counted_by_any_word_for_it(paper: str, text: str, count: int) -> None:
    outcome = ask(paper, text)
    assert outcome.answer is not None
    assert outcome.answer.count == count


def test_a_count_that_says_what_it_counts_owes_nothing_to_the_list_before_it() -> None:
    chat = Chat("plan")
    assert chat.gets("市财政局牵头的有几项") == ["3"]
    assert chat.gets("民政局配合的一共几项") == ["7"]
    whole = chat.says("这张表总共多少项").answer
    assert whole is not None
    assert whole.count == 9


def test_the_list_before_is_counted_where_nothing_else_is_said() -> None:
    chat = Chat("plan")
    assert chat.gets("财政局有几项") == ["3", "6"]
    assert chat.gets("其中牵头的几项") == ["3"]


def test_who_has_how_many_is_asked_behind_a_single_row() -> None:
    chat = Chat("plan")
    assert chat.gets("南津大桥谁牵头") == ["4"]
    assert chat.gets("那民政局有几项") == ["6", "7"]


def test_another_row_of_a_list_is_meant_although_one_was_told_since() -> None:
    chat = Chat("plan")
    chat.says("住建局有哪些任务")
    first = chat.gets("第一个谁牵头")
    second = chat.gets("第二个呢")
    assert len(first) == len(second) == 1
    assert first != second
    assert "时限" in chat.says("第一个什么时候完成").text


def test_a_window_behind_a_row_or_a_list_is_a_list_of_its_own() -> None:
    chat = Chat("plan")
    chat.says("民政局有哪些任务")
    assert chat.gets("10月底前要完成的呢") == ["6"]
    chat = Chat("plan")
    chat.says("大桥加固谁牵头")
    assert "8" in chat.gets("那8月份到期的呢")


def test_until_when_it_is_to_be_built_is_asked_of_what_was_named_last() -> None:
    chat = Chat("plan")
    assert chat.gets("竹制品检测哪家牵头") == ["2"]
    assert chat.gets("最晚什么时候要建好") == ["2"]
    assert chat.gets("谁牵头来着") == ["2"]


def test_the_first_and_the_last_of_a_list() -> None:
    chat = Chat("plan")
    chat.says("财政局有哪些任务")
    assert chat.gets("最早的是哪个") == ["3"]
    assert chat.gets("最晚的呢") == ["6"]


@pytest.mark.parametrize("text", ["大桥加固 ddl", "大桥加固 deadline是哪天", "DDL 南津大桥"])
def test_deadline_in_english_letters(text: str) -> None:
    outcome = ask("plan", text)
    assert numbers(outcome) == ["4"]
    assert outcome.text.startswith("时限")


@pytest.mark.parametrize("text", ["第六", "No.6讲什么", "no 6"])
def test_a_number_alone(text: str) -> None:
    assert numbers(ask("plan", text)) == ["6"]


def test_a_window_is_counted_whatever_was_listed_before() -> None:
    chat = Chat("plan")
    chat.says("哪些没写配合单位")
    assert chat.gets("9月到10月到期的有几项") == ["4", "2", "6"]


def test_all_that_is_open_is_asked_behind_a_single_row() -> None:
    chat = Chat("plan")
    assert chat.gets("农村危房改造完成没有") == ["7"]
    assert len(chat.gets("还有哪几项没完成")) > 1


def test_these_are_all_rows_of_the_list_although_one_was_told_since() -> None:
    chat = Chat("plan")
    chat.says("市财政局有哪些任务")
    chat.says("第二个什么时候完成")
    assert chat.gets("这几个都是谁牵头") == ["3", "6"]


def test_a_counted_list_is_narrowed_to_a_role() -> None:
    chat = Chat("plan")
    assert chat.gets("市财政局一共几项") == ["3", "6"]
    assert chat.gets("其中牵头的") == ["3"]


def test_nothing_is_taken_over_from_what_was_refused_or_asked_of_states() -> None:
    chat = Chat("plan")
    chat.says("把低保户名单发我")
    assert chat.gets("那市水利局呢") == ["5"]
    chat = Chat("plan")
    chat.says("谁拖得最久")
    assert chat.gets("市水利局的呢") == ["5"]


@pytest.mark.parametrize("text", ["催一下市商务局", "帮我提醒一下水利局抓紧", "再催催民政局"])
def test_who_wants_somebody_chased_is_told_how_that_is_done(text: str) -> None:
    outcome = ask("plan", text, role="supervisor")
    assert numbers(outcome) == []
    assert "逾期的有哪些" in outcome.text


def test_a_duty_to_chase_is_a_subject_all_the_same() -> None:
    outcome = ask("plan", "催办一下危房改造这件事归谁管")
    assert numbers(outcome) == ["7"]


def test_who_holds_most_in_another_role_is_asked_behind_the_first() -> None:
    chat = Chat("plan")
    chat.says("哪个单位牵头最多")
    outcome = chat.says("配合最多的呢")
    assert outcome.answer is not None
    assert outcome.answer.intent == "count"
    assert "配合最多" in outcome.text


def test_they_are_the_unit_that_was_asked_about_though_others_lead_some_of_it() -> None:
    chat = Chat("plan")
    assert chat.gets("市财政局有哪些任务") == ["3", "6"]
    assert chat.gets("他们牵头几项") == ["3"]
