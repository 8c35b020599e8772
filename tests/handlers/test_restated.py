"""Messages that no table of phrases has: taken for the plain question that they are like, or left alone; of the invented papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("text", "intent", "right"),
    [
        ("老领导问起农村危房改造，问是哪家在弄这摊事，我答不上来", "lead", ["7"]),
        ("农村危房改造最后收口收到哪天算数", "deadline", ["7"]),
        ("农村危房改造到现在搞成什么样子了嘛", "progress_query", ["7"]),
        ("凡是跟民政局沾上的，一条一条摆出来给我瞧", "unit_tasks", ["6", "7"]),
    ],
)
def test_what_is_asked_in_words_of_ones_own_is_understood(text: str, intent: str, right: list[str]) -> None:
    told = ask("plan", text)
    assert (told.answer.intent, [one for one in numbers(told) if one != "正文"]) == (intent, right)


def test_what_a_message_was_taken_for_is_said_below_the_answer() -> None:
    told = ask("plan", "农村危房改造到现在搞成什么样子了嘛").text.splitlines()
    assert told[-1] == "（按“农村危房改造进展怎么样”理解的；不对请换个说法。）"
    assert len(told) <= 6
    assert ask("plan", "哪些活儿到点了还趴着没动").answer.intent == "overdue"


@pytest.mark.parametrize(
    "text",
    [
        "危房改造补助打到哪张卡上，要带什么证",
        "社区食堂招不招厨师，一个月开多少钱",
        "南津大桥加固是哪家施工队干的",
        "水库除险加固方案谁来批",
        "民政局有多少干部",
        "把危房改造那条给我抹了",
        "今天食堂吃啥",
    ],
)
def test_what_no_plan_tells_is_taken_for_nothing_else(text: str) -> None:
    assert not numbers(ask("plan", text))


@pytest.mark.parametrize("text", ["农村危房改造房主几年内不能转卖", "农村危房改造鉴定报告几天能拿到手"])
def test_a_stretch_of_time_that_no_plan_sets_is_not_answered_by_its_date(text: str) -> None:
    told = ask("plan", text)
    assert not told.answer.answered
    assert "农村危房改造" in told.text
    assert ask("plan", "农村危房改造几月底前干完").answer.answered


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("财政局跟着干的有哪几条", "财政局有份但不牵头的有哪些"),
        ("财政局给别人打下手的活有哪些", "财政局有份但不牵头的有哪些"),
        ("财政局自己挑头的一样一样报给我", "财政局牵头的有哪些"),
    ],
)
def test_the_role_of_a_unit_is_taken_from_the_whole_message(text: str, right: str) -> None:
    assert numbers(ask("plan", text)) == numbers(ask("plan", right)) != []


def test_what_is_asked_of_one_unit_alone_is_not_widened() -> None:
    assert ask("rectify", "区住房建设局单独牵头的有几项").answer.count == 0
    assert ask("rectify", "区住房建设局牵头几项").answer.count == 2


def test_nothing_is_reported_by_likeness() -> None:
    told = ask("plan", "农村危房改造可以画句号了", role="liaison", unit="市住房和城乡建设局")
    assert not told.entries


def test_in_the_middle_of_a_conversation_a_message_leans_on_it_and_on_nothing_else() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    assert "理解的" not in chat.says("那可咋整").text


def test_what_sounds_like_a_report_without_a_state_is_asked_back() -> None:
    told = ask("plan", "农村危房改造那摊子收拾利索了", role="liaison", unit="市住房和城乡建设局")
    assert not told.entries
    assert told.text.startswith("听上去是报第7项“改造农村危房420户，逐户建立档案。”的进展，没有登记。请说“第7项已完成”")


def test_a_report_is_of_what_stands_in_the_item_whatever_is_said_around_it() -> None:
    told = ask(
        "plan",
        "我是民政局的联络员小周，社区食堂15个昨天全部建成了",
        role="liaison",
        unit="市民政局",
        today=date(2025, 10, 9),
    )
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-6", "done")]
