"""Notes at the foot of a page, each behind the figure by which the text refers to it: set apart, as those of a .docx are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from knowledge.reading.joining import together
from knowledge.reading.leaf import TextLine, Word

_MARK = re.compile(r"[\[［〔(（]?(?:\d{1,3}|[①-⑳]|[*＊†])[\]］〕)）]?")
_COUNTS = re.compile(r"\s*[.．、,，:：\d年月日]")
_FOOT = 0.5  # of the page's height: notes stand below it


def note_of(line: TextLine, marks: Sequence[Word]) -> str:
    """The mark with which a printed line begins, raised (one of `marks`) or as large as its words; empty without one."""
    first = line.words[0]
    if first in marks:
        return first.text
    m = _MARK.match(line.text)
    return m.group() if m and not _COUNTS.match(line.text, m.end()) and m.end() < len(line.text) else ""


def notes_from(heads: Sequence[tuple[TextLine, str]], references: Collection[str], height: float) -> int:
    """From which of the lines of a page on notes stand, to its foot; their count where none do.

    `heads` are the lines with the mark each begins with, `references` the marks to which the text of the page refers.
    """
    size = max((line.size for line, _ in heads), default=0.0)
    for at, (line, mark) in enumerate(heads):
        if line.top > _FOOT * height and mark in references and line.size <= size:
            return at
    return len(heads)


def notes_of(lines: Sequence[tuple[TextLine, str]]) -> list[tuple[TextLine, str]]:
    """The notes among the lines at a page's foot: the first line of each, and its words without the mark."""
    notes: list[tuple[TextLine, str]] = []
    for line, mark in lines:
        words = line.text.removeprefix(mark).strip()
        if mark or not notes:
            notes.append((line, words))
        else:
            first, text = notes[-1]
            notes[-1] = (first, together(text, words))
    return notes
