"""Files that are empty, broken, locked, disguised or made to hurt: one clear sentence each, and never anything else."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import MAX_BYTES, Reading, ReadingError, read
from knowledge.reading.limits import MAX_TEXT
from tests.knowledge.reading.office97 import compound
from tests.properties import examples


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data, name)
    return str(caught.value)


def word_file() -> bytes:
    document = Document()
    document.add_heading("分工方案", 1)
    document.add_paragraph("公布清单", style="List Number")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}行{column}列"
    table.cell(1, 0).merge(table.cell(2, 1))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def sheet_file() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("台账")
        page.merge_range("A1:C1", "台账")
        page.write_row(1, 0, ["序号", "事项", 46203])
        page.write(2, 2, 46174, book.add_format({"num_format": 'yyyy"年"m"月"'}))
    return out.getvalue()


WORD, SHEET = word_file(), sheet_file()
PAGE = "<html><meta charset=gbk><p>甲局<table><tr><td rowspan=2 colspan=3>乙<td>丙<tr><td>丁</table>".encode("gb18030")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode()])
def test_an_empty_file(data: bytes) -> None:
    assert refusal(data, "计划/甲.txt").startswith("无法读取“甲.txt”：")


def test_an_empty_file_says_what_to_do() -> None:
    assert refusal(b"", "甲.docx") == "无法读取“甲.docx”：文件是空的；请确认文件已完整保存后重新导入。"


def test_a_file_beyond_the_limit_is_refused_before_anything_is_done_with_it() -> None:
    assert refusal(b"x" * (MAX_BYTES + 1), "甲.docx") == (
        "无法读取“甲.docx”：文件超过 50 MB；请删去图片等附件，只留正文和表格后再导入。"
    )


def test_a_text_beyond_the_limit() -> None:
    assert "文字超过 10 MB" in refusal(b"x" * (MAX_TEXT + 1), "甲.txt")


def test_a_text_of_endless_short_lines() -> None:
    assert "内容超过 10 万行" in refusal(b"x\n" * 200_001, "甲.txt")


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("EncryptedPackage", "设有打开密码的文档；请取消密码后重新保存再导入"),
        ("PowerPoint Document", "旧版演示文稿（.ppt、.dps）；请导入带文字的 .docx、.xlsx、.html 或 .txt 版本"),
        ("Unknown", "旧版 Office 文件；请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx 再导入"),
    ],
)
def test_binary_files_that_are_no_documents_say_what_to_do(stream: str, said: str) -> None:
    assert refusal(compound({stream: b"x"}), "甲.docx") == f"无法读取“甲.docx”：扩展名是 .docx，实际是{said}。"


def test_an_honestly_named_old_file_is_not_called_a_fraud() -> None:
    message = refusal(compound({"PowerPoint Document": b"x"}), "甲.ppt")
    assert "这是旧版演示文稿（.ppt、.dps），目前不能直接读取" in message


@pytest.mark.parametrize("kept", [8, 600, 3000])
def test_a_binary_file_cut_short(kept: int) -> None:
    assert "文件不完整或已损坏，可能没有下载完" in refusal(compound({"WordDocument": b"x"})[:kept], "甲.doc")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{\\rtf1\\ansi", "RTF 文档"),
        (b"Rar!\x1a\x07\x00", "RAR 压缩包"),
        (b"MZ\x90\x00\x03\x00", "可执行程序"),
    ],
)
def test_another_kind_of_file_named_docx_is_called_what_it_is(data: bytes, what: str) -> None:
    assert f"扩展名是 .docx，实际是{what}；" in refusal(data, "甲.docx")


def test_a_text_that_begins_with_the_letters_of_a_mark_is_a_text() -> None:
    assert read("BMI 指数由市卫生健康委负责公布".encode(), "甲.txt").kind == "text"
    assert read("PK 赛由市教育局负责组织".encode(), "甲.txt").kind == "text"


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("ppt/presentation.xml", "演示文稿"),
        ("甲.docx", "压缩包；请解压后把里面的文件逐个导入"),
    ],
)
def test_another_container_is_called_what_it_is(member: str, said: str, zipped) -> None:
    assert f"实际是{said}" in refusal(zipped({member: "x"}), "甲.docx")


@pytest.mark.parametrize("whole", [WORD, SHEET], ids=["docx", "xlsx"])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.99])
def test_a_truncated_office_file(whole: bytes, kept: float) -> None:
    assert refusal(whole[: int(len(whole) * kept)], "甲.docx") == (
        "无法读取“甲.docx”：文件不完整或已损坏，可能没有下载完；请重新下载或在 Word、WPS 中打开后另存一份再导入。"
    )


def test_a_password_on_the_container_is_named() -> None:
    locked = bytearray(WORD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + offset] |= 1
    assert "文件设有密码；请取消密码后重新保存再导入" in refusal(bytes(locked), "甲.docx")


def test_a_bomb_is_refused_by_its_directory(word) -> None:
    body = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 600_000
    data = word(body)
    assert len(data) < 200_000
    assert "解压后的内容大得不正常，已停止读取" in refusal(data, "甲.docx")


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking(word) -> None:
    data = bytearray(word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 600_000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data), "甲.docx").startswith("无法读取“甲.docx”：文件")


def test_a_container_of_countless_members(zipped) -> None:
    parts = {f"word/{number}": "" for number in range(5001)}
    assert "大得不正常" in refusal(zipped({"word/document.xml": "<w/>", **parts}), "甲.docx")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels"])
def test_entities_in_an_office_file_are_refused(part: str, zipped) -> None:
    body = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    parts = {"word/document.xml": body.replace("&b;&c;", "甲"), part: ENTITIES + body}
    assert "夹有外部定义" in refusal(zipped(parts), "甲.docx")


def test_entities_in_another_encoding_are_not_expanded_either(zipped) -> None:
    body = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>正文&b;</w:t></w:r></w:p></w:body></w:document>"
    data = zipped({"word/document.xml": f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}{body}'.encode("utf-16")})
    assert "甲甲" not in "".join(block.text for block in outcome(data).blocks)


def outcome(data: bytes, name: str = "甲.docx") -> Reading:
    """What reading gives, an empty reading for a refusal: anything else is a failure of the test."""
    try:
        return read(data, name)
    except ReadingError as error:
        message = str(error)
    assert message.startswith("无法读取“甲")
    assert message.endswith("。")
    assert "\n" not in message
    return Reading("refused", ())


@pytest.mark.parametrize("depth", [200, 100_000])
def test_elements_nested_without_end_are_refused_or_read_but_never_overflow(depth: int, word) -> None:
    for tag in ("sdt", "tbl", "ins", "r"):
        outcome(word(f"<w:p>{f'<w:{tag}>' * depth}<w:t>甲</w:t>{f'</w:{tag}>' * depth}</w:p>"))
    nested = "<w:tbl><w:tr><w:tc>" * (depth // 4) + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * (depth // 4)
    outcome(word(nested))


def test_a_circle_of_styles_ends(word, lines) -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    assert lines(read(word(body, styles=styles), "甲.docx")) == ["甲"]


def test_a_document_without_its_main_part(zipped) -> None:
    assert "文件内容不完整" in refusal(zipped({"word/document.xml": "<a/>"}), "甲.docx")


def test_a_long_or_foreign_name_is_shown_short_and_without_its_folders() -> None:
    assert refusal(b"", "/home/某人/计划\n" + "长" * 200 + ".docx").startswith("无法读取“计划 长")
    assert "/home" not in refusal(b"", "/home/某人/甲.docx")


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, "甲局\x00牵头".encode(), b"\x01\x02\x03abc" * 9])
def test_binary_content_in_a_text_file(data: bytes) -> None:
    assert "二进制内容" in refusal(data, "甲.txt")


@settings(deadline=None, max_examples=examples(150))
@given(st.binary(max_size=400), st.sampled_from(["甲.docx", "甲.xlsx", "甲.txt", "甲.html", "甲.csv", "甲.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    outcome(data, name)


@settings(deadline=None, max_examples=examples(60))
@given(st.text("<>/=\"' abtdrlispn\n甲0123456789&;#", max_size=120))
def test_any_markup_is_read_or_refused(text: str) -> None:
    outcome(f"<html><table>{text}".encode(), "甲.html")


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The same bytes with a few changed, lost or doubled."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed) + 1)
        choices: list[Callable[[], object]] = [
            lambda at=at: changed.__setitem__(slice(at, at + 1), bytes([dice.randrange(256)])),
            lambda at=at: changed.__delitem__(slice(at, at + dice.randint(1, 30))),
            lambda at=at: changed.__setitem__(slice(at, at), changed[at : at + dice.randint(1, 30)]),
        ]
        dice.choice(choices)()
    return bytes(changed)


def damaged_inside(data: bytes, dice: random.Random) -> bytes:
    """The same container with one of its parts damaged, so that the damage reaches the XML readers."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as copy:
        chosen = dice.choice([name for name in whole.namelist() if name.endswith((".xml", ".rels"))])
        for name in whole.namelist():
            part = whole.read(name)
            copy.writestr(name, damaged(part, dice) if name == chosen else part)
    return out.getvalue()


@settings(deadline=None, max_examples=examples(120))
@given(st.sampled_from([WORD, SHEET, PAGE]), st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(whole: bytes, seed: int) -> None:
    dice = random.Random(seed)
    outcome(damaged_inside(whole, dice) if whole is not PAGE and dice.random() < 0.7 else damaged(whole, dice))
