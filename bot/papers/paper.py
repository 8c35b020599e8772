"""公文纸: a .docx in the form of GB/T 9704-2012, 党政机关公文格式: margins, type, line pitch and page numbers.

Text from documents is only ever put into plain runs: no fields, links or markup come of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.papers.runs import (
    ALTERNATIVES,
    FANGSONG,
    FOURTH,
    HEI,
    LESSER_FOURTH,
    NOTE_PITCH,
    PITCH,
    PLAIN,
    SECOND,
    SONG,
    THIRD,
    TITLE_PITCH,
    fit,
    set_font,
    write,
)
from bot.papers.table import Column, Piece, Words, table
from knowledge.store import StoreError
from knowledge.store_files import discard, refusal

__all__ = ["Column", "Paper", "Piece", "Words", "balanced", "fit", "place_new"]

# §5.2: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; §5.2.2–5.2.3: 三号仿宋, 22 lines of 28 characters a page.
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
_WIDTH_MM = 210 - _LEFT - _RIGHT
_TITLE_CHARACTERS = 20
_NEVER_FIRST, _NEVER_LAST = tuple("》、，。的）年"), tuple("《（“")
_WORD_ENDS = (
    "》",
    "、",
    "办公室",
    "人民政府",
    "工作",
    "任务",
    "重点",
    "方案",
    "清单",
    "台账",
    "项目",
    "年度",
    "年",
    "政务公开",
    "实事",
    "关于",
    "全市",
    "全县",
)


def balanced(text: str, longest: int) -> list[str]:
    """A title in lines of about the same length, broken where a word ends as far as that can be told (§7.3.1).

    `longest` is the number of full-width characters that one line holds.
    """
    count = -(-_width(text) // (2 * longest))
    if count < 2:
        return [text]
    target, room = len(text) // count, max(3, len(text) // count // 3)
    cuts = range(max(2, target - room), min(len(text) - 2, target + room) + 1)
    at = min(cuts, key=lambda cut: (_halting(text, cut), abs(cut - target)), default=target)
    return [text[:at], *balanced(text[at:], longest)]


def _halting(text: str, cut: int) -> int:
    """How badly a line ends before `cut`: 0 behind a word that is known to end, 2 inside of one or of a pair of marks."""
    before, after = text[:cut], text[cut:]
    if (
        before.endswith(_NEVER_LAST)
        or after.startswith(_NEVER_FIRST)
        or (re.search(r"\d$", before) and after[:1].isdigit())
    ):
        return 2
    return 0 if before.endswith(_WORD_ENDS) else 1


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0xFF else 1 for char in text)


class Paper:
    """One paper under way; write it from the top to the bottom, then `saved` or `content`."""

    def __init__(self, subject: str, author: str = "", made: date | None = None) -> None:
        """`subject`, `author` and the day `made` go into the file's properties."""
        from docx import Document

        self._document: Any = Document()
        self._set_up(fit(subject), fit(author), made)
        self._number_pages()

    # ------------------------------------------------------------ what is written
    def title(self, text: str) -> None:
        """The title: second size, centred, with a line above and below."""
        self._space()
        for line in balanced(fit(text), _TITLE_CHARACTERS):
            paragraph = self._paragraph(line, SONG, SECOND, TITLE_PITCH)
            paragraph.alignment = 1
            paragraph.paragraph_format.keep_with_next = True
        self._space()

    def addressee(self, name: str) -> None:
        """Whom the paper is for, at the left margin and with a colon."""
        self.line(f"{name}：")

    def line(self, text: str) -> None:
        """Running text that begins at the left margin."""
        self._paragraph(text, FANGSONG, THIRD, PITCH)

    def paragraph(self, text: str) -> None:
        """Running text, its first line moved in by two characters."""
        self._indented(self._paragraph(text, FANGSONG, THIRD, PITCH), THIRD)

    def heading(self, text: str) -> None:
        """A heading of the first level (一、…), never left alone at the foot of a page."""
        paragraph = self._paragraph(text, HEI, THIRD, PITCH)
        paragraph.paragraph_format.keep_with_next = True
        self._indented(paragraph, THIRD)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Words]]) -> None:
        """A ruled table; its head is repeated on every page, no row breaks in two unless it is longer than a page.

        A row of one text goes across all columns and stays with the row below it.
        """
        table(self._document, columns, rows, _WIDTH_MM)

    def note(self, text: str) -> None:
        """A remark in small type; it stays with what follows, so that no signature stands on a page by itself."""
        paragraph = self._paragraph(text, FANGSONG, LESSER_FOURTH, NOTE_PITCH)
        paragraph.paragraph_format.keep_with_next = True
        self._indented(paragraph, LESSER_FOURTH)

    def signature(self, office: str, day: date) -> None:
        """The office, if it is named, and the day, to the right and four characters from the margin (§7.3.5)."""
        self.closing(*filter(None, [office]), f"{day.year}年{day.month}月{day.day}日")

    def closing(self, *lines: str) -> None:
        """Lines to the right, where the office and the day stand."""
        from docx.shared import Pt

        self._space().paragraph_format.keep_with_next = True
        for at, line in enumerate(lines):
            paragraph = self._paragraph(line, FANGSONG, THIRD, PITCH)
            paragraph.alignment = 2
            paragraph.paragraph_format.right_indent = Pt(4 * THIRD)
            paragraph.paragraph_format.keep_with_next = at + 1 < len(lines)

    def new_page(self) -> None:
        """What follows begins on a page of its own."""
        from docx.enum.text import WD_BREAK

        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    # ------------------------------------------------------------ where it goes
    def content(self) -> bytes:
        """The bytes of the .docx."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def saved(self, path: Path) -> None:
        """Put the paper at `path`, whole or not at all; what stands there already is left alone. Raises StoreError."""
        place_new(path, self.content())

    # ------------------------------------------------------------ how it is written
    def _set_up(self, subject: str, author: str, made: date | None) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.footer_distance = Mm(_BOTTOM - 7 - 5)  # §7.5: the number stands 7 mm below the text
        grid = section._sectPr.find(qn("w:docGrid"))
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(PITCH * 20)))
        normal = self._document.styles["Normal"]
        normal.font.size = Pt(THIRD)
        set_font(normal.element.get_or_add_rPr(), FANGSONG)
        self._describe(subject, author, made)
        self._name_alternatives()

    def _describe(self, subject: str, author: str, made: date | None) -> None:
        from datetime import datetime, time

        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = subject[:250], author[:250], ""
        properties.last_modified_by, properties.language = author[:250], "zh-CN"
        if made:
            properties.created = properties.modified = datetime.combine(made, time())
        package = self._document.part.package
        for key in [key for key, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
            del package.rels[key]  # a picture of the library's own template

    def _name_alternatives(self) -> None:
        """Name the fonts to use where those of the standard are not installed."""
        from xml.sax.saxutils import quoteattr

        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        fonts = "".join(
            f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
            for name, others in ALTERNATIVES.items()
        )
        table = next(one for one in self._document.part.rels.values() if one.reltype.endswith("/fontTable"))
        table.target_part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()

    def _number_pages(self) -> None:
        """— 1 — in fourth size, odd pages to the right, even ones to the left, one character from the edge (§7.5)."""
        from docx.shared import Pt

        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, alignment in ((section.footer, 2), (section.even_page_footer, 0)):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = alignment
            form = paragraph.paragraph_format
            form.right_indent, form.left_indent = (Pt(FOURTH), Pt(0)) if alignment else (Pt(0), Pt(FOURTH))
            for part in ("— ", None, " —"):
                run = paragraph.add_run(part or "")
                run.font.size = Pt(FOURTH)
                set_font(run._element.get_or_add_rPr(), PLAIN, PLAIN)
                if part is None:
                    _add_page_field(run)

    def _paragraph(self, text: str, font: str, size: float, pitch: float) -> Any:
        paragraph = self._document.add_paragraph()
        write(paragraph, text, font, size, pitch)
        return paragraph

    def _space(self) -> Any:
        return self._paragraph("", FANGSONG, THIRD, PITCH)

    @staticmethod
    def _indented(paragraph: Any, size: float) -> None:
        from docx.shared import Pt

        paragraph.paragraph_format.first_line_indent = Pt(2 * size)


def place_new(path: Path, content: bytes) -> None:
    """Put a new file at `path`, whole or not at all. Raises StoreError; nothing that exists is replaced."""
    if os.path.lexists(path):
        raise StoreError(f"“{path}”已经存在，没有覆盖；请换一个文件名。")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        os.link(temporary, path) if hasattr(os, "link") else os.replace(temporary, path)
    except FileExistsError:
        raise StoreError(f"“{path}”已经存在，没有覆盖；请换一个文件名。") from None
    except OSError as error:
        raise refusal("写入", path, error) from error
    finally:
        discard(temporary)


def _add_page_field(run: Any) -> None:
    """The one field of the paper: the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
