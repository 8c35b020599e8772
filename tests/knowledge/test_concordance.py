"""字词索引: where words stand in lines, whether these are read through or looked up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.concordance import OFTEN, Concordance

LINES = ("看病难", "看病贵 药费高", "", "天天天", "修路")


def test_words_are_found_in_each_line_that_holds_them_once() -> None:
    where = Concordance(LINES)
    assert [list(where.lines_with(words)) for words in ("看病", "天天", "药费高", "病贵", "路灯")] == [
        [0, 1], [3], [1], [1], [],
    ]  # fmt: skip
    assert where[3] == "天天天"


@given(st.lists(st.text("看病修路天 ", max_size=6), max_size=8), st.text("看病修路天", min_size=1, max_size=4))
def test_who_asks_often_is_told_the_same_as_who_asks_for_the_first_time(lines: list[str], words: str) -> None:
    fresh, asked = Concordance(lines), Concordance(lines)
    for number in range(OFTEN):
        asked.lines_with(f"无{number}")
    assert list(asked.lines_with(words)) == list(fresh.lines_with(words))
    assert list(fresh.lines_with(words)) == [at for at, line in enumerate(lines) if words in line]
