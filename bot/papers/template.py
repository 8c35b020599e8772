"""模板: the office's own .docx with placeholders, filled. What stands in a template is hostile until checked: sizes, macros, what it
loads from elsewhere; only text is ever put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.handing import Letterhead, PaperError
from bot.papers.filling import Filling
from bot.papers.runs import fit
from bot.papers.table import table

LARGEST = 5 * 1024 * 1024
"""Bytes of a template; with an emblem and fonts' names it has less than a hundred thousand."""
TITLE, ADDRESSEE, BODY, TABLES, NOTE, OFFICE, DAY = "标题", "主送", "正文", "表格", "附注", "落款", "日期"
PLACEHOLDERS = (TITLE, ADDRESSEE, BODY, TABLES, NOTE, OFFICE, DAY)
"""What a template may hold, each as {{标题}}."""
WHOLE = frozenset({BODY, TABLES})
"""What takes a paragraph of its own, for it becomes several."""
_PLACEHOLDER = re.compile(r"[{｛]{2}\s*(?P<name>[^{}｛｝]{0,40}?)\s*[}｝]{2}")
_EMU_A_MM = 36_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def filled(path: Path, filling: Filling, head: Letterhead) -> bytes:
    """The bytes of a template with its placeholders replaced. Raises PaperError, whose sentence names the template and what is
    wrong in it."""
    document = _opened(path)
    texts = _texts(filling, head)
    found: set[str] = set()
    for paragraph in list(_paragraphs(document)):
        found |= _replace(document, paragraph, filling, texts, path.name)
    wanted = [name for name, text in ((BODY, texts[BODY]), (TABLES, filling.sections)) if text and name not in found]
    if wanted:
        told = "、".join(_shown(name) for name in wanted)
        raise PaperError(f"模板“{path.name}”里没有{told}，这部分内容会丢掉；请在模板里单独写一段{told}后再试。")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _texts(filling: Filling, head: Letterhead) -> dict[str, str]:
    day = head.made.date()
    return {
        TITLE: filling.title,
        ADDRESSEE: f"{filling.addressee}：" if filling.addressee else "",
        BODY: "\n".join(filling.body),
        TABLES: "",
        NOTE: "".join([filling.closing, filling.note]),
        OFFICE: head.office,
        DAY: f"{day.year}年{day.month}月{day.day}日",
    }


# --- opening ------------------------------------------------------------------------------------------------------
def _opened(path: Path) -> Any:
    """The template as a document of the library. Raises PaperError."""
    from docx import Document

    from knowledge.model import ReadingError

    try:
        if path.stat().st_size > LARGEST:
            raise PaperError(f"模板“{path.name}”超过{LARGEST // 2**20} MB，请删去图片等大的内容后再试。")
        data = path.read_bytes()
        _checked(data, path.name)
        return Document(BytesIO(data))
    except OSError as error:
        raise PaperError(f"模板“{path.name}”读不出来，请检查文件和权限后再试。") from error
    except ReadingError as error:
        raise PaperError(f"模板“{path.name}”不能用：{error}") from error
    except (
        KeyError,
        ValueError,
        LookupError,
        AttributeError,
        SyntaxError,
    ) as error:  # what the library raises for broken files
        raise PaperError(f"模板“{path.name}”不是完整的 .docx 文件，请在 Word 或 WPS 里另存为 .docx 后再试。") from error


def _checked(data: bytes, name: str) -> None:
    """Refuse what is no plain .docx. Raises PaperError and ReadingError."""
    from knowledge.reading.archive import Archive

    archive = Archive(data, name)
    kinds = archive.tree("[Content_Types].xml")
    mains = [one.get("ContentType", "") for one in kinds.iter()] if kinds is not None else []
    names = archive.names()
    macros = any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in names)
    if macros or _MAIN not in mains:
        raise PaperError(f"模板“{name}”带有宏或者不是 .docx 文件，请另存为不带宏的 .docx 后再试。")
    if any(part.startswith("word/embeddings/") for part in names) or archive.outside():
        raise PaperError(f"模板“{name}”里嵌有对象或引用了外面的文件，请删去后再试。")
    for part in sorted(names):
        if part.endswith((".xml", ".rels")):
            archive.tree(part)


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph of the text, of tables and text boxes, of headers and footers."""
    from docx.oxml.ns import qn

    roots = [document.element.body]
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            roots.append(relation.target_part.element)
    for root in roots:
        yield from root.iter(qn("w:p"))


# --- replacing ----------------------------------------------------------------------------------------------------
def _replace(document: Any, paragraph: Any, filling: Filling, texts: Mapping[str, str], name: str) -> set[str]:
    """Replace the placeholders of one paragraph; returns which they were. Raises PaperError."""
    pieces = _pieces(paragraph)
    whole = "".join(piece.text or "" for piece in pieces)
    marks = list(_PLACEHOLDER.finditer(whole))
    found = [mark["name"] for mark in marks]
    for one in found:
        if one not in PLACEHOLDERS:
            raise PaperError(
                f"模板“{name}”里有不认识的{_shown(one)}，可以用的是：{'、'.join(map(_shown, PLACEHOLDERS))}。请改正后再试。"
            )
    own = next((one for one in found if one in WHOLE), None)
    if own is None:
        for mark in reversed(marks):
            _put(pieces, mark.start(), mark.end(), fit(texts[mark["name"]]))
    elif whole.strip() != marks[0][0]:
        raise PaperError(f"模板“{name}”里的{_shown(own)}要单独占一段，前后不要写别的字，请改正后再试。")
    elif own == BODY:
        _put_body(paragraph, filling.body)
    else:
        _put_tables(document, paragraph, filling)
    return set(found)


def _shown(name: str) -> str:
    return f"“{{{{{fit(name)}}}}}”"


def _pieces(paragraph: Any) -> list[Any]:
    """The texts of a paragraph in order, without those of paragraphs inside it (text boxes)."""
    from docx.oxml.ns import qn

    inside = qn("w:p")
    return [one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(inside)) is paragraph]


def _put(pieces: Sequence[Any], start: int, end: int, text: str) -> None:
    """`text` in the place of the characters from `start` to `end`, in the look of the first of them."""
    at = 0
    for piece in pieces:
        own = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(own))
        if first < last:
            piece.text = own[:first] + (text if start >= at else "") + own[last:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(own)


def _put_body(paragraph: Any, lines: Sequence[str]) -> None:
    """A paragraph for each line, all in the look of the placeholder's."""
    _insert(paragraph, lines)
    paragraph.getparent().remove(paragraph)


def _insert(paragraph: Any, lines: Sequence[str]) -> None:
    for line in lines:
        copy = deepcopy(paragraph)
        pieces = _pieces(copy)
        _put(pieces, 0, sum(len(piece.text or "") for piece in pieces), fit(line))
        paragraph.addprevious(copy)


def _put_tables(document: Any, paragraph: Any, filling: Filling) -> None:
    """The sections: headings and running text in the look of the placeholder's paragraph, and the tables."""
    section = document.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / _EMU_A_MM
    for heading, one in filling.headings:
        _insert(paragraph, [text for text in (heading, one.words) if text])
        if one.rows:
            paragraph.addprevious(table(document, one.columns, one.rows, width)._tbl)
    # A table must not be the last of a cell or of the text: the emptied paragraph stays behind it.
    pieces = _pieces(paragraph)
    _put(pieces, 0, sum(len(piece.text or "") for piece in pieces), "")
