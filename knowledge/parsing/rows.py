"""Table rows: every cell taken by its column where the content fits, by its content alone where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.deadlines import read
from knowledge.model import DeadlineKind
from knowledge.parsing.columns import Holds, Layout, without_note
from knowledge.parsing.duties import opens_with_label
from knowledge.parsing.groups import groups_of
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.marked import is_marked, unmarked
from knowledge.parsing.names import is_unit, read_names
from knowledge.parsing.phrases import Content, deadline_like, is_nothing, is_number
from knowledge.parsing.words import STRONG_ENDINGS, WEAK_ENDINGS

_LONG = 25
_LONGEST_TIME = 32
_MONTHS = 12
_CODE = re.compile(r"第?\s*[A-Za-z\u3400-\u9fff]{0,4}[-—〔（(]?\d{1,18}[）)〕]?(?:[-—.]\d{1,8})*号?")
_QUANTITY = re.compile(
    r"\d\s*(?:[万亿%％项家人户亩吨次条座所公千米平]|个(?!部门|单位|成员|县|区|乡|镇|街|市|科|处)|以上)"
)
_SHARE = re.compile(r"\d+(?:\.\d+)?[%％]")  # how much is done
_DATE_FIRST = re.compile(r"^(?:于|在)?(?:20\d\d年|\d{1,2}月|每)[^，。]{0,12}(?:前|底|内|完成)")


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
    merged_number: bool = False
    others: tuple[str, ...] = ()
    extra: list[Line] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether the row states no requirement."""
        return not self.text


def content_of(box: Box) -> Content:
    """What a cell is by its content alone."""
    return _content(box.text, box.raw)


def contents_of(line: Line) -> tuple[Content, ...]:
    """What each cell of a row is by its content alone."""
    return tuple([_content(box.text, box.raw) for box in line.boxes])


@lru_cache(maxsize=8192)
def _content(text: str, raw: str) -> Content:
    if is_nothing(text):
        return Content.EMPTY
    if (text.isascii() and text.isdecimal() and len(text) < 5) or is_number(text):
        return Content.NUMBER
    if _is_deadline(text):
        return Content.DEADLINE
    return Content.UNITS if is_unit_cell(raw) else Content.TEXT


def _is_deadline(text: str) -> bool:
    if len(text) > 32 or not deadline_like(text):
        return False
    return (
        len(text) <= 13
        or (len(text) <= 20 and bool(re.search(r"(?:前|底|内|完成)$", text)))
        or bool(_DATE_FIRST.match(text))
    )


_STAGE_OF = re.compile(r"(?:目标|计划|任务|进度|节点|工作|安排)$")
_WHOLE_TIME = re.compile(r"(?:前|底|末|内|旬|日|全年|长期|推进|坚持|持续|季度|每月|每周|每年|年内|完成|一次)$")


_HOUR = re.compile(r"(?<=\d)\s+\d{1,2}:\d{2}(?::\d{2})?$")  # 2025-03-05 18:00, as programs export it
_DONE = re.compile(r"[（(]已(?:[经于全部如期按]|提前)*(?:完成|办结|完工|竣工|销号|整改到位|落实)[^（）()]{0,12}[）)]$")


def time_in(box: Box) -> str:
    """The deadline phrase of a cell; lines that are whole times by themselves stay apart."""
    return _time(box.text, box.raw)


@lru_cache(maxsize=1024)
def _time(text: str, raw: str) -> str:
    if "\n" not in raw:
        return _DONE.sub("", _HOUR.sub("", text)) or text
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    apart = len(lines) > 1 and all(deadline_like(line) and _WHOLE_TIME.search(line) for line in lines)
    return "；".join(unblanked(line) for line in lines) if apart else text


def times_of(row: Row, layout: Layout) -> str:
    """When a row is due by its cells for that, each phrase once; empty without any. 9 below 完成月份 is 9月."""
    return "；".join(dict.fromkeys([_month(row, box, layout) or time_in(box) for box in row.deadlines]))


def _month(row: Row, box: Box, layout: Layout) -> str:
    """The month that a bare figure is below a head that speaks of months, else empty."""
    words = box.text
    if not (words.isascii() and words.isdecimal() and 1 <= int(words) <= _MONTHS):
        return ""
    heads = (layout.at(at).head for at, other in enumerate(row.line.boxes) if other is box)
    return f"{int(words)}月" if any("月" in head for head in heads) else ""


def starts_of(row: Row, layout: Layout) -> tuple[str, ...]:
    """When the work of a row begins, each behind the head of its column (启动时间：3月)."""
    return tuple(f"{layout.at(at).head}：{box.text}" for at, box in row.starts)


_MARKS = frozenset(("√", "✓", "✔", "●", "■", "▲", "★", "◆", "☑", "Y", "V"))


def marked_time(row: Row, layout: Layout) -> str:
    """When a row is done where only marks stand under its months (√ under 3月 to 6月 is 3月至6月); empty without them."""
    if not row.stages or any(box.text not in _MARKS for _, box in row.stages):
        return ""
    heads = [_STAGE_OF.sub("", layout.at(at).head) for at, _ in row.stages]
    ats = [at for at, _ in row.stages]
    if len(ats) > 1 and ats[-1] - ats[0] == len(ats) - 1:
        return f"{heads[0]}至{heads[-1]}"
    return "、".join(heads)


def stages_of(row: Row, layout: Layout) -> tuple[str, ...]:
    """What a row is to reach by when, each behind its time (一季度：完成初设); nothing where marks say the time alone."""
    if not row.stages or marked_time(row, layout):
        return ()
    heads = [_STAGE_OF.sub("", without_note(layout.at(at).head)) for at, _ in row.stages]
    return tuple(f"{head}：{box.text.rstrip('。；;')}" for head, (_, box) in zip(heads, row.stages, strict=True))


def is_unit_cell(raw: str) -> bool:
    """Whether a cell is a list of units, with or without role words: every name is built like a unit's."""
    if opens_with_label(raw):
        return True
    if len(raw) > 400 or not _ends_like_units(raw) or _SENTENCES.search(raw) or _QUANTITY.search(raw):
        return False
    groups = groups_of(unmarked(raw))
    names = [name for group in groups for name in read_names(group.words).units]
    if not names or not all(is_unit(name) for name in names):
        return False
    if raw.rstrip().endswith("。") and not any(group.role for group in groups):
        return False
    return any(is_unit(name, strict=True) for name in names) or any(group.role for group in groups) or is_marked(raw)


_SENTENCES = re.compile(r"[。！？]\S")
_ENDS = (*STRONG_ENDINGS, *WEAK_ENDINGS, *"县市区州盟旗镇乡街村所构体")
_OTHER_ENDS = re.compile(
    r"[）)\]〕]$|等|牵头|主[责办抓]|负总?责|落实|实施|推进|办理|执行|承|完成|组织|推动|配合|协[办助同]|参[与加]|支持|会|商|联合"
)


def _ends_like_units(raw: str) -> bool:
    """False where the last name cannot be one: neither an ending of units nor anything that may stand behind one."""
    last = raw.rstrip(" \t\n\u3000\xa0。．.：:；;，,、-—·•|/／和及与或")
    return last.endswith(_ENDS) or _OTHER_ENDS.search(raw) is not None


def row_of(line: Line, layout: Layout, contents: Sequence[Content], loose: bool) -> Row:
    """`line` sorted into number, units, deadline and words.

    `contents` is what its cells are by themselves; `loose`: the columns cannot be trusted.
    """
    row = Row(line)
    held = layout.held(len(line.boxes))
    owned = (Content.UNITS, Holds.UNITS) in zip(contents, held, strict=True)
    due = Content.DEADLINE in contents and len(line.boxes) == len(layout.columns)  # else nobody asks
    dated = due and any(holds is Holds.DEADLINE and box.text for box, holds in zip(line.boxes, held, strict=True))
    for at, (box, content, holds) in enumerate(zip(line.boxes, contents, held, strict=True)):
        if content is Content.UNITS and owned and holds is Holds.TEXT:
            content = Content.TEXT  # what only looks like a unit stands in its own column
        if content is Content.DEADLINE and dated and holds is Holds.TEXT:
            content = Content.TEXT  # 1个工作日办结: the requirement, beside the time it is due
        if content is Content.EMPTY or (loose and dated and content is Content.DEADLINE and holds is Holds.NOTE):
            continue
        if loose:
            _loose(row, at, box, content, holds, len(line.boxes) == len(layout.columns))
        else:
            _by_column(row, at, box, content, holds)
    return row


def _unstopped(number: str) -> str:
    """A number without the stop behind it (1、)."""
    return number.rstrip("、.．") or number


def _by_column(row: Row, at: int, box: Box, content: Content, holds: Holds) -> None:
    """A cell of a table whose columns hold: only a cell that plainly is something else goes elsewhere."""
    if holds is Holds.NUMBER and (content is Content.NUMBER or _CODE.fullmatch(box.text)):
        row.number, row.merged_number = _unstopped(box.text), box.merged
    elif holds is Holds.UNITS and content is Content.DEADLINE and box.text[0].isdigit():
        row.deadlines.append(box)
        row.shifted = True
    elif holds is Holds.UNITS:
        row.units.append((at, box))
    elif holds is Holds.DEADLINE:
        row.deadlines += [] if _SHARE.fullmatch(box.text) else [box]
    elif holds is Holds.STAGE:
        row.stages.append((at, box))
    elif holds is Holds.START:
        row.starts.append((at, box))
    elif holds in (Holds.TEXT, Holds.CATEGORY) or (holds is Holds.NUMBER and len(box.text) > 3):
        row.words.append((at, box))


def _loose(row: Row, at: int, box: Box, content: Content, holds: Holds, whole: bool) -> None:
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
    names = [name for group in groups_of(unmarked(box.raw)) for name in read_names(group.words).units]
    return any(is_unit(name, strict=True) for name in names) and all(len(name) <= 30 for name in names)


def _repeated(row: Row, box: Box) -> bool:
    return any(box.text == other.text for _, other in row.words)


_AGREEING = frozenset(
    {
        (Holds.NUMBER, Content.NUMBER), (Holds.TEXT, Content.TEXT), (Holds.DEADLINE, Content.DEADLINE),
        (Holds.UNITS, Content.UNITS), *((holds, content) for holds in (Holds.CATEGORY, Holds.PERSON) for content in Content),
    }
)  # fmt: skip


def fits(line: Line, layout: Layout, contents: Sequence[Content], ruled: bool = False) -> bool:
    """Whether the cells of a row hold what their columns say.

    In a `ruled` table, one whose file knows its cells, a cell of words stands in its column whatever the words are.
    """
    if len(line.boxes) < len(layout.columns) - 1:
        return False
    held = layout.held(len(line.boxes))
    for at, (box, content, holds) in enumerate(zip(line.boxes, contents, held, strict=True)):
        if content is Content.EMPTY or (holds, content) in _AGREEING:
            continue
        wrong = (
            at >= len(layout.columns)
            or (
                holds is Holds.NUMBER
                and content is Content.TEXT
                and len(box.text) > 6
                and not _CODE.fullmatch(box.text)
            )
            or (holds is Holds.UNITS and content in (Content.DEADLINE, Content.NUMBER))
            or (not ruled and holds is Holds.UNITS and content is Content.TEXT and len(box.text) > 40)
            or (holds is Holds.DEADLINE and content is Content.UNITS)
            or (
                not ruled
                and holds is Holds.DEADLINE
                and content is Content.TEXT
                and len(box.text) > 14
                and not deadline_like(box.text)
            )
            or (not ruled and holds is Holds.UNITS and content is Content.TEXT and not weakly_units(box))
            or (
                not (ruled and len(line.boxes) == len(layout.columns))
                and holds is Holds.TEXT
                and content in (Content.DEADLINE, Content.UNITS)
                and len(box.text) < 12
            )
        )
        if wrong:
            return False
    return True


def weakly_timed(box: Box) -> bool:
    """Whether a short cell may be a time although it is not built like one (州级评估前15日, 每学期一次)."""
    if len(box.text) > _LONGEST_TIME:
        return False
    return box.text.startswith("每") or read(box.text, None, None).kind is not DeadlineKind.NONE


def weakly_units(box: Box) -> bool:
    """Whether every name in a cell ends like some unit, if only like 科 or 室."""
    names = [name for group in groups_of(unmarked(box.raw)) for name in read_names(group.words).units]
    return bool(names) and all(is_unit(name) for name in names)


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
    row.text = joined(texts)
    row.heads = [b.text for i, b in row.words if i < at and (i, b) not in texts]


def joined(texts: Sequence[tuple[int, Box]]) -> str:
    """The requirement from all its cells: a short name before the rest takes a colon, repetitions fall away."""
    if len(texts) == 1:
        return texts[0][1].text
    words: list[str] = []
    for _, box in texts:
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
