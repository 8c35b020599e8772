"""`qiantou receipts` as a person meets it."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.handing import Letterhead, files_of
from bot.home import Home
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Message
from knowledge.register import Register
from tests.bot.test_command_line import Terminal, one_sentence
from tests.scheduler.offices import Office, at, by, duty, register_of

HOSTILE = '=HYPERLINK("http://x","点我")'


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A home whose ledger holds three reminders: answered, refused, and unanswered with words that want to be a formula."""
    told = Office(register())
    told.tick("2026-07-15 09:00")
    ledger = list(told.store.ledger())
    ledger.append(
        Entry(EntryKind.ACKNOWLEDGED, at("2026-07-15 09:32"), who="+张晓", assignment="plan#1", unit="市财政局")
    )
    home = tmp_path / "home"
    Home(home).create()
    with Home(home).store() as store:
        store.file(register(), *ledger)
    return Terminal(home, capsys, monkeypatch)


def register() -> Register:
    return register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit=HOSTILE))


def test_it_tells_who_was_named_what_the_platform_said_and_who_is_silent(terminal: Terminal) -> None:
    said = terminal.types("receipts").said
    assert "到期当天｜7月15日 09:00 工作群：已发送，答复“ok”，编号m1" in said
    assert "已回：市财政局（+张晓7月15日 09:32回复收到）" in said
    assert f"没有回：{HOSTILE}" in said
    assert "点名2家次，已回1，没有回1。" in said
    silent = terminal.types("receipts", "--silent").said
    assert "第1项" not in silent
    assert "还有单位没有回的提醒共1条：已发送1条" in silent
    assert "第2项" not in terminal.types("receipts", "第1项").said
    assert terminal.types("receipts", "--from", "2026-07-16").said == "还没有发出过这样的提醒。\n"


def test_a_program_gets_everything_the_ledger_proves(terminal: Terminal) -> None:
    rows = [
        json.loads(line)
        for line in terminal.types("receipts", "云溪市2026年政务公开任务分工", "--json").said.splitlines()
    ]
    assert [(row["fate"], row["silent"]) for row in rows] == [("sent", []), ("sent", [HOSTILE])]
    assert rows[0]["units"][0]["answer"]["at"] == "2026-07-15T09:32:00+08:00"
    assert rows[0]["attempts"][0]["raw"] == "ok"


def test_a_sheet_holds_text_only_and_a_paper_can_be_opened(terminal: Terminal, tmp_path: Path) -> None:
    sheet, paper = tmp_path / "回执账.xlsx", tmp_path / "回执账.docx"
    terminal.types("receipts", "--xlsx", sheet, "--docx", paper)
    assert terminal.code == 0
    with zipfile.ZipFile(sheet) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in cells
    assert "<hyperlink" not in cells
    assert "=HYPERLINK(" in strings
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.read_bytes())).get_sheet_by_index(0).to_python()
    assert rows[2][:4] == ["序号", "短码", "文件", "任务"]
    assert [(row[11], row[12]) for row in rows[3:]] == [("市财政局", "已回"), (HOSTILE, "没有回")]
    from docx import Document

    table = Document(str(paper)).tables[0]
    assert table.rows[0].cells[4].text == "单位签收"
    assert f"{HOSTILE}：没有回" in table.rows[-1].cells[4].text
    assert "已经存在，没有覆盖" in one_sentence(terminal.types("receipts", "--xlsx", sheet))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("X2X",), "没有短码是X2X的提醒，请核对"),
        (("没有这份",), "册中没有叫“没有这份”的文件"),
        (("--from", "2026-08-01", "--to", "2026-07-01"), "请把 --from 和 --to 对调"),
        (("--xlsx", "回执.csv"), "不是 .xlsx 文件名"),
        (("--from", "2027-01-01", "--docx", "空.docx"), "没有符合条件的提醒，没有写文件"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(terminal: Terminal, words: tuple[str, ...], why: str) -> None:
    assert why in one_sentence(terminal.types("receipts", *words))


@pytest.mark.parametrize(
    ("text", "form"), [("导出回执账", "docx"), ("把回执账导出成表格", "xlsx"), ("发我一份回执账文件", "docx")]
)
def test_a_supervisor_gets_the_account_as_a_file_in_a_chat(text: str, form: str) -> None:
    told = Office(register())
    told.tick("2026-07-15 09:00")
    outcome = told.app.receive(Message(text, role="supervisor"))
    assert [(one.name, one.form) for one in outcome.papers] == [("回执账", form)]
    head = Letterhead("云溪市", at("2026-07-15 10:00"))
    assert [file.content[:2] for file in files_of(outcome, head)] == [b"PK"]
    assert told.app.receive(Message(text, role="staff")).papers == ()
