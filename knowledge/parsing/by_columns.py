"""Tables whose columns hold: what a column takes is settled once, then each row is read by its columns alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.model import Doubt, Particular, Role
from knowledge.parsing.columns import Layout, is_kept
from knowledge.parsing.found import Found
from knowledge.parsing.layouts import read_under
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.outline import numbered, value_of
from knowledge.parsing.overleaf import is_cut_off, longer
from knowledge.parsing.phrases import is_nothing
from knowledge.parsing.rows import Shape, Sorter, is_total, joined, number_of
from knowledge.parsing.sections import CHINESE, heading_rows, is_section, sections_under
from knowledge.parsing.slot import Slot
from knowledge.parsing.times import marked_time, stages_of, starts_of, times_of

_ITEM = 3  # the level of 1., 2., 3.
_RUN_ON = re.compile(r"[。；;\s]\s*[（(]?2[.．、）)]")  # 1.甲；2.乙 in one cell: the count is inside the requirement


@dataclass(frozen=True, slots=True)
class Over:
    """What stands over a row: the sections across its table, then the groups that its own cells name, by their columns.

    `path` is all of it, the widest first.
    """

    sections: tuple[str, ...] = ()
    groups: dict[int, str] = field(default_factory=dict)
    path: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", (*self.sections, *[text for _, text in sorted(self.groups.items())]))

    def under(self, section: str) -> Over:
        """What stands over the rows below a section."""
        return Over(sections_under(self.sections, section))

    def grouped(self, own: dict[int, str]) -> Over:
        """What stands over a row with groups of its `own`: they replace those above from the first of them rightwards."""
        first = min(own)
        groups = {at: text for at, text in self.groups.items() if at < first} | own
        return self if groups == self.groups else Over(self.sections, groups)


_Said = tuple[tuple[str, str, bool | None], ...]
"""What the cells of units, times and stages of a row say: the words, the same as printed, and of a cell that repeats a merged one
whether that is in the same row."""


class Frame:
    """The columns under one header as its rows are read by them. What units and times come to is found out once for each
    different saying: a ledger names the same few of them in all of its rows."""

    def __init__(self, layout: Layout, locality: str) -> None:
        self.layout = layout
        self._locality = locality
        self._sorter = Sorter(layout)
        self._slots: dict[tuple[Shape, _Said], tuple[Slot, bool]] = {}
        self._kept = [(at, column.head) for at, column in enumerate(layout.columns) if is_kept(column)]

    def particulars(self, line: Line) -> tuple[Particular, ...]:
        """What else a row says, under heads that tell neither what is to be done nor by whom."""
        if not self._kept:
            return ()
        cells = [(head, line.boxes[at].text) for at, head in self._kept if at < len(line.boxes)]
        return tuple([Particular(head, text) for head, text in cells if not is_nothing(text)])

    def shape_of(self, line: Line) -> Shape:
        """Which cells of a row are taken for what."""
        return self._sorter.shape_of(line)

    def slot(self, line: Line, shape: Shape) -> tuple[Slot, bool]:
        """Who has a row, until when and in which stages, and whether its time is that of a merged cell; rows that say the same
        of it share one slot."""
        boxes = [line.boxes[at] for at in shape.told]
        said = tuple([(box.text, box.raw, box.across if box.cell.merged_from else None) for box in boxes])
        known = self._slots.get((shape, said))
        if known is None:
            merged = any([line.boxes[at].merged for at in shape.times])
            known = self._slots[shape, said] = self._read(line, shape), merged
        return known

    def _read(self, line: Line, shape: Shape) -> Slot:
        layout = self.layout
        slot = self._owned(line, shape.units)
        when = times_of(line, shape.times, layout) or marked_time(line, shape.stages, layout)
        starts, stages = starts_of(line, shape.starts, layout), stages_of(line, shape.stages, layout)
        slot = replace(slot, deadline=when or slot.deadline, starts=starts) if when or starts else slot
        return replace(slot, stages=stages) if stages else slot

    def _owned(self, line: Line, ats: Sequence[int]) -> Slot:
        """The duties in the unit cells of a row, the leads first."""
        slot = Slot()
        for at in sorted(ats, key=lambda at: self.layout.at(at).role is not Role.LEAD):
            box = line.boxes[at]
            if box.across and slot.duties:
                continue  # one cell across the columns of several roles names its units once
            slot = slot.plus(read_under(self.layout.at(at), box.raw, self._locality))
        return slot


def read_rows(
    rows: Sequence[Line], frame: Frame, over: Over, wide: Mapping[int, str | None]
) -> tuple[list[Found], list[Line], Over]:
    """The assignments of the rows under one header, the rows that nothing was made of, and what stands over those that follow.

    `wide` is what each row says across its columns, None for an ordinary one.
    """
    found: list[Found] = []
    left: list[Line] = []
    heading = heading_rows(rows, frame.layout)
    for line in rows:
        across = wide[line.index] if line.index not in heading else "、".join(_filled(line))
        if is_total(line.boxes[0].text or next(iter(_filled(line)), "")):
            continue
        if across is not None and is_section(across):
            over = over.under(across)
            continue
        shape = frame.shape_of(line)
        if across is None and shape.groups:
            over = over.grouped({at: line.boxes[at].text for at in shape.groups})
        made = _made_of(line, shape, frame, over) if across is None else None
        if made is None:
            left.append(line)
        elif found and (shape.number is None or line.boxes[shape.number].merged):
            _add(found, made, line, shape, frame.layout)
        else:
            found.append(made)
    return found, left, over


def _filled(line: Line) -> list[str]:
    return [box.text for box in line.boxes if box.text]


def _made_of(line: Line, shape: Shape, frame: Frame, over: Over) -> Found | None:
    """The assignment of one row, None where it states none."""
    if not shape.texts and (shape.number is None or not (shape.units or shape.times)):
        return None
    text, original = _requirement(line, shape)
    if is_total(text):
        return None
    printed, text = _counted(number_of(line, shape), text)
    (slot, inherited), place = frame.slot(line, shape), line.block.place
    doubts = () if slot.duties else (Doubt("no-units", "此行没有写明牵头或责任单位，请对照原件。", place),)
    return Found(
        text, place, printed, value_of(printed), over.path, (), original, slot, inherited, frozenset((line.index,)), doubts, _ITEM,
        particulars=frame.particulars(line),
    )  # fmt: skip


def _requirement(line: Line, shape: Shape) -> tuple[str, str]:
    """What is to be done, by the cells of a row for that, and what they print; where there are none, what all of the row prints."""
    boxes = [line.boxes[at] for at in shape.texts]
    if len(boxes) == 1:
        return boxes[0].text, boxes[0].cell.text.strip()
    return joined(boxes), _own_words(boxes or line.boxes)


def _counted(printed: str, text: str) -> tuple[str, str]:
    """The number of a row and its requirement, where the count stands before the words and not in a cell of its own."""
    if printed.isdecimal() or (printed and not CHINESE.fullmatch(printed)):
        return printed, text
    cut = numbered(text)
    if printed:  # 一 counts the group, 1. the requirement
        return (cut.printed, cut.rest) if cut.level == _ITEM else (printed, text)
    return (cut.printed, cut.rest) if 0 < cut.level <= _ITEM and not _RUN_ON.search(cut.rest) else ("", text)


def _own_words(boxes: Sequence[Box]) -> str:
    """What cells print, unconverted."""
    words = [box.cell.text.strip() for box in boxes if box.text]
    return words[0] if len(words) == 1 else " ".join(dict.fromkeys(words))


def _add(found: list[Found], made: Found, line: Line, shape: Shape, layout: Layout) -> None:
    """Put what was made of a row that is not counted anew to the last of those above where it goes on with it, else behind them."""
    last = found[-1]
    again = shape.number is not None and last.printed == made.printed
    if again and (not made.text or made.text == last.text):
        found[-1] = _joined(last, made)  # it only adds to the one above
    elif is_cut_off(last, line, shape, layout):
        found[-1] = longer(_joined(last, made), made)
    elif again:
        found[-1] = last._replace(part=last.part or 1)
        found.append(made._replace(part=found[-1].part + 1))
    else:
        found.append(made)


def _joined(last: Found, made: Found) -> Found:
    return last._replace(
        slot=last.slot.plus(made.slot), lines=last.lines | made.lines, original=f"{last.original}\n{made.original}",
        particulars=tuple(dict.fromkeys(last.particulars + made.particulars)),
    )  # fmt: skip
