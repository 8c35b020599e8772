"""The shipped tables, and an office's own over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.lexicon import LexiconError, lexicon_of, shipped
from knowledge.normal import DATA, plain
from knowledge.search.index import Index, Row
from knowledge.search.topic import topic_of
from knowledge.units import UnitBook
from tests.knowledge.offices import printing


def overlay(folder: Path, text: str) -> Path:
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_tables_are_written_as_questions_are_compared() -> None:
    lexicon = shipped()
    for word in [*lexicon.fillers, *lexicon.weak, *lexicon.atoms, *lexicon.wholes, *lexicon.alone, *lexicon.places]:
        assert word == plain(word)


def test_a_spoken_phrase_leads_elsewhere() -> None:
    assert [spoken for spoken, official in shipped().phrases.items() if spoken in official] == []


def test_every_change_of_name_leads_between_known_fields() -> None:
    known = {part for key in [*shipped().atoms.values(), *shipped().wholes.values()] for part in key.split("+")}
    assert {field for rename in shipped().renames for field in (rename.old, rename.new)} <= known


def test_one_old_bureau_has_several_successors_and_one_successor_several_old_ones() -> None:
    into = {rename.old for rename in shipped().renames if rename.new == "市场监管"}
    assert into == {"工商", "质监", "食药监"}
    assert all(rename.year in (0, *range(2000, 2027)) for rename in shipped().renames)


def test_no_folder_leaves_the_shipped_tables() -> None:
    assert lexicon_of(None) is shipped()
    assert lexicon_of(DATA / "no such folder") is shipped()


def test_an_offices_own_words_are_understood(tmp_path: Path) -> None:
    lexicon = lexicon_of(overlay(tmp_path, '[口语]\n"大会战" = ["城乡环境综合整治"]\n'))
    rows = [Row("a", {"text": "推进城乡环境综合整治信息公开"}), Row("b", {"text": "加强教育督导"})]
    assert Index(rows, lexicon).rank("大会战谁牵头")[0].key == "a"
    assert Index(rows).rank("大会战谁牵头") == []


def test_an_offices_own_meaning_replaces_the_shipped_one(tmp_path: Path) -> None:
    lexicon = lexicon_of(overlay(tmp_path, '[口语]\n"公积金" = ["公益积分基金"]\n'))
    assert lexicon.phrases["公积金"] == ("公益积分基金",)


def test_an_office_says_perhaps_both_and_apart_as_the_shipped_table_does(tmp_path: Path) -> None:
    text = '[口语]\n"修…路" = ["公路养护"]\n公积金 = "~公益+积分"\n低保 = "最低生活保障"\n'
    lexicon = lexicon_of(overlay(tmp_path, text))
    assert lexicon.apart["修"] == (("路", "公路养护"),)
    assert lexicon.phrases["公积金"] == ("公益+积分",)
    assert ("公积金", "公益+积分") in lexicon.loose


def test_words_of_the_same_meaning_lead_in_every_direction(tmp_path: Path) -> None:
    lexicon = lexicon_of(overlay(tmp_path, '[同义词]\n"智慧云" = "数据云台"\n'))
    assert (lexicon.phrases["智慧云"], lexicon.phrases["数据云台"]) == (("数据云台",), ("智慧云",))


def test_an_offices_own_unit_names_and_filler_words_are_understood(tmp_path: Path) -> None:
    text = '[单位简称]\n社发中心 = ["县社会事业发展中心"]\n[单位更名]\n房管 = "自然资源"\n[停用词]\n客套 = ["劳驾"]\n'
    lexicon = lexicon_of(overlay(tmp_path, text))
    book = UnitBook.of(printing("县社会事业发展中心", "县自然资源局", locality="云溪县"), lexicon)
    assert book.mentions("社发中心管啥")[0].units == ("县社会事业发展中心",)
    assert book.mentions("房管局管啥")[0].units == ("县自然资源局",)
    assert topic_of("劳驾扶贫资金", lexicon).words == "扶贫资金"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[口语]\n"甲" = \n', "第2行"),
        ("[口误]\n", "口误"),
        ('[口语]\n"甲" = 3\n', "甲"),
        ('[口语]\n"甲" = []\n', "甲"),
        ("口语 = 3\n", "口语"),
    ],
)
def test_a_table_written_wrongly_is_told_with_file_and_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicon_of(overlay(tmp_path, text))
    message = str(caught.value)
    assert "own.toml" in message
    assert told in message
    assert message.endswith("。")


def test_a_table_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes('[口语]\n"甲" = "乙"\n'.encode("gb18030"))
    with pytest.raises(LexiconError, match="UTF-8"):
        lexicon_of(tmp_path)
