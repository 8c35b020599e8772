"""Cells that stand on lines of their own, one below the other: which of them make a row, told by what its header asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from operator import itemgetter

from knowledge.model import Cell
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.contents import content_of
from knowledge.parsing.joints import goes_on
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.phrases import Content
from knowledge.reading.openings import ended, is_rest


def row_of(parts: Sequence[tuple[str, Line]]) -> Line:
    """The cells of a row, each with the line it stands on, as that row."""
    boxes = tuple(Box(unblanked(text.replace("\n", " ")), text, Cell(text, line.place)) for text, line in parts)
    text = "\t".join(box.text for box in boxes if box.text)
    first = parts[0][1]
    block = replace(first.block, doubts=tuple(dict.fromkeys(d for _, line in parts for d in line.block.doubts)))
    return replace(first, text=text, raw="\t".join(box.raw for box in boxes), boxes=boxes, block=block)


def in_rows(lines: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """Cells cut into rows: at every number and around every heading, and between these where their count tells it, or
    where a requirement follows a deadline."""
    out: list[list[Line]] = []
    width = _width(lines)
    for part in _at_numbers(lines, layout.first(Holds.NUMBER) is not None):
        cells = _rejoined(part, layout, width)
        out += _even(cells, layout) or _by_time(cells, layout)
    return out


def _at_numbers(lines: Sequence[Line], counted: bool) -> list[list[Line]]:
    parts: list[list[Line]] = []
    last = 0
    for line in lines:
        content = content_of_line(line)
        if content is Content.TEXT and is_section(line.text):
            parts += [[line], []]
            continue
        if not parts or (counted and content is Content.NUMBER and _counts_on(line.text, last)):
            last = int(line.text) if line.text.isdecimal() else last
            parts.append([])
        parts[-1].append(line)
    return [part for part in parts if part]


def _counts_on(number: str, last: int) -> bool:
    """Whether a number is that of the next row, and not the year or the sum in one of its cells (2026, 15000)."""
    return not number.isdecimal() or len(number) < _YEAR or last < int(number) <= last + _LOST


def _even(cells: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """Cells that are just enough for one row or several, each with what its columns hold; empty where they are not."""
    width = len(layout.columns)
    uncounted = width - (layout.first(Holds.NUMBER) == 0)
    first = width if content_of_line(cells[0]) is Content.NUMBER else uncounted
    if len(cells) < first or (len(cells) - first) % uncounted:
        return []
    rows = [list(cells[:first]), *(list(cells[at : at + uncounted]) for at in range(first, len(cells), uncounted))]
    return rows if len(rows) == 1 or all(fits(row_made(row, layout), layout) for row in rows) else []


def _by_time(cells: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """Cells cut where a requirement follows a deadline, and the remarks that stand behind it: one number over two rows, or
    a number that was lost."""
    behind = _behind_time(layout)
    rows: list[list[Line]] = [[]]
    told, since = False, -1  # since the deadline of the row, -1 before it
    for line in cells:
        content = content_of_line(line)
        if since >= behind >= 0 and content is Content.TEXT:
            rows.append([])
            told, since = False, -1
        rows[-1].append(line)
        since = 0 if told and content is Content.DEADLINE else since + (since >= 0)
        told = told or content is Content.TEXT
    return rows


def _behind_time(layout: Layout) -> int:
    """How many columns of remarks stand behind the one with the deadline, -1 where others do."""
    holds = [column.holds for column in layout.columns]
    behind = holds[::-1].index(Holds.DEADLINE) if Holds.DEADLINE in holds else 0
    return behind if Holds.DEADLINE in holds and set(holds[len(holds) - behind :]) <= {Holds.NOTE} else -1


def content_of_line(line: Line) -> Content:
    """What a cell on a line of its own is by its content alone."""
    return content_of(Box(line.text, line.raw, Cell(line.text, line.place)))


def is_section(text: str) -> bool:
    """Whether a cell is a heading across the table (一、产业发展)."""
    cut = numbered(text)
    return cut.level in (1, 2) and 0 < len(cut.rest) <= 30 and is_heading(cut.rest)


def row_made(cells: Sequence[Line], layout: Layout) -> Line:
    """Cells as a row: names that were broken whole again, a lost number left blank."""
    row = row_of([(line.raw, line) for line in cells])
    lost = layout.first(Holds.NUMBER) == 0 and content_of(row.boxes[0]) is not Content.NUMBER
    least = len(layout.columns) - (1 if _group(layout) is None or len(row.boxes[0].text) < _NARROWEST else _PAIR)
    if lost and len(row.boxes) >= least:
        row = replace(row, boxes=(Box("", "", Cell("", row.place)), *row.boxes))
    if len(row.boxes) == len(layout.columns) - 1 and (at := _left_blank(cells)) is not None:
        at += len(row.boxes) - len(cells)
        row = replace(row, boxes=(*row.boxes[:at], Box("", "", Cell("", row.place)), *row.boxes[at:]))
    return _ungrouped(_narrowed(row, layout), layout)


def _left_blank(cells: Sequence[Line]) -> int | None:
    """Which cell of a row is the empty one, where a single blank line stands between the others."""
    ends = [(line.place.line or 0) + line.raw.count("\n") + 1 for line in cells]
    blank = [at for at in range(1, len(cells)) if (cells[at].place.line or 0) > ends[at - 1]]
    return blank[0] if len(blank) == 1 else None


def _ungrouped(row: Line, layout: Layout) -> Line:
    """`row` with an empty cell for its group, which only the first row of a group prints, where it has one cell too few."""
    at = _group(layout)
    if at is None or len(row.boxes) != len(layout.columns) - 1:
        return row
    beside = row.boxes[at + 1].text if at + 1 < len(row.boxes) else ""
    if len(row.boxes[at].text) < _NARROWEST or len(beside) >= _NARROWEST:
        return row
    return replace(row, boxes=(*row.boxes[:at], Box("", "", Cell("", row.place)), *row.boxes[at:]))


def _group(layout: Layout) -> int | None:
    """The column of words in front of the one with the requirement, None without one."""
    words = [i for i, column in enumerate(layout.columns) if column.holds in (Holds.TEXT, Holds.CATEGORY)]
    return words[0] if len(words) == _PAIR and words[1] == words[0] + 1 else None


_HELD = {
    Holds.NUMBER: Content.NUMBER,
    Holds.DEADLINE: Content.DEADLINE,
    Holds.UNITS: Content.UNITS,
    Holds.TEXT: Content.TEXT,
}
_FRAME = (Content.NUMBER, Content.DEADLINE)


def fits(row: Line, layout: Layout) -> bool:
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


def whole(lines: Sequence[Line]) -> list[Line]:
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


_FULL, _NARROWEST = 3, 16  # lines as wide as the widest that tell where a column breaks, and the least they hold
_SLACK, _PAIR, _NARROW = 2, 2, 6
_YEAR, _LOST = 4, 5  # digits of a year, and how many numbers may be lost in between


def _width(lines: Sequence[Line]) -> int:
    """How many characters a line of requirements holds before it breaks, 0 where no such width shows."""
    told = _unjoined([line.raw.strip() for line in lines if not ended(line.text)])
    lengths = sorted(map(len, told), reverse=True)
    full = [length for length in lengths if length >= max(lengths[0] - 2 * _SLACK, _NARROWEST)] if lengths else []
    return full[-1] if len(full) >= _FULL else 0


def _unjoined(lines: Sequence[str]) -> list[str]:
    """`lines` without those that were put together of two or more already, each as wide as most of the others are."""
    commonest = Counter(len(line) for line in lines if len(line) >= _NARROWEST).most_common(1)
    if not commonest or commonest[0][1] < _FULL:
        return list(lines)
    width = commonest[0][0]
    double = 2 * (width - _SLACK)
    return [line for line in lines if len(line) < double or " " not in line[width - _SLACK : width + _SLACK]]


def _rejoined(cells: Sequence[Line], layout: Layout, width: int) -> list[Line]:
    """Cells that were broken over lines inside a name, behind a comma, at the `width` of their column, or inside the one
    requirement of a row, whole again."""
    lone = sum(column.holds in (Holds.TEXT, Holds.CATEGORY, Holds.NOTE) for column in layout.columns) == 1
    out: list[Line] = []
    for line in cells:
        last = out[-1] if out else None
        full = last is not None and 0 < width <= len(last.raw.split("\n")[-1].strip())
        if last is not None and (((lone or full) and _completes(last, line, full)) or _names_on(last, line)):
            out[-1] = replace(last, text=unblanked(f"{last.raw} {line.raw}"), raw=f"{last.raw}\n{line.raw}")
        else:
            out.append(line)
    return out


def _completes(last: Line, line: Line, full: bool) -> bool:
    """Whether `line` ends the sentence that stops short in `last`, or at least goes on with one that breaks where its column
    is `full`."""
    words = content_of_line(last) is content_of_line(line) is Content.TEXT
    return words and (full or line.text.endswith("。")) and not ended(last.text)


def _names_on(last: Line, line: Line) -> bool:
    """Whether a name, or a list of them, that `last` breaks off goes on in `line`."""
    return _has_words(last) and _has_words(line) and goes_on(last.raw, line.raw)


def _has_words(line: Line) -> bool:
    return content_of_line(line) in (Content.UNITS, Content.TEXT)


def _narrowed(row: Line, layout: Layout) -> Line:
    """A row with more cells than columns: units, or words, on lines of their own belong to one cell.

    Where several columns hold units the first line is taken for the first of them; that is a guess.
    """
    row = _with_whole_group(row, layout)
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
        until = next((at for at in range(owned, len(told)) if told[at] is Content.DEADLINE), owned)
        if all(column.holds is Holds.UNITS for column in layout.columns[what + 1 : layout.first(Holds.DEADLINE)]):
            told[owned:until] = [Content.UNITS] * (until - owned)  # whoever stands there, known or not
    out: list[Box] = []
    for content, run in groupby(zip(told, row.boxes, strict=True), key=itemgetter(0)):
        boxes = [box for _, box in run]
        keep = width.get(content, len(boxes)) - 1
        if surplus > 0 and 0 <= keep < len(boxes) - 1:
            surplus -= len(boxes) - keep - 1
            boxes = [*boxes[:keep], _one(boxes[keep:], guessed=keep > 0)]
        out += boxes
    return replace(row, boxes=tuple(out))


def _with_whole_group(row: Line, layout: Layout) -> Line:
    """`row` with the name of its group whole, where a narrow cell broke it (资源 ⏎ 配置)."""
    at, surplus = _group(layout), len(row.boxes) - len(layout.columns)
    if at is None or surplus <= 0:
        return row
    short = list(takewhile(lambda box: len(box.text) <= _NARROW and content_of(box) is Content.TEXT, row.boxes[at:]))
    end = at + len(short)
    if not 1 < len(short) <= surplus + 1 or end == len(row.boxes) or len(row.boxes[end].text) < _NARROWEST:
        return row
    return replace(row, boxes=(*row.boxes[:at], _one(short, guessed=False), *row.boxes[end:]))


def _one(boxes: Sequence[Box], guessed: bool) -> Box:
    raw = "\n".join(box.raw for box in boxes)
    cell = Cell("\n".join(box.cell.text for box in boxes), boxes[0].cell.place)
    return Box(
        "、".join(box.text for box in boxes) if guessed else unblanked(raw.replace("\n", " ")), raw, cell, guessed
    )
