"""所指: the units that a name means on a day. An office's own roster first, then the general table, then shared fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.lexicon import Lexicon, shipped
from knowledge.roster import Alias, Move, Sort, Unit, written
from knowledge.units.general import also_named, bodies_of, bodies_of_field, general, hosts_of, moves_of
from knowledge.units.mention import How
from knowledge.units.own import OwnUnits, place_forms
from knowledge.units.unit_names import UnitName, taken_apart

# No chain of reforms is longer.
_HOPS = 6
_HOWS = {
    Sort.NAME: How.EXACT,
    Sort.SHORT: How.ALIAS,
    Sort.ALSO: How.ALIAS,
    Sort.FORMER: How.FORMER,
    Sort.SIGN: How.SIGN,
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One unit that a name can mean. `name` is what it is called (its level before it); `own` tells the office's own.

    `via` are the changes that lead from the unit the name was given to, in order; the last one's `main` tells whether
    that unit as a whole went there. `weak`: known only because a part of the field is the same. `alias` is the line of
    the office's roster that the name is written in.
    """

    unit: Unit
    name: str
    how: How
    via: tuple[Move, ...] = ()
    own: bool = False
    weak: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `words` means on the day `on` (None: as things stand). `senses` is empty for a name nobody knows.

    `current`: the name is in force on that day; `since` and `until` are its own days where the table gives any, `source`
    who gave it. `former` are the units it was given to, where they exist no more (or not yet) on that day.
    """

    words: str
    on: date | None = None
    senses: tuple[Sense, ...] = ()
    current: bool = True
    since: date | None = None
    until: date | None = None
    source: str = ""
    former: tuple[Unit, ...] = ()

    @property
    def name(self) -> str:
        """What the unit is called on that day: the only sense's name, or of several heirs the main one's; else `words`."""
        sure = [sense for sense in self.senses if not sense.weak and (sense.own or sense.how is not How.SIGN)]
        main = [sense for sense in sure if all(move.main for move in sense.via)]
        return main[0].name if len(main) == 1 else sure[0].name if len(sure) == 1 else self.words

    @property
    def known(self) -> bool:
        """Whether a table knows the name itself."""
        return any(not sense.weak for sense in self.senses)

    @property
    def own(self) -> bool:
        """Whether the office's roster knows it."""
        return any(sense.own for sense in self.senses)


def resolve(words: str, lexicon: Lexicon | None = None, on: date | None = None, town: str = "") -> Resolved:
    """The units that the name `words` means on the day `on`, in a document of `town` (云溪市), by `lexicon`.

    Resolving a resolved name again gives the same name. A former name outside its years is found all the same, and
    told by `current`. Of a unit that was split all heirs come, the main one first, then in the order of the table.
    """
    spoken = lexicon or shipped()
    name = taken_apart(words, spoken, frozenset(place_forms(written(town))))
    return _by_own(words, name, spoken, on, town) or _by_table(words, name, spoken, on, town) or Resolved(words, on)


# --- the office's own ---------------------------------------------------------------------------------------------
def _by_own(words: str, name: UnitName, lexicon: Lexicon, on: date | None, town: str) -> Resolved | None:
    if not lexicon.roster:
        return None
    book = OwnUnits.of(lexicon)
    lines = book.lines(words, on, town)
    sure = bool(lines)
    lines = lines or book.alike(name, town)
    if not lines:
        return None
    senses = {line.unit: _own_sense(line, lexicon, sure) for line in reversed(lines)}
    return Resolved(
        words,
        on,
        tuple(senses[key] for key in dict.fromkeys(line.unit for line in lines)),
        any(_in_force(line, on) for line in lines),
        lines[0].since,
        lines[0].until,
        lines[0].source,
    )


def _in_force(line: Alias, on: date | None) -> bool:
    return (
        line.holds(on) and (on is not None or line.until is None) and (on is not None or line.sort is not Sort.FORMER)
    )


def _own_sense(line: Alias, lexicon: Lexicon, sure: bool) -> Sense:
    unit = lexicon.roster.units[line.unit]
    how = _HOWS[line.sort] if sure or line.sort is not Sort.NAME else How.ALIAS
    return Sense(unit, unit.name, how, own=True, alias=line)


# --- the general table --------------------------------------------------------------------------------------------
def _by_table(words: str, name: UnitName, lexicon: Lexicon, on: date | None, town: str) -> Resolved | None:
    proper = bodies_of(name) if not name.section else ()
    further = also_named(name.stem, on, ever=not proper) if not name.section else ()
    bodies = tuple(dict.fromkeys((*further, *proper)))
    if not bodies:
        senses = tuple(_by_parts(name, lexicon, on, town))
        return Resolved(words, on, senses) if senses else None
    alive = [body for body in bodies if body.alive(on)]
    if further and alive:
        found = [_sense(body, name, How.ALIAS, lexicon, town) for body in alive]
        gone = [body for body in bodies if body not in alive]
        found += [
            replace(_sense(heir, name, How.FORMER, lexicon, town), via=via)
            for body in gone
            for heir, via in _heirs(body, on)
        ]
        return Resolved(words, on, _once(found), True)
    if alive:
        first = alive[0]
        found = [
            _sense(body, name, How.EXACT if body.name == name.stem else How.ALIAS, lexicon, town) for body in alive
        ]
        hosts = ((host, usual) for body in alive for host, usual in hosts_of(body.key) if host.alive(on))
        found += [replace(_sense(host, name, How.SIGN, lexicon, town), weak=not usual) for host, usual in hosts]
        return Resolved(words, on, _once(found), True, first.since, first.until, first.source)
    heirs = [(heir, via) for body in bodies for heir, via in _heirs(body, on)] or [(body, ()) for body in bodies]
    found = [
        replace(_sense(heir, name, How.FORMER if via else How.EXACT, lexicon, town), via=via) for heir, via in heirs
    ]
    return Resolved(words, on, _once(found), False, bodies[0].since, bodies[0].until, bodies[0].source, tuple(bodies))


def _sense(body: Unit, name: UnitName, how: How, lexicon: Lexicon, town: str) -> Sense:
    """The body as the office's roster calls it, where a unit there has its fields; else as the general table does."""
    if lexicon.roster:
        fields = frozenset(body.key.split("+"))
        held = OwnUnits.of(lexicon).holding(fields, name.level, town)
        if len(held) == 1:
            return Sense(held[0], held[0].name, how if how in (How.FORMER, How.SIGN) else How.PART, own=True)
    return Sense(body, body.called(name.level, name.place), how)


def _once(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    found: dict[str, Sense] = {}
    for sense in senses:
        found.setdefault(sense.name, sense)
    return tuple(found.values())


def _heirs(body: Unit, on: date | None) -> Iterator[tuple[Unit, tuple[Move, ...]]]:
    """The bodies alive on that day that took over what `body` did, the main line first; into the past for one not yet born."""
    early = on is not None and body.since is not None and on < body.since
    yield from _walk(body, on, (), early)


def _walk(body: Unit, on: date | None, via: tuple[Move, ...], back: bool) -> Iterator[tuple[Unit, tuple[Move, ...]]]:
    if len(via) > _HOPS or any(move.new == move.old for move in via):
        return
    for move in moves_of(body.key, back):
        heir = general().units[move.old if back else move.new]
        if move.main or not via:
            path = (*via, move)
            if heir.alive(on):
                yield heir, path
            elif move.main:
                yield from _walk(heir, on, path, back)


# --- parts --------------------------------------------------------------------------------------------------------
def _by_parts(name: UnitName, lexicon: Lexicon, on: date | None, town: str) -> Iterator[Sense]:
    """A merged name that no table has (文体广新局): the bodies of its single fields, weakly, in the order they are named."""
    if len(name.fields) < 2 or name.section:
        return
    seen = set()
    for field in sorted(name.fields, key=lambda one: _first(one, name.stem, lexicon)):
        for body in bodies_of_field(field):
            for heir in [body] if body.alive(on) else [heir for heir, via in _heirs(body, on) if via[-1].main]:
                sense = replace(_sense(heir, name, How.PART, lexicon, town), weak=True)
                if sense.name not in seen:
                    seen.add(sense.name)
                    yield sense


def _first(field: str, stem: str, lexicon: Lexicon) -> int:
    places = [
        stem.find(spelling) for spelling, key in lexicon.atoms.items() if field in key.split("+") and spelling in stem
    ]
    return min(places, default=len(stem))
