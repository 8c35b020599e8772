"""Patterns of a table are only searched for in a text that holds what they need: nothing is found less for that."""

import re

import pytest

from knowledge.patterns import source_of
from knowledge.question.cues import PATTERNS, REFUSALS, cues_of
from knowledge.question.sayings import _TABLE, in_common_words
from knowledge.sieve import Sieve, ways_of

QUESTIONS = (
    "公厕改造谁牵头，什么时候完成",
    "边个负责河道清淤",
    "第3项已完成80%",
    "水利局有哪些任务",
    "帮我写一篇总结",
    "集中供暖哪个部门管，电话多少",
    "ddl是几号",
    "逾期的有几项",
    "好的收到",
    "按时间排一下",
    "",
)


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("谁|哪(?:个|家)?", ["谁", "哪"]),
        ("(?:现在)?完成了[吗么]", ["完 成 了 吗么"]),
        ("[一二]?项", ["项"]),
        ("[a-c]1", ["abc 1"]),
        (r"(?<=[局委])牵头", ["局委 牵 头"]),
        (r"(?=[月日])\w前", ["月日 前"]),
        ("(?:牵头|主办){2}", ["牵主"]),
        ("(?:年终|季末)(?:前|后)", ["年 终 前后", "季 末 前后"]),
    ],
)
def test_each_way_to_find_a_pattern_needs_what_all_of_its_parts_need(source: str, ways: list[str]) -> None:
    read = {frozenset(way) for way in ways_of(source)}
    assert read == {frozenset(map(frozenset, way.split())) for way in ways}


@pytest.mark.parametrize(
    "source", ["牵?", r"\w+", "[^谁]", "谁|$", "(?i)ddl", "(?i:d)", r"(?!谁)", "(?:谁){0,2}", r"[\d谁]"]
)
def test_a_pattern_that_can_be_found_without_a_certain_character_is_always_searched_for(source: str) -> None:
    assert list(Sieve([source]).sift("甲")) == [0]


def test_what_a_sieve_keeps_stands_in_the_order_of_the_table() -> None:
    sieve = Sieve(["谁", "牵头", r"\d", "完成"])
    assert list(sieve.sift("谁牵头")) == [0, 1, 2]
    assert list(sieve.sift("")) == [2]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_shows_the_same_cues_as_when_all_are_searched_for(text: str) -> None:
    assert cues_of(text) == {name for name, one in {**PATTERNS, **REFUSALS}.items() if re.search(one, text)}


@pytest.mark.parametrize("text", QUESTIONS)
def test_sayings_are_rewritten_as_when_all_are_looked_for(text: str) -> None:
    rewritten = text
    for said, written in _TABLE:
        rewritten = re.sub(source_of(said), written, rewritten)
    assert in_common_words(text) == rewritten
