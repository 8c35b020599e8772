"""What a file really is, told by its first bytes and its parts; the extension is only mentioned, never believed."""

from __future__ import annotations

import re
from pathlib import PurePath

from knowledge.model import ReadingError
from knowledge.reading.archive import Archive
from knowledge.reading.refusal import refusal

_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再导入"
_XLSX = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_TEXT = "请导入带文字的 .docx、.xlsx、.html 或 .txt 版本"
_UNPACK = "请解压后把里面的文件逐个导入"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "PDF 文件", _TEXT),
    (b"\x89PNG\r\n", "PNG 图片", _TEXT),
    (b"\xff\xd8\xff", "JPEG 图片", _TEXT),
    (b"GIF8", "GIF 图片", _TEXT),
    (b"BM", "BMP 图片", _TEXT),
    (b"II*\x00", "TIFF 图片", _TEXT),
    (b"MM\x00*", "TIFF 图片", _TEXT),
    (b"RIFF", "图片或音视频文件", _TEXT),
    (b"\x00\x00\x00\x18ftyp", "音视频文件", _TEXT),
    (b"\x00\x00\x00\x20ftyp", "音视频文件", _TEXT),
    (b"{\\rtf", "RTF 文档", _DOCX),
    (b"MIME-Version:", "网页存档（.mht）", _DOCX),
    (b"Rar!", "RAR 压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _UNPACK),
    (b"\x1f\x8b", "gzip 压缩包", _UNPACK),
    (b"MZ", "可执行程序", "请核对文件来源，不要打开它"),
    (b"\x7fELF", "可执行程序", "请核对文件来源，不要打开它"),
    (b"SQLite format 3", "数据库文件", _TEXT),
)
"""First bytes → what the file is, what to do. Two-letter marks count only where control characters follow."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "设有打开密码的文档", "请取消密码后重新保存再导入"),
    ("WordDocument", "旧版 Word 或 WPS 文档（.doc、.wps）", _DOCX),
    ("Workbook", "旧版 Excel 或 WPS 表格（.xls、.et）", _XLSX),
    ("Book", "旧版 Excel 表格（.xls）", _XLSX),
    ("PowerPoint Document", "旧版演示文稿（.ppt、.dps）", _TEXT),
    ("__substg1.0", "Outlook 邮件", "请把邮件里的附件另存后导入"),
)
"""Stream names inside an OLE container → what the file is, what to do."""

ZIP: tuple[tuple[str, str, str], ...] = (
    ("OFD.xml", "OFD 版式文件", _TEXT),
    ("xl/workbook.bin", "二进制 Excel 表格（.xlsb）", _XLSX),
    ("ppt/presentation.xml", "演示文稿（.pptx）", _TEXT),
    ("content.xml", "OpenDocument 文档（.odt、.ods）", "请另存为 .docx 或 .xlsx 再导入"),
)
"""Part names inside a zip container → what the file is, what to do."""

_FLAT_XML = re.compile(rb"mso-application|<w:wordDocument|<pkg:package|urn:schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|center|h[1-6]|p|span|font|style|article|br)\b"
)
_HINTS = {".htm": "html", ".html": "html", ".xhtml": "html", ".shtml": "html", ".csv": "csv", ".md": "markdown"}


def recognise(data: bytes, name: str) -> str:
    """docx, xlsx, html, csv, markdown or text. Raises ReadingError, saying what it is, for anything else."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_container(Archive(data, name))
    if data.startswith(_OLE):
        raise _unreadable(name, *_in_ole(data))
    for mark, what, then in MAGIC:
        if data.startswith(mark) and (len(mark) > 2 or _is_binary(data[:64])):
            raise _unreadable(name, what, then)
    return _of_text(data, name)


def _of_container(archive: Archive) -> str:
    names = archive.names()
    for found, what, then in ZIP:
        if found in names:
            raise _unreadable(archive.name, what, then)
    main = archive.main("")
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
        if main.startswith(folder) or f"{folder}document.xml" in names or f"{folder}workbook.xml" in names:
            return kind
    raise _unreadable(archive.name, "压缩包", _UNPACK)


def _in_ole(data: bytes) -> tuple[str, str]:
    for stream, what, then in OLE:
        if stream.encode("utf-16-le") in data:
            return what, then
    return "旧版 Office 文件", "请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx 再导入"


def _of_text(data: bytes, name: str) -> str:
    head = data[:4096].replace(b"\x00", b"").lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<?xml") and b"<html" not in head:
        known = _FLAT_XML.search(data[:4096]) is not None
        raise _unreadable(name, "Office XML 文档" if known else "XML 文件", _DOCX if known else _TEXT)
    if start.startswith(b"<") and (_HTML.match(start) or b"<html" in head or b"<body" in head):
        return "html"
    hint = _HINTS.get(PurePath(name.lower()).suffix, "text")
    return "text" if hint == "html" and b"<" not in data else hint


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
