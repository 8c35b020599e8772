"""The container of a .docx → the tree of its text and what that refers to: styles, lists, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt
from knowledge.reading.archive import Archive
from knowledge.reading.numbering import numbering_of, whole
from knowledge.reading.remarks import HIGH, WIDE, embedded, macros, outside, pictures, reaching_out
from knowledge.reading.styles import styles_of
from knowledge.reading.word import WordText, word_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU = 36_000  # a millimetre
_PARTS = ("styles", "numbering", "footnotes", "endnotes")


def docx_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a document, and doubts for what it holds but the reader cannot take. Raises ReadingError."""
    archive = Archive(data, name)
    main = archive.main("word/document.xml")
    root = archive.tree(main)
    body = None if root is None else next((child for child in root if child.tag.endswith("}body")), None)
    if root is None or body is None:
        raise archive.broken()
    w = root.tag[: root.tag.index("}") + 1]
    blocks, doubts = word_blocks(body, _text(archive, main, w), archive.name)
    return blocks, (*doubts, *_remarks(archive, main, root, w))


def _remarks(archive: Archive, main: str, root: _Element, w: str) -> Iterator[Doubt]:
    kinds = {word for word, _ in archive.related(main).values()}
    if "vbaProject" in kinds:
        yield macros()
    if kinds & {"oleObject", "package"}:
        yield embedded()
    yield from outside(archive.outside())
    yield from reaching_out(_field_codes(root, w))
    yield from pictures(sum(map(_is_large, root.iter(f"{_WP}inline", f"{_WP}anchor"))))


def _is_large(drawing: _Element) -> bool:
    """Whether a drawing shows a picture of a size that text could have."""
    extent = drawing.find(f"{_WP}extent")
    if extent is None or next(drawing.iter(f"{_A}blip"), None) is None:
        return False
    across, down = whole(extent.get("cx")), whole(extent.get("cy"))
    return across >= WIDE * _EMU and down >= HIGH * _EMU


def _field_codes(root: _Element, w: str) -> Iterator[str]:
    """The codes of the fields; one may be cut into several runs."""
    code = ""
    for node in root.iter(f"{w}fldChar", f"{w}fldSimple", f"{w}instrText"):
        if node.tag == f"{w}instrText":
            code += node.text or ""
            continue
        if code:
            yield code
        code = node.get(f"{w}instr", "")
    if code:
        yield code


def _text(archive: Archive, main: str, w: str) -> WordText:
    parts = {word: part for word, part in archive.related(main).values()}
    trees = ((word, archive.tree(parts[word])) for word in _PARTS if word in parts)
    roots = {word: tree for word, tree in trees if tree is not None}
    notes = {
        (note.tag, note.get(f"{w}id", "")): note for word in ("footnotes", "endnotes") for note in roots.get(word, ())
    }
    return WordText(w, styles_of(roots.get("styles"), w), numbering_of(roots.get("numbering"), w), notes)
