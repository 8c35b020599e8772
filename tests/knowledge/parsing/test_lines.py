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


def read(*lines: str) -> list[str]:
    return [line.text for line in lines_of([Block(text, Place(line=n)) for n, text in enumerate(lines, 1)])]


def test_a_name_keeps_its_characters_in_a_text_that_is_written_simplified() -> None:
    lines = ["濛水县河道治理任务", "濛水海关、於潜镇修缮徵君桥护栏", "濛水海关"]
    assert read(*lines) == lines


def test_a_text_in_traditional_characters_is_read_simplified_as_a_whole() -> None:
    assert read("河道治理任務分工", "由縣水務局牽頭", "濛溪鎮") == ["河道治理任务分工", "由县水务局牵头", "蒙溪镇"]


def test_a_traditional_paragraph_in_a_simplified_text_is_read_by_itself() -> None:
    rest = [f"第{n}项工作由县水利局牵头，各乡镇人民政府配合，年底前完成。" for n in range(1, 9)]
    assert read(*rest, "由縣財政局牽頭辦理", "於潜镇")[-2:] == ["由县财政局牵头办理", "於潜镇"]


def test_a_character_torn_by_a_reading_is_put_together_from_its_bytes() -> None:
    assert mended_bytes("受理?xiàng)l件、辦理") == "受理條件、辦理"


def test_what_is_not_torn_stays() -> None:
    assert mended_bytes("是否办结?(见附件)") == "是否办结?(见附件)"


def test_blanks_beside_characters_are_damage_and_between_words_are_not() -> None:
    assert unblanked("2017 年 11 月 底前 完成 APP  and web") == "2017年11月底前完成APP and web"


def test_blank_blocks_make_no_lines() -> None:
    assert [line.text for line in lines_of([Block(" ", Place(line=1)), Block("甲", Place(line=2))])] == ["甲"]
