"""What a file would run, load or open stays closed: it is read for its text, and says what it asked for."""

from __future__ import annotations

import re
import socket
import struct
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from knowledge.reading import Reading, read
from tests.knowledge.reading.office97 import Line, Run, word97

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens a connection fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("a file was allowed to open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def relations(*rows: tuple[str, str, bool]) -> str:
    """(type, target, outside) → a relations part."""
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for n, (kind, target, out) in enumerate(rows)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.words) for doubt in reading.doubts]


def document(
    zipped, *rows: tuple[str, str, bool], body: str = "<w:p><w:r><w:t>由甲局负责</w:t></w:r></w:p>", **parts: str
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*rows),
            **parts,
        }
    )


def test_a_template_attached_from_outside_is_not_loaded(zipped, lines) -> None:
    settings = {"word/_rels/settings.xml.rels": relations(("attachedTemplate", "http://a.invalid/t.dotm", True))}
    reading = read(document(zipped, **settings), "甲.docx")
    assert lines(reading) == ["由甲局负责"]
    assert codes(reading) == [("outside-reference", "http://a.invalid/t.dotm")]


def test_pictures_and_objects_linked_from_outside_are_not_loaded(zipped) -> None:
    rows = [("image", "file://host/a.png", True), ("oleObject", "http://a.invalid/x", True)]
    reading = read(document(zipped, *rows), "甲.docx")
    assert codes(reading) == [("outside-reference", "file://host/a.png")]
    assert "引用了2处外部内容，没有打开" in reading.doubts[0].message


def test_a_plain_link_is_nothing_to_worry_about(zipped) -> None:
    assert codes(read(document(zipped, ("hyperlink", "http://a.invalid/", True)), "甲.docx")) == []


def test_macros_in_a_document_are_not_run_and_named(zipped, lines) -> None:
    reading = read(document(zipped, ("vbaProject", "vbaProject.bin", False), **{"word/vbaProject.bin": "x"}), "甲.docm")
    assert lines(reading) == ["由甲局负责"]
    assert [doubt.message for doubt in reading.doubts] == [
        "文件带有宏（能自动运行的程序），没有运行，只读取了文字，请核对文件来源"
    ]


def test_a_file_inside_a_document_is_not_opened_and_named(zipped) -> None:
    assert codes(read(document(zipped, ("package", "embeddings/a.xlsx", False)), "甲.docx")) == [("embedded-part", "")]


@pytest.mark.parametrize(
    "code", ["DDEAUTO c:\\\\a.exe x", ' INCLUDETEXT "http://a.invalid/"', "LINK Excel.Sheet a.xls"]
)
def test_a_field_that_would_fetch_or_start_something_is_not_followed(code: str, zipped, lines) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    cut = len(code) // 2
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:cut], code[cut:]))
    body = f"<w:p>{begin}{runs}{end}<w:r><w:t>由甲局负责</w:t></w:r></w:p>"
    reading = read(document(zipped, body=body), "甲.docx")
    assert lines(reading) == ["由甲局负责"]
    assert codes(reading) == [("outside-reference", code.strip())]


def test_a_page_number_or_a_link_in_a_field_is_nothing_to_worry_about(zipped) -> None:
    body = '<w:p><w:fldSimple w:instr="PAGE"/><w:fldSimple w:instr=\' HYPERLINK "http://a.invalid" \'><w:r><w:t>甲</w:t></w:r></w:fldSimple></w:p>'
    assert codes(read(document(zipped, body=body), "甲.docx")) == []


def sheet() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("台账")
        page.write_row(0, 0, ["事项", "数量"])
        page.write_row(1, 0, ["修路", 3])
        page.write_formula("A3", '="架桥"', None, "架桥")
        page.write_formula("B3", "=SUM(B2:B2)", None, 3)
    return out.getvalue()


def with_parts(data: bytes, zipped, **changes: str) -> bytes:
    """The same container with these parts instead or besides."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | changes)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_formulas_are_read_by_the_results_the_file_keeps(lines) -> None:
    assert lines(read(sheet(), "甲.xlsx"))[2] == ["架桥", "3"]


def test_formulas_without_a_result_are_counted_and_named(zipped) -> None:
    page = "xl/worksheets/sheet1.xml"
    bare = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", part(sheet(), page))
    reading = read(with_parts(sheet(), zipped, **{page: bare}), "甲.xlsx")
    assert codes(reading) == [("formula-without-result", "")]
    assert "工作表里有2处公式没有保存计算结果" in reading.doubts[0].message
    assert reading.doubts[0].place is not None
    assert reading.doubts[0].place.words() == "工作表“台账”"


def test_another_workbook_that_formulas_refer_to_is_not_opened(zipped, lines) -> None:
    part = {
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("externalLinkPath", "file:///Z:/年报.xlsx", True))
    }
    reading = read(with_parts(sheet(), zipped, **part), "甲.xlsx")
    assert lines(reading)[0] == ["事项", "数量"]
    assert codes(reading) == [("outside-reference", "file:///Z:/年报.xlsx")]


def test_macros_and_embedded_files_in_a_workbook_are_named(zipped) -> None:
    rels = "xl/_rels/workbook.xml.rels"
    program = f'<Relationship Id="v" Type="{OFFICE}/vbaProject" Target="vbaProject.bin"/></Relationships>'
    linked = part(sheet(), rels).replace("</Relationships>", program)
    changed = with_parts(sheet(), zipped, **{rels: linked, "xl/embeddings/a.docx": "x"})
    assert [code for code, _ in codes(read(changed, "甲.xlsm"))] == ["macros", "embedded-part"]


def test_a_binary_document_keeps_its_macros_links_and_objects_closed(lines) -> None:
    extra = {"Macros/VBA/dir": b"x", "ObjectPool/_1/Workbook": b"x"}
    text = "由甲局负责\x13 INCLUDETEXT a.doc \x15\r"
    reading = read(word97([Line(text, struct.pack("<HB", 0x2416, 0))], extra=extra), "甲.doc")
    assert lines(reading) == ["由甲局负责"]
    assert [code for code, _ in codes(reading)] == ["macros", "embedded-part", "outside-reference"]


@pytest.mark.parametrize(("across", "down", "told"), [(160, 90, True), (40, 40, False), (160, 12, False)])
def test_a_picture_of_the_size_of_a_page_is_named_and_a_seal_or_a_head_line_is_not(
    across: int, down: int, told: bool, zipped
) -> None:
    names = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    drawing = f'<wp:inline {names}><wp:extent cx="{across * 36_000}" cy="{down * 36_000}"/><a:blip/></wp:inline>'
    body = f"<w:p><w:r><w:t>由甲局负责</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
    found = codes(read(document(zipped, body=body), "甲.docx"))
    described = struct.pack("<IH22xHHHH", 68, 68, round(across * 56.7), round(down * 56.7), 1000, 1000) + bytes(40)
    picture = Run(5, 6, struct.pack("<HI", 0x6A03, 4))
    old = read(word97([Line("由甲局负责\x01\r")], [picture], extra={"Data": bytes(4) + described}), "甲.doc")
    assert found == codes(old) == ([("pictures-unread", "")] if told else [])
