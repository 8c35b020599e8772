"""Office files that are one XML text: Word 2003 and Excel 2003 XML, and the flat form of .docx. Web systems write them as .doc and .xls."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt
from knowledge.reading.archive import parsed
from knowledge.reading.docx import docx_blocks
from knowledge.reading.limits import MAX_TREE, bounded, check_extent
from knowledge.reading.numbering import FORMATS_BY_CODE, Level, Numbering, child_value, whole
from knowledge.reading.printed import plain, printed
from knowledge.reading.refusal import refusal
from knowledge.reading.remarks import macros
from knowledge.reading.sheets import Sheet, hidden_sheet, sheet_blocks
from knowledge.reading.styles import styles_of
from knowledge.reading.word import WordText, word_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_AGAIN = "请用 Word、Excel 或 WPS 打开后另存为 .docx 或 .xlsx 再导入"
_OPENED = (f"{_WX}sect", f"{_WX}sub-section", f"{_AML}content", f"{_AML}annotation")
_FORMATS = {"Short Date": "yyyy-m-d", "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "yyyy-m-d", "General Date": "yyyy-m-d h:mm", "Percent": "0.00%"}  # fmt: skip
_TRUTH = {"1": "是", "0": "否"}
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a calendar have no zone


def flat_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a document or workbook, and doubts for what it holds but the reader cannot take. Raises ReadingError."""
    if len(data) > MAX_TREE:
        raise refusal(name, f"文件超过 {MAX_TREE // 2**20} MB", _AGAIN)
    root = parsed(data, name)
    if root.tag == f"{_PKG}package":
        return docx_blocks(_zipped(root), name)
    if root.tag == f"{W}wordDocument":
        return _word(root, name)
    if root.tag == f"{_SS}Workbook":
        return _workbook(root, name)
    raise refusal(name, "这是不认识的 Office XML 文档", _AGAIN)


def _zipped(root: _Element) -> bytes:
    """The parts of a flat package in a container of their own."""
    from lxml import etree

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in root.iterchildren(f"{_PKG}part"):
            inside = part.find(f"{_PKG}xmlData")
            if inside is not None and len(inside):
                archive.writestr(part.get(f"{_PKG}name", "").lstrip("/"), etree.tostring(inside[0]))
    return out.getvalue()


# ---------------------------------------------------------------- Word 2003
def _word(root: _Element, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    body = root.find(f"{W}body")
    if body is None:
        raise refusal(name, "文件内容不完整", _AGAIN)
    check_extent(0, sum(1 for _ in body.iter(f"{W}tc")), name)
    numbering = _numbering(root)
    notes = dict(_notes(body))
    for tree in (body, *notes.values()):
        _modernise(tree, numbering)
    text = WordText(W, styles_of(root.find(f"{W}styles"), W), numbering, notes)
    blocks, doubts = word_blocks(body, text, name)
    programs = root.find(f"{W}docSuppData") is not None
    return blocks, (*doubts, *([macros()] if programs else []))


def _notes(body: _Element) -> Iterator[tuple[tuple[str, str], _Element]]:
    """The notes, which stand inside their paragraphs, taken out; a reference stays."""
    for number, note in enumerate(list(body.iter(f"{W}footnote", f"{W}endnote"))):
        parent = note.getparent()
        if parent is not None:
            reference = parent.makeelement(f"{note.tag}Reference")
            reference.set(f"{W}id", str(number))
            parent.replace(note, reference)
            yield (note.tag, str(number)), note


def _numbering(root: _Element) -> Numbering:
    """The lists of the file; uses by their number, as in a binary document."""
    shared = {
        node.get(f"{W}listDefId", ""): {whole(level.get(f"{W}ilvl")): _level(level) for level in node.iter(f"{W}lvl")}
        for node in root.iterfind(f"{W}lists/{W}listDef")
    }
    lists = {
        node.get(f"{W}ilfo", ""): child_value(node, f"{W}ilst", W) or "" for node in root.iterfind(f"{W}lists/{W}list")
    }
    return Numbering({number: shared.get(of, {}) for number, of in lists.items()}, lists, {})


def _level(level: _Element) -> Level:
    form = whole(child_value(level, f"{W}nfc", W))
    return Level(
        format=FORMATS_BY_CODE[form] if form < len(FORMATS_BY_CODE) else "none",
        text=child_value(level, f"{W}lvlText", W) or "",
        start=whole(child_value(level, f"{W}start", W), 1),
        spaced=(child_value(level, f"{W}suff", W) or "").lower() != "nothing",
    )


def _modernise(tree: _Element, numbering: Numbering) -> None:
    """Write the tree as a .docx would: its numbers into its paragraphs, its changes accepted, no wrappers."""
    for node in list(tree.iter(f"{W}sectPr", f"{W}vmerge", f"{W}listPr", *_OPENED)):
        parent = node.getparent()
        if parent is None:
            continue
        if node.tag == f"{W}sectPr" or node.get(f"{W}type", "") == "Word.Deletion":
            parent.remove(node)
        elif node.tag == f"{W}vmerge":
            node.tag = f"{W}vMerge"
        elif node.tag == f"{W}listPr":
            _number(node, numbering)
        else:
            at = parent.index(node)
            parent[at : at + 1] = list(node)


def _number(properties: _Element, numbering: Numbering) -> None:
    """Have a paragraph counted in its list; where the list is not defined, with the number that Word last showed."""
    if numbering.levels.get(child_value(properties, f"{W}ilfo", W) or ""):
        properties.tag = f"{W}numPr"
        for node in properties.iterchildren(f"{W}ilfo"):
            node.tag = f"{W}numId"
        return
    shown = properties.find(f"{_WX}t")
    paragraph = next(properties.iterancestors(f"{W}p"), None)
    label = "" if shown is None else shown.get(f"{_WX}val", "")
    if paragraph is None or not any(char.isalnum() for char in label):
        return
    run = paragraph.makeelement(f"{W}r")
    words = paragraph.makeelement(f"{W}t")
    words.text = label if label[-1:] in "、）.．" else f"{label} "
    run.append(words)
    first = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if first is None else paragraph.index(first) + 1, run)


# ---------------------------------------------------------------- Excel 2003
def _workbook(root: _Element, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    codes = {
        style.get(f"{_SS}ID", ""): _attribute(style, "NumberFormat", "Format") for style in root.iter(f"{_SS}Style")
    }
    pages = [(page, page.get(f"{_SS}Name", "")) for page in root.iterchildren(f"{_SS}Worksheet")]
    hidden = [title for page, title in pages if _is_hidden(page)]
    shown = [_sheet(page, title, codes, name) for page, title in pages if not _is_hidden(page)]
    blocks = (block for table, sheet in enumerate(shown, 1) for block in sheet_blocks(sheet, table, name))
    return tuple(bounded(blocks, name)), tuple(map(hidden_sheet, hidden))


def _attribute(node: _Element, child: str, attribute: str) -> str:
    """An attribute of the first such child, empty where there is none."""
    found = node.find(f"{_SS}{child}")
    return "" if found is None else found.get(f"{_SS}{attribute}", "")


def _is_hidden(page: _Element) -> bool:
    return page.findtext(f"{_X}WorksheetOptions/{_X}Visible", "") in ("SheetHidden", "SheetVeryHidden")


def _sheet(page: _Element, title: str, codes: dict[str, str], name: str) -> Sheet:
    sheet = Sheet(title)
    row = 0
    for line in page.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _count(line, "Index") or row + 1
        if line.get(f"{_SS}Hidden") == "1":
            sheet.hidden_rows.add(row)
        column = 0
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _count(cell, "Index") or column + 1
            across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            if text := _text(cell, codes):
                sheet.cells[row, column] = text
            if across or down:
                sheet.merged[row, column] = (row + down, column + across)
            column += across
        check_extent(0, len(sheet.cells), name)
    return sheet


def _text(cell: _Element, codes: dict[str, str]) -> str:
    held = cell.find(f"{_SS}Data")
    if held is None:
        return ""
    words = "".join(str(text) for text in held.itertext()).strip()
    code = codes.get(cell.get(f"{_SS}StyleID", ""), "")
    kind = held.get(f"{_SS}Type", "String")
    if kind == "Boolean":
        return _TRUTH.get(words, words)
    try:
        if kind == "Number":
            return _shown(float(words), code)
        if kind == "DateTime":
            moment = datetime.fromisoformat(words)
            days = (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400
            return _shown(days, code or "Short Date")
    except (ValueError, OverflowError):
        return words
    return words


def _shown(value: float, code: str) -> str:
    code = _FORMATS.get(code, code)
    return printed(value, code) if code and code != "General" else plain(value)


def _count(node: _Element, attribute: str) -> int:
    """A count from an attribute; nonsense is 0, and no sheet is larger than Excel's."""
    text = node.get(f"{_SS}{attribute}", "")
    return min(int(text), 1_048_576) if text.isascii() and text.isdigit() and len(text) < 9 else 0
