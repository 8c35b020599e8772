"""Characters torn by a page that put readings into the bytes of its text: 受理?xiàng)l件 was 受理條件.

The annotator looked at GBK bytes out of step: it took the second byte of one character and the first byte of the next
for one character, wrote that one's reading behind it, and so tore the next character apart. The reading tells the
lost first byte; from there the bytes are in step again.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from knowledge.normal import simplified

_TORN = re.compile(
    r"(?P<before>[\u3400-\u9fff])[?？](?P<reading>[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})\)(?P<after>[^?？\s]{1,8})"
)
_NEXT = re.compile(r"[?？](?P<reading>[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})\)")


def mended_bytes(text: str) -> str:
    """`text` with torn characters put together again; what cannot be told for certain stays as it is."""
    at = 0
    while m := _TORN.search(text, at):
        whole = _whole(m["before"], m["reading"], text[m.start("after") :])
        if whole is None:
            at = m.start("after")
            continue
        words, used = whole
        text = text[: m.end("before")] + words + text[m.start("after") + used :]
        at = m.end("before") + len(words)
    return text


def _whole(before: str, reading: str, after: str) -> tuple[str, int] | None:
    """The characters whose bytes begin with the lost one, and how much of `after` they use up."""
    lead = _byte(before.encode("gbk", "replace")[-1:], reading)
    if lead is None:
        return None
    held = lead
    for at, char in enumerate(after[:12]):
        if (lost := _NEXT.match(after, at)) and (last := _byte(held[-1:], lost["reading"])):
            return _decoded(held + last, lost.end())
        held += char.encode("gbk", "replace")
        if len(held) % 2 == 0:
            return _decoded(held, at + 1)
    return None


def _decoded(held: bytes, used: int) -> tuple[str, int] | None:
    try:
        return held.decode("gbk"), used
    except UnicodeDecodeError:
        return None


@cache
def _byte(first: bytes, reading: str) -> bytes | None:
    """The second byte of the one character that begins with `first` and is read `reading`; None when not unique."""
    from pypinyin import Style, pinyin

    wanted = unicodedata.normalize("NFC", reading)
    fits: list[tuple[str, bytes]] = []
    for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        try:
            char = (first + bytes([second])).decode("gbk")
        except UnicodeDecodeError:
            continue
        if len(char) == 1 and wanted in pinyin(char, style=Style.TONE, heteronym=True)[0]:
            fits.append((char, bytes([second])))
    common = [second for char, second in fits if _is_common(char)]
    return common[0] if len(common) == 1 else None


def _is_common(char: str) -> bool:
    """Whether the character, simplified, is among the 6,763 of GB 2312."""
    try:
        return bool(simplified(char).encode("gb2312"))
    except UnicodeEncodeError:
        return False
