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
