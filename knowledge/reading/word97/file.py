"""A Word 97–2003 file taken apart: its characters by position, and the properties that lie on them.

A position counts from 0 through the main text, then footnotes, headers, comments, endnotes and text boxes, in UTF-16 units.
Source: [MS-DOC] 2.4 (document content), 2.5 (file information block), 2.9.38 (Clx), 2.9.175 (PapxFkp), 2.9.33 (ChpxFkp).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.reading.encoding import is_chinese
from knowledge.reading.limits import MAX_CELLS, MAX_TEXT
from knowledge.reading.ole import Compound
from knowledge.reading.refusal import refusal
from knowledge.reading.word97.sprms import PLAIN, Character, Paragraph, character, of_fast_save, paragraph
from knowledge.reading.word97.stylesheet import stylesheet

NOTHING = "\uffff"
"""Stands at positions that say nothing: deleted and hidden characters, the second half of a character."""

_WORD97 = 0xA5EC
_OLDEST = 0xC1  # nFib of Word 97; Word 6 and 95 write 101 to 105
_TABLES = 0x9A
_PAGE = 512
_WIDTHS = (2, 1)
_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再导入"
_DOUBLE = re.compile(rb"[\x81-\xfe][\x40-\xfe]|[\x00-\x7f]")
_OLD_QUOTES = re.compile(r"[\x80-\x9f]")

Entry = Callable[[bytes, int], tuple[int, bytes]]
"""(a formatted page, where on it) → the style and the modifiers that stand there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of positions whose characters stand together in the file."""

    start: int
    end: int
    offset: int
    width: int
    """Bytes a position takes: 2 for UTF-16, 1 for a code page."""
    on_top: bytes
    """Modifiers that a fast save laid on it."""


class WordFile:
    """One file. `struct.error` and IndexError mean that it does not hang together."""

    def __init__(self, container: Compound) -> None:
        main, name = container.stream("WordDocument"), container.name
        mark, version = struct.unpack_from("<HH", main, 0)
        flags = struct.unpack_from("<H", main, 0x0A)[0]
        if mark == _WORD97 and flags & 0x0100:
            raise refusal(name, "文档设有打开密码", "请取消密码后重新保存再导入")
        if mark != _WORD97 or version < _OLDEST:
            raise refusal(name, "这是 Word 95 或更早版本的文档", _AGAIN)
        self.name, self._main = name, main
        self.elsewhere = container.stream("Data")
        self._table = container.stream("1Table" if flags & 0x0200 else "0Table")
        self.stylesheet = stylesheet(self.structure(1))
        self.pieces = self._pieces()
        self._starts = [piece.start for piece in self.pieces]
        self.text = self._text()
        self._properties = _Pages(main, self.plc(13, 4), _paragraph_at)

    def structure(self, index: int) -> bytes:
        """One structure of the table stream by its place in FibRgFcLcb97, from 0."""
        start, length = struct.unpack_from("<II", self._main, _TABLES + 8 * index)
        return self._table[start : start + length] if length < 2**31 else b""

    def behind(self, index: int) -> bytes:
        """What follows a structure: list levels stand there without being counted in."""
        start, length = struct.unpack_from("<II", self._main, _TABLES + 8 * index)
        return self._table[start + length :]

    def plc(self, index: int, size: int) -> tuple[tuple[int, ...], list[bytes]]:
        """Positions, and the structures of `size` bytes between them (one fewer)."""
        data = self.structure(index)
        count = max((len(data) - 4) // (4 + size), 0)
        positions = struct.unpack_from(f"<{count + 1}I", data) if len(data) >= 4 else ()
        base = 4 * (count + 1)
        return positions, [data[base + size * at : base + size * (at + 1)] for at in range(count)]

    def parts(self) -> dict[str, tuple[int, int]]:
        """The parts of the text → where each begins and ends."""
        lengths = struct.unpack_from("<8I", self._main, 0x4C)
        names = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header-boxes")
        found, start = {}, 0
        for name, length in zip(names, lengths, strict=True):
            end = min(start + length, len(self.text))
            found[name] = (start, end)
            start = end
        return found

    def paragraph(self, position: int) -> tuple[Paragraph, bytes]:
        """The properties of the paragraph whose mark stands at `position`, and the modifiers that say so."""
        piece = self.pieces[max(bisect_right(self._starts, position) - 1, 0)]
        style, data = self._properties.at(piece.offset + (position - piece.start) * piece.width)
        return paragraph_of(data, style, self.elsewhere, piece.on_top), data + piece.on_top

    def style(self, position: int) -> int:
        """The style of the paragraph around `position`."""
        return self.paragraph(position)[0].style

    def characters(self) -> Iterator[tuple[int, int, Character]]:
        """The runs of positions that are not ordinary visible text, in order."""
        pages = _Pages(self._main, self.plc(12, 4), _characters_at)
        for piece in self.pieces:
            last = piece.offset + (piece.end - piece.start) * piece.width
            for start, end, (_, data) in pages.between(piece.offset, last):
                if not data and not piece.on_top:
                    continue
                if (found := _character(data, piece.on_top)) != PLAIN:
                    yield (
                        piece.start + -(-(start - piece.offset) // piece.width),
                        piece.start + -(-(end - piece.offset) // piece.width),
                        found,
                    )

    def _pieces(self) -> list[Piece]:
        clx = self.structure(33)
        lists: list[bytes] = []
        at = 0
        while clx[at] == 1:
            size = int.from_bytes(clx[at + 1 : at + 3], "little")
            lists.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if clx[at] != 2:
            raise IndexError("no piece table")
        table = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
        count = (len(table) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", table)
        pieces = []
        for number in range(count):
            where, prm = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
            narrow = where >> 30 & 1
            offset = (where & 0x3FFFFFFF) >> narrow
            pieces.append(
                Piece(positions[number], positions[number + 1], offset, _WIDTHS[narrow], of_fast_save(prm, lists))
            )
        if any(piece.end <= piece.start for piece in pieces) or positions[0] != 0:
            raise IndexError("pieces out of order")
        return pieces

    def _text(self) -> str:
        if self.pieces[-1].end > MAX_TEXT // 2:
            raise refusal(self.name, f"文字超过 {MAX_TEXT // 2**20} MB", "请只留任务分工的正文和表格后再导入")
        return "".join(self._characters_of(piece) for piece in self.pieces)

    def _characters_of(self, piece: Piece) -> str:
        count = piece.end - piece.start
        data = self._main[piece.offset : piece.offset + count * piece.width]
        if len(data) < count * piece.width:
            raise IndexError("a piece reaches beyond the file")
        text = _wide(data) if piece.width == 2 else _narrow(data)
        if len(text) != count:
            raise IndexError("a character is cut between pieces")
        return text


paragraph_of = lru_cache(maxsize=4096)(paragraph)


@lru_cache(maxsize=4096)
def _character(data: bytes, on_top: bytes) -> Character:
    return character(on_top, character(data))


def _wide(data: bytes) -> str:
    """UTF-16 with one character a position: rare ones that take two units are followed by NOTHING."""
    text = data.decode("utf-16-le", "replace")
    if len(text) * 2 == len(data):
        return text
    return "".join(char + NOTHING if char > "\uffff" else char for char in text)


def _narrow(data: bytes) -> str:
    """Western characters, or Chinese in GBK, which some programs write here, one byte a position."""
    if _DOUBLE.sub(b"", data) == b"" and any(byte > 127 for byte in data):
        text = data.decode("gb18030", "replace")
        if is_chinese(text):
            return "".join(char if char < "\x80" else char + NOTHING for char in text)
    return _OLD_QUOTES.sub(_quote, data.decode("latin-1"))


def _quote(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "replace")


class _Pages:
    """The formatted disk pages of one kind: which list of modifiers lies on the bytes of the text."""

    def __init__(self, main: bytes, plc: tuple[tuple[int, ...], list[bytes]], entry: Entry) -> None:
        entries: list[tuple[int, int, tuple[int, bytes]]] = []
        numbers = dict.fromkeys(int.from_bytes(page, "little") & 0x3FFFFF for page in plc[1])
        for number in numbers:
            page = main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) == _PAGE:
                entries.extend(_entries(page, entry))
            if len(entries) > MAX_CELLS:
                raise IndexError("more formatting than a text can have")
        entries.sort(key=lambda found: found[0])
        self._entries = entries
        self._starts = [start for start, _, _ in entries]

    def at(self, offset: int) -> tuple[int, bytes]:
        """The style and the modifiers that lie on the byte at `offset`."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self._entries[at][1]:
            return 0, b""
        return self._entries[at][2]

    def between(self, first: int, last: int) -> Iterator[tuple[int, int, tuple[int, bytes]]]:
        """The runs of bytes from `first` to `last`, cut to that length, with the modifiers they carry."""
        at = max(bisect_right(self._starts, first) - 1, 0)
        while at < len(self._entries) and self._entries[at][0] < last:
            start, end, found = self._entries[at]
            if end > first:
                yield max(start, first), min(end, last), found
            at += 1


def _entries(page: bytes, entry: Entry) -> Iterator[tuple[int, int, tuple[int, bytes]]]:
    count = page[_PAGE - 1]
    size = 13 if entry is _paragraph_at else 1
    if 4 * (count + 1) + size * count > _PAGE - 1:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        where = page[4 * (count + 1) + size * number] * 2
        yield bounds[number], bounds[number + 1], entry(page, where) if where else (0, b"")


def _paragraph_at(page: bytes, where: int) -> tuple[int, bytes]:
    size = page[where] * 2 - 1
    at = where + 1
    if size < 0:
        size, at = page[where + 1] * 2, where + 2
    return int.from_bytes(page[at : at + 2], "little"), page[at + 2 : at + size]


def _characters_at(page: bytes, where: int) -> tuple[int, bytes]:
    return 0, page[where + 1 : where + 1 + page[where]]
