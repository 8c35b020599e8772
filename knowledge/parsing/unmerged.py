"""Merged cells of which a file kept only the first: empty cells below a group's name, in a .csv or an unmerged sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.model import Doubt, Role
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.phrases import is_nothing
from knowledge.parsing.sections import CHINESE

Filled = tuple[list[Line], dict[int, tuple[Doubt, ...]]]
"""Rows, and what to doubt in them by their index."""


def filled_down(rows: Sequence[Line], layout: Layout) -> Filled:
    """`rows` with the owner and the time of a group in each of its rows, and a doubt for each that got one.

    Groups show by a category that stands in their first row only, with no merged cell to say so, or by how they are counted.
    A column belongs to the group when every first row has something in it.
    """
    whole = [row for row in rows if len(row.boxes) == len(layout.columns) and _says_what(row, layout)]
    owning, heads = _by_column(whole, layout) or _by_numerals(whole, layout) or ([], {})
    shared = [i for i in owning if all(row.boxes[i].text for row in heads.values())]
    out: list[Line] = []
    told: dict[int, tuple[Doubt, ...]] = {}
    above: Line | None = None
    for row in rows if heads else ():
        if len(row.boxes) == len(layout.columns):
            if above is not None and row.index not in heads and sum(bool(box.text) for box in row.boxes) > 1:
                row, told[row.index] = _taking(row, above, shared)
            above = row
        out.append(row)
    return out or list(rows), told


Groups = tuple[list[int], dict[int, Line]]
"""The columns that a group has in common, and the first row of each group by its index."""


def _by_column(whole: Sequence[Line], layout: Layout) -> Groups | None:
    """Groups that show by what stands in their first row only."""
    at = _grouping(layout)
    if at is None or not whole or not whole[0].boxes[at].text or any(row.boxes[at].merged for row in whole):
        return None
    heads = {row.index: row for row in whole if row.boxes[at].text}
    owning = _owning(layout) if layout.at(at).holds is Holds.CATEGORY else [at]
    return (owning, heads) if len(heads) < len(whole) else None


def _by_numerals(whole: Sequence[Line], layout: Layout) -> Groups | None:
    """Groups counted 一, 二, whose members are counted 1, 2 and leave the cell for the owner empty, every one of them."""
    at, owning = layout.first(Holds.NUMBER), _owning(layout)
    owner = next((i for i in owning if layout.at(i).holds is Holds.UNITS), None)
    if at is None or owner is None or not whole or not CHINESE.fullmatch(whole[0].boxes[at].text):
        return None
    heads = {row.index: row for row in whole if CHINESE.fullmatch(row.boxes[at].text)}
    members = [row for row in whole if row.index not in heads]
    open_ones = all(row.boxes[at].text.isdecimal() and not row.boxes[owner].text for row in members)
    return (owning, heads) if members and open_ones else None


def _says_what(row: Line, layout: Layout) -> bool:
    """Whether a row says what is to be done; 合计 at the foot does not."""
    return layout.primary is None or bool(row.boxes[layout.primary].text)


def _grouping(layout: Layout) -> int | None:
    """The column that groups the rows: the first category, else a month or a unit that stands in front of what is to be done."""
    category = layout.first(Holds.CATEGORY)
    if category is not None or layout.primary is None:
        return category
    fronts = (Holds.DEADLINE, Holds.UNITS)
    return next((i for i, column in enumerate(layout.columns[: layout.primary]) if column.holds in fronts), None)


def _owning(layout: Layout) -> list[int]:
    """The columns of who leads, or answers where nobody leads, and of the time."""
    roles = {column.role for column in layout.columns if column.holds is Holds.UNITS}
    role = Role.LEAD if Role.LEAD in roles else Role.RESPONSIBLE
    return [
        i
        for i, column in enumerate(layout.columns)
        if column.holds is Holds.DEADLINE or (column.holds is Holds.UNITS and column.role is role)
    ]


def _taking(row: Line, above: Line, columns: Sequence[int]) -> tuple[Line, tuple[Doubt, ...]]:
    boxes, doubts = list(row.boxes), list[Doubt]()
    for at in columns:
        box, over = row.boxes[at], above.boxes[at]
        if box.text or not over.text:
            continue
        source = over.cell.merged_from or over.cell.place
        boxes[at] = Box(over.text, over.raw, replace(over.cell, place=box.cell.place, merged_from=source))
        said = f"这一格是空的，按与上一行合并读作“{over.text[:20]}”，请核对。"
        doubts.append(Doubt("cell-merged", said, box.cell.place, "", over.text))
    return (replace(row, boxes=tuple(boxes)) if doubts else row), tuple(doubts)


def with_blank_leads(made: Sequence[Found], rows: Sequence[Line], layout: Layout) -> list[Found]:
    """`made` with a doubt where nobody leads and the cell for it is empty, neither merged nor struck out (/), where others lead.

    The author may have meant the same as above or nobody; a wrong lead is worse than none, so that a person is asked.
    """
    blank = dict(_blank_leads(rows, layout))
    return [_asked_for_lead(one, blank) for one in made] if blank else list(made)


def _blank_leads(rows: Sequence[Line], layout: Layout) -> Iterator[tuple[int, str]]:
    """The rows with an empty cell for the lead beside other units, each with the lead above it in the same section, if any."""
    owners = [at for at, column in enumerate(layout.columns) if column.holds is Holds.UNITS]
    leads = [at for at in owners if layout.at(at).role is Role.LEAD]
    if len(leads) != 1 or len(owners) == 1:
        return
    if all([len(row.boxes) != len(layout.columns) or row.boxes[leads[0]].text for row in rows]):
        return  # none of them is blank
    whole = {row.index: row.boxes[leads[0]].text for row in rows if _is_whole(row, layout)}
    if all(not lead or is_nothing(lead) for lead in whole.values()) or _stand_instead(rows, layout, whole):
        return
    above = ""
    for row in rows:
        lead = whole.get(row.index)
        if lead == "" and any(row.boxes[at].text for at in owners):
            yield row.index, above
        else:
            above = "" if lead is None or is_nothing(lead) else lead


def _stand_instead(rows: Sequence[Line], layout: Layout, leads: Mapping[int, str]) -> bool:
    """Whether each row names either who leads or, in another column, who share the work (主办单位 or 分办单位), and none both."""
    others = [at for at, column in enumerate(layout.columns) if column.role is Role.RESPONSIBLE]
    whole = [row for row in rows if row.index in leads]
    shared = [any(row.boxes[at].text and not is_nothing(row.boxes[at].text) for at in others) for row in whole]
    led = [bool(leads[row.index]) and not is_nothing(leads[row.index]) for row in whole]
    return led.count(True) > 1 and all(one != other for one, other in zip(led, shared, strict=True))


def _is_whole(row: Line, layout: Layout) -> bool:
    return len(row.boxes) == len(layout.columns) and len({box.text for box in row.boxes if box.text}) > 1


def _asked_for_lead(found: Found, blank: Mapping[int, str]) -> Found:
    above = next((blank[at] for at in sorted(found.lines) if at in blank), None)
    roles = {duty.role for duty in found.slot.duties}
    if above is None or Role.LEAD in roles or Role.RESPONSIBLE not in roles:
        return found
    said = f"上面一行写的是“{above[:20]}”，请核对是否同上" if above else "请核对"
    words = f"牵头单位一格是空的，没有登记牵头单位；{said}。"
    doubt = Doubt("lead-blank", words, found.place, "", "", (above,) * bool(above))
    return found._replace(doubts=(*found.doubts, doubt))
