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
