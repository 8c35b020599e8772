"""How much a plan aims at: told where the row counts what is asked for, declined where it counts something else."""

from __future__ import annotations

import pytest

from handlers.figures import figure_held

SHEEP = "做好养羊大户服务，能繁母羊存栏1.4万只，全年出栏9万只以上。"
ROADS = "改造县乡公路86公里，实施安防工程120公里。"


@pytest.mark.parametrize("text", ["今年肉羊要出栏多少只", "羊打算出栏几万只", "今年要养多少头羊"])
def test_what_is_aimed_at_is_held_by_a_row_that_counts_in_that_measure(text: str) -> None:
    assert figure_held(text, SHEEP, 0.4)


@pytest.mark.parametrize("text", ["今年要改造多少户", "公路要建几座桥"])
def test_kilometres_are_no_answer_to_how_many_households_or_bridges(text: str) -> None:
    assert not figure_held(text, ROADS, 0.0)


def test_a_share_is_asked_for_in_many_words() -> None:
    text = "评估结果纳入考核，分值权重不低于4%。"
    for asked in ("评估在考核里占多大分量", "评估最少占几个点", "评估占多少分"):
        assert figure_held(asked, text, 0.2), asked
        assert not figure_held(asked, ROADS, 0.0), asked


def test_how_many_are_to_come_out_of_it_is_aimed_at_and_how_many_came_out_is_past() -> None:
    text = "培训养老护理员300人次，曝光典型案例不少于8起。"
    assert figure_held("今年要教出来多少人次", text, 0.3)
    assert not figure_held("去年教出来多少人次", text, 0.0)
    assert figure_held("典型至少要晒几个", text, 0.2)
