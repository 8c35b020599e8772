"""Spreadsheets: every visible sheet as it prints, compared with an independent reader where that can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from knowledge.reading import ReadingError, read
from knowledge.reading.printed import plain, printed
from tests.properties import examples


def book(write: Callable[[Any], None]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        write(workbook)
    return out.getvalue()


def sheet(rows: list[list[Any]], title: str = "台账") -> bytes:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet(title)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return book(write)


def test_rows_keep_sheet_row_and_column_and_whole_numbers_have_no_fraction() -> None:
    reading = read(sheet([["序号", "事项", "比重"], [1, "修路", 2.5], [], [2, "植树", -3]]), "甲.xlsx")
    assert [[cell.text for cell in block.cells] for block in reading.blocks] == [
        ["序号", "事项", "比重"],
        ["1", "修路", "2.5"],
        ["2", "植树", "-3"],
    ]
    assert reading.blocks[2].cells[1].place.words() == "工作表“台账”第4行第2列"
    assert {block.table for block in reading.blocks} == {1}


def test_merged_ranges_are_expanded_and_name_their_source() -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet("台账")
        page.merge_range("A1:C1", "2026年台账")
        page.write_row(1, 0, ["类别", "事项", "单位"])
        page.merge_range("A3:A4", "城建")
        page.write_row(2, 1, ["修路", "甲局"])
        page.write_row(3, 1, ["架桥", "乙局"])
        page.merge_range("A5:C5", "注：下同")

    reading = read(book(write), "甲.xlsx")
    assert [block.text for block in reading.blocks] == ["2026年台账", "", "", "", "注：下同"]
    repeated = reading.blocks[3].cells[0]
    assert repeated.text == "城建"
    assert repeated.merged_from is not None
    assert repeated.merged_from.words() == "工作表“台账”第3行第1列"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (date(2026, 6, 30), "yyyy/m/d", "2026年6月30日"),
        (date(2026, 6, 30), 'yyyy"年"m"月"d"日";@', "2026年6月30日"),
        (date(2026, 6, 30), "[$-804]yyyy-mm-dd", "2026年6月30日"),
        (date(2026, 6, 1), 'yyyy"年"m"月"', "2026年6月"),
        (date(2026, 6, 30), 'm"月"d"日"', "6月30日"),
        (datetime(2026, 6, 30, 17, 30), "yyyy/m/d h:mm", "2026年6月30日 17:30"),
        (datetime(2026, 6, 30), "yyyy/m/d hh:mm:ss", "2026年6月30日"),
        (0.75, "h:mm", "18:00"),
        (0.855, "0.0%", "85.5%"),
        (12.0, '0"项"', "12"),
        (0.1 + 0.2, "General", "0.3"),
    ],
)
def test_a_cell_is_read_as_it_prints(value: Any, form: str, shown: str) -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet()
        page.write(0, 0, "时限")
        page.write(0, 1, value, workbook.add_format({"num_format": form}))

    assert read(book(write), "甲.xlsx").blocks[0].cells[1].text == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(57, "2026年6月"), (58, "6月30日"), (31, "2026年6月30日"), (14, "2026年6月30日")]
)
def test_date_formats_that_a_chinese_excel_names_by_number_only_are_known(number: int, shown: str) -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet()
        page.write_row(0, 0, ["时限", 46203], workbook.add_format({"num_format": number}))

    assert read(book(write), "甲.xlsx").blocks[0].cells[1].text == shown


def test_formulas_give_their_result_and_rich_text_is_joined() -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet()
        page.write_formula(0, 0, "=1+1", value=2)
        page.write_formula(0, 1, '="甲"&"局"', value="甲局")
        page.write_rich_string(0, 2, workbook.add_format({"bold": True}), "市财政局", "牵头")
        page.write(0, 3, "第一行\n第二行")

    cells = read(book(write), "甲.xlsx").blocks[0].cells
    assert [cell.text for cell in cells] == ["2", "甲局", "市财政局牵头", "第一行\n第二行"]


def test_every_visible_sheet_is_read_and_a_hidden_one_is_reported() -> None:
    def write(workbook: Any) -> None:
        for title in ("一季度", "草稿", "二季度"):
            workbook.add_worksheet(title).write_row(0, 0, ["事项", "单位"])
        workbook.get_worksheet_by_name("草稿").hide()

    reading = read(book(write), "甲.xlsx")
    assert [(block.place.sheet, block.table) for block in reading.blocks] == [("一季度", 1), ("二季度", 2)]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("hidden-sheet", "草稿")]


SPREAD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_hidden_rows_and_columns_are_read_and_said_to_be_hidden() -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet("台账")
        for at, cells in enumerate([["事项", "单位", "电话"], ["修路", "县交通局", "1"], ["清淤", "县水利局", "2"]]):
            page.write_row(at, 0, cells)
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(2, 3, None, None, {"hidden": True})

    reading = read(book(write), "甲.xlsx")
    assert [[doubt.code for doubt in block.doubts] for block in reading.blocks] == [
        ["hidden-columns"],
        [],
        ["hidden-row"],
    ]
    assert "（C）" in reading.blocks[0].doubts[0].message


@pytest.fixture
def raw(zipped) -> Callable[[str], bytes]:
    """A workbook of one sheet 台账 with exactly this inside its worksheet element."""
    entry = '<sheets><sheet name="台账" r:id="r1"/></sheets>'
    return lambda inside: zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SPREAD}" xmlns:r="r">{entry}</workbook>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></R>',
            "xl/s.xml": f'<worksheet xmlns="{SPREAD}">{inside}</worksheet>',
        }
    )


def row(*texts: str) -> str:
    return "<row>" + "".join(f'<c t="str"><v>{text}</v></c>' for text in texts) + "</row>"


def test_cells_without_references_follow_each_other(raw) -> None:
    rows = read(raw(f"<sheetData>{row('事项', '单位')}{row('修路', '甲局')}</sheetData>"), "甲.xlsx").blocks
    assert [[cell.text for cell in block.cells] for block in rows] == [["事项", "单位"], ["修路", "甲局"]]


def test_one_cell_at_the_far_end_of_a_sheet_costs_nothing(raw) -> None:
    far = '<row r="1048576"><c r="A1048576"><v>7</v></c><c r="XFD1048576"><v>8</v></c></row>'
    last = read(raw(f"<sheetData>{row('事项', '单位')}{far}</sheetData>"), "甲.xlsx").blocks[-1]
    assert (last.place.row, last.cells[0].text, last.cells[-1].text) == (1_048_576, "7", "8")


def test_a_merge_over_the_whole_sheet_ends_where_the_writing_ends(raw) -> None:
    rows = row("全部", "修路", "甲局") + '<row><c r="B2" t="str"><v>植树</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="C1:XFD1048576"/></mergeCells>'
    found = read(raw(f"<sheetData>{rows}</sheetData>{merges}"), "甲.xlsx").blocks
    assert [[cell.text for cell in block.cells] for block in found] == [
        ["全部", "修路", "甲局"],
        ["全部", "植树", "甲局"],
    ]


def test_cells_that_are_only_formatted_count_for_nothing(raw) -> None:
    blank = '<row r="2" s="1"/><row r="3"><c r="A3" s="1"/><c r="B3" s="2"></c></row>'
    full = '<row r="4"><c r="A4" s="1"/><c r="B4" t="str"><v>植树</v></c><c r="C4" t="str"><v>乙局</v></c></row>'
    found = read(raw(f"<sheetData>{row('事项', '单位')}{blank}{full}</sheetData>"), "甲.xlsx").blocks
    assert [(b.place.row, [cell.text for cell in b.cells]) for b in found] == [
        (1, ["事项", "单位", ""]),
        (4, ["", "植树", "乙局"]),
    ]


def test_too_many_cells_are_refused(raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reading.limits.MAX_CELLS", 10_000)
    with pytest.raises(ReadingError, match=r"内容超过 1 万格"):
        read(raw(f"<sheetData>{row(*'甲乙丙丁戊己庚辛壬癸') * 1001}</sheetData>"), "甲.xlsx")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@settings(deadline=None, max_examples=examples(30))
@given(
    st.lists(st.lists(st.one_of(WORDS, st.integers(-(10**9), 10**9)), min_size=2, max_size=5), min_size=1, max_size=6)
)
def test_an_independent_reader_finds_the_same_cells(rows: list[list[Any]]) -> None:
    def write(workbook: Any) -> None:
        page = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                (page.write_string if isinstance(value, str) else page.write_number)(number, column, value)

    data = book(write)
    theirs = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    expected = [[plain(v) if isinstance(v, float) else str(v).strip() for v in row] for row in theirs]
    assert [[cell.text for cell in block.cells] for block in read(data, "甲.xlsx").blocks] == expected


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False), st.text('ymdhs0%#;[]"\\-年月日 ', max_size=12))
def test_any_number_prints_in_any_format(value: float, form: str) -> None:
    assert printed(value, form) is not None


@given(st.dates(date(1900, 3, 1), date(2900, 1, 1)))
def test_every_day_prints_as_itself(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    assert printed(number, "yyyy-mm-dd") == f"{day.year}年{day.month}月{day.day}日"
    assert (
        printed(number - 1462, "yyyy-mm-dd", epoch_1904=True) == f"{day.year}年{day.month}月{day.day}日"
        or number < 1462
    )
