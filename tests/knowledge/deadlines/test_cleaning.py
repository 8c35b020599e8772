"""Cleaning: what a clerk, a printer and a scanner do to a date, undone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.deadlines.cleaning import clean, number
from tests.properties import examples

WORDS = st.text(
    alphabet="0123456789０１年月日号底低前末未十二三〇廿两百半个周季度 　\n\tOlI第每、至—-()（）《》工作内后起零",
    max_size=30,
)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("于 2021 年 6 月 15 日前", "于2021年6月15日前"),
        ("２０２１年６月底前", "2021年6月底前"),
        ("二〇二一年十一月三十日", "2021年11月30日"),
        ("十月廿五日前", "10月25日前"),
        ("2O21年l1月底前", "2021年11月底前"),
        ("8月低前", "8月底前"),
        ("二、三季度", "2、3季度"),
        ("三十个工作日内", "30个工作日内"),
        ("“十四五”期末", "“十四五”期末"),
        ("2 0 2 1年1 1月", "2021年11月"),
        ("後15日內", "后15日内"),
    ],
)
def test_slips_are_repaired_and_numerals_written_in_digits(printed: str, read: str) -> None:
    assert clean(printed).text == read


def test_a_row_number_and_a_year_do_not_run_together() -> None:
    assert clean("30 2021年6月底前").text == "30 2021年6月底前"


def test_low_shares_are_not_taken_for_month_ends() -> None:
    assert clean("覆盖率不低于90%").text == "覆盖率不低于90%"


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("廿三", 23), ("一百二十", 120), ("二〇二一", 2021), ("两", 2), ("十三五", None)]
)
def test_numerals_have_one_value_or_none(words: str, value: int | None) -> None:
    assert number(words) == value


@settings(deadline=None, max_examples=examples(150))
@given(WORDS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@settings(deadline=None, max_examples=examples(100))
@given(st.text(max_size=40))
def test_any_text_can_be_cleaned_and_shown_in_its_own_words(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.places) == len(cleaned.text)
    assert cleaned.printed(0, len(cleaned.text)) in text
