"""The words inside one Word paragraph: inserted text counts, deleted, hidden and field-code text does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from knowledge.model import Doubt
from knowledge.reading.remarks import struck_out

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SILENT = ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "rt", "tbl")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


_OUT_OF_LINE = ("del", "moveFrom", "delText", "rt", "vanish", "txbxContent")


class Runs:
    """Reads paragraphs of one document; `w` is its WordprocessingML namespace in braces.

    `roots` are the trees of its text and notes: where nothing in them is deleted, hidden, drawn or set above a line,
    as in most documents, every paragraph is read the short way.
    """

    def __init__(self, w: str, roots: Sequence[_Element]) -> None:
        self.w = w
        unusual = (*(w + tag for tag in _OUT_OF_LINE), f"{_MC}AlternateContent")
        self._plain = all(next(root.iter(*unusual), None) is None for root in roots)
        self._silent = frozenset(w + tag for tag in _SILENT)
        self._marks = {f"{w}tab": " ", f"{w}ptab": " ", f"{w}cr": "\n", f"{w}noBreakHyphen": "-"}
        self._notes = {w + tag: w + note for tag, note in _NOTES.items()}
        self._speaking = (f"{w}t", f"{w}br", f"{w}sym", *self._marks)
        self._tabs = f"{w}tabs"

    def text(self, paragraph: _Element) -> str:
        """The visible text; line breaks as line feeds, tabs as blanks."""
        if self._plain:
            return "".join([self._plain_words(node) for node in paragraph.iter(*self._speaking)])
        return "".join(self._words(node) for node in self._nodes(paragraph))

    def boxes(self, paragraph: _Element) -> list[_Element]:
        """The contents of text boxes anchored in the paragraph."""
        if self._plain:
            return []
        return [node for node in self._nodes(paragraph) if node.tag == f"{self.w}txbxContent"]

    def notes(self, paragraph: _Element) -> list[tuple[str, str]]:
        """(tag, id) of the footnotes and endnotes that the paragraph refers to."""
        seen = paragraph.iter(*self._notes) if self._plain else self._nodes(paragraph)
        nodes = (node for node in seen if node.tag in self._notes)
        return [(self._notes[node.tag], node.get(f"{self.w}id", "")) for node in nodes]

    def struck_out(self, root: _Element) -> list[Doubt]:
        """A doubt when words are struck through."""
        if next(root.iter(f"{self.w}strike", f"{self.w}dstrike"), None) is None:
            return []
        return struck_out(self.text(run) for run in root.iter(f"{self.w}r") if self._is_struck(run))

    def _nodes(self, paragraph: _Element) -> Iterator[_Element]:
        """All visible nodes in order; of two versions of one drawing only the newer."""
        waiting = list(reversed(paragraph))
        while waiting:
            node = waiting.pop()
            if node.tag in self._silent or self._is_hidden(node):
                continue
            yield node
            if node.tag == f"{_MC}AlternateContent":
                waiting.extend(node.findall(f"{_MC}Choice")[:1] or node.findall(f"{_MC}Fallback")[:1])
            elif node.tag != f"{self.w}txbxContent":
                waiting.extend(reversed(node))

    def _is_hidden(self, node: _Element) -> bool:
        if node.tag != f"{self.w}r":
            return False
        vanish = node.find(f"{self.w}rPr/{self.w}vanish")
        return vanish is not None and self._is_on(vanish)

    def _is_struck(self, run: _Element) -> bool:
        marks = (run.find(f"{self.w}rPr/{self.w}{tag}") for tag in ("strike", "dstrike"))
        return any(mark is not None and self._is_on(mark) for mark in marks)

    def _is_on(self, node: _Element) -> bool:
        return node.get(f"{self.w}val", "1") not in ("0", "false", "off", "none")

    def _plain_words(self, node: _Element) -> str:
        if node.tag == self._speaking[0]:
            return node.text or ""
        parent = node.getparent()  # where a tab stands is a property, not a tab
        return "" if parent is not None and parent.tag == self._tabs else self._words(node)

    def _words(self, node: _Element) -> str:
        if node.tag == f"{self.w}t":
            return node.text or ""
        if node.tag == f"{self.w}br":
            return "\n"
        if node.tag == f"{self.w}sym":
            return _symbol(node.get(f"{self.w}char", ""))
        return self._marks.get(node.tag, "")


def _symbol(code: str) -> str:
    """A character given by its code; those of picture fonts (private use area) say nothing."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0xFFFE else ""
