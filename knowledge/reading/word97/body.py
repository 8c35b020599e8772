"""The text of a Word 97–2003 file as a tree of WordprocessingML elements, so that .doc and .docx are read alike.

Source: [MS-DOC] 2.4.2 (paragraph boundaries), 2.4.3–2.4.5 (tables), 2.3 (notes, text boxes).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.reading.limits import check_extent
from knowledge.reading.word97.file import NOTHING, WordFile
from knowledge.reading.word97.grid import columns
from knowledge.reading.word97.shapes import groups
from knowledge.reading.word97.sprms import Paragraph, RowCell, row_cells
from knowledge.reading.word97.visible import MARKS, Visible, visible

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MARK = re.compile(f"[{MARKS}]")
_CELL_MARK, _PAGE_BREAK = "\x07", "\x0c"
_PRINTED = {code: None for code in range(32)} | {
    9: " ", 11: "\n", 12: "\n", 14: "\n", 30: "-", 0xFFFE: None, ord(NOTHING): None,
}  # fmt: skip
"""How control characters read: tabs, line, page and column breaks, the hyphen that does not break."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: where its words begin, where its mark stands, its properties and the modifiers that give them."""

    start: int
    end: int
    mark: str
    shape: Paragraph
    modifiers: bytes

    @property
    def ends_cell(self) -> bool:
        """Whether a cell ends with this paragraph."""
        return self.shape.ends_cell if self.shape.depth > 1 else self.mark == _CELL_MARK


class Body:
    """The main text with its notes and text boxes. Raises ReadingError, struct.error or IndexError for broken files."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self.seen: Visible = visible(file)
        self._parts = file.parts()
        self._sections = {position - 1 for position in file.plc(6, 12)[0]}
        check_extent(0, sum(self.seen.text.count(mark) for mark in MARKS), file.name)
        self._references = dict(self._noted("footnote", 2) | self._noted("endnote", 46))
        self._reference_places = sorted(self._references)
        self._boxes = self._anchored()
        self._box_places = sorted(self._boxes)

    def root(self) -> _Element:
        """The w:body."""
        from lxml import etree

        body = etree.Element(f"{W}body", nsmap={"w": W[1:-1]})
        self._flow(body, list(self._lines(*self._parts["main"])), 0)
        return body

    def notes(self) -> dict[tuple[str, str], _Element]:
        """(tag, id) → the footnote or endnote."""
        from lxml import etree

        found: dict[tuple[str, str], _Element] = {}
        for kind, part, index in (("footnote", "footnotes", 3), ("endnote", "endnotes", 47)):
            for number, (start, end) in enumerate(self._stories(part, index)):
                note = etree.Element(f"{W}{kind}")
                self._flow(note, list(self._lines(start, end)), 0)
                found[f"{W}{kind}", str(number)] = note
        return found

    def _noted(self, kind: str, index: int) -> dict[int, tuple[str, str]]:
        """Position → the note that is referred to there."""
        places, notes = self._file.plc(index, 2)
        return {place: (kind, str(number)) for number, (place, _) in enumerate(zip(places, notes, strict=False))}

    def _stories(self, part: str, index: int, size: int = 0) -> list[tuple[int, int]]:
        """Where each note or text box begins and ends; what stands outside its part is none."""
        start, end = self._parts[part]
        places = [min(start + place, end) for place in self._file.plc(index, size)[0]]
        return [(first, max(first, last)) for first, last in pairwise(places)]

    def _anchored(self) -> dict[int, list[tuple[int, int]]]:
        """Position → the text boxes that hang there; those whose anchor is lost hang at the end of the text."""
        places, shapes = self._file.plc(40, 26)
        anchors = {shape[:4]: place for place, shape in zip(places, shapes, strict=False)}
        found: dict[int, list[tuple[int, int]]] = {}
        last = max(self._parts["main"][1] - 1, 0)
        group = groups(self._file.structure(50))
        stories = self._stories("boxes", 56, 22)
        for (start, end), box in zip(stories, self._file.plc(56, 22)[1], strict=False):
            if end > start and not int.from_bytes(box[8:10], "little"):
                shape = box[14:18]
                place = anchors.get(shape, anchors.get(group.get(shape, shape), last))
                found.setdefault(min(place, last), []).append((start, end))
        return found

    def _lines(self, start: int, end: int) -> Iterator[Line]:
        first = start
        for mark in _MARK.finditer(self.seen.text, start, end):
            at = mark.start()
            if mark[0] != _PAGE_BREAK or at in self._sections:
                yield self._line(first, at, mark[0])
                first = at + 1
        if first < end:
            yield self._line(first, end, "")

    def _line(self, start: int, end: int, mark: str) -> Line:
        shape, modifiers = self._file.paragraph(end if mark else end - 1)
        if mark == _CELL_MARK and shape.depth == 0:
            shape = replace(shape, depth=1)
        return Line(start, end, mark, shape, modifiers)

    def _flow(self, parent: _Element, lines: Sequence[Line], depth: int) -> None:
        """Paragraphs and tables at this depth of nesting."""
        at = 0
        while at < len(lines):
            last = at
            while last < len(lines) and lines[last].shape.depth > depth:
                last += 1
            if last > at:
                self._table(parent, lines[at:last], depth + 1)
                at = last
            else:
                self._paragraph(parent, lines[at])
                at += 1

    def _table(self, parent: _Element, lines: Sequence[Line], depth: int) -> None:
        table = _add(parent, "tbl")
        rows = list(_rows(lines, depth))
        shapes: list[list[RowCell]] = []
        for row, ending in rows:
            shapes.append(_cells(row, ending, self._file.elsewhere, shapes[-1] if shapes else []))
        placed = columns([[(cell.left, cell.right) for cell in shape] for shape in shapes])
        for (row, ending), shape, places in zip(rows, shapes, placed, strict=True):
            self._row(table, row, ending, shape, places, depth)

    def _row(
        self,
        table: _Element,
        row: Sequence[Sequence[Line]],
        ending: Line | None,
        shape: Sequence[RowCell],
        places: Sequence[tuple[int, int]],
        depth: int,
    ) -> None:
        node = _add(table, "tr")
        properties = _add(node, "trPr")
        if places and places[0][0] > 1:
            _add(properties, "gridBefore", str(places[0][0] - 1))
        if ending is not None and ending.end in self.seen.deleted_marks and not self._says_something(row):
            _add(properties, "del")
        for lines, cell, (_, width) in zip(row, shape, places, strict=True):
            box = _add(node, "tc")
            merged = _add(box, "tcPr")
            if width > 1:
                _add(merged, "gridSpan", str(width))
            if cell.down:
                _add(merged, "vMerge", "restart" if cell.down & 2 else "continue")
            self._flow(box, lines, depth)

    def _says_something(self, row: Sequence[Sequence[Line]]) -> bool:
        return any(self.seen.text[line.start : line.end].strip(NOTHING) for cell in row for line in cell)

    def _paragraph(self, parent: _Element, line: Line) -> None:
        node = _add(parent, "p")
        shape = line.shape
        properties = _add(node, "pPr")
        _add(properties, "pStyle", str(shape.style))
        if shape.list is not None or shape.level is not None:
            self._listed(properties, shape)
        if shape.outline is not None:
            _add(properties, "outlineLvl", str(shape.outline))
        if line.mark == "\r" and line.end in self.seen.deleted_marks:
            _add(_add(properties, "rPr"), "del")
        for start, end, struck in self._runs(line.start, line.end):
            self._run(node, self.seen.text[start:end].translate(_PRINTED), struck)
        self._hang(node, line)

    def _listed(self, properties: _Element, shape: Paragraph) -> None:
        numbered = _add(properties, "numPr")
        if shape.level is not None:
            _add(numbered, "ilvl", str(shape.level))
        if shape.list is not None:
            _add(numbered, "numId", str(shape.list))

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """The words of a paragraph, cut where striking through begins and ends."""
        at = start
        for first, last in self.seen.struck[max(bisect_left(self.seen.struck, (start, 0)) - 1, 0) :]:
            if first >= end:
                break
            if last > at:
                yield at, max(first, at), False
                yield max(first, at), min(last, end), True
                at = min(last, end)
        yield at, end, False

    def _run(self, paragraph: _Element, words: str, struck: bool) -> None:
        if words:
            run = _add(paragraph, "r")
            if struck:
                _add(_add(run, "rPr"), "strike")
            _add(run, "t").text = words

    def _hang(self, paragraph: _Element, line: Line) -> None:
        """The references to notes and the text boxes of a paragraph, behind its words."""
        for place in _between(self._reference_places, line.start, line.end):
            kind, number = self._references[place]
            _add(_add(paragraph, "r"), f"{kind}Reference").set(f"{W}id", number)
        for place in _between(self._box_places, line.start, line.end):
            for start, end in self._boxes[place]:
                box = _add(_add(paragraph, "r"), "txbxContent")
                self._flow(box, list(self._lines(start, end)), 0)


def _rows(lines: Sequence[Line], depth: int) -> Iterator[tuple[list[list[Line]], Line | None]]:
    """The rows of a table: their cells, and the mark that ends each (None where the file breaks off)."""
    cells: list[list[Line]] = []
    held: list[Line] = []
    for line in lines:
        here = line.shape.depth == depth
        if here and line.shape.ends_row:
            yield ([*cells, held] if held else cells), line
            cells, held = [], []
            continue
        held.append(line)
        if here and line.ends_cell:
            cells.append(held)
            held = []
    if cells or held:
        yield ([*cells, held] if held else cells), None


def _cells(row: list[list[Line]], ending: Line | None, elsewhere: bytes, above: list[RowCell]) -> list[RowCell]:
    """The shapes of a row's cells; merged ones run together: `row` loses those that only lend their space.

    A row whose end is lost has the shapes of the one above, else cells of equal width.
    """
    shapes = list(row_cells(ending.modifiers, elsewhere)) if ending else []
    if not shapes and len(above) == len(row):
        shapes = [RowCell(cell.left, cell.right) for cell in above]
    if len(shapes) < len(row):
        right = shapes[-1].right if shapes else 0
        missing = len(row) - len(shapes)
        shapes += [RowCell(right + 1000 * number, right + 1000 * (number + 1)) for number in range(missing)]
    joined: list[RowCell] = []
    kept: list[list[Line]] = []
    first = 0
    for lines, shape in zip(row, shapes, strict=False):
        if shape.across and first and shape.across != first:
            joined[-1] = replace(joined[-1], right=shape.right)
            continue
        first = shape.across
        joined.append(shape)
        kept.append(lines)
    row[:] = kept
    return joined


def _between(places: Sequence[int], start: int, end: int) -> Iterator[int]:
    for at in range(bisect_left(places, start), len(places)):
        if places[at] > end:
            return
        yield places[at]


def _add(parent: _Element, tag: str, value: str | None = None) -> _Element:
    from lxml import etree

    node = etree.SubElement(parent, W + tag)
    if value is not None:
        node.set(f"{W}val", value)
    return node
