"""How much a plan aims at: told where the row counts what is asked for, declined where it counts something else."""

from __future__ import annotations

import pytest

from handlers.figures import figure_held

PIGS = "稳定生猪生产，能繁母猪保有量不少于1.1万头，全年出栏20万头以上。"
ROADS = "改造县乡公路86公里，实施安防工程120公里。"


@pytest.mark.parametrize("text", ["今年生猪要出栏多少头", "猪打算出栏几万头", "今年要养多少只猪"])
def test_what_is_aimed_at_is_held_by_a_row_that_counts_in_that_measure(text: str) -> None:
    assert figure_held(text, PIGS, 0.4)


@pytest.mark.parametrize("text", ["今年要改造多少户", "公路要建几座桥"])
def test_kilometres_are_no_answer_to_how_many_households_or_bridges(text: str) -> None:
    assert not figure_held(text, ROADS, 0.0)
