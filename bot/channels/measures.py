"""How platforms count the length of a message."""

from __future__ import annotations

import json


def characters(text: str) -> int:
    """Unicode characters."""
    return len(text)


def utf8_bytes(text: str) -> int:
    """Bytes of UTF-8, as 企业微信 counts; half a surrogate pair counts three."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    """Units of UTF-16, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def json_bytes(text: str) -> int:
    """Bytes of the text inside a JSON body, as 飞书 counts its whole body."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2
