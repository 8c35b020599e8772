"""Which group a drawn shape belongs to: only the group is anchored in the text.

Source: [MS-ODRAW] 2.2.14 (OfficeArtSpContainer), 2.2.16 (OfficeArtSpgrContainer), [MS-DOC] 2.9.172 (OfficeArtContent).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_DRAWING, _GROUP, _SHAPE, _IDENTITY = 0xF002, 0xF003, 0xF004, 0xF00A
_DEEPEST = 8
_MOST = 20_000

Record = tuple[int, bytes]
"""A record's type and what is inside it."""


def groups(data: bytes) -> dict[bytes, bytes]:
    """Shape → the outermost group it is in, both as the four bytes of their ids."""
    found: dict[bytes, bytes] = {}
    first = next(_records(data), None)
    at = 0 if first is None else 8 + len(first[1])
    while at + 9 <= len(data):  # one byte says whose drawing follows
        kind, inside = next(_records(data[at + 1 :]), (0, b""))
        for page in (inner for one, inner in _records(inside) if kind == _DRAWING and one == _GROUP):
            for group in (inner for one, inner in _records(page) if one == _GROUP):
                ids = list(_ids(group, 0))
                found |= dict.fromkeys(ids, ids[0]) if ids else {}
        at += 9 + len(inside)
    return found


def _records(data: bytes) -> Iterator[Record]:
    at = count = 0
    while at + 8 <= len(data) and count < _MOST:
        _, kind, length = struct.unpack_from("<HHI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length
        count += 1


def _ids(group: bytes, depth: int) -> Iterator[bytes]:
    """The ids of the shapes in a group and its inner groups; the first is the group's own."""
    for kind, inside in _records(group):
        if kind == _SHAPE:
            yield from (identity[:4] for one, identity in _records(inside) if one == _IDENTITY)
        elif kind == _GROUP and depth < _DEEPEST:
            yield from _ids(inside, depth + 1)
