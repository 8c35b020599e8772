"""Item numbers and codes as documents print them and as people type them."""

from __future__ import annotations

import pytest

from knowledge.model import Assignment, Place
from knowledge.question.itemnumbers import Numbers, asked_codes, asked_numbers, printed_value, without_codes

PRINTED = ("甲1", "乙3", "w-6", "hm-305", "1-3")


@pytest.mark.parametrize(
    ("said", "codes", "rest"),
    [
        ("乙3谁牵头", ("乙3",), " 谁牵头"),
        ("请问甲1的时限", ("甲1",), "请问 的时限"),
        ("w6和hm305谁负责", ("w-6", "hm-305"), " 和 谁负责"),
        ("w-6项什么时候完成", ("w-6",), " 什么时候完成"),
        ("1-3谁牵头", ("1-3",), " 谁牵头"),
        ("13谁牵头", (), "13谁牵头"),
        ("甲2谁牵头", (), "甲2谁牵头"),
    ],
)
def test_a_printed_code_is_known_with_or_without_its_dash(said: str, codes: tuple[str, ...], rest: str) -> None:
    assert asked_codes(said, lambda: frozenset(PRINTED)) == codes
    assert without_codes(said, codes) == rest


def test_a_stem_before_a_number_is_part_of_it() -> None:
    assert [printed_value(one) for one in ("甲1", "乙 1", "（十一）", "W-6")] == ["甲1", "乙1", "11", "w-6"]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("第2项到第5项谁牵头", "2 3 4 5"),
        ("第六条至第八条讲什么", "6 7 8"),
        ("第8项和第7项的责任单位", "8 7"),
        ("301到哪一步了", "301"),
        ("12呢", "12"),
        ("305进展", "305"),
        ("第15 16 项谁牵头", "15 16"),
        ("第五第六项啥时候", "5 6"),
    ],
)
def test_numbers_as_they_are_typed(said: str, numbers: str) -> None:
    assert asked_numbers(said) == tuple(numbers.split())


def test_dotted_numbers_that_are_named_together() -> None:
    assert asked_codes("2.5和2.6谁牵头", lambda: frozenset({"2.5", "2.6"})) == ("2.5", "2.6")


def test_a_number_that_no_code_tells_is_a_place_where_all_rows_are_called_by_codes() -> None:
    coded = Numbers.of(tuple(_row(number) for number in ("J007", "J010", "J013")))
    assert [one.number for one in coded.at("3")] == ["J013"]
    assert [one.number for one in coded.at("10")] == ["J010"]
    assert coded.at("4") == []
    plainly = Numbers.of(tuple(_row(number) for number in ("1", "2", "9")))
    assert plainly.at("3") == []


def _row(number: str) -> Assignment:
    return Assignment(f"d-{number}", "d", number, number, (), "修缮步道", "修缮步道", Place(line=1))
