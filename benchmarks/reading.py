"""Importing files against the bare library that opens them, in the same run; and whether many imports keep their memory.

    .venv/bin/python -m benchmarks.reading

A 200-row .docx beside python-docx visiting every paragraph and cell, a 5,000-row .xlsx beside openpyxl (Python, as we are)
and calamine (Rust), a ruled table over 100 pages of a .pdf beside pdfplumber finding its words and tables (Python) and bare
PDFium giving its characters without any places (C++). Reading and parsing are shown apart: reading is what the library does
too, parsing is what it does not do at all. Every round reads and parses anew; what the process learnt about words stays.
"""

from __future__ import annotations

import gc
import hashlib
import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from bot.__main__ import OBJECTS

ROUNDS = 5
UNITS = ["市财政局", "市教育局", "市公安局", "市民政局", "市住房城乡建设局", "市交通运输局", "市水务局", "市卫生健康局"]
DEADLINES = ["6月底前", "2026年9月30日前", "每季度末", "12月15日前", "长期坚持", "年底前"]
HEAD = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]


def rows(count: int) -> list[list[str]]:
    """The rows of a plan as offices write them."""
    return [
        [
            str(number),
            f"完善第{number}片区便民服务设施，按计划更新台账并接受群众监督，做到件件有着落",
            UNITS[number % 8],
            f"{UNITS[(number + 3) % 8]}、{UNITS[(number + 5) % 8]}",
            DEADLINES[number % 6],
        ]
        for number in range(1, count + 1)
    ]


def word_file(count: int) -> bytes:
    """A .docx with a title and a table of so many rows."""
    from docx import Document

    document = Document()
    document.add_paragraph("云溪市2026年便民设施建设任务分工方案")
    table = document.add_table(count + 1, len(HEAD))
    for line, cells in zip(table._tbl.tr_lst, [HEAD, *rows(count)], strict=True):
        for cell, text in zip(line.tc_lst, cells, strict=True):
            cell.p_lst[0].add_r().text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def sheet_file(count: int) -> bytes:
    """A .xlsx of so many rows."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("任务台账")
        for number, cells in enumerate([HEAD, *rows(count)]):
            page.write_row(number, 0, cells)
    return out.getvalue()


def pdf_file(pages: int) -> bytes:
    """A .pdf with a ruled table of twelve rows a page, its heads on every page."""
    from tests.knowledge.reading import rawpdf

    table = rows(12 * pages)
    edges = (40, 70, 300, 380, 480, 560)
    contents = []
    for page in range(pages):
        drawn = bytearray(rawpdf.text("云溪市2026年便民设施建设任务分工方案", 180, 800) if not page else b"")
        for at in range(14):
            drawn += f"{edges[0]} {780 - at * 54} m {edges[-1]} {780 - at * 54} l\n".encode()
        for x in edges:
            drawn += f"{x} 780 m {x} {780 - 13 * 54} l\n".encode()
        drawn += b"S\n"
        for at, cells in enumerate([HEAD, *table[12 * page : 12 * page + 12]]):
            for words, left, right in zip(cells, edges, edges[1:], strict=False):
                width = int((right - left - 8) // 10)
                for line, start in enumerate(range(0, len(words), width)):
                    drawn += rawpdf.text(words[start : start + width], left + 4, 762 - at * 54 - 13 * line, size=10)
        contents.append(bytes(drawn))
    return rawpdf.pages(*contents)


def with_pdfplumber(data: bytes) -> int:
    """How many filled cells pdfplumber finds."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as file:
        return sum(
            bool(cell) for page in file.pages for table in page.extract_tables() for row in table for cell in row
        )


def with_pdfium(data: bytes) -> int:
    """How many characters PDFium gives, one page after the other."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def with_python_docx(data: bytes) -> int:
    """How many characters python-docx shows of a document, every paragraph and cell visited."""
    from docx import Document

    document = Document(BytesIO(data))
    said = sum(len(paragraph.text) for paragraph in document.paragraphs)
    return said + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def with_calamine(data: bytes) -> int:
    """How many filled cells calamine finds."""
    from python_calamine import CalamineWorkbook

    sheets = CalamineWorkbook.from_object(BytesIO(data))
    return sum(
        value != ""
        for name in sheets.sheet_names
        for row in sheets.get_sheet_by_name(name).to_python()
        for value in row
    )


def with_openpyxl(data: bytes) -> int:
    """How many filled cells openpyxl finds."""
    from openpyxl import load_workbook

    return sum(cell.value is not None for sheet in load_workbook(BytesIO(data)) for row in sheet for cell in row)


def spent(act: Callable[[], Any]) -> float:
    """One run in milliseconds of computing."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def compare(what: str, data: bytes, name: str, peers: dict[str, Callable[[bytes], int]], rounds: int = ROUNDS) -> None:
    """Print our reading and parsing of a file beside what the libraries take to open and visit it, in turns."""
    from knowledge.parsing import parse
    from knowledge.reading import read

    digest = hashlib.sha256(data).hexdigest()
    took: dict[str, list[float]] = {"read": [], "parse": [], **{peer: [] for peer in peers}}
    found = 0
    for _ in range(rounds):
        for peer, act in peers.items():
            took[peer].append(spent(lambda act=act: act(data)))
        made = []
        took["read"].append(spent(lambda made=made: made.append(read(data, name))))
        took["parse"].append(spent(lambda made=made: made.append(parse(made[0], name, digest))))
        found = len(made[1].assignments)
    least = {who: min(each) for who, each in took.items()}
    print(f"{what}: {found} assignments; read {least['read']:7.0f} ms, parse {least['parse']:7.0f} ms")
    for peer in peers:
        theirs = least[peer]
        print(
            f"    {peer:<12} {theirs:7.0f} ms; our reading {least['read'] / theirs:6.2f} x,"
            f" parsing {least['parse'] / theirs:6.2f} x, both {(least['read'] + least['parse']) / theirs:6.2f} x"
        )


def resident() -> float:
    """The memory of this process in MB."""
    with open("/proc/self/statm", encoding="ascii") as status:
        return int(status.read().split()[1]) * resource.getpagesize() / 2**20


def memory() -> None:
    """Print what 500 imports leave behind, measured after 50 and after 500 of different files."""
    from bot.intake import drafted

    files = [(word_file(40 + number % 5), f"{number}.docx") for number in range(10)]
    files += [(sheet_file(60 + number % 5), f"{number}.xlsx") for number in range(10)]
    marks = {}
    for number in range(1, 501):
        content, name = files[number % len(files)]
        drafted(content, name)
        if number in (50, 500):
            marks[number] = resident()
    print(f"memory after 50 imports {marks[50]:.1f} MB, after 500 {marks[500]:.1f} MB")


def main() -> None:
    """Print all comparisons, memory first: the peers take some for themselves. Garbage is collected as seldom as in the command."""
    gc.set_threshold(OBJECTS)
    memory()
    compare("200-row .docx", word_file(200), "任务.docx", {"python-docx": with_python_docx})
    peers = {"openpyxl": with_openpyxl} if find_spec("openpyxl") else {}  # comes with the extra `bench`
    compare("5,000-row .xlsx", sheet_file(5000), "任务.xlsx", peers | {"calamine": with_calamine})
    plumber = {"pdfplumber": with_pdfplumber, "PDFium": with_pdfium}
    compare("100-page .pdf", pdf_file(100), "任务.pdf", plumber, rounds=2)


if __name__ == "__main__":
    main()
