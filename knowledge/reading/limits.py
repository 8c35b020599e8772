"""How much a file may hold, so that no file can fill the memory or hold up the group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.model import Block
from knowledge.reading.refusal import refusal

MAX_BYTES = 50 * 1024 * 1024
"""The largest file that is read, in bytes. Callers check the size on disk before they load the file."""

MAX_TEXT = 10 * 1024 * 1024
"""The largest .txt, .html, .csv or .md file, in bytes: three million Chinese characters."""

MAX_BLOCKS = 100_000
"""The most paragraphs and table rows of a file."""

MAX_MEMBERS = 5_000
"""The most members a .docx or .xlsx container may list; a long report with pictures has a few hundred."""

MAX_UNPACKED = 500 * 1024 * 1024
"""The most bytes the members of a container may come to by its own directory; pictures are never unpacked."""

MAX_BUNDLED = 500
"""The most files in a .zip of several documents, those of archives inside it included."""

MAX_PART = 64 * 1024 * 1024
"""The most bytes one XML part may unpack to; 50,000 rows of a sheet need about 30 MB."""

MAX_TREE = 32 * 1024 * 1024
"""The most bytes of an XML part that is held in memory as a whole; the text of a book is a few MB."""

MAX_RATIO = 300
"""How many times its packed size a large part may unpack to; repetitive sheets reach about 100."""

RATIO_FROM = 8 * 1024 * 1024
"""Unpacked bytes from which `MAX_RATIO` counts: small parts cannot hurt."""

MAX_CELLS = 500_000
"""The most table cells of a file, merged ranges expanded."""

MAX_PAGES = 1_000
"""The most pages of a .pdf or .ofd; a plan with all its attachments has a few dozen."""

MAX_CHARACTERS = 20_000_000
"""The most characters of a file, those of merged and repeated cells counted each time; a thick book has two million."""

MAX_COLUMNS = 512
"""How far a merged cell may reach to the right."""


def bounded(blocks: Iterable[Block], name: str) -> Iterator[Block]:
    """The blocks as they come; raises ReadingError when they pass `MAX_BLOCKS`, `MAX_CELLS` or `MAX_CHARACTERS`."""
    cells = characters = 0
    for count, block in enumerate(blocks, 1):
        cells += len(block.cells)
        characters += len(block.text) + sum([len(cell.text) for cell in block.cells])
        check_extent(count, cells, name, characters)
        yield block


def check_extent(rows: int, cells: int, name: str, characters: int = 0) -> None:
    """Raises ReadingError when a file holds more rows (or paragraphs), cells or characters than are read."""
    if rows <= MAX_BLOCKS and cells <= MAX_CELLS and characters <= MAX_CHARACTERS:
        return
    for found, most, unit in ((rows, MAX_BLOCKS, "行"), (cells, MAX_CELLS, "格"), (characters, MAX_CHARACTERS, "字")):
        if found > most:
            raise refusal(name, f"内容超过 {most // 10_000} 万{unit}", "请只留任务分工的正文和表格后再导入")
