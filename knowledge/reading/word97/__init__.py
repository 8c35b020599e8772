"""Word 97–2003 documents (.doc, and .wps of WPS Office) → blocks, read like a .docx of the same text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt
from knowledge.reading.numbering import Numbering
from knowledge.reading.ole import Compound
from knowledge.reading.refusal import refusal
from knowledge.reading.remarks import HIGH, WIDE, embedded, macros, pictures, reaching_out
from knowledge.reading.word import WordText, word_blocks
from knowledge.reading.word97.body import Body, W
from knowledge.reading.word97.file import WordFile
from knowledge.reading.word97.lists import numbering_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TWIPS = 1440 / 25.4  # a millimetre
_BROKEN = (struct.error, IndexError, ValueError, OverflowError, RecursionError)
_AGAIN = "请重新下载，或用 Word、WPS 打开后另存为 .docx 再导入"


def doc_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a document, and doubts for what it holds but the reader cannot take. Raises ReadingError."""
    container = Compound(data, name)
    try:
        file = WordFile(container)
        body = Body(file)
        root, notes = body.root(), body.notes()
        text = WordText(W, file.stylesheet.styles(file.elsewhere), numbering_of(file), notes)
    except _BROKEN as error:
        raise refusal(name, "文件内容不完整", _AGAIN) from error
    blocks, doubts = word_blocks(root, text, name)
    large = sum(_is_large(file.elsewhere[at : at + 36]) for at in body.seen.pictures)
    return blocks, (
        *doubts, *_lost_numbers(root, text.numbering), *_remarks(container.names(), body), *pictures(large),
    )  # fmt: skip


def _is_large(picture: bytes) -> bool:
    """Whether a picture ([MS-DOC] 2.9.192, PICF) is of a size that text could have."""
    if len(picture) < 36:
        return False
    across, down, wider, higher = struct.unpack_from("<hhHH", picture, 28)
    return bool(across * wider >= WIDE * _TWIPS * 1000 and down * higher >= HIGH * _TWIPS * 1000)


def _lost_numbers(root: _Element, numbering: Numbering) -> Iterator[Doubt]:
    """A doubt for paragraphs that count in a list which the file does not define."""
    known = {*numbering.levels, "0"}
    lost = [node for node in root.iter(f"{W}numId") if node.get(f"{W}val") not in known]
    if lost:
        paragraph = next(lost[0].iterancestors(f"{W}p"))
        words = "".join(str(text) for text in paragraph.itertext())
        message = f"有{len(lost)}段带自动编号，编号没有读出，请对照原文核对序号"
        yield Doubt("numbers-lost", message, words=words[:40])


def _remarks(names: frozenset[str], body: Body) -> Iterator[Doubt]:
    if "macros/vba" in names:
        yield macros()
    if any(path.startswith("objectpool/") for path in names):
        yield embedded()
    yield from reaching_out(body.seen.codes)
