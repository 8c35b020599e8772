"""Plain text: encodings by strict trial, lines with their numbers, runs of tab or bar lines as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.reading import ReadingError, read

SEEDS = sorted((Path(__file__).resolve().parents[4] / "shared" / "seeds").glob("*.txt"))
SENTENCE = "市教育局牵头，按月公布学校食堂食材采购情况。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_text_comes_out_of_every_encoding(encoding: str) -> None:
    reading = read(f"一、总则\r\n\r\n{SENTENCE}䶮\r\n".encode(encoding), "甲.txt")
    assert [(b.place.line, b.text) for b in reading.blocks] == [(1, "一、总则"), (3, SENTENCE + "䶮")]


@pytest.mark.parametrize("text", [SENTENCE * 5, SENTENCE])
def test_utf8_with_a_damaged_byte_is_refused_and_not_read_as_other_characters(text: str) -> None:
    with pytest.raises(ReadingError, match=r"“甲.txt”：文字编码无法识别或内容已损坏；请用记事本"):
        read(text.encode()[:-4] + b"\xff" + text.encode()[-4:], "甲.txt")


def test_another_encoding_is_refused_and_not_guessed() -> None:
    with pytest.raises(ReadingError, match="编码"):
        read(
            "關於印發政務公開重點工作分工方案的通知各部門要認真貫徹執行並按時報送進展情況".encode("big5") * 3, "甲.txt"
        )


def test_traditional_characters_in_gb18030_are_read() -> None:
    text = "關於印發政務公開重點工作分工方案的通知，各部門要認真貫徹執行，並按時報送進展情況，不得推諉。" * 2
    assert read(text.encode("gb18030"), "甲.txt").blocks[0].text == text


def test_a_text_cut_inside_utf16_is_refused() -> None:
    with pytest.raises(ReadingError, match="UTF-16"):
        read("甲乙".encode("utf-16")[:-1], "甲.txt")


def test_neighbouring_tab_lines_are_one_table_and_keep_their_empty_cells(lines, places) -> None:
    reading = read("表题\n序号\t事项\t单位\n1\t\t甲局\n\n序号\t事项\t单位\n2\t修路\t\n说明\n".encode(), "甲.txt")
    assert lines(reading) == [
        "表题",
        ["序号", "事项", "单位"],
        ["1", "", "甲局"],
        ["序号", "事项", "单位"],
        ["2", "修路", ""],
        "说明",
    ]
    assert [block.table for block in reading.blocks] == [0, 1, 1, 2, 2, 0]
    assert places(reading) == ["第1行", "第2行", "第3行", "第5行", "第6行", "第7行"]
    assert reading.blocks[2].cells[2].place.words() == "第3行第3列"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("\t各单位要抓好落实。", "各单位要抓好落实。"),
        ("1.\t公布清单。", "1.公布清单。"),
        ("（二）\t加强督查", "（二）加强督查"),
        ("牵头单位：\t市财政局", "牵头单位：市财政局"),
    ],
)
def test_a_tab_that_only_indents_a_paragraph_makes_no_table(line: str, text: str, lines) -> None:
    assert lines(read(f"甲\n{line}\n乙".encode(), "甲.txt")) == ["甲", text, "乙"]


def test_even_rows_set_apart_by_wide_gaps_are_a_table_and_a_lone_line_is_not(lines) -> None:
    reading = read("序号  事项　　单位\n1    修路    甲局\n\n联系人：张三   电话：略   传真：略\n".encode(), "甲.txt")
    assert lines(reading) == [["序号", "事项", "单位"], ["1", "修路", "甲局"], "联系人：张三   电话：略   传真：略"]


def test_cells_that_go_on_over_lines_keep_to_their_columns(lines, places) -> None:
    laid = """\
序号  事项            单位      时限
1     修缮破损路面，  甲局      6月
      更换井盖
2     植树            乙局、丙  9月
                      局
"""
    reading = read(laid.encode(), "甲.txt")
    assert lines(reading) == [
        ["序号", "事项", "单位", "时限"],
        ["1", "修缮破损路面，\n更换井盖", "甲局", "6月"],
        ["2", "植树", "乙局、丙\n局", "9月"],
    ]
    assert places(reading) == ["第1行", "第2行", "第4行"]


def test_markdown_bars_are_rows_and_the_rule_under_the_header_is_drawing(lines) -> None:
    reading = read("# 台账\n| 事项 | **单位** |\n|---|:-:|\n| 修路 | 甲局 |\n".encode(), "甲.md")
    assert lines(reading) == ["台账", ["事项", "单位"], ["修路", "甲局"]]
    assert [block.heading for block in reading.blocks] == [1, 0, 0]


def test_a_comma_separated_table_keeps_quoted_commas_and_line_breaks(lines, places) -> None:
    reading = read('序号,事项,单位\n1,"修路,\n架桥",甲局\n,,\n2,植树,\n'.encode("gb18030"), "甲.csv")
    assert lines(reading) == [["序号", "事项", "单位"], ["1", "修路,\n架桥", "甲局"], ["2", "植树", ""]]
    assert places(reading) == ["第1行", "第2行", "第5行"]


@pytest.mark.skipif(not SEEDS, reason="the real documents are not part of the project")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_real_documents_lose_no_line_that_says_something(path: Path) -> None:
    text = path.read_text("utf-8")
    reading = read(path.read_bytes(), path.name)
    assert [block.place.line for block in reading.blocks] == [
        n for n, line in enumerate(text.split("\n"), 1) if line.strip()
    ]
    assert read(text.encode("gb18030"), path.name) == reading
