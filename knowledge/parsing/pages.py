"""One page of a flattened table: loose texts put to their numbers, units and deadlines carried down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Duty, Place, Role
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.found import Found
from knowledge.parsing.layouts import read_under
from knowledge.parsing.outline import numbered, value_of
from knowledge.parsing.rows import Row, long_columns, settle
from knowledge.parsing.slot import Slot
from knowledge.parsing.times import stages_of, starts_of, time_in

_OPEN_ENDED = re.compile(r"全年|长期|持续|常态|经常|日常|及时|适时|实时|即时|定期")


_MOST_OTHERS = 3


@dataclass(slots=True)
class Page:
    """The rows between one header and the next."""

    layout: Layout
    rows: list[Row] = field(default_factory=list)
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What the rows above hand down: units, deadline, sections, and whether the units may belong to others."""

    slot: Slot = field(default_factory=Slot)
    deadline: str | None = None
    section: tuple[str, ...] = ()
    unsure: bool = False
    known: frozenset[str] = frozenset()
    place: Place | None = None


def read_page(page: Page, locality: str, before: Carried) -> tuple[list[Found], list[Row], Carried]:
    """The assignments of a page, the rows that nothing could be done with, and what the page hands down."""
    columns = long_columns(page.rows)
    for row in page.rows:
        settle(row, page.layout, columns)
    rows = _numbered(page.rows)
    page.times = tuple(dict.fromkeys(box.text for row in rows for box in row.deadlines))
    placed = set(map(id, rows))
    loose = [row for row in page.rows if id(row) not in placed and row.bare and (row.units or row.deadlines)]
    left = _attach(rows, loose)
    start = replace(before, slot=Slot(), deadline=None, unsure=False)
    start, left, doubt = _first_slot(rows, left, page.layout, locality, start)
    found: list[Found] = []
    for row in rows:
        made, start = _found(row, page, locality, start, doubt, rows)
        if made is not None:
            found.append(made)
    unread = left + [
        row for row in page.rows if id(row) not in placed and row not in loose and not row.heads and not row.text
    ]
    return found, unread, start


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """The rows that are assignments: a number with its text; loose texts are put to numbers that lack theirs, in order."""
    counted = [row for row in rows if row.number]
    if len(counted) * 2 < len([row for row in rows if row.text]):
        return [row for row in rows if row.text or row.number or (row.heads and not row.units)]
    empty = [row for row in counted if row.bare]
    stray = [row for row in rows if not row.number and row.text]
    if len(stray) > len(empty):
        _demote(counted, len(stray) - len(empty))
        empty = [row for row in counted if row.bare]
    if stray and len(stray) == len(empty):
        for row, other in zip(empty, stray, strict=True):
            _take(row, other, sure=len(stray) > 1)
        return _with_heads(rows, counted)
    return [row for row in rows if row.number or row.text or (row.heads and not row.units and not row.deadlines)]


def _with_heads(rows: Sequence[Row], counted: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.number or (row.heads and not row.text and not row.units and not row.deadlines)]


def _demote(counted: Sequence[Row], surplus: int) -> None:
    """Rows whose text is only the heading beside a category, shortest first: their requirement stands loose below."""
    short = sorted(
        (row for row in counted if row.text and row.heads and len(row.text) < 20), key=lambda row: len(row.text)
    )
    for row in short[:surplus]:
        row.heads.append(row.text)
        row.text = ""


def _take(row: Row, other: Row, sure: bool) -> None:
    row.text, row.extra = other.text, [*row.extra, other.line]
    row.units = row.units if not other.units else other.units
    row.deadlines = row.deadlines or other.deadlines
    row.shifted = not sure


def _attach(rows: Sequence[Row], loose: Sequence[Row]) -> list[Row]:
    """A deadline alone below a row that has one is its second deadline; the rest stays loose."""
    left: list[Row] = []
    for row in loose:
        above = [r for r in rows if r.line.index < row.line.index]
        if (
            not row.units
            and row.deadlines
            and above
            and above[-1].deadlines
            and above[-1].line.index == row.line.index - 1
        ):
            above[-1].deadlines += row.deadlines
            above[-1].extra.append(row.line)
        else:
            left.append(row)
    return left


def _first_slot(
    rows: Sequence[Row], loose: list[Row], layout: Layout, locality: str, start: Carried
) -> tuple[Carried, list[Row], Doubt | None]:
    """What holds before the first own cell of the page: its only loose cell, or its first cell where rows above have none."""
    doubt: Doubt | None = None
    left = list(loose)
    owners = [row for row in rows if row.units]
    loose_units = [row for row in loose if row.units]
    if not owners and len(loose_units) == 1:
        start = replace(start, slot=_slot(loose_units[0], layout, locality), place=loose_units[0].line.place)
        left.remove(loose_units[0])
    elif not owners and loose_units:
        words = tuple(row.units[0][1].text for row in loose_units)
        doubt = Doubt(
            "lead-unplaced",
            f"本页单位写在表格下方的{len(words)}格里，无法确定各自对应哪几项，未登记单位。",
            loose_units[0].line.place,
            "；".join(words),
            "",
            words,
        )
    elif owners and not rows[0].units:
        first = owners[0]
        same = not any(row.heads for row in rows[1 : rows.index(first) + 1])
        if same and len(rows) > 1:
            start = replace(start, slot=_slot(first, layout, locality), unsure=len(owners) > 1, place=first.line.place)
    dated = [row for row in loose if row.deadlines and not row.units]
    if len(dated) == 1 and not any(row.deadlines for row in rows):
        start = replace(start, deadline=dated[0].deadlines[0].text)
        left = [row for row in left if row is not dated[0]]
    return start, left, doubt


def _slot(row: Row, layout: Layout, locality: str) -> Slot:
    slot = Slot()
    for at, box in row.units:
        column = layout.at(at)
        column = column if column.role else layout.owner
        slot = slot.plus(read_under(column, box.raw, locality))
    return slot


def _found(
    row: Row, page: Page, locality: str, above: Carried, doubt: Doubt | None, rows: Sequence[Row]
) -> tuple[Found | None, Carried]:
    layout = page.layout
    section, known = _section(row, above)
    moved = section != above.section and sum(bool(other.units) for other in rows) > 1
    leads: tuple[Duty, ...] = ()
    if row.units:
        slot = _slot(row, layout, locality)
        leads = _leads_above(row, layout, slot, above) if section == above.section else ()
        slot = replace(slot, duties=leads + slot.duties)
        here = Carried(slot, above.deadline, section, False, known, row.line.place)
    else:
        here = replace(
            above,
            section=section,
            known=known,
            unsure=above.unsure or (moved and bool(above.slot.duties) and row is not rows[0]),
        )
    if row.deadlines:
        here = replace(here, deadline="；".join(map(time_in, row.deadlines)))
    if not row.number and not row.text:
        if not row.words:  # a section row: merged cells do not reach across it
            above = replace(above, slot=Slot(), deadline=None, unsure=False)
        return None, replace(above, section=section, known=known)
    lead_doubt = _lead_doubt(row, leads)
    row.others = () if leads else row.others
    doubts = _doubts(row, here, doubt, rows, page) + lead_doubt
    lines = [row.line, *row.extra]
    slot = replace(
        here.slot,
        deadline=here.deadline or here.slot.deadline,
        starts=starts_of(row.line, [at for at, _ in row.starts], layout),
        stages=stages_of(row.line, [at for at, _ in row.stages], layout),
    )
    original = _own_words(row) or " ".join(box.cell.text for line in lines for box in line.boxes if box.cell.text)
    printed, text = row.number, row.text
    if not any(other.number for other in rows):  # the count stands before the words
        cut = numbered(text)
        printed, text = (cut.printed, cut.rest) if cut.level else (printed, text)
    made = Found(
        text, row.line.place, printed, value_of(printed), section, (), original, slot, not row.deadlines,
        frozenset(line.index for line in lines), tuple(doubts), 3,
    )  # fmt: skip
    return made, replace(here, unsure=here.unsure and not row.units)


def _own_words(row: Row) -> str:
    """The requirement as its cells print it, unconverted."""
    cells = [box for line in (row.line, *row.extra) for box in line.boxes if box.text and box.text in row.text]
    return " ".join(dict.fromkeys(box.cell.text.strip() for box in cells if len(box.text) > 3 or box.text == row.text))


def _leads_above(row: Row, layout: Layout, slot: Slot, above: Carried) -> tuple[Duty, ...]:
    """The leads of the row above where this row's lead cell is blank, as the lower cells of a merged one are."""
    at = next((i for i, c in enumerate(layout.columns) if c.holds is Holds.UNITS and c.role is Role.LEAD), None)
    blank = at is not None and at < len(row.line.boxes) and not row.line.boxes[at].text
    if not blank or any(duty.role is Role.LEAD for duty in slot.duties):
        return ()
    named = {duty.unit for duty in slot.duties}
    return tuple(duty for duty in above.slot.duties if duty.role is Role.LEAD and duty.unit not in named)


def _lead_doubt(row: Row, leads: tuple[Duty, ...]) -> list[Doubt]:
    if not leads:
        return []
    names = "、".join(duty.unit for duty in leads)
    own = "、".join(box.text for _, box in row.units)
    words = f"牵头单位格为空，按上一行登记为{names}，也可能没有牵头单位。"
    others = (f"{own}牵头",) if row.others else ()
    return [Doubt("lead-inherited", words, row.line.place, own, names, others)]


def _section(row: Row, above: Carried) -> tuple[tuple[str, ...], frozenset[str]]:
    """The sections over a row: a cell to its left replaces those at its depth; two run into one cell are cut apart."""
    heads = [part for head in row.heads for part in _apart(head, above.known)]
    if not heads:
        return above.section, above.known
    known = above.known | {heads[0]}
    if len(heads) == 1 and above.section and heads[0] not in above.known and len(row.words) and row.words[0][0] > 1:
        return (above.section[0], heads[0]), known
    return tuple(heads), known


def _apart(head: str, known: frozenset[str]) -> list[str]:
    for name in known:
        if head.startswith(name) and len(head) > len(name) + 3:
            return [name, head[len(name) :]]
    return [head]


def _doubts(row: Row, here: Carried, open_units: Doubt | None, rows: Sequence[Row], page: Page) -> list[Doubt]:
    doubts: list[Doubt] = []
    if open_units and not row.units:
        doubts.append(replace(open_units, place=row.line.place))
    if here.unsure and not row.units and here.slot.duties:
        units = "、".join(duty.unit for duty in here.slot.duties)
        where = here.place.words() if here.place else "上方"
        doubts.append(
            Doubt(
                "lead-inherited",
                f"单位格为空，按{where}的单位登记，这里换了标题，也可能另有单位。",
                row.line.place,
                "",
                units,
            )
        )
    if (
        not row.deadlines
        and here.deadline
        and not _OPEN_ENDED.search(here.deadline)
        and row.text
        and (others := tuple(time for time in page.times if time != here.deadline))
    ):
        doubts.append(
            Doubt(
                "deadline-inherited",
                f"时限格为空，按上一格“{here.deadline}”登记，也可能不是。",
                row.line.place,
                "",
                here.deadline,
                others[:_MOST_OTHERS],
            )
        )
    doubts += _guesses(row, here, rows, page.layout)
    if row.extra and row.shifted:
        doubts.append(
            Doubt(
                "text-displaced",
                f"编号处没有内容，取了{row.extra[0].place.words()}没有编号的内容。",
                row.line.place,
                row.text[:20],
            )
        )
    return doubts


def _guesses(row: Row, here: Carried, rows: Sequence[Row], layout: Layout) -> list[Doubt]:
    """Doubts about a row that inherits all it has, and about units put together from several lines."""
    doubts: list[Doubt] = []
    bare = not row.number and not row.units and not row.deadlines
    if bare and here.slot.duties and any(other.number for other in rows):
        names = "、".join(duty.unit for duty in here.slot.duties)
        said = f"此行没有编号和单位，按上一行登记为{names}，请核对。"
        doubts.append(Doubt("row-inherited", said, row.line.place, row.text[:20], names))
    if row.others and row.units:
        words = "；".join(box.text for _, box in row.units)
        said = f"此行比表头少几格，“{words}”按所在列登记，也可能属于“{'”或“'.join(row.others)}”，请核对。"
        heads = "、".join(layout.at(at).head for at, _ in row.units)
        doubts.append(Doubt("row-shifted", said, row.line.place, words, heads, row.others))
    if any(box.guessed for _, box in row.units):
        words = "；".join(box.text for _, box in row.units)
        said = "此行单位分写在几行里，哪些属于牵头单位、哪些属于其他单位不能确定，请核对。"
        doubts.append(Doubt("cells-joined", said, row.line.place, words, words, _other_leads(row, layout)))
    return doubts


def _other_leads(row: Row, layout: Layout) -> tuple[str, ...]:
    """How units put together from several lines may be shared out otherwise: one more of them among the leads."""
    roles = [layout.at(at).role for at, _ in row.units]
    names = [box.text.split("、") for _, box in row.units]
    if roles[:1] != [Role.LEAD] or len(names) != 2 or len(names[1]) < 2:
        return ()
    rest = "、".join(names[1][1:]) + ("配合" if roles[1] is Role.COOPERATING else "落实")
    return (f"{'、'.join([*names[0], names[1][0]])}牵头，{rest}",)
