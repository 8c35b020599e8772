"""Which rows of a table are its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from knowledge.parsing.columns import STAGE, Column, Holds, column_of, is_torn, names_a_role
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.names import fold, is_unit
from knowledge.parsing.words import WHO

_STAGE_SIGNS = frozenset("季年月段")  # one of them stands in every head that is a time
_WIDE, _PLAIN = 4, 7  # columns and characters of a row that is plainly a header
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HEAD_LENGTH = 14
_MOST_LEVELS = 3


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
    new = [column_of(box.text) for box in boxes if box.text and not box.merged]
    heads = [c for c in new if c is not None]
    return len(heads) >= 2 and len(heads) == len(new) and not any(c.holds is Holds.NUMBER for c in heads)


def reaches_down(boxes: Sequence[Box], above: Line) -> bool:
    """Whether a cell of `above` is merged with the one below it, and what stands beside it is short."""
    at = above.place.row
    froms = [box.cell.merged_from for box in boxes if box.cell.merged_from]
    reaching = [place for place in froms if at is not None and place.row == at and place.table == above.place.table]
    new = [box.text for box in boxes if box.text and not box.merged]
    return bool(reaching) and bool(new) and all(len(text) <= _HEAD_LENGTH for text in new)


def header_rows(lines: Iterable[Line]) -> frozenset[int]:
    """The indices of the rows that are headers."""
    return frozenset(line.index for line in lines if line.boxes and is_header(line.boxes))


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
