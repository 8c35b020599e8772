"""Pages → blocks in reading order, the same way for .pdf, .ofd and scans: paragraphs, tables, and what belongs to neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Block, Doubt, Passage, Place
from knowledge.reading.flow import Setting, Strip, margins_of, paragraphs_of, setting_of, text_of
from knowledge.reading.footnotes import note_of, notes_from, notes_of
from knowledge.reading.gaps import Columns, columns_in, is_text
from knowledge.reading.lattice import lattices
from knowledge.reading.leaf import Leaf, TextLine, Word, lines_of
from knowledge.reading.limits import bounded
from knowledge.reading.loose import loose_parts
from knowledge.reading.margins import furniture_of
from knowledge.reading.marks import struck, without_references
from knowledge.reading.panel import Panel, panel_of, split_words
from knowledge.reading.remarks import struck_out
from knowledge.reading.spanning import Table, rows_of, table_of
from knowledge.reading.tables import Area, Placing, table_blocks

SURE = 0.85
"""How certain a recognised word must be not to be doubted; see docs/扫描件.md for how it was measured."""

Laid = tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]


@dataclass(slots=True)
class _Page:
    """What stands on a page, while it is sorted out."""

    leaf: Leaf
    panels: list[Panel]
    lines: list[TextLine]
    marks: list[Word]
    heads: dict[int, str]
    """The id of a line → the mark it begins with, as a note at the foot does."""
    notes: list[tuple[TextLine, str]]


def laid_out(leaves: Sequence[Leaf], name: str) -> Laid:
    """Blocks, doubts about the whole, and the furniture of the pages. Raises ReadingError where a file holds too much."""
    pages = [_page(leaf) for leaf in leaves]
    apart = furniture_of(leaves, {page.leaf.number: page.lines for page in pages})
    furniture = [(line.page, line.text) for page in pages for line in page.lines if id(line) in apart]
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in apart]
        furniture += [(page.leaf.number, mark) for mark in _set_notes_apart(page)]
    furniture += [(leaf.number, word.text) for leaf in leaves for word in leaf.slanted]
    furniture += [(page.leaf.number, word.text) for page in pages for word in page.marks]
    reader = _Reader(pages, name)
    blocks = tuple(bounded(reader.blocks(), name))
    furniture += reader.repeated
    doubts = struck_out(words for leaf in leaves for words in struck(leaf.words, leaf.rules))
    return blocks, (*doubts, *reader.doubts), tuple(Passage(text, Place(page=at)) for at, text in furniture)


def _page(leaf: Leaf) -> _Page:
    words: Sequence[Word] = leaf.words
    panels = []
    for lattice in lattices(leaf.rules):
        inside, words = split_words(lattice, words)
        if inside:
            panels.append(panel_of(lattice, inside, leaf.number))
    plain = [(line, *without_references(line)) for line in lines_of(words, leaf.number)]
    lines = [line for _, line, _ in plain if line is not None]
    heads = {id(line): note_of(whole, marks) for whole, line, marks in plain if line is not None}
    return _Page(leaf, panels, lines, [mark for _, _, marks in plain for mark in marks], heads, [])


def _set_notes_apart(page: _Page) -> list[str]:
    """Take the notes at the foot of a page out of its text; gives the marks that stood among their words.

    What begins a note is no reference to it.
    """
    heads = [(line, page.heads[id(line)]) for line in page.lines]
    raised = Counter(mark.text for mark in page.marks)
    raised.subtract(mark for line, mark in heads if mark and not line.text.startswith(mark))
    at = notes_from(heads, +raised, page.leaf.height)
    page.lines, page.notes = page.lines[:at], notes_of(heads[at:])
    return [mark for line, mark in heads[at:] if mark and line.text.startswith(mark)]


class _Reader:
    """Goes through the pages in order, holding the table or paragraph that may go on over the next page."""

    def __init__(self, pages: Sequence[_Page], name: str) -> None:
        self.name = name
        self.pages = pages
        self.doubts: list[Doubt] = []
        self.repeated: list[tuple[int, str]] = []
        self.tables = 0
        self.head: Sequence[str] = ()  # the first row of the last table without lines
        self.paragraphs: dict[int, int] = {}
        self.setting = Setting(1.5, 12.0, True)

    def blocks(self) -> Iterator[Block]:
        """The blocks of all pages."""
        runs = list(self._runs())
        strips = [strip for run in runs if isinstance(run, list) for strip in run]
        self.setting = setting_of(strips)
        for run in runs:
            if isinstance(run, Table):
                yield from self._table(run)
            else:
                for paragraph in paragraphs_of(run, self.setting):
                    yield self._paragraph(paragraph)
        for line, words in (note for page in self.pages for note in page.notes):
            yield Block(f"注：{words}", self._next_place(line.page))

    def _runs(self) -> Iterator[Table | list[Strip]]:
        """Tables and the running text between them, both over page breaks."""
        held: Table | list[Strip] | None = None
        for page in self.pages:
            for part in self._parts(page):
                if isinstance(part, Panel):
                    if isinstance(held, Table) and held.pages[-1] < part.page and held.add(part):
                        continue
                    fresh: Table | list[Strip] = table_of(part)
                elif isinstance(held, list):
                    held.append(part)
                    continue
                else:
                    fresh = [part]
                if held is not None:
                    yield held
                held = fresh
        if held is not None:
            yield held

    def _parts(self, page: _Page) -> list[Panel | Strip]:
        """What stands on a page from top to bottom."""
        parts: list[tuple[float, Panel | Strip]] = [(panel.top, panel) for panel in page.panels]
        left, right = self._margins(page.leaf)
        at = 0
        for columns in columns_in(page.lines):
            parts += [(line.top, Strip(line, left, right)) for line in page.lines[at : columns.first]]
            run = page.lines[columns.first : columns.last]
            if is_text(columns, page.lines):
                parts += [(run[0].top, strip) for strip in _side_by_side(columns, run)]
            else:
                for part in loose_parts(columns, page.lines, self.head):
                    if isinstance(part, Panel):
                        self.head = [pane.text for pane in part.panes if pane.row == 1]
                    parts.append((part.top, part if isinstance(part, Panel) else Strip(part, left, right)))
            at = columns.last
        parts += [(line.top, Strip(line, left, right)) for line in page.lines[at:]]
        return [part for _, part in sorted(parts, key=lambda pair: pair[0])]

    def _margins(self, leaf: Leaf) -> tuple[float, float]:
        """The limits of the text on all pages of this width."""
        alike = [page for page in self.pages if abs(page.leaf.width - leaf.width) < 1]
        return margins_of([line for page in alike for line in page.lines], leaf.width)

    def _paragraph(self, paragraph: Sequence[Strip]) -> Block:
        place = self._next_place(paragraph[0].line.page)
        words = [word for strip in paragraph for word in strip.line.words]
        return Block(text_of(paragraph), place, doubts=_unsure(words, place))

    def _next_place(self, page: int) -> Place:
        self.paragraphs[page] = self.paragraphs.get(page, 0) + 1
        return Place(page=page, paragraph=self.paragraphs[page])

    def _table(self, table: Table) -> Iterator[Block]:
        self.tables += 1
        number = self.tables

        def placing(row: int, column: int | None) -> Place:
            return Place(page=table.pages[row - 1], table=number, row=row, column=column)

        areas = [Area(p.row, p.column, p.text, p.height, p.width) for p in table.panes]
        noted = _noted(table, placing)
        self.repeated += table.repeated
        if not table.ruled:
            self._doubt_loose(table, number)
        for block in table_blocks(areas, placing, number, self.name):
            yield replace(block, doubts=noted.get(block.place.row or 0, ()))

    def _doubt_loose(self, table: Table, number: int) -> None:
        place = Place(page=table.pages[0], table=number)
        words = "、".join(pane.text for pane in table.panes if pane.row == 1)
        said = "这张表没有框线，行和列是按文字的间距分出来的，请核对各行各列"
        self.doubts.append(Doubt("table-without-lines", said, place, words[:60]))


def _side_by_side(columns: Columns, run: Sequence[TextLine]) -> Iterator[Strip]:
    """Lines of text in columns, one column after the other."""
    own: list[list[TextLine]] = [[] for _ in columns.edges[1:]]
    for line in run:
        for part in line.parts():
            own[columns.of(part)[0]].append(TextLine(part, line.page))
    for lines in own:
        left, right = min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
        yield from (Strip(line, left, right) for line in lines)


_NOTES = {
    "row-joined": "这一行跨页断开，已与下一页开头的“{words}”接成一行，请核对",
    "cell-continued": "这一格跨页处是空的，按跨页合并读作“{reading}”，请核对",
    "cell-open": "这一格在页首是空的，按空格登记，也可能与上一页的“{reading}”是同一格，请核对",
    "columns-tight": "这张表没有框线，列与列挨得很近，分列可能有误，请对照原件核对",
    "cell-cut": "这一格的文字“{words}”顶到或伸出了格线，打印时可能被截断了，请对照原表核对",
    "cell-merged": "没有框线的表里这一格是空的，按与上一行合并读作“{reading}”，请核对",
}
"""Code of a Note → what a person is told."""


def _noted(table: Table, placing: Placing) -> dict[int, tuple[Doubt, ...]]:
    """Row → what to doubt in it."""
    out: dict[int, list[Doubt]] = {}
    for note in table.notes:
        place = placing(note.row, note.column or None)
        message = _NOTES[note.code].format(words=note.words[:20], reading=note.reading[:20])
        out.setdefault(note.row, []).append(Doubt(note.code, message, place, note.words, note.reading))
    for row in range(1, table.rows + 1) if table.tight else ():
        out.setdefault(row, []).append(Doubt("columns-tight", _NOTES["columns-tight"], placing(row, None)))
    for pane in table.panes:
        if not table.ruled and pane.height > 1:
            message = _NOTES["cell-merged"].format(reading=pane.text[:20])
            for row in range(pane.row + 1, pane.bottom + 1):
                doubt = Doubt("cell-merged", message, placing(row, pane.column), "", pane.text)
                out.setdefault(row, []).append(doubt)
        if pane.cut:
            place = placing(pane.row, pane.column)
            message = _NOTES["cell-cut"].format(words=pane.text[-20:])
            cut = Doubt("cell-cut", message, place, pane.text)
            for row in rows_of(pane):
                out.setdefault(row, []).append(cut)
        words = [word for line in pane.lines for word in line.words]
        for doubt in _unsure(words, placing(pane.row, pane.column)):
            for row in rows_of(pane):
                out.setdefault(row, []).append(doubt)
    return {row: tuple(doubts) for row, doubts in out.items()}


def _unsure(words: Sequence[Word], place: Place) -> tuple[Doubt, ...]:
    """A doubt about the words of one cell or paragraph that were not recognised for certain."""
    low = [word.text for word in words if word.sure < SURE]
    if not low:
        return ()
    seen = "、".join(dict.fromkeys(low))
    return (Doubt("unsure-words", f"“{seen[:40]}”是从图像上认出来的，把握不大，请对照原件核对", place, seen),)
