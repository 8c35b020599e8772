"""True positions of assignments whose printed numbers are damaged."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Place
from knowledge.parsing.found import Found
from knowledge.parsing.numbering import positioned
from knowledge.parsing.outline import value_of


def numbers(printed: Sequence[str], paths: Sequence[tuple[int, ...]] | None = None) -> tuple[list[str], list[str]]:
    found = [
        Found(f"事项{n}", Place(line=n), p, value_of(p) if p else None, path=paths[n] if paths else ())
        for n, p in enumerate(printed)
    ]
    placed, doubts = positioned(found)
    return [number for number, _ in placed], [d.code for d in doubts] + [d.code for _, f in placed for d in f.doubts]


def test_sound_numbers_stay() -> None:
    assert numbers(["1", "2", "3"]) == (["1", "2", "3"], [])


def test_a_lost_number_is_known_from_its_neighbours() -> None:
    assert numbers(["9", "10", ".", "12"]) == (["9", "10", "11", "12"], ["number-missing"])


def test_the_second_of_a_double_takes_the_free_place() -> None:
    assert numbers(["32", "33", "33", "35"]) == (["32", "33", "34", "35"], ["number-doubled"])


def test_a_double_without_a_free_place_keeps_its_number() -> None:
    assert numbers(["32", "33", "33", "34"]) == (["32", "33", "33", "34"], ["number-doubled"])


def test_a_telephone_number_in_the_place_of_a_number_leaves_no_billions_unprinted() -> None:
    printed = ["1", "2", "13900000000", "4"]
    assert numbers(printed) == (printed, ["number-order"])


def test_a_number_that_is_not_printed_is_told() -> None:
    assert numbers(["122", "124"]) == (["122", "124"], ["numbers-not-printed"])


def test_numbers_that_start_again_carry_their_section() -> None:
    assert numbers(["（一）", "（二）", "（一）"], [(1,), (1,), (2,)]) == (["1.1", "1.2", "2.1"], [])


def test_without_numbers_the_position_counts() -> None:
    assert numbers(["", "", ""]) == (["1", "2", "3"], [])
