"""Office files that are one XML text, as web systems hand them out under the names .doc and .xls."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.reading import ReadingError, read
from tests.knowledge.reading.office2003 import HEAD, cell, excel2003, flattened, p, tc, word2003

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "parsing"


def test_the_flat_form_of_a_document_reads_as_the_document() -> None:
    data = (GOLDEN / "word-features.docx").read_bytes()
    flat, whole = read(flattened(data), "方案.doc"), read(data, "方案.docx")
    assert flat.kind == "office-xml"
    assert (flat.blocks, flat.doubts) == (whole.blocks, whole.doubts)


def test_a_document_of_word_2003_is_read_with_its_tables_and_without_its_page_heads(lines) -> None:
    rows = [
        tc("任务") + tc("单位") + tc("时限"),
        tc("修路", '<w:vmerge w:val="restart"/>') + tc("甲局", '<w:gridSpan w:val="2"/>'),
        tc("", "<w:vmerge/>") + tc("乙局") + tc("6月"),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    reading = read(word2003(f"<wx:sub-section>{p('分工')}</wx:sub-section>{table}"), "甲.doc")
    assert lines(reading) == ["分工", ["任务", "单位", "时限"], ["修路", "甲局", "甲局"], ["修路", "乙局", "6月"]]


def test_numbers_are_counted_from_the_lists_of_word_2003_or_taken_as_last_shown(lines) -> None:
    lists = (
        '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="39"/>'
        '<w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef>'
        '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
    )
    counted = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr>'
    shown = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="9"/><wx:t wx:val="（三）"/></w:listPr>'
    body = p("修路", counted) + p("架桥", counted) + p("植树", shown)
    assert lines(read(word2003(body, lists), "甲.doc")) == ["一、修路", "二、架桥", "（三）植树"]


def test_changes_in_word_2003_are_accepted_and_its_notes_come_last(lines) -> None:
    changes = (
        '<w:p><w:r><w:t>由甲局</w:t></w:r><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>、乙局</w:delText>'
        '</w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>、丙局</w:t></w:r>'
        f"</aml:content></aml:annotation><w:r><w:footnote>{p('含分局')}</w:footnote></w:r><w:r><w:t>负责</w:t></w:r></w:p>"
    )
    assert lines(read(word2003(changes + p("完")), "甲.doc")) == ["由甲局、丙局负责", "完", "注：含分局"]


def test_a_workbook_of_excel_2003_prints_as_its_cells_show(lines) -> None:
    styles = (
        '<Styles><Style ss:ID="m"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles>'
    )
    rows = [
        cell("String", "事项") + cell("String", "时限") + cell("String", "比例"),
        cell("String", "修路", MergeDown=1)
        + cell("DateTime", "2026-08-01T00:00:00.000", StyleID="m")
        + cell("Number", "0.85", StyleID="p"),
        cell("DateTime", "2026-09-30T00:00:00.000", Index=2, StyleID="d") + cell("Boolean", "1"),
    ]
    reading = read(excel2003("".join(f"<Row>{row}</Row>" for row in rows), styles), "甲.xls")
    assert lines(reading) == [["事项", "时限", "比例"], ["修路", "2026年8月", "85%"], ["修路", "2026年9月30日", "是"]]
    assert reading.blocks[0].place.words() == "工作表“台账”第1行"


def test_a_hidden_sheet_of_excel_2003_is_left_out_and_reported() -> None:
    with pytest.raises(ReadingError, match="里面没有可读的文字"):
        read(excel2003(f"<Row>{cell('String', '底稿')}</Row>", options="<Visible>SheetHidden</Visible>"), "甲.xls")


def test_a_hidden_row_of_excel_2003_is_read_and_said_to_be_hidden() -> None:
    rows = [f'<Row ss:Hidden="{at}">{cell("String", "修路")}{cell("String", "县交通局")}</Row>' for at in (0, 1)]
    blocks = read(excel2003("".join(rows)), "甲.xls").blocks
    assert [[doubt.code for doubt in block.doubts] for block in blocks] == [[], ["hidden-row"]]


def test_another_text_of_office_and_one_with_entities_are_refused() -> None:
    with pytest.raises(ReadingError, match="这是不认识的 Office XML 文档"):
        read(f'{HEAD}<?mso-application progid="Visio"?><a/>'.encode(), "甲.xml")
    with pytest.raises(ReadingError, match="夹有外部定义"):
        read(
            word2003(p("甲")).replace(b"<w:wordDocument", b'<!DOCTYPE x [<!ENTITY a "b">]><w:wordDocument', 1), "甲.doc"
        )
