"""What of a binary document's characters can be read: deleted, hidden and field-code characters say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.reading.word97.file import NOTHING, WordFile
from knowledge.reading.word97.sprms import Character, hides

MARKS = "\r\x07\x0c"
"""The characters that end paragraphs, cells and rows, and sections or pages."""

_WORDS = re.compile(f"[^{MARKS}]")
_FIELD = re.compile("[\x13\x14\x15]")
_PICTURE = "\x01"
_BEGIN, _RESULT = "\x13", "\x14"


@dataclass(frozen=True, slots=True)
class Visible:
    """The characters by position, what is not to be read replaced by NOTHING."""

    text: str
    deleted_marks: frozenset[int]
    """The positions of paragraph, cell and row ends that were deleted."""
    struck: tuple[tuple[int, int], ...]
    """Where words are struck through."""
    pictures: tuple[int, ...]
    """Where the pictures in the lines of the text are described in the Data stream."""
    codes: tuple[str, ...]
    """The codes of the fields, such as `PAGE` or `LINK Excel.Sheet.8 …`."""


def visible(file: WordFile) -> Visible:
    """The characters of all parts of the text."""
    pieces: list[str] = []
    marks: set[int] = set()
    struck: list[tuple[int, int]] = []
    pictures: list[int] = []
    hiding = file.stylesheet.hiding()
    reached = 0
    for begin, end, found in file.characters():
        start = max(begin, reached)
        if end <= start:
            continue
        pieces.append(file.text[reached:start])
        words, reached = file.text[start:end], end
        if found.deleted:
            marks.update(start + at for at, char in enumerate(words) if char in MARKS)
        if found.deleted or hides(found.hidden, _style(file, found, start) in hiding):
            words = _WORDS.sub(NOTHING, words)
        elif found.symbol is not None:
            words = words.replace("(", found.symbol or NOTHING)
        elif found.picture is not None and _PICTURE in words:
            pictures.append(found.picture)
        if found.struck:
            struck.append((start, end))
        pieces.append(words)
    text = "".join(pieces) + file.text[reached:]
    spans = sorted(span for start, end in file.parts().values() for span in _fields(text, start, end))
    codes = tuple(text[begin + 1 : end - 1].replace(NOTHING, "").strip() for begin, end in spans)
    return Visible(_without(text, spans), frozenset(marks), tuple(struck), tuple(pictures), codes)


def _style(file: WordFile, found: Character, position: int) -> int:
    return file.style(position) if found.style is None else found.style


def _fields(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the code of each complete field stands, from its first mark to the one before its result."""
    waiting: list[tuple[int, int]] = []
    for mark in _FIELD.finditer(text, start, end):
        at = mark.start()
        if mark[0] == _BEGIN:
            waiting.append((at, -1))
        elif mark[0] == _RESULT and waiting:
            waiting[-1] = (waiting[-1][0], at)
        elif waiting:
            begin, result = waiting.pop()
            yield begin, (at if result < 0 else result) + 1


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    reached = 0
    for begin, end in spans:
        if end > reached:
            pieces.append(text[reached : max(begin, reached)])
            pieces.append(_WORDS.sub(NOTHING, text[max(begin, reached) : end]))
            reached = end
    return "".join(pieces) + text[reached:]
