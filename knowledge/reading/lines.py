"""Numbered lines of a text file, and what separates the cells of one."""

from __future__ import annotations

import re
import unicodedata

EDGES = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b"
GAPS = re.compile("[ \u00a0\u3000]{2,}")

Line = tuple[int, str]
"""A line's number as an editor shows it, from 1, and its characters."""


def separator(line: str) -> str:
    """A tab, a bar, a blank (wide gaps) or nothing: what separates the cells of this line."""
    content = line.strip(EDGES)
    if content and "\t" in line:
        return "\t"
    barred = content.startswith("|") and content.endswith("|") and len(content) > 2
    if barred and content.count("|") > 2:  # two empty cells look like wide gaps
        return "|"
    if len(GAPS.split(content)) > 2:
        return " "
    return "|" if barred else ""


def columns(text: str) -> int:
    """How wide `text` prints, in half-width columns; a Chinese character or mark takes two."""
    return sum(1 if char < "\u00a1" else 2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
