"""Dates that do not exist, contradict one another, lie in the past or on a rest day; and the many that are right."""

from __future__ import annotations

from datetime import date

import pytest

from tests.knowledge.examination.specimens import Severity, found, one, table, text

ISSUED = ("岚浦市2026年重点工作分工方案", "岚浦市人民政府办公室", "2026年3月16日")


def plan(*works: str) -> tuple[str, ...]:
    return (*ISSUED, *(f"{n}.{work}" for n, work in enumerate(works, 1)))


def row(text_: str, when: str) -> tuple[tuple[str, ...], ...]:
    return (
        ("序号", "工作任务", "牵头单位", "完成时限"),
        ("1", text_, "市教育局", when),
        ("2", "植树", "市林业局", "12月底前"),
    )


@pytest.mark.parametrize(
    "words",
    [
        "9月31日前",
        "2026年2月30日",
        "11月31号前",
        "4月1日至31日",
        "2025年2月29日前",
        "13月5日",
        "二月三十日前",
        "6月0日",
    ],
)
def test_a_day_that_no_calendar_has_must_be_corrected(words: str) -> None:
    assert one(text(*plan(f"修建学校，{words}完成。（市教育局牵头）")), "date-impossible").severity is Severity.MUST


@pytest.mark.parametrize(
    "words",
    [
        "9月30日前",
        "2024年2月29日前",
        "2月28日前",
        "每月31日前",
        "12月31日前",
        "9月1日至30日",
        "10月1日至31日",
        "311日",
        "2026.9.31",
        "第31号",
    ],
)
def test_days_that_exist_are_right(words: str) -> None:
    assert found(text(*plan(f"修建学校，{words}完成。（市教育局牵头）")), "date-impossible") == []


def test_an_impossible_day_of_a_table_is_told_with_its_cell() -> None:
    finding = one(table(*row("修建学校", "9月31日前")), "date-impossible")
    assert finding.at.where == "表1第2行第4列（第1项）"
    assert "9月30日" in finding.advice


def test_a_weekday_that_does_not_belong_to_its_date_must_be_corrected() -> None:
    finding = one(text(*plan("召开大会，2026年9月15日（星期三）举行。（市教育局牵头）")), "date-weekday")
    assert "星期二" in finding.wrong
    assert found(text(*plan("召开大会，2026年9月15日（星期二）举行。（市教育局牵头）")), "date-weekday") == []


def test_a_deadline_before_the_day_of_issue_is_asked_about() -> None:
    finding = one(text(*plan("修建学校。（市教育局牵头，2026年2月底前完成）")), "date-past")
    assert "2026年2月28日早于印发日期2026年3月16日" in finding.wrong


@pytest.mark.parametrize(
    "work", ["修建学校，2025年12月底前已完成立项。", "修建学校，3月底前完成。", "巩固2025年成果。"]
)
def test_what_is_already_done_or_still_ahead_is_not_past(work: str) -> None:
    assert found(text(*plan(f"{work}（市教育局牵头）")), "date-past") == []


def test_without_a_day_of_issue_the_year_of_the_title_counts() -> None:
    title = ("岚浦市2026年重点工作分工表",)
    assert len(found(table(*row("修建学校", "2025年12月底前"), above=title), "date-past")) == 1
    assert found(table(*row("修建学校", "2027年6月底前"), above=title), "date-past") == []


def test_a_date_in_the_text_after_the_end_is_a_contradiction() -> None:
    finding = one(table(*row("修建学校，11月底前投入使用", "2026年10月底前"), above=ISSUED[:1]), "date-conflict")
    assert "晚于完成时限" in finding.wrong


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("修建学校，6月底前完成主体", "2026年10月底前"),
        ("修建学校，10月底前投入使用", "2026年10月底前"),
        ("到2027年底，建成学校3所", "2026年10月底前"),
        ("修建学校，11月底前投入使用", "持续推进"),
        ("修建学校，11月启动二期", "2026年10月底前"),
    ],
)
def test_a_milestone_on_the_way_is_none(words: str, when: str) -> None:
    assert found(table(*row(words, when), above=ISSUED[:1]), "date-conflict") == []


def test_a_lead_that_reports_before_the_others_cannot() -> None:
    wrong = "请各责任单位于每月25日前将进展报牵头单位，牵头单位于每月20日前汇总报市政府办公室。"
    assert len(found(text(*ISSUED, wrong), "report-order")) == 1


@pytest.mark.parametrize("day", ["每月28日前", "次月5日前"])
def test_a_lead_that_reports_after_the_others_can(day: str) -> None:
    right = f"请各责任单位于每月25日前将进展报牵头单位，牵头单位于{day}汇总报市政府办公室。"
    assert found(text(*ISSUED, right), "report-order") == []


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_a_day_on_which_offices_rest_is_noted_with_its_assignment() -> None:
    finding = one(text(*plan("修建学校。（市教育局牵头，2026年9月20日前完成）")), "date-rest-day", workday=weekdays)
    assert finding.severity is Severity.NOTE
    assert "2026年9月20日（第1项）" in finding.at.words


@pytest.mark.parametrize("when", ["2026年9月21日前", "5月31日前", "5月底前"])
def test_working_days_and_ends_of_months_are_not_noted(when: str) -> None:
    assert found(text(*plan(f"修建学校。（市教育局牵头，{when}完成）")), "date-rest-day", workday=weekdays) == []


def test_beyond_the_published_calendar_nothing_is_noted() -> None:
    lines = plan("修建学校。（市教育局牵头，2026年9月20日前完成）")
    assert found(text(*lines), "date-rest-day", workday=lambda day: None) == []
