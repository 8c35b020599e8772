"""单位名册: units, the names they go and went by, the signs they carry, the collectives they belong to, what became of them.

Two rosters of one form: the general one that ships (`knowledge.units.general`), whose units are bodies without a place,
and an office's own (`home/lexicon/*.toml`), whose units are called as its documents print them. The office's own wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from knowledge.normal import plain


class Sort(StrEnum):
    """What a name is to its unit; the words are those of the tables. ALSO is a name that other units have too."""

    NAME = "本名"
    SHORT = "简称"
    FORMER = "曾用名"
    SIGN = "加挂牌子"
    ALSO = "又指"


class Alias(NamedTuple):
    """简称: a name, as `plain` writes it without blanks, that leads to a unit (by its key).

    It holds from `since` to `until`, both days included and None being open. `source` says who gave it: a law, a
    reform by name and year, 通称, a row of the office's spreadsheet, a person and a day.
    """

    words: str
    unit: str
    sort: Sort = Sort.SHORT
    since: date | None = None
    until: date | None = None
    source: str = ""

    def holds(self, on: date | None) -> bool:
        """Whether the name is in force on that day; always, where no day is asked about. A former name without its last
        day is in force on none that is known."""
        if on is None:
            return True
        if self.until is None and self.sort is Sort.FORMER:
            return False
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Move(NamedTuple):
    """去向: what the unit `old` did went to the unit `new` in `year` (0: not everywhere in the same one).

    `main`: the unit as a whole went there; else only `matter`, a part of what it did. `old` goes on where it has no end.
    """

    old: str
    new: str
    year: int = 0
    main: bool = False
    matter: str = ""
    source: str = ""


class Rename(NamedTuple):
    """The field `old` became `new` in `year` (0 when it differs from place to place). One old may have several new ones.

    `source` is what ordered it, empty where an office wrote it itself.
    """

    old: str
    new: str
    year: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: a body. `name` is what it is called; `forms` by level where other levels call it otherwise (省, 县, 国).

    `pattern` shows a general body with its place and level, 〇 standing for 云溪市, 县 …; `system` is 党委, 政府, 群团, 垂管 …, empty where
    unknown. `place` is the town of an office's own unit, empty where the office gave none.
    """

    key: str
    name: str
    since: date | None = None
    until: date | None = None
    source: str = ""
    system: str = ""
    pattern: str = ""
    forms: Mapping[str, str] = field(default_factory=dict, hash=False)
    place: str = ""

    def alive(self, on: date | None) -> bool:
        """Whether it exists on that day; where no day is asked about, whether it exists still."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def called(self, level: str = "", place: str = "") -> str:
        """Its name at a level, in a place: 县发展和改革局, 云溪市委组织部, 国家税务总局云溪市税务局; bare where none is given."""
        form = self.forms.get(level) or (self.forms.get("县") if level in ("区", "旗") else None) or self.name
        if level == "国":
            return form
        where = place if place.endswith(level) else place + level
        around = "〇" in self.pattern[2:]  # the place stands in the middle
        if self.pattern and form == self.name and (place if around else level):
            return self.pattern.replace("〇", where)
        return where + form


@dataclass(frozen=True)
class Roster:
    """Units by key, every name in the order of the tables, changes, and the members that collectives are said to have."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()
    moves: tuple[Move, ...] = ()
    collectives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.units)

    @cached_property
    def _named(self) -> Mapping[str, tuple[Alias, ...]]:
        found: dict[str, list[Alias]] = {}
        for alias in self.aliases:
            found.setdefault(alias.words, []).append(alias)
        return {words: tuple(aliases) for words, aliases in found.items()}

    @cached_property
    def _of_unit(self) -> Mapping[str, tuple[Alias, ...]]:
        found: dict[str, list[Alias]] = {key: [] for key in self.units}
        for alias in self.aliases:
            found.setdefault(alias.unit, []).append(alias)
        return {key: tuple(aliases) for key, aliases in found.items()}

    def named(self, words: str, on: date | None = None) -> tuple[Alias, ...]:
        """The lines that give this very name: those in force on the day, else all, so that a former name is found too."""
        return in_force(self._named.get(written(words), ()), on)

    def names_of(self, key: str) -> tuple[Alias, ...]:
        """Every name of a unit."""
        return self._of_unit.get(key, ())

    def knows(self, name: str) -> bool:
        """Whether `name` is, or ever was, a name of a unit in it."""
        return written(name) in self._named

    def with_(self, other: Roster) -> Roster:
        """This roster with another laid over it: units of one key become one, the other's lines stand first."""
        return Roster(
            {**self.units, **other.units},
            tuple(dict.fromkeys((*other.aliases, *self.aliases))),
            tuple(dict.fromkeys((*other.moves, *self.moves))),
            _joined(self.collectives, other.collectives),
        )


def _joined(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    words = dict.fromkeys((*one, *other))
    return {name: tuple(dict.fromkeys((*one.get(name, ()), *other.get(name, ())))) for name in words}


def in_force(lines: tuple[Alias, ...], on: date | None) -> tuple[Alias, ...]:
    """Of the lines that give one name those that count on a day: those in force, with them former names whose last day
    nobody wrote down; where none is in force, all."""
    holding = [line for line in lines if line.holds(on)]
    if any(line.sort is not Sort.FORMER for line in holding):
        return tuple(holding)
    undated = [line for line in lines if line.sort is Sort.FORMER and line.until is None]
    return tuple(line for line in lines if line in holding or line in undated) if holding else lines


def written(words: str) -> str:
    """A name as rosters compare it: `plain`, without blanks."""
    return plain(words).replace(" ", "")


def members(lines: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collective → its members, from pairs of both."""
    found: dict[str, list[str]] = {}
    for collective, unit in lines:
        found.setdefault(written(collective), []).append(unit)
    return {name: tuple(dict.fromkeys(units)) for name, units in found.items()}
