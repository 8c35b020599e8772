"""The change of a text as a person reads it: whole words struck out and put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison import Fate, fragments

MARKS = {Fate.KEPT: "{}", Fate.STRUCK: "〔-{}〕", Fate.ADDED: "〔+{}〕"}


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("改造农村公路80公里。", "改造农村公路60公里。", "改造农村公路〔-80〕〔+60〕公里。"),
        ("公开预算、决算。", "公开预算、决算和绩效。", "公开预算、决算〔+和绩效〕。"),
        ("公布名单，公布标准，公布结果。", "公布名单，公布结果。", "公布名单，〔-公布标准，〕公布结果。"),
        ("专人接听电话", "派人值守线路", "〔-专人接听电话〕〔+派人值守线路〕"),
        ("压缩至40个工作日", "压缩至4个工作日", "压缩至〔-40〕〔+4〕个工作日"),
        ("", "新增的话", "〔+新增的话〕"),
        ("一样", "一样", "一样"),
    ],
)
def test_words_are_struck_out_and_put_in(old: str, new: str, shown: str) -> None:
    assert "".join(MARKS[one.fate].format(one.text) for one in fragments(old, new)) == shown


TEXTS = st.text(alphabet="甲乙丙丁，。、12 a", max_size=30)


@given(TEXTS, TEXTS)
def test_the_fragments_together_are_both_texts(old: str, new: str) -> None:
    found = fragments(old, new)
    assert "".join(one.text for one in found if one.fate is not Fate.ADDED) == old
    assert "".join(one.text for one in found if one.fate is not Fate.STRUCK) == new
    assert all(one.text for one in found)


@given(TEXTS)
def test_a_text_that_stayed_is_one_fragment(text: str) -> None:
    assert [one.fate for one in fragments(text, text)] == [Fate.KEPT] * bool(text)


def test_texts_without_end_are_only_trimmed() -> None:
    old, new = "开头" + "甲乙" * 4000 + "结尾", "开头" + "丙丁" * 4000 + "结尾"
    assert [(one.fate, len(one.text)) for one in fragments(old, new)] == [
        (Fate.KEPT, 2),
        (Fate.STRUCK, 8000),
        (Fate.ADDED, 8000),
        (Fate.KEPT, 2),
    ]
