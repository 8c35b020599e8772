"""The command line as a person meets it: one sentence for what is wrong, an exit code, and the register as it was."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.__main__ import outcome
from knowledge.lexicon import lexicon_of, shipped

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs/样例").iterdir())


class Terminal:
    """Types commands and keeps what they said."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._capsys, self._monkeypatch = home, capsys, monkeypatch
        self.code, self.said, self.complained = 0, "", ""

    def types(self, *words: object) -> Terminal:
        self._monkeypatch.setattr(sys, "argv", ["qiantou", "--home", str(self.home), *map(str, words)])
        self.code = outcome()
        self.said, self.complained = self._capsys.readouterr()
        return self


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path / "home", capsys, monkeypatch)


def one_sentence(terminal: Terminal) -> str:
    """The single line of complaint; anything else fails."""
    assert terminal.code != 0
    assert terminal.complained.count("\n") == 1, terminal.complained
    return terminal.complained.strip()


def test_the_three_samples_are_imported_once(terminal: Terminal) -> None:
    first = terminal.types("import", "--yes", *SAMPLES)
    assert first.code == 0
    assert first.said.count("入册") == 3
    again = terminal.types("import", "--yes", *SAMPLES)
    assert again.said.count("没有变化") == 3


def test_assignments_are_listed_for_people_and_for_programs(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    assert "牵头：市农业农村局" in terminal.types("assignments").said
    rows = [json.loads(line) for line in terminal.types("assignments", "--jsonl").said.splitlines()]
    assert len(rows) >= 40
    assert set(rows[0]) >= {
        "id",
        "document",
        "source",
        "no",
        "printed_no",
        "section",
        "text",
        "lead",
        "deadlines",
        "doubts",
    }


def test_an_empty_office_says_what_to_do_first(terminal: Terminal) -> None:
    assert "qiantou import" in terminal.types("assignments").said


def test_a_check_files_nothing(terminal: Terminal) -> None:
    checked = terminal.types("check", SAMPLES[0])
    assert checked.code == 0
    assert "读到任务" in checked.said
    assert not terminal.home.exists()


def test_a_check_for_programs_is_one_json_value(terminal: Terminal) -> None:
    report = json.loads(terminal.types("check", "--json", SAMPLES[0]).said)
    assert set(report) == {"document", "assignments", "findings", "doubts", "unread"}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for sample in SAMPLES[:2]:
            archive.write(sample, f"附件/{sample.name}")
        archive.writestr("安装.exe", b"\x7fELF\x01")
    return path


def test_an_archive_is_imported_file_by_file_and_what_cannot_be_read_is_named(terminal: Terminal, bundle: Path) -> None:
    imported = terminal.types("import", "--yes", bundle)
    assert imported.said.count("入册") == 2
    assert imported.complained.splitlines() == [
        "无法读取“材料.zip/安装.exe”：这是可执行程序，目前不能直接读取；请核对文件来源，不要打开它。",
        "3个文件中有1个没有导入，其余已处理；请按上面的提示改正后再导入这1个。",
    ]
    rows = [json.loads(line) for line in terminal.types("assignments", "--jsonl").said.splitlines()]
    assert {row["source"] for row in rows} == {f"材料.zip/附件/{sample.name}" for sample in SAMPLES[:2]}


def test_an_archive_is_checked_file_by_file(terminal: Terminal, bundle: Path) -> None:
    first, second, third = json.loads(terminal.types("check", "--json", bundle).said)
    assert {first["document"]["source"], second["document"]["source"]} == {
        f"材料.zip/附件/{sample.name}" for sample in SAMPLES[:2]
    }
    assert third["source"] == "材料.zip/安装.exe"
    assert terminal.types("check", bundle).said.count("文件体检：材料.zip/附件/") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有的命令"], "没有 没有的命令 这个命令"),
        (["import"], "缺少 文件"),
        (["ask"], "没有写问题"),
        (["ask", "--随便"], "没有 --随便 这个选项"),
        (["due", "--from", "七月", "--to", "2026-07-31"], "“七月”不是日期，请写成 2026-07-31 这样"),
        (["due", "--from", "2026-07-31"], "缺少 --to"),
        (["due", "--from", "9999-12-30", "--to", "9999-12-31"], "年份应当在1949年到2099年之间"),
        (["due", "--from", "2026-07-31", "--to", "2026-07-01"], "请把 --from 和 --to 对调"),
        (["ask", "扶贫信息谁牵头"], "册中还没有文件，请先用 qiantou import 导入"),
        (["due", "--from"], "选项 --from 后面缺少内容"),
        (["drill", "--seconds", "5"], "--seconds 的值不对：应当是10到3600的整数"),
        (["drill", "--seed", "x"], "--seed 的值不对：应当是整数"),
        (["completion", "cmd"], "只能是 bash、zsh、fish 之一"),
        (["restore", "没有.zip"], "没有.zip"),
        (["check", "没有.docx"], "找不到这个文件"),
        (["import", "--yes", "/"], "这是一个文件夹"),
        (["run", "--sample", "没有"], "找不到样例目录"),
        (["run", "--today", "2026-07-01"], "--today 只能和 --sample 一起用"),
    ],
)
def test_a_slip_at_the_keyboard_gets_one_sentence(terminal: Terminal, words: list[str], said: str) -> None:
    assert said in one_sentence(terminal.types(*words))


def test_without_anybody_to_review_nothing_is_filed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    terminal.types("import", SAMPLES[0])
    assert terminal.code != 0
    assert "加 --yes" in terminal.complained
    assert "还没有文件" in terminal.types("assignments").said


def test_without_anybody_to_review_a_file_that_cannot_be_read_is_told_as_that(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04torn")
    assert "文件不完整或已损坏" in one_sentence(terminal.types("import", tmp_path / "坏.docx"))
    assert "找不到这个文件" in one_sentence(terminal.types("import", tmp_path / "没有.docx"))


def test_several_files_are_each_filed_by_themselves(terminal: Terminal, tmp_path: Path) -> None:
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")
    terminal.types("import", "--yes", SAMPLES[0], empty)
    assert terminal.code != 0
    assert "文件是空的" in terminal.complained
    assert "2个文件中有1个没有导入" in terminal.complained
    assert "入册" in terminal.said


def test_a_broken_setting_is_named_before_anything_is_filed(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "qiantou.toml").write_text("[office\n", "utf-8")
    assert "qiantou.toml" in one_sentence(terminal.types("import", "--yes", *SAMPLES))
    assert not (terminal.home / "register.json").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_completion(terminal: Terminal, shell: str) -> None:
    assert "_QIANTOU_COMPLETE" in terminal.types("completion", shell).said


def test_a_phrase_is_explained(terminal: Terminal) -> None:
    asked = ("deadlines", "印发后10个工作日内", "--issued", "2026-03-02")
    assert terminal.types(*asked).said.endswith("即2026年3月16日（星期一）。\n")
    told = json.loads(terminal.types(*asked, "--jsonl").said)
    assert told == {"kind": "relative", "anchor": "issue", "workdays": 10, "date": "2026-03-16"}


def test_the_words_of_the_office_are_understood(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    assert "农帮办" in terminal.types("ask", "农帮办牵头哪些").said
    assert "共1项" not in terminal.said
    (terminal.home / "lexicon" / "本地.toml").write_text('[单位简称]\n农帮办 = ["市农业农村局"]\n', "utf-8")
    assert terminal.types("ask", "农帮办牵头哪些").said.startswith("市农业农村局")


def test_a_slip_in_the_words_of_the_office_is_named(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    (terminal.home / "lexicon" / "本地.toml").write_text("[单位简称\n", "utf-8")
    assert "本地.toml" in one_sentence(terminal.types("ask", "农帮办牵头哪些"))


def test_the_example_of_the_manual_is_a_lexicon(tmp_path: Path) -> None:
    manual = (SAMPLES[0].parents[1] / "词库.md").read_text("utf-8")
    (tmp_path / "例.toml").write_text(manual.split("```toml")[1].split("```")[0], "utf-8")
    assert lexicon_of(tmp_path) != shipped()


@pytest.mark.parametrize(
    "beside", ["", "threading.Thread(target=lambda: (threading.main_thread().join(), print('beside'))).start()"]
)
def test_the_process_ends_at_once_and_yet_does_all_that_is_to_be_done_at_its_end(beside: str) -> None:
    code = f"import atexit, threading; from bot.__main__ import leave; atexit.register(print, 'last'); {beside or 'pass'}; print('first'); leave(3)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert ended.stdout.split() == ["first", *(["beside"] if beside else []), "last"]
    assert ended.stderr == ""
