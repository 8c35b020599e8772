"""What a plan lays down is asked for, and what the asker does or gets himself."""

from __future__ import annotations

import pytest

from knowledge.question.required import asks_aimed, asks_required


@pytest.mark.parametrize(
    "text",
    ["老厂房要咋收拾", "堆场得怎么遮盖", "养护要做到啥样", "喷漆让换成啥", "这块今年有啥要求", "打算怎么个治法"],
)
def test_how_and_how_far_a_plan_wants_something_is_a_requirement(text: str) -> None:
    assert asks_required(text)


@pytest.mark.parametrize("text", ["危房补助要怎么申请", "我要咋报名", "提取得怎么办理", "需要怎么样", "路修到啥程度了"])
def test_how_somebody_gets_something_for_himself_is_none(text: str) -> None:
    assert not asks_required(text)


@pytest.mark.parametrize(
    ("text", "aimed"), [("今年要改多少户", True), ("打算盖几个点", True), ("我自己要掏多少", False)]
)
def test_a_figure_is_aimed_at_or_somebodys_own(text: str, aimed: bool) -> None:
    assert asks_aimed(text) is aimed
