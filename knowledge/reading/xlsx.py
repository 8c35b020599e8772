"""Spreadsheets → blocks: every visible sheet, row by row, merged ranges expanded, numbers and dates as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt, Place
from knowledge.reading.archive import Archive
from knowledge.reading.limits import bounded, check_extent
from knowledge.reading.printed import BUILTIN, plain, printed
from knowledge.reading.remarks import embedded, macros, outside, without_result
from knowledge.reading.sheets import Sheet, hidden_sheet, sheet_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EMPTY = re.compile(rb'<(?:c|row) r="[A-Z]*[0-9]+"[^<>]*/>')
"""Cells and rows that are only formatted: some sheets hold a million of them."""
_TRUTH = {"1": "是", "0": "否"}
_MOST_COLUMNS = 16_384  # of a sheet in Excel


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share."""

    strings: Sequence[str]
    formats: Sequence[str]
    """Cell style → its number format."""
    epoch_1904: bool


def xlsx_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of all visible sheets, and a doubt for each hidden one. Raises ReadingError."""
    archive = Archive(data, name)
    main = archive.main("xl/workbook.xml")
    root = archive.tree(main)
    if root is None:
        raise archive.broken()
    relations = archive.related(main)
    sheets = [sheet for node in _children(root, "sheet") if (sheet := _Entry(node, relations)).is_worksheet]
    reader = _Reader(archive, _book(archive, root, dict(relations.values())))
    shown = (reader.sheet(sheet) for sheet in sheets if not sheet.hidden)
    blocks = (block for table, sheet in enumerate(shown, 1) for block in sheet_blocks(sheet, table, name))
    hidden = (hidden_sheet(sheet.title) for sheet in sheets if sheet.hidden)
    kinds = {word for word, _ in relations.values()}
    return tuple(bounded(blocks, name)), (*hidden, *reader.doubts, *_remarks(archive, kinds))


def _remarks(archive: Archive, kinds: set[str]) -> Iterator[Doubt]:
    if kinds & {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"}:
        yield macros()
    if any(name.startswith("xl/embeddings/") for name in archive.names()):
        yield embedded()
    yield from outside(archive.outside())


class _Entry:
    """One entry in the workbook's list of sheets."""

    def __init__(self, node: _Element, relations: Mapping[str, tuple[str, str]]) -> None:
        relation = next((value for key, value in node.items() if key.endswith("}id")), "")
        word, self.part = relations.get(relation, ("", ""))
        self.is_worksheet = word == "worksheet"
        self.title = node.get("name", "")
        self.hidden = node.get("state", "visible") != "visible"


class _Reader:
    """Reads one sheet after another; `doubts` grows with what it cannot take."""

    def __init__(self, archive: Archive, book: _Book) -> None:
        self.archive, self.book = archive, book
        self.doubts: list[Doubt] = []

    def sheet(self, entry: _Entry) -> Sheet:
        """The filled cells and merged ranges of a sheet. Raises ReadingError."""
        sheet = Sheet(entry.title)
        uncomputed = 0
        for node in _parts_of_sheet(self.archive, entry.part):
            if _local(node) == "row":
                uncomputed += _take_row(node, self.book, sheet)
            elif _local(node) == "col":
                sheet.hidden_columns |= _hidden_columns(node)
            elif (area := _range(node.get("ref", ""))) is not None:
                sheet.merged[area[0]] = area[1]
            check_extent(0, len(sheet.cells), self.archive.name)
        if uncomputed:
            self.doubts.append(without_result(uncomputed, Place(sheet=entry.title)))
        return sheet


def _parts_of_sheet(archive: Archive, part: str) -> Iterator[_Element]:
    """The col, row and mergeCell elements of a sheet, each forgotten after use."""
    from lxml import etree

    data = archive.part(part)
    if data is None or b"<!DOCTYPE" in data:
        raise archive.broken()
    try:
        for _, node in etree.iterparse(
            BytesIO(_EMPTY.sub(b"", data)),
            tag=("{*}col", "{*}row", "{*}mergeCell"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        ):
            yield node
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise archive.broken() from error


def _hidden_columns(node: _Element) -> set[int]:
    first, last = _whole(node.get("min")) or 0, _whole(node.get("max")) or 0
    hidden = _is_hidden(node) and 0 < first <= last <= _MOST_COLUMNS
    return set(range(first, last + 1)) if hidden else set()


def _is_hidden(node: _Element) -> bool:
    return node.get("hidden") in ("1", "true")


def _take_row(node: _Element, book: _Book, sheet: Sheet) -> int:
    """Add the filled cells of a row; a row or cell without its own reference follows the one before it.

    Returns how many of its formulas have no result.
    """
    cells = sheet.cells
    last = next(reversed(cells))[0] if cells else 0
    number = _whole(node.get("r")) or last + 1
    if _is_hidden(node):
        sheet.hidden_rows.add(number)
    column = uncomputed = 0
    for cell in node.iterchildren("{*}c"):
        column = _column(cell.get("r", "").rstrip("0123456789")) or column + 1
        if text := _text(cell, book):
            cells[number, column] = text
        elif len(cell) == 1 and _local(cell[0]) == "f":
            uncomputed += 1
    return uncomputed


def _text(cell: _Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich(cell).strip()
    value = _value(cell)
    if kind == "s":
        at = _whole(value)
        return book.strings[at] if at is not None and at < len(book.strings) else ""
    if kind == "b":
        return _TRUTH.get(value, value)
    if kind == "n":
        return _number(value, _whole(cell.get("s")) or 0, book)
    return _unescaped(value).strip()


def _value(cell: _Element) -> str:
    for child in cell:
        if child.tag.endswith("}v"):
            return child.text or ""
    return ""


def _number(value: str, style: int, book: _Book) -> str:
    try:
        number = float(value)
        code = book.formats[style] if style < len(book.formats) else ""
        return printed(number, code, book.epoch_1904) if code else plain(number)
    except (ValueError, OverflowError):
        return value.strip()


def _book(archive: Archive, root: _Element, parts: dict[str, str]) -> _Book:
    strings = archive.tree(parts["sharedStrings"]) if "sharedStrings" in parts else None
    styles = archive.tree(parts["styles"]) if "styles" in parts else None
    return _Book(
        strings=[_rich(node).strip() for node in _children(strings, "si")] if strings is not None else (),
        formats=_formats(styles) if styles is not None else (),
        epoch_1904=any(node.get("date1904") in ("1", "true") for node in _children(root, "workbookPr")),
    )


def _formats(styles: _Element) -> list[str]:
    codes = {_whole(node.get("numFmtId")): node.get("formatCode", "") for node in _children(styles, "numFmt")}
    numbers = [
        _whole(cell.get("numFmtId")) or 0 for block in _children(styles, "cellXfs") for cell in _children(block, "xf")
    ]
    return [codes.get(number) or BUILTIN.get(number, "") for number in numbers]


def _rich(node: _Element) -> str:
    """The text of a string in all its differently set pieces, without the reading aids above it."""
    if len(node) == 1 and len(node[0]) == 0:
        return _unescaped(node[0].text or "")
    pieces = (t.text or "" for t in _children(node, "t") if _local(t.getparent()) != "rPh")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """_x000D_ stands for a control character in spreadsheets; line breaks become line feeds."""
    whole = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return re.sub(r"\r\n?", "\n", whole) if "\r" in whole else whole


def _children(node: _Element, tag: str) -> Iterator[_Element]:
    yield from node.iterdescendants(f"{{*}}{tag}")


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _reference(text: str) -> tuple[int, int] | None:
    """B3 → (row 3, column 2)."""
    match = _REFERENCE.fullmatch(text)
    return (int(match[2]), _column(match[1])) if match else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """A → 1, Z → 26, AA → 27; 0 for what is no column."""
    if not _LETTERS.fullmatch(letters):
        return 0
    return reduce(lambda column, letter: column * 26 + ord(letter) - 64, letters, 0)


def _range(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """A2:C3 → ((2, 1), (3, 3)), None for anything else."""
    first, _, last = text.partition(":")
    start, end = _reference(first), _reference(last)
    return None if start is None or end is None or end < start or end[1] < start[1] else (start, end)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
