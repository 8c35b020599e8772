"""台账表 as files: .xlsx to fill in and take back, .csv for other programs, .docx to hand on, .ics for calendars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from bot.appointments import Appointment, ics
from bot.handing import Letterhead
from bot.papers.book import Cell, Field, Lamp, Sheet, book
from bot.papers.filling import Filling, Section, made
from bot.papers.lamps import LAMPS
from bot.papers.runs import fit
from bot.papers.table import Column
from handlers.notices_wording import answerable, matter, period_words
from handlers.roll_mark import mark_of
from handlers.wording_roll import (
    DUE,
    FILLED,
    HEADINGS,
    KEY,
    LIGHT,
    NUMBER,
    STATUS,
    STATUSES,
    cells,
    due_days,
    limit_words,
    state_words,
)  # fmt: skip
from scheduler.condition import Light
from scheduler.roll import Roll, RollRow

_NOTE = (
    "{made}导出，{rows}行；几个单位共同承担的，一个单位一行。黄底的列（{filled}）可以填写，填好后用 qiantou take 收回；"
    "其余各列改了不算。请不要删改列和编号。"
)
_CENTRED = (NUMBER, LIGHT)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell of a .csv for a formula."""
_COLUMNS = (
    Column("序号", 12, centred=True), Column("任务", 64), Column("填报单位", 30), Column("完成时限", 30),
    Column("办理状态", 28),
)  # fmt: skip


def xlsx(value: object, head: Letterhead) -> bytes:
    """One sheet for each document; the columns to fill in are open, the others locked without a password, the number of a row is
    hidden and carries what the roll was made of."""
    assert isinstance(value, Roll), "a roll is exported"
    fields = [_field(one.head, one.width, mark_of(value)) for one in HEADINGS]
    sheets = []
    for document in value.documents:
        rows = value.of(document.id)
        note = _NOTE.format(made=f"{value.made:%Y年%-m月%-d日 %H:%M}", rows=len(rows), filled="、".join(FILLED))
        told = [_cells(row, value) for row in rows]
        sheets.append(
            Sheet(_short(document.title), f"{document.title.removesuffix('台账')}台账", note, fields, told, locked=True)
        )
    return book(sheets, value.today)


def _field(head: str, width: float, mark: str) -> Field:
    if head == KEY:
        return Field(mark, width, hidden=True)
    choices = tuple(STATUSES) if head == STATUS else ()
    return Field(head, width, centred=head in _CENTRED, open=head in FILLED, choices=choices)


def _cells(row: RollRow, roll: Roll) -> list[Cell]:
    days = due_days(row)
    shown: dict[str, Cell] = {LIGHT: LAMPS[row.light], **({DUE: days[0]} if len(days) == 1 else {})}
    told = zip(HEADINGS, cells(row, roll.today), strict=True)
    return [shown.get(one.head, text) for one, text in told]


def _short(title: str) -> str:
    """A title for a tab, where only its beginning is seen: the matter and not the office that printed it."""
    return title.rpartition("关于")[2] or title


def csv_file(value: object, head: Letterhead) -> bytes:
    """The roll as UTF-8 with a byte order mark; what a spreadsheet would take for a formula gets an apostrophe before it."""
    assert isinstance(value, Roll), "a roll is exported"
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["文件", *(one.head for one in HEADINGS)])
    for row in value.rows:
        writer.writerow([harmless(text) for text in (row.document.title, *cells(row, value.today))])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text: str) -> str:
    """`text` that no spreadsheet takes for a formula."""
    plain = fit(text)
    return f"'{plain}" if plain.startswith(_RISKY) else plain


def docx(value: object, head: Letterhead) -> bytes:
    """The roll as an official paper, a table for each document. Raises PaperError."""
    assert isinstance(value, Roll), "a roll is exported"
    late = sum(row.light is Light.RED for row in value.rows)
    title = f"{value.whose}任务台账"
    body = [
        f"截至{value.today.year}年{value.today.month}月{value.today.day}日，共{len(value.documents)}份文件、{len(value.rows)}行，"
        f"其中红灯{late}行。"
    ]
    sections = [
        Section(document.title, _COLUMNS, [_printed(row) for row in value.of(document.id)])
        for document in value.documents
    ]
    note = "注：本表由台账自动生成；几个单位共同承担的，一个单位一行。"
    return made(Filling("台账", title, body, sections, note=note), head)


def _printed(row: RollRow) -> list[str]:
    lamp: Lamp = LAMPS[row.light]
    return [
        row.assignment.number or "正文",
        matter(row.assignment, 80),
        row.unit or answerable(row.assignment),
        limit_words(row) or "未写明",
        f"{lamp.text}\n{state_words(row)}",
    ]


def calendar(value: object, head: Letterhead) -> bytes:
    """The open due dates as an .ics file, a day each."""
    assert isinstance(value, Roll), "a roll is exported"
    return ics(f"{value.whose or head.office}任务到期日".strip(), _appointments(value), value.made)


def _appointments(roll: Roll) -> Iterator[Appointment]:
    for row in roll.rows:
        number = f"第{row.assignment.number}项" if row.assignment.number else "正文部分"
        for one in row.reckoning.dates:
            if one.on is None and one.row.due >= roll.today:
                period = f"（{period_words(one.row.period)}）" if one.row.period else ""
                title = f"到期：{matter(row.assignment, 40)}{period}"
                text = f"{row.unit or answerable(row.assignment)}\n依据：{row.document.title}{number}"
                yield Appointment(f"roll\n{row.key}\n{one.row.due}", one.row.due, title, text, "到期")
