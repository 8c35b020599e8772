"""Reports as clerks type them, of the five invented papers: what is open again, what hinders, what was deleted, items in letters."""

from __future__ import annotations

from datetime import date

from knowledge.reports import report_of
from knowledge.reports.report_words import percent_of
from tests.handlers.test_clerks import ask, numbers


def test_an_item_is_named_in_letters_in_a_question_and_in_a_report() -> None:
    assert numbers(ask("plan", "di 6 xiang shei qiantou")) == ["6"]
    told = ask("plan", "di 6 xiang yi wancheng", role="liaison", unit="市民政局")
    assert [entry.assignment for entry in told.entries] == ["plan-6"]


def test_a_bridge_that_is_open_again_is_a_report() -> None:
    told = ask("plan", "大桥6月2号恢复通行了", role="liaison", unit="市交通运输局", today=date(2025, 6, 3))
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-4", "done")]


def test_a_list_that_is_asked_for_is_no_report() -> None:
    for text, right in (
        ("民政局牵头的任务列一下", ["6"]),
        ("民政局牵头的任务发一下", ["6"]),
        ("民政局参与的任务全部发一下，牵头的和配合的都要", ["6", "7"]),
    ):
        asked = ask("plan", text, role="liaison", unit="市财政局")
        assert asked.answer is not None
        assert (asked.answer.intent, asked.entries) == ("unit_tasks", ()), text
        assert numbers(asked) == right, text


def test_a_share_that_is_only_about_right_is_told_all_the_same() -> None:
    for text, percent in (
        ("社区食堂还在建，估计一半了", 50),
        ("社区食堂还在建，应该做了六成了", 60),
        ("社区食堂进度40%，还差几处没通电", 40),
    ):
        told = ask("plan", text, role="liaison", unit="市民政局")
        (entry,) = told.entries
        assert (entry.assignment, entry.details["status"], entry.details["percent"]) == (
            "plan-6",
            "in_progress",
            percent,
        ), text
    assert ask("plan", "社区食堂应该完成了吧", role="liaison", unit="市民政局").entries == ()


def test_who_is_asked_to_help_tells_of_a_problem_and_what_is_put_off_is_a_report() -> None:
    for text in ("社区食堂流标了，资金缺口还没落实，请区里协调", "社区食堂装修停工，进度要往后拖了"):
        (entry,) = ask("plan", text, role="liaison", unit="市民政局").entries
        assert (entry.assignment, entry.details["status"]) == ("plan-6", "problem"), text


def test_what_hinders_one_matter_is_no_report_of_another() -> None:
    told = ask("plan", "技改奖补卡住了 系统对不上 请协调", role="liaison", unit="市财政局")
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-3", "problem")]


def test_what_was_deleted_on_a_site_is_a_report_and_no_order() -> None:
    told = ask("plan", "社区食堂重复的布点删了，15个全部建成", role="liaison", unit="市民政局")
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-6", "done")]


def test_the_reason_behind_a_delay_is_no_report_of_what_is_asked_of_all() -> None:
    for text in ("社区食堂要延期，进展情况表没报上去，得拖到11月", "社区食堂要延期，督查室的进展情况没报完"):
        told = ask("plan", text, role="liaison", unit="市民政局")
        assert {entry.assignment for entry in told.entries} == {"plan-6"}, text
        assert told.entries[0].details["status"] == "delayed"


def test_a_matter_that_is_named_behind_a_delay_is_a_report_of_its_own() -> None:
    told = ask("plan", "技改奖补要延期到4月，社区食堂那项也有困难", role="liaison", unit="市财政局")
    assert {entry.assignment for entry in told.entries} == {"plan-3", "plan-6"}


def test_half_a_house_is_no_half_of_the_work_and_six_tenths_are_sixty_percent() -> None:
    assert percent_of("盖一半没人管的房子") is None
    assert percent_of("该挂的挂出去六成了") == 60
    assert percent_of("改造完成一半") == 50


def test_what_was_written_wrongly_by_others_is_no_correction_where_somebody_asks() -> None:
    told = ask("plan", "社区食堂那块换过部门，我怕函发错了，如今是哪家单位牵头？", role="liaison", unit="市民政局")
    assert numbers(told) == ["6"]
    assert not told.entries


def test_what_something_is_called_tells_nothing_of_how_it_stands() -> None:
    for text in (
        "“最多跑一次”改革完成了",
        "“未批先建”整治已办结",
        "“断头路”打通了",
        "报一下，“办不成事”反映窗口都设好了，这项已完成",
    ):
        (told,) = report_of(text, date(2025, 6, 1)).told
        assert told.status == "done", text
        assert told.topic.startswith("“"), text
    assert report_of("“第3项”已完成", date(2025, 6, 1)).told[0].numbers == ("3",)


def test_who_has_done_it_is_no_part_of_what_is_done() -> None:
    for text in ("社区食堂我们办完了", "社区食堂我们已经弄好了"):
        (told,) = report_of(text, date(2025, 6, 1)).told
        assert (told.status, told.topic) == ("done", "社区食堂"), text
    assert [told.status for told in report_of("这项我们办完了", date(2025, 6, 1)).told] == ["done"]
    assert report_of("我们办的社区食堂完工了", date(2025, 6, 1)).told[0].topic == "社区食堂"
