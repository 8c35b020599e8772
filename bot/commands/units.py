"""`qiantou units`: which units are known and from where, a roster taken in, one name explained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from bot.commands.speech import Refusal
from bot.view import View
from handlers.wording_deadlines import calendar_day
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Assignment, Document, Role
from knowledge.roster import Alias, Roster, Sort, Unit, written
from knowledge.units import How, UnitBook, resolve
from knowledge.units.collectives import is_collective
from knowledge.units.general import general, hosts_of, moves_of, unit_words
from knowledge.units.senses import Resolved, Sense

_SHORT = 12
_ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}


# --- the list -----------------------------------------------------------------------------------------------------
def list_units(home: Path, *, every: bool, jsonl: bool) -> None:
    """Print the units of the office's roster, where they come from, and the printed names that are in no roster."""
    from bot.home import Home
    from bot.roster import sources
    from bot.view import view_of

    view = view_of(home)
    lexicon = office_lexicon(view.register)
    rosters = [("名册", lexicon.roster), ("总表", general())] if every else [("名册", lexicon.roster)]
    if jsonl:
        for whose, roster in rosters:
            for unit in roster.units.values():
                click.echo(json.dumps({"from": whose, **_record(unit, roster)}, ensure_ascii=False))
        return
    for line in _heading(lexicon.roster, sources(Home(home).lexicon)):
        click.echo(line)
    for _, roster in rosters:
        for unit in roster.units.values():
            click.echo(f"  {_line(unit, roster)}")
    for line in (*_nicknames(lexicon), *_outside(view, lexicon)):
        click.echo(line)


def _heading(roster: Roster, files: dict[str, int]) -> Iterator[str]:
    if files:
        told = "、".join(f"{name}（{units}个）" for name, units in files.items())
        yield f"本机构的单位名册：{len(roster.units)}个单位，来自 {told}。"
    else:
        yield "本机构还没有单位名册，可用 qiantou units import 单位名册.xlsx 导入。"
    yield f"自带的总表：{len(general().units)}个机构（--all 列出）；名册里有的，以名册为准。"


def _line(unit: Unit, roster: Roster) -> str:
    parts = [f"{word}：{told}" for word, told in _named(roster.names_of(unit.key), unit)]
    groups = [name for name, members in roster.collectives.items() if unit.key in members]
    parts += [f"属于：{'、'.join(groups)}"] if groups else []
    return "；".join([f"{unit.name}{_days(unit.since, unit.until)}", *parts])


def _named(aliases: Iterable[Alias], unit: Unit) -> Iterator[tuple[str, str]]:
    lines = [alias for alias in aliases if alias.words != unit.name]
    for sort in (Sort.SHORT, Sort.FORMER, Sort.SIGN):
        names = [f"{one.words}{_own_days(one, unit)}" for one in lines if one.sort is sort]
        if names:
            more = f"等{len(names)}个" if len(names) > _SHORT else ""
            yield sort.value, "、".join(names[:_SHORT]) + more


def _own_days(alias: Alias, unit: Unit) -> str:
    """The days of a name that are not those of its unit."""
    since = alias.since if alias.since != unit.since else None
    return _days(since, alias.until if alias.until != unit.until else None)


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return f"（{_day(since, False)}至{_day(until, True)}）"
    return f"（{_day(since, False)}起）" if since else f"（至{_day(until, True)}）" if until else ""


def _day(day: date, last: bool) -> str:
    return f"{day.year}年" if (day.month, day.day) == ((12, 31) if last else (1, 1)) else calendar_day(day)


def _nicknames(lexicon: Lexicon) -> Iterator[str]:
    """The short names of [单位简称], which lead to printed names without a roster."""
    if lexicon.nicknames:
        yield f"另有单位简称{len(lexicon.nicknames)}个："
        yield from (f"  {short}：{'、'.join(names)}" for short, names in lexicon.nicknames.items())


def _outside(view: View, lexicon: Lexicon) -> Iterator[str]:
    """The printed names that the office's roster does not have, where it has one."""
    if not lexicon.roster:
        return
    towns = {document.id: document.locality or "" for document in view.register.documents}
    book = UnitBook.of(view.register, lexicon)
    strange = [
        name
        for name, papers in book.papers.items()
        if name in book.names and not any(resolve(name, lexicon, None, towns[paper]).own for paper in papers)
    ]
    if strange:
        shown = "、".join(strange[: _SHORT * 2])
        yield f"册中文件写的单位，有{len(strange)}个不在名册里：{shown}{'等' if len(strange) > _SHORT * 2 else ''}。"


def _record(unit: Unit, roster: Roster) -> dict[str, object]:
    return {
        "unit": unit.name,
        "since": unit.since and unit.since.isoformat(),
        "until": unit.until and unit.until.isoformat(),
        "source": unit.source,
        "names": [
            {
                "name": alias.words,
                "sort": alias.sort.value,
                "since": alias.since and alias.since.isoformat(),
                "until": alias.until and alias.until.isoformat(),
                "source": alias.source,
            }
            for alias in roster.names_of(unit.key)
        ],
        "collectives": [name for name, members in roster.collectives.items() if unit.key in members],
    }


# --- taking a roster in -------------------------------------------------------------------------------------------
def take_roster(home: Path, file: Path) -> None:
    """Import a spreadsheet, .csv or .toml of units into the office's lexicon. Raises Refusal; then nothing has changed."""
    from bot.clock import SystemClock
    from bot.commands.review import person
    from bot.home import Home
    from bot.roster import import_roster
    from knowledge.roster_table import RosterError

    if not file.is_file():
        raise Refusal(f"找不到文件“{file}”，请检查路径后重试。")
    place = Home(home)
    place.create()
    now = SystemClock().now()
    with place.store("qiantou units import", now):
        try:
            change = import_roster(place.lexicon, file, person(), now)
        except RosterError as error:
            raise Refusal(f"{error}；没有导入，原有名册没有变化。") from error
    click.echo(f"单位名册已导入：{change.units}个单位、{change.names}个名称，写入 {change.path.name}。")
    for word, units in (("新增", change.added), ("不再有", change.dropped)):
        if units:
            shown = "、".join(units[:_SHORT])
            click.echo(f"{word}{len(units)}个单位：{shown}{'等' if len(units) > _SHORT else ''}。")
    if change.unused:
        click.echo(f"没有用到的列：{'、'.join(change.unused[:_SHORT])}。")


# --- one name explained -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Held:
    """The assignments of one document that name the unit, under which printed name and in which roles."""

    document: Document
    printed: str
    rows: tuple[Assignment, ...]


def show_unit(home: Path, name: str, on: date | None, *, as_json: bool) -> None:
    """Print what `name` means on a day (today where none is given): the unit, its names, its past and its assignments."""
    from bot.clock import SystemClock
    from bot.view import view_of

    if not written(name):
        raise Refusal("没有写名称，请写成 qiantou units show 国土局 这样。")
    view = view_of(home)
    lexicon = office_lexicon(view.register)
    day = on or SystemClock().now().date()
    towns = {document.locality for document in view.register.documents if document.locality}
    town = next(iter(towns)) if len(towns) == 1 else ""
    found = resolve(name, lexicon, day, town)
    held = tuple(_held(name, view, lexicon))
    if as_json:
        click.echo(json.dumps(_explained(found, held), ensure_ascii=False, indent=1))
        return
    for line in _told(found, held, day, lexicon):
        click.echo(line)


def _told(found: Resolved, held: Sequence[_Held], day: date, lexicon: Lexicon) -> Iterator[str]:
    yield f"“{found.words}”在{calendar_day(day)}："
    if is_collective(found.words):
        yield f"  {_members(found.words, lexicon)}"
    elif not found.senses:
        yield "  名册和总表里都没有这个单位。本机构确有的，请写进单位名册（见 docs/词库.md）。"
    elif not found.known:
        yield "  名册和总表里没有这个名称，看字面与下面的机构有关（只是猜测）："
    for unit in found.former:
        early = unit.since is not None and day < unit.since
        yield f"  是{'还没有成立' if early else '已经撤并或更名'}的机构：{unit.name}{_days(unit.since, unit.until)}。"
    for sense in found.senses:
        yield from (f"  {line}" for line in _sense(sense, found, lexicon))
    yield from _assignments(held)


def _members(words: str, lexicon: Lexicon) -> str:
    members = lexicon.roster.collectives.get(written(words), ())
    if not members:
        return "是集合单位，名册里没有写它的成员；可在名册的“所属集合”列里写明。"
    names = (lexicon.roster.units[key].name for key in map(written, members))
    return f"是集合单位，名册里有{len(members)}个成员：{'、'.join(names)}。"


def _sense(sense: Sense, found: Resolved, lexicon: Lexicon) -> Iterator[str]:
    whose = "本机构名册" if sense.own else "自带总表"
    yield f"{_verb(sense, found)}{sense.name}{_days(sense.unit.since, sense.unit.until)}，据{whose}：{sense.unit.source}。"
    line = sense.alias
    if line is not None and line.words != sense.name:
        yield f"  名册里写着{line.sort.value}“{line.words}”{_days(line.since, line.until)}，来源：{line.source}"
    yield from (
        f"  {_moved(move.year)}“{unit_words(move.old)}”的{move.matter}转到“{unit_words(move.new)}”（{move.source}）"
        for move in sense.via
    )
    if sense.how is How.SIGN or sense.weak:
        return
    roster = lexicon.roster if sense.own else general()
    yield from (f"  {word}：{told}" for word, told in _named(roster.names_of(sense.unit.key), sense.unit))
    groups = [name for name, members in roster.collectives.items() if sense.unit.key in members]
    if groups:
        yield f"  属于：{'、'.join(groups)}"
    if not sense.own and len(found.senses) == 1:
        yield from (f"  {line}" for line in _past(sense.unit))


def _moved(year: int) -> str:
    return f"{year}年，" if year else "各地先后，"


def _verb(sense: Sense, found: Resolved) -> str:
    if sense.weak and sense.how is not How.SIGN:
        return "可能是："
    if sense.how is How.SIGN:
        return "也是这个单位加挂的牌子：" if sense.own or not sense.weak else "一些地方是这个单位加挂的牌子："
    if sense.via and not all(move.main for move in sense.via):
        return "部分职能现由："
    if sense.alias and sense.alias.sort is Sort.FORMER and found.on and not sense.unit.alive(found.on):
        return "后来是："
    return "现在是：" if not found.current else "是："


def _past(unit: Unit) -> Iterator[str]:
    before = [general().units[move.old] for move in moves_of(unit.key, back=True)]
    if before:
        yield f"前身：{'、'.join(f'{one.name}{_days(None, one.until)}' for one in before)}"
    signs = [
        one.name for one in general().units.values() if any(host == unit and usual for host, usual in hosts_of(one.key))
    ]
    if signs:
        yield f"多数地方在这里挂牌或设办公室：{'、'.join(signs)}"


def _held(name: str, view: View, lexicon: Lexicon) -> Iterator[_Held]:
    """The assignments of the documents that name the unit, as a question about it would find them."""
    book = UnitBook.of(view.register, lexicon)
    printed = [match.unit for mention in book.mentions(name)[:1] for match in mention.matches]
    for document in view.register.documents:
        for one in printed:
            rows = [
                row for row in view.register.of_document(document.id) if any(duty.unit == one for duty in row.duties)
            ]
            if rows:
                yield _Held(document, one, tuple(rows))


def _assignments(held: Sequence[_Held]) -> Iterator[str]:
    if not held:
        yield "  册中没有文件写到它。"
    for one in held:
        counts = {word: sum(one.printed in row.units(role) for row in one.rows) for role, word in _ROLES.items()}
        roles = "、".join(f"{word}{count}项" for word, count in counts.items() if count)
        numbers = "、".join(row.number for row in one.rows[:_SHORT] if row.number)
        more = "等" if len(one.rows) > _SHORT else ""
        where = f"：第{numbers}项{more}" if numbers else ""
        yield f"  《{one.document.title}》写作“{one.printed}”，{roles}{where}"


def _explained(found: Resolved, held: Sequence[_Held]) -> dict[str, object]:
    return {
        "name": found.words,
        "on": found.on and found.on.isoformat(),
        "canonical": found.name if found.known else None,
        "current": found.current,
        "since": found.since and found.since.isoformat(),
        "until": found.until and found.until.isoformat(),
        "source": found.source,
        "units": [
            {
                "unit": sense.name,
                "from": "名册" if sense.own else "总表",
                "how": sense.how.value,
                "weak": sense.weak,
                "changes": [
                    {"year": m.year or None, "matter": m.matter, "main": m.main, "source": m.source} for m in sense.via
                ],
            }
            for sense in found.senses
        ],
        "assignments": [
            {"document": one.document.title, "printed": one.printed, "ids": [row.id for row in one.rows]}
            for one in held
        ],
    }
