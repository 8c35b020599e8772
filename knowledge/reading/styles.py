"""Paragraph styles of a .docx: which outline level and which list a paragraph gets from its style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.reading.numbering import child_value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is based on, its name and its own settings (None where it has none)."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    num_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document by id."""

    by_id: Mapping[str, Style]
    default: str = ""

    def chain(self, style_id: str) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, nearest first; a circle ends the chain."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style_id, style
            style_id = style.base

    def heading(self, style_id: str) -> int:
        """The outline level 1-6 of a style, 0 for body text."""
        for _, style in self.chain(style_id or self.default):
            if style.outline is not None:
                return heading_level(style.outline)
            if named := _HEADING.fullmatch(style.name.strip()):
                return min(int(named[1]), 6)
        return 0

    def is_contents(self, style_id: str) -> bool:
        """Whether a style sets the lines of a table of contents, which only repeat the headings."""
        return any(_CONTENTS.match(style.name) for _, style in self.chain(style_id))

    def list_of(self, style_id: str) -> tuple[str, str, int | None] | None:
        """(numId, the style that names it, its level) of the list that a style puts its paragraphs in."""
        found = ((key, style) for key, style in self.chain(style_id or self.default) if style.num_id is not None)
        key, style = next(found, ("", None))
        return None if style is None else (style.num_id or "", key, style.level)


def heading_level(outline: int) -> int:
    """w:outlineLvl (0-8, 9 is body text) as a heading level 1-6, 0 for body text."""
    return min(outline + 1, 6) if 0 <= outline < 9 else 0


def styles_of(root: _Element | None, w: str) -> Styles:
    """The paragraph styles of a styles part; `w` is the namespace in braces. No part: no styles."""
    found: dict[str, Style] = {}
    default = ""
    for node in root.iterchildren(f"{w}style") if root is not None else ():
        style_id = node.get(f"{w}styleId", "")
        found[style_id] = _style(node, w)
        if node.get(f"{w}type") == "paragraph" and node.get(f"{w}default") in ("1", "true", "on"):
            default = style_id
    return Styles(found, default)


def _style(node: _Element, w: str) -> Style:
    outline = child_value(node, f"{w}pPr/{w}outlineLvl", w)
    level = child_value(node, f"{w}pPr/{w}numPr/{w}ilvl", w)
    return Style(
        name=child_value(node, f"{w}name", w) or "",
        base=child_value(node, f"{w}basedOn", w) or "",
        outline=None if outline is None else whole(outline, 9),
        num_id=child_value(node, f"{w}pPr/{w}numPr/{w}numId", w),
        level=None if level is None else whole(level),
    )
