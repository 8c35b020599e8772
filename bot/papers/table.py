"""表: a ruled table in a paper, its head repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from bot.papers.runs import FANGSONG, FIFTH, HEI, TABLE_PITCH, fit, write
from bot.papers.table_marks import flag, rule, set_margins, shade


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its share of the width, and whether its text is centred."""

    head: str
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell's text: plain, `struck` out, or put in (`added`: bold and underlined, so that it shows in black)."""

    text: str
    struck: bool = False
    added: bool = False


Words = str | Sequence[Piece]
"""What stands in a cell of a table."""


def table(document: Any, columns: Sequence[Column], rows: Sequence[Sequence[Words]], width: float) -> Any:
    """A ruled table of `width` mm at the end of a document; no row breaks in two unless it is longer than a page.

    A row of one text goes across all columns and stays with the row below it.
    """
    from docx.shared import Mm

    made = document.add_table(rows=0, cols=len(columns))
    if "Table Grid" in (style.name for style in document.styles):
        made.style = "Table Grid"
    else:
        rule(made)
    made.autofit = False
    made.alignment = 1
    set_margins(made)
    widths = [Mm(width * column.share / sum(c.share for c in columns)) for column in columns]
    for grid, wide in zip(made.columns, widths, strict=True):
        grid.width = wide
    _row(made, [column.head for column in columns], columns, widths, head=True)
    plain = _plain_row(made, columns, widths)
    for row in rows:
        if len(row) == len(columns) and all(isinstance(words, str) for words in row):
            made._tbl.append(_copied(plain, [str(words) for words in row]))
        else:
            _row(made, row, columns, widths)
    for cell in made.rows[-1].cells:  # the last row stays with what follows
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    return made


def _plain_row(made: Any, columns: Sequence[Column], widths: Sequence[Any]) -> Any:
    """A row of ordinary cells to be copied: making each anew takes ten times as long."""
    _row(made, ["－"] * len(columns), columns, widths)
    row = made.rows[-1]._tr
    made._tbl.remove(row)
    return row


def _copied(plain: Any, words: Sequence[str]) -> Any:
    """A copy of a row with these words, a paragraph for each line of a cell."""
    from docx.oxml.ns import qn

    row = deepcopy(plain)
    for cell, text in zip(row.iterchildren(qn("w:tc")), words, strict=True):
        paragraph = cell.find(qn("w:p"))
        first, *others = fit(text).replace("\t", " ").split("\n")
        for line in reversed(others):
            another = deepcopy(paragraph)
            _say(another, line)
            paragraph.addnext(another)
        _say(paragraph, first)
    return row


def _say(paragraph: Any, text: str) -> None:
    from docx.oxml.ns import qn

    words = next(paragraph.iter(qn("w:t")))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _row(
    made: Any, words: Sequence[Words], columns: Sequence[Column], widths: Sequence[Any], head: bool = False
) -> None:
    row = made.add_row()
    across = len(words) == 1 and len(columns) > 1
    cells = [row.cells[0].merge(row.cells[-1])] if across else row.cells
    if not across:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
    flag(row, "w:cantSplit")
    if head:
        flag(row, "w:tblHeader")
    for cell, text, column in zip(cells, words, columns, strict=False):
        if across:
            shade(cell)
        cell.vertical_alignment = 1
        _fill(cell, text, HEI if head or across else FANGSONG, centred=head or (column.centred and not across))
        if head or across:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: Any, words: Words, font: str, *, centred: bool) -> None:
    """Write into a cell, a paragraph for each line."""
    pieces = [Piece(words)] if isinstance(words, str) else words
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = (replace(piece, text=text) for text in piece.text.split("\n"))
        lines[-1].append(first)
        lines.extend([other] for other in others)
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        for piece in line or [Piece("")]:
            run = write(paragraph, piece.text, font, FIFTH, TABLE_PITCH)
            run.font.strike, run.font.bold = piece.struck or None, piece.added or None
            run.font.underline = piece.added or None
        paragraph.alignment = 1 if centred else 0
