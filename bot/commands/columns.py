"""Chinese text in lines of one width: a Chinese character takes two columns, no stop begins a line, no bracket ends one."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 92
_NEVER_FIRST = "，。；：、！？）》〉〕】”’…％%"
_NEVER_LAST = "（《〈〔【“‘"
_WORD = re.compile(r"[A-Za-z0-9.]{1,24}|.")  # figures and Latin words stay whole
# What would steer a terminal or turn the direction of writing round.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def visible(text: str) -> str:
    """`text` on one line, without characters that would steer a terminal."""
    return _UNSEEN.sub("", re.sub(r"\s+", " ", text)).strip()


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def filled(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> str:
    """`text` broken into lines of at most `width` columns, `first` before the first line and `rest` before the others."""
    lines, line, taken = [], first, columns(first)
    for word in _WORD.findall(visible(text)):
        if taken + columns(word) > width and word not in _NEVER_FIRST:
            kept = line.rstrip().rstrip(_NEVER_LAST) or line
            lines.append(kept)
            line = rest + line.rstrip()[len(kept) :]
            taken, word = columns(line), word.lstrip()
        line += word
        taken += columns(word)
    return "\n".join([*lines, line])
