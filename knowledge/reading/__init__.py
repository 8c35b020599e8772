"""Bytes → blocks. The kind of a file is told by its content; document libraries are imported only when needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from knowledge.model import Block, Doubt, ReadingError
from knowledge.reading.limits import MAX_BYTES
from knowledge.reading.reading import Reading
from knowledge.reading.refusal import refusal

__all__ = ["MAX_BYTES", "READERS", "Reading", "ReadingError", "read"]

Reader = Callable[[bytes, str], tuple[tuple[Block, ...], tuple[Doubt, ...]]]
"""(bytes, file name) → blocks in reading order, doubts. Raises ReadingError and nothing else, whatever the bytes."""

READERS: Mapping[str, tuple[str, str]] = {
    "csv": ("text", "read_csv"),
    "doc": ("word97", "doc_blocks"),
    "docx": ("docx", "docx_blocks"),
    "html": ("html", "html_blocks"),
    "image": ("image", "read_image"),
    "markdown": ("text", "read_markdown"),
    "mht": ("mht", "mht_blocks"),
    "pdf": ("pdf", "read_pdf"),
    "office-xml": ("flat", "flat_blocks"),
    "ofd": ("ofd", "ofd_blocks"),
    "text": ("text", "read_text"),
    "xls": ("xls", "xls_blocks"),
    "xlsx": ("xlsx", "xlsx_blocks"),
}
"""Kind → the module and the Reader in it; loaded when the first file of its kind comes."""


def read(data: bytes, name: str) -> Reading:
    """The blocks of a file.

    `name` is the file's name, used in messages and as a hint among text kinds only. Raises ReadingError, whose text is
    one Chinese sentence naming the file and the next step.
    """
    if not data.strip():
        raise refusal(name, "文件是空的", "请确认文件已完整保存后重新导入")
    if len(data) > MAX_BYTES:
        raise refusal(name, f"文件超过 {MAX_BYTES // 2**20} MB", "请删去图片等附件，只留正文和表格后再导入")
    from knowledge.reading.kind import recognise

    reading = _read_as(recognise(data, name), data, name)
    if not any(block.text or block.cells for block in reading.blocks):
        raise refusal(name, "里面没有可读的文字，可能是扫描图片或空白文件", "请导入带文字的版本")
    return reading


def _read_as(kind: str, data: bytes, name: str) -> Reading:
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(f"knowledge.reading.{module}"), function)
    return Reading(kind, *reader(data, name))
