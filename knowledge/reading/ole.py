"""The OLE container of .doc, .wps, .xls and .et, opened with suspicion: streams by path, every defect one refusal."""

from __future__ import annotations

import struct
from io import BytesIO

from knowledge.model import ReadingError
from knowledge.reading.refusal import refusal

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "请重新下载，或在 Word、Excel、WPS 中打开后另存一份再导入"
_SMALLEST = 1536
_STREAM = 2
_BROKEN = (OSError, ValueError, IndexError, KeyError, OverflowError, TypeError, RecursionError, AttributeError)
"""What olefile raises for containers that do not hang together (its own errors are OSErrors)."""


class Compound:
    """The streams of one container by path, such as `WordDocument` or `Macros/VBA/dir`; small and big letters are one."""

    def __init__(self, data: bytes, name: str) -> None:
        import olefile

        self.name = name
        self._size = len(data)
        if not _is_sane(data):
            raise self.broken()
        try:
            self._ole = olefile.OleFileIO(BytesIO(data))
            paths = self._ole.listdir(streams=True, storages=True)
        except _BROKEN as error:
            raise self.broken() from error
        if self._ole.root.size > self._size:  # olefile would follow a circle of sectors this far
            raise self.broken()
        self._paths = {"/".join(path).lower(): path for path in paths}

    def names(self) -> frozenset[str]:
        """The paths of all streams and storages, in small letters."""
        return frozenset(self._paths)

    def stream(self, path: str) -> bytes:
        """The bytes of a stream, none where there is no such stream. Raises ReadingError for a broken one."""
        found = self._paths.get(path.lower())
        if found is None:
            return b""
        try:
            if self._ole.get_type(found) != _STREAM:
                return b""
            if self._ole.get_size(found) > self._size:
                raise self.broken()
            content = bytes(self._ole.openstream(found).getvalue())
        except _BROKEN as error:
            raise self.broken() from error
        if len(content) < self._ole.get_size(found):  # olefile gives what is there
            raise self.broken()
        return content

    def broken(self) -> ReadingError:
        """The refusal of a container whose content does not hang together."""
        return refusal(self.name, "文件不完整或已损坏，可能没有下载完", _AGAIN)


def _is_sane(data: bytes) -> bool:
    """Whether the sizes in the header are those of a file of this length: nothing is counted further than that."""
    if len(data) < _SMALLEST:
        return False
    shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
    counts = [struct.unpack_from("<I", data, at)[0] for at in (0x2C, 0x40, 0x48)]  # sectors of FAT, MiniFAT, DIFAT
    return shift in (9, 12) and small_shift == 6 and all(count << shift <= len(data) for count in counts)
