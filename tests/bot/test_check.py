"""`qiantou check` as an office meets it: the page, the record, the paper, and one sentence for what cannot be read.

After a deliberate change: `PYTHONPATH=. python tests/bot/test_check.py` writes the golden pages anew; read the difference.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from bot.__main__ import outcome
from bot.checking import Bench, Checked
from bot.commands.check_report import check_record, check_text
from bot.intake import drafted
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from tests.bot.faulty import DRAFT, word_table, workbook

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "examination"
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs/样例").iterdir())
FAULTY = {"draft": (DRAFT.name, DRAFT.read_bytes), "table": ("青塘镇任务分工表.docx", word_table), "workbook": ("柳湾县民生实事.xlsx", workbook)}  # fmt: skip
Said = tuple[int, str, str]


def examined(name: str, content: Callable[[], bytes]) -> Checked:
    return Bench(Register(), WorkCalendar()).checked(drafted(content(), name))


def page(name: str, content: Callable[[], bytes]) -> str:
    checked = examined(name, content)
    return check_text(checked.draft, checked.examination) + "\n"


def record(name: str, content: Callable[[], bytes]) -> str:
    """The record without the assignments, which have tests of their own."""
    checked = examined(name, content)
    told = check_record(checked.draft, checked.examination, WorkCalendar())
    return json.dumps({**told, "assignments": []}, ensure_ascii=False, indent=1) + "\n"


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["qiantou", "--home", str(tmp_path / "home"), "check", *map(str, words)])
        code = outcome()
        return (code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("key", FAULTY)
def test_the_page_says_what_its_golden_says(key: str) -> None:
    assert page(*FAULTY[key]) == (GOLDEN / f"{key}.page").read_text("utf-8")


@pytest.mark.parametrize("key", FAULTY)
def test_the_record_says_what_its_golden_says(key: str) -> None:
    assert record(*FAULTY[key]) == (GOLDEN / f"{key}.json").read_text("utf-8")


def test_a_check_touches_nothing(check: Callable[..., Said], tmp_path: Path) -> None:
    code, said, _ = check(DRAFT)
    assert code == 0
    assert "查出问题" in said
    assert list(tmp_path.iterdir()) == []


def test_what_must_be_corrected_fails_a_strict_check(check: Callable[..., Said]) -> None:
    assert [check(*words)[0] for words in (("--strict", DRAFT), ("--strict", SAMPLES[1]), (DRAFT,))] == [3, 0, 0]


def test_a_check_for_programs_is_one_value_for_one_file_and_a_list_for_several(
    check: Callable[..., Said], tmp_path: Path
) -> None:
    record = json.loads(check("--json", DRAFT)[1])
    assert set(record) == {"document", "assignments", "findings", "doubts", "unread"}
    finding = next(one for one in record["findings"] if one["code"] == "date-impossible")
    assert (finding["severity"], finding["place"], finding["assignment"]) == ("must", "第20行", "第1项")
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")
    code, said, complained = check("--json", DRAFT, empty)
    assert (code, [set(one) for one in json.loads(said)][1]) == (1, {"source", "error"})
    assert complained.count("\n") == 1


def test_several_files_are_each_told_and_one_that_cannot_be_read_does_not_stop_the_others(
    check: Callable[..., Said], tmp_path: Path
) -> None:
    code, said, complained = check(tmp_path / "没有.docx", *SAMPLES[:2])
    assert code == 1
    assert said.count("文件体检：") == 2
    assert "找不到这个文件" in complained
    assert "3个文件中有1个读不了" in complained


def test_an_attachment_checked_together_with_its_letter_is_not_missing(
    check: Callable[..., Said], tmp_path: Path
) -> None:
    attached = tmp_path / "附件2 工作进展月报表.txt"
    attached.write_text("工作进展月报表\n", "utf-8")
    assert "附件2" in check(DRAFT)[1]
    assert "本文件里没有" not in check(DRAFT, attached)[1]


def test_a_bundle_is_the_documents_in_it(check: Callable[..., Said], tmp_path: Path) -> None:
    bundle = tmp_path / "材料.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("正文.txt", DRAFT.read_bytes())
        archive.writestr("附件/附件2 工作进展月报表.txt", "工作进展月报表\n")
        archive.writestr("空.txt", b"")
    code, said, complained = check(bundle)
    assert code == 1
    assert said.count("文件体检：材料.zip/") == 2
    assert "本文件里没有" not in said
    assert "3个文件中有1个读不了" in complained
    assert [len(json.loads(check("--json", bundle)[1]))] == [3]
    (tmp_path / "出").mkdir()
    check("--docx", tmp_path / "出", bundle)
    assert sorted(path.name.split("·")[1] for path in (tmp_path / "出").iterdir()) == ["正文", "附件"]


# ---------------------------------------------------------------- the paper
def test_the_paper_is_a_whole_word_file_with_a_row_for_each_finding(check: Callable[..., Said], tmp_path: Path) -> None:
    target = tmp_path / "体检单.docx"
    code, said, _ = check("--docx", target, DRAFT)
    assert code == 0
    assert "文件体检单已写入" in said
    document = Document(str(target))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert "关于《澜河县2026年重点工作任务分工方案》的文件体检单" in "".join(paragraphs)
    assert "澜河县人民政府办公室：" in paragraphs
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "位置", "原文", "问题", "建议"]
    findings = json.loads(check("--json", DRAFT)[1])["findings"]
    assert [row[4] for row in rows if row[0].isdigit()] == [finding["advice"] for finding in findings]


def test_a_paper_never_takes_the_place_of_a_file(check: Callable[..., Said], tmp_path: Path) -> None:
    original = tmp_path / "原件.docx"
    original.write_bytes(word_table())
    code, _, complained = check("--docx", original, original)
    assert code == 1
    assert "已经存在，没有覆盖" in complained
    assert original.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir()] == ["原件.docx"]


def test_a_folder_gets_one_paper_for_each_file(check: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "出").mkdir()
    assert check("--docx", tmp_path / "出", *SAMPLES)[0] == 0
    assert len(list((tmp_path / "出").glob("*文件体检单*.docx"))) == len(SAMPLES)


def test_several_files_share_one_paper_each_on_pages_of_its_own(check: Callable[..., Said], tmp_path: Path) -> None:
    target = tmp_path / "合订.docx"
    check("--docx", target, DRAFT, SAMPLES[0])
    text = "".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert text.count("》的文件体检单") == 2


@pytest.mark.parametrize(
    ("place", "said"), [("没有/体检单.docx", "找不到这个文件或目录"), ("原件.txt/体检单.docx", "路径中有一段不是目录")]
)
def test_a_paper_that_cannot_be_written_gets_one_sentence(
    check: Callable[..., Said], tmp_path: Path, place: str, said: str
) -> None:
    (tmp_path / "原件.txt").write_text("一、修路。（市交通局牵头）", "utf-8")
    code, _, complained = check("--docx", tmp_path / place, DRAFT)
    assert (code, complained.count("\n")) == (1, 1)
    assert said in complained


# ---------------------------------------------------------------- what the office knows
def test_the_register_shows_a_matter_that_another_filed_document_gives_to_another_lead(
    check: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, new = tmp_path / "甲.txt", tmp_path / "乙.txt"
    filed.write_text("澜河县2026年就业工作要点分工方案\n1.建设零工市场并开展招聘活动。（县教育局牵头）\n", "utf-8")
    new.write_text("澜河县2026年重点工作分工方案\n1.建设零工市场并开展招聘活动。（县人社局牵头）\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["qiantou", "--home", str(tmp_path / "home"), "import", "--yes", str(filed)])
    assert outcome() == 0
    assert "《澜河县2026年就业工作要点分工方案》第1项由县教育局牵头" in "".join(check(new)[1].split())


def test_an_import_says_how_many_findings_there_are_and_how_to_see_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for files in ((DRAFT, SAMPLES[2]), (DRAFT,)):
        words = ["qiantou", "--home", str(tmp_path / "home"), "import", "--yes", *map(str, files)]
        monkeypatch.setattr(sys, "argv", words)
        assert outcome() == 0
    told = capsys.readouterr().out.splitlines()
    assert re.search(r"体检查出问题\d+处，可用 qiantou check .*草稿）\.txt 查看。$", told[0])
    assert not [line for line in told[1:] if "体检" in line]  # a clean one, and one that was filed before


def test_a_register_that_cannot_be_opened_does_not_keep_a_file_from_being_checked(
    check: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "register.json").write_text("{", "utf-8")
    code, said, complained = check(DRAFT)
    assert code == 0
    assert "查出问题" in said
    assert "没有与已入册的文件比对" in complained


def test_names_that_would_steer_a_terminal_are_shown_without_their_powers(
    check: Callable[..., Said], tmp_path: Path
) -> None:
    file = tmp_path / "方案\x1b[31m\u202e.txt"
    file.write_text("岚浦市2026年重点工作分工方案\n1.修路。（市交通局牵头\u202e\n", "utf-8")
    assert not {"\x1b", "\u202e"} & set(check(file)[1])


if __name__ == "__main__":
    for key, (name, content) in FAULTY.items():
        (GOLDEN / f"{key}.page").write_text(page(name, content), "utf-8")
        (GOLDEN / f"{key}.json").write_text(record(name, content), "utf-8")
