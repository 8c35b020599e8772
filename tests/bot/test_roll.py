"""台账 out as a file and back in: what was filled in is shown and filed at once, and nothing else is believed."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document as Docx
from icalendar import Calendar
from lxml import etree
from python_calamine import CalamineWorkbook

from bot.commands.roll import export_roll, take_roll
from bot.commands.speech import Refusal
from bot.papers.roll_paper import harmless
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import Duty, Every, ReadingError, Role
from knowledge.store_tinydb import TinyDBStore
from tests.scheduler.offices import by, duty, every, register_of, report

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    from dataclasses import replace

    joint = replace(duty(2, by("2026-07-17")), duties=(Duty("市财政局", Role.LEAD), Duty("市民政局", Role.LEAD)))
    evil = replace(duty(4, by("2027-03-31"), unit="市教育局"), text="=cmd|'/c calc'!A1")
    store = TinyDBStore(tmp_path / "home")
    store.file(register_of(duty(1, by("2026-07-10")), joint, duty(3, every(Every.MONTH), unit="市民政局"), evil))
    store.append(report("plan#1", "2026-07-09 10:00", url="https://www.yunxi.gov.cn/1", percent=100))
    store.close()
    return tmp_path / "home"


@pytest.fixture
def sheet(home: Path, tmp_path: Path) -> bytes:
    export_roll(home, tmp_path / "台账.xlsx", "", "")
    return (tmp_path / "台账.xlsx").read_bytes()


def rewritten(content: bytes, change: Callable[[etree._Element], None]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root)
            new.writestr(name, data)
    return out.getvalue()


def filled(content: bytes, cells: Mapping[str, str]) -> bytes:
    """The sheet with texts written into cells, as a person would."""

    def change(root: etree._Element) -> None:
        for cell in root.iter(f"{NS}c"):
            if cell.get("r") in cells:
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "inlineStr")
                etree.SubElement(etree.SubElement(cell, f"{NS}is"), f"{NS}t").text = cells[str(cell.get("r"))]

    return rewritten(content, change)


def took(home: Path, content: bytes, name: str = "填好的.xlsx") -> Ledger:
    path = home.parent / name
    path.write_bytes(content)
    take_roll(home, path, confirmed=True)
    store = TinyDBStore(home)
    try:
        return store.ledger()
    finally:
        store.close()


# --- out ------------------------------------------------------------------------------------------------------------
def test_the_sheet_has_a_row_for_each_share_lights_in_words_and_colours_and_is_set_up_for_print(sheet: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [(row[1], row[11]) for row in rows[3:]] == [
        ("1", "市财政局"), ("2", "市财政局"), ("2", "市民政局"), ("3", "市民政局"), ("4", "市教育局"),
    ]  # fmt: skip
    assert rows[3][13:18] == ["已办结", "100", "", "https://www.yunxi.gov.cn/1", ""]
    assert [row[9] for row in rows[3:]][0::4] == ["绿灯", "绿灯"]
    assert [rows[at][8] for at in (3, 7)] == [date(2026, 7, 10), date(2027, 3, 31)]  # days, not words: to sort by
    assert re.match(r"\d{4}年\d{1,2}月\d{1,2}日\n", str(rows[6][8]))
    assert rows[7][3] == "=cmd|'/c calc'!A1"
    xml = zipfile.ZipFile(BytesIO(sheet)).read("xl/worksheets/sheet1.xml").decode()
    for sign in (
        'state="frozen"',
        "<autoFilter",
        'orientation="landscape"',
        'paperSize="9"',
        "<sheetProtection",
        "fitToHeight",
        'hidden="1"',
        "&amp;P",
    ):
        assert sign in xml, sign
    assert "<f>" not in xml
    assert "Print_Titles" in zipfile.ZipFile(BytesIO(sheet)).read("xl/workbook.xml").decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_no_cell_of_a_csv_is_taken_for_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_csv_the_paper_and_the_calendar_hold_the_same_rows(home: Path, tmp_path: Path) -> None:
    for ending in ("csv", "docx", "ics"):
        export_roll(home, tmp_path / f"a.{ending}", "", "")
    rows = list(csv.reader(StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[5][4] == "'=cmd|'/c calc'!A1"
    assert len(Docx(str(tmp_path / "a.docx")).tables[0].rows) == 6
    events = [one for one in Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk() if one.name == "VEVENT"]
    assert "市教育局" in str(events[-1]["DESCRIPTION"]) or any("市教育局" in str(one["DESCRIPTION"]) for one in events)
    assert len({str(one["UID"]) for one in events}) == len(events)


def test_a_units_roll_holds_its_own_shares(home: Path, tmp_path: Path) -> None:
    export_roll(home, tmp_path / "民政.csv", "民政局", "")
    rows = list(csv.reader(StringIO((tmp_path / "民政.csv").read_text("utf-8-sig"))))
    assert [(row[2], row[12]) for row in rows[1:]] == [("2", "市民政局"), ("3", "市民政局")]


@pytest.mark.parametrize(
    ("name", "unit", "said"), [("a.txt", "", "的结尾应是"), ("a.xlsx", "市气象局", "没有“市气象局”")]
)
def test_what_cannot_be_exported_is_said(home: Path, tmp_path: Path, name: str, unit: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        export_roll(home, tmp_path / name, unit, "")
    assert not (tmp_path / name).exists()


# --- back -----------------------------------------------------------------------------------------------------------
def test_what_was_filled_in_is_shown_and_filed_with_who_and_from_which_file(
    home: Path, sheet: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    content = filled(
        sheet,
        {
            "N6": "已办结",
            "Q6": "https://www.yunxi.gov.cn/2",
            "R6": "会同财政局",
            "N7": "办理中",
            "O7": "60%",
            "P7": "2026年6月",
        },
    )
    ledger = took(home, content)
    assert (
        "第6行 第2项“公开第2类信息”（市民政局）：进展 （空） → 已办结；佐证链接 （空） → https://www.yunxi.gov.cn/2"
        in capsys.readouterr().out
    )
    first, second = ledger.kinds(EntryKind.REPORTED)[1:]
    assert (first.assignment, first.unit, first.details["status"], first.details["url"], first.details["note"]) == (
        "plan#2", "市民政局", "done", "https://www.yunxi.gov.cn/2", "会同财政局",
    )  # fmt: skip
    assert (second.details["status"], second.details["percent"], second.details["period"]) == (
        "in_progress",
        60,
        "2026-06",
    )
    told = first.details["sheet"]
    assert isinstance(told, Mapping)
    assert told["name"] == "填好的.xlsx"
    assert re.fullmatch(r"[0-9a-f]{64}", str(told["sha256"]))
    assert first.who
    assert "填好的.xlsx 工作表" in first.words


def test_a_sheet_as_it_was_changes_nothing_and_taken_twice_nothing_more(
    home: Path, sheet: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(took(home, sheet)) == 1
    content = filled(sheet, {"N6": "已办结"})
    assert len(took(home, content)) == 2
    assert len(took(home, content)) == 2
    assert "又有新的报告" in capsys.readouterr().err


def test_a_link_behind_a_completion_is_evidence_for_it_and_no_second_completion(home: Path, sheet: bytes) -> None:
    both = "https://www.yunxi.gov.cn/1\nhttps://www.yunxi.gov.cn/9"
    ledger = took(home, filled(sheet, {"Q4": both}))
    assert len(ledger.kinds(EntryKind.REPORTED)) == 1
    (entry,) = ledger.kinds(EntryKind.EVIDENCED)
    assert (entry.assignment, entry.details["urls"]) == ("plan#1", ["https://www.yunxi.gov.cn/9"])


REFUSED = {
    "the text": ({"D4": "另一项任务"}, "“任务”不能在表里改，这一行没有收。任务的文字要用 qiantou review 核对后改正"),
    "a unit": ({"E4": "市气象局"}, "单位要用 qiantou review"),
    "the deadline": ({"H4": "明年"}, "“完成时限”不能在表里改"),
    "the liaison": ({"M4": "张三"}, "联络员请用 qiantou people handover"),
    "the light": ({"J4": "红灯"}, "“灯”是算出来的，改了不算"),
    "a number": ({"A4": "plan#99|市财政局"}, "编号“plan#99|市财政局”不是导出时的"),
    "a number twice": ({"A5": "plan#1|市财政局"}, "编号和前面一行重复"),
    "no number": ({"A5": ""}, "没有编号，是新加的行"),
    "a status": ({"N5": "快了"}, "“快了”不是进展"),
    "no status": ({"O5": "30"}, "没有填“进展”"),
    "a percentage": ({"N5": "办理中", "O5": "1e3"}, "应填0到100的整数"),
    "a link": ({"N5": "已办结", "Q5": "javascript:alert(1)"}, "应是 http 或 https 开头的网址"),
    "a period": ({"N7": "已办结", "P7": "上上期"}, "“上上期”看不懂"),
    "another rhythm": ({"N7": "已办结", "P7": "2026年第2季度"}, "这一行没有收"),
    "a long remark": ({"N5": "办理中", "R5": "很" * 501}, "超过500字"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_changed_is_named_with_the_way_to_do_it(
    home: Path, sheet: bytes, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cells, said = REFUSED[name]
    assert len(took(home, filled(sheet, cells))) == 1
    assert said in capsys.readouterr().err


def test_rows_and_columns_in_another_order_are_known_again(home: Path, sheet: bytes) -> None:
    def turned(root: etree._Element) -> None:
        data = root.find(f"{NS}sheetData")
        assert data is not None
        rows = {int(str(row.get("r"))): row for row in data}
        for one, other in ((4, 6),):
            rows[one].set("r", str(other))
            rows[other].set("r", str(one))
        for row in rows.values():
            for cell in row:
                column = re.sub(r"\d", "", str(cell.get("r")))
                column = {"N": "R", "R": "N"}.get(column, column)
                cell.set("r", f"{column}{row.get('r')}")
        for row in data:
            row[:] = sorted(row, key=lambda cell: (len(str(cell.get("r"))), str(cell.get("r"))))
        data[:] = sorted(data, key=lambda row: int(str(row.get("r"))))

    ledger = took(home, rewritten(filled(sheet, {"N6": "已办结"}), turned))
    assert [(one.assignment, one.unit) for one in ledger.kinds(EntryKind.REPORTED)[1:]] == [("plan#2", "市民政局")]


def test_a_sheet_that_is_not_ours_or_lost_a_column_is_refused_whole(home: Path, sheet: bytes) -> None:
    for cells, said in (
        ({"A3": "编号"}, "不是 qiantou export 导出的台账"),
        ({"R3": "备注"}, "少了“说明”列，一行都没有收"),
        ({"R3": "进展"}, "少了“说明”列"),
        ({"A3": "编号·1·r999·e1·202607170900·"}, "不是从这个数据目录导出的"),
    ):
        with pytest.raises(Refusal, match=said):
            took(home, filled(sheet, {"N5": "已办结", **cells}))


def test_hostile_sheets_give_one_sentence_and_file_nothing(home: Path, sheet: bytes) -> None:
    def formula(root: etree._Element) -> None:
        cell = next(one for one in root.iter(f"{NS}c") if one.get("r") == "N5")
        for child in list(cell):
            cell.remove(child)
        etree.SubElement(cell, f"{NS}f").text = 'WEBSERVICE("http://a")'

    with pytest.raises(Refusal, match="不要写公式"):
        took(home, rewritten(sheet, formula))
    for name, content in (("坏.xlsx", b"PK\x03\x04" + b"0" * 50), ("空.xlsx", b"")):
        with pytest.raises(ReadingError, match=r"。$"):
            took(home, content, name)
    with pytest.raises(Refusal, match=r"不是 \.xlsx"):
        took(home, "编号,进展\n1,已办结\n".encode(), "表.csv")
    store = TinyDBStore(home)
    assert len(store.ledger()) == 1
    store.close()


def test_without_a_terminal_it_only_shows(home: Path, sheet: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = home.parent / "填好的.xlsx"
    path.write_bytes(filled(sheet, {"N5": "已办结"}))
    with pytest.raises(Refusal, match="加 --yes 一次登记"):
        take_roll(home, path, confirmed=False)
    assert "进展 （空） → 已办结" in capsys.readouterr().out
