"""[名册]: an office's own roster as its tables in `home/lexicon/*.toml` write it, one name a line.

    [名册]
    地方 = "云溪市"                        # 可以不写；写了就只用于这个地方的文件
    [名册.市自然资源和规划局]
    市自然资源和规划局 = { 类 = "本名", 起 = 2019, 据 = "云溪市机构改革方案" }
    自规局 = { 类 = "简称", 据 = "单位名册.xlsx第3行" }
    市国土资源局 = { 类 = "曾用名", 止 = 2019, 据 = "单位名册.xlsx第3行" }
    市不动产管理局 = { 类 = "加挂牌子", 据 = "单位名册.xlsx第3行" }
    市政府各部门 = { 类 = "所属集合", 据 = "单位名册.xlsx第3行" }

The line 本名 may be left out: the table's name is the unit's. A former name that became several units stands in the
tables of all of them; a name of two sorts (a former name kept as a sign) has a list of two values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.roster import Alias, Roster, Sort, Unit, members, written
from knowledge.unit_tables import first_day, last_day

TABLE, PLACE, COLLECTIVE = "名册", "地方", "所属集合"
_KEYS = ("类", "起", "止", "据")
_SORTS = (*(sort.value for sort in Sort if sort is not Sort.ALSO), COLLECTIVE)
_FOR_EVER = "起始日期晚于截止日期"


class RosterError(ValueError):
    """A line of a roster cannot be used. `str(error)` is a Chinese clause that names the unit and the name, no file."""


@dataclass(frozen=True, slots=True)
class Name:
    """One line of a roster: a name of `unit`, of a sort of `Sort` or 所属集合, with its days and its source."""

    unit: str
    words: str
    sort: str
    since: date | None = None
    until: date | None = None
    source: str = ""


def roster_of(table: Mapping[str, object], source: str) -> Roster:
    """The roster that a [名册] holds; `source` stands for lines that give none. Raises RosterError."""
    place = table.get(PLACE, "")
    if not isinstance(place, str):
        raise RosterError(f"“{PLACE}”应当是一个地名")
    return roster_from(names_of(table, source), place)


def names_of(table: Mapping[str, object], source: str) -> list[Name]:
    """The lines that a [名册] holds. Raises RosterError."""
    return [name for unit, lines in table.items() if unit != PLACE for name in _names(unit, lines, source)]


def roster_from(names: list[Name], place: str = "") -> Roster:
    """The roster of these lines; the units in the order of their first lines."""
    units: dict[str, Unit] = {}
    for name in names:
        key = written(name.unit)
        if key not in units or (name.sort == Sort.NAME and written(name.words) == key):
            proper = name.sort == Sort.NAME
            units[key] = Unit(
                key, name.unit, name.since if proper else None, name.until if proper else None, name.source, place=place
            )
    own = (Alias(key, key, Sort.NAME, unit.since, unit.until, unit.source) for key, unit in units.items())
    lines = (
        Alias(written(name.words), written(name.unit), Sort(name.sort), name.since, name.until, name.source)
        for name in names
        if name.sort != COLLECTIVE and written(name.words) != written(name.unit)
    )
    shared = members((name.words, name.unit) for name in names if name.sort == COLLECTIVE)
    return Roster(units, tuple(dict.fromkeys((*own, *lines))), (), shared)


def _names(unit: str, lines: object, source: str) -> Iterator[Name]:
    if not isinstance(lines, dict):
        raise RosterError(f"“{unit}”应当写成表（[{TABLE}.{unit}]）")
    if not written(unit):
        raise RosterError("有一张表没有写单位名称")
    if not lines:
        yield Name(unit, unit, Sort.NAME, source=source)
    for words, value in lines.items():
        for one in value if isinstance(value, list) else [value]:
            yield _name(unit, words, one, source)


def _name(unit: str, words: str, value: object, source: str) -> Name:
    where = f"[{TABLE}.{unit}]里的“{words}”"
    values = {"类": value} if isinstance(value, str) else value
    if not isinstance(values, dict):
        raise RosterError(f'{where}应当写成 {{ 类 = "简称" }} 这样')
    if strange := next((key for key in values if key not in _KEYS), None):
        raise RosterError(f"{where}有不认识的“{strange}”，能写的是{'、'.join(_KEYS)}")
    sort = values.get("类", Sort.SHORT.value)
    if sort not in _SORTS:
        raise RosterError(f"{where}的类“{sort}”不认识，能写的是{'、'.join(_SORTS)}")
    if not written(words):
        raise RosterError(f"[{TABLE}.{unit}]里有一个名称是空的")
    given = values.get("据", source)
    if not isinstance(given, str):
        raise RosterError(f"{where}的据应当是一句话")
    since, until = written_day(values.get("起"), where, last=False), written_day(values.get("止"), where, last=True)
    if since and until and until < since:
        raise RosterError(f"{where}的{_FOR_EVER}")
    return Name(unit, words, sort, since, until, given)


def written_day(value: object, where: str, *, last: bool) -> date | None:
    """The day that 起 or 止 names: 2019, "2019-03", 2019-03-15. None where nothing is written. Raises RosterError."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value if type(value) is date else value.date()  # type: ignore[attr-defined]
    day = (last_day if last else first_day)(str(value)) if isinstance(value, int | str) else None
    if day is None or isinstance(value, bool):
        raise RosterError(f"{where}的日期“{value}”不认识，请写成 2019、2019-03 或 2019-03-15")
    return day
