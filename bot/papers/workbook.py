"""工作簿: an .xlsx of one sheet that an office hands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.papers.book import LONGEST, Cell, Field, Sheet, book

__all__ = ["LONGEST", "Cell", "Field", "workbook"]


def workbook(
    title: str, note: str, fields: Sequence[Field], rows: Sequence[Sequence[Cell]], made: date, name: str = "回执账"
) -> bytes:
    """The bytes of an .xlsx with `title` and `note` above one table; `name` is that of its sheet."""
    return book([Sheet(name, title, note, fields, rows)], made)
