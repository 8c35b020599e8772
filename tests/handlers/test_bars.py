"""When the next likeliest is told beside the likeliest."""

from __future__ import annotations

import pytest

from handlers.bars import answers, answers_among
from knowledge.question.query import Intent, Query
from knowledge.search import Hit

ASKED = Query(Intent.LEAD, "脏水接串了谁管", topics=("脏水接串了",))


def hit(key: str, confidence: float, score: float, left_open: bool = False) -> Hit:
    """Found by everyday words alone, which may leave it open which row is meant."""
    return Hit(key, confidence, score, 0.1, True, True, left_open, (), (), among=0.9)


@pytest.mark.parametrize(
    ("score", "beside"),
    [(0.80, True), (0.70, True), (0.62, False), (0.50, False)],
)
def test_a_row_that_covers_much_less_is_no_rival_however_likely(score: float, beside: bool) -> None:
    hits = [hit("1", 0.98, 0.85), hit("2", 0.9, score)]
    assert answers(hits, ASKED)
    assert answers_among(hits, ASKED) is beside


def test_an_unlikely_row_is_no_rival_however_much_it_covers() -> None:
    assert not answers_among([hit("1", 0.98, 0.85), hit("2", 0.3, 0.8)], ASKED)


@pytest.mark.parametrize(
    ("sure", "score", "alone"),
    [(0.6, 0.3, True), (0.6, 0.5, False), (0.9, 0.5, True), (0.5, 0.3, False)],
)
def test_left_open_the_likeliest_is_told_alone_if_it_is_likelier_or_the_next_covers_much_less(
    sure: float, score: float, alone: bool
) -> None:
    hits = [hit("1", sure, 0.55, left_open=True), hit("2", 0.2, score, left_open=True)]
    assert answers(hits, ASKED) is alone
    assert answers_among(hits, ASKED) is not alone
