"""Web pages and the .doc/.xls files that really are web pages → blocks. No network, no scripts, no entities of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from knowledge.model import Block, Doubt, Place
from knowledge.reading.encoding import decoded_page
from knowledge.reading.exports import is_framed, tidied
from knowledge.reading.limits import bounded, check_extent
from knowledge.reading.numbering import FORMATS
from knowledge.reading.refusal import refusal
from knowledge.reading.tables import Area, hidden_row, is_layout, is_real, paragraphs, table_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_TEXT = "script style nav noscript template head title svg object iframe select button textarea input rt rp math audio video"
_LINES = (
    "p div li tr td th table caption tbody thead tfoot h1 h2 h3 h4 h5 h6 br hr section article header footer main aside "
    "ul ol dl dt dd blockquote pre form fieldset legend address figure figcaption center body html"
)
_DROPPED = frozenset(_NO_TEXT.split())
_BREAKING = frozenset(_LINES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WIDE = 3
_BLANK = re.compile(r"[ \t\r\n\f\u00a0]+")
_BROKEN_LINE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])")


def html_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a page, and doubts for damaged characters and what it shows from elsewhere. Raises ReadingError."""
    text, doubts = decoded_page(data, name)
    blocks, more = page_blocks(text, name)
    return blocks, doubts + more


def page_blocks(text: str, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a page that is text already. Raises ReadingError."""
    root = _root(text, name)
    if root is None:
        return (), ()
    doubts = tidied(root)
    blocks = tuple(bounded(_Page(name).blocks(root), name))
    if not blocks and any(is_framed(node) for node in root.iter()):
        then = "请把同名文件夹里的 sheet001.htm 等文件逐个导入，或用原程序另存为 .xlsx、.docx 再导入"
        raise refusal(name, "这个网页只是一个框架，内容在另外的文件里", then)
    return blocks, tuple(doubts)


def _root(text: str, name: str) -> _Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal(name, "网页内容已损坏", "请在浏览器中打开后另存，或把正文复制到 .txt 文件再导入") from error
    if root is not None:
        check_extent(sum(1 for _ in root.iter("tr")), sum(1 for _ in root.iter("td", "th")), name)
    if any("depth" in entry.message.lower() for entry in parser.error_log) or _is_tangled(root):
        raise refusal(name, "网页嵌套层数过多", "请把正文复制到 .docx 或 .txt 文件再导入")
    return root


class _Page:
    """Walks one page in reading order, counting its paragraphs and tables."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraph = 0
        self.table = 0
        self.layouts: set[_Element] = set()

    def blocks(self, root: _Element) -> Iterator[Block]:
        """Paragraphs and data tables; layout tables are walked through as if they were not there."""
        self.layouts = _holding_tables(root)
        flow = _Flow()
        for event, node, walk in _steps(root):
            if event == "start" and node.tag == "table" and (found := self._data_table(node)) is not None:
                yield from self._paragraph(flow.taken())
                yield from found
                walk.skip_subtree()
                continue
            if (line := flow.step(event, node)) is not None:
                yield from self._paragraph(line)
        yield from self._paragraph(flow.taken())

    def _paragraph(self, line: tuple[str, int]) -> Iterator[Block]:
        text, heading = line
        if text:
            self.paragraph += 1
            yield from paragraphs(text, Place(paragraph=self.paragraph), heading)

    def _data_table(self, table: _Element) -> list[Block] | None:
        """The rows of a table, None for one that only arranges the page."""
        if table in self.layouts or max(map(_filled, rows := _rows(table)), default=0) < 2:
            return None
        texts = [[(cell, list(_lines(cell))) for cell in row] for row in rows]
        if is_layout([[len(lines) for _, lines in row] for row in texts], holds_table=False):
            return None
        self.table += 1
        number = self.table
        check_extent(0, sum(_count(cell, "colspan") or 1 for row in rows for cell in row), self.name)
        areas = _areas(texts)
        blocks = table_blocks(areas, lambda r, c: Place(table=number, row=r, column=c), number, self.name)
        hidden = {at for at, row in enumerate(rows, 1) if row and _is_hidden(row[0].getparent())}
        return [_telling_hidden(block) if block.place.row in hidden else block for block in blocks]


def _gap(blanks: re.Match[str]) -> str:
    """One blank, but a wide gap where three or more &nbsp; part what stands side by side."""
    return "\u3000\u3000" if blanks.group().count("\u00a0") >= _WIDE else " "


class _Flow:
    """Gathers the characters between two breaks, and the heading level they stand under."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.heading = 0
        self.lists: list[_List] = []
        self.counts: dict[int, int] = {}

    def taken(self) -> tuple[str, int]:
        """The line gathered so far, with blanks as a browser shows them; starts a new one."""
        text = _BLANK.sub(_gap, _BROKEN_LINE.sub("", "".join(self.pieces))).strip(" \u3000\ufeff\u200b")
        self.pieces.clear()
        return text, self.heading

    def step(self, event: str, node: _Element) -> tuple[str, int] | None:
        """Take in one node; the line before it when the node breaks lines."""
        line = self.taken() if node.tag in _BREAKING and not (event == "start" and self._awaits(node)) else None
        if event == "start":
            self._enter(node)
        else:
            self._leave(node)
        return line

    def _awaits(self, node: _Element) -> bool:
        """Whether nothing but the number of a line was gathered, whose words begin in this paragraph."""
        return node.tag in _PARAGRAPHS and bool(self.lists) and "".join(self.pieces).strip() == self.lists[-1].shown

    def _enter(self, node: _Element) -> None:
        if node.tag in _HEADINGS:
            self.heading = _HEADINGS[node.tag]
        elif node.tag in ("ol", "ul"):
            self.lists.append(_List(node))
        elif node.tag == "li" and self.lists:
            self.pieces.append(self._label(self.lists[-1], node))
        self.pieces.append(node.text or "")

    def _label(self, current: _List, line: _Element) -> str:
        """The number of the next line of a list; plain figures inside a list of plain figures stand behind those above them
        (2.1 for the 1 below 2), which a browser shows by setting them in."""
        label = current.label(line)
        if label and current.plain:
            depth = len(self.lists)
            self.counts = {d: n for d, n in self.counts.items() if d < depth} | {depth: current.reached}
            label = ".".join(map(str, self.counts.values())) + ". "
        current.shown = label.strip()
        return label

    def _leave(self, node: _Element) -> None:
        if node.tag in _HEADINGS:
            self.heading = 0
        elif node.tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.pieces.append(node.tail or "")


class _List:
    """One list being walked through: how it numbers its lines and how far it has come."""

    def __init__(self, node: _Element) -> None:
        style = node.get("style", "").lower()
        named = next((form for name, form in _NUMBERS.items() if name in style), None)
        self.form = named or _NUMBER_TYPES.get(node.get("type", ""), "decimal")
        self.numbered = node.tag == "ol" and not _UNNUMBERED.search(style)
        self.plain = self.numbered and self.form == "decimal"
        self.reached = _count(node, "start") - 1
        self.shown = ""

    def label(self, line: _Element) -> str:
        """What stands before the next line."""
        if not self.numbered or _UNNUMBERED.search(line.get("style", "").lower()):
            return ""
        self.reached = _count(line, "value") if "value" in line.attrib else self.reached + 1
        return FORMATS[self.form](self.reached) + ("、" if self.form == "chineseCounting" else ". ")


_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b")
_NUMBER_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERS = {
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
}
"""How a page says that a list numbers its lines → the same in WordprocessingML."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS = frozenset(("p", "div", *_HEADINGS))


def _steps(root: _Element) -> Iterator[tuple[str, _Element, Any]]:
    """Starts and ends of all visible nodes, without recursion; the tail of a dropped node is kept."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "start" and _is_dropped(node):
            walk.skip_subtree()
            node.text = None
            node.tag = "span"
        yield event, node, walk


def _is_dropped(node: _Element) -> bool:
    return node.tag in _DROPPED or _is_hidden(node)


def _is_hidden(node: _Element | None) -> bool:
    return node is not None and ("hidden" in node.attrib or bool(_HIDDEN.search(node.get("style", ""))))


def _telling_hidden(row: Block) -> Block:
    return replace(row, doubts=(*row.doubts, hidden_row("网页", row.place)))


def _lines(cell: _Element) -> Iterator[str]:
    """The lines of a cell, tables inside it flattened."""
    flow = _Flow()
    for event, node, _ in _steps(cell):
        if (line := flow.step(event, node)) is not None and line[0]:
            yield line[0]
    if text := flow.taken()[0]:
        yield text


def _rows(table: _Element) -> list[list[_Element]]:
    """The rows of cells that belong to this table itself, not to one inside it."""
    rows: list[list[_Element]] = []
    waiting = list(reversed(table))
    while waiting:
        node = waiting.pop()
        if node.tag == "table":
            continue
        if node.tag == "tr":
            rows.append([])
        elif node.tag in ("td", "th"):
            rows = rows or [[]]
            rows[-1].append(node)
        waiting.extend(reversed(node))
    return rows


def _holding_tables(root: _Element) -> set[_Element]:
    """The tables around a real one, which has at least two rows of two filled cells: they arrange the page."""
    real = (table for table in root.iter("table") if sum(1 for row in _rows(table) if _filled(row) > 1) > 1)
    around: dict[_Element, set[_Element]] = {}
    for table in real:
        for node in table.iterancestors("tr"):
            outer = next(node.iterancestors("table"), None)
            if outer is not None:
                around.setdefault(outer, set()).add(node)
    return {outer for outer, rows in around.items() if not _is_real(outer, rows)}


def _is_real(table: _Element, around: set[_Element]) -> bool:
    rows = [row for row in _rows(table) if row]
    return is_real([_filled(row) for row in rows], [at for at, row in enumerate(rows) if row[0].getparent() in around])


def _filled(row: Iterable[_Element]) -> int:
    """How many cells of a row say something."""
    return sum(1 for cell in row if any(text.strip() for text in cell.itertext()))


def _is_tangled(root: _Element | None) -> bool:
    """Whether tables stand inside each other deeper than any page needs."""
    from lxml import etree

    depth = deepest = 0
    for event, _ in () if root is None else etree.iterwalk(root, events=("start", "end"), tag="table"):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest > 20


def _areas(rows: Iterable[list[tuple[_Element, list[str]]]]) -> list[Area]:
    """Cells at their true columns: places held by a rowspan from above are skipped."""
    areas: list[Area] = []
    held: dict[int, int] = {}  # column → last row that a cell from above still covers
    for row, cells in enumerate(rows, 1):
        column = 1
        for cell, lines in cells:
            while held.get(column, 0) >= row:
                column += 1
            height, width = _count(cell, "rowspan") or 65_534, _count(cell, "colspan") or 1
            areas.append(Area(row, column, "\n".join(lines), height, width))
            held.update(dict.fromkeys(range(column, column + width), row + height - 1))
            column += width
    return areas


def _count(node: _Element, attribute: str) -> int:
    """A count from an attribute as browsers take it: nonsense is 1, the columns at most 512, the rows at most 65,534."""
    digits = re.match(r"\s*(\d{1,6})", node.get(attribute, ""))
    return min(int(digits[1]), 512 if attribute == "colspan" else 65_534) if digits else 1
