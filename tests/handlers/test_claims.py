"""What a question claims is confirmed or put right, in its first words."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("text", "number", "verdict"),
    [
        ("农村危房改造是11月20号完成吧", "7", "是的。"),
        ("农村危房改造是10月底完成对吧", "7", "不是。"),
        ("竹制品检测中心应该是9月底完成吗", "2", "是的。"),
        ("社区食堂是年底前完成没错吧", "6", "不是。"),
    ],
)
def test_a_day_that_is_claimed(text: str, number: str, verdict: str) -> None:
    outcome = ask("plan", text)
    assert numbers(outcome) == [number]
    assert outcome.text.startswith(verdict)
    assert "时限：" in outcome.text


def test_a_day_is_claimed_of_what_was_named_last() -> None:
    chat = Chat("plan")
    chat.says("危房改造谁牵头")
    outcome = chat.says("是8月底对吧")
    assert numbers(outcome) == ["7"]
    assert outcome.text.startswith("不是。")


def test_a_list_of_a_window_is_no_claim() -> None:
    outcome = ask("plan", "9月10日前要完成的是哪些")
    assert outcome.answer is not None
    assert outcome.answer.intent == "due"


def test_who_leads_with_another_does_not_lead_alone() -> None:
    assert ask("plan", "南津大桥是市交通运输局单独牵头的吧").text.startswith("是的")
    assert ask("rectify", "老港雨污管网排查是区住房建设局一家负责吗").text.startswith("不只是区住房建设局。")
