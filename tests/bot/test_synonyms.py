"""The office's own synonyms: added with one command, told with who, when and why, never half-written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.synonyms import FILE_NAME, SynonymError, add_synonym, origins
from knowledge.lexicon import LexiconError, lexicon_of, shipped
from scheduler.policy import SHANGHAI
from tests.bot.test_command_line import SAMPLES, Terminal, one_sentence, terminal

__all__ = ["terminal"]

NOW = datetime(2026, 7, 30, 9, 5, tzinfo=SHANGHAI)


def test_a_synonym_is_a_line_with_who_when_and_why(tmp_path: Path) -> None:
    assert add_synonym(tmp_path, "大会战", ["城乡环境整治"], "李明", NOW, "群里都这样叫") == ["城乡环境整治"]
    assert (tmp_path / FILE_NAME).read_text("utf-8").splitlines()[1:] == [
        "",
        "[口语]",
        '"大会战" = ["城乡环境整治"]  # 李明，2026-07-30 09:05，群里都这样叫',
    ]
    assert lexicon_of(tmp_path).phrases["大会战"] == ("城乡环境整治",)


def test_what_it_meant_before_goes_on(tmp_path: Path) -> None:
    before = shipped().phrases["看病报销"]
    assert add_synonym(tmp_path, "看病报销", ["惠民补助", before[0]], "李明", NOW) == ["惠民补助"]
    assert lexicon_of(tmp_path).phrases["看病报销"] == (*before, "惠民补助")
    assert add_synonym(tmp_path, "看病报销", ["~二次补助"], "王芳", NOW) == ["~二次补助"]
    assert lexicon_of(tmp_path).phrases["看病报销"] == (*before, "惠民补助", "二次补助")
    assert ("看病报销", "二次补助") in lexicon_of(tmp_path).loose


def test_what_is_known_is_not_written_again(tmp_path: Path) -> None:
    assert add_synonym(tmp_path, "看病报销", [shipped().phrases["看病报销"][0]], "李明", NOW) == []
    assert list(tmp_path.iterdir()) == []


def test_halves_with_words_between_can_be_added(tmp_path: Path) -> None:
    assert add_synonym(tmp_path, "挖…坑", ["道路开挖+审批"], "李明", NOW) == ["道路开挖+审批"]
    assert lexicon_of(tmp_path).apart["挖"] == (("坑", "道路开挖+审批"),)


@pytest.mark.parametrize(
    ("said", "official", "told"),
    [
        ("！", "医保", "没有可用的字"),
        ("钱", "医保", "2到8个字"),
        ("看病报销比例是多少啊", "医保", "2到8个字"),
        ("看病", "医", "太短"),
        ("看病", "", "太短"),
        ("看病", "医保+", "太短"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(tmp_path: Path, said: str, official: str, told: str) -> None:
    with pytest.raises(SynonymError, match=told):
        add_synonym(tmp_path, said, [official], "李明", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_line_in_a_persons_own_file_is_left_to_them(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[口语]\n大会战 = ["城乡环境整治"]\n', "utf-8")
    with pytest.raises(SynonymError, match=r"own\.toml"):
        add_synonym(tmp_path, "大会战", ["卫生县城"], "李明", NOW)


def test_a_broken_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[口语\n", "utf-8")
    with pytest.raises(LexiconError, match=FILE_NAME):
        add_synonym(tmp_path, "大会战", ["卫生县城"], "李明", NOW)
    assert (tmp_path / FILE_NAME).read_text("utf-8") == "[口语\n"


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    add_synonym(tmp_path, "大会战", ['城乡"]\n[停用词]\n整治'], 'x"\n[单位简称]', NOW, "缘\u2028由\n[角色词]")
    assert lexicon_of(tmp_path).phrases["大会战"] == ("城乡停用词整治",)
    assert len((tmp_path / FILE_NAME).read_text("utf-8").splitlines()) == 4


def test_the_origin_of_a_synonym_is_told(tmp_path: Path) -> None:
    add_synonym(tmp_path, "大会战", ["医疗保障待遇"], "李明", NOW, "常这样问")
    found = list(origins(tmp_path, "医疗保障待遇"))
    assert (found[0].synonym.said, found[0].where, found[0].remark) == (
        "大会战",
        FILE_NAME,
        "李明，2026-07-30 09:05，常这样问",
    )
    assert "看病报销" in {one.synonym.said for one in found if one.where == "自带，医疗医保"}


def test_one_command_teaches_and_the_next_question_is_understood(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    assert "市农业农村局" not in terminal.types("ask", "蒲公英行动谁牵头").said
    said = terminal.types("synonyms", "add", "蒲公英行动", "扶贫项目", "--why", "去年的叫法").said
    assert "也指“扶贫项目”" in said
    assert "项任务写到“扶贫项目”" in said
    assert "市农业农村局" in terminal.types("ask", "蒲公英行动谁牵头").said
    assert "本来就是这个意思" in terminal.types("synonyms", "add", "蒲公英行动", "扶贫项目").said
    listed = terminal.types("synonyms", "list").said
    assert "蒲公英行动 → 扶贫项目（同义词-所学.toml：" in listed
    assert "去年的叫法" in listed


def test_words_that_no_assignment_holds_and_everyday_words_are_pointed_out(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    said = terminal.types("synonyms", "add", "公开", "火星移民").said
    assert "还没有任务写到“火星移民”" in said
    assert "却不是这个意思" in said


def test_what_is_not_there_is_told_with_the_next_step(terminal: Terminal) -> None:
    assert "synonyms add" in terminal.types("synonyms", "list", "火星移民").said
    assert one_sentence(terminal.types("synonyms", "add", "看病报销", "医")).endswith("请写得完整些再试。")
