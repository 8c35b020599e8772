"""Tables whose cells stand on lines of their own, all of them or those of some rows: one below the other, turned into rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, Layout, column_of
from knowledge.parsing.contents import content_of
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.heads import is_header, layout_of
from knowledge.parsing.joints import goes_on
from knowledge.parsing.label_lines import addressed
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.names import is_unit
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.phrases import Content, is_number
from knowledge.reading.openings import is_rest

BARS = re.compile(r"\s*[|｜│┃]\s*")
_MOST_APART = 12  # lines that are no cells in the midst of a table
_CONTACT = re.compile(r"[^，。]{0,6}(?:联系|电话|邮箱|传真)[^，。]{0,8}[:：]")
_AFTER = re.compile(r"(?:注|备注|说明|附件|附注)\s*[:：]")


def row_of(parts: Sequence[tuple[str, Line]]) -> Line:
    boxes = tuple(Box(unblanked(text), text, Cell(text, line.place)) for text, line in parts)
    text = "\t".join(box.text for box in boxes if box.text)
    first = parts[0][1]
    block = replace(first.block, doubts=tuple(dict.fromkeys(d for _, line in parts for d in line.block.doubts)))
    return replace(first, text=text, raw="\t".join(box.raw for box in boxes), boxes=boxes, block=block)


def upended(lines: Sequence[Line]) -> list[Line]:
    """`lines` with cells one below the other as rows: below heads that stand so too, and behind a row of a table where
    they are what its header asks for."""
    out: list[Line] = []
    loose: set[int] = set()  # the headers below which any lines are cells
    at = 0
    while at < len(lines):
        if lines[at].boxes:
            out.append(lines[at])
            at += 1
            continue
        header, taken, across = _header(lines[at : at + 12])
        if header is not None:
            out.append(header)
            loose.add(header.index)
        above = header or _header_above(out, is_number(lines[at].text))
        rows, more = _rows(lines[at + taken :], above, across, above.index in loose) if above else ([], 0)
        loose -= {above.index} if above and not _ends_at_row(lines, at + taken + more) else set()
        out += rows if taken + more else [lines[at]]
        at += taken + more or 1
    return out


def _ends_at_row(lines: Sequence[Line], at: int) -> bool:
    """Whether what the rows of a table end at is more of it."""
    return at < len(lines) and bool(lines[at].boxes)


def _header(lines: Sequence[Line]) -> tuple[Line | None, int, bool]:
    """The header with which `lines` begin, over how many of them it goes, and whether it stands across one line."""
    if heads := _heads(lines):
        return row_of([(line.raw, line) for line in lines[:heads]]), heads, False
    across = _heads_across(lines[:3])
    return across, int(across is not None), across is not None


def _header_above(lines: Sequence[Line], counted: bool) -> Line | None:
    """The header of the table that ends with the last of `lines`, or a little above before a line that is a number."""
    if not lines or not (lines[-1].boxes or counted):
        return None
    apart = 0
    for line in reversed(lines):
        apart += not (line.boxes or is_section(line.text))
        if line.place.sheet or apart > (_MOST_APART if counted else 0):
            return None
        if line.boxes and is_header(line.boxes):
            return line
    return None


def _rows(lines: Sequence[Line], header: Line, across: bool, loose: bool) -> tuple[list[Line], int]:
    """The rows that cells on lines of their own, and rows between bars among them, make below `header`, and how many of
    `lines` these take; unless `loose` only rows that are in every cell what the header asks for."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        if (barred := _barred(lines[at], len(header.boxes))) is not None:
            out.append(barred)
            at += 1
            continue
        cells = _while(lines[at:], lambda line: _is_cell(line) and _barred(line, len(header.boxes)) is None)
        made, taken = _stood(cells, header, across) if loose else _fitting(cells, header)
        out += made
        at += taken
        if taken < len(cells) or not cells:
            break
    return out, at


def _barred(line: Line, width: int) -> Line | None:
    """A line with as many cells between bars as a row has, with or without its number, as a row."""
    parts = [] if line.boxes or not BARS.search(line.raw) else BARS.split(line.raw.strip("|｜ "))
    return row_of([(part, line) for part in parts]) if len(parts) in (width, width - 1) and len(parts) > 2 else None


def _stood(lines: Sequence[Line], header: Line, across: bool) -> tuple[list[Line], int]:
    """The rows of cells below a header that stands as they do, and how many lines these are."""
    layout, width = layout_of(header), len(header.boxes)
    cells = _whole([cell for line in lines for cell in (_number_apart(line) if across else [line])])
    body = _without_signature(_same_table(cells), width)
    if layout.first(Holds.NUMBER) is None:
        made = [row_of([(line.raw, line) for line in row]) for row in _by_count(body, width)]
    else:
        made = [_made(row, layout) for row in _by_number(body)]
    return made, len(lines) - (len(cells) - len(body))


def _fitting(lines: Sequence[Line], header: Line) -> tuple[list[Line], int]:
    """The first rows of cells that are all what the columns of `header` hold, and how many lines these are."""
    layout = layout_of(header)
    rows = _by_number(_whole(lines))
    made = [_made(row, layout) for row in rows]
    end = next((at for at, row in enumerate(made) if not (_fits(row, layout) or is_section(row.text))), len(made))
    while end and not _fits(made[end - 1], layout):  # a heading belongs to the rows below it
        end -= 1
    if end == len(rows):
        return made, len(lines)
    return made[:end], next(at for at, line in enumerate(lines) if line.index == rows[end][0].index)


def _made(cells: Sequence[Line], layout: Layout) -> Line:
    """Cells as a row: names that were broken whole again, a lost number left blank."""
    row = row_of([(line.raw, line) for line in _rejoined(cells)])
    lost = layout.first(Holds.NUMBER) == 0 and content_of(row.boxes[0]) is not Content.NUMBER
    if lost and len(row.boxes) >= len(layout.columns) - 1:
        row = replace(row, boxes=(Box("", "", Cell("", row.place)), *row.boxes))
    return _narrowed(row, layout)


_HELD = {
    Holds.NUMBER: Content.NUMBER,
    Holds.DEADLINE: Content.DEADLINE,
    Holds.UNITS: Content.UNITS,
    Holds.TEXT: Content.TEXT,
}
_FRAME = (Content.NUMBER, Content.DEADLINE)


def _fits(row: Line, layout: Layout) -> bool:
    """Whether a row has just the cells of its header, its number and its time in their places; without these two each cell
    must be what its column holds."""
    wanted = [_HELD.get(column.holds) for column in layout.columns]
    found = [content_of(box) for box in row.boxes]
    if len(found) != len(wanted) or not {Content.UNITS, Content.TEXT} <= set(found):
        return False
    apart = {a for a, b in zip(wanted, found, strict=True) if a is not None and a is not b}
    framed = set(_FRAME) <= set(wanted) and apart.isdisjoint(_FRAME)
    return framed or apart <= ({Content.NUMBER} if found[0] is Content.EMPTY else set())


_DATE_TORN = re.compile(
    r"20\d\d(?:年(?:\d{1,2}(?:月(?:\d{1,2}日?|[底上中下])?)?)?)?|20\d{2,4}月[底上中下]?|[长每常全]|长期[坚推]|每[季半]|年[底内]"
)
_DATE_REST = re.compile(
    r"(?=\D)[\d年月日底前上中下旬末内季度期坚持推进之以]{1,9}|\d{1,2}[月日][\d年月日底前上中下旬末内]{0,6}"
)


def _whole(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the dates that were broken over two of them whole again, and with each stop behind its words."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        dated = last is not None and _DATE_TORN.fullmatch(last.text) and _DATE_REST.fullmatch(line.text)
        if last is not None and (dated or is_rest(line.text)):
            out[-1] = replace(last, text=unblanked(f"{last.raw} {line.raw}"), raw=f"{last.raw}\n{line.raw}")
        else:
            out.append(line)
    return out


def _heads_across(lines: Sequence[Line]) -> Line | None:
    """A header on one line, blanks between its heads, above cells that stand on a line each; None when it is nothing of the kind."""
    if len(lines) < 3 or any(line.boxes or BARS.search(line.raw) for line in lines):
        return None
    parts = lines[0].raw.split()
    row = row_of([(part, lines[0]) for part in parts]) if len(parts) > 2 else None
    if row is None or not is_header(row.boxes) or layout_of(row).first(Holds.NUMBER) != 0:
        return None
    first = _number_apart(lines[1])
    return row if len(first) == 2 and len(lines[1].raw.split()) < len(parts) and _is_cell(lines[2]) else None


def _number_apart(line: Line) -> list[Line]:
    """A line cut behind the number of its row."""
    m = re.match(r"(\d{1,3})[ \t\u3000.．、]+(?=\S)(?!\d)", line.raw)
    if not m:
        return [line]
    rest = line.raw[m.end() :]
    return [replace(line, raw=m[1], text=m[1]), replace(line, raw=rest, text=unblanked(rest))]


def _same_table(lines: Sequence[Line]) -> list[Line]:
    """`lines` up to what no longer belongs to the table: where blank lines part the rows, text behind one that opens none."""
    starts = [at for at in range(1, len(lines)) if _parted(lines[at - 1], lines[at])]
    if sum(is_number(lines[at].text) for at in starts) * 3 < len(starts) * 2:
        return list(lines)
    end = next((at for at in starts if not is_number(lines[at].text) and not is_section(lines[at].text)), len(lines))
    later = any(is_number(lines[at].text) for at in starts if at > end)
    return list(lines) if later else list(lines[:end])


_DAY = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")


def _without_signature(lines: Sequence[Line], width: int) -> list[Line]:
    """`lines` without the issuer and the day at their end, where a blank line or a row that has all its cells parts them off."""
    if not lines or not _DAY.match(lines[-1].text):
        return list(lines)
    signed = len(lines) > 1 and is_unit(lines[-2].text, strict=True)
    at = len(lines) - (2 if signed else 1)
    numbers = [i for i, line in enumerate(lines) if is_number(line.text)]
    full = bool(numbers) and at - numbers[-1] >= width
    return list(lines[:at]) if at > 0 and (full or _parted(lines[at - 1], lines[at])) else list(lines)


def _parted(above: Line, line: Line) -> bool:
    return bool(above.place.line and line.place.line and line.place.line > above.place.line + 1)


def _rejoined(row: Sequence[Line]) -> list[Line]:
    """A row whose unit cells were broken over lines inside a name, or behind a comma, with these lines as one again."""
    out: list[Line] = []
    for line in row:
        last = out[-1] if out else None
        if last is not None and _has_words(last) and _has_words(line) and goes_on(last.raw, line.raw):
            out[-1] = replace(last, text=unblanked(f"{last.raw} {line.raw}"), raw=f"{last.raw}\n{line.raw}")
        else:
            out.append(line)
    return out


def _has_words(line: Line) -> bool:
    content = content_of(Box(line.text, line.raw, Cell(line.text, line.place)))
    return content in (Content.UNITS, Content.TEXT)


def _narrowed(row: Line, layout: Layout) -> Line:
    """A row with more cells than columns: units, or words, on lines of their own belong to one cell.

    Where several columns hold units the first line is taken for the first of them; that is a guess.
    """
    surplus = len(row.boxes) - len(layout.columns)
    if surplus <= 0:
        return row
    columns = Counter(column.holds for column in layout.columns)
    width = {Content.UNITS: columns[Holds.UNITS], Content.TEXT: columns[Holds.TEXT] + columns[Holds.CATEGORY]}
    what = layout.first(Holds.TEXT)
    told = [content_of(box) for box in row.boxes]
    if what is not None and layout.at(what + 1).holds is Holds.UNITS:  # what is to be done goes on up to the units
        owned = next((at for at in range(what + 1, len(told)) if told[at] is Content.UNITS), what + 1)
        told[what:owned] = [Content.TEXT] * (owned - what)
    out: list[Box] = []
    for content, run in groupby(zip(told, row.boxes, strict=True), key=itemgetter(0)):
        boxes = [box for _, box in run]
        keep = width.get(content, len(boxes)) - 1
        if surplus > 0 and 0 <= keep < len(boxes) - 1:
            surplus -= len(boxes) - keep - 1
            boxes = [*boxes[:keep], _one(boxes[keep:], guessed=keep > 0)]
        out += boxes
    return replace(row, boxes=tuple(out))


def _one(boxes: Sequence[Box], guessed: bool) -> Box:
    raw = "\n".join(box.raw for box in boxes)
    cell = Cell("\n".join(box.cell.text for box in boxes), boxes[0].cell.place)
    return Box("、".join(box.text for box in boxes) if guessed else unblanked(raw), raw, cell, guessed)


def _is_cell(line: Line) -> bool:
    """Whether a line can be a cell of an upright table: neither a row already nor what stands around a table."""
    if line.boxes or _AFTER.match(line.text) or _CONTACT.match(line.text) or addressed(line.text):
        return False
    return is_number(line.text) or not is_furniture(line.text)


def _heads(lines: Sequence[Line]) -> int:
    """How many lines from here are heads of an upright table; 0 when they are none."""
    if _is_title(lines[:2]):
        return 0
    run = _while(
        lines[:12], lambda line: not line.boxes and column_of(line.text) is not None and not is_section(line.text)
    )
    boxes = [Box(line.text, line.raw, Cell(line.text, line.place)) for line in run]
    return len(run) if len(run) >= 3 and is_header(boxes) else 0


_TITLED = re.compile(r"(?:清单|方案|分工|表|台账|计划|要点|安排)$")


def _is_title(lines: Sequence[Line]) -> bool:
    """Whether the first of two lines is the title above a table whose heads begin with its count."""
    column = column_of(lines[1].text) if len(lines) > 1 else None
    counts = column is not None and column.holds is Holds.NUMBER
    return counts and (_TITLED.search(lines[0].text) is not None or _parted(lines[0], lines[1]))


def _while(lines: Sequence[Line], wanted: Callable[[Line], bool]) -> list[Line]:
    out: list[Line] = []
    for line in lines:
        if not wanted(line):
            break
        out.append(line)
    return out


def _by_number(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows cut at every number, and where a requirement follows a deadline: one number over two rows."""
    rows: list[list[Line]] = []
    told = dated = False
    for line in lines:
        content = content_of(Box(line.text, line.raw, Cell(line.text, line.place)))
        section = content is Content.TEXT and is_section(line.text)
        if section or content is Content.NUMBER or not rows or (dated and content is Content.TEXT):
            rows.append([])
            told = False
        rows[-1].append(line)
        if section:
            rows.append([])
        dated = told and content is Content.DEADLINE
        told = told or content is Content.TEXT
    return [row for row in rows if row]


def is_section(text: str) -> bool:
    """Whether a cell is a heading across the table (一、产业发展)."""
    cut = numbered(text)
    return cut.level in (1, 2) and 0 < len(cut.rest) <= 30 and is_heading(cut.rest)


def _by_count(lines: Sequence[Line], width: int) -> list[list[Line]]:
    return [list(lines[at : at + width]) for at in range(0, len(lines), width)]
