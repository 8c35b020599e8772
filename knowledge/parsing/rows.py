"""Table rows: every cell taken by its column where the content fits, by its content alone where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from knowledge.once import Once
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.contents import content_of, contents_of, is_count, is_deadline, names_in, weakly_units
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.names import is_unit
from knowledge.parsing.persons import without_persons
from knowledge.parsing.phrases import Content, deadline_like, is_nothing

_LONG = 25
_LONGEST_NUMBER, _LONGEST_NAMES, _LONGEST_TIME, _WORDS = 6, 40, 14, 12
_COUNT, _WITH_NAME = 3, 14
_BESIDE = (Holds.PERSON, Holds.NOTE)
_CODE = re.compile(r"第?\s*[A-Za-z\u3400-\u9fff]{0,4}[-—〔（(]?\d{1,18}[）)〕]?(?:[-—.]\d{1,8})*号?")
_SHARE = re.compile(r"\d+(?:\.\d+)?[%％]")  # how much is done


@dataclass(slots=True)
class Row:
    """One row as understood so far.

    `words` are the cells that are neither number, units nor deadline: (column, text); `starts` say when it begins,
    `stages` what is reached by when.
    """

    line: Line
    number: str = ""
    units: list[tuple[int, Box]] = field(default_factory=list)
    deadlines: list[Box] = field(default_factory=list)
    words: list[tuple[int, Box]] = field(default_factory=list)
    starts: list[tuple[int, Box]] = field(default_factory=list)
    stages: list[tuple[int, Box]] = field(default_factory=list)
    text: str = ""
    heads: list[str] = field(default_factory=list)
    shifted: bool = False
    others: tuple[str, ...] = ()
    extra: list[Line] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether the row states no requirement."""
        return not self.text


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Which cells of a row are taken for what, by their columns; most rows of a table have the very same one.

    `words` are all cells with words, `texts` those of them under a head of requirements and `groups` those under one of
    categories; `told` tell who has a row and when it is due; `misplaced` says that a time stands among the units.
    """

    number: int | None
    units: tuple[int, ...]
    times: tuple[int, ...]
    starts: tuple[int, ...]
    stages: tuple[int, ...]
    words: tuple[int, ...]
    texts: tuple[int, ...]
    groups: tuple[int, ...]
    told: tuple[int, ...]
    misplaced: bool


class Sorter:
    """Sorts the rows of one table by its columns. What a cell is taken for is found out once for each different text under a
    head that has the same ones again and again, and the shape of a row once for all rows that are built like it."""

    def __init__(self, layout: Layout) -> None:
        self._taken = [_taking(column.holds) for column in layout.columns]
        self._shapes = Once(partial(_shape, layout))

    def shape_of(self, line: Line) -> Shape:
        """The shape of a row; what stands beyond the last column is passed over."""
        return self._shapes[tuple([taken(box.text) for taken, box in zip(self._taken, line.boxes, strict=False)])]


def _shape(layout: Layout, row: tuple[Holds | None, ...]) -> Shape:
    """The shape of a row whose cells are taken for these."""

    def among(wanted: Holds) -> tuple[int, ...]:
        return tuple(at for at, taken in enumerate(row) if taken is wanted)

    def under(head: Holds) -> tuple[int, ...]:
        return tuple(at for at in among(Holds.TEXT) if layout.at(at).holds is head)

    told = units, times, starts, stages = tuple(map(among, (Holds.UNITS, Holds.DEADLINE, Holds.START, Holds.STAGE)))
    return Shape(
        next(reversed(among(Holds.NUMBER)), None), units, times, starts, stages,
        among(Holds.TEXT), under(Holds.TEXT), under(Holds.CATEGORY), tuple(chain(*told)),
        any(layout.at(at).holds is not Holds.DEADLINE for at in times),
    )  # fmt: skip


def _taking(holds: Holds) -> Callable[[str], Holds | None]:
    """What says of each cell under a head what it is taken for; where hardly two cells are alike it says so without remembering."""
    return _UNLIKE.get(holds) or Once(partial(_taken_for, holds)).__getitem__


def _taken_for(holds: Holds, text: str) -> Holds | None:
    """What its column holds, unless a cell plainly is something else; TEXT for words of every kind, None for what is passed over."""
    if holds in _BESIDE or is_nothing(text):
        return None
    if holds is Holds.CATEGORY:
        return Holds.TEXT
    if holds is Holds.UNITS and text[0].isdigit() and not is_count(text) and is_deadline(text):
        return Holds.DEADLINE
    return None if holds is Holds.DEADLINE and _SHARE.fullmatch(text) else holds


def _taken_for_number(text: str) -> Holds | None:
    if is_count(text) or (_CODE.fullmatch(text) and not is_nothing(text)):
        return Holds.NUMBER
    return Holds.TEXT if len(text) > _COUNT and not is_nothing(text) else None


def _taken_for_words(text: str) -> Holds | None:
    return None if is_nothing(text) else Holds.TEXT


_UNLIKE = {Holds.NUMBER: _taken_for_number, Holds.TEXT: _taken_for_words}


def row_of(line: Line, shape: Shape) -> Row:
    """`line` sorted by its columns alone."""
    boxes = line.boxes
    row = Row(line, deadlines=[boxes[at] for at in shape.times], shifted=shape.misplaced)
    row.units, row.words, row.starts, row.stages = (
        [(at, boxes[at]) for at in ats] for ats in (shape.units, shape.words, shape.starts, shape.stages)
    )
    row.number = number_of(line, shape)
    return row


def number_of(line: Line, shape: Shape) -> str:
    """The number of a row without the stop behind it (1、), empty where it has none."""
    return "" if shape.number is None else _unstopped(line.boxes[shape.number].text)


def _unstopped(number: str) -> str:
    return number.rstrip("、.．") or number


def loose_row(line: Line, layout: Layout) -> Row:
    """`line` sorted by what its cells are by themselves: its columns cannot be trusted."""
    row, contents, held = Row(line), contents_of(line), layout.held(len(line.boxes))
    whole = len(line.boxes) == len(layout.columns)
    owned = (Content.UNITS, Holds.UNITS) in zip(contents, held, strict=True)
    due = Content.DEADLINE in contents and whole  # else nobody asks
    dated = due and any(holds is Holds.DEADLINE and box.text for box, holds in zip(line.boxes, held, strict=True))
    for at, (box, content, holds) in enumerate(zip(line.boxes, contents, held, strict=True)):
        if content is Content.UNITS and owned and holds is Holds.TEXT:
            content = Content.TEXT  # what only looks like a unit stands in its own column
        if content is Content.DEADLINE and dated and holds is Holds.TEXT:
            content = Content.TEXT  # 1个工作日办结: the requirement, beside the time it is due
        if content is Content.EMPTY or (dated and content is Content.DEADLINE and holds is Holds.NOTE):
            continue
        _put(row, at, box, content, holds, whole)
    return row


def _put(row: Row, at: int, box: Box, content: Content, holds: Holds, whole: bool) -> None:
    if content is Content.NUMBER and not row.number and not row.words:
        row.number = _unstopped(box.text)
    elif holds is Holds.STAGE and whole:
        row.stages.append((at, box))
    elif holds is Holds.START and content is Content.DEADLINE:
        row.starts.append((at, box))
    elif content is Content.DEADLINE and not (holds is Holds.TEXT and len(box.text) > 12):
        row.deadlines.append(box)
        row.shifted |= holds is not Holds.DEADLINE
    elif content is Content.UNITS and holds is Holds.NOTE and whole:
        return
    elif content is Content.UNITS:
        row.units.append((at, box))
        row.shifted |= holds is not Holds.UNITS
    elif holds is Holds.DEADLINE and len(box.text) <= 20 and deadline_like(box.text):
        row.deadlines.append(box)
    elif holds is Holds.UNITS and row.words and (len(box.text) <= 16 or _names_some(box)) and not _repeated(row, box):
        row.units.append((at, box))
    elif holds is not Holds.PERSON and not _repeated(row, box):
        row.words.append((at, box))


def _names_some(box: Box) -> bool:
    """Whether a cell names at least one unit, so that it cannot be passed over for another one's sake."""
    names = names_in(box)
    return any(is_unit(name, strict=True) for name in names) and all(len(name) <= 30 for name in names)


def _repeated(row: Row, box: Box) -> bool:
    return any(box.text == other.text for _, other in row.words)


def fits(line: Line, layout: Layout, ruled: bool = False) -> bool:
    """Whether the cells of a row hold what their columns say.

    In a `ruled` table, one whose file knows its cells, a cell of words stands in its column whatever the words are.
    """
    width, columns = len(line.boxes), len(layout.columns)
    if width < columns - 1 or not all([is_nothing(box.text) for box in line.boxes[columns:]]):
        return False
    whole = ruled and width == columns
    return not any(
        [
            _is_astray(box, holds, ruled)
            for box, holds in zip(line.boxes, layout.held(width), strict=True)
            if holds in _ASKING and not (whole and holds is Holds.TEXT)
        ]
    )


def misfits(rows: Sequence[Line], layout: Layout) -> int:
    """How many of the rows of a ruled table do not fit: column by column, each different cell asked once."""
    whole = [row for row in rows if len(row.boxes) == len(layout.columns)]
    astray: set[int] = set()
    for at, holds in enumerate(layout.held(len(layout.columns))):
        if holds in _ASKING and holds is not Holds.TEXT:
            column = [row.boxes[at] for row in whole]
            cells = {(box.text, box.raw): box for box in column}
            odd = {said for said, box in cells.items() if _is_astray(box, holds, ruled=True)}
            if odd:
                astray |= {row.index for row, box in zip(whole, column, strict=True) if (box.text, box.raw) in odd}
    others = [row for row in rows if len(row.boxes) != len(layout.columns)]
    return len(astray) + sum([not fits(row, layout, ruled=True) for row in others])


_ASKING = (Holds.NUMBER, Holds.TEXT, Holds.UNITS, Holds.DEADLINE)


def _is_astray(box: Box, holds: Holds, ruled: bool) -> bool:
    """Whether a cell is plainly not what its column holds."""
    length = len(box.text)
    if holds is Holds.NUMBER:
        return length > _LONGEST_NUMBER and content_of(box) is Content.TEXT and not _CODE.fullmatch(box.text)
    content = content_of(box)
    if holds is Holds.TEXT:
        return length < _WORDS and content in (Content.DEADLINE, Content.UNITS)
    if content is Content.TEXT and not ruled:
        if holds is Holds.UNITS:
            return length > _LONGEST_NAMES or not (weakly_units(box) or _names_with_persons(box))
        return length > _LONGEST_TIME and not deadline_like(box.text)
    return content is Content.UNITS if holds is Holds.DEADLINE else content in (Content.DEADLINE, Content.NUMBER)


def _names_with_persons(box: Box) -> bool:
    """Whether a cell holds units with the persons who answer for them (市住建局 姜某)."""
    lines = box.raw.split("\n")
    return all(len(line) <= _WITH_NAME and without_persons(line) for line in lines if line.strip())


def settle(row: Row, layout: Layout, text_columns: set[int]) -> None:
    """Decides which of the row's words is the requirement and which are sections above it."""
    if not row.words and row.number and not row.units:
        row.words = [
            (at, box) for at, box in enumerate(row.line.boxes) if box in row.deadlines and _is_sentence(box.text)
        ]
        row.deadlines = [box for box in row.deadlines if not _is_sentence(box.text)]
    if not row.words:
        return
    wanted = layout.primary
    longest = max(len(box.text) for _, box in row.words)
    named = next(((at, b) for at, b in row.words if at == wanted and len(b.text) * 2 >= longest), None)
    at, box = named or max(row.words, key=lambda pair: len(pair[1].text))
    short = len(box.text) < _LONG and text_columns and at < min(text_columns)
    if short and (len(row.words) > 1 or not row.number or row.units):
        row.heads = [b.text for _, b in row.words]
        return
    texts = (
        [pair for pair in row.words if layout.at(pair[0]).holds is Holds.TEXT]
        if named and not row.shifted
        else [(at, box)]
    )
    row.text = joined([box for _, box in texts])
    row.heads = [b.text for i, b in row.words if i < at and (i, b) not in texts]


def joined(boxes: Sequence[Box]) -> str:
    """The requirement from all its cells: a short name before the rest takes a colon, repetitions fall away."""
    if len(boxes) == 1:
        return boxes[0].text
    words: list[str] = []
    for box in boxes:
        if box.text and not any(box.text in other for other in words):
            words.append(box.text)
    if len(words) > 1 and len(words[0]) <= 30 and not words[0].endswith(("。", "：", "；")):
        return f"{words[0]}：{''.join(words[1:])}"
    return "".join(words)


_SUM_FIRST = ("合", "总", "小", "共", "其")


def is_total(text: str) -> bool:
    """Whether a row only adds up the ones above (合计) or counts a part of them (其中：石路)."""
    return text[:1] in _SUM_FIRST and bool(re.match(r"(?:合|总|小|共)\s*计(?:$|[:：\d\s（(])|其中[:：]", text))


def _is_sentence(text: str) -> bool:
    """Whether what looked like a deadline is the requirement of a row that has no other (及时公布…结果)."""
    return len(text) > 12 and not re.search(r"\d", text)


def long_columns(rows: list[Row]) -> set[int]:
    """The columns in which requirements stand on this page: those with a long text."""
    return {at for row in rows for at, box in row.words if len(box.text) >= _LONG}
