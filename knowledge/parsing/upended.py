"""Tables whose cells stand on lines of their own, all of them or those of some rows: turned into rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Cell
from knowledge.parsing.cells import content_of_line, fits, in_rows, is_section, row_made, row_of, whole
from knowledge.parsing.columns import Holds, column_of, stage_of
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.heads import is_header, layout_of
from knowledge.parsing.label_lines import addressed, is_label_line
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.names import is_unit
from knowledge.parsing.phrases import Content, is_nothing, is_number
from knowledge.parsing.words import BARE_LABELS

BARS = re.compile(r"\s*[|｜│┃]\s*")
_FEWEST_HEADS, _MOST_HEADS = 3, 16
_PAIR, _TORN = 2, 5  # a head broken in two, and how long it may be
_MOST_APART = 12  # lines that are no cells in the midst of a table
_CONTACT = re.compile(r"[^，。]{0,6}(?:联系|电话|邮箱|传真)[^，。]{0,8}[:：]")
_WHOLE_DAY = re.compile(r"20\d\d[.．/-]\d{1,2}(?:[.．/-]\d{1,2})?")  # by when, though pages print theirs so too
_AFTER = re.compile(r"(?:注|备注|说明|附件|附注)\s*[:：]")


def upended(lines: Sequence[Line]) -> list[Line]:
    """`lines` with cells one below the other as rows: below heads that stand so too, and behind a row of a table where
    they are what its header asks for."""
    out: list[Line] = []
    loose: set[int] = set()  # the headers below which any lines are cells
    table = _Table()
    at = 0
    while at < len(lines):
        if lines[at].boxes:
            out.append(lines[at])
            at += 1
            continue
        header, taken, across = _header(lines[at : at + 16])
        if header is not None:
            out.append(header)
            loose.add(header.index)
        above = header or table.header(out, _may_open(lines, at))
        rows, more = _rows(lines[at + taken :], above, across, above.index in loose) if above else ([], 0)
        at += taken + more
        if above is not None and not (at < len(lines) and lines[at].boxes):
            loose.discard(above.index)  # the table ends here
        out += rows
        if not taken + more:
            out.append(lines[at])
            at += 1
    return out


def _may_open(lines: Sequence[Line], at: int) -> bool:
    """Whether a row can begin here: a number stands here, or a deadline above."""
    return is_number(lines[at].text) or (at > 0 and content_of_line(lines[at - 1]) is Content.DEADLINE)


@dataclass(slots=True)
class _Table:
    """The table that is being read: its header, and how many lines since are neither rows nor headings."""

    found: Line | None = None
    apart: int = 0
    seen: int = 0

    def header(self, lines: Sequence[Line], opens: bool) -> Line | None:
        """The header of the table that ends with the last of `lines`, or a little above where a row can begin."""
        for line in lines[self.seen :]:
            if line.boxes and not line.place.sheet and is_header(line.boxes):
                self.found, self.apart = line, 0
            elif not (line.boxes or is_section(line.text)):
                self.apart += 1
        self.seen = len(lines)
        behind = bool(lines) and bool(lines[-1].boxes)
        return self.found if self.apart <= (_MOST_APART if opens else 0) and (behind or opens) else None


def _header(lines: Sequence[Line]) -> tuple[Line | None, int, bool]:
    """The header with which `lines` begin, over how many of them it goes, and whether it stands across one line."""
    if heads := _heads(lines):
        told = [line for line, _ in heads]
        return row_of([(_head(line), line) for line in _refined(told)]), sum(taken for _, taken in heads), False
    across = _heads_across(lines[:3])
    return across, int(across is not None), across is not None


_OVER_ROLES = re.compile(r"(?:承办|责任|落实|办理)(?:单位|部门|主体)|\S{0,2}(?:分工|责任落实)")
_OVER_STAGES = re.compile(r"\S{0,8}(?:进度|目标|计划|安排|节点|任务)")


def _refined(heads: Sequence[Line]) -> list[Line]:
    """The heads of two rows in one: those that only refine another one (承办单位 … 主办, 协办; 年度进度 … 一季度, 二季度) in its place."""
    for wanted, over in ((_is_bare_role, _OVER_ROLES), (_is_stage, _OVER_STAGES)):
        below = _while(heads[::-1], wanted)[::-1]
        upper = heads[: len(heads) - len(below)]
        wide = [at for at, line in enumerate(upper) if over.fullmatch(_head(line))]
        if len(below) > 1 and len(wide) == 1 and wide[0] + 1 < len(upper):
            return [*upper[: wide[0]], *below, *upper[wide[0] + 1 :]]
    return list(heads)


def _is_bare_role(line: Line) -> bool:
    return _head(line) in BARE_LABELS


def _is_stage(line: Line) -> bool:
    return stage_of(_head(line)) is not None


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
        cells = _while(
            lines[at:],
            lambda line: (
                _is_cell(line) and _barred(line, len(header.boxes)) is None and (loose or not is_label_line(line.text))
            ),  # behind a table, what says so itself is no cell of it
        )
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
    cells = whole(
        [cell for line in lines for cell in (_number_apart(line) if across or _NUMBERED.match(line.raw) else [line])]
    )
    body = _without_signature(_same_table(cells), width)
    made = [_headed_again(row_made(row, layout), header) for row in in_rows(body, layout)]
    return made, len(lines) - (len(cells) - len(body))


def _headed_again(row: Line, header: Line) -> Line:
    """A row that repeats the heads on a new page, of which some were lost there, with all of them."""
    told = [box.text for box in row.boxes if box.text]
    heads = iter([box.text for box in header.boxes])
    if len(told) < max(_FEWEST_HEADS, len(header.boxes) - 2) or not all(text in heads for text in told):
        return row
    return replace(row, boxes=header.boxes, text=header.text, raw=header.raw)


def _fitting(lines: Sequence[Line], header: Line) -> tuple[list[Line], int]:
    """The first rows of cells that are all what the columns of `header` hold, and how many lines these are."""
    layout = layout_of(header)
    rows = in_rows(whole(lines), layout)
    made = [row_made(row, layout) for row in rows]
    end = next((at for at, row in enumerate(made) if not (fits(row, layout) or is_section(row.text))), len(made))
    while end and not fits(made[end - 1], layout):  # a heading belongs to the rows below it
        end -= 1
    if end == len(rows):
        return made, len(lines)
    return made[:end], next(at for at, line in enumerate(lines) if line.index == rows[end][0].index)


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


# The number of a row and, well apart from it, the first words of its next cell.
_NUMBERED = re.compile(r"\d{1,3}(?:[ \u3000]{2,}|\t)(?=[^\W\d])")


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


def _is_cell(line: Line) -> bool:
    """Whether a line can be a cell of an upright table: neither a row already nor what stands around a table."""
    if line.boxes or _AFTER.match(line.text) or _CONTACT.match(line.text) or addressed(line.text):
        return False
    told = is_number(line.text) or is_nothing(line.text) or _WHOLE_DAY.fullmatch(line.text)
    return bool(told) or not is_furniture(line.text)


def _heads(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """The heads of an upright table with which `lines` begin, each with how many lines it takes; none when they are nothing of the kind."""
    if _is_title(lines[:2]):
        return []
    run: list[tuple[Line, int]] = []
    at = 0
    while at < min(len(lines), _MOST_HEADS) and (found := _whole_head(lines[at : at + 2])) is not None:
        run.append(found)
        at += found[1]
    boxes = [Box(_head(line), line.raw, Cell(_head(line), line.place)) for line, _ in run]
    return run if len(run) >= _FEWEST_HEADS and is_header(boxes) else []


def _whole_head(lines: Sequence[Line]) -> tuple[Line, int] | None:
    """The head with which `lines` begin, whole again where it was broken over both (序⏎号), and how many of them it takes."""
    if lines[0].boxes:
        return None
    if _is_stage(lines[0]):
        return lines[0], 1
    if (whole := _torn(lines)) is not None:
        return replace(lines[0], text=whole, raw=whole), _PAIR
    return None if column_of(_head(lines[0])) is None or is_section(lines[0].text) else (lines[0], 1)


def _torn(lines: Sequence[Line]) -> str | None:
    """The words of one head that was broken over two lines; two that are heads by themselves (牵头, 配合) are none."""
    parts = [_head(line) for line in lines]
    if len(parts) < _PAIR or lines[1].boxes or len("".join(parts)) > _TORN or is_number(lines[1].text):
        return None
    whole = column_of("".join(parts))
    if whole is None:
        return None
    alone = [column for column in map(column_of, parts) if column is not None]
    if len(alone) == _PAIR or (alone and column_of(parts[0]) is None):
        same = all(column.holds is whole.holds for column in alone)
        return "".join(parts) if same and whole.holds is Holds.DEADLINE else None
    return "".join(parts)


def _head(line: Line) -> str:
    """The words of a line that may be a head: without the blanks that a paste left in them (牵头 单位)."""
    return line.text.replace(" ", "") if column_of(line.text) is None else line.text


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
