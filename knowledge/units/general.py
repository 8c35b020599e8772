"""The general roster: the bodies of the shipped tables, with their names, levels, signs and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from knowledge.lexicon import shipped
from knowledge.roster import Alias, Move, Roster, Sort, Unit
from knowledge.unit_tables import Line, first_day, last_day, lines
from knowledge.units.unit_names import UnitName, taken_apart

_SORTS = {"别称": Sort.SHORT, "独称": Sort.SHORT, "曾用名": Sort.FORMER, "本名": Sort.NAME, "又指": Sort.ALSO}
# Kinds of office that are the same one under another title; 部 and 中心 are others.
OFFICES = frozenset({"局", "办", ""})


@cache
def general() -> Roster:
    """The shipped roster. Its units' keys are the tables' names: a field (发改), or fields joined by + (教育+体育)."""
    tables: dict[str, list[Line]] = {}
    for line in lines():
        tables.setdefault(line.body, []).append(line)
    units = {key: _unit(key, rows) for key, rows in tables.items()}
    aliases = tuple(alias for key, rows in tables.items() for alias in _aliases(units[key], rows))
    moves = tuple(_move(line) for rows in tables.values() for line in rows if line.sort in ("去向", "划转"))
    return Roster(units, aliases, moves)


def _unit(key: str, rows: list[Line]) -> Unit:
    named = [(line.words, line.values) for line in rows if line.sort == "本名"]
    name, values = next(one for one in named if "级" not in one[1])
    return Unit(
        key,
        name,
        first_day(values.get("起", "")),
        last_day(values.get("止", "")),
        values["据"],
        values.get("系", ""),
        values.get("式", ""),
        {values["级"]: words for words, values in named if "级" in values},
    )


def _aliases(unit: Unit, rows: list[Line]) -> Iterator[Alias]:
    for line in rows:
        if sort := _SORTS.get(line.sort):
            values = line.values
            since, until = first_day(values.get("起", "")), last_day(values.get("止", ""))
            yield Alias(line.words, unit.key, sort, since or unit.since, until or unit.until, values["据"])


def _move(line: Line) -> Move:
    values = line.values
    return Move(line.body, line.words, int(values["年"]), "主" in values, values.get("事", ""), values["据"])


@cache
def _bodies() -> Mapping[frozenset[str], tuple[tuple[Unit, UnitName], ...]]:
    """The bodies by the fields that their own names are made of."""
    found: dict[frozenset[str], list[tuple[Unit, UnitName]]] = {}
    for unit in general().units.values():
        name = taken_apart(unit.name, shipped())
        found.setdefault(name.fields, []).append((unit, name))
    return {fields: tuple(bodies) for fields, bodies in found.items()}


def bodies_of(name: UnitName) -> tuple[Unit, ...]:
    """The bodies that have the fields of `name`: of its own kind of office first, another kind only where there is none."""
    if not name.known:
        return ()
    found = _bodies().get(name.fields, ())
    kind = [unit for unit, own in found if own.kind == name.kind or {own.kind, name.kind} <= OFFICES]
    return tuple(kind or (unit for unit, _ in found))


def bodies_of_field(field: str) -> tuple[Unit, ...]:
    """The bodies that have this field alone."""
    found = _bodies().get(frozenset({field}), ())
    return tuple(unit for unit, own in found if own.kind in OFFICES) or tuple(unit for unit, _ in found)


def also_named(words: str, on: date | None, *, ever: bool = False) -> tuple[Unit, ...]:
    """The further bodies that a name is declared to mean on a day (one to many), or `ever` meant, in the table's order."""
    lines = [line for line in general().named(words) if line.sort is Sort.ALSO]
    fitting = (line for line in lines if ever or (line.holds(on) and (on is not None or line.until is None)))
    return tuple(general().units[line.unit] for line in fitting)


@cache
def hosts_of(key: str) -> tuple[tuple[Unit, bool], ...]:
    """The bodies on whose door the name of this one hangs as a sign, and whether it does so in most places."""
    units = general().units
    return tuple(
        (units[line.words], "常" in line.values) for line in lines() if line.sort == "挂牌" and line.body == key
    )


def moves_of(key: str, back: bool = False) -> tuple[Move, ...]:
    """The changes that lead on from a body, the main ones first; of one that goes on only those that are its whole.

    `back`: those that lead back to the bodies it came from, in every town and a known year.
    """
    if back:
        return tuple(move for move in general().moves if move.new == key and move.main and move.year)
    ended = general().units[key].until is not None
    found = [move for move in general().moves if move.old == key and (move.main or ended)]
    return tuple(sorted(found, key=lambda move: not move.main))


def unit_words(key: str) -> str:
    """What a field or a body is called in a sentence: 国土 is 国土资源局; a field of an office's own is itself."""
    unit = general().units.get(key)
    return unit.name if unit else key
