"""What a file really is, told by its first bytes and its parts; the extension is only mentioned, never believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from knowledge.model import ReadingError
from knowledge.reading.archive import Archive
from knowledge.reading.ole import SIGNATURE, Compound
from knowledge.reading.refusal import refusal

_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再导入"
_XLSX = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_TEXT = "请导入带文字的 .docx、.xlsx、.html 或 .txt 版本"
_UNPACK = "请解压后把里面的文件逐个导入"

UNREAD: Mapping[str, str] = {
    "media": _TEXT,
    "rtf": _DOCX,
    "pack": _UNPACK,
    "program": "请核对文件来源，不要打开它",
    "database": _TEXT,
    "locked": "请取消密码后重新保存再导入",
    "slides": _TEXT,
    "mail": "请把邮件里的附件另存后导入",
    "ole": "请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx 再导入",
    "xlsb": _XLSX,
    "odf": "请另存为 .docx 或 .xlsx 再导入",
    "zip": _UNPACK,
    "xml": _TEXT,
}
"""Kinds that are recognised but not read → what to do. A kind that gets a reader (READERS) loses its line here."""

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "pdf", "PDF 文件"),
    (b"\x89PNG\r\n", "image", "PNG 图片"),
    (b"\xff\xd8\xff", "image", "JPEG 图片"),
    (b"GIF8", "image", "GIF 图片"),
    (b"BM", "image", "BMP 图片"),
    (b"II*\x00", "image", "TIFF 图片"),
    (b"MM\x00*", "image", "TIFF 图片"),
    (b"RIFF", "media", "图片或音视频文件"),
    (b"\x00\x00\x00\x18ftyp", "media", "音视频文件"),
    (b"\x00\x00\x00\x20ftyp", "media", "音视频文件"),
    (b"{\\rtf", "rtf", "RTF 文档"),
    (b"Rar!", "pack", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "pack", "7z 压缩包"),
    (b"\x1f\x8b", "pack", "gzip 压缩包"),
    (b"MZ", "program", "可执行程序"),
    (b"\x7fELF", "program", "可执行程序"),
    (b"SQLite format 3", "database", "数据库文件"),
)
"""First bytes → kind, what people call it. Two-letter marks count only where control characters follow."""

OLE: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "locked", "设有打开密码的文档"),
    ("WordDocument", "doc", "旧版 Word 或 WPS 文档（.doc、.wps）"),
    ("Workbook", "xls", "旧版 Excel 或 WPS 表格（.xls、.et）"),
    ("Book", "xls", "旧版 Excel 表格（.xls）"),
    ("PowerPoint Document", "slides", "旧版演示文稿（.ppt、.dps）"),
    ("__substg1.0", "mail", "Outlook 邮件"),
)
"""How the name of a stream at the top of an OLE container begins → kind, what people call it."""

ZIP: tuple[tuple[str, str, str], ...] = (
    ("OFD.xml", "ofd", "OFD 版式文件"),
    ("xl/workbook.bin", "xlsb", "二进制 Excel 表格（.xlsb）"),
    ("ppt/presentation.xml", "slides", "演示文稿（.pptx）"),
    ("content.xml", "odf", "OpenDocument 文档（.odt、.ods）"),
)
"""Part names inside a zip container → kind, what people call it."""

_MHT = re.compile(rb"[!-9;-~]+:[ \t].*?^content-type:\s*multipart/related", re.I | re.M | re.S)
_MAIL = re.compile(
    rb"(?:received|return-path|delivered-to|from|date|mime-version):[ \t].*?^content-type:", re.I | re.M | re.S
)
_FLAT_XML = re.compile(rb"mso-application|<w:wordDocument|<pkg:package|urn:schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|center|h[1-6]|p|span|font|style|article|br)\b"
)
_HINTS = {".htm": "html", ".html": "html", ".xhtml": "html", ".shtml": "html", ".csv": "csv", ".md": "markdown"}


def recognise(data: bytes, name: str) -> str:
    """The kind of a file, one that READERS reads. Raises ReadingError, saying what it is, for anything else."""
    kind, what = _told(data, name)
    if kind in UNREAD:
        raise _unreadable(name, what, UNREAD[kind])
    return kind


def _told(data: bytes, name: str) -> tuple[str, str]:
    """Kind and what people call it."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_container(Archive(data, name))
    if data.startswith(SIGNATURE):
        return _in_ole(data, name)
    for mark, kind, what in MAGIC:
        if data.startswith(mark) and (len(mark) > 2 or _is_binary(data[:64])):
            return kind, what
    return _of_text(data, name)


def _of_container(archive: Archive) -> tuple[str, str]:
    names = archive.names()
    for found, kind, what in ZIP:
        if found in names:
            return kind, what
    main = archive.main("")
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
        if main.startswith(folder) or f"{folder}document.xml" in names or f"{folder}workbook.xml" in names:
            return kind, f".{kind} 文件"
    return "zip", "压缩包"


def _in_ole(data: bytes, name: str) -> tuple[str, str]:
    names = Compound(data, name).names()
    for stream, kind, what in OLE:
        if any(path.startswith(stream.lower()) for path in names):
            return kind, what
    return "ole", "旧版 Office 文件"


def _of_text(data: bytes, name: str) -> tuple[str, str]:
    if _MHT.match(data[:4096].lstrip()):
        return "mht", "网页存档（.mht）"
    if _MAIL.match(data[:4096].lstrip()):
        return "mail", "电子邮件"
    head = data[:4096].replace(b"\x00", b"").lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<?xml") and b"<html" not in head:
        known = _FLAT_XML.search(data[:4096]) is not None
        return ("office-xml", "Office XML 文档") if known else ("xml", "XML 文件")
    if start.startswith(b"<") and (_HTML.match(start) or b"<html" in head or b"<body" in head):
        return "html", "网页"
    hint = _HINTS.get(PurePath(name.lower()).suffix, "text")
    return ("text" if hint == "html" and b"<" not in data else hint), "文本文件"


def _is_binary(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 32 for byte in head)


def _unreadable(name: str, what: str, then: str) -> ReadingError:
    """The refusal of a kind that is not read: says so when the name promises something else."""
    suffix = PurePath(name).suffix.lower()
    honest = (
        suffix in what.lower()
        or suffix[1:] in what.lower().split()
        or suffix not in (".docx", ".xlsx", ".txt", ".html")
    )
    gap = " " if what[0].isascii() else ""
    why = f"这是{gap}{what}，目前不能直接读取" if honest else f"扩展名是 {suffix}，实际是{what}"
    return refusal(name, why, then)
