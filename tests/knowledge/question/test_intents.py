"""What a sentence wants, by the words that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.question.beside import asks_for_duty, beside
from knowledge.question.courtesies import is_acknowledgement, is_smalltalk
from knowledge.question.cues import PATTERNS, REFUSALS, cues_of, pattern
from knowledge.question.intents import intent_of
from knowledge.question.query import Intent
from knowledge.question.sayings import in_common_words
from knowledge.question.signs import Signs
from tests.properties import examples


def read(text: str, **signs: bool) -> Intent:
    return intent_of(Signs(text, cues_of(text), **signs))


@pytest.mark.parametrize(
    ("text", "signs", "intent"),
    [
        ("校车安全由谁牵头", {"bare": False}, Intent.LEAD),
        ("校车安全责任单位有哪些", {"bare": False}, Intent.RESPONSIBLE),
        ("校车安全最晚什么时候", {"bare": False}, Intent.DEADLINE),
        ("教育局要干啥", {"unit": True}, Intent.UNIT_TASKS),
        ("教育局牵头几项", {"unit": True}, Intent.COUNT),
        ("下周到期的有哪些", {"span": True}, Intent.DUE),
        ("教育局下周有什么要交的", {"span": True, "unit": True}, Intent.DUE),
        ("第3项是什么", {"number": True}, Intent.DETAIL),
        ("校车安全办得怎么样了", {"bare": False}, Intent.PROGRESS),
        ("第3项做完没", {"number": True}, Intent.PROGRESS),
        ("古桥修缮完工没，灯装了吗", {"bare": False}, Intent.PROGRESS),
        ("路灯装了多少盏了", {"bare": False}, Intent.PROGRESS),
        ("灯会筹备得怎么样", {"bare": False}, Intent.PROGRESS),
        ("第3项退回的理由是啥", {"number": True}, Intent.PROGRESS),
        ("文旅局还差哪几项", {"unit": True, "bare": True}, Intent.PROGRESS),
        ("文旅局牵头的现在什么状态", {"unit": True, "bare": True}, Intent.PROGRESS),
        ("第3项已完成", {"number": True}, Intent.REPORT),
        ("校车办法完成80%", {"bare": False}, Intent.REPORT),
        ("刚才报错了，第3项还没完", {"number": True}, Intent.REPORT),
        ("有哪些已经逾期", {}, Intent.OVERDUE),
        ("过了期还没弄的", {}, Intent.OVERDUE),
        ("对口帮扶找哪家联系", {}, Intent.LEAD),
        ("拖欠账款归谁管", {"bare": False}, Intent.LEAD),
        ("没写牵头单位的有哪些", {}, Intent.COUNT),
        ("给我一份本周汇总", {"span": True}, Intent.SUMMARY),
        ("排名垫底的是哪几家", {}, Intent.SUMMARY),
        ("有哪些文件", {"document": True}, Intent.DOCUMENTS),
        ("文号是多少", {"document": True}, Intent.DOCUMENTS),
        ("怎么用", {}, Intent.HELP),
        ("好的收到", {}, Intent.ACK),
        ("谢谢啦", {}, Intent.SMALLTALK),
        ("把所有任务都标成已完成", {}, Intent.UNANSWERABLE),
    ],
)
def test_intent(text: str, signs: dict[str, bool], intent: Intent) -> None:
    assert read(text, **signs) is intent


def test_a_bare_one_is_a_receipt_only_after_a_reminder() -> None:
    assert is_acknowledgement("1", reminded=True)
    assert not is_acknowledgement("1", reminded=False)


def test_thanks_with_a_question_in_it_is_no_small_talk() -> None:
    assert is_smalltalk("谢谢各位，辛苦了[玫瑰]")
    assert not is_smalltalk("谢谢，校车安全谁牵头")


@settings(deadline=None, max_examples=examples(60))
@given(st.text(alphabet="谁牵头什么时候完成第三项删了吗财政局7月底前，？ abcd%[]", max_size=30))
def test_whatever_is_typed_has_an_intent(text: str) -> None:
    assert read(text) in Intent


def test_every_cue_is_a_pattern() -> None:
    assert all(pattern(name).pattern for name in (*PATTERNS, *REFUSALS))


@pytest.mark.parametrize(
    "text",
    [
        *("升降机到期没人验，找谁", "水表换新的，找哪家", "农用车改了拉人，谁罚", "一个月能多拿几个，哪家定"),
        *("哪条街归哪个所管谁公布", "哪些人领了寒衣补贴谁张榜", "哪家工地欠薪谁往网上挂", "哪些矿要查谁先说"),
    ],
)
def test_a_trouble_told_and_then_asked_who_sees_to_it_asks_for_a_duty(text: str) -> None:
    assert asks_for_duty(text)


@pytest.mark.parametrize("text", ["村口路灯老不亮找哪", "老屋漏雨该找哪个", "渠坝塌了得去找哪里？"])
def test_where_to_turn_with_a_trouble_asks_which_body(text: str) -> None:
    assert "找哪家" in in_common_words(text)
    assert in_common_words("找哪里") == "找哪里"


def test_how_quickly_something_must_be_done_asks_for_its_limit() -> None:
    assert in_common_words("隐患得多快报上去") == "隐患多久报上去"
    assert in_common_words("网速多快算达标") == "网速多快算达标"


def test_a_number_in_the_subject_asks_for_no_count_where_the_leader_is_asked_for() -> None:
    assert read("三四个热线并成一个，几个号码都算上谁牵头") is Intent.LEAD
    assert read("谁牵头的有几项") is Intent.COUNT


@pytest.mark.parametrize("text", ["落户要跑几趟", "公积金要几天到账", "工钱哪天打给我"])
def test_how_it_goes_with_ones_own_errand_is_beside_a_plan(text: str) -> None:
    assert beside(text, Intent.DEADLINE, who=False, pointed=False) == "clock"


@pytest.mark.parametrize("text", ["食堂卫生不好，谁举报的", "改造好了，谁能领钱", "评优结果出来了，谁排第一"])
def test_who_reported_gets_or_comes_first_is_no_duty(text: str) -> None:
    assert not asks_for_duty(text)
