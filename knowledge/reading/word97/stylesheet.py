"""The style sheet of a Word 97–2003 file: which outline level and list a style gives, and which styles hide their text.

Source: [MS-DOC] 2.9.271 (STSH), 2.9.260 (STD), 2.9.336 (UpxPapx), 2.9.334 (UpxChpx).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.reading.styles import Style, Styles
from knowledge.reading.word97.sprms import character, hides, paragraph

NO_STYLE = 0xFFF
_PARAGRAPH = 1
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One style as the file holds it, with its modifiers for paragraphs and for characters."""

    kind: int
    built_in: int
    base: int
    name: str
    of_paragraph: bytes
    of_characters: bytes


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of one file by number."""

    entries: Mapping[int, Entry]

    def styles(self, elsewhere: bytes) -> Styles:
        """The paragraph styles, their numbers written as text; the default is number 0."""
        chosen = {number: entry for number, entry in self.entries.items() if entry.kind == _PARAGRAPH}
        return Styles({str(number): _style(entry, elsewhere) for number, entry in chosen.items()}, "0")

    def hiding(self) -> frozenset[int]:
        """The styles whose characters are hidden."""
        return frozenset(number for number in self.entries if self._hides(number))

    def _hides(self, number: int) -> bool:
        chain: list[int] = []
        while number in self.entries and number not in chain:
            chain.append(number)
            number = self.entries[number].base
        hidden = False
        for link in reversed(chain):
            hidden = hides(character(self.entries[link].of_characters).hidden, hidden, otherwise=hidden)
        return hidden


def stylesheet(data: bytes) -> StyleSheet:
    """The style sheet in these bytes; what is torn off is left out."""
    return StyleSheet(dict(_entries(data))) if len(data) >= 6 else StyleSheet({})


def _entries(data: bytes) -> Iterator[tuple[int, Entry]]:
    count, fixed = struct.unpack_from("<HH", data, 2)
    at = 2 + int.from_bytes(data[:2], "little")
    for number in range(min(count, _MOST)):
        size = int.from_bytes(data[at : at + 2], "little")
        whole = data[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        if len(whole) >= max(fixed, 10) + 4:
            yield number, _entry(whole, max(fixed, 10))


def _entry(whole: bytes, fixed: int) -> Entry:
    built_in, base, _ = struct.unpack_from("<3H", whole)
    length = int.from_bytes(whole[fixed : fixed + 2], "little")
    name = whole[fixed + 2 : fixed + 2 + 2 * length].decode("utf-16-le", "replace")
    first, at = _update(whole, fixed + 4 + 2 * length)
    second, _ = _update(whole, at)
    of_paragraph, of_characters = (first[2:], second) if base & 15 == _PARAGRAPH else (b"", first)
    return Entry(base & 15, built_in & 0xFFF, base >> 4, name, of_paragraph, of_characters)


def _update(whole: bytes, at: int) -> tuple[bytes, int]:
    size = int.from_bytes(whole[at : at + 2], "little")
    return whole[at + 2 : at + 2 + size], at + 2 + size + size % 2


def _style(entry: Entry, elsewhere: bytes) -> Style:
    own = paragraph(entry.of_paragraph, 0, elsewhere)
    return Style(
        name=_standard(entry.built_in) or entry.name,
        base="" if entry.base == NO_STYLE else str(entry.base),
        outline=own.outline,
        num_id=None if own.list is None else str(own.list),
        level=own.level,
    )


def _standard(code: int) -> str:
    """The name that headings and the lines of a table of contents have whatever an office calls them."""
    if 1 <= code <= 9:
        return f"heading {code}"
    return f"toc {code - 18}" if 19 <= code <= 27 else ""
