"""Large but honest files are read at once: ten times the size that offices have."""

from __future__ import annotations

from io import BytesIO
from time import process_time

import xlsxwriter

from knowledge.reading import read

SENTENCE = "完善政务公开目录，按月更新并接受群众监督"


def test_five_thousand_sheet_rows_take_well_under_two_seconds_of_computing() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(5000):
            page.write_row(row, 0, [row, *(f"{SENTENCE}{row}" for _ in range(6))])
    started = process_time()
    assert len(read(out.getvalue(), "甲.xlsx").blocks) == 5000
    assert process_time() - started < 2


def test_two_hundred_table_rows_take_well_under_two_seconds_of_computing(word) -> None:
    cell = f"<w:tc><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:tc>"
    data = word(f"<w:tbl>{('<w:tr>' + cell * 7 + '</w:tr>') * 200}</w:tbl>")
    started = process_time()
    assert len(read(data, "甲.docx").blocks) == 200
    assert process_time() - started < 2
