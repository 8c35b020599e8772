"""What an answer means: at a terminal plain words belong in the doubted place, in a chat they are no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge import deadlines
from knowledge.model import Doubt, Place
from knowledge.review import Review, Verb
from knowledge.review.correction import corrected
from knowledge.review.heard import Wish, clean
from tests.knowledge.review.plans import ISSUED, hears, inherited, lead, plan, row

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


_STAGES = ("一季度：完成招标", "三季度：铺设管道8公里", "四季度：全线通水")
STAGED = Review(
    plan(
        row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)),
        replace(
            row(2, "更新供水管网。", lead("县住建局")),
            deadlines=tuple(deadlines.milestone(one, ISSUED, 2026) for one in _STAGES),
        ),
    )
)


@pytest.mark.parametrize(
    "answer", ["第2项 时限 8月底前", "第2项时限改为8月底前", "第2项完成时限改成8月底前", "第2项二季度的时限改为8月底前"]
)
def test_which_of_several_time_limits_is_meant_is_asked(answer: str) -> None:
    found = hears(STAGED, answer, bare=False)
    assert (found.wish, found.slug) == (Wish.UNCLEAR, "which-slot")
    assert found.words == "；".join(_STAGES)


@pytest.mark.parametrize(
    "answer",
    ["第2项三季度的时限改为8月底前", "第2项 第三季度时限 8月底前", "第2项：铺设管道的完成时限改成8月底前"],
)
def test_one_of_several_time_limits_is_changed_by_its_name_and_keeps_what_is_to_be_reached(answer: str) -> None:
    ruling = hears(STAGED, answer, bare=False).ruling
    assert ruling is not None
    (one,) = ruling.corrections
    assert (one.old, one.new) == ("三季度：铺设管道8公里", "8月底前：铺设管道8公里")
    changed = corrected(STAGED.draft, ruling.corrections).assignments[1].deadlines
    assert [part.due and part.due.isoformat() for part in changed] == ["2026-03-31", "2026-08-31", "2026-12-31"]


def test_a_question_about_one_of_several_time_limits_is_no_answer() -> None:
    assert hears(STAGED, "第2项三季度的时限是什么时候", bare=False).wish is Wish.OTHER
