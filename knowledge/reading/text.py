"""Plain text → blocks. A run of lines with tabs (or Markdown bars) is a table, every other line a paragraph."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from knowledge.model import Block, Cell, Doubt, Passage, Place
from knowledge.reading.aligned import unaligned
from knowledge.reading.broken import mended
from knowledge.reading.drawn import undrawn
from knowledge.reading.encoding import decoded
from knowledge.reading.limits import bounded, check_extent
from knowledge.reading.lines import EDGES, GAPS, Line, separator
from knowledge.reading.refusal import refusal
from knowledge.reading.running import without_running
from knowledge.reading.typed import evened, unmarked
from knowledge.reading.wrapped import unwrapped

_MARK = re.compile(
    r"[（(〔]?[一二三四五六七八九十百\d]{1,4}[)）〕.．、]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条]|.{1,20}[:：]"
)
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_MOST_LINES = 200_000  # beyond, no office file: it is refused or only blank
_BREAK = re.compile(r"\r\n|\r|\n")


def read_text(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]:
    """The blocks of a .txt file, nothing to doubt, and its running heads. Raises ReadingError."""
    text = decoded(data, name)
    if text.count("\n") > _MOST_LINES:  # told at once: to lay them out only to refuse them takes seconds
        check_extent(sum(1 for line in text.split("\n") if line.strip()), 0, name)
    lines, furniture = without_running(list(_lines(text)))
    return tuple(bounded(text_blocks(lines), name)), (), furniture


def read_markdown(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The blocks of a .md file. Raises ReadingError."""
    return tuple(bounded(markdown_blocks(decoded(data, name)), name)), ()


def read_csv(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """The rows of a .csv file. Raises ReadingError."""
    return tuple(bounded(csv_blocks(decoded(data, name), name), name)), ()


def text_blocks(lines: list[Line]) -> Iterator[Block]:
    """The blocks of a text; line numbers count from 1 as an editor shows them.

    What a page's width or a table cell broke over several lines is one block, placed at its first line.
    """
    yield from _blocks(lines if len(lines) > _MOST_LINES else unwrapped(mended(lines)))


def _lines(text: str) -> Iterator[Line]:
    lines = list(evened(unaligned(undrawn(unmarked(list(enumerate(_BREAK.split(text), 1)))))))
    return iter(_unquoted(lines) if '\t"' in text else lines)


_MOST_QUOTED = 40  # lines of one cell


def _unquoted(lines: list[Line]) -> Iterator[Line]:
    """`lines` with the cells that a spreadsheet put into quotation marks for their line breaks, each on one line again."""
    at = 0
    while at < len(lines):
        number, line = lines[at]
        at += 1
        if "\t" not in line or not _QUOTED.search(line):
            yield number, line
            continue
        end = at
        while line.count('"') % 2 and end < min(len(lines), at + _MOST_QUOTED):
            line, end = f"{line}\n{lines[end][1]}", end + 1
        if line.count('"') % 2:  # never closed: a mark of its own
            yield number, lines[at - 1][1]
            continue
        at = end
        yield number, _QUOTED.sub(lambda m: m[1] + m[2].replace('""', '"'), line)


_QUOTED = re.compile(r'(^|\t)"((?:[^"]|"")*)(?:"(?=\t|$)|$)')


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    table = 0
    for shape, run in _runs(lines):
        rows = [(number, _cells(line, shape)) for number, line in run if not _is_rule(line, shape)]
        if shape == "" or not _is_table([cells for _, cells in rows], shape):
            yield from (Block(_joined(line, shape), Place(line=number)) for number, line in run)
            continue
        table += 1
        yield from (_row(number, cells, table) for number, cells in rows)


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text: # gives the heading level, ** only made letters bold."""
    plain = (
        (number, re.sub(r"^\*([^\s*][^*]*)\*$", r"\1", re.sub(r"^\s*>+ ?|\*\*", "", line)))
        for number, line in _lines(text)
    )
    return map(_headed, _blocks(_edged(list(plain))))


_HARD_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)  # inside a cell of Markdown
_BARE_RULE = re.compile(r"\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+")


def _edged(lines: list[Line]) -> list[Line]:
    """`lines` with bars at both edges of the tables that are drawn without: a bar in front of a row is then the end of
    an empty first cell, whatever a renderer makes of it."""
    out = list(lines)
    for at, (_, rule) in enumerate(lines):
        if at == 0 or not _BARE_RULE.fullmatch(rule):
            continue
        for row in range(at - 1, len(lines)):
            number, line = lines[row]
            if "|" not in line:
                break
            out[row] = (number, f"|{line}|")
    return out


def _headed(block: Block) -> Block:
    match = re.match(r"(#{1,6})\s+(.*?)\s*#*$", block.text)
    return block if match is None else Block(match[2], block.place, heading=len(match[1]))


_NOTE_BELOW = re.compile(r"(?:注|备注|说明|附注)\s*[:：\d]|.*[。；]$")


def csv_blocks(text: str, name: str) -> Iterator[Block]:
    """The rows of a comma-separated table (semicolons too), fields in quotation marks may hold line breaks."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            cells = [cell.strip(EDGES) for cell in row]
            rows += [(line, cells)] if any(cells) else []
            line = reader.line_num + 1
    except csv.Error as error:
        then = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
        raise refusal(name, f"第{line}行起不是正常的逗号分隔表格", then) from error
    real = [at for at, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1]
    for at, (number, cells) in enumerate(rows):
        around = (
            not real or at < real[0] or (at > real[-1] and _NOTE_BELOW.match(cells[0]))
        )  # a title above, a note below
        yield Block(next(filter(None, cells)), Place(line=number)) if around else _row(number, cells, 1)


def _runs(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Neighbouring lines of one shape: tab rows together, bar rows together, each other line alone."""
    run: list[Line] = []
    held = ""
    for number, line in lines:
        shape = separator(line)
        if run and (shape != held or not shape):
            yield held, run
            run = []
        held = shape
        if line.strip(EDGES):
            run.append((number, line))
        elif run:
            yield held, run
            run = []
    if run:
        yield held, run


def _cells(line: str, shape: str) -> list[str]:
    """The line cut at its separator, each cell without blanks around it; empty cells stay."""
    if shape == " ":
        return GAPS.split(line.strip(EDGES))
    whole = line.strip(EDGES).removeprefix("|").removesuffix("|") if shape == "|" else line
    cells = [cell.strip(EDGES) for cell in whole.split(shape or "\n")]
    return [_HARD_BREAK.sub("\n", cell) for cell in cells] if shape == "|" else cells


def _is_rule(line: str, shape: str) -> bool:
    """Whether this is the |---|---| line under a Markdown header, which is drawing and no content."""
    return shape == "|" and _RULE.fullmatch(line.strip(EDGES)) is not None


def _is_table(rows: list[list[str]], shape: str) -> bool:
    """Whether a run of separated lines is a table: not when every line is only indented, or a number or label
    with its text behind a tab, as word processors export automatic numbering. Wide gaps must give even rows."""
    if shape == " ":
        told = all(sum(_LABELLED.match(cell) is not None for cell in row) > 1 for row in rows)
        return len(rows) > 1 and len({len(row) for row in rows}) == 1 and not told
    return not all(_is_prose([cell for cell in row if cell]) for row in rows)


# Rows that say of their own parts what they are (牵头单位：甲局  完成时限：6月) are paragraphs with wide gaps.
_LABELLED = re.compile(r"[\u3400-\u9fff]{0,6}(?:单位|部门|科室|时限|时间|期限|领导|责任人)\s*[:：]\s*\S")


def _is_prose(filled: list[str]) -> bool:
    return len(filled) < 2 or (len(filled) == 2 and _MARK.fullmatch(filled[0]) is not None)


def _joined(line: str, shape: str) -> str:
    """The line as a paragraph: tabs inside it were only spacing."""
    return "".join(cell for cell in _cells(line, shape) if cell) if shape == "\t" else line.strip(EDGES)


def _row(number: int, cells: list[str], table: int) -> Block:
    placed = (Cell(text, Place(line=number, column=column)) for column, text in enumerate(cells, 1))
    return Block("", Place(line=number), tuple(placed), table)
