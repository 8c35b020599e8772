"""Which rows of a table are its header, and which columns they name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from knowledge.model import Place, Role
from knowledge.parsing.columns import STAGE, Column, Holds, Layout, column_of, heads_among, names_a_role, stage_of
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.names import fold, is_unit
from knowledge.parsing.neighbours import seen_together
from knowledge.parsing.words import BARE_LABELS, ROLE_STEMS, WHO

_STAGE_SIGNS = frozenset("季年月段Qq")  # one of them stands in every head that is a time
_WIDE, _PLAIN = 4, 7  # columns and characters of a row that is plainly a header
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HEAD_LENGTH = 14
_MOST_LEVELS = 3
_SHORT = 4  # characters of half a head
_UNDER_UNITS = re.compile(r"责任|分工|单位|部门|主体|科室|处室|体系|机构|股室|站所|落实")
_UNDER_TIMES = re.compile(r"时[间限点]|节点|期限|工期|进度|日期|周期")
_WATCHING = re.compile(
    r"(?:督导|督办|督查|验收|销号|考核|核验)(?:责任)?(?:单位|部门|机构|主体)$"
)  # 督导单位 below 责任落实
_LEVELS = re.compile(
    r"(?:省|州|市|县|区|旗|盟|镇|乡|街道|村|社区|基层|园区)(?:级|直|属|本级|级层面|层面)?(?:部门|单位)?|[市县区旗]?直?[、和]?(?:县市区|县区|乡镇|镇街|街镇)"
)


def is_header(boxes: Sequence[Box]) -> bool:
    """Whether a row is a header: mostly heads, and a number, unit or deadline column among them."""
    filled = {box.text for box in boxes if box.text}
    others, heads = len(filled) // 3, list[Column]()
    for text in filled:
        column = column_of(text)
        if column is not None:
            heads.append(column)
        elif not names_a_role(text) and (others := others - 1) < 0:  # more than a third are no heads
            brief = max(map(len, filled)) <= _HEAD_LENGTH
            return _is_staged(filled) or (brief and (_is_plainly_one(filled) or _names_roles(filled)))
    telling = {c.holds for c in heads} & {Holds.NUMBER, Holds.UNITS, Holds.DEADLINE}
    return len(heads) >= 2 and bool(telling)


def _is_staged(filled: Collection[str]) -> bool:
    """Whether these are heads some of which are times (一季度 … 四季度); a time by itself may stand in any row."""
    if len([text for text in filled if not _STAGE_SIGNS.isdisjoint(text)]) < 2:
        return False
    rest = [text for text in filled if not STAGE.fullmatch(fold(text))]
    if len(filled) - len(rest) < 2:
        return False
    heads = [column for text in rest if (column := column_of(text) or _party(text)) is not None]
    told = {column.holds for column in heads}
    telling = told & {Holds.NUMBER, Holds.UNITS, Holds.DEADLINE}
    return (
        len(heads) >= 2 and len(heads) * 2 >= len(rest) and bool(telling) and not told <= {Holds.START, Holds.DEADLINE}
    )


def _names_roles(filled: Collection[str]) -> bool:
    """Whether two cells are heads of units in a role (牵头单位, 清障责任单位), and the others short words and no units themselves."""
    roles = [text for text in filled if (column := column_of(text)) is not None and column.role is not None]
    rest = [text for text in filled if text not in roles]
    return len(roles) >= 2 and all(len(text) <= _HEAD_LENGTH and _is_word(text) for text in rest)


def _is_word(text: str) -> bool:
    """Whether a cell can be a head that nobody knows: a word without stops, neither a number nor a unit."""
    plain = fold(text)
    if plain.isdecimal() or re.search(r"[，。；、：:]", plain):
        return False
    return not is_unit(plain, strict=True) or plain.endswith(WHO)


def _party(text: str) -> Column | None:
    return Column(Holds.UNITS, text, unsure=True) if names_a_role(text) else None


def _is_plainly_one(filled: Collection[str]) -> bool:
    """Whether these are short words without figures or stops, some known as heads, and two say what the work is and whose.

    No row of a table's body reads so, whatever the other words mean (网格号, 网格范围, 网格任务, 责任村, 护林员, 防火期).
    """
    if len(filled) < _WIDE or any(len(text) > _PLAIN or not _HAN.fullmatch(text) for text in filled):
        return False
    known = [column for text in filled if (column := column_of(text)) is not None]
    told = {column.holds for column in known}
    return len(known) * 5 >= len(filled) * 2 and {Holds.TEXT, Holds.UNITS} <= told


def is_second_header(boxes: Sequence[Box], above: Line | None = None) -> bool:
    """Whether a row below a header refines it (责任分工 over 牵头单位 and 配合单位).

    It does where cells of the header row `above` reach down into it, whatever words stand beside them.
    """
    if above is not None and reaches_down(boxes, above):
        return True
    new = [box.text for box in boxes if box.text and not box.merged]
    heads = [column_of(text) for text in new if not STAGE.fullmatch(fold(text))]
    return len(new) >= 2 and all(head is not None and head.holds is not Holds.NUMBER for head in heads)


def reaches_down(boxes: Sequence[Box], above: Line) -> bool:
    """Whether a cell of `above` is merged with the one below it, and what stands beside it is short."""
    froms = [box.cell.merged_from for box in boxes if box.cell.merged_from]
    reaching = [place for place in froms if _row_of(place) == _row_of(above.place)]
    new = [box.text for box in boxes if box.text and not box.merged]
    return bool(reaching) and bool(new) and all(len(text) <= _HEAD_LENGTH for text in new)


def _row_of(place: Place) -> tuple[int | None, ...]:
    return place.table, place.row, place.line


def header_rows(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the rows that are headers. Hardly any row of a body has the two heads without which none is one, and
    what it says is asked once for each different text."""
    texts = {box.text for line in lines for box in line.boxes}
    heads = heads_among(texts)
    heads |= {text for text in texts if names_a_role(text)}
    told = [line for line in lines if len([box for box in line.boxes if box.text in heads]) > 1]
    return frozenset(line.index for line in told if is_header(line.boxes))


def opens_header(rows: Sequence[Line], headers: AbstractSet[int]) -> bool:
    """Whether the first of `rows` is one of the `headers`, or is the upper part of the one below it, into which its cells reach."""
    if rows[0].index in headers:
        return True
    return len(rows) > 1 and rows[1].index in headers and reaches_down(rows[1].boxes, rows[0])


def headers_of(rows: Sequence[Line]) -> tuple[Line, ...]:
    """The first of `rows`, which is a header, with the rows below that refine it."""
    found = list(rows[:1])
    for row in rows[1:_MOST_LEVELS]:
        if not is_second_header(row.boxes, found[-1]) and not is_torn(found[-1], row):
            break
        found.append(row)
    return tuple(found)


def is_torn(header: Line, below: Line) -> bool:
    """Whether the two rows are the halves of one (牵头 over 单位, 序 over 号): no cell spans, and together they are heads."""
    boxes = (*header.boxes, *below.boxes)
    if len(header.boxes) != len(below.boxes) or any(box.merged or not 0 < len(box.text) <= _SHORT for box in boxes):
        return False
    pairs = [(top.text, low.text) for top, low in zip(header.boxes, below.boxes, strict=True)]
    if any(char.isdecimal() for _, low in pairs for char in low):  # a short row of the body: no head has figures
        return False
    return all(column_of(top + low) is not None for top, low in pairs)


def layout_of(header: Line, *below: Line) -> Layout:
    """The columns named by a header row, refined by those below it."""
    columns: list[Column] = []
    if below and is_torn(header, below[0]):
        whole = [replace(top, text=top.text + low.text) for top, low in zip(header.boxes, below[0].boxes, strict=True)]
        return layout_of(replace(header, boxes=tuple(whole)), *below[1:])
    for at, box in enumerate(header.boxes):
        column = (
            stage_of(box.text)
            or column_of(box.text)
            or Column(Holds.CATEGORY if box.text or _spanned(columns) else Holds.NOTE, box.text)
        )
        over = box.text
        for row in below:
            under = row.boxes[at].text if at < len(row.boxes) else ""
            if under and under != over:
                column, over = _finer(under, over, column), under
        columns.append(column)
    while columns and not columns[-1].head:
        columns.pop()
    return Layout(seen_together(columns))


def _spanned(before: Sequence[Column]) -> bool:
    """Whether an empty head belongs to a wider one on its left, as merged heads look in flattened text."""
    return bool(before) and before[-1].holds in (Holds.CATEGORY, Holds.TEXT)


def _finer(head: str, over: str, column: Column) -> Column:
    """The column of `head` in the second row of a header, below `over`, which was read as `column`."""
    plain = fold(head).strip("：:*")
    units = column.holds is Holds.UNITS or bool(_UNDER_UNITS.search(over))
    found = stage_of(head) or column_of(head)
    if plain in ("起", "止") and _UNDER_TIMES.search(over):
        return Column(Holds.START if plain == "起" else Holds.DEADLINE, plain)
    if units and (role := BARE_LABELS.get(plain) or ROLE_STEMS.get(plain)):
        return Column(Holds.UNITS, plain, role)
    if units and _LEVELS.fullmatch(plain):
        return Column(Holds.UNITS, plain, column.role or Role.RESPONSIBLE)
    if found is not None:
        return found
    if _WATCHING.match(plain):
        return Column(Holds.NOTE, plain)
    if column.holds is Holds.UNITS:
        return Column(Holds.UNITS, plain, column.role, unsure=True)
    if units:
        answer = "责任" in over and names_a_role(plain)  # 监管部门 below 责任体系 answers too
        return Column(Holds.UNITS if answer else Holds.CATEGORY, plain, Role.RESPONSIBLE if answer else None, answer)
    return replace(column, head=plain) if _UNDER_TIMES.search(over) and column.holds is Holds.DEADLINE else column
