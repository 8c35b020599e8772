"""Property modifiers of the Word binary format: what a list of them says of a paragraph, of characters, of a row.

Source: [MS-DOC] 2.2.5 (Sprm, Prl, PrcData), 2.6 (the single modifiers), 2.9.215 (Prm0).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_DEF_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_ELSEWHERE = (0x6645, 0x6646, 0x646B)  # huge paragraph properties, table properties: the list stands in the Data stream
_DEEPEST = 8
MAX_DEPTH = 16
"""How deep tables are followed into one another; Word itself draws no more than a few."""

Modifier = tuple[int, bytes]
"""A modifier's code and its operand."""


def modifiers(data: bytes, elsewhere: bytes = b"", depth: int = 0) -> Iterator[Modifier]:
    """The modifiers of a list, those that it keeps in the Data stream (`elsewhere`) in their place; a torn one ends it."""
    at = 0
    while at + 2 < len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        size, skip = _size(code, data, at)
        operand = data[at + skip : at + size]
        if len(operand) < size - skip:
            return
        at += size
        if code not in _ELSEWHERE:
            yield code, operand
        elif depth < _DEEPEST:
            start = int.from_bytes(operand[:4], "little")
            count = int.from_bytes(elsewhere[start : start + 2], "little")
            yield from modifiers(elsewhere[start + 2 : start + 2 + count], elsewhere, depth + 1)


def _size(code: int, data: bytes, at: int) -> tuple[int, int]:
    """How many bytes the operand of a modifier takes, and how many of them only say how many."""
    size = _SIZES[code >> 13]
    if size >= 0:
        return size, 0
    if code == _DEF_TABLE:
        return int.from_bytes(data[at : at + 2], "little") + 1, 2
    count = data[at]
    if code == _CHANGE_TABS and count == 255:
        deleted = data[at + 1] if at + 1 < len(data) else 0
        added_at = at + 2 + 4 * deleted
        added = data[added_at] if added_at < len(data) else 0
        return 3 + 4 * deleted + 3 * added, 1
    return 1 + count, 1


@dataclass(frozen=True, slots=True)
class Character:
    """What sets characters apart from ordinary visible ones."""

    deleted: bool = False
    hidden: int | None = None
    """None: as if by no word; 0: visible, 1: hidden, 0x80: as their style, 0x81: contrary to their style."""
    struck: bool = False
    symbol: str | None = None
    style: int | None = None
    """The character style, where it matters: `hidden` refers to it."""
    picture: int | None = None
    """Where the picture that stands for the character is described in the Data stream."""


PLAIN = Character()
_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE, _SYMBOL, _STYLE, _PICTURE = (
    0x0800,
    0x083C,
    0x0837,
    0x2A53,
    0x6A09,
    0x4A30,
    0x6A03,
)
_AS_STYLE = (0x80, 0x81)


def character(data: bytes, before: Character = PLAIN) -> Character:
    """`before`, changed by a list of modifiers."""
    found = before
    for code, operand in modifiers(data):
        value = operand[0] if operand else 0
        if code == _DELETED:
            found = replace(found, deleted=value in (1, 0x81))
        elif code == _HIDDEN:
            found = replace(found, hidden=value)
        elif code in (_STRUCK, _STRUCK_TWICE):
            found = replace(found, struck=value in (1, 0x81))
        elif code == _STYLE:
            found = replace(found, style=int.from_bytes(operand, "little"))
        elif code == _PICTURE:
            found = replace(found, picture=int.from_bytes(operand, "little"))
        elif code == _SYMBOL and len(operand) == 4:
            found = replace(found, symbol=_printable(int.from_bytes(operand[2:], "little")))
    return found if found.hidden in _AS_STYLE else replace(found, style=None)


def hides(hidden: int | None, style_hides: bool, otherwise: bool = False) -> bool:
    """Whether characters with this `hidden` are not to be seen; `otherwise` where nothing is said."""
    if hidden is None:
        return otherwise
    return style_hides != (hidden == 0x81) if hidden in _AS_STYLE else hidden == 1


def _printable(code: int) -> str:
    """A character given by its code; those of picture fonts (private use area) say nothing."""
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The properties of a paragraph that decide where its text belongs."""

    style: int = 0
    depth: int = 0
    """How many tables it stands in."""
    ends_cell: bool = False
    """Whether its mark ends a cell of an inner table; the cells of the outermost end with a mark of their own."""
    ends_row: bool = False
    outline: int | None = None
    list: int | None = None
    """The list it counts in, from 1; 0 for none; None where the style decides."""
    level: int | None = None


def paragraph(data: bytes, style: int, elsewhere: bytes, more: bytes = b"") -> Paragraph:
    """The properties that a list of modifiers gives, then those of `more` (what a fast save put on top)."""
    seen: dict[int, int] = {}
    for part in (data, more):
        for code, operand in modifiers(part, elsewhere):
            seen[code] = int.from_bytes(operand, "little", signed=len(operand) > 1)
    depth = seen.get(0x6649, 1 if seen.get(0x2416) else 0)
    of_list = seen.get(0x460B)
    return Paragraph(
        style=seen.get(0x4600, style),
        depth=min(max(depth, 0), MAX_DEPTH),
        ends_cell=seen.get(0x244B, 0) == 1,
        ends_row=(seen.get(0x2417, 0) or seen.get(0x244C, 0)) == 1,
        outline=seen.get(0x2640),
        list=None if of_list is None else of_list if 0 < of_list < 0x7FF else 0,
        level=seen.get(0x260A),
    )


_OF_PRM0 = {
    0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x57: 0x0837, 0x5C: 0x083C, 0x73: 0x2A53, 0x78: 0x2640,
}  # fmt: skip
"""The short codes of fast saves that concern us → the modifiers they stand for ([MS-DOC] 2.9.215)."""


def of_fast_save(prm: int, lists: list[bytes]) -> bytes:
    """What a piece of a fast-saved text has on top of its own properties, as a list of modifiers."""
    if prm & 1:
        at = prm >> 1
        return lists[at] if at < len(lists) else b""
    code = _OF_PRM0.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


@dataclass(frozen=True, slots=True)
class RowCell:
    """One cell of a row as the row's end defines it: its edges in twips and how it is merged."""

    left: int
    right: int
    across: int = 0
    """0: by itself. Otherwise one of a run of merged cells; the first of them has another value than the rest."""
    down: int = 0
    """0: by itself, 1: goes on from the cell above, 3: begins a run of merged cells."""


@lru_cache(maxsize=512)
def row_cells(data: bytes, elsewhere: bytes = b"") -> tuple[RowCell, ...]:
    """The cells that the end of a row defines (sprmTDefTable and what changes it afterwards)."""
    edges: list[int] = []
    flags: list[int] = []
    for code, operand in modifiers(data, elsewhere):
        if code == _DEF_TABLE and operand:
            edges, flags = _defined(operand)
        elif code in _CHANGES and len(operand) >= 2:
            _CHANGES[code](edges, flags, operand)
    return tuple(
        RowCell(left, right, flag & 3, flag >> 5 & 3)
        for left, right, flag in zip(edges, edges[1:], flags, strict=False)
    )


def _defined(operand: bytes) -> tuple[list[int], list[int]]:
    count = operand[0]
    whole = operand[: 1 + 2 * (count + 1)]
    edges = list(struct.unpack_from(f"<{(len(whole) - 1) // 2}h", whole, 1))
    shapes = operand[len(whole) :]
    flags = [int.from_bytes(shapes[at * 20 : at * 20 + 2], "little") for at in range(count)]
    return edges, flags


def _insert(edges: list[int], flags: list[int], operand: bytes) -> None:
    first, count = operand[0], operand[1]
    width = int.from_bytes(operand[2:4], "little")
    if not edges:
        edges.append(0)
    while len(flags) < min(first, 63):
        edges.append(edges[-1])
        flags.append(0)
    count = min(count, 64 - len(flags))
    if count <= 0:
        return
    start = edges[first]
    edges[first + 1 :] = [edge + width * count for edge in edges[first + 1 :]]
    edges[first + 1 : first + 1] = [start + width * number for number in range(1, count + 1)]
    flags[first:first] = [0] * count


def _delete(edges: list[int], flags: list[int], operand: bytes) -> None:
    first, limit = operand[0], min(operand[1], len(flags))
    if first < limit:
        gone = edges[limit] - edges[first]
        edges[first + 1 :] = [edge - gone for edge in edges[limit + 1 :]]
        del flags[first:limit]


def _widen(edges: list[int], flags: list[int], operand: bytes) -> None:
    first, limit, width = operand[0], min(operand[1], len(flags)), int.from_bytes(operand[2:4], "little")
    for at in range(first, limit):
        by = edges[at] + width - edges[at + 1]
        edges[at + 1 :] = [edge + by for edge in edges[at + 1 :]]


def _merge(edges: list[int], flags: list[int], operand: bytes) -> None:
    for at in range(operand[0], min(operand[1], len(flags))):
        flags[at] = flags[at] & ~3 | (1 if at == operand[0] else 2)


def _split(edges: list[int], flags: list[int], operand: bytes) -> None:
    for at in range(operand[0], min(operand[1], len(flags))):
        flags[at] &= ~3


def _join_down(edges: list[int], flags: list[int], operand: bytes) -> None:
    if operand[0] < len(flags):
        flags[operand[0]] = flags[operand[0]] & ~0x60 | (operand[1] & 3) << 5


_CHANGES = {
    0x7621: _insert, 0x5622: _delete, 0x7623: _widen, 0x5624: _merge, 0x5625: _split, 0xD62B: _join_down,
}  # fmt: skip
"""sprmTInsert, sprmTDelete, sprmTDxaCol, sprmTMerge, sprmTSplit, sprmTVertMerge ([MS-DOC] 2.6.3)."""
