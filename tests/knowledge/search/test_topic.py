"""What a question is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import shipped
from knowledge.search.topic import topic_of


def about(question: str) -> str:
    return topic_of(question, shipped()).words


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("扶贫资金谁牵头", "扶贫资金"),
        ("请问扶贫资金这块是哪个部门来负责的呀", "扶贫资金"),
        ("你好，麻烦问一下招生划片由哪些单位负责？谢谢", "招生划片"),
        ("河长制实施方案什么时候完成", "河长制实施方案"),
        ("捐的款和物资", "捐款和物资"),
        ("谁起草谁解读", "起草 解读"),
    ],
)
def test_words_that_ask_and_greet_are_taken_off(question: str, topic: str) -> None:
    assert about(question) == topic


@pytest.mark.parametrize("question", ["是哪些部门牵头的呀", "那个呢", "谁负责呀", "你好 谢谢", "？？？", ""])
def test_a_question_without_a_subject_has_no_topic(question: str) -> None:
    assert about(question) == ""


def test_a_question_of_the_form_did_it_or_not_is_about_the_thing() -> None:
    assert about("水质干不干净") == "水质干净"


def test_typed_pinyin_loses_its_question_words_too() -> None:
    tokens = topic_of("hedao zhili shei fuze", shipped()).tokens
    assert [token.text for token in tokens] == ["he", "dao", "zi", "li"]


def test_typed_pinyin_is_shown_as_it_was_typed() -> None:
    assert about("zhengwu gongkai shei qiantou") == "zheng wu gong kai"


def test_words_of_letters_and_digits_stay_whole() -> None:
    assert [token.text for token in topic_of("IPv6改造和12315", shipped()).tokens] == [
        "ipv6",
        "改",
        "造",
        "和",
        "12315",
    ]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_topic_or_none(text: str) -> None:
    assert isinstance(about(text), str)


def test_who_greets_is_left_out_but_not_where_a_spoken_phrase_holds_the_word() -> None:
    lexicon = replace(shipped(), phrases={"老师不够": ("师资",), "水费怎么定": ("水价",)})
    assert [topic_of(text, lexicon).words for text in ("老师双随机谁管", "老师不够谁管", "水费怎么定")] == [
        "双随机",
        "老师不够",
        "水费 定",
    ]
