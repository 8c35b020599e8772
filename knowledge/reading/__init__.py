"""Bytes → blocks. The kind of a file is told by its content; document libraries are imported only when needed."""

from __future__ import annotations

from knowledge.model import ReadingError
from knowledge.reading.encoding import decoded
from knowledge.reading.limits import MAX_BYTES
from knowledge.reading.reading import Reading
from knowledge.reading.refusal import refusal
from knowledge.reading.text import text_blocks

__all__ = ["MAX_BYTES", "Reading", "ReadingError", "read"]


def read(data: bytes, name: str) -> Reading:
    """The blocks of a file.

    `name` is the file's name, used in messages and as a hint among text kinds only. Raises ReadingError, whose text is
    one Chinese sentence naming the file and the next step.
    """
    if not data.strip():
        raise refusal(name, "文件是空的", "请确认文件已完整保存后重新导入")
    return Reading("text", text_blocks(decoded(data, name)))
