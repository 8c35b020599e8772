"""The dated instances of a deadline."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.deadlines import read
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.occurrences import occurrences, relative_due
from tests.properties import examples

CALENDAR = WorkCalendar()
ISSUED = date(2021, 10, 11)


def days(phrase: str, issued: date = ISSUED, until: date | None = None) -> list[str]:
    return [str(o.due) for o in occurrences(read(phrase, issued, issued.year), CALENDAR, until)]


def test_a_date_a_range_and_a_count_have_one_occurrence() -> None:
    assert days("11月底前") == ["2021-11-30"]
    assert days("10月至12月") == ["2021-12-31"]
    assert days("印发后10日内") == ["2021-10-21"]


def test_only_dates_after_issue_count() -> None:
    assert days("每月10日前") == ["2021-11-10", "2021-12-10"]


def test_the_report_for_december_falls_in_january_and_is_not_lost() -> None:
    found = occurrences(read("每月结束后10日内", ISSUED, 2021), CALENDAR)
    assert [(str(o.due), o.period) for o in found] == [
        ("2021-11-10", "2021-10"),
        ("2021-12-10", "2021-11"),
        ("2022-01-10", "2021-12"),
    ]


def test_the_quarter_before_issue_is_reported_when_its_day_lies_ahead() -> None:
    found = occurrences(read("季后15日内", ISSUED, 2021), CALENDAR)
    assert [(str(o.due), o.period) for o in found] == [("2021-10-15", "2021-Q3"), ("2022-01-15", "2021-Q4")]


def test_a_cadence_without_a_day_is_due_at_the_periods_end_and_says_default() -> None:
    found = occurrences(read("按季度公布", ISSUED, 2021), CALENDAR)
    assert [(str(o.due), o.default) for o in found] == [("2021-12-31", True)]
    assert days("每月最后一个周五前") == ["2021-10-29", "2021-11-26", "2021-12-31"]
    assert days("每月第二个星期三") == ["2021-10-13", "2021-11-10", "2021-12-08"]
    assert not occurrences(read("每季度末月20日前", ISSUED, 2021), CALENDAR)[0].default


def test_a_yearly_date_already_past_comes_next_year() -> None:
    assert days("每年3月31日前") == ["2022-03-31"]
    assert days("每年3月31日前", until=date(2024, 6, 1)) == ["2022-03-31", "2023-03-31", "2024-03-31"]


def test_odd_and_even_months_are_kept_apart() -> None:
    assert days("双月15日前") == ["2021-10-15", "2021-12-15"]
    assert days("单月15日前") == ["2021-11-15"]


def test_weeks_fall_on_their_weekday() -> None:
    assert days("每周五", date(2021, 12, 13)) == ["2021-12-17", "2021-12-24", "2021-12-31"]


def test_the_31st_is_the_last_day_of_shorter_months() -> None:
    assert days("每月31日前") == ["2021-10-31", "2021-11-30", "2021-12-31"]


def test_working_days_after_a_quarter_follow_the_statutory_calendar() -> None:
    assert days("每季度结束后5个工作日内", date(2021, 8, 2))[0] == "2021-10-13"


def test_parts_of_a_deadline_are_merged_in_order() -> None:
    assert days("每季度末月20日前，11月25日前报总结") == ["2021-11-25", "2021-12-20"]


@pytest.mark.parametrize(
    "phrase",
    ["收到申请之日起20个工作日内", "会议结束后3日内", "全国两会前", "长期坚持", "5月底前动工", "24小时内", "每日更新"],
)
def test_what_has_no_day_has_no_occurrence(phrase: str) -> None:
    assert days(phrase) == []


def test_a_reported_event_gives_a_count_its_day() -> None:
    found = read("会议结束后3个工作日内", ISSUED, 2021)
    assert relative_due(found, CALENDAR, since=date(2021, 11, 5)) == date(2021, 11, 10)


def test_working_days_beyond_the_published_years_are_refused() -> None:
    with pytest.raises(CalendarUnknown):
        days("印发后15个工作日内", date(2026, 12, 20))


@settings(deadline=None, max_examples=examples(80))
@given(
    st.sampled_from(
        [
            "每月5日前",
            "每月、每季度后20日内",
            "每季度首月10日前",
            "每半年",
            "每年6月底、12月底",
            "每周一",
            "逢单月底前",
            "每年不少于2次",
            "次月8日前",
        ]
    ),
    st.dates(date(2005, 1, 1), date(2024, 12, 31)),
)
def test_occurrences_are_ordered_and_lie_after_issue(phrase: str, issued: date) -> None:
    found = [o.due for o in occurrences(read(phrase, issued, issued.year), CALENDAR)]
    assert found
    assert found == sorted(found)
    assert all(issued < due for due in found)
