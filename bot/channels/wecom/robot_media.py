"""Files over the smart robot: pieces going up, and what comes down encrypted under the message's own key."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from hashlib import md5
from typing import Any
from urllib.parse import unquote

from bot.channels.hearing import FILE, IMAGE, AttachmentError, File

PIECE = 512 * 1024
"""Bytes of a piece before base64; at most MOST_PIECES of them (official SDK)."""
MOST_PIECES = 100
LEAST = 5
"""Bytes of the smallest file that the platform takes."""
LIMITS: Mapping[str, int] = {FILE: 20 * 1024 * 1024, IMAGE: 10 * 1024 * 1024}
"""Bytes of a file or a picture that goes out (official plugin's constants)."""
BLOCK = 32
"""Bytes of a block of the padding."""
DAMAGED = "附件“{name}”解不开，可能没有传完整，请重新发一次。"
_ENCODED = re.compile(r"filename\*\s*=\s*UTF-8''([^;\s]+)", re.IGNORECASE)
_QUOTED = re.compile(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', re.IGNORECASE)
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]')


def opening(file: File) -> dict[str, Any]:
    """What announces a file."""
    pieces = -(-len(file.content) // PIECE)
    digest = md5(file.content, usedforsecurity=False).hexdigest()
    return {
        "type": file.kind, "filename": file.name, "total_size": len(file.content), "total_chunks": pieces, "md5": digest,
    }  # fmt: skip


def pieces(file: File, upload: str) -> Iterator[dict[str, Any]]:
    """The pieces in order, numbered from 0 as the shipped SDK does."""
    for number, start in enumerate(range(0, len(file.content), PIECE)):
        encoded = base64.b64encode(file.content[start : start + PIECE]).decode()
        yield {"upload_id": upload, "chunk_index": number, "base64_data": encoded}


def unfit(file: File) -> str:
    """Why a file cannot go out, as a sentence; empty where it can."""
    limit = LIMITS.get(file.kind, 0)
    if len(file.content) < LEAST:
        return f"文件“{file.name}”几乎是空的，平台不收"
    if len(file.content) > min(limit, PIECE * MOST_PIECES):
        return f"文件“{file.name}”有{len(file.content) / 1024 / 1024:.1f}兆，平台最多收{limit // 1024 // 1024}兆"
    return ""


def opened(encrypted: bytes, key: str, name: str) -> bytes:
    """The bytes of a file: AES-256-CBC, the key's first half as vector, padded to 32. Without a key it came as it is. Raises
    AttachmentError for what is not whole."""
    if not key:
        return encrypted
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    try:
        secret = base64.b64decode(key + "=" * (-len(key) % 4), validate=True)
        decryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
        padded = decryptor.update(encrypted) + decryptor.finalize()
    except (ValueError, binascii.Error):
        raise AttachmentError(DAMAGED.format(name=name)) from None
    length = padded[-1] if padded else 0
    if len(secret) != 32 or not 1 <= length <= BLOCK or padded[-length:] != bytes([length]) * length:
        raise AttachmentError(DAMAGED.format(name=name))
    return padded[:-length]


def name_in(disposition: str) -> str:
    """The name in a Content-Disposition (RFC 6266), without folders and signs that no name has; empty where there is none."""
    encoded, quoted = _ENCODED.search(disposition), _QUOTED.search(disposition)
    found = unquote(encoded[1]) if encoded else unquote(quoted[1] or quoted[2] or "") if quoted else ""
    if not encoded and found and not found.isascii():
        found = _mended(found)
    return _UNFIT.sub("_", found).strip(" .")[:120]


def _mended(name: str) -> str:
    """A header is read as latin-1; a name in raw UTF-8 is put right."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
