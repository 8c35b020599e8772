"""A stand-in for Chinese fonts that a PDF only names and the machine does not have.

Where a file embeds no font PDFium asks the system for one. On a server without Chinese fonts it gets none, takes every
character for empty, and leaves out whatever stands alone in its line (a 局 broken off a name, a number in its cell). The
stand-in has a box of one em for each character, which is all that reading needs; it is never shown to anybody.
"""

from __future__ import annotations

import ctypes
import struct
from functools import lru_cache
from typing import Any

_CHINESE = (128, 129, 134, 136)  # the character sets of Japanese, Korean, simplified and traditional Chinese
_HANDLE = 0x7E57  # ours among the handles of the system's fonts, which are addresses
_EM, _ABOVE, _BELOW = 1000, 880, 120
_CHECKSUM = 0x5F0F3CF5  # what every head table begins with


@lru_cache(maxsize=1)
def stand_in() -> bytes:
    """A TrueType font that maps every character to one box (cmap format 13, as last-resort fonts do)."""
    corners = struct.pack(">4B4h4h", 1, 1, 1, 1, 0, _EM, 0, -_EM, -_BELOW, 0, _EM, 0)
    box = struct.pack(">5h2H", 1, 0, -_BELOW, _EM, _ABOVE, 3, 0) + corners
    box += bytes(-len(box) % 4)
    tables = {
        b"cmap": struct.pack(">4HI2H3I3I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0x20, 0x2FFFF, 1),
        b"glyf": box * 2,
        b"head": struct.pack(">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, _CHECKSUM, 3, _EM, 0, 0, 0, -_BELOW, _EM, _ABOVE, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ABOVE, -_BELOW, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3I", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *[0] * 8),
    }  # fmt: skip
    head = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    body, start = b"", len(head) + 16 * len(tables)
    for tag, data in tables.items():
        head += struct.pack(">4s3I", tag, 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


@lru_cache(maxsize=1)
def lend_faces() -> Any:
    """Have PDFium use the stand-in wherever the system has no font for Chinese characters; once a process."""
    import pypdfium2

    font = stand_in()

    class Faces(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
        def MapFont(self, _: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> Any:
            own = self.default.MapFont(self.default, weight, italic, charset, pitch, face, exact)
            return _HANDLE if not own and charset in _CHINESE else own

        def GetFontData(self, _: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
            if handle != _HANDLE:
                return int(self.default.GetFontData(self.default, handle, table, buffer, size))
            if table:  # only whole files are asked for
                return 0
            if buffer and size >= len(font):
                ctypes.memmove(buffer, font, len(font))
            return len(font)

        def GetFaceName(self, _: Any, handle: Any, buffer: Any, size: int) -> int:
            return 0 if handle == _HANDLE else int(self.default.GetFaceName(self.default, handle, buffer, size))

        def GetFontCharset(self, _: Any, handle: Any) -> int:
            return _CHINESE[2] if handle == _HANDLE else int(self.default.GetFontCharset(self.default, handle))

        def DeleteFont(self, _: Any, handle: Any) -> None:
            if handle != _HANDLE:
                self.default.DeleteFont(self.default, handle)

    try:
        faces = Faces()
    except pypdfium2.PdfiumError:  # a system whose fonts PDFium does not ask for
        return None
    faces.setup()
    return faces
