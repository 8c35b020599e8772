"""Whether every cell of a table came to something: rows that nothing was made of, cells that no assignment says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.model import Doubt
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.contents import content_of
from knowledge.parsing.duties import labels_in, states_duties
from knowledge.parsing.found import Found
from knowledge.parsing.groups import groups_of
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.marked import unmarked
from knowledge.parsing.names import fold, is_unit, split
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import Content
from knowledge.parsing.shifted import in_place

_BESIDE = (Holds.PERSON, Holds.NOTE, Holds.NUMBER)
_NAME = 4
_NUMBERED = "（(〔0123456789一二三四五六七八九十第①②③④⑤⑥⑦⑧⑨⑩"
_STOPS = re.compile(r"[；;]")
_BESIDE_NAMES = re.compile(r"[：:（）()]")


def dropped(rows: Sequence[Line], made: Sequence[Found], left: Sequence[Line]) -> list[Line]:
    """The rows that are in no assignment and not among `left`, and whose words nothing made of the others says."""
    held = {at for found in made for at in found.lines} | {line.index for line in left}
    loose = [row for row in rows if row.index not in held]
    said = "".join(map(_said, made)) if loose else ""
    return [row for row in loose if any(_is_news(box, said) for box in row.boxes)]


def with_unread_cells(made: Sequence[Found], rows: Sequence[Line], layout: Layout) -> list[Found]:
    """`made` with a doubt for each cell of its rows that stands neither in its words nor in its duties and times.

    In a row with all its cells the columns of persons and remarks are passed over; in a shorter one nobody knows which
    they are, so that only what can be nothing else (a short name) is.
    """
    by_index = {row.index: row for row in rows}
    return [
        _with_doubts(found, [by_index[at] for at in sorted(found.lines) if at in by_index], layout) for found in made
    ]


def _with_doubts(found: Found, rows: Sequence[Line], layout: Layout) -> Found:
    if any(doubt.code == "lead-unplaced" for doubt in found.doubts):
        return found
    said = _said(found)
    news = [box for row in rows for box in _asked(row, layout) if _is_news(box, said)]
    if not news:
        return found
    doubts = (
        Doubt("cell-unread", f"“{box.text[:40]}”这一格没有读懂，没有登记，请核对。", found.place, box.text, "没有登记")
        for box in news
    )
    return found._replace(doubts=(*found.doubts, *doubts))


_CHANGES = re.compile(
    r"(?:调整|变更|更改|修改|改|更名)[为由至到]|(?:延期|延|推迟|顺延|提前|放宽)[至到]|^(?:已|拟|建议|申请|同意|经研究)?(?:取消|撤销|暂停|暂缓|中止|终止|停止实施|不再实施|合并到|并入)"
)
_STATES = re.compile(r"牵头|负责|配合|协助|落实|参与")


def has_remarks(row: Line, layout: Layout) -> bool:
    """Whether a row may say in a remark who takes part in it, or what has changed."""
    noted = [box for at, box in enumerate(row.boxes) if layout.at(at).holds is Holds.NOTE]
    return any(_STATES.search(box.text) or _CHANGES.search(box.text) for box in noted)


def told_in_remarks(row: Line, layout: Layout, said: Sequence[str]) -> tuple[Doubt, ...]:
    """A doubt for each remark of a row that gives units a part in it (备注：县党校配合), or changes what the row says
    (备注：延期至9月底)."""
    notes = [box for at, box in enumerate(row.boxes) if layout.at(at).holds is Holds.NOTE]
    remarks = (box for box in notes if _STATES.search(box.text))
    changed = (box for box in notes if _CHANGES.search(box.text))
    duties = (box for box in remarks if states_duties(box.text) and not any(unit in box.text for unit in said))
    told = [(box, f"“{box.text[:40]}”这一格没有登记为分工，请核对。") for box in duties]
    told += [(box, f"“{box.text[:40]}”可能改了本行写的，没有照改，请核对。") for box in changed]
    return tuple(Doubt("cell-unread", words, row.place, box.text, "没有登记") for box, words in told)


def _asked(row: Line, layout: Layout) -> Iterator[Box]:
    row = in_place(row, layout) or row
    whole = len(row.boxes) == len(layout.columns)
    for at, box in enumerate(row.boxes):
        person = content_of(box) is Content.TEXT and len(box.text) <= _NAME
        if not (layout.at(at).holds in _BESIDE if whole else person):
            yield box


def _said(found: Found) -> str:
    slot = found.slot
    words = (
        found.text,
        found.printed,
        *found.section,
        slot.deadline or "",
        *(duty.unit for duty in slot.duties),
        *slot.odd,
        *slot.rest,
        *slot.starts,
        *slot.stages,
    )
    return _STOPS.sub("", fold("".join(words)))


def _is_news(box: Box, said: str) -> bool:
    """Whether a cell holds words, or names, that are not `said`."""
    if content_of(box) in (Content.EMPTY, Content.NUMBER):
        return False
    words = _STOPS.sub("", fold(box.text))
    if not words or words in said or (words[0] in _NUMBERED and _STOPS.sub("", fold(numbered(box.text).rest)) in said):
        return False
    text = " ".join(value for m, value in labels_in(box.raw) if m["role"]) or box.raw
    names = [name for group in groups_of(unmarked(text)) for name in split(group.words)[0]]
    parts = [part for name in names for part in _BESIDE_NAMES.split(name) if len(part) > 1]
    if any(part in said for part in parts):
        return any(part not in said and is_unit(part) and len(part) >= _NAME for part in parts)
    return True
