"""The form of GB/T 9704: margins, type, line pitch, page numbers, tables; and nothing active from outside."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.papers.paper import Column, Paper, balanced, fit

COLUMNS = (Column("序号", 1, centred=True), Column("内容", 5))


def written() -> Any:
    paper = Paper("关于某文件的体检单", "云溪市人民政府办公室", date(2026, 3, 20))
    paper.title("关于《某方案》的文件体检单")
    paper.addressee("某某办公室")
    paper.paragraph("逐项核对如下。")
    paper.heading("一、问题")
    paper.table(COLUMNS, [["必须改（1处）"], ["1", "第一行\n第二行"]])
    paper.note("注：仅供核对。")
    paper.signature("云溪市人民政府办公室", date(2026, 3, 20))
    return Document(BytesIO(paper.content()))


def font(run: Any) -> tuple[str, float]:
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_the_page_has_the_margins_of_the_standard() -> None:
    section = written().sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_title_and_text_have_their_types_and_pitch() -> None:
    paragraphs = {p.text: p for p in written().paragraphs if p.text}
    fonts = {text[:4]: font(p.runs[0]) for text, p in paragraphs.items()}
    assert fonts["关于《某"] == ("方正小标宋简体", 22)
    assert fonts["逐项核对"] == ("仿宋_GB2312", 16)
    assert fonts["一、问题"] == ("黑体", 16)
    body = paragraphs["逐项核对如下。"].paragraph_format
    assert body.line_spacing == Pt(28.95)
    assert body.first_line_indent == Pt(32)


def test_the_file_names_the_types_to_use_where_those_of_the_standard_are_not_installed() -> None:
    part = next(r.target_part for r in written().part.rels.values() if r.reltype.endswith("/fontTable"))
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in part.blob.decode()


def test_page_numbers_stand_outside_between_dashes() -> None:
    document = written()
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    assert [footer.paragraphs[0].alignment for footer in (odd, even)] == [2, 0]
    assert all(footer.paragraphs[0].text == "—  —" and " PAGE " in footer._element.xml for footer in (odd, even))


def test_a_table_repeats_its_head_and_breaks_no_row() -> None:
    document = written()
    table = document.tables[0]
    marks = [[child.tag.split("}")[1] for child in row._tr.trPr] for row in table.rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]
    assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(Mm(156), rel=0.01)
    assert [cell.text for cell in table.rows[1].cells] == ["必须改（1处）"] * 2
    assert table.rows[2].cells[1].text == "第一行\n第二行"


def test_the_day_closes_the_paper_under_the_office() -> None:
    texts = [p.text for p in written().paragraphs if p.text]
    assert texts[-2:] == ["云溪市人民政府办公室", "2026年3月20日"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于某方案的文件体检单", ["关于某方案的文件体检单"]),
        (
            "关于《澜河县2026年重点工作任务分工方案》的文件体检单",
            ["关于《澜河县2026年重点", "工作任务分工方案》的文件体检单"],
        ),
        (
            "关于《2019年全市政务公开重点工作任务分工方案》的文件体检单",
            ["关于《2019年全市政务公开", "重点工作任务分工方案》的文件体检单"],
        ),
    ],
)
def test_a_long_title_is_broken_in_even_lines_where_a_word_ends(title: str, lines: list[str]) -> None:
    assert balanced(title, 20) == lines


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("x")', "{ PAGE }", "<w:br/>", "]]>", "http://例.中国", "甲\x00乙\x1b[0m\u202e丙\ud800\ufffe"]
)
def test_text_from_outside_stays_text(words: str) -> None:
    paper = Paper(words, words)
    paper.title(words)
    paper.table(COLUMNS, [[words, words]])
    document = Document(BytesIO(paper.content()))
    assert document.tables[0].rows[1].cells[0].text == fit(words)
    body = document.element.xml
    assert not any(mark in body for mark in ("<w:hyperlink", "<w:fldChar", "<w:instrText", "<w:br"))
    assert not any(rel.is_external for rel in document.part.rels.values())
