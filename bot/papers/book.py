"""册页: an .xlsx of one or more sheets that an office hands on. Every cell is text, a number, a day or a lamp: nothing becomes a
formula or a link, and what a spreadsheet would take for one is only shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import Any

from bot.papers.paper import fit

LONGEST = 32_000
"""Characters of a cell; the format allows 32,767."""
HEAD = 3
"""The row (from 1) that holds the heads of the columns; title and note stand above it."""
_LINE = 14.5
"""Points of a line of a cell; a sheet whose heights are not given is shown with its lines on top of each other by some."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_TITLE = 31
"""Characters of a sheet's name."""
_UNFIT = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: its head, its width in characters, whether its text is centred, is not shown, or may be changed where
    the sheet is locked; `choices` are offered there."""

    head: str
    width: float
    centred: bool = False
    hidden: bool = False
    open: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lamp:
    """A cell that has a colour and says in words what it means."""

    text: str
    colour: str


RED, YELLOW, GREEN = "#F4B6B0", "#FFE08A", "#BFE3C6"
"""Fills behind black text, to be told apart in print and by those who see no colours by the words in them."""

Cell = str | int | date | Lamp
"""A day is one that a spreadsheet sorts and filters as such, shown as 2026年5月31日; its column needs DAY characters."""
DAY = 15
_DAY_FORMAT = 'yyyy"年"m"月"d"日"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `title` and `note` above a ruled table. `locked`: only the open fields may be changed, without a password."""

    name: str
    title: str
    note: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]]
    locked: bool = False


def book(sheets: Sequence[Sheet], made: date) -> bytes:
    """The bytes of an .xlsx: each sheet with its head always in sight and on every printed page, a filter on every column, A4 across
    and as wide as the page, its pages numbered."""
    from xlsxwriter import Workbook

    out = BytesIO()
    made_book = Workbook(out, _PLAIN)
    made_book.set_properties({"title": fit(sheets[0].title)[:250], "created": datetime.combine(made, time())})
    forms = _Forms(made_book)
    for sheet, name in zip(sheets, sheet_names(one.name for one in sheets), strict=True):
        _write(made_book.add_worksheet(name), sheet, forms)
    made_book.close()
    return out.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that a workbook takes: at most 31 characters, none of []:*?/\\', no two alike."""
    found: list[str] = []
    taken = {"history"}
    for title in titles:
        whole = _UNFIT.sub(" ", fit(title)).strip() or "表"
        name, more = whole[:_TITLE], 2
        while name.lower() in taken:
            ending = f"（{more}）"
            name, more = whole[: _TITLE - len(ending)] + ending, more + 1
        taken.add(name.lower())
        found.append(name)
    return found


class _Forms:
    """The looks of cells in a workbook, each made once."""

    def __init__(self, made: Any) -> None:
        self._book = made
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, font: str, size: float, **more: object) -> Any:
        key = (font, size, *sorted(more.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": font, "font_size": size, "valign": "vcenter", **more})
        return self._made[key]

    def cell(self, field: Field, colour: str = "", num_format: str = "@") -> Any:
        more: dict[str, object] = {"bg_color": colour} if colour else {}
        if field.open:
            more = {"locked": False, "bg_color": "#FFFDF2"}
        align = "center" if field.centred else "left"
        return self.of("宋体", 10.5, align=align, text_wrap=True, border=1, num_format=num_format, **more)


def _write(made: Any, sheet: Sheet, forms: _Forms) -> None:
    shown = [at for at, one in enumerate(sheet.fields) if not one.hidden]
    first, last = shown[0], shown[-1]
    for row, words, form in (
        (0, sheet.title, forms.of("黑体", 16, align="center")),
        (1, sheet.note, forms.of("仿宋", 11, text_wrap=True)),
    ):
        if first == last:
            made.write_string(row, first, fit(words), form)
        else:
            made.merge_range(row, first, row, last, "", form)
            made.write_string(row, first, fit(words)[:LONGEST], form)
    made.set_row(0, 30)
    made.set_row(1, _LINE * _lines(sheet.note, sum(sheet.fields[at].width for at in shown)) + 8)
    _heads(made, sheet, forms)
    looks = [(field, forms.cell(field)) for field in sheet.fields]
    for line, cells in enumerate(sheet.rows, HEAD):
        _row(made, line, cells, looks, forms)
    _page(made, sheet)


def _heads(made: Any, sheet: Sheet, forms: _Forms) -> None:
    for at, one in enumerate(sheet.fields):
        colour = "#FCE9C4" if one.open else "#E7E6E6"
        head = forms.of("黑体", 10.5, align="center", text_wrap=True, border=1, bg_color=colour)
        made.set_column(at, at, one.width, None, {"hidden": 1} if one.hidden else {})
        made.write_string(HEAD - 1, at, fit(one.head), head)
    made.set_row(HEAD - 1, _LINE * max(_lines(one.head, one.width) for one in sheet.fields if not one.hidden) + 8)


def _row(made: Any, line: int, row: Sequence[Cell], looks: Sequence[tuple[Field, Any]], forms: _Forms) -> None:
    high = 1
    for at, (cell, (field, form)) in enumerate(zip(row, looks, strict=True)):
        if cell == "":
            made.write_blank(line, at, None, form)
        elif isinstance(cell, str):
            text = fit(cell)[:LONGEST]
            made.write_string(line, at, text, form)
            if not field.hidden:
                high = max(high, _lines(text, field.width))
        elif isinstance(cell, int):
            made.write_number(line, at, cell, form)
        elif isinstance(cell, date):
            made.write_datetime(line, at, datetime.combine(cell, time()), forms.cell(field, num_format=_DAY_FORMAT))
        else:
            made.write_string(line, at, cell.text, forms.cell(field, cell.colour))
    made.set_row(line, _LINE * high + 3)


@lru_cache(maxsize=1 << 14)
def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a Chinese character is as wide as two others."""
    room = max(1, int(width) - 1)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    if "\n" not in text:
        return -(-_wide(text) // room)
    return sum(max(1, -(-_wide(line) // room)) for line in text.split("\n"))


def _wide(text: str) -> int:
    return len(text.encode("gb18030", "replace")) if not text.isascii() else len(text)


def _page(made: Any, sheet: Sheet) -> None:
    last = max(HEAD + len(sheet.rows) - 1, HEAD)
    made.freeze_panes(HEAD, 0)
    made.autofilter(HEAD - 1, 0, last, len(sheet.fields) - 1)
    for at, one in enumerate(sheet.fields):
        if one.choices and sheet.rows:
            offered = {"validate": "list", "source": list(one.choices), "error_type": "warning", "ignore_blank": True}
            made.data_validation(HEAD, at, last, at, offered)
    if sheet.locked:
        allowed = (
            "format_columns",
            "format_rows",
            "sort",
            "autofilter",
            "select_locked_cells",
            "select_unlocked_cells",
        )
        made.protect("", dict.fromkeys(allowed, True))
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.set_margins(0.5, 0.5, 0.6, 0.6)
    made.repeat_rows(HEAD - 1)
    made.set_footer("&C— &P / &N —")
