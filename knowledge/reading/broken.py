"""Rows of a tab table whose cells were broken over lines, as a table copied out of Word is: one row again.

The parts of a cell keep a line break between them. Only rows that come out exactly as wide as the header are joined;
rows that merged cells left too short stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.reading.lines import EDGES, Line
from knowledge.reading.openings import begins_label, in_bracket, numbered

_HEADS = re.compile(
    r"序号|编号|项次|名称|工作|分类|类别|项目|事项|任务|内容|要求|措施|目标|问题|单位|部门|领导|责任|牵头|配合|协办|时限|时间|期限|进度|备注|指标|领域"
)
_LONGEST_HEAD = 14
_DEEPEST = 4
_NUMBER = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、]?")
_UNIT_HEAD = re.compile(r"单位|部门|牵头|责任|配合|协办")
_UNIT_END = re.compile(
    r"(?:局|委|办|室|府|会|院|中心|公司|队|所|站|行|社|部|厅|处|科|团|联|校|厂|区|县|市|镇|乡|街道|单位|门)$"
)
_DATE_PART = re.compile(r"[\d年月日上中下旬底初末前后内至到全工作完成长期持续推进坚季度半每—、，；;.\s-]{1,14}")
_DATED = re.compile(r"\d|年|月|日|全|长|持|每")
_DATE_END = re.compile(r"(?:前|底|内|完成|工作|推进|坚持|日|持续|长期)$")
_NAMES = re.compile(r"[、，,；;\s]+")


def mended(lines: Sequence[Line]) -> list[Line]:
    """`lines` with broken rows joined under the number of their first line, in tables whose rows add up."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        first, tab, _ = lines[at][1].partition("\t")
        if not (tab and _HEADS.search(first) and (depth := _header(lines, at))):
            out.append(lines[at])
            at += 1
            continue
        head = _one(lines[at : at + depth])
        end = _end(lines, at + depth)
        out += [head, *_mended(lines[at + depth : end], head[1].split("\t"))]
        at = end
    return out


def _one(row: Sequence[Line]) -> Line:
    """The lines of a row as one, with its breaks inside its cells."""
    return row[0][0], "\n".join(text.strip(" \r") for _, text in row) if len(row) > 1 else row[0][1]


def _header(lines: Sequence[Line], at: int) -> int:
    """Over how many lines the header that begins at `at` goes, 0 where none does: heads may be broken too."""
    for depth in range(1, min(_DEEPEST, len(lines) - at - 1) + 1):
        part = lines[at : at + depth]
        if not part[-1][1].strip(EDGES) or (depth > 1 and _is_numbered(part[-1][1])):
            break
        head = _one(part)[1]
        if not _is_header(head):
            continue
        below = lines[at + depth : _end(lines, at + depth)]
        if _is_sound(list(_rows(below, head.count("\t"))), head.count("\t")):
            return depth
    return int(_is_header(lines[at][1]))


def _is_sound(rows: Sequence[Sequence[Line]], wanted: int) -> bool:
    """Whether nearly all rows of a table have exactly the cells of its header."""
    return bool(rows) and sum(_tabs(row) == wanted for row in rows) * 4 >= len(rows) * 3


def _is_header(text: str) -> bool:
    """Whether three or more short cells stand here, at least two of them worded as column heads."""
    if text.count("\t") < 2:
        return False
    cells = [re.sub(r"\s", "", cell) for cell in text.split("\t")]
    filled = [cell for cell in cells if cell]
    return (
        len(filled) > 2
        and all(len(cell) <= _LONGEST_HEAD for cell in filled)
        and sum(_HEADS.search(cell) is not None for cell in filled) >= 2
        and not filled[0].isdigit()
    )


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the table that begins at `start` ends: at a blank line or the next header."""
    for at in range(start, len(lines)):
        if not lines[at][1].strip(EDGES) or _is_header(lines[at][1]):
            return at
    return len(lines)


def _mended(lines: Sequence[Line], heads: Sequence[str]) -> Iterator[Line]:
    rows = list(_rows(lines, len(heads) - 1))
    sound = _is_sound(rows, len(heads) - 1)
    for row in rows:
        end = _reach(row, heads) if sound else 1
        yield _one(row[:end])
        yield from row[end:]


def _reach(row: Sequence[Line], heads: Sequence[str]) -> int:
    """How many of the lines from one number to the next are one row; what stands behind them is something else."""
    for end in range(len(row), 1, -1):
        if _tabs(row[:end]) == len(heads) - 1 and _hangs_together(row[:end], heads):
            return end
    return 1


def _rows(lines: Iterable[Line], wanted: int) -> Iterator[list[Line]]:
    """The lines from one number cell to the next; what follows a whole row and does not go on in it stands alone."""
    row: list[Line] = []
    for line in lines:
        if row and (_is_numbered(line[1]) or _opens(line[1]) or ("\t" in line[1] and _tabs(row) >= wanted)):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _tabs(row: Iterable[Line]) -> int:
    return sum(text.count("\t") for _, text in row)


def _is_numbered(text: str) -> bool:
    """Whether a line begins with a number cell."""
    first, tab, _ = text.partition("\t")
    return bool(tab) and _NUMBER.fullmatch(first.strip(EDGES)) is not None


_PAGE = re.compile(r"[-—–_·]+\s*\d{1,4}\s*[-—–_·]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")


def _opens(text: str) -> bool:
    """Whether a line without cells opens something else: a section, a label, a note; or is the number of a page."""
    body = text.strip(EDGES)
    if _PAGE.fullmatch(body):
        return True
    return "\t" not in text and (numbered(body) or begins_label(body))


def _hangs_together(row: Sequence[Line], heads: Sequence[str]) -> bool:
    """Whether a row that adds up is one row: numbered, or plainly torn at each break; lines behind its end fit it."""
    done = 0
    for at, (_, text) in enumerate(row[:-1]):
        done += text.count("\t")
        rest = row[at + 1][1]
        cell, start = text.rpartition("\t")[2].strip(EDGES), rest.partition("\t")[0].strip(EDGES)
        last = done == len(heads) - 1
        if (last or not _is_numbered(row[0][1])) and not _goes_on(cell, start, heads[min(done, len(heads) - 1)]):
            return False
        if not last and _DATE_END.search(cell) and _DATED.match(cell) and len(start) > 8:
            return False
        if not last and numbered(start) and not start.startswith(("（", "(")):
            return False
    return True


def _goes_on(cell: str, rest: str, head: str) -> bool:
    """Whether `rest` goes on in the middle of `cell`: a list, a bracket, a date or a unit's name is not finished."""
    if not cell or not rest:
        return False
    if in_bracket(cell) or cell.endswith(("、", "，", ",", "；", ";", "及", "和", "与")) or rest[0] in "，。、；）)":
        return True
    if _DATE_PART.fullmatch(rest) and _DATED.match(cell) and (not _DATE_END.search(cell) or cell.endswith("日")):
        return True
    if _UNIT_HEAD.search(head):
        return all(_UNIT_END.search(name.rstrip("。")) for name in _NAMES.split(rest) if name) and len(rest) <= 60
    return False
