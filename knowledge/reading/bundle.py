"""材料包: a .zip of several documents, each a document of its own. Nothing is ever unpacked to a disk."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from knowledge.model import ReadingError
from knowledge.reading.archive import BROKEN, unpacked
from knowledge.reading.kind import ZIP
from knowledge.reading.limits import MAX_BUNDLED, MAX_BYTES, MAX_UNPACKED
from knowledge.reading.refusal import refusal

_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "xl/workbook.xml", "mimetype"}
_FURNITURE = {".ds_store", "thumbs.db", "desktop.ini"}
_UNICODE_PATH = 0x7075
_ENCRYPTED, _IN_UTF8 = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_SEPARATELY = "请解压后把里面的文件逐个导入"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file of a bundle: its name behind the bundle's (材料.zip/附件/表1.docx) and its bytes, or why it is refused."""

    name: str
    content: bytes = b""
    failure: str = ""


def is_bundle(data: bytes) -> bool:
    """Whether these bytes are a zip that is no office file itself; a broken one is none."""
    if not data.startswith(_MARKS):
        return False
    try:
        names = {member.filename.lstrip("/") for member in zipfile.ZipFile(BytesIO(data)).infolist()}
    except BROKEN:
        return False
    return not names & (_OFFICE | {part for part, _, _ in ZIP})


def enclosures(data: bytes, name: str) -> Iterator[Enclosure]:
    """The files of a bundle in its own order, those of bundles inside it in their place; furniture of systems is left out.

    A member that cannot be taken comes with its refusal. Raises ReadingError when the bundle as a whole is refused.
    """
    yield from _Unpacking().enclosures(data, name)


class _Unpacking:
    """One bundle being unpacked, with what it may still come to, bundles inside it included."""

    def __init__(self) -> None:
        self.bytes = MAX_UNPACKED
        self.files = MAX_BUNDLED

    def enclosures(self, data: bytes, name: str, inside: bool = False) -> Iterator[Enclosure]:
        try:
            container = zipfile.ZipFile(BytesIO(data))
            entries = [(_path(entry), entry) for entry in container.infolist()]
        except BROKEN as error:
            raise refusal(name, "压缩包不完整或已损坏，可能没有下载完", "请重新下载或重新打包再导入") from error
        entries = [(path, entry) for path, entry in entries if not _is_furniture(path)]
        self._count(entries, name)
        if not entries:
            raise refusal(name, "压缩包是空的", "请确认打包完整后重新导入")
        for path, entry in entries:
            full = f"{name}/{path.lstrip('/')}"
            try:
                content = self._content(container, entry, path, full)
                if not is_bundle(content):
                    yield Enclosure(full, content)
                    continue
                if inside:
                    raise refusal(full, "压缩包套了两层以上", _SEPARATELY)
                yield from self.enclosures(content, full, inside=True)
            except ReadingError as error:
                yield Enclosure(full, failure=str(error))

    def _count(self, entries: list[tuple[str, zipfile.ZipInfo]], name: str) -> None:
        self.files -= len(entries)
        self.bytes -= sum(entry.file_size for _, entry in entries)
        if self.files < 0:
            raise refusal(name, f"压缩包里的文件超过 {MAX_BUNDLED} 个", "请分成几个压缩包再导入")
        if self.bytes < 0:
            raise refusal(name, f"解压后超过 {MAX_UNPACKED // 2**20} MB", "请核对文件来源，只留文档再打包导入")

    def _content(self, container: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, full: str) -> bytes:
        if (why := _suspicious(path, entry)) is not None:
            raise refusal(full, why, "请核对文件来源，解压后单独导入这个文件")
        if entry.flag_bits & _ENCRYPTED:
            raise refusal(full, "压缩包里的这个文件设有密码", "请解压后单独导入这个文件")
        if entry.compress_type not in _METHODS:
            raise refusal(full, "压缩方式不常见，打不开", _SEPARATELY)
        try:
            content = unpacked(container, entry, MAX_BYTES)
        except BROKEN as error:
            raise refusal(full, "文件在压缩包里已经损坏", "请重新打包再导入") from error
        if content is None:
            raise refusal(full, "解压后的内容大得不正常，已停止读取", "请核对文件来源，解压后单独导入这个文件")
        return content


def _path(entry: zipfile.ZipInfo) -> str:
    """The member's path as its packer meant it, steps parted by /: UTF-8, else GB18030 of a Chinese Windows."""
    name = _unicode_path(entry.extra) or entry.filename
    if not entry.flag_bits & _IN_UTF8 and name == entry.filename:
        name = _redecoded(name)
    return "".join(char if char.isprintable() else " " for char in name.replace("\\", "/"))


def _redecoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str:
    """The name that some packers keep beside the old one, empty where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and length > 5:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return ""


def _is_furniture(path: str) -> bool:
    """Folders, and what macOS, Windows, Word and WPS leave lying about."""
    steps = PurePosixPath(path).parts
    last = steps[-1].lower() if steps else ""
    return (
        path.endswith("/")
        or not last
        or "__MACOSX" in steps
        or last in _FURNITURE
        or last.startswith(("._", "~$", ".~"))
    )


def _suspicious(path: str, entry: zipfile.ZipInfo) -> str | None:
    """Why a member is not to be trusted by its name or nature, None for an ordinary file."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "压缩包里的这一项是指向别处的链接"
    if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
        return "压缩包里的这个文件用路径指向包外"
    return None
