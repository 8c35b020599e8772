"""How characters sound and how pinyin is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.phonetic import cuts, flatten, readings, syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [("新", "兴"), ("责", "则"), ("牛", "刘"), ("张", "赞"), ("实", "四"), ("英", "因"), ("长", "昌"), ("成", "曾")],
)
def test_characters_that_keyboards_and_dialects_confuse_sound_alike(one: str, other: str) -> None:
    assert set(readings(one)) & set(readings(other))


@pytest.mark.parametrize(("one", "other"), [("财", "政"), ("东", "西"), ("木", "火"), ("东", "丹")])
def test_characters_of_other_sounds_do_not(one: str, other: str) -> None:
    assert not set(readings(one)) & set(readings(other))


def test_a_character_with_several_readings_has_them_all() -> None:
    assert {"xin", "han"} <= set(readings("行"))
    assert {"zan", "can"} <= set(readings("长"))


def test_a_letter_has_no_sound() -> None:
    assert readings("a") == ()


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("tongjiju", ("tong", "ji", "ju")),
        ("dian", ("dian",)),
        ("zhengwugongkai", ("zheng", "wu", "gong", "kai")),
        ("lvxing", ("lv", "xing")),
        ("lüxing", ("lü", "xing")),
    ],
)
def test_a_typed_word_is_cut_into_the_fewest_syllables(word: str, first: tuple[str, ...]) -> None:
    assert cuts(word)[0] == first


def test_a_word_that_can_be_cut_in_two_ways_keeps_both() -> None:
    assert {("fang", "an"), ("fan", "gan")} <= set(cuts("fangan"))
    assert {("xian",), ("xi", "an")} <= set(cuts("xian"))


@pytest.mark.parametrize("word", ["ipv", "hello", "ppp", "www", "x"])
def test_other_letters_are_no_pinyin(word: str) -> None:
    assert cuts(word) == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(syllables())), min_size=1, max_size=6))
def test_syllables_typed_together_can_be_cut_again(sounds: list[str]) -> None:
    assert any("".join(way) == "".join(sounds) for way in cuts("".join(sounds)))


@settings(deadline=None)
@given(st.sampled_from(sorted(syllables())))
def test_flattening_twice_changes_nothing_more(sound: str) -> None:
    assert flatten(flatten(sound)) == flatten(sound)
