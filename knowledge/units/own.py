"""An office's own units: which of its roster a name means, with and without place and level, or by the same fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon
from knowledge.roster import Alias, Roster, Sort, Unit, in_force
from knowledge.units.unit_names import LEVELS, UnitName, stems, taken_apart

_KEPT = 16
# A name without place and level is not shortened further than this.
_SHORTEST = 2


@dataclass(frozen=True)
class OwnUnits:
    """The roster of one office, ready to be asked."""

    roster: Roster
    lexicon: Lexicon

    @staticmethod
    def of(lexicon: Lexicon) -> OwnUnits:
        """The units of the lexicon's roster, made once for each."""
        return _made.of((lexicon.roster, lexicon), lambda: OwnUnits(lexicon.roster, lexicon))

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(form for unit in self.roster.units.values() for form in place_forms(unit.place))

    @cached_property
    def _forms(self) -> dict[str, list[tuple[str, str, Alias]]]:
        """Every way to write a name → the place and the level that were left out, and the line."""
        found: dict[str, list[tuple[str, str, Alias]]] = {}
        for alias in self.roster.aliases:
            for place, level, rest in self._cut(alias.words, self.roster.units[alias.unit].place):
                if len(rest) >= _SHORTEST:
                    found.setdefault(rest, []).append((place, level, alias))
        return found

    def _cut(self, words: str, place: str) -> Iterator[tuple[str, str, str]]:
        yield from stems(words, self._places | self.lexicon.places | frozenset(place_forms(place)))

    @property
    def surfaces(self) -> frozenset[str]:
        """Every text that is a name of a unit, or such a name without its place and its level."""
        return frozenset(self._forms)

    def lines(self, words: str, on: date | None = None, town: str = "") -> tuple[Alias, ...]:
        """The lines that `words` is the name of: those in force on the day, else all. `town`: where it was said."""
        found: tuple[Alias, ...] = ()
        for place, level, rest in self._cut(words, town):
            fitting = [
                alias
                for lost, lower, alias in self._forms.get(rest, ())
                if _same(level, lower) and _same_place(place, lost) and self._of_town(alias, town)
            ]
            found = tuple(dict.fromkeys(fitting))
            if found:
                break
        return in_force(found, on)

    def _of_town(self, alias: Alias, town: str) -> bool:
        return _same_place(self.roster.units[alias.unit].place, town)

    @cached_property
    def _by_fields(self) -> dict[frozenset[str], list[tuple[UnitName, Alias]]]:
        found: dict[frozenset[str], list[tuple[UnitName, Alias]]] = {}
        for alias in self.roster.aliases:
            name = taken_apart(alias.words, self.lexicon, self._places)
            if name.known and not name.section and alias.sort in (Sort.NAME, Sort.FORMER):
                found.setdefault(name.fields, []).append((name, alias))
        return found

    def alike(self, name: UnitName, town: str = "") -> tuple[Alias, ...]:
        """The lines whose names have the fields of `name`, at its level and of its kind of office."""
        if not name.known or name.section:
            return ()
        lines = self._by_fields.get(name.fields, ())
        return tuple(
            alias
            for own, alias in lines
            if _same(own.level, name.level) and own.kind == name.kind and self._of_town(alias, town)
        )

    def holding(self, fields: frozenset[str], level: str, town: str = "") -> tuple[Unit, ...]:
        """The units whose present names hold all of these fields: 教育 is held by 县教育和科学技术局."""
        found = [
            self.roster.units[alias.unit]
            for own, lines in self._by_fields.items()
            if fields <= own
            for name, alias in lines
            if alias.sort is not Sort.FORMER and _same(name.level, level) and self._of_town(alias, town)
        ]
        return tuple(dict.fromkeys(found))


_made: Remembered[OwnUnits] = Remembered(_KEPT)


def place_forms(place: str) -> tuple[str, ...]:
    """攀枝花市 and 攀枝花."""
    if not place:
        return ()
    return (place, place[:-1]) if place[-1] in LEVELS and len(place) > 2 else (place,)


def _same(one: str, other: str) -> bool:
    return not one or not other or one == other


def _same_place(one: str, other: str) -> bool:
    return not one or not other or bool({*place_forms(one)} & {*place_forms(other)})
