"""Numbers at the head of paragraphs, whole and damaged."""

from __future__ import annotations

import pytest

from knowledge.parsing.outline import is_heading, numbered, sentences, value_of

HEADS = {
    "一、加强领导": (1, "一", 1, "加强领导"),
    "（二）完善机制": (2, "（二）", 2, "完善机制"),
    "13.重点做好": (3, "13", 13, "重点做好"),
    "4、推进": (3, "4", 4, "推进"),
    "3．文件": (3, "3", 3, "文件"),
    "(3)建设公园": (4, "（3）", 3, "建设公园"),
    "②更新目录": (5, "②", 2, "更新目录"),
    "任务一：提升水平": (3, "任务一", 1, "提升水平"),
    "2019年全市工作": (0, "", None, "2019年全市工作"),
    "3.5亿元投资": (0, "", None, "3.5亿元投资"),
}


@pytest.mark.parametrize("text", HEADS)
def test_a_number_is_cut_from_its_paragraph(text: str) -> None:
    cut = numbered(text)
    assert (cut.level, cut.printed, cut.value, cut.rest) == HEADS[text]


def test_a_digit_without_its_stop_is_a_number_only_where_it_is_expected() -> None:
    assert numbered("9持续推进", expected=9).value == 9
    assert numbered("9持续推进").level == 0
    assert numbered("9持续推进", expected=40).level == 0
    assert numbered("5年内建成", expected=5).level == 0


def test_a_stop_without_its_digit_is_a_number_without_value() -> None:
    cut = numbered(".建立台账", expected=11)
    assert (cut.printed, cut.value, cut.rest) == (".", None, "建立台账")


@pytest.mark.parametrize(
    ("printed", "value"), [("十", 10), ("二十一", 21), ("（十四）", 14), ("壹", 1), ("③", 3), ("3.2", None)]
)
def test_the_worth_of_a_number(printed: str, value: int | None) -> None:
    assert value_of(printed) == value


def test_a_heading_is_short_and_has_no_full_stop_inside() -> None:
    assert is_heading("加强政策解读和回应关切")
    assert not is_heading("推行网上公开。全面清理事项，完善清单。")


def test_sentences_keep_their_stops() -> None:
    assert sentences("甲办结。乙“已办。”丙") == ["甲办结。", "乙“已办。”", "丙"]
