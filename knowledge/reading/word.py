"""The text of a Word document → blocks: paragraphs and tables in reading order, as they look with all changes accepted.

The text is a tree of WordprocessingML elements, whether a .docx holds it or a .doc was turned into it: both read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt, Place
from knowledge.reading.limits import bounded, check_extent
from knowledge.reading.numbering import Numbering, child_value, whole
from knowledge.reading.remarks import embedded
from knowledge.reading.runs import Runs
from knowledge.reading.styles import Styles, heading_level
from knowledge.reading.tables import Area, is_layout, is_real, paragraphs, table_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")


@dataclass(frozen=True, slots=True)
class WordText:
    """What the walk over a document needs beside its body; `w` is the namespace of its elements in braces."""

    w: str
    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], _Element] = field(default_factory=dict)
    """(tag, id) → the footnote or endnote."""


def word_blocks(body: _Element, text: WordText, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a document's body, and doubts for what it holds but the reader cannot take. Raises ReadingError."""
    check_extent(_count(body, f"{text.w}tr"), _count(body, f"{text.w}p"), name)
    reader = _Reader(text, name, Runs(text.w, [body, *text.notes.values()]))
    reader.doubts.extend(reader.runs.struck_out(body))
    blocks = tuple(bounded(reader.blocks(body), name))
    return blocks, tuple(reader.doubts)


def _count(root: _Element, tag: str) -> int:
    return sum(1 for _ in root.iter(tag))


class _Reader:
    """Walks one document, counting its paragraphs, tables and lists."""

    def __init__(self, text: WordText, name: str, runs: Runs) -> None:
        self.name, self.w = name, text.w
        self.styles, self.numbering, self.notes = text.styles, text.numbering, text.notes
        self.runs = runs
        self.wrappers = frozenset(text.w + tag for tag in _WRAPPERS)
        self.paragraph = 0
        self.table = 0
        self.pending = ""
        self.cited: list[tuple[_Element, Place]] = []
        self.doubts: list[Doubt] = []

    def blocks(self, body: _Element) -> Iterator[Block]:
        """The text in reading order, then the notes it refers to."""
        yield from self.flow(body)
        yield from self._cited_notes()

    def flow(self, container: _Element) -> Iterator[Block]:
        """The blocks of a body, a cell of a layout table or a text box."""
        for node in self._members(container, self.wrappers):
            if node.tag == f"{self.w}p":
                yield from self._paragraph(node)
            elif node.tag == f"{self.w}tbl":
                yield from self._table(node)
            elif node.tag == f"{self.w}altChunk":
                self.doubts.append(embedded(Place(paragraph=self.paragraph)))

    def _cited_notes(self) -> Iterator[Block]:
        """Footnotes and endnotes, after the text, each at the place that refers to it."""
        for note, place in self.cited:
            yield from paragraphs("注：" + "".join(self._lines(note)), place)

    def _members(self, container: _Element, through: frozenset[str]) -> Iterator[_Element]:
        """The children of a container in order, wrappers such as content controls and insertions opened."""
        waiting = list(reversed(container))
        while waiting:
            node = waiting.pop()
            if node.tag in through:
                waiting.extend(reversed(node))
            else:
                yield node

    def _paragraph(self, node: _Element) -> Iterator[Block]:
        text = self._text(node)
        if self.styles.is_contents(self._style(node)):
            return
        boxes, notes = self.runs.boxes(node), self.runs.notes(node)
        if text:
            self.paragraph += 1
            yield from paragraphs(text, Place(paragraph=self.paragraph), self._heading(node))
        place = Place(paragraph=self.paragraph)
        self.cited.extend((self.notes[note], place) for note in notes if note in self.notes)
        for box in boxes:
            yield from self.flow(box)

    def _text(self, node: _Element) -> str:
        """The text of a paragraph behind its automatic number; a paragraph whose end was deleted runs into the next."""
        text = self.pending + self.runs.text(node)
        self.pending = ""
        if node.find(f"{self.w}pPr/{self.w}rPr/{self.w}del") is not None:
            self.pending = text
            return ""
        return (self._label(node) + text).strip()

    def _heading(self, node: _Element) -> int:
        own = child_value(node, f"{self.w}pPr/{self.w}outlineLvl", self.w)
        return self.styles.heading(self._style(node)) if own is None else heading_level(whole(own, 9))

    def _style(self, node: _Element) -> str:
        return child_value(node, f"{self.w}pPr/{self.w}pStyle", self.w) or ""

    def _label(self, node: _Element) -> str:
        own = child_value(node, f"{self.w}pPr/{self.w}numPr/{self.w}numId", self.w)
        level = child_value(node, f"{self.w}pPr/{self.w}numPr/{self.w}ilvl", self.w)
        if own is not None:
            return self.numbering.label(own, whole(level))
        if (styled := self.styles.list_of(self._style(node))) is None:
            return ""
        num_id, style, of_style = styled
        tied = of_style if of_style is not None else self.numbering.level_of_style(num_id, style)
        return self.numbering.label(num_id, whole(level, tied))

    def _table(self, table: _Element) -> Iterator[Block]:
        self.table += 1
        number = self.table
        rows = [list(self._cells(row)) for row in self._rows(table)]
        if is_layout([[len(self._filled(cell)) for cell, _, _ in row] for row in rows], self._is_around(rows)):
            for cell, _, _ in (placed for row in rows for placed in row):
                yield from self.flow(cell)
            return
        areas = list(self._areas(rows))
        yield from table_blocks(areas, lambda r, c: Place(table=number, row=r, column=c), number, self.name)

    def _rows(self, table: _Element) -> Iterator[_Element]:
        for row in self._members(table, self.wrappers):
            if row.tag == f"{self.w}tr" and row.find(f"{self.w}trPr/{self.w}del") is None:
                yield row

    def _cells(self, row: _Element) -> Iterator[tuple[_Element, int, int]]:
        """The cells of a row with their column and width; skipped columns before the first are counted."""
        column = 1 + min(whole(child_value(row, f"{self.w}trPr/{self.w}gridBefore", self.w)), 512)
        for cell in self._members(row, self.wrappers):
            if cell.tag == f"{self.w}tc":
                width = min(max(whole(child_value(cell, f"{self.w}tcPr/{self.w}gridSpan", self.w), 1), 1), 512)
                yield cell, column, width
                column += width

    def _areas(self, rows: list[list[tuple[_Element, int, int]]]) -> Iterator[Area]:
        """Cells with vertical merges joined: a continued cell lengthens the one above it in its column."""
        begun: dict[int, Area] = {}
        for number, row in enumerate(rows, 1):
            for cell, column, width in row:
                above = begun.get(column)
                if self._continues(cell) and above is not None and above.row + above.height == number:
                    begun[column] = Area(above.row, column, above.text, above.height + 1, above.width)
                    continue
                if above is not None:
                    yield above
                begun[column] = Area(number, column, "\n".join(self._lines(cell)), 1, width)
        yield from begun.values()

    def _continues(self, cell: _Element) -> bool:
        merge = cell.find(f"{self.w}tcPr/{self.w}vMerge")
        return merge is not None and merge.get(f"{self.w}val", "continue") != "restart"

    def _lines(self, container: _Element) -> list[str]:
        """The lines of a cell or note, with their automatic numbers; tables inside are flattened."""
        lines: list[str] = []
        for node in self._members(container, self.wrappers | self._table_tags()):
            if node.tag == f"{self.w}p":
                lines.append(self._text(node))
                lines.extend(line for box in self.runs.boxes(node) for line in self._lines(box))
        return [line for line in lines if line]

    def _table_tags(self) -> frozenset[str]:
        return frozenset(self.w + tag for tag in ("tbl", "tr", "tc"))

    def _filled(self, cell: _Element) -> list[_Element]:
        """The paragraphs of a cell that say something, without counting their lists on."""
        listed = f"{self.w}pPr/{self.w}numPr"
        return [p for p in cell.iter(f"{self.w}p") if p.find(listed) is not None or self.runs.text(p).strip()]

    def _is_around(self, rows: list[list[tuple[_Element, int, int]]]) -> bool:
        """Whether a table only stands around a real one, at least two rows of two filled cells, inside a cell."""
        around = {at for at, row in enumerate(rows) if any(self._holds_table(cell) for cell, _, _ in row)}
        return bool(around) and not is_real([self._cells_filled(row) for row in rows], around)

    def _holds_table(self, cell: _Element) -> bool:
        inner = cell.iterdescendants(f"{self.w}tbl")
        return any(
            sum(self._cells_filled(list(self._cells(row))) > 1 for row in self._rows(node)) > 1 for node in inner
        )

    def _cells_filled(self, row: list[tuple[_Element, int, int]]) -> int:
        """How many cells of a row say something."""
        return sum(1 for cell, _, _ in row if self._filled(cell))
