"""`qiantou compare` and `supersede` as an office meets them: the page, the record, the paper, one sentence for a slip.

After a deliberate change: `PYTHONPATH=. python tests/bot/test_compare.py` writes the golden pages anew; read the difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from docx import Document

from bot.__main__ import outcome
from bot.commands.comparison_text import comparison_text
from bot.intake import draft_of
from knowledge.comparison import compared

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "comparison"
PLANS = FOLDER / "分工方案2025.txt", FOLDER / "分工方案2026.txt"
LEDGERS = FOLDER / "营商台账原件.txt", FOLDER / "营商台账修订.txt"
PAGES = {"years-80": (PLANS, 80), "years-120": (PLANS, 120), "revision-100": (LEDGERS, 100)}


def page(key: str) -> str:
    (old, new), width = PAGES[key]
    return comparison_text(compared(draft_of(old), draft_of(new)), width) + "\n"


class Clerk:
    """Types commands and keeps what they said."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._capsys, self._monkeypatch = home, capsys, monkeypatch
        self.code, self.complained = 0, ""

    def types(self, *words: object) -> str:
        self._monkeypatch.setattr(sys, "argv", ["qiantou", "--home", str(self.home), *map(str, words)])
        self.code = outcome()
        said, self.complained = self._capsys.readouterr()
        return said


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(tmp_path / "home", capsys, monkeypatch)


@pytest.mark.parametrize("key", PAGES)
def test_the_page_says_what_its_golden_says(key: str) -> None:
    assert page(key) == (FOLDER / f"{key}.page").read_text("utf-8")


def test_a_comparison_of_files_touches_nothing(clerk: Clerk, tmp_path: Path) -> None:
    said = clerk.types("compare", *PLANS)
    assert "新增2项、删去2项、延续4项、改动5项" in said
    assert list(tmp_path.iterdir()) == []


def test_only_what_concerns_a_unit_is_shown_on_demand(clerk: Clerk) -> None:
    said = clerk.types("compare", *PLANS, "--unit", "市数据局")
    assert "公布12345热线" in said
    assert "单位更名：市大数据局更名为市数据局。" in said
    assert "招生" not in said
    assert "另有2项写给市政府各部门，其中与该单位有关的请另行核对。" in said


def test_what_was_carried_over_is_shown_whole_on_demand(clerk: Clerk) -> None:
    assert "牵头：市行政审批局" not in clerk.types("compare", *PLANS)
    assert "牵头：市行政审批局" in clerk.types("compare", "--all", *PLANS)


def test_a_record_for_programs_holds_every_pair(clerk: Clerk) -> None:
    record = json.loads(clerk.types("compare", "--json", *LEDGERS))
    assert record["counts"]["合并"] == 1
    assert {pair["kind"] for pair in record["pairs"]} == {"added", "dropped", "carried", "changed", "possible"}
    changed = next(
        pair for pair in record["pairs"] if pair["kind"] == "changed" and pair["changes"][0]["kind"] == "relaxed"
    )
    assert changed["changes"][0]["words"] == "时限由“5月底前”改为“6月底前”，推后1个月"
    reworded = next(pair for pair in record["pairs"] if pair["old"] and pair["old"][0]["no"] == "4")
    assert ["added", "投资"] in reworded["text"]


def test_the_paper_strikes_out_and_underlines(clerk: Clerk, tmp_path: Path) -> None:
    target = tmp_path / "比对表.docx"
    assert "比对表已写到" in clerk.types("compare", *PLANS, "--docx", target)
    paper = Document(str(target))
    assert "".join(p.text for p in paper.paragraphs).startswith("《2026年政务公开重点任务分工方案》与2025年比对表")
    (table,) = paper.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "2025年", "2026年", "变化"]
    runs = [run for row in table.rows for cell in row.cells for p in cell.paragraphs for run in p.runs]
    assert "集中公开各" in [run.text for run in runs if run.font.strike]
    assert "统一公开市级" in [run.text for run in runs if run.font.bold and run.font.underline]
    clerk.types("compare", *PLANS, "--docx", target)
    assert "已经存在，没有覆盖" in clerk.complained


def test_filed_documents_are_named_by_year_title_number_or_file(clerk: Clerk) -> None:
    clerk.types("import", "--yes", *PLANS, *LEDGERS)
    whole = clerk.types("compare", *PLANS)
    for names in (
        ("2025", "2026"),
        ("分工方案2025.txt", "分工方案2026"),
        ("澄政办发〔2025〕6号", "澄政办发〔2026〕5号"),
    ):
        assert clerk.types("compare", *names) == whole


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["没有.docx", PLANS[0]], "没有这个文件，册中也没有叫“没有.docx”的文件；册中有：（还没有文件）"),
        ([*PLANS, "--unit", "市气象局"], "两份文件都没有点名“市气象局”，请检查单位名称。另有2项写给市政府各部门"),
        ([PLANS[0]], "缺少 新文件"),
    ],
)
def test_a_slip_gets_one_sentence(clerk: Clerk, words: list[object], sentence: str) -> None:
    clerk.types("compare", *words)
    assert clerk.code != 0
    assert sentence in clerk.complained


def test_a_document_that_says_so_replaces_last_years_at_import(clerk: Clerk) -> None:
    clerk.types("import", "--yes", PLANS[0])
    said = clerk.types("import", "--yes", PLANS[1])
    assert "《2025年政务公开重点任务分工方案》由它替代，不再提醒。" in said
    assert "市数据局牵头。" in clerk.types("ask", "12345热线办理情况谁公布")
    assert "已被《2026年政务公开重点任务分工方案》替代" in clerk.types("assignments")


def test_a_replacement_is_taken_back_and_said_again_by_hand(clerk: Clerk) -> None:
    clerk.types("import", "--yes", *PLANS)
    assert "恢复有效" in clerk.types("supersede", "--undo", "2025")
    assert clerk.types("ask", "有哪些文件").count("《") == 2
    assert "从现在起不再提醒" in clerk.types("supersede", "2025", "分工方案2026")
    assert clerk.types("ask", "有哪些文件").count("《") == 1
    clerk.types("supersede", "2025", "分工方案2026")
    assert "已经被《2026年政务公开重点任务分工方案》替代，不用再指明。" in clerk.complained


def test_an_old_edition_is_brought_back(clerk: Clerk) -> None:
    clerk.types("import", "--yes", *LEDGERS)
    assert "已撤销" in clerk.types("ask", "企业家节系列活动谁牵头")
    clerk.types("supersede", "--undo", "营商台账原件.txt")
    assert "不能和现行版同时有效" in clerk.complained
    clerk.types("supersede", "营商台账修订.txt", "营商台账原件.txt")
    told = clerk.types("ask", "企业家节系列活动谁牵头")
    assert "市工商联" in told
    assert "注意" not in told
    rows = [json.loads(line) for line in clerk.types("assignments", "--jsonl").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 21
    assert [row["no"] for row in rows if "superseded_by" not in row] == list(range(1, 12))


def test_a_name_that_fits_several_is_asked_back(clerk: Clerk) -> None:
    clerk.types("import", "--yes", PLANS[1], LEDGERS[0])
    clerk.types("supersede", "2026", "分工方案2026")
    assert "叫“2026”的文件有2份" in clerk.complained


if __name__ == "__main__":
    for name in PAGES:
        (FOLDER / f"{name}.page").write_text(page(name), "utf-8")
