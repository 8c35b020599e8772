"""The records of a binary workbook (BIFF8 of Excel 97–2003 and WPS, BIFF5 of Excel 5 and 95), and the strings in them.

Source: [MS-XLS] 2.4 (records), 2.5.293 (XLUnicodeRichExtendedString), 2.4.265 (SST), 2.4.58 (Continue).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.encoding import is_chinese

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
BIFF8 = 0x0600

_OTHER_PAGES = {936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 10008: "gb18030", 32768: "mac_roman", 32769: "cp1252"}  # fmt: skip
_HEAD = struct.Struct("<HH")
_WIDE, _PHONETIC, _RICH = 1, 4, 8


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, and its content as it is cut (what did not fit goes on in further pieces)."""

    type: int
    pieces: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        """The content of the record itself."""
        return self.pieces[0]


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records of the part of a workbook that begins at `start`, those of charts inside it left out.

    Raises IndexError where the part breaks off or does not begin.
    """
    depth = 0
    at = start
    end = len(stream)
    while at + 4 <= end:
        kind, length = _HEAD.unpack_from(stream, at)
        content = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        pieces = [content]
        while at + 4 <= end and _HEAD.unpack_from(stream, at)[0] == CONTINUE:
            length = _HEAD.unpack_from(stream, at)[1]
            pieces.append(stream[at + 4 : at + 4 + length])
            at += 4 + length
        if depth != 1:
            if not depth:
                break
            continue
        yield Record(kind, tuple(pieces))
    raise IndexError("a part of the workbook breaks off")


def codec_of(page: int) -> str:
    """The codec of a code page by its number; Chinese where the number says nothing."""
    name = _OTHER_PAGES.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return name


def narrow(data: bytes, codec: str) -> str:
    """Text in a code page; Chinese programs also write GBK and call it Western."""
    if codec == "cp1252" and any(byte > 0x7F for byte in data):
        text = data.decode("gb18030", "replace")
        if "\ufffd" not in text and is_chinese(text):
            return text
    return data.decode(codec, "replace")


class Strings:
    """Reads strings one after another from the pieces of a record; a new piece says anew how wide its characters are."""

    def __init__(self, pieces: Sequence[bytes], at: int) -> None:
        self._pieces = pieces
        self._piece, self._at = 0, at

    @property
    def ended(self) -> bool:
        """Whether nothing is left to read."""
        return self._piece + 1 == len(self._pieces) and self._at >= len(self._pieces[-1])

    def text(self, length_size: int = 2) -> str:
        """The next string of BIFF8. Raises IndexError where the record is at its end."""
        count = int.from_bytes(self._take(length_size), "little")
        flags = self._take(1)[0]
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        phonetic = int.from_bytes(self._take(4), "little") if flags & _PHONETIC else 0
        text = self._characters(count, bool(flags & _WIDE))
        self._skip(4 * runs + phonetic)
        return text

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            piece = self._pieces[self._piece]
            more = piece[self._at : self._at + count - len(taken)]
            taken += more
            self._at += len(more)
            if len(taken) < count:
                self._next()
        return taken

    def _skip(self, count: int) -> None:
        while count > (left := len(self._pieces[self._piece]) - self._at):
            count -= left
            if self._piece + 1 == len(self._pieces):
                self._at += left
                return
            self._next()
        self._at += count

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise IndexError("a string beyond its record")

    def _characters(self, count: int, wide: bool) -> str:
        text: list[str] = []
        while True:
            width = 2 if wide else 1
            piece = self._pieces[self._piece]
            data = piece[self._at : self._at + count * width]
            got = len(data) // width
            text.append(data[: got * width].decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            self._at += got * width
            count -= got
            if not count or self._piece + 1 == len(self._pieces):  # some writers count one character too many
                return "".join(text)
            self._next()
            wide = bool(self._take(1)[0] & _WIDE)
