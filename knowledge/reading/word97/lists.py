"""The lists of a Word 97–2003 file, as the numbering of any Word document.

Source: [MS-DOC] 2.9.149 (LVL), 2.9.147 (LSTF), 2.9.131 (LFO), 2.9.133 (LFOLVL).
"""

from __future__ import annotations

import struct

from knowledge.reading.numbering import FORMATS_BY_CODE, Level, Numbering
from knowledge.reading.word97.file import WordFile
from knowledge.reading.word97.stylesheet import NO_STYLE

_MOST = 4096


def numbering_of(file: WordFile) -> Numbering:
    """The lists of the file by their place in its table of overrides, from 1."""
    shared = _lists(file)
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    data = file.structure(74)
    count = min(int.from_bytes(data[:4], "little"), _MOST, (len(data) - 4) // 16) if len(data) > 4 else 0
    at = 4 + 16 * count
    for number in range(1, count + 1):
        name, changed = struct.unpack_from("<I8xB", data, 4 + 16 * (number - 1))
        own, again, at = _overrides(data, at + 4, changed)
        lists[str(number)] = str(name)
        levels[str(number)] = shared.get(name, {}) | own
        restarts[str(number)] = again
    return Numbering(levels, lists, restarts)


def _overrides(data: bytes, at: int, count: int) -> tuple[dict[int, Level], dict[int, int], int]:
    """The levels that one use of a list shapes anew, those it starts again, and where the next use stands."""
    own: dict[int, Level] = {}
    again: dict[int, int] = {}
    for _ in range(min(count, 9)):
        if at + 8 > len(data):
            break
        start, flags = struct.unpack_from("<iI", data, at)
        at += 8
        if flags & 0x20:
            own[flags & 15], at = _level(data, at, NO_STYLE)
            start = own[flags & 15].start
        if flags & 0x10:
            again[flags & 15] = start
    return own, again, at


def _lists(file: WordFile) -> dict[int, dict[int, Level]]:
    """The shared lists by name: their heads stand in one structure, their levels behind it, one list after another."""
    data, behind = file.structure(73), file.behind(73)
    count = min(int.from_bytes(data[:2], "little"), _MOST, max(len(data) - 2, 0) // 28)
    found: dict[int, dict[int, Level]] = {}
    at = 0
    for number in range(count):
        head = data[2 + 28 * number : 2 + 28 * (number + 1)]
        styles = struct.unpack_from("<9H", head, 8)
        levels = {}
        for level in range(1 if head[26] & 1 else 9):
            if at + 28 > len(behind):
                return found
            levels[level], at = _level(behind, at, styles[level])
        found[int.from_bytes(head[:4], "little")] = levels
    return found


def _level(data: bytes, at: int, style: int) -> tuple[Level, int]:
    start, form, flags, follow, characters, indents = struct.unpack_from("<iBB9xB8xBB", data, at)
    at += 28 + characters + indents
    length = int.from_bytes(data[at : at + 2], "little")
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shape = Level(
        format=FORMATS_BY_CODE[form] if form < len(FORMATS_BY_CODE) else "none",
        text="".join(f"%{ord(char) + 1}" if char < "\x09" else char for char in text),
        start=max(start, 0),
        spaced=follow != 2,
        legal=bool(flags & 4),
        style="" if style == NO_STYLE else str(style),
    )
    return shape, at + 2 + 2 * length
