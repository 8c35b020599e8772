"""Tables in the terminal: Chinese widths, whole figures, no stop at the beginning of a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.columns import columns
from bot.commands.ruled import Words, paragraph, ruled, wrapped

TEXT = st.text(alphabet="公开预算，。（）“12.5%ab \n\x1b", max_size=40)


def lines(text: str, width: int) -> list[str]:
    return ["".join(one.text for one in line) for line in wrapped([Words(text)], width)]


def test_a_line_neither_begins_with_a_stop_nor_ends_with_an_opening_mark() -> None:
    assert lines("公开预算决算。公布", 12) == ["公开预算决", "算。公布"]
    assert lines("公开预算决（试行）", 12) == ["公开预算决", "（试行）"]


def test_figures_stay_whole() -> None:
    assert lines("完成投资1234.5万元", 12) == ["完成投资", "1234.5万元"]


def test_a_table_is_as_wide_as_it_says() -> None:
    rows = [
        [[Words("去年")], [Words("今年")]],
        [[Words("公开部门预算和决算。")], [Words("公开"), Words("【预算】", "green")]],
    ]
    table = list(ruled(rows, [10, 8], colours=False))
    assert {columns(line) for line in table} == {10 + 8 + 7}
    assert table[3] == "| 公开部门预 | 公开【预 |"


def test_what_would_steer_a_terminal_is_left_out() -> None:
    assert lines("公开\x1b[31m预算\u202e", 30) == ["公开[31m预算"]


@given(TEXT, st.integers(8, 30))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found) == text.replace("\n", "").replace("\x1b", "")
    assert all(columns(line) <= width + 6 for line in found)


@given(TEXT, st.integers(20, 40))
def test_a_paragraph_keeps_every_word(text: str, width: int) -> None:
    told = "".join(line.strip() for line in paragraph(text, width, 2))
    assert told.replace(" ", "") == "".join(text.split()).replace("\x1b", "")
