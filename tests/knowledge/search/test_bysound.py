"""Spoken phrases by how they sound."""

from __future__ import annotations

from knowledge.search.bysound import PhraseSounds

PHRASES = {
    "看病": ("医疗保障",),
    "看并": ("并联审批",),
    "银行取钱": ("现金服务",),
    "修": ("维修",),
    "没有谁管这个": ("无主管理",),
}


def test_phrases_are_found_by_their_flattened_syllables_in_the_order_in_which_they_stand() -> None:
    sounds = PhraseSounds(PHRASES)
    assert sounds.meant(("kan", "bin")) == ("医疗保障", "并联审批")
    assert sounds.meant(("kan",) * 2) == ()


def test_a_character_of_several_readings_is_found_by_each() -> None:
    assert PhraseSounds(PHRASES).meant(("yin", "han", "qu", "qian")) == ("现金服务",)
    assert PhraseSounds(PHRASES).meant(("yin", "xin", "qu", "qian")) == ("现金服务",)


def test_phrases_too_short_or_too_long_to_be_told_by_their_sound_are_not_found() -> None:
    assert PhraseSounds(PHRASES).meant(("mei", "you", "sui", "guan", "ze", "ge")) == ()
