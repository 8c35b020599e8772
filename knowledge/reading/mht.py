"""Web pages in one file (.mht, .mhtml, and .doc files that are such): the pages inside are read as one, nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from knowledge.model import Block, Doubt
from knowledge.reading.encoding import decoded_page
from knowledge.reading.html import page_blocks
from knowledge.reading.limits import MAX_MEMBERS
from knowledge.reading.refusal import refusal

_BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再导入"
_MARGINAL = re.compile(r"(?:header|footer|tabstrip)[^/\\]*\.html?$", re.IGNORECASE)


def mht_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of the pages, in their order in the file, and their doubts. Raises ReadingError."""
    from email import message_from_bytes

    try:
        pages = list(_pages(message_from_bytes(data.lstrip())))
    except _BROKEN as error:
        raise refusal(name, "文件内容不完整", _AGAIN) from error
    if not pages:
        raise refusal(name, "里面没有网页", _AGAIN)
    texts, doubts = zip(*(decoded_page(page, name) for page in pages), strict=True)
    blocks, more = page_blocks("<div>" + "</div><div>".join(texts) + "</div>", name)
    return blocks, (*(doubt for some in doubts for doubt in some), *more)


def _pages(message: Message) -> Iterator[bytes]:
    """The bytes of the pages, page headers and tab strips left out."""
    for count, part in enumerate(message.walk()):
        if count > MAX_MEMBERS:
            raise ValueError("more parts than any page has")
        if part.get_content_type() == "text/html" and not _MARGINAL.search(str(part.get("Content-Location", ""))):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                yield content
