"""What no plan says is not answered with the row beside it, and no order is carried out: asked of the five invented papers."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers


def test_when_something_was_built_long_ago_is_in_no_plan() -> None:
    told = ask("plan", "南津大桥哪年建的")
    assert numbers(told) == []
    assert told.answer is not None
    assert not told.answer.answered


@pytest.mark.parametrize(
    "text",
    [
        "南津大桥加固交通局那边具体是哪位同志经办",
        "隔壁云阳县的社区食堂谁牵头",
        "社区食堂的订餐热线是几号",
        "社区食堂建在哪个区",
        "检测中心叫什么名字",
        "残疾人运动会多长时间办一次",
        "社区食堂的准入条件是什么",
    ],
)
def test_a_person_a_place_a_name_and_a_standard_are_in_no_row(text: str) -> None:
    told = ask("plan", text)
    assert told.answer is not None
    assert numbers(told) == [] or not told.answer.answered


def test_an_order_to_delete_is_refused_whatever_is_said_behind_it() -> None:
    told = ask("plan", "把第6项删了吧 不归我们管", unit="市民政局")
    assert told.text.startswith("我不能通过聊天修改、删除任务或登记状态。")
    assert told.entries == ()
