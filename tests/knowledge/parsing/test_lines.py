"""Letters between the characters, torn characters, and unit names in Taiwan wording."""

from __future__ import annotations

from knowledge.model import Block, Place
from knowledge.parsing.lines import cleared, lines_of, unblanked
from knowledge.parsing.torn import mended_bytes


def test_readings_in_brackets_go_before_the_text_is_simplified() -> None:
    assert cleared("市財政局負責(zé)實(shí)施政務(wù)公開") == "市财政局负责实施政务公开"


def test_an_ordinary_bracket_of_letters_stays() -> None:
    assert cleared("政府和社会资本合作(PPP)项目") == "政府和社会资本合作(PPP)项目"


def test_a_unit_that_taiwan_wording_renames_gets_its_own_name_back() -> None:
    assert cleared("由市資料局負責") == "由市数据局负责"
    assert cleared("保存背景資料") == "保存背景资料"


def test_a_character_torn_by_a_reading_is_put_together_from_its_bytes() -> None:
    assert mended_bytes("受理?xiàng)l件、辦理") == "受理條件、辦理"


def test_what_is_not_torn_stays() -> None:
    assert mended_bytes("是否办结?(见附件)") == "是否办结?(见附件)"


def test_blanks_beside_characters_are_damage_and_between_words_are_not() -> None:
    assert unblanked("2017 年 11 月 底前 完成 APP  and web") == "2017年11月底前完成APP and web"


def test_blank_blocks_make_no_lines() -> None:
    assert [line.text for line in lines_of([Block(" ", Place(line=1)), Block("甲", Place(line=2))])] == ["甲"]
