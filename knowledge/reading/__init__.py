"""Bytes → blocks. The kind of a file is told by its content; document libraries are imported only when needed."""

from __future__ import annotations

from knowledge.model import Block, ReadingError
from knowledge.reading.limits import MAX_BYTES, bounded
from knowledge.reading.reading import Reading
from knowledge.reading.refusal import refusal

__all__ = ["MAX_BYTES", "Reading", "ReadingError", "read"]


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
    if kind == "html":
        from knowledge.reading.html import html_blocks

        return Reading(kind, *html_blocks(data, name))
    if kind == "docx":
        from knowledge.reading.docx import docx_blocks

        return Reading(kind, *docx_blocks(data, name))
    if kind == "xlsx":
        from knowledge.reading.xlsx import xlsx_blocks

        return Reading(kind, *xlsx_blocks(data, name))
    from knowledge.reading.encoding import decoded

    return Reading(kind, _of_text(kind, decoded(data, name), name))


def _of_text(kind: str, text: str, name: str) -> tuple[Block, ...]:
    from knowledge.reading.text import csv_blocks, markdown_blocks, text_blocks

    if kind == "csv":
        return tuple(bounded(csv_blocks(text, name), name))
    return tuple(bounded(markdown_blocks(text) if kind == "markdown" else text_blocks(text), name))
