"""Item numbers and codes as documents print them and as people type them."""

from __future__ import annotations

import pytest

from knowledge.question.itemnumbers import asked_codes, printed_value, without_codes

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
