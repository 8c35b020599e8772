"""The matching of greatest gain is the one that trying everything finds."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.comparison.matching import matched

GAINS = st.lists(
    st.dictionaries(st.integers(0, 4), st.integers(1, 99).map(lambda tenths: tenths / 10), max_size=5), max_size=5
)


def gain(gains: list[dict[int, float]], chosen: dict[int, int]) -> float:
    return sum(gains[row][column] for row, column in chosen.items())


@given(GAINS)
def test_no_other_matching_gains_more(gains: list[dict[int, float]]) -> None:
    found = matched(gains)
    assert len(set(found.values())) == len(found)
    best = max(
        sum(gains[row].get(column, 0.0) for row, column in enumerate(order[: len(gains)]))
        for order in permutations(range(5))
    )
    assert gain(gains, found) == pytest.approx(best)


def test_a_row_gives_way_where_all_gain_by_it() -> None:
    assert matched([{0: 5.0, 1: 4.0}, {0: 5.0}]) == {0: 1, 1: 0}


def test_nothing_to_match_is_nothing() -> None:
    assert matched([]) == {}
    assert matched([{}, {}]) == {}
