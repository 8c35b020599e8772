"""Binary workbooks that are only protected, not locked: Excel encrypts them with a password that it keeps to no one.

Protecting a workbook's structure makes Excel write the whole file encrypted with this fixed password, and open it without
asking. Source: [MS-OFFCRYPTO] 2.3.6 (RC4), 2.3.5 (RC4 CryptoAPI), [MS-XLS] 2.2.10 (what stays plain), 2.4.117 (FilePass).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_BLOCK = 1024
_HEAD = struct.Struct("<HH")
_PLAIN = frozenset((0x0809, 0x2F, 0xE1, 0x138, 0x194, 0x195, 0x196))
"""BOF, FilePass, InterfaceHdr and the records of shared workbooks."""
_SHEET = 0x85
_RC4 = 1

Key = Callable[[int], bytes]
"""Number of a block → the key of its stream."""


def unprotected(stream: bytes, at: int) -> bytes | None:
    """The workbook in plain records, `at` being where FilePass begins; None when it really has a password."""
    key = _key(stream[at + 4 : at + 4 + _HEAD.unpack_from(stream, at)[1]])
    return None if key is None else _decrypted(stream, key)


def _key(header: bytes) -> Key | None:
    if len(header) < 54 or int.from_bytes(header[:2], "little") != _RC4:
        return None
    _, minor = _HEAD.unpack_from(header, 2)
    return _plain_key(header[6:54]) if minor == 1 else _library_key(header) if minor == 2 else None


def _plain_key(proof: bytes) -> Key | None:
    salt, verifier, check = proof[:16], proof[16:32], proof[32:48]
    start = _md5((_md5(_PASSWORD)[:5] + salt) * 16)[:5]

    def key(block: int) -> bytes:
        return _md5(start + struct.pack("<I", block))

    told = _xor(verifier + check, _stream(key(0), 32))
    return key if _md5(told[:16]) == told[16:] else None


def _library_key(header: bytes) -> Key | None:
    """The same by the library of Windows: SHA-1, and keys of 40 to 128 bits."""
    length = int.from_bytes(header[10:14], "little")
    bits = int.from_bytes(header[30:34], "little") or 40
    proof = header[14 + length :]
    size = int.from_bytes(proof[:4], "little")
    salt, verifier, check = proof[4 : 4 + size], proof[4 + size : 20 + size], proof[24 + size : 44 + size]
    if len(check) < 20 or not 40 <= bits <= 128:
        return None
    start = _sha1(salt + _PASSWORD)

    def key(block: int) -> bytes:
        found = _sha1(start + struct.pack("<I", block))[: bits // 8]
        return found.ljust(16, b"\0") if bits == 40 else found

    told = _xor(verifier + check, _stream(key(0), 36))
    return key if _sha1(told[:16]) == told[16:36] else None


def _decrypted(stream: bytes, key: Key) -> bytes:
    """Every record's content made plain; their heads, and where sheets begin, already are."""
    pad = b"".join(_stream(key(block), _BLOCK) for block in range(-(-len(stream) // _BLOCK)))
    plain = bytearray(_xor(stream, pad))
    at = 0
    while at + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        kept = 4 + (length if kind in _PLAIN else 4 if kind == _SHEET else 0)
        plain[at : at + kept] = stream[at : at + kept]
        at += 4 + length
    return bytes(plain[: len(stream)])


def _stream(key: bytes, length: int) -> bytes:
    """The first bytes of RC4's stream for a key."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray(length)
    i = j = 0
    for at in range(length):
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out[at] = state[(state[i] + state[j]) & 255]
    return bytes(out)


def _xor(data: bytes, pad: bytes) -> bytes:
    length = len(data)
    return (int.from_bytes(data, "big") ^ int.from_bytes(pad[:length], "big")).to_bytes(length, "big")


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()
