"""Word documents: what stands on the page with all changes accepted, automatic numbers included."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from knowledge.reading import ReadingError, read
from knowledge.reading.numbering import FORMATS


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, num_id: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_paragraphs_and_tables_come_in_reading_order(lines, places) -> None:
    document = Document()
    document.add_heading("分工方案", 1)
    document.add_paragraph("现印发给你们。")
    grid = document.add_table(2, 2)
    for row, words in enumerate((("事项", "单位"), ("修路", "甲局"))):
        for column, word in enumerate(words):
            grid.cell(row, column).text = word
    document.add_paragraph("联系电话：略")
    out = BytesIO()
    document.save(out)
    reading = read(out.getvalue(), "甲.docx")
    assert lines(reading) == ["分工方案", "现印发给你们。", ["事项", "单位"], ["修路", "甲局"], "联系电话：略"]
    assert [block.heading for block in reading.blocks] == [1, 0, 0, 0, 0]
    assert places(reading) == ["第1段", "第2段", "表1第1行", "表1第2行", "第3段"]


def test_merged_cells_repeat_their_text_and_name_their_source(word) -> None:
    body = table(
        tc("事项") + tc("单位") + tc("时限"),
        tc("修路", '<w:vMerge w:val="restart"/>') + tc("甲局", '<w:gridSpan w:val="2"/>'),
        tc("", "<w:vMerge/>") + tc("乙局") + tc("6月"),
        tc("植树") + tc("丙局") + tc("7月"),
    )
    rows = [
        [(c.text, c.merged_from.words() if c.merged_from else "") for c in b.cells]
        for b in read(word(body), "甲.docx").blocks
    ]
    assert rows[1] == [("修路", ""), ("甲局", ""), ("甲局", "表1第2行第2列")]
    assert rows[2] == [("修路", "表1第2行第1列"), ("乙局", ""), ("6月", "")]
    assert rows[3] == [("植树", ""), ("丙局", ""), ("7月", "")]


def test_cells_skipped_before_a_row_keep_the_columns_in_place(word, lines) -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("甲局") + tc("6月")
    reading = read(word(table(tc("事项") + tc("单位") + tc("时限"), late)), "甲.docx")
    assert lines(reading)[1] == ["", "甲局", "6月"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "1 2 3"),
        ("chineseCounting", "一 二 三"),
        ("chineseCountingThousand", "一 二 三"),
        ("japaneseCounting", "一 二 三"),
        ("ideographDigital", "一 二 三"),
        ("lowerLetter", "a b c"),
        ("upperRoman", "I II III"),
        ("decimalEnclosedCircleChinese", "① ② ③"),
        ("ideographTraditional", "甲 乙 丙"),
        ("decimalFullWidth", "１ ２ ３"),
        ("chineseLegalSimplified", "壹 贰 叁"),
        ("aFormatOfTomorrow", "1 2 3"),
    ],
)
def test_automatic_numbers_are_restored_as_they_print(form: str, shown: str, word, lines) -> None:
    body = "".join(listed(f"事项{n}") for n in range(3))
    reading = read(word(body, numbering=numbering(level(0, form, "%1、"))), "甲.docx")
    assert lines(reading) == [f"{number}、事项{n}" for n, number in enumerate(shown.split())]


def test_numbers_run_through_their_levels_as_in_an_official_document(word, lines) -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "%3.%4", "<w:isLgl/>"),
    )
    body = (
        listed("总则")
        + listed("公开", 1, 1)
        + listed("清单", 1, 2)
        + listed("目录", 1, 2)
        + listed("细目", 1, 3)
        + listed("解读", 1, 1)
        + listed("图解", 1, 2)
        + listed("附则")
    )
    found = ["一、总则", "（一）公开", "1. 清单", "2. 目录", "2.1 细目", "（二）解读", "1. 图解", "二、附则"]
    assert lines(read(word(body, numbering=numbering(*levels)), "甲.docx")) == found


def test_numbers_go_past_ten_and_twenty_as_clerks_write_them(word, lines) -> None:
    body = "".join(listed("项") for _ in range(21))
    found = lines(read(word(body, numbering=numbering(level(0, "chineseCounting", "%1、"))), "甲.docx"))
    assert (found[9], found[10], found[19], found[20]) == ("十、项", "十一、项", "二十、项", "二十一、项")


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseLegalSimplified", 21, "贰拾壹"),
        ("ideographDigital", 20, "二〇"),
        ("lowerLetter", 28, "bb"),
        ("lowerRoman", 49, "xlix"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("ideographTraditional", 11, "11"),
        ("decimalZero", 7, "07"),
    ],
)
def test_larger_numbers_are_written_as_the_format_says(form: str, number: int, shown: str) -> None:
    assert FORMATS[form](number) == shown


def test_a_list_that_starts_again_counts_again_and_one_that_shares_its_list_counts_on(word, lines) -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = listed("甲") + listed("乙") + listed("丙", 2) + listed("丁", 3)
    reading = read(word(body, numbering=numbering(level(0, "decimal", "%1、"), more=again)), "甲.docx")
    assert lines(reading) == ["1、甲", "2、乙", "1、丙", "2、丁"]


def test_a_column_numbered_automatically_gets_its_numbers(word, lines) -> None:
    number = f"<w:tc>{listed('')}</w:tc>"
    body = table(tc("序号") + tc("事项"), number + tc("修路"), number + tc("植树"))
    reading = read(word(body, numbering=numbering(level(0, "decimal", "%1"))), "甲.docx")
    assert lines(reading) == [["序号", "事项"], ["1", "修路"], ["2", "植树"]]


def test_lists_and_outline_levels_come_from_styles_too(word, lines) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="章节"/><w:basedOn w:val="A"/></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="A"/>') + p("乙", '<w:pStyle w:val="B"/>') + p("丙")
    reading = read(word(body, styles=styles, numbering=numbering(level(0, "chineseCounting", "%1、"))), "甲.docx")
    assert lines(reading) == ["一、甲", "二、乙", "丙"]
    assert [block.heading for block in reading.blocks] == [2, 2, 0]


def test_a_table_of_contents_is_not_read_twice(word, lines) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    assert lines(read(word(p("一、总则 3", '<w:pStyle w:val="T"/>') + p("一、总则"), styles=styles), "甲.docx")) == [
        "一、总则"
    ]


def test_bullets_are_decoration(word, lines) -> None:
    assert lines(read(word(listed("甲"), numbering=numbering(level(0, "bullet", "●"))), "甲.docx")) == ["甲"]


def test_deleted_text_is_gone_and_inserted_text_is_there(word, lines) -> None:
    body = (
        "<w:p><w:r><w:t>由</w:t></w:r><w:del><w:r><w:delText>甲局</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>乙局</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>丙</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>牵头</w:t></w:r></w:p>"
    )
    assert lines(read(word(body), "甲.docx")) == ["由乙局牵头"]


def test_a_paragraph_whose_end_was_deleted_runs_into_the_next(word, lines) -> None:
    body = p("由甲局", "<w:rPr><w:del/></w:rPr>") + p("牵头")
    assert lines(read(word(body), "甲.docx")) == ["由甲局牵头"]


def test_a_deleted_table_row_is_gone(word, lines) -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + tc("旧") + tc("旧局")
    assert lines(read(word(table(tc("事项") + tc("单位"), gone, tc("新") + tc("新局"))), "甲.docx")) == [
        ["事项", "单位"],
        ["新", "新局"],
    ]


def test_text_boxes_are_read_once_and_content_controls_are_opened(word, lines) -> None:
    box = f"<w:txbxContent>{p('文件头')}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r>{twice}</w:r></w:p><w:sdt><w:sdtContent>{p('正文')}</w:sdtContent></w:sdt>"
    assert lines(read(word(body), "甲.docx")) == ["文件头", "正文"]


def test_footnotes_follow_the_text_with_the_place_that_cites_them(word, lines, places) -> None:
    cited = '<w:p><w:r><w:t>由甲局牵头</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{p("指原乙局。")}</w:footnote>'
    reading = read(word(cited + p("完"), footnotes=notes), "甲.docx")
    assert lines(reading) == ["由甲局牵头", "完", "注：指原乙局。"]
    assert places(reading)[2] == "第1段"


def test_line_breaks_inside_a_paragraph_make_lines_of_it(word, lines, places) -> None:
    body = "<w:p><w:r><w:t>牵头单位：甲局</w:t><w:br/><w:t>责任单位：乙局</w:t></w:r></w:p>"
    reading = read(word(body), "甲.docx")
    assert lines(reading) == ["牵头单位：甲局", "责任单位：乙局"]
    assert places(reading) == ["第1段", "第1段"]


def test_a_table_inside_a_layout_table_is_found_and_a_small_one_in_a_cell_is_flattened(word, lines) -> None:
    inner = table(tc("事项") + tc("单位"), tc("修路") + tc("甲局"))
    assert lines(read(word(table(f"<w:tc>{p('前言')}{inner}{p('')}</w:tc>")), "甲.docx")) == [
        "前言",
        ["事项", "单位"],
        ["修路", "甲局"],
    ]
    small = f"<w:tc>{table(tc('甲局') + tc('乙局'))}{p('')}</w:tc>"
    assert lines(read(word(table(tc("事项") + tc("单位"), tc("修路") + small)), "甲.docx")) == [
        ["事项", "单位"],
        ["修路", "甲局\n乙局"],
    ]


def test_a_table_with_whole_rows_stays_one_whatever_stands_in_its_cells(word, lines) -> None:
    inner = table(tc("类型") + tc("家数"), tc("规上") + tc("20"))
    row = f"{tc('1')}<w:tc>{p('改造企业')}{inner}{p('')}</w:tc>{tc('甲局')}"
    assert lines(read(word(table(tc("序号") + tc("任务") + tc("单位"), row)), "甲.docx")) == [
        ["序号", "任务", "单位"],
        ["1", "改造企业\n类型\n家数\n规上\n20", "甲局"],
    ]


def test_an_embedded_file_is_reported(word) -> None:
    assert [doubt.code for doubt in read(word(p("正文") + "<w:altChunk/>"), "甲.docx").doubts] == ["embedded-part"]


def test_words_struck_through_are_read_and_doubted(word, lines) -> None:
    body = "<w:p><w:r><w:t>甲局牵头</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>乙局配合</w:t></w:r></w:p>"
    reading = read(word(body), "甲.docx")
    assert lines(reading) == ["甲局牵头乙局配合"]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("struck-out", "乙局配合")]
    assert read(word(body.replace("<w:strike/>", '<w:strike w:val="0"/>')), "甲.docx").doubts == ()


def test_a_document_of_pictures_only_is_refused(word) -> None:
    with pytest.raises(
        ReadingError, match=r"“甲.docx”：里面没有可读的文字，可能是扫描图片或空白文件；请导入带文字的版本"
    ):
        read(word("<w:p><w:r><w:drawing/></w:r></w:p>"), "甲.docx")
