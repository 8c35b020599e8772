"""Reports as clerks type them, of the five invented papers: what is open again, what hinders, what was deleted, items in letters."""

from __future__ import annotations

from datetime import date

from tests.handlers.test_clerks import ask, numbers


def test_an_item_is_named_in_letters_in_a_question_and_in_a_report() -> None:
    assert numbers(ask("plan", "di 6 xiang shei qiantou")) == ["6"]
    told = ask("plan", "di 6 xiang yi wancheng", role="liaison", unit="市民政局")
    assert [entry.assignment for entry in told.entries] == ["plan-6"]


def test_a_bridge_that_is_open_again_is_a_report() -> None:
    told = ask("plan", "大桥6月2号恢复通行了", role="liaison", unit="市交通运输局", today=date(2025, 6, 3))
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-4", "done")]


def test_what_hinders_one_matter_is_no_report_of_another() -> None:
    told = ask("plan", "技改奖补卡住了 系统对不上 请协调", role="liaison", unit="市财政局")
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-3", "problem")]


def test_what_was_deleted_on_a_site_is_a_report_and_no_order() -> None:
    told = ask("plan", "社区食堂重复的布点删了，15个全部建成", role="liaison", unit="市民政局")
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-6", "done")]
