"""单位名册 as a spreadsheet: rows of 单位, 简称, 曾用名, 起, 止, 加挂牌子, 所属集合, 来源 → the lines of a roster.

A unit may take several rows, a cell several names. 起 and 止 are the unit's own days; a former name may carry its days in
brackets (市国土资源局（至2019-03）), else it ends on the day before the unit began.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.model import Block, Cell
from knowledge.roster import Sort, written
from knowledge.roster_table import COLLECTIVE, Name, RosterError, written_day

UNIT, SHORT, FORMER, SINCE, UNTIL, SIGN, GROUP, SOURCE, PLACE = (
    *("单位", "简称", "曾用名", "起", "止", "加挂牌子", "所属集合", "来源", "地方"),
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    UNIT: ("单位", "单位名称", "单位全称", "机构名称", "全称", "名称", "部门", "部门名称", "现名", "现用名称"),
    SHORT: ("简称", "别名", "别称", "规范简称", "单位简称", "常用简称", "俗称", "其他叫法"),
    FORMER: ("曾用名", "原名", "原名称", "原单位", "旧名", "曾用名称", "前身", "更名前"),
    SINCE: ("起", "起始", "起始日期", "起始时间", "成立时间", "成立日期", "挂牌时间", "更名时间", "启用日期"),
    UNTIL: ("止", "截止", "截止日期", "截止时间", "撤销时间", "撤销日期", "停用日期"),
    SIGN: ("加挂牌子", "挂牌", "加挂", "加挂名称", "牌子"),
    GROUP: ("所属集合", "集合", "集合名称", "所属类别", "统称"),
    SOURCE: ("来源", "依据", "文号", "来源依据", "设立依据"),
    PLACE: ("地方", "所在地", "地区", "辖区"),
}
"""What each column may be headed with; the first word is the one of the manual."""
LONGEST = 60
"""A name of more characters is none."""
MOST = 20_000
"""A roster of more lines is none."""
_PARTS = re.compile(r"[、，,；;/／|\n\r]+|\s{2,}")
_DAYS = re.compile(
    r"[（(]\s*(?:(?P<start>\d[\d.年月日/-]*)?\s*(?:[-—~至到]+)\s*)?(?P<end>\d[\d.年月日/-]*)?\s*(?:年|止|前|起)?\s*[)）]$"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_NOTHING = frozenset({"", "/", "无", "-", "—", "——", "暂无", "待定"})
_DAY_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a spreadsheet in its order, the place it is for, and the headings of columns that were not used."""

    names: tuple[Name, ...]
    place: str = ""
    unused: tuple[str, ...] = ()


def sheet_of(blocks: Iterable[Block], file: str) -> Sheet:
    """The roster that the tables of `file` hold. Raises RosterError, whose text names the row and the next step."""
    rows = [block for block in blocks if block.cells]
    at, columns = _header(rows, file)
    names: list[Name] = []
    places: set[str] = set()
    unit = ""
    for row in rows[at + 1 :]:
        cells = _values(row, columns)
        if _is_header(row) or all(value in _NOTHING for value in cells.values()):
            continue
        unit = _unit_of(cells, unit, row, file)
        names += _names(unit, cells, row, file)
        places |= {cells[PLACE]} if cells.get(PLACE) else set()
        if len(names) > MOST:
            raise RosterError(f"“{file}”超过{MOST}个名称，不像是单位名册，请核对后重试")
    if not names:
        raise RosterError(f"“{file}”只有表头，没有单位，请填好后重试")
    if len(places) > 1:
        raise RosterError(f"“{file}”里有几个地方（{'、'.join(sorted(places)[:3])}），请一个地方一个文件分别导入")
    return Sheet(tuple(checked(names)), next(iter(places), ""), _unused(rows[at], columns))


# --- headings -----------------------------------------------------------------------------------------------------
def _header(rows: Sequence[Block], file: str) -> tuple[int, dict[int, str]]:
    for at, row in enumerate(rows[:10]):
        columns = {place: name for place, cell in enumerate(row.cells) if (name := _column(cell.text))}
        if UNIT in columns.values():
            return at, _once(columns)
    raise RosterError(
        f"“{file}”里没有“{UNIT}”这一列，表头应当有：{'、'.join(COLUMNS)}（除“{UNIT}”外都可以不写），请改正后重试"
    )


def _once(columns: dict[int, str]) -> dict[int, str]:
    """Of two columns with one meaning the first (a merged heading stands over both)."""
    seen: dict[str, int] = {}
    for place, name in columns.items():
        seen.setdefault(name, place)
    return {place: name for name, place in seen.items()}


def _column(text: str) -> str:
    bare = re.sub(r"[\s*＊:：()（）]|必填|选填", "", text)
    return next((name for name, words in COLUMNS.items() if bare in words), "")


def _is_header(row: Block) -> bool:
    return sum(bool(_column(cell.text)) for cell in row.cells) > 1 and any(_column(c.text) == UNIT for c in row.cells)


def _unused(row: Block, columns: Mapping[int, str]) -> tuple[str, ...]:
    others = (cell.text.strip() for at, cell in enumerate(row.cells) if at not in columns)
    return tuple(dict.fromkeys(text for text in others if text and text not in ("序号", "备注") and not _column(text)))


# --- rows ---------------------------------------------------------------------------------------------------------
def _values(row: Block, columns: Mapping[int, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, name in columns.items():
        cell = row.cells[at] if at < len(row.cells) else Cell("", row.place)
        found[name] = _CONTROL.sub("", cell.text).strip()
    return found


def _unit_of(cells: Mapping[str, str], before: str, row: Block, file: str) -> str:
    """The unit of a row; a row without one goes on about the unit above it."""
    unit = "".join(cells[UNIT].split())
    if unit in _NOTHING:
        unit = before
    if not unit:
        raise RosterError(f"“{file}”{row.place.words()}没有写单位，请补上后重试")
    _sound(unit, row, file)
    if re.match(r"各|有关|相关", unit):
        raise RosterError(f"“{file}”{row.place.words()}的“{unit}”是集合单位，请写在成员单位的“{GROUP}”列里，再重试")
    return unit


def _sound(name: str, row: Block, file: str) -> None:
    if len(name) > LONGEST or not written(name):
        raise RosterError(f"“{file}”{row.place.words()}的“{name[:20]}”不像单位名称，请核对后重试")


def _names(unit: str, cells: Mapping[str, str], row: Block, file: str) -> Iterator[Name]:
    source = cells.get(SOURCE, "") or f"{file} {row.place.words()}"
    since, until = (_day(cells.get(key, ""), row, file, last=key == UNTIL) for key in (SINCE, UNTIL))
    if since and until and until < since:
        raise RosterError(f"“{file}”{row.place.words()}“{unit}”的起始日期晚于截止日期，请改正后重试")
    yield Name(unit, unit, Sort.NAME, since, until, source)
    for column, sort in ((SHORT, Sort.SHORT), (SIGN, Sort.SIGN), (GROUP, COLLECTIVE)):
        yield from (Name(unit, words, sort, None, None, source) for words in _parts(cells.get(column, ""), row, file))
    for words in _parts(cells.get(FORMER, ""), row, file):
        yield _former(unit, words, since, source, row, file)


def _parts(cell: str, row: Block, file: str) -> Iterator[str]:
    for part in _PARTS.split(cell):
        name = "".join(part.split())
        if name not in _NOTHING:
            _sound(name, row, file)
            yield name


def _former(unit: str, words: str, since: date | None, source: str, row: Block, file: str) -> Name:
    found = _DAYS.search(words)
    ended = since - _DAY_BEFORE if since else None
    if not found or not (found["start"] or found["end"]):
        return Name(unit, words, Sort.FORMER, None, ended, source)
    name = words[: found.start()]
    _sound(name, row, file)
    start, end = (_day(found[key] or "", row, file, last=key == "end") for key in ("start", "end"))
    return Name(unit, name, Sort.FORMER, start, end or ended, source)


def _day(text: str, row: Block, file: str, *, last: bool) -> date | None:
    if text in _NOTHING or text in ("今", "至今", "现在"):
        return None
    plain = re.sub(r"[年月./]", "-", text.split()[0]).replace("日", "").rstrip("-")
    try:
        return written_day(plain, "", last=last)
    except RosterError:
        raise RosterError(
            f"“{file}”{row.place.words()}的日期“{text[:20]}”不认识，请写成 2019、2019-03 或 2019-03-15 后重试"
        ) from None


# --- the whole ----------------------------------------------------------------------------------------------------
def checked(names: Iterable[Name]) -> list[Name]:
    """The lines once each, a unit's own days joined. Raises RosterError when a short name leads to two units at once."""
    joined: dict[tuple[str, str, str], Name] = {}
    for name in names:
        key = written(name.unit), written(name.words), name.sort
        known = joined.get(key)
        joined[key] = (
            name if known is None else replace(known, since=known.since or name.since, until=known.until or name.until)
        )
    _apart(joined.values())
    return list(joined.values())


def _apart(names: Iterable[Name]) -> None:
    short: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.sort in (Sort.NAME, Sort.SHORT, Sort.SIGN):
            short[written(name.words)].append(name)
    for words, lines in short.items():
        for at, one in enumerate(lines):
            for other in lines[at + 1 :]:
                if written(one.unit) != written(other.unit) and _together(one, other):
                    raise RosterError(
                        f"“{words}”既指“{one.unit}”（{one.source}）又指“{other.unit}”（{other.source}），"
                        f"请只留一个，或用“{SINCE}”“{UNTIL}”分开年份，再重试"
                    )


def _together(one: Name, other: Name) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)
