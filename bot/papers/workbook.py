"""工作簿: an .xlsx of one sheet that an office hands on. Every cell is text or a number: nothing becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from bot.papers.paper import fit

LONGEST = 32_000
"""Characters of a cell; the format allows 32,767."""
_LINE = 14.5
"""Points of a line of a cell; a sheet whose heights are not given is shown with its lines on top of each other by some."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: its head, its width in characters, and whether its text is centred."""

    head: str
    width: float
    centred: bool = False


Cell = str | int


def workbook(
    title: str, note: str, fields: Sequence[Field], rows: Sequence[Sequence[Cell]], made: date, name: str = "回执账"
) -> bytes:
    """The bytes of an .xlsx: `title` and `note` above a ruled table whose head stays in sight and on every printed page.

    A4 across, as wide as the page; a filter on every column. `name` is that of the sheet.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, _PLAIN)
    book.set_properties({"title": fit(title)[:250], "created": datetime.combine(made, time())})
    sheet = book.add_worksheet(name)
    last = len(fields) - 1
    sheet.merge_range(0, 0, 0, last, fit(title), book.add_format(_form("黑体", 16, align="center")))
    sheet.merge_range(1, 0, 1, last, fit(note), book.add_format(_form("仿宋", 11, text_wrap=True)))
    sheet.set_row(0, 30)
    sheet.set_row(1, 34)
    _table(book, sheet, fields, rows)
    _page(sheet, len(fields), len(rows))
    book.close()
    return out.getvalue()


def _form(font: str, size: float, **more: object) -> dict[str, object]:
    return {"font_name": font, "font_size": size, "valign": "vcenter", **more}


def _table(book: Any, sheet: Any, fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> None:
    head = book.add_format(_form("黑体", 10.5, align="center", text_wrap=True, border=1, bg_color="#E7E6E6"))
    forms = [
        book.add_format(
            _form("宋体", 10.5, align="center" if one.centred else "left", text_wrap=True, border=1, num_format="@")
        )
        for one in fields
    ]
    for at, one in enumerate(fields):
        sheet.set_column(at, at, one.width)
        sheet.write_string(2, at, one.head, head)
    sheet.set_row(2, 24)
    for line, row in enumerate(rows, 3):
        sheet.set_row(line, _LINE * max(_lines(cell, one) for cell, one in zip(row, fields, strict=True)) + 3)
        for at, (cell, form) in enumerate(zip(row, forms, strict=True)):
            if isinstance(cell, int):
                sheet.write_number(line, at, cell, form)
            else:
                sheet.write_string(line, at, fit(cell)[:LONGEST], form)


def _lines(cell: Cell, field: Field) -> int:
    """How many lines a cell takes: a Chinese character is as wide as two others."""
    width = max(1, int(field.width) - 1)
    widths = (sum(2 if ord(char) > 0xFF else 1 for char in line) for line in str(cell).split("\n"))
    return sum(max(1, -(-wide // width)) for wide in widths)


def _page(sheet: Any, columns: int, rows: int) -> None:
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, max(2 + rows, 3), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.repeat_rows(2)
    sheet.set_footer("&C— &P —")
