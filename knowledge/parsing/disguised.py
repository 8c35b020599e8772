"""Tables that no longer look like tables: one cell a line, bars or runs of blanks between cells, rows broken in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, Layout, column_of
from knowledge.parsing.contents import content_of
from knowledge.parsing.furniture import is_furniture, is_page_mark
from knowledge.parsing.heads import is_header, layout_of
from knowledge.parsing.joints import goes_on
from knowledge.parsing.label_lines import addressed
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.names import is_unit
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.phrases import Content, is_number

_BARS = re.compile(r"\s*[|｜│┃]\s*")
_GAPS = re.compile(r"[ \u3000\xa0]{2,}")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_CONTACT = re.compile(r"[^，。]{0,6}(?:联系|电话|邮箱|传真)[^，。]{0,8}[:：]")
_AFTER = re.compile(r"(?:注|备注|说明|附件|附注)\s*[:：]")


def unmasked(lines: Sequence[Line]) -> list[Line]:
    """`lines` with disguised tables turned into rows, counted anew."""
    out = _upright([line for line in lines if line.text.strip("|｜ ") and (line.boxes or not is_page_mark(line.text))])
    for mark in (_BARS, _GAPS):
        out = _cut(out, mark)
    out = _cut(out, _BLANKS, exact=True)
    return [line if line.index == at else replace(line, index=at) for at, line in enumerate(_mended(out))]


def _row(parts: Sequence[tuple[str, Line]]) -> Line:
    boxes = tuple(Box(unblanked(text), text, Cell(text, line.place)) for text, line in parts)
    text = "\t".join(box.text for box in boxes if box.text)
    first = parts[0][1]
    block = replace(first.block, doubts=tuple(dict.fromkeys(d for _, line in parts for d in line.block.doubts)))
    return replace(first, text=text, raw="\t".join(box.raw for box in boxes), boxes=boxes, block=block)


def _upright(lines: Sequence[Line]) -> list[Line]:
    """Cells one below the other: three or more heads in a row, then a new row at every number."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        if lines[at].boxes:
            out.append(lines[at])
            at += 1
            continue
        heads = _heads(lines[at : at + 12])
        across = _heads_across(lines[at : at + 3]) if heads < 3 else None
        if heads < 3 and across is None:
            out.append(lines[at])
            at += 1
            continue
        header = across or _row([(line.raw, line) for line in lines[at : at + heads]])
        at += 1 if across else heads
        body = _while(lines[at:], _is_cell)
        taken = len(body)
        heads = len(header.boxes)
        body = [cell for line in body for cell in (_number_apart(line) if across else [line])]
        counted = layout_of(header).first(Holds.NUMBER) is not None
        whole = len(body)
        body = _without_signature(_same_table(body), heads)
        taken -= whole - len(body)
        rows = [_rejoined(row) for row in _by_number(body)] if counted else _by_count(body, heads)
        made = [_row([(line.raw, line) for line in row]) for row in rows]
        out += [header, *(_narrowed(row, layout_of(header)) if counted else row for row in made)]
        at += taken
    return out


def _heads_across(lines: Sequence[Line]) -> Line | None:
    """A header on one line, blanks between its heads, above cells that stand on a line each; None when it is nothing of the kind."""
    if len(lines) < 3 or any(line.boxes or _BARS.search(line.raw) for line in lines):
        return None
    parts = lines[0].raw.split()
    row = _row([(part, lines[0]) for part in parts]) if len(parts) > 2 else None
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
    end = next((at for at in starts if not is_number(lines[at].text) and not _is_section(lines[at].text)), len(lines))
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
    out: list[Box] = []
    for content, run in groupby(row.boxes, key=content_of):
        boxes = list(run)
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
    run = _while(lines[:12], lambda line: not line.boxes and column_of(line.text) is not None)
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
    dated = False
    for line in lines:
        content = content_of(Box(line.text, line.raw, Cell(line.text, line.place)))
        section = content is Content.TEXT and _is_section(line.text)
        if section or content is Content.NUMBER or not rows or (dated and content is Content.TEXT):
            rows.append([])
        rows[-1].append(line)
        if section:
            rows.append([])
        dated = content is Content.DEADLINE
    return [row for row in rows if row]


def _is_section(text: str) -> bool:
    """Whether a cell is a heading across the table (一、产业发展)."""
    cut = numbered(text)
    return cut.level in (1, 2) and 0 < len(cut.rest) <= 30 and is_heading(cut.rest)


def _by_count(lines: Sequence[Line], width: int) -> list[list[Line]]:
    return [list(lines[at : at + width]) for at in range(0, len(lines), width)]


def _cut(lines: Sequence[Line], mark: re.Pattern[str], exact: bool = False) -> list[Line]:
    """Lines below a header whose cells `mark` separates, as rows; a line that it does not cut ends the table.
    Behind a table of other making lines with just as many cells are more of it; behind a heading across a table with bars too.

    `exact`: a line counts only where it has just as many cells as the header, and that at least four.
    """
    out: list[Line] = []
    inside, width = False, 0
    for line in lines:
        if line.boxes and not inside:
            out.append(line)
            continue
        parts = [] if line.boxes else _parts(line.raw.strip(), mark, width)
        row = _row([(part, line) for part in parts]) if len(parts) > 1 else None
        if exact and (len(parts) < 4 or (inside and len(parts) != width)):
            row = None
        if row is not None and not inside:
            more = len(parts) > 2 and len(parts) in (_width(out), width if mark is _BARS else 0)
            head = is_header(row.boxes) and not numbered(line.text).level  # not 任务一　压缩通关时间
            inside, width = more or head, len(parts)
        elif row is None:
            if inside and (longer := _longer_head(out[-1], line)) is not None:
                out[-1] = longer
                continue
            inside = False
        out.append(row if inside and row is not None else line)
    return out


def _parts(text: str, mark: re.Pattern[str], width: int) -> list[str]:
    """The cells that `mark` parts; a bar at an edge is the edge of the table, or parts off an empty cell where `width` are due."""
    whole = mark.split(text)
    return whole if mark is _BARS and len(whole) == width else mark.split(text.strip("|｜"))


def _width(lines: Sequence[Line]) -> int:
    """How many cells the last of `lines` has."""
    return len(lines[-1].boxes) if lines else 0


def _longer_head(header: Line, line: Line) -> Line | None:
    """A header whose last head was broken off (完成⏎时限), whole again; None when `line` is something else."""
    last = header.boxes[-1] if header.boxes else None
    if last is None or line.boxes or _is_section(line.text) or not is_header(header.boxes[:-1]):
        return None
    if column_of(last.text + line.text) is None:
        return None
    whole = Box(last.text + line.text, last.raw + line.raw, last.cell)
    return replace(header, boxes=(*header.boxes[:-1], whole), text=f"{header.text}{line.text}")


def _mended(lines: Sequence[Line]) -> list[Line]:
    """A row broken inside a cell: it and the next line have exactly the cells of the header between them."""
    out: list[Line] = []
    width, broken = 0, False
    for at, line in enumerate(lines):
        if line.place.sheet:  # a sheet breaks no cells
            out.append(line)
            continue
        if line.boxes and is_header(line.boxes):
            width = len(line.boxes)
        if not line.boxes and out and _inside_cell(out[-1], lines[at : at + 6], width):
            line = replace(line, boxes=(Box(line.text, line.raw, Cell(line.text, line.place)),), block=out[-1].block)
            out[-1], broken = _added(out[-1], line), True
            continue
        last = out[-1] if out and out[-1].boxes and line.boxes else None
        near = last is not None and (broken or last.block.table == line.block.table)
        if last and near and _completes(last, line, width):
            out[-1] = _added(last, line)
        else:
            out.append(line)
        broken = False
    return out


def _added(last: Line, line: Line) -> Line:
    """`last` with the cells of `line`, whose first one goes on with the last cell."""
    first, cell = line.boxes[0], last.boxes[-1]
    middle = Box(cell.text + first.text, f"{cell.raw}\n{first.raw}", cell.cell)
    boxes = (*last.boxes[:-1], middle, *line.boxes[1:])
    text = "\t".join(box.text for box in boxes if box.text)
    block = replace(last.block, doubts=tuple(dict.fromkeys(last.block.doubts + line.block.doubts)))
    return replace(last, boxes=boxes, text=text, raw=f"{last.raw}\n{line.raw}", block=block)


def _inside_cell(last: Line, ahead: Sequence[Line], width: int) -> bool:
    """Whether a line without cells stands inside a broken one: the row is complete only with a line further down."""
    if width < 3 or not last.boxes or is_header(last.boxes) or len(ahead[0].text) > 30:
        return False
    if len(last.boxes) == width:
        return last.boxes[-1].text.endswith(("、", "，", ","))
    row = next((line for line in ahead[:5] if line.boxes), None)
    return row is not None and _completes(last, row, width)


def _completes(last: Line, line: Line, width: int) -> bool:
    if not last.boxes[-1].text or not line.boxes[0].text:  # nothing that could go on
        return False
    if width < 3 or len(last.boxes) >= width or is_number(line.boxes[0].text):
        return False
    return len(last.boxes) + len(line.boxes) - 1 == width
