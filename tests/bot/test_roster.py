"""The office's roster on disk and on the command line: taken in whole or not at all, listed, explained, added to."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.roster import add_name, import_roster, sources
from knowledge.lexicon import LexiconError, lexicon_of
from knowledge.roster import Sort
from knowledge.roster_table import Name, RosterError
from knowledge.units import resolve
from scheduler.policy import SHANGHAI
from tests.bot.test_command_line import SAMPLES, Terminal, one_sentence, terminal

__all__ = ["terminal"]

NOW = datetime(2026, 7, 30, 9, 5, tzinfo=SHANGHAI)
ROSTER = """单位,简称,曾用名,起,加挂牌子,所属集合,来源
市自然资源和规划局,自规局,"市国土资源局、市城乡规划局",2019-02-20,市林业局,市政府各部门,云办发〔2019〕2号
市数据局,,市大数据局,2024,,市政府各部门,
"""


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "单位名册.csv"
    path.write_text(ROSTER, "utf-8")
    return path


def test_a_roster_is_taken_in_and_taken_in_again_in_its_place(tmp_path: Path, csv: Path) -> None:
    folder = tmp_path / "lexicon"
    first = import_roster(folder, csv, "李明", NOW)
    assert (first.units, first.added, first.dropped) == (2, ("市自然资源和规划局", "市数据局"), ())
    csv.write_text(ROSTER.replace("市数据局,,市大数据局,2024,,市政府各部门,\n", "市医保局,,,,,,\n"), "utf-8")
    again = import_roster(folder, csv, "李明", NOW)
    assert (again.added, again.dropped) == (("市医保局",), ("市数据局",))
    assert sources(folder) == {"名册-单位名册.toml": 2}
    assert "由李明在2026-07-30 09:05从“单位名册.csv”导入" in again.path.read_text("utf-8")


def test_a_faulty_roster_changes_nothing(tmp_path: Path, csv: Path) -> None:
    folder = tmp_path / "lexicon"
    before = import_roster(folder, csv, "李明", NOW).path.read_bytes()
    csv.write_text(ROSTER + ",无名,,,,,\n市医保局,,,改天,,,\n", "utf-8")
    with pytest.raises(RosterError, match="第5行"):
        import_roster(folder, csv, "李明", NOW)
    assert [path.read_bytes() for path in folder.iterdir()] == [before]


def test_a_file_name_can_lead_nowhere_else(tmp_path: Path) -> None:
    odd = tmp_path / "..名 册;$(x).csv"
    odd.write_text(ROSTER, "utf-8")
    made = import_roster(tmp_path / "lexicon", odd, "李明", NOW).path
    assert (made.parent, made.name) == (tmp_path / "lexicon", "名册-名册(x).toml")


def test_a_toml_of_another_office_can_be_taken_in(tmp_path: Path, csv: Path) -> None:
    made = import_roster(tmp_path / "one", csv, "李明", NOW).path
    import_roster(tmp_path / "other", made, "王芳", NOW)
    one, other = (lexicon_of(tmp_path / name).roster for name in ("one", "other"))
    assert one.aliases == other.aliases


def test_a_name_that_somebody_confirmed_is_kept_once_with_who_and_when(tmp_path: Path, csv: Path) -> None:
    folder = tmp_path / "lexicon"
    import_roster(folder, csv, "李明", NOW)
    name = Name("市自然资源和规划局", "小国土", Sort.SHORT, source="核对《某方案》")
    assert add_name(folder, name, "王芳", NOW)
    assert not add_name(folder, name, "张三", NOW)
    lexicon = lexicon_of(folder)
    assert resolve("小国土", lexicon).name == "市自然资源和规划局"
    assert lexicon.roster.named("小国土")[0].source == "核对《某方案》；王芳，2026-07-30 09:05"
    assert add_name(folder, Name("市数据局", "数局", Sort.SHORT), "王芳", NOW)
    assert resolve("小国土", lexicon_of(folder)).own


def test_a_name_that_would_mean_two_units_is_not_kept(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    add_name(folder, Name("市财政局", "财局", Sort.SHORT), "王芳", NOW)
    with pytest.raises(RosterError, match="既指“市财政局”"):
        add_name(folder, Name("市教育局", "财局", Sort.SHORT), "王芳", NOW)
    assert resolve("财局", lexicon_of(folder)).name == "市财政局"


def test_broken_tables_are_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "坏.toml").write_text("[名册", "utf-8")
    with pytest.raises(LexiconError, match="坏"):
        add_name(tmp_path, Name("市财政局", "财局", Sort.SHORT), "王芳", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["坏.toml"]


# --- on the command line ------------------------------------------------------------------------------------------
def test_units_are_listed_imported_and_explained(terminal: Terminal, csv: Path) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    assert "还没有单位名册" in terminal.types("units").said
    assert "2个单位、7个名称" in terminal.types("units", "import", csv).said
    listed = terminal.types("units").said
    assert "市自然资源和规划局（2019年2月20日起）；简称：自规局；曾用名：市国土资源局（至2019年2月19日）" in listed
    assert "不在名册里：" in listed
    shown = terminal.types("units", "show", "国土局", "--on", "2026-07-30").said
    assert "现在是：市自然资源和规划局（2019年2月20日起），据本机构名册：云办发〔2019〕2号" in shown
    assert "写着曾用名“市国土资源局”（至2019年2月19日）" in shown
    assert "写作“市自然资源和规划局”" in shown


def test_without_a_roster_the_general_table_explains(terminal: Terminal) -> None:
    shown = terminal.types("units", "show", "工商局", "--on", "2026-07-30").said
    assert "是已经撤并或更名的机构：工商行政管理局（至2019年）" in shown
    assert "现在是：市场监督管理局（2014年起）" in shown
    assert "部分职能现由：知识产权局" in shown
    assert "可能是：教育局" in terminal.types("units", "show", "教科局").said
    assert "都没有这个单位" in terminal.types("units", "show", "啦啦局").said
    assert "加挂的牌子：宣传部" in terminal.types("units", "show", "政府新闻办").said


def test_a_collective_is_explained_by_its_members(terminal: Terminal, csv: Path) -> None:
    assert "没有写它的成员" in terminal.types("units", "show", "市政府各部门").said
    terminal.types("units", "import", csv)
    assert "2个成员：市自然资源和规划局、市数据局" in terminal.types("units", "show", "市政府各部门").said


def test_programs_read_units_as_json(terminal: Terminal, csv: Path) -> None:
    terminal.types("units", "import", csv)
    rows = [json.loads(line) for line in terminal.types("units", "--jsonl").said.splitlines()]
    assert [row["unit"] for row in rows] == ["市自然资源和规划局", "市数据局"]
    assert len(terminal.types("units", "--all", "--jsonl").said.splitlines()) > 500
    told = json.loads(terminal.types("units", "show", "市国土局", "--on", "2017-06-01", "--json").said)
    assert (told["canonical"], told["current"], told["until"]) == ("市自然资源和规划局", True, "2019-02-19")


def test_a_roster_that_cannot_be_used_is_one_sentence(terminal: Terminal, tmp_path: Path) -> None:
    assert "找不到文件" in one_sentence(terminal.types("units", "import", tmp_path / "无.xlsx"))
    (tmp_path / "空.csv").write_text("单位,简称\n,财局\n", "utf-8")
    told = one_sentence(terminal.types("units", "import", tmp_path / "空.csv"))
    assert "第2行没有写单位" in told
    assert told.endswith("原有名册没有变化。")
    (tmp_path / "坏.toml").write_text('[名册.市财政局]\n财局 = { 类 = "小名" }\n', "utf-8")
    assert "“坏.toml”里" in one_sentence(terminal.types("units", "import", tmp_path / "坏.toml"))
    assert "没有写名称" in one_sentence(terminal.types("units", "show", " "))


def test_the_manuals_example_is_taken_in_and_explained_as_it_says(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = SAMPLES[0].parents[2]
    monkeypatch.chdir(root)
    blocks = (root / "docs/词库.md").read_text("utf-8").split("```")[1::2]
    transcripts = [block.strip().splitlines() for block in blocks if block.strip().startswith("$ qiantou units")]
    assert len(transcripts) == 2
    for command, *told in transcripts:
        assert terminal.types(*command.split()[2:]).said.splitlines() == told
