"""Binary workbooks (.xls, and .et of WPS) → blocks: every visible sheet, merged ranges expanded, numbers and dates as printed.

Our own reader and not calamine: neither it nor the values it gives know how a cell prints a date, and its dense grid fills
the memory for a file of one cell at the far corner. calamine checks us in the tests. Source: [MS-XLS] 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.model import Block, Doubt
from knowledge.reading.biff import BIFF8, EOF, Record, Strings, codec_of, narrow, records
from knowledge.reading.cipher import unprotected
from knowledge.reading.limits import bounded, check_extent
from knowledge.reading.ole import Compound
from knowledge.reading.printed import BUILTIN, plain, printed
from knowledge.reading.refusal import refusal
from knowledge.reading.remarks import embedded, macros, outside
from knowledge.reading.sheets import Sheet, hidden_sheet, sheet_blocks

_BROKEN = (struct.error, IndexError, ValueError, OverflowError)
_AGAIN = "请重新下载，或用 Excel、WPS 打开后另存为 .xlsx 再导入"
_FILEPASS, _CODEPAGE, _DATEMODE, _FORMAT, _XF, _SHEET, _SST, _LINKED = 0x2F, 0x42, 0x22, 0x41E, 0xE0, 0x85, 0xFC, 0x1AE
_OLD_FORMAT = 0x1E
_WORKSHEET, _MACRO_SHEET = 0, 1
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_SPOT = struct.Struct("<HHH")


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    biff8: bool = True
    codec: str = "gb18030"
    epoch_1904: bool = False
    strings: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    """Number of a format → how it is written."""
    styles: list[int] = field(default_factory=list)
    """Cell style → number of its format."""
    sheets: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Where each sheet begins, its state (0 is visible), its kind and its title."""
    linked: list[str] = field(default_factory=list)
    lost: int = 0
    """How many cells refer to a text that the file does not hold."""

    def shown(self, value: float, style: int) -> str:
        """A number as its cell prints it."""
        number = self.styles[style] if style < len(self.styles) else 0
        code = self.codes.get(number) or BUILTIN.get(number, "")
        return printed(value, code, self.epoch_1904) if code else plain(value)


def xls_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of all visible sheets, and a doubt for each hidden one. Raises ReadingError."""
    container = Compound(data, name)
    stream = container.stream("Workbook") or container.stream("Book")
    try:
        stream = _plain(stream, name)
        book = _book(stream)
        worksheets = [sheet for sheet in book.sheets if sheet[2] == _WORKSHEET]
        shown = [_sheet(stream, start, title, book, name) for start, state, _, title in worksheets if not state]
    except _BROKEN as error:
        raise refusal(name, "文件内容不完整", _AGAIN) from error
    blocks = (block for table, sheet in enumerate(shown, 1) for block in sheet_blocks(sheet, table, name))
    hidden = (hidden_sheet(title) for _, state, _, title in worksheets if state)
    return tuple(bounded(blocks, name)), (*hidden, *_remarks(container.names(), book))


def _remarks(names: frozenset[str], book: _Book) -> Iterator[Doubt]:
    if any(path.startswith("_vba_project_cur/vba") for path in names) or any(s[2] == _MACRO_SHEET for s in book.sheets):
        yield macros()
    if any(path.startswith("mbd") for path in names):
        yield embedded()
    yield from outside(book.linked)
    if book.lost:
        yield Doubt("damaged-characters", f"表格里有{book.lost}格的文字已经损坏，没有读出，请对照原文核对")


def _plain(stream: bytes, name: str) -> bytes:
    """The workbook without the protection that needs no password. Raises ReadingError for one that has a password."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            if (plain := unprotected(stream, at)) is None:
                raise refusal(name, "表格设有打开密码", "请取消密码后重新保存再导入")
            return plain
        if kind == EOF:
            break
        at += 4 + length
    return stream


def _book(stream: bytes) -> _Book:
    book = _Book(biff8=struct.unpack_from("<4xH", stream)[0] == BIFF8)
    for record in records(stream):
        if record.type in _OF_BOOK:
            _OF_BOOK[record.type](record, book)
    return book


def _take_page(record: Record, book: _Book) -> None:
    book.codec = codec_of(int.from_bytes(record.data[:2], "little"))


def _take_epoch(record: Record, book: _Book) -> None:
    book.epoch_1904 = record.data[:2] == b"\x01\x00"


def _take_format(record: Record, book: _Book) -> None:
    book.codes[int.from_bytes(record.data[:2], "little")] = _string(record, 2, book, 2 if book.biff8 else 1)


def _take_style(record: Record, book: _Book) -> None:
    book.styles.append(int.from_bytes(record.data[2:4], "little"))


def _take_sheet(record: Record, book: _Book) -> None:
    start, state, kind = struct.unpack_from("<IBB", record.data)
    book.sheets.append((start, state & 3, kind, _string(record, 6, book, 1)))


def _take_strings(record: Record, book: _Book) -> None:
    count = int.from_bytes(record.data[4:8], "little")
    strings = Strings(record.pieces, 8)
    while len(book.strings) < count and not strings.ended:
        book.strings.append(_clean(strings.text()))


def _take_link(record: Record, book: _Book) -> None:
    """A workbook or a program that formulas refer to; the workbook's own sheets and its functions are none."""
    kind = record.data[2:4]
    if kind not in (b"\x01\x04", b"\x01\x3a") and len(record.data) > 4:
        book.linked.append("".join(filter(str.isprintable, Strings(record.pieces, 2).text())))


_OF_BOOK: Mapping[int, Callable[[Record, _Book], None]] = {
    _CODEPAGE: _take_page,
    _DATEMODE: _take_epoch,
    _FORMAT: _take_format,
    _OLD_FORMAT: _take_format,
    _XF: _take_style,
    _SHEET: _take_sheet,
    _SST: _take_strings,
    _LINKED: _take_link,
}


def _sheet(stream: bytes, start: int, title: str, book: _Book, name: str) -> Sheet:
    sheet = Sheet(title)
    spot = (0, 0)
    for record in records(stream, start):
        if record.type == _STRING:
            _put(sheet, spot, _string(record, 0, book))
        elif record.type == _MERGED:
            _take_merged(record.data, sheet)
        elif record.type in _CELLS:
            row, column, style = _SPOT.unpack_from(record.data)
            spot = (row + 1, column + 1)
            _put(sheet, spot, _CELLS[record.type](record, style, book))
        elif record.type == _SEVERAL:
            _take_several(record.data, sheet, book)
        elif record.type == _ROW and _word(record, 12) & _ROW_HIDDEN:
            sheet.hidden_rows.add(_word(record, 0) + 1)
        elif record.type == _COLUMNS and _word(record, 8) & _COLUMN_HIDDEN:
            sheet.hidden_columns |= set(range(_word(record, 0) + 1, min(_word(record, 2), _LAST_COLUMN) + 2))
        check_extent(0, len(sheet.cells), name)
    return sheet


def _word(record: Record, at: int) -> int:
    """The two bytes at `at`, as far as the record goes."""
    return int.from_bytes(record.data[at : at + 2], "little")


def _put(sheet: Sheet, spot: tuple[int, int], text: str) -> None:
    if text := _clean(text):
        sheet.cells[spot] = text


def _clean(text: str) -> str:
    whole = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()


def _string(record: Record, at: int, book: _Book, length_size: int = 2) -> str:
    """A string that begins at `at` in its record."""
    if book.biff8:
        return Strings(record.pieces, at).text(length_size)
    count = int.from_bytes(record.data[at : at + length_size], "little")
    return narrow(record.data[at + length_size : at + length_size + count], book.codec)


def _shared(record: Record, style: int, book: _Book) -> str:
    at = int.from_bytes(record.data[6:10], "little")
    if at < len(book.strings):
        return book.strings[at]
    book.lost += 1
    return ""


def _label(record: Record, style: int, book: _Book) -> str:
    return _string(record, 6, book)


def _number(record: Record, style: int, book: _Book) -> str:
    return book.shown(struct.unpack_from("<d", record.data, 6)[0], style)


def _compressed(record: Record, style: int, book: _Book) -> str:
    return book.shown(_rk(record.data[6:10]), style)


def _truth(record: Record, style: int, book: _Book) -> str:
    return _truth_or_error(record.data[6], bool(record.data[7]))


def _formula(record: Record, style: int, book: _Book) -> str:
    """The result that the file keeps; a text follows in a record of its own."""
    result = record.data[6:14]
    if result[6:8] != b"\xff\xff":
        return book.shown(struct.unpack("<d", result)[0], style)
    return _truth_or_error(result[2], result[0] == 2) if result[0] in (1, 2) else ""


def _truth_or_error(value: int, error: bool) -> str:
    return _ERRORS.get(value, "#N/A") if error else ("是" if value else "否")


_STRING, _MERGED, _SEVERAL, _ROW, _COLUMNS = 0x207, 0xE5, 0xBD, 0x208, 0x7D
_ROW_HIDDEN, _COLUMN_HIDDEN, _LAST_COLUMN = 0x20, 0x01, 255
_CELLS: Mapping[int, Callable[[Record, int, _Book], str]] = {
    0xFD: _shared,
    0x204: _label,
    0xD6: _label,
    0x203: _number,
    0x27E: _compressed,
    0x205: _truth,
    0x06: _formula,
}
"""LABELSST, LABEL, RSTRING, NUMBER, RK, BOOLERR, FORMULA → what the cell says."""


def _take_several(data: bytes, sheet: Sheet, book: _Book) -> None:
    row, first = struct.unpack_from("<HH", data)
    for at in range(4, len(data) - 7, 6):
        style = int.from_bytes(data[at : at + 2], "little")
        _put(sheet, (row + 1, first + 1 + (at - 4) // 6), book.shown(_rk(data[at + 2 : at + 6]), style))


def _take_merged(data: bytes, sheet: Sheet) -> None:
    for at in range(2, len(data) - 7, 8):
        top, bottom, left, right = struct.unpack_from("<4H", data, at)
        if bottom >= top and right >= left:
            sheet.merged[top + 1, left + 1] = (bottom + 1, right + 1)


def _rk(data: bytes) -> float:
    """A number in four bytes: an integer or the upper half of a double, perhaps a hundred times too big."""
    bits = int.from_bytes(data, "little")
    value: float = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0]
    if bits & 2:
        value = (bits - (1 << 32) if bits & 0x80000000 else bits) >> 2
    return value / 100 if bits & 1 else value
