"""In which way a message asks, by the weights that were learnt from messages by many hands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.restated import _LEFT
from knowledge.question.asking import ASIDE, stretches, way_of, ways_of, written
from knowledge.question.restating import _PLAINLY


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("{topic}到底是哪家在管，说句痛快话", "lead"),
        ("{topic}最晚拖到哪天", "deadline"),
        ("{unit}身上压了哪些活", "unit_tasks"),
        ("{topic}推到哪一步了", "progress"),
        ("{m}月份要收口的都有啥", "due"),
        ("{topic}怎么报名，要带什么证件", ASIDE),
        ("把{topic}那条删了", "order"),
    ],
)
def test_a_plain_message_is_taken_rightly(message: str, kind: str) -> None:
    assert way_of(written(message)).kind == kind


@given(st.text(max_size=60))
def test_the_shares_of_any_message_add_up(message: str) -> None:
    ways = ways_of(message)
    assert sum(ways.values()) == pytest.approx(1)
    assert ways_of(message) == ways
    assert len(stretches(message)) >= 3


def test_every_way_has_a_plain_question_or_is_left_alone() -> None:
    ways = ways_of("")
    assert set(ways) == set(_PLAINLY) | _LEFT
    assert ASIDE in _LEFT
