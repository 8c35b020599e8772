"""Why this answer: for people in sentences, for programs as JSON; nothing is stored."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.home import Home
from bot.intake import import_files
from bot.synonyms import add_synonym
from scheduler.policy import SHANGHAI
from tests.bot.test_command_line import SAMPLES, Terminal, one_sentence

NOW = datetime(2026, 7, 30, 9, 5, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one document and a word of its own."""
    place = Home(tmp_path_factory.mktemp("office"))
    place.create()
    with place.store("import", NOW) as store:
        import_files(store, place, [one for one in SAMPLES if one.suffix == ".docx"], now=NOW, who="样例")
    add_synonym(place.lexicon, "蒲公英行动", ["扶贫项目"], "李明", NOW)
    return place.path


@pytest.fixture
def terminal(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(home, capsys, monkeypatch)


def test_an_answer_is_explained_by_words_weights_and_entries(terminal: Terminal) -> None:
    said = terminal.types("explain", "蒲公英行动谁牵头").said
    assert said.startswith("问的是：由谁牵头\n")
    assert "“蒲公英行动”100%" in said
    assert "“蒲公英行动”指“扶贫项目”（同义词，同义词-所学.toml）" in said
    assert "结论：作答。\n市农业农村局牵头。" in said


def test_a_letter_is_explained_as_the_question_that_was_read_out_of_it(terminal: Terminal) -> None:
    letter = "各位老师好，打扰了，我是新来的小周，领导问起蒲公英行动这件事，我没答上来，是哪个单位牵头？谢谢！"
    assert terminal.types("explain", letter).said.startswith("读作：“蒲公英行动是哪个单位牵头”。其余是客套和缘由。\n")
    found = json.loads(terminal.types("explain", letter, "--json").said)
    assert found["read"] == "蒲公英行动是哪个单位牵头"
    assert found["answered"]
    assert found["looked"][0]["best"]
    assert json.loads(terminal.types("explain", "蒲公英行动谁牵头", "--json").said)["read"] == ""


def test_the_others_are_told_what_they_lack(terminal: Terminal) -> None:
    found = json.loads(terminal.types("explain", "扶贫项目资金安排谁牵头", "--json").said)
    first, *others = found["looked"][0]["best"]
    assert found["answered"]
    assert found["assignments"] == [first["assignment"]]
    assert {proof["way"] for proof in first["proofs"]} >= {"written"}
    assert all(other["score"] <= first["score"] for other in others)
    assert "排在第1之后，差在" in terminal.types("explain", "扶贫项目资金安排谁牵头").said


def test_what_is_arithmetic_and_what_is_nowhere_is_said(terminal: Terminal) -> None:
    assert "不靠相似度" in terminal.types("explain", "第3项是什么").said
    assert "没有一项任务" in terminal.types("explain", "魑魅魍魉谁牵头").said
    assert "没有从“x.docx”导入的文件" in one_sentence(terminal.types("explain", "扶贫", "--source", "x.docx"))


def test_the_way_of_asking_a_message_is_most_like_is_told_with_its_share(terminal: Terminal) -> None:
    assert "整句最像的问法：由谁牵头（" in terminal.types("explain", "蒲公英行动谁牵头").said
    likeness = json.loads(terminal.types("explain", "蒲公英行动谁牵头", "--json").said)["likeness"]
    assert likeness["way"] == "lead"
    assert 0.5 < likeness["share"] <= 1


def test_words_that_ask_how_far_something_is_weigh_nothing(terminal: Terminal) -> None:
    said = terminal.types("explain", "扶贫项目资金安排有没有滞后").said
    assert "问的是：办到哪一步" in said
    assert "进展" not in said.partition("各词分量：")[2].partition("。")[0]
