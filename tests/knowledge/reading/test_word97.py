"""Binary Word documents (.doc, .wps): read like a .docx of the same text; what only they can hold is tried here by hand.

That whole documents read alike is held by the goldens: a .doc or .wps beside a .docx shares its golden.
"""

from __future__ import annotations

import struct

import pytest

from knowledge.reading import Reading, ReadingError, read
from tests.knowledge.reading.office97 import Line, Run, cell, compound, row_end, word97

DELETED = struct.pack("<HB", 0x0800, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
STRUCK = struct.pack("<HB", 0x0837, 1)
IN_TABLE = struct.pack("<HB", 0x2416, 1)


def rows(reading: Reading) -> list[list[str]]:
    """The rows of all tables; a cell that only repeats another stands in brackets."""
    return [
        [f"({c.text})" if c.merged_from else c.text for c in block.cells] for block in reading.blocks if block.cells
    ]


def nested(depth: int, *modifiers: tuple[int, int]) -> bytes:
    return IN_TABLE + struct.pack("<HI", 0x6649, depth) + b"".join(struct.pack("<HB", *one) for one in modifiers)


def test_paragraphs_and_tables_come_in_reading_order(lines, places) -> None:
    table = [cell("事项"), cell("单位"), row_end([0, 2000, 4000]), cell("修路"), cell("甲局"), row_end([0, 2000, 4000])]
    reading = read(word97([Line("分工方案\r"), *table, Line("联系电话：略\r")]), "甲.doc")
    assert reading.kind == "doc"
    assert lines(reading) == ["分工方案", ["事项", "单位"], ["修路", "甲局"], "联系电话：略"]
    assert places(reading) == ["第1段", "表1第1行", "表1第2行", "第2段"]


def test_cells_merged_downwards_repeat_their_text_and_name_their_source() -> None:
    edges = [0, 1000, 3000, 4000]
    table = [
        *(cell("序号"), cell("任务"), cell("单位"), row_end(edges)),
        *(cell("1"), cell("修路"), cell("甲局"), row_end(edges, [0x60, 0, 0])),
        *(cell(""), cell("架桥"), cell("乙局"), row_end(edges, [0x20, 0, 0])),
    ]
    reading = read(word97(table), "甲.doc")
    assert rows(reading) == [["序号", "任务", "单位"], ["1", "修路", "甲局"], ["(1)", "架桥", "乙局"]]
    assert reading.blocks[2].cells[0].merged_from == reading.blocks[1].cells[0].place


@pytest.mark.parametrize("flags", [(1, 2), (2, 1)], ids=["as Word 97 says", "as the later description says"])
def test_cells_merged_across_are_one(flags: tuple[int, int]) -> None:
    edges = [0, 1000, 2000, 3000]
    table = [
        *(cell("任务"), cell("单位"), cell("时限"), row_end(edges)),
        *(cell("修路"), cell("甲局和乙局"), cell(""), row_end(edges, [0, *flags])),
    ]
    assert rows(read(word97(table), "甲.doc")) == [["任务", "单位", "时限"], ["修路", "甲局和乙局", "(甲局和乙局)"]]


def test_a_wider_cell_covers_the_columns_of_the_rows_around_it() -> None:
    table = [
        *(cell("任务"), cell("单位"), cell("时限"), row_end([0, 1000, 2000, 3000])),
        *(cell("修路"), cell("甲局"), row_end([0, 1000, 3010])),
        *(cell("架桥"), cell("6月"), row_end([1003, 2004, 3000])),
    ]
    assert rows(read(word97(table), "甲.doc")) == [
        ["任务", "单位", "时限"],
        ["修路", "甲局", "(甲局)"],
        ["", "架桥", "6月"],
    ]


def test_edges_dragged_apart_by_a_hair_make_no_further_column() -> None:
    table = [cell("甲"), cell("乙"), row_end([-108, 2000, 4000]), cell("丙"), cell("丁"), row_end([-90, 2037, 3990])]
    assert rows(read(word97(table), "甲.doc")) == [["甲", "乙"], ["丙", "丁"]]


def test_a_row_that_is_defined_by_insertions_has_its_columns() -> None:
    inserted = IN_TABLE + struct.pack("<HB", 0x2417, 1) + struct.pack("<HBBH", 0x7621, 0, 2, 2000)
    table = [cell("甲"), cell("乙"), Line("\x07", inserted), cell("丙"), cell("丁"), row_end([0, 2000, 4000])]
    assert rows(read(word97(table), "甲.doc")) == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_that_breaks_off_keeps_its_last_row() -> None:
    table = [cell("甲"), cell("乙"), row_end([0, 2000, 4000]), cell("丙"), cell("丁")]
    assert rows(read(word97(table), "甲.doc")) == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_inside_a_cell_is_read_where_it_stands(lines) -> None:
    end = Line("\r", nested(2, (0x244B, 1), (0x244C, 1)))
    inner = [Line("事项\r", nested(2, (0x244B, 1))), Line("单位\r", nested(2, (0x244B, 1))), end]
    more = [Line("修路\r", nested(2, (0x244B, 1))), Line("甲局\r", nested(2, (0x244B, 1))), end]
    outer = [Line("前言\r", IN_TABLE), *inner, *more, Line("\x07", IN_TABLE), row_end([0, 6000])]
    assert lines(read(word97(outer), "甲.doc")) == ["前言", ["事项", "单位"], ["修路", "甲局"]]


def test_deleted_and_hidden_words_are_left_out_and_struck_ones_reported() -> None:
    text = "市甲局删去隐藏划掉负责\r"
    runs = [Run(3, 5, DELETED), Run(5, 7, HIDDEN), Run(7, 9, STRUCK)]
    reading = read(word97([Line(text)], runs), "甲.doc")
    assert [block.text for block in reading.blocks] == ["市甲局划掉负责"]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("struck-out", "划掉")]


def test_a_paragraph_whose_end_was_deleted_runs_into_the_next(lines) -> None:
    reading = read(word97([Line("由市甲局\r"), Line("负责。\r")], [Run(4, 5, DELETED)]), "甲.doc")
    assert lines(reading) == ["由市甲局负责。"]


def test_fields_show_their_results(lines) -> None:
    text = '见\x13 HYPERLINK "http://a.invalid" \x14附件\x15和\x13 PAGE \x15页，\x13没有完\r'
    assert lines(read(word97([Line(text)]), "甲.doc")) == ["见附件和页，没有完"]


def test_a_field_that_would_fetch_something_is_named_and_not_followed() -> None:
    reading = read(word97([Line("合计\x13DDEAUTO excel a.xls r1c1\x14三\x15项\r")]), "甲.doc")
    assert [block.text for block in reading.blocks] == ["合计三项"]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [
        ("outside-reference", "DDEAUTO excel a.xls r1c1")
    ]


def test_rare_characters_take_two_positions_and_nothing_shifts(lines) -> None:
    assert lines(read(word97([Line("联系人𬭎某删\r")], [Run(6, 7, DELETED)]), "甲.doc")) == ["联系人𬭎某"]


@pytest.mark.parametrize(("codec", "text"), [("cp1252", "Chapter “1” – cafe\r"), ("gb18030", "市财政局牵头负责\r")])
def test_characters_of_one_byte_are_western_or_chinese(codec: str, text: str, lines) -> None:
    data = word97([Line(text)], pieces=[(0, len(text), 0, codec)])
    assert lines(read(data, "甲.doc")) == [text.strip()]


def test_a_fast_saved_text_is_put_together_from_its_pieces(lines) -> None:
    text = "一、市甲局牵头。\r二、市乙局牵头。\r"
    pieces = [(9, 18, 0, "utf-16-le"), (0, 9, 0, "utf-16-le")]
    data = word97([Line("一、市甲局牵头。\r"), Line("二、市乙局牵头。\r")], pieces=pieces, flags=0x0004)
    assert len(text) == 18
    assert lines(read(data, "甲.doc")) == ["二、市乙局牵头。", "一、市甲局牵头。"]


def test_what_a_fast_save_laid_on_a_piece_counts(lines) -> None:
    text = "市甲局和乙局牵头。\r"
    short = (0x41 << 1) | 1 << 8  # deleted
    listed = 0 << 1 | 1  # the first of the lists: hidden
    pieces = [(0, 3, 0, "utf-16-le"), (3, 4, short, "utf-16-le"), (4, 6, listed, "utf-16-le"), (6, 10, 0, "utf-16-le")]
    data = word97([Line(text)], pieces=pieces, lists=[HIDDEN], flags=0x0004)
    assert lines(read(data, "甲.doc")) == ["市甲局牵头。"]


def test_an_encrypted_document_is_refused_in_one_sentence() -> None:
    with pytest.raises(ReadingError, match="文档设有打开密码；请取消密码后重新保存再导入"):
        read(word97([Line("甲\r")], flags=0x0100), "甲.doc")


def test_a_document_of_word_95_is_called_what_it_is() -> None:
    data = compound({"WordDocument": struct.pack("<HH", 0xA5DC, 104) + bytes(2000)})
    with pytest.raises(
        ReadingError, match=r"这是 Word 95 或更早版本的文档；请用 Word 或 WPS 打开后另存为 \.docx 再导入"
    ):
        read(data, "甲.doc")


def test_macros_and_embedded_files_are_named_and_left_closed() -> None:
    extra = {"Macros/VBA/dir": b"Sub AutoOpen()", "ObjectPool/_1/Workbook": b"x"}
    reading = read(word97([Line("市甲局负责。\r")], extra=extra), "甲.doc")
    assert [block.text for block in reading.blocks] == ["市甲局负责。"]
    assert [doubt.code for doubt in reading.doubts] == ["macros", "embedded-part"]


def test_numbers_of_a_list_that_is_lost_are_reported() -> None:
    listed = struct.pack("<HB", 0x260A, 0) + struct.pack("<Hh", 0x460B, 7)
    reading = read(word97([Line("公开预算\r", listed), Line("公开决算\r", listed)]), "甲.doc")
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("numbers-lost", "公开预算")]
    assert "2段" in reading.doubts[0].message


def test_a_document_without_a_piece_table_is_refused() -> None:
    with pytest.raises(ReadingError, match="文件内容不完整"):
        read(word97([Line("市甲局负责。\r")], structures={33: b"\x03"}), "甲.doc")
