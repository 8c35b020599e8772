"""Binary workbooks (.xls, .et): visible sheets row by row, numbers and dates as printed; details tried by hand.

That whole workbooks read alike is held by the goldens: a .xls or .et beside a .xlsx shares its golden.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from knowledge.reading import ReadingError, read
from tests.knowledge.reading.office97 import compound, label, record, shared, strings, workbook

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "parsing"


def rk(value: int, *, hundredth: bool = False) -> bytes:
    return struct.pack("<i", value << 2 | 2 | hundredth)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def form(at: int, code: str) -> bytes:
    return record(0x41E, struct.pack("<HHB", at, len(code), 1) + code.encode("utf-16-le"))


def style(form: int) -> bytes:
    return record(0xE0, struct.pack("<HH16x", 0, form))


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8))


@pytest.mark.parametrize("name", ["table-ledger.xls", "sheet-features.xls", "two-sheets.et"])
def test_another_reader_finds_the_same_texts(name: str) -> None:
    theirs = CalamineWorkbook.from_path(GOLDEN / name)
    expected = {
        value.strip()
        for sheet in theirs.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible
        for row in theirs.get_sheet_by_name(sheet.name).to_python()
        for value in row
        if isinstance(value, str) and value.strip()
    }
    reading = read((GOLDEN / name).read_bytes(), name)
    found = {text for block in reading.blocks for text in (block.text, *(cell.text for cell in block.cells))}
    assert reading.kind == "xls"
    assert expected <= found


def test_numbers_print_as_their_cells_show_them(lines) -> None:
    styles = [style(0), style(164), style(9), style(57)]
    cells = [
        label(0, 0, "时间"),
        label(0, 1, "比例"),
        number(1, 0, 46235, 1),
        number(1, 1, 0.85, 2),
        number(2, 0, 46235, 3),
        number(2, 1, 3.5),
    ]
    reading = read(workbook([form(164, 'yyyy"年"m"月"'), *styles], {"台账": cells}), "甲.xls")
    assert lines(reading) == [["时间", "比例"], ["2026年8月", "85%"], ["2026年8月", "3.5"]]
    assert reading.blocks[0].place.words() == "工作表“台账”第1行"


def test_packed_numbers_are_unpacked(lines) -> None:
    several = record(
        0xBD,
        struct.pack("<HH", 1, 0)
        + struct.pack("<H", 0)
        + rk(12)
        + struct.pack("<H", 0)
        + rk(350, hundredth=True)
        + struct.pack("<H", 1),
    )
    one = record(0x27E, struct.pack("<HHH", 2, 0, 0) + rk(-5))
    half = record(0x27E, struct.pack("<HHH", 2, 1, 0) + struct.pack("<d", 0.5)[4:])
    reading = read(workbook([style(0)], {"甲": [label(0, 0, "一"), label(0, 1, "二"), several, one, half]}), "甲.xls")
    assert lines(reading) == [["一", "二"], ["12", "3.5"], ["-5", "0.5"]]


def test_results_of_formulas_are_read_and_formulas_are_not(lines) -> None:
    text = record(0x207, struct.pack("<HB", 3, 1) + "市甲局".encode("utf-16-le"))
    cells = [
        *(label(0, 0, "单位"), label(0, 1, "数")),
        *(formula(1, 0, b"\0\0\0\0\0\0\xff\xff"), text, formula(1, 1, struct.pack("<d", 7))),
        *(formula(2, 0, b"\1\0\1\0\0\0\xff\xff"), formula(2, 1, b"\2\0\x2a\0\0\0\xff\xff")),
    ]
    assert lines(read(workbook([style(0)], {"甲": cells}), "甲.xls"))[1:] == [["市甲局", "7"], ["是", "#N/A"]]


def test_merged_ranges_repeat_their_text_and_name_their_source() -> None:
    merged = record(0xE5, struct.pack("<H4H", 1, 1, 2, 0, 0))
    cells = [
        label(0, 0, "序号"),
        label(0, 1, "任务"),
        label(1, 0, "1"),
        label(1, 1, "修路"),
        label(2, 1, "架桥"),
        merged,
    ]
    blocks = read(workbook([], {"甲": cells}), "甲.xls").blocks
    assert [[cell.text for cell in block.cells] for block in blocks] == [["序号", "任务"], ["1", "修路"], ["1", "架桥"]]
    assert blocks[2].cells[0].merged_from == blocks[1].cells[0].place


def test_a_string_may_change_its_width_where_a_record_ends(lines) -> None:
    word = "市甲局ab"
    first = struct.pack("<HB", len(word), 1) + "市甲".encode("utf-16-le")
    table = strings(first, b"\1" + "局".encode("utf-16-le"), b"\0ab" + struct.pack("<HB", 2, 0), b"\0OK", count=2)
    reading = read(workbook([table], {"甲": [shared(0, 0, 0), shared(0, 1, 1)]}), "甲.xls")
    assert lines(reading) == [["市甲局ab", "OK"]]


def test_reading_aids_and_letter_shapes_beside_a_string_are_passed_over(lines) -> None:
    rich = struct.pack("<HBHI", 2, 0x0D, 1, 6) + "甲局".encode("utf-16-le") + bytes(4) + bytes(6)
    table = strings(rich + struct.pack("<HB", 2, 1) + "乙局".encode("utf-16-le"), count=2)
    assert lines(read(workbook([table], {"甲": [shared(0, 0, 0), shared(0, 1, 1)]}), "甲.xls")) == [["甲局", "乙局"]]


def test_a_text_that_the_file_does_not_hold_is_reported() -> None:
    table = strings(struct.pack("<HB", 2, 1) + "甲局".encode("utf-16-le"), count=9)
    reading = read(workbook([table], {"甲": [shared(0, 0, 0), shared(0, 1, 5)]}), "甲.xls")
    assert [doubt.code for doubt in reading.doubts] == ["damaged-characters"]


def test_a_hidden_sheet_is_left_out_and_reported(lines) -> None:
    reading = read(workbook([], {"甲": [label(0, 0, "公开")], "底稿": [label(0, 0, "内部")]}, states=[0, 2]), "甲.xls")
    assert lines(reading) == ["公开"]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("hidden-sheet", "底稿")]


def test_hidden_rows_and_columns_of_a_binary_workbook_are_read_and_said_to_be_hidden() -> None:
    columns = record(0x7D, struct.pack("<HHHHHH", 1, 300, 0, 0, 1, 0))
    row = record(0x208, struct.pack("<HHHHHHI", 1, 0, 2, 0, 0, 0, 0x20))
    cells = [label(at, column, text) for at, texts in enumerate(["事单", "路局"]) for column, text in enumerate(texts)]
    reading = read(workbook([], {"台账": [columns, row, *cells]}), "甲.xls")
    assert [[doubt.code for doubt in block.doubts] for block in reading.blocks] == [["hidden-columns"], ["hidden-row"]]


@pytest.mark.parametrize("page", [936, 1252])
def test_a_workbook_of_excel_95_is_read_in_its_code_page_or_in_chinese(page: int, lines) -> None:
    text = "市财政局".encode("gbk")
    cell = record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    rich = record(0xD6, struct.pack("<HHHH", 0, 1, 0, len(text)) + text + b"\0")
    data = workbook([record(0x42, struct.pack("<H", page))], {"一": [cell, rich]}, version=0x0500)
    assert lines(read(data, "甲.xls")) == [["市财政局", "市财政局"]]


def test_an_encrypted_workbook_is_refused_in_one_sentence() -> None:
    with pytest.raises(ReadingError, match="表格设有打开密码；请取消密码后重新保存再导入"):
        read(workbook([record(0x2F, bytes(54))], {"甲": []}), "甲.xls")


def test_macros_links_and_embedded_files_are_named_and_left_closed(lines) -> None:
    target = "\x01" + "Z:\\年报.xls"
    link = record(0x1AE, struct.pack("<HHB", 1, len(target), 1) + target.encode("utf-16-le"))
    extra = {"_VBA_PROJECT_CUR/VBA/dir": b"x", "MBD0001/Contents": b"x"}
    reading = read(workbook([link], {"甲": [label(0, 0, "修路")]}, extra=extra), "甲.xls")
    assert lines(reading) == ["修路"]
    assert [doubt.code for doubt in reading.doubts] == ["macros", "embedded-part", "outside-reference"]
    assert reading.doubts[2].words == "Z:\\年报.xls"


def test_a_cell_in_the_far_corner_costs_no_memory(lines) -> None:
    far = label(65_535, 255, "远")
    with pytest.raises(ReadingError, match="文件内容不完整"):
        read(workbook([], {"甲": [record(0x204, b"\xff")]}), "甲.xls")
    assert lines(read(workbook([], {"甲": [label(0, 0, "近"), far]}), "甲.xls")) == ["近", "远"]


def test_a_workbook_that_breaks_off_is_refused_and_never_read_in_part() -> None:
    whole = workbook([], {"甲": [label(0, 0, "修路")], "乙": [label(0, 0, "架桥")]})
    torn = whole.replace(record(0x0A) + bytes(64), bytes(68))
    with pytest.raises(ReadingError, match="文件内容不完整"):
        read(torn, "甲.xls")


def test_one_long_text_shown_in_very_many_cells_is_refused() -> None:
    table = strings(struct.pack("<HB", 8000, 0) + b"a" * 8000, count=1)
    cells = [shared(row, column, 0) for row in range(260) for column in range(10)]
    with pytest.raises(ReadingError, match="内容超过 2000 万字"):
        read(workbook([table], {"甲": cells}), "甲.xls")


def test_a_chart_inside_a_sheet_is_passed_over(lines) -> None:
    chart = record(0x0809, struct.pack("<HHIII", 0x0600, 32, 0, 0, 0)) + label(0, 0, "图例") + record(0x0A)
    assert lines(read(workbook([], {"甲": [chart, label(0, 0, "修路")]}), "甲.xls")) == ["修路"]


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4 by another library than ours."""
    return Cipher(ARC4(key), mode=None).encryptor().update(data)


def keys(salt: bytes, password: str) -> tuple[Callable[[int], bytes], Callable[[bytes], bytes]]:
    """The keys of the blocks under a password, and the hash that proves it: as Excel 97 does it."""

    def md5(data: bytes) -> bytes:
        return hashlib.md5(data, usedforsecurity=False).digest()

    start = md5((md5(password.encode("utf-16-le"))[:5] + salt) * 16)[:5]
    return (lambda block: md5(start + struct.pack("<I", block))), md5


def library_keys(salt: bytes, password: str) -> tuple[Callable[[int], bytes], Callable[[bytes], bytes]]:
    """The same as Excel 2007 does it, with 128 bits."""

    def sha1(data: bytes) -> bytes:
        return hashlib.sha1(data, usedforsecurity=False).digest()

    start = sha1(salt + password.encode("utf-16-le"))
    return (lambda block: sha1(start + struct.pack("<I", block))[:16]), sha1


def protected(password: str, scheme: Callable[..., tuple[Callable[[int], bytes], Callable[[bytes], bytes]]]) -> bytes:
    """A workbook encrypted with a password."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    key, digest = scheme(salt, password)
    proof = rc4(key(0), verifier + digest(verifier))
    if scheme is keys:
        lock = struct.pack("<HHH", 1, 1, 1) + salt + proof
    else:
        header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0)
        lock = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
        lock += struct.pack("<I", 16) + salt + proof[:16] + struct.pack("<I", 20) + proof[16:]
    cells = [label(0, 0, "任务"), label(0, 1, "单位"), label(1, 0, "修路"), label(1, 1, "市甲局" * 300)]
    with olefile.OleFileIO(BytesIO(workbook([record(0x2F, lock)], {"台账": cells}))) as container:
        plain = container.openstream("Workbook").getvalue()
    pad = b"".join(rc4(key(block), bytes(1024)) for block in range(-(-len(plain) // 1024)))
    locked, at = bytearray(plain), 0
    while at + 4 <= len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        start = at + 4 + (length if kind in (0x0809, 0x2F) else 4 if kind == 0x85 else 0)
        for place in range(start, at + 4 + length):
            locked[place] ^= pad[place]
        at += 4 + length
    return compound({"Workbook": bytes(locked)})


@pytest.mark.parametrize("scheme", [keys, library_keys])
def test_a_workbook_that_is_only_protected_is_read(scheme: Callable, lines) -> None:
    reading = read(protected("VelvetSweatshop", scheme), "甲.xls")
    assert lines(reading) == [["任务", "单位"], ["修路", "市甲局" * 300]]
    assert reading.blocks[0].place.words() == "工作表“台账”第1行"


@pytest.mark.parametrize("scheme", [keys, library_keys])
def test_a_workbook_with_a_password_of_its_own_is_refused(scheme: Callable) -> None:
    with pytest.raises(ReadingError, match="表格设有打开密码；请取消密码后重新保存再导入"):
        read(protected("机密", scheme), "甲.xls")
