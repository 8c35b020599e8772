"""Whether a requirement itself names the place that is asked for."""

from __future__ import annotations

import pytest

from handlers.wherein import names_place
from tests.handlers.test_clerks import ask


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("检查结果往哪个网站挂", "检查结果通过市政务服务平台向社会公示", True),
        ("检查结果往哪个网站挂", "检查结果向社会公示", False),
        ("示范段安排在哪几个镇", "在白石镇、清溪镇各建示范段2公里", True),
        ("示范段安排在哪几个镇", "各乡镇各建示范段2公里", False),
        ("幼儿园建在哪条路上", "新建县第三幼儿园，新增学位360个", False),
        ("先修哪条路", "先修柳荫路、松林街", True),
        ("先修哪条路", "改造农村公路和断头路", False),
        ("垫底的是哪个县区", "每年公布最好和最差的县区名单", False),
        ("什么时候公布", "在市政府门户网站公布", False),
    ],
)
def test_only_a_place_of_the_kind_that_is_asked_for_is_named(question: str, text: str, named: bool) -> None:
    assert names_place(question, text) is named


def test_a_road_that_the_row_names_is_told_and_a_place_that_it_does_not_name_is_not() -> None:
    told = ask("ledger", "断头路先打通哪条路")
    assert told.answer is not None
    assert told.answer.assignments == ("ledger-2.1",)
    untold = ask("plan", "社区食堂建在哪几个乡镇")
    assert untold.answer is not None
    assert not untold.answer.answered
