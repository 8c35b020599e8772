"""Tables without ruled lines: the rows and cells of printed lines that stand in columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from knowledge.reading.gaps import Columns
from knowledge.reading.joining import cell_text, is_full
from knowledge.reading.leaf import TextLine, joined_words
from knowledge.reading.panel import Pane, Panel
from knowledge.reading.stages import Staged, staged

_LAST_COUNTING = 4
_CODE = re.compile(r"[A-Za-z甲乙丙丁戊己庚辛壬癸]?-?\d{1,3}(?:[-.]\d{1,3})?")
_NUMBER = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、]?")
_JUMP = 0.35  # type sizes: by so much more white stands between two rows than between lines of a cell
_WIDEST = 1.4  # type sizes: lines of one cell do not stand further apart
_TOPPED = 0.6  # as many of the columns have something beside a number at the top of a row
_ROOM = 0.8  # of the type size that a cell keeps from the next column

Cells = dict[int, list[TextLine]]
"""Column, from 0 → the printed lines in it."""
Limits = Sequence[tuple[float, float]]
Parting = Callable[[TextLine, TextLine, Cells, Cells], bool]
"""(line above, line, the cells of the row so far, the cells of the line) → whether a new row begins."""


def loose_parts(columns: Columns, lines: Sequence[TextLine], head: Sequence[str] = ()) -> list[Panel | TextLine]:
    """The tables that these lines of a page make up, and the headings between them: one begins at every repeated head.

    `head` is the head of the table on the page before: a line that repeats it is a row by itself.
    """
    run = lines[columns.first : columns.last]
    if parted := staged(columns, run, _rows):
        return [_staged_panel(columns, parted)]
    limits = _limits(columns, run)
    again = len(run) > 1 and [joined_words(part) for part in run[0].parts()] == [text for text in head if text]
    rows = [run[:1], *_rows(columns, run[1:])] if again else _rows(columns, run)
    cells = [_panes(1, row, columns, limits) for row in rows]
    texts = [tuple(pane.text for pane in row) for row in cells]
    starts = [at for at, row in enumerate(texts) if at == 0 or row == texts[0]]
    out: list[Panel | TextLine] = []
    for start, end in pairwise([*starts, len(rows)]):
        heading = end < len(rows) and not any(texts[end - 1][1:])
        last = end - 1 if heading and end - 1 > start else end
        out.append(_panel(rows[start:last], cells[start:last], columns))
        out += [line for row in rows[last:end] for line in row]
    return out


def _panel(rows: Sequence[Sequence[TextLine]], cells: Sequence[Sequence[Pane]], columns: Columns) -> Panel:
    panes = [replace(pane, row=number) for number, row in enumerate(cells, 1) for pane in row]
    lines = [line for row in rows for line in row]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return Panel(
        lines[0].page, columns.edges, top, bottom, len(rows), tuple(_merged(panes)), ruled=False, tight=columns.tight
    )


def _staged_panel(columns: Columns, table: Staged) -> Panel:
    """A table whose first column tells the stages: each of its cells goes down beside its rows."""
    limits = _limits(table.columns, [line for row in table.rows for line in row])
    cells = [_panes(1, row, table.columns, limits) for row in table.rows]
    panes = [replace(pane, row=n, column=pane.column + 1) for n, row in enumerate(cells, 1) for pane in row]
    first = [(0, 1, table.head), *((stage.first, stage.last, stage.lines) for stage in table.stages)]
    for start, end, own in first:
        text = cell_text(own, columns.edges[0], columns.edges[1], 0.0)
        panes.append(Pane(start + 1, 1, end - start, 1, text, own))
    panes.sort(key=lambda pane: (pane.row, pane.column))
    every = [line for pane in panes for line in pane.lines]
    top, bottom = min(line.top for line in every), max(line.bottom for line in every)
    page = every[0].page
    return Panel(page, columns.edges, top, bottom, len(cells), tuple(panes), ruled=False, tight=columns.tight)


def _merged(panes: Sequence[Pane]) -> Iterator[Pane]:
    """The cells with empty ones at the left of a row put to the cell above, where the first column counts the rows."""
    if not is_counted(panes):
        yield from panes
        return
    grown: dict[int, Pane] = {}
    rows = groupby(panes, key=lambda pane: pane.row)
    for number, row in rows:
        empty = number > 1
        for pane in row:
            above = grown.get(pane.column)
            counted = above is not None and (pane.column > 1 or _NUMBER.fullmatch(above.text))
            empty = empty and not pane.text and bool(counted)
            if empty and above is not None:
                grown[pane.column] = replace(above, height=above.height + 1)
                continue
            if pane.column in grown:
                yield grown.pop(pane.column)
            grown[pane.column] = pane
    yield from grown.values()


def _limits(columns: Columns, run: Sequence[TextLine]) -> list[tuple[float, float]]:
    """How far left and right text may go in each column: to where the next one begins."""
    parts = [part for line in run for part in line.parts()]
    own = [[p for p in parts if columns.of(p) == (at, at)] for at in range(len(columns.edges) - 1)]
    left = [min((p[0].x0 for p in some), default=columns.edges[at]) for at, some in enumerate(own)]
    right = [*(x - _ROOM * run[0].size for x in left[1:]), max(part[-1].x1 for part in parts)]
    reach = [max((p[-1].x1 for p in some), default=x) for some, x in zip(own, right, strict=True)]
    return [(x0, max(x1, far)) for x0, x1, far in zip(left, right, reach, strict=True)]


def _rows(columns: Columns, run: Sequence[TextLine]) -> list[Sequence[TextLine]]:
    """The lines in groups, one for each row: by the white between them where it differs, else by what goes on."""
    limits = _limits(columns, run)
    border = _border(run)
    if border is not None:
        rows = _parted(columns, run, limits, lambda above, line, held, cells: _white(above, line) > border)
        if _is_plausible(columns, rows, limits):
            return rows
    if _is_topped(columns, run):
        return _parted(columns, run, limits, lambda above, line, held, cells: _begins(held, cells, limits))
    return _parted(columns, run, limits, lambda above, line, held, cells: _is_new(held, cells, limits))


def _parted(columns: Columns, run: Sequence[TextLine], limits: Limits, is_new: Parting) -> list[Sequence[TextLine]]:
    rows: list[list[TextLine]] = [[run[0]]]
    held = _cells(columns, [run[0]])
    for above, line in pairwise(run):
        cells = _cells(columns, [line])
        if is_new(above, line, held, cells):
            rows.append([])
            held = {}
        rows[-1].append(line)
        for at, own in cells.items():
            held.setdefault(at, []).extend(own)
    return list(rows)


def _white(above: TextLine, line: TextLine) -> float:
    """The white between two lines in type sizes."""
    return (line.top - above.bottom) / max(line.size, 1)


def _border(run: Sequence[TextLine]) -> float | None:
    """The white from which a new row begins; None where it is all alike."""
    whites = sorted(_white(above, line) for above, line in pairwise(run))
    jump, below = max(((b - a, a) for a, b in pairwise(whites)), default=(0.0, 0.0))
    return below + jump / 2 if jump >= _JUMP and below <= _WIDEST else None


def _is_plausible(columns: Columns, rows: Sequence[Sequence[TextLine]], limits: Limits) -> bool:
    """Whether rows hold one number at most, most of their lines go on from the line above, and most rows do not.

    Where each of them holds one, wherever in it, that is enough.
    """
    counted = [sum(_is_numbered(_cells(columns, [line])) for line in row) for row in rows]
    if len(rows) > 2 and set(counted[1:]) == {1} and counted[0] <= 1:
        return True
    going = broken = torn = 0
    held: Cells = {}
    for row in rows:
        torn += bool(held) and not _is_new(held, _cells(columns, row[:1]), limits)
        held = {}
        above = row[0]
        for line in row:
            cells = _cells(columns, [line])
            if 0 in held and _is_numbered(cells):
                return False
            if held and _white(above, line) > 0:
                going += 1
                broken += _is_new(held, cells, limits)
            above = line
            for at, own in cells.items():
                held.setdefault(at, []).extend(own)
    return broken * 2 <= going and torn * 5 <= len(rows)


def _cells(columns: Columns, lines: Sequence[TextLine]) -> Cells:
    out: Cells = {}
    for line in lines:
        for part in line.parts():
            out.setdefault(columns.of(part)[0], []).append(TextLine(part, line.page))
    return out


def _is_new(held: Cells, cells: Cells, limits: Limits) -> bool:
    """Whether a line begins a row: a cell on it is no rest of the one above, or was empty there."""
    for at, (line, *_) in cells.items():
        if at not in held:
            return True
        if not _runs_on(held[at][-1], line, limits[at]):
            return True
    return _is_numbered(cells)


def _is_topped(columns: Columns, run: Sequence[TextLine]) -> bool:
    """Whether numbers in the first column stand at the top of their rows, beside the beginning of nearly every cell."""
    numbered = [cells for line in run if _is_numbered(cells := _cells(columns, [line]))]
    used = {at for line in run for at in _cells(columns, [line])}
    return len(numbered) > 1 and sum(map(len, numbered)) >= _TOPPED * len(numbered) * len(used)


def _is_numbered(cells: Cells) -> bool:
    return 0 in cells and _NUMBER.fullmatch(cells[0][0].text) is not None


def _begins(held: Cells, cells: Cells, limits: Limits) -> bool:
    """Whether a row of a numbered table begins: at a number or heading, or where several cells are no rest of those above."""
    if 0 in cells:
        return True
    fresh = [at for at, (line, *_) in cells.items() if at in held and not _runs_on(held[at][-1], line, limits[at])]
    return len(fresh) > 1 or (bool(fresh) and not _is_numbered(held))


def _runs_on(last: TextLine, line: TextLine, limits: tuple[float, float]) -> bool:
    return is_full(last, line, limits[1] - last.x1)


def _panes(number: int, row: Sequence[TextLine], columns: Columns, limits: Limits) -> list[Pane]:
    spans: dict[int, int] = {}
    cells: dict[int, list[TextLine]] = {}
    for line in row:
        for part in line.parts():
            first, last = columns.of(part)
            cells.setdefault(first, []).append(TextLine(part, line.page))
            spans[first] = max(spans.get(first, first), last)
    panes: list[Pane] = []
    at = 0
    while at < len(limits):
        last = spans.get(at, at)
        own = tuple(cells.get(at, ()))
        if any(other in cells for other in range(at + 1, last + 1)):
            last = at
        text = cell_text(own, limits[at][0], limits[last][1], 0.0)
        panes.append(Pane(number, at + 1, 1, last - at + 1, text, own))
        at = last + 1
    return panes


def is_counted(panes: Sequence[Pane]) -> bool:
    """Whether the first column holds the numbers of the rows."""
    return _counts([pane.text for pane in panes if pane.column == 1 and pane.text], _NUMBER)


def counting_column(panes: Sequence[Pane]) -> int | None:
    """The column, among the first few, that numbers the rows: the first one, or one of codes (甲1, A-2) that all differ."""
    if is_counted(panes):
        return 1
    for column in range(2, _LAST_COUNTING + 1):
        texts = [pane.text for pane in panes if pane.column == column and pane.text]
        if len(texts) > 2 and len(set(texts)) == len(texts) and _counts(texts, _CODE):
            return column
    return None


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number or a code."""
    return _NUMBER.fullmatch(text) is not None or _CODE.fullmatch(text) is not None


def _counts(texts: Sequence[str], number: re.Pattern[str]) -> bool:
    return sum(number.fullmatch(text) is not None for text in texts) * 2 > len(texts)
