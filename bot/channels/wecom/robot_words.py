"""Texts of the smart robot: what came in without the mention of it, and what goes out so that nothing in it turns into marks.

Pure: values in, values out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_BLANK = r"[\s\u2005\u00a0\u3000]"
_AFTER = rf"(?:{_BLANK}+|(?=[，。、；：？！,.;:?!（(@＠])|$)"
"""What stands behind a name: a blank (the client writes one, of several kinds), a mark or the end."""
_OTHERS = re.compile(rf"(?:[@＠][^\s\u2005@＠]{{1,32}}{_BLANK}+)+|[@＠][^\s\u2005@＠]{{1,32}}$")
LONGEST_QUOTE = 4000
"""Characters of a quoted message that are kept."""


class Mention:
    """The robot's display name as it stands in texts: the platform has no other sign of a mention (doc 100719)."""

    def __init__(self, display: str) -> None:
        name = rf"{_BLANK}*".join(re.escape(sign) for sign in "".join(display.split()))
        self._strict = re.compile(rf"[@＠]{_BLANK}*{name}{_AFTER}")
        self._loose = re.compile(rf"[@＠]{_BLANK}*{name}")

    def without(self, text: str) -> str:
        """The text without the mention, nor other people's that stand before or after it; those inside a sentence stay."""
        rest, found = self._strict.subn(" ", text)
        if not found:
            rest = self._loose.sub(" ", text, count=1)  # somebody deleted the blank that the client writes
        rest = rest.strip().lstrip("，,、：:").lstrip()
        leading = _OTHERS.match(rest)
        return rest[leading.end() :].strip() if leading else rest.strip()


def text_of(content: Mapping[str, Any]) -> str:
    """The words of a message or of a quoted one, whatever its kind; a voice message comes as words (doc 100719)."""
    kind = content.get("msgtype")
    if kind == "mixed":
        items = _mapping(content.get("mixed")).get("msg_item")
        parts = [text_of(one) for one in items if isinstance(one, Mapping)] if isinstance(items, list) else []
        return "\n".join(part for part in parts if part)
    if kind in ("text", "voice", "markdown"):
        words = _mapping(content.get(str(kind))).get("content")
        return words if isinstance(words, str) else ""
    return ""


def quoted_of(body: Mapping[str, Any]) -> str:
    """The words of the message that was quoted."""
    return text_of(_mapping(body.get("quote")))[:LONGEST_QUOTE]


def media_of(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Kind (file or image), address and key of everything given in a message or quoted by it."""
    found = []
    kind = content.get("msgtype")
    if kind in ("file", "image"):
        media = _mapping(content.get(str(kind)))
        if isinstance(media.get("url"), str) and media["url"]:
            found.append((str(kind), media["url"], str(media.get("aeskey") or "")))
    if kind == "mixed":
        items = _mapping(content.get("mixed")).get("msg_item")
        for one in items if isinstance(items, list) else []:
            found += media_of(one) if isinstance(one, Mapping) and one.get("msgtype") != "mixed" else []
    quote = content.get("quote")
    return found + (media_of({**quote, "quote": None}) if isinstance(quote, Mapping) else [])


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


# What markdown would take for a mark is written with the full-width sign that looks the same: whether the platform's
# dialect knows a backslash is not documented. Each rule looks back or ahead only so that a longer text never becomes shorter.
_WIDE = {"*": "＊", "`": "｀", "<": "＜", "|": "｜", "#": "＃", ">": "＞", "=": "＝", ".": "．", ")": "）"}
_Wide = Callable[[re.Match[str]], str]
_MARKS: tuple[tuple[re.Pattern[str], _Wide], ...] = (
    (re.compile(r"[*`<|]"), lambda found: _WIDE[found[0]]),
    (re.compile(r"~(?=~)"), lambda found: "～"),
    (re.compile(r"(?<![0-9A-Za-z])_"), lambda found: "＿"),
    (re.compile(r"(?<=\])\("), lambda found: "（"),
    (re.compile(r"&(?=#?[0-9A-Za-z]{1,8};)"), lambda found: "＆"),
    (re.compile(r"(?m)^([ \t]*)([#>=])"), lambda found: found[1] + _WIDE[found[2]]),
    (re.compile(r"(?m)^([ \t]*)-(?=-)"), lambda found: found[1] + "－"),
    # A list would be counted anew: 第3项 after 第1项 would become the second.
    (re.compile(r"(?m)^([ \t]*[0-9]{1,9})([.)])(?=\s)"), lambda found: found[1] + _WIDE[found[2]]),
    # A line's end stays one in every dialect behind two blanks.
    (re.compile(r"(?<!  )\n"), lambda found: "  \n"),
)


def plain(text: str) -> str:
    """A text in which markdown finds neither marks nor mentions nor links under other words; half characters are replaced."""
    for pattern, wide in _MARKS:
        text = pattern.sub(wide, text)
    return text.encode("utf-8", "replace").decode()
