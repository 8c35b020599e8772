"""What an answer means: at a terminal plain words belong in the doubted place, in a chat they are no answer."""

from __future__ import annotations

import pytest

from knowledge.model import Doubt, Place
from knowledge.review import Review, Verb
from knowledge.review.heard import Wish, clean
from tests.knowledge.review.plans import hears, inherited, lead, plan, row

DOUBTED = Review(
    plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)), row(2, "公开决算", lead("县财政局")))
)
NAMED = Review(
    plan(row(1, "公开规划", lead("县发改"), doubts=(Doubt("unit-form", "“县发改”不像", Place(line=11), "县发改"),)))
)


@pytest.mark.parametrize("answer", ["1", "１", "①", "是", "对的", "好", "照此登记", "OK", "选1", "第1个"])
def test_many_words_accept_a_reading(answer: str) -> None:
    ruling = hears(DOUBTED, answer, bare=False).ruling
    assert ruling is not None
    assert ruling.verb is Verb.ACCEPTED


@pytest.mark.parametrize(
    ("answer", "wish"),
    [("返回", Wish.BACK), ("上一处", Wish.BACK), ("停", Wish.STOP), ("停下", Wish.STOP), ("入册", Wish.FILE),
     ("原文", Wish.SHOW), ("看原文", Wish.SHOW), ("?", Wish.HELP), ("？", Wish.HELP)],
)  # fmt: skip
def test_a_person_can_go_back_stop_look_and_ask(answer: str, wish: Wish) -> None:
    assert hears(DOUBTED, answer, bare=False).wish is wish


@pytest.mark.parametrize(
    "answer", ["改成县审计局", "改为：县审计局", "应该是县审计局", "牵头 县审计局", "牵头单位：县审计局"]
)
def test_in_a_chat_a_correction_says_that_it_is_one(answer: str) -> None:
    ruling = hears(DOUBTED, answer, bare=False).ruling
    assert ruling is not None
    assert ruling.corrections[0].new == "县审计局"


@pytest.mark.parametrize(
    "answer", ["", "县审计局", "扶贫信息谁牵头", "牵头单位是谁？", "时限是什么时候", "第1项什么时候完成", "谢谢"]
)
def test_in_a_chat_everything_else_is_no_answer(answer: str) -> None:
    assert hears(DOUBTED, answer, bare=False).wish is Wish.OTHER


def test_an_empty_line_accepts_at_a_terminal() -> None:
    ruling = hears(DOUBTED, "  ").ruling
    assert ruling is not None
    assert ruling.verb is Verb.ACCEPTED


@pytest.mark.parametrize(
    "answer", ["就是县发展和改革委员会", "县发改就是县发展和改革委员会", "是县发展和改革委员会的简称"]
)
def test_a_short_name_is_learned_when_it_is_called_one(answer: str) -> None:
    ruling = hears(NAMED, answer).ruling
    assert ruling is not None
    assert ruling.lesson is not None
    assert (ruling.lesson.words, ruling.lesson.meaning) == ("县发改", "县发展和改革委员会")


def test_a_misprint_that_is_corrected_teaches_nothing() -> None:
    ruling = hears(NAMED, "改成县发展和改革委员会").ruling
    assert ruling is not None
    assert ruling.lesson is None


def test_what_is_typed_is_cleaned_before_it_is_read() -> None:
    assert clean(" 县\x1b[31m审计\u202e局\n\ud800\x00  ") == "县[31m审计局"
    assert hears(DOUBTED, "县审计局" * 2000).slug == "too-long"
    assert hears(DOUBTED, "、".join(f"县第{n}中学" for n in range(100))).slug == "too-long"
