"""The working calendar: published rest days, an office's own year, and the refusal beyond."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar import CalendarUnknown, WorkCalendar, YearDays, calendar_of, read_year
from tests.properties import examples

PUBLISHED = WorkCalendar()


def test_make_up_saturdays_are_worked_and_holidays_are_not() -> None:
    assert PUBLISHED.is_workday(date(2021, 2, 20))
    assert not PUBLISHED.is_workday(date(2021, 10, 7))


def test_the_day_counted_from_is_not_counted() -> None:
    assert PUBLISHED.add_workdays(date(2021, 4, 12), 1) == date(2021, 4, 13)
    assert PUBLISHED.add_workdays(date(2021, 4, 28), 3) == date(2021, 5, 6)
    assert PUBLISHED.add_workdays(date(2021, 5, 6), -1) == date(2021, 4, 30)


def test_a_rest_day_is_reminded_of_on_the_working_day_before() -> None:
    assert PUBLISHED.last_workday_on_or_before(date(2021, 10, 7)) == date(2021, 9, 30)


def test_a_year_without_a_published_calendar_is_refused_in_words() -> None:
    with pytest.raises(CalendarUnknown, match="2027年放假安排尚未发布或未导入，工作日无法计算"):
        PUBLISHED.add_workdays(date(2026, 12, 30), 5)
    with pytest.raises(CalendarUnknown):
        PUBLISHED.is_workday(date(2003, 6, 2))


def test_an_office_can_load_a_year_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text('year = 2027\noff = ["2027-01-01"]\nwork = ["2027-01-02"]\n', "utf-8")
    calendar = calendar_of(tmp_path)
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 2))
    assert calendar.covered == (2004, 2027)


@pytest.mark.parametrize(
    "words", ["year = ", 'year = 2027\noff = ["x"]', 'year = 2027\noff = ["2026-01-01"]', "off = []"]
)
def test_a_broken_calendar_file_is_named(tmp_path: Path, words: str) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(words, "utf-8")
    with pytest.raises(ValueError, match=r"日历文件2027\.toml"):
        read_year(file)


def test_no_folder_means_the_published_years() -> None:
    assert calendar_of(Path("不存在的文件夹")).covered[0] == 2004


@settings(deadline=None, max_examples=examples(60))
@given(st.dates(date(2005, 1, 1), date(2025, 6, 30)), st.integers(1, 40))
def test_adding_and_counting_working_days_agree(day: date, n: int) -> None:
    later = PUBLISHED.add_workdays(day, n)
    assert PUBLISHED.is_workday(later)
    assert PUBLISHED.workdays_between(day, later) == n


@settings(deadline=None, max_examples=examples(40))
@given(
    st.dates(date(2030, 1, 1), date(2030, 11, 30)), st.sets(st.dates(date(2030, 1, 1), date(2030, 12, 31)), max_size=5)
)
def test_an_own_year_is_monday_to_friday_less_its_rest_days(day: date, off: set[date]) -> None:
    calendar = WorkCalendar({2030: YearDays(off=frozenset(off))})
    assert calendar.is_workday(day) == (day.weekday() < 5 and day not in off)
    assert calendar.add_workdays(day, 1) > day + timedelta(0)
