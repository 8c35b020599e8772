"""Praise, quarrels, and a wish to hear it once more: short, polite, and never with an assignment that nobody asked for."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize("text", ["这个助手真没用", "你怎么这么笨", "这机器人一点用都没有", "答得不对", "乱说"])
def test_who_quarrels_is_answered_politely_and_with_no_assignment(text: str) -> None:
    outcome = ask("plan", text)
    assert outcome.answer is not None
    assert (outcome.answer.intent, numbers(outcome)) == ("smalltalk", [])
    assert outcome.text.startswith("抱歉")


def test_thanks_and_nothing_more() -> None:
    assert ask("plan", "多谢，没别的了").text.startswith("不客气")


@pytest.mark.parametrize("again", ["再说一遍", "麻烦你再发一次", "没看清"])
def test_the_last_answer_is_given_once_more(again: str) -> None:
    chat = Chat("plan")
    first = chat.says("南津大桥谁牵头")
    assert chat.says(again).text == first.text


def test_how_to_ask_for_more_time_is_told() -> None:
    outcome = ask("plan", "可以申请延期吗")
    assert outcome.answer is not None
    assert outcome.answer.intent == "help"
    assert "延期到" in outcome.text


@pytest.mark.parametrize(
    "text", ["今天热死了", "快点啊", "哦已经过了啊", "在线等", "电梯又坏了", "一起吃饭吧", "好吃吗"]
)
def test_what_is_said_in_passing_gets_no_assignment(text: str) -> None:
    chat = Chat("plan")
    chat.says("危房改造什么时候完成")
    outcome = chat.says(text)
    assert outcome.answer is not None
    assert (outcome.answer.intent, numbers(outcome)) == ("smalltalk", [])


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("各位早上好[太阳]", "您好"),
        ("对了，谢谢", "不客气"),
        ("辛苦啦，机器人", "不客气"),
        ("新年快乐，万事如意", "谢谢，也祝您愉快"),
        ("下雨了，大家路上慢点", ""),
        ("稍等，我在开会", "好的"),
        ("不好意思发错群了", ""),
        ("哈哈哈哈笑死", ""),
        ("拜拜，回聊", "再见"),
        ("讲个笑话", "这个我不在行"),
        ("那先这样，打扰了", "不客气"),
        ("你真是个好帮手", ""),
    ],
)
def test_what_people_say_to_each_other_gets_a_kind_word_and_no_request(text: str, begins: str) -> None:
    outcome = ask("plan", text)
    assert outcome.answer is not None
    assert (outcome.answer.intent, numbers(outcome)) == ("smalltalk", [])
    assert outcome.text.startswith(begins)
    assert len(outcome.text) <= 80


@pytest.mark.parametrize("text", ["知道了，回头我跟科长汇报", "明白，下午给您回话", "收到，我这边先对一遍"])
def test_who_says_what_he_will_do_next_has_taken_note(text: str) -> None:
    outcome = ask("plan", text)
    assert outcome.answer is not None
    assert (outcome.answer.intent, outcome.entries) == ("ack", ())


@pytest.mark.parametrize("text", ["下雨了谁来查隐患点", "早上好，社区食堂谁牵头", "真的假的，社区食堂是民政局牵头"])
def test_a_question_behind_a_kind_word_is_asked_all_the_same(text: str) -> None:
    outcome = ask("plan", text)
    assert outcome.answer is not None
    assert outcome.answer.intent != "smalltalk"
