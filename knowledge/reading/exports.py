"""What office programs leave in the pages they export (另存为网页), and what of it a reader of the page sees.

Word: list numbers in spans of their own, notes and comments behind the text, changes as <del>. Excel: pages of frames.
LibreOffice: a table of contents before the sheets, numbered notes, running heads, lines broken at blanks only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.model import Doubt
from knowledge.reading.remarks import embedded, struck_out

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN_CLASS = re.compile(r"Mso(?:Toc\d|(?:Footnote|Endnote|Comment)Reference)|sd(?:footnote|endnote)(?:anc|sym)")
_UNSEEN_STYLE = re.compile(
    r"mso-element:\s*(?:comment-list|comment|header|footer|(?:footnote|endnote)-(?:continuation-)?separator)\b"
    r"|(?<![\w-])font-family:\s*[\"']?(?:Wingdings|Webdings|Symbol)\b",
    re.IGNORECASE,
)
_NOTE_STYLE = re.compile(r"mso-element:\s*(?:footnote|endnote)(?!-)", re.IGNORECASE)
_NOTE_ID = re.compile(r"sd(?:footnote|endnote)\d+")
_STRUCK = re.compile(r"text-decoration[^;]*:\s*[^;]*line-through", re.IGNORECASE)
_SHEET = re.compile(r"\s*Sheet \d+:\s*")
_OFFICE = re.compile(r"LibreOffice|OpenOffice")
_LINE_END = re.compile(r"(?<=\S)[ \t]*\r?\n\s*(?=\S)")
_RUNNING = ("header", "footer")
_FRAMES = ("iframe", "frame", "object", "embed")


def tidied(root: _Element) -> list[Doubt]:
    """Hide in the tree what only a program sees; the doubts about what it holds but cannot be read."""
    struck: list[str] = []
    framed = False
    for node in root.iter():
        style = node.get("style", "")
        if _is_unseen(node, style):
            node.set("hidden", "")
        elif node.tag == "div" and (_NOTE_STYLE.search(style) or _NOTE_ID.fullmatch(node.get("id", ""))):
            _mark_note(node)
        elif node.tag in ("s", "strike") or _STRUCK.search(style):
            struck.append("".join(node.itertext()))
        framed = framed or is_framed(node)
    _drop_overview(root)
    if any(_OFFICE.match(node.get("content", "")) for node in root.iter("meta")):
        _restore_blanks(root)
    return [*struck_out(struck), *([embedded()] if framed else [])]


def is_framed(node: _Element) -> bool:
    """Whether the node shows another file in the page."""
    target = node.get("src") or node.get("data") or ""
    return node.tag in _FRAMES and target.strip().lower() not in ("", "about:blank")


def _is_unseen(node: _Element, style: str) -> bool:
    if node.tag == "del" or (node.tag == "div" and node.get("title") in _RUNNING):
        return True
    return bool(_UNSEEN_CLASS.match(node.get("class", "")) or (style and _UNSEEN_STYLE.search(style)))


def _mark_note(node: _Element) -> None:
    """Put 注： before a footnote, as before those of a .docx."""
    holder = next((inner for inner in node.iter("p")), node)
    holder.text = f"注：{holder.text or ''}"


def _restore_blanks(root: _Element) -> None:
    """Put a blank where a line of the page ends between two words: this program breaks them nowhere else, and in a cell
    a blank may be all that parts two units."""
    for node in root.iter():
        node.text = _LINE_END.sub(" ", node.text) if node.text else node.text
        node.tail = _LINE_END.sub(" ", node.tail) if node.tail else node.tail


def _drop_overview(root: _Element) -> None:
    """Hide the list of sheets before the sheets and their names above them, which a workbook does not print either."""
    anchors = [node for node in root.iter("a") if node.get("name", "").startswith("table")]
    for anchor in anchors:
        if any(_SHEET.match("".join(inner.itertext())) for inner in anchor.iter("h1")):
            anchor.set("hidden", "")
    for node in root.iter("a", "h1") if anchors else ():
        if node.get("href", "").startswith("#table") or "".join(node.itertext()).strip() == "Overview":
            node.set("hidden", "")
