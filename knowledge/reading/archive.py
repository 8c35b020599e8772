"""The zip container of .docx and .xlsx, opened with suspicion: sizes are checked before and while unpacking."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.model import ReadingError
from knowledge.reading.limits import MAX_MEMBERS, MAX_PART, MAX_RATIO, MAX_TREE, MAX_UNPACKED, RATIO_FROM
from knowledge.reading.refusal import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_RELATIONS = 200
_CHUNK = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What zipfile raises for damaged containers."""
_AGAIN = "请重新下载或在 Word、WPS 中打开后另存一份再导入"


class Archive:
    """The parts of one container by name. Every way it can be broken or hostile ends in a ReadingError."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except BROKEN as error:
            raise refusal(name, "文件不完整或已损坏，可能没有下载完", _AGAIN) from error
        self._check(members)
        self._members = {member.filename.lstrip("/"): member for member in members}

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        """What the directory promises must be sane before anything is unpacked."""
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise self.oversized()
        if any(member.flag_bits & 1 for member in members):
            raise refusal(self.name, "文件设有密码", "请取消密码后重新保存再导入")

    def oversized(self) -> ReadingError:
        """The refusal of a container that would unpack to too much."""
        return refusal(self.name, "解压后的内容大得不正常，已停止读取", "请核对文件来源，另存一份只含正文的文件再导入")

    def names(self) -> frozenset[str]:
        """The names of all parts, without a leading slash."""
        return frozenset(self._members)

    def part(self, path: str) -> bytes | None:
        """The bytes of a part, None where there is none."""
        member = self._members.get(path)
        if member is None:
            return None
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal(self.name, "文件的压缩方式不是 Word、Excel 所用的", _AGAIN)
        try:
            content = unpacked(self._zip, member, MAX_PART)
        except BROKEN as error:
            raise refusal(self.name, "文件内容已损坏", _AGAIN) from error
        if content is None:
            raise self.oversized()
        return content

    def tree(self, path: str) -> _Element | None:
        """The root element of an XML part, None where there is no such part."""
        data = self.part(path)
        if data is not None and len(data) > MAX_TREE:
            raise self.oversized()
        return None if data is None else parsed(data, self.name)

    def related(self, path: str) -> Mapping[str, tuple[str, str]]:
        """What a part ("" for the container) refers to: relation id → (last word of its type, part name)."""
        folder, file = posixpath.split(path)
        relations = {}
        for relation in self._relations(posixpath.join(folder, "_rels", f"{file}.rels")):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            word = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") != "External":
                relations[relation.get("Id", "")] = (word, target.lstrip("/"))
        return relations

    def outside(self) -> list[str]:
        """The addresses outside the container that its parts would load; plain links, which wait for a click, are none."""
        parts = sorted(name for name in self._members if name.endswith(".rels"))[:_MOST_RELATIONS]
        return [
            relation.get("Target", "")
            for part in parts
            for relation in self._relations(part)
            if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink")
        ]

    def _relations(self, part: str) -> list[_Element]:
        root = self.tree(part)
        return list(root) if root is not None else []

    def main(self, default: str) -> str:
        """The part that holds the document itself."""
        return next((part for word, part in self.related("").values() if word == "officeDocument"), default)

    def broken(self) -> ReadingError:
        """The refusal of a container whose content does not hang together."""
        return refusal(self.name, "文件内容不完整", _AGAIN)


def parsed(data: bytes, name: str) -> _Element:
    """XML → root element: no document type, no entities, no network, libxml2's own depth limit. Raises ReadingError."""
    from lxml import etree

    if b"<!DOCTYPE" in data:
        raise refusal(name, "文件里夹有外部定义，不是 Word、Excel 正常保存的", _AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal(name, "文件内容已损坏", _AGAIN) from error


def unpacked(container: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes | None:
    """The bytes of a member, None when they are more than `most` or swell beyond reason, whatever the directory promised.

    Raises what BROKEN lists for a damaged member.
    """
    if member.file_size > most or _swells(member.file_size, member.compress_size):
        return None
    pieces: list[bytes] = []
    size = 0
    with container.open(member) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > most or _swells(size, member.compress_size):
                return None
            pieces.append(piece)
    return b"".join(pieces)


def _swells(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > MAX_RATIO * max(packed, 1)
