"""Tables with a column for each unit and a mark in it (★ leads, ● takes part): turned into one column for each role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.model import Block, Cell, Doubt, Role
from knowledge.parsing.columns import column_of, heads_among
from knowledge.parsing.lines import Box, Line, tables_in
from knowledge.parsing.names import fold, is_unit, read_names

_SIGNS = "★☆▲△●○◎◆◇■□√✓✔⊙◉※"
_SIGN = re.compile(rf"[{_SIGNS}]")
_LEGEND = re.compile(
    rf"[“\"]?(?P<sign>[{_SIGNS}])[”\"]?(?:号|标记|标识)?(?:的|者)?(?:单位|部门)?\s*(?:为|表示|代表|是|指|[:：—-]+)\s*(?:该项)?(?P<role>牵头|主责|主办|责任|落实|承办|负责|配合|协办|协同|参与)"
)
_WORDS: Mapping[str, Role] = {
    **dict.fromkeys(("牵头", "主责", "主办", "主", "牵"), Role.LEAD),
    **dict.fromkeys(("责任", "落实", "承办", "负责", "责"), Role.RESPONSIBLE),
    **dict.fromkeys(("配合", "协办", "协同", "参与", "协", "配", "参"), Role.COOPERATING),
}
_HEADS: Mapping[Role, str] = {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.COOPERATING: "配合单位"}
_LEAST = 3


def by_roles(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each such table as one that has a column for each role."""
    out: list[Line] = []
    for _, rows in tables_in(lines):
        at = _units_header(rows)
        out += rows if at is None else _turned(rows, at, _legend(lines))
    return out


def _units_header(rows: Sequence[Line]) -> int | None:
    """Which row is headed by several units beside a head that is known."""
    heads = heads_among({box.text for row in rows for box in row.boxes})
    told = (at for at, row in enumerate(rows) if any([box.text in heads for box in row.boxes]))
    return next((at for at in told if len(_units_at(rows[at])) >= _LEAST), None)


def _legend(lines: Sequence[Line]) -> dict[str, Role]:
    """What a document says its marks mean (★为牵头单位)."""
    return {m["sign"]: _WORDS[m["role"]] for line in lines for m in _LEGEND.finditer(line.text)}


def labelled_cells(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the units of tables that say in a cell of its own which part they have (牵头 | 甲局) behind that word."""
    out: list[Line] = []
    for table, rows in tables_in(lines):
        at = _role_column(rows) if table and len(rows) > _LEAST else None
        out += rows if at is None else [_with_role(row, at) for row in rows]
    return out


def _role_column(rows: Sequence[Line]) -> int | None:
    """The column whose cells below the heads are nothing but words for roles, with names on its right."""
    width = len(rows[0].boxes)
    first = [at for at, box in enumerate(rows[1].boxes[:-1]) if fold(box.text) in _WORDS]
    if not first or any(len(row.boxes) != width for row in rows):
        return None
    for at in first:
        cells = [fold(row.boxes[at].text) for row in rows[1:] if row.boxes[at].text]
        told = [word in _WORDS and len(word) > 1 for word in cells]
        beside = [row.boxes[at + 1].text for row in rows[1:] if fold(row.boxes[at].text) in _WORDS]
        named = all(text and all(map(is_unit, read_names(text).units)) for text in beside)
        if named and len(told) >= _LEAST - 1 and sum(told) >= len(told) - 1 and len(set(cells)) > 1:
            return at
    return None


def _with_role(row: Line, at: int) -> Line:
    role, units = row.boxes[at], row.boxes[at + 1]
    if fold(role.text) in _WORDS and units.text:
        units = replace(units, text=f"{fold(role.text)}：{units.text}", raw=f"{fold(role.text)}：{units.raw}")
    boxes = (*row.boxes[:at], units, *row.boxes[at + 2 :])
    return replace(row, boxes=boxes, text="\t".join(dict.fromkeys(box.text for box in boxes if box.text)))


def _units_at(row: Line) -> list[int]:
    """The columns of a header row that are headed by one unit each."""
    if len(row.boxes) <= _LEAST:
        return []
    others = [at for at, box in enumerate(row.boxes) if box.text and column_of(box.text) is None]
    named = [at for at in others if is_unit(fold(row.boxes[at].text))]
    if not any(is_unit(fold(row.boxes[at].text), strict=True) for at in named):
        return []
    return [at for at in named if len(read_names(row.boxes[at].text).units) == 1]


def _turned(rows: Sequence[Line], at: int, legend: Mapping[str, Role]) -> list[Line]:
    header, below = rows[at], rows[at + 1 :]
    units = _units_at(header)
    cells = [_mark(row, i) for row in below for i in units if len(row.boxes) == len(header.boxes)]
    if not any(cells) or any(cell is None for cell in cells):
        return list(rows)
    meaning, sure = _meaning(below, units, legend)
    roles = sorted({*meaning.values()}, key=list(Role).index)
    made = [replace(header, boxes=(*_others(header, units), *(_box(_HEADS[role], header) for role in roles)))]
    for row in below:
        if len(row.boxes) != len(header.boxes):
            made.append(row)
            continue
        names = {
            role: [header.boxes[i].text for i in units if meaning.get(_mark(row, i) or "") is role] for role in roles
        }
        boxes = (*_others(row, units), *(_box("、".join(names[role]), row) for role in roles))
        made.append(replace(row, boxes=boxes, block=row.block if sure else _doubted(row, names)))
    return [*rows[: at - 1 if at and _is_over(rows[at - 1], header, units) else at], *made]


def _is_over(above: Line, header: Line, units: Sequence[int]) -> bool:
    """Whether the row above only groups the units (责任单位 over all their names)."""
    same = [
        above.boxes[i].text == box.text for i, box in enumerate(header.boxes) if i not in units and i < len(above.boxes)
    ]
    return len(above.boxes) == len(header.boxes) and bool(same) and all(same)


def _others(row: Line, units: Sequence[int]) -> Iterable[Box]:
    return (box for i, box in enumerate(row.boxes) if i not in units)


def _mark(row: Line, at: int) -> str | None:
    """The mark of a unit's cell, empty for a blank one, None where something else stands there."""
    text = fold(row.boxes[at].text)
    return text if not text or text in _WORDS or _SIGN.fullmatch(text) else "" if text in "-—/" else None


def _meaning(rows: Sequence[Line], units: Sequence[int], legend: Mapping[str, Role]) -> tuple[dict[str, Role], bool]:
    """What each mark means, and whether words or a legend say so."""
    whole = [row for row in rows if len(row.boxes) > max(units)]
    marks = [Counter(mark for i in units if (mark := _mark(row, i))) for row in whole]
    used = dict.fromkeys(mark for counted in marks for mark in counted)
    known = {mark: role for mark in used if (role := _WORDS.get(mark) or legend.get(mark))}
    left = [mark for mark in used if mark not in known]
    if not left:
        return known, True
    alone = [mark for mark in left if len(used) > 1 and all(counted[mark] == 1 for counted in marks if counted)]
    rest = Role.COOPERATING if alone or Role.LEAD in known.values() else Role.RESPONSIBLE
    return known | {mark: Role.LEAD if alone[:1] == [mark] else rest for mark in left}, False


def _box(text: str, row: Line) -> Box:
    return Box(text, text, Cell(text, row.place))


def _doubted(row: Line, names: Mapping[Role, Sequence[str]]) -> Block:
    read = "；".join(f"{_HEADS[role]}{'、'.join(units)}" for role, units in names.items() if units)
    said = f"表中用记号表示分工，没有说明记号的意思，按“{read}”登记，请核对。"
    doubt = Doubt("column-role", said, row.place, "记号", read)
    return replace(row.block, doubts=(*row.block.doubts, doubt))
