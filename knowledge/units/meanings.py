"""Which printed names a name means: as the office's roster has it, else by fields, kinship and changes of name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from knowledge.lexicon import Lexicon
from knowledge.roster import Alias, Sort
from knowledge.units.kinship import related_over
from knowledge.units.mention import How, Match
from knowledge.units.own import OwnUnits
from knowledge.units.unit_names import LEVELS, UnitName, taken_apart

# A short form of a name that no table understands needs this many characters.
_PICKED = 3
_ELIDED, _ALIKE = 0.9, 0.95
# Names whose meaning is remembered, before all are forgotten.
_REMEMBERED = 4_000
_HOWS = {
    Sort.NAME: How.ALIAS,
    Sort.SHORT: How.ALIAS,
    Sort.ALSO: How.ALIAS,
    Sort.FORMER: How.FORMER,
    Sort.SIGN: How.SIGN,
}


_UNREAD = (Match("", How.UNKNOWN, 0.0),)
"""Stands for the meaning of a name until somebody asks for it: working out a hundred takes longer than a question."""


class _Surfaces(dict[str, tuple[Match, ...]]):
    """Names and what they stand for; `read` works out what is UNREAD."""

    def __init__(self, read: Callable[[str], tuple[Match, ...]]) -> None:
        super().__init__()
        self._read = read

    def __getitem__(self, form: str) -> tuple[Match, ...]:
        found = super().__getitem__(form)
        if found is _UNREAD:
            found = self[form] = self._read(form)
        return found


class Meanings:
    """The printed names of one set of documents, ready to be asked for.

    `homes`: printed name → the places of its documents; `papers`: printed name → the ids of its documents.
    """

    def __init__(
        self,
        names: Mapping[str, UnitName],
        homes: Mapping[str, frozenset[str]],
        papers: Mapping[str, frozenset[str]],
        lexicon: Lexicon,
    ) -> None:
        self.names, self._homes, self._papers, self._lexicon = names, homes, papers, lexicon
        self._own = OwnUnits.of(lexicon) if lexicon.roster else None

    # --- whole texts ------------------------------------------------------------------------------------------
    @cached_property
    def surfaces(self) -> dict[str, tuple[Match, ...]]:
        """Text that is a printed name, or a name of the office's own, and what it stands for."""
        table = _Surfaces(lambda form: self._also(taken_apart(form, self._lexicon), ""))
        for words, name in self.names.items():
            for form in {name.words} if name.known or len(name.stem) < _PICKED else {name.words, name.stem}:
                found = Match(words, How.EXACT, 1.0) if form == name.words else Match(words, How.ELIDED, _ELIDED)
                table[form] = (*table.get(form, ()), found)
        for form in self._lexicon.also:
            table.setdefault(form, _UNREAD)
        for short, meant in self._lexicon.nicknames.items():
            units = [words for words, name in self.names.items() if {words, name.words, name.stem} & set(meant)]
            table[short] = tuple(Match(words, How.ELIDED, _ELIDED) for words in units)
        if self._own is not None:
            table |= {form: self._by_lines(self._own.lines(form), form) for form in self._own.surfaces}
        return table

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The surfaces that the office gave itself: nothing else is meant by them."""
        return frozenset(self._lexicon.nicknames) | (self._own.surfaces if self._own is not None else frozenset())

    # --- the office's roster ----------------------------------------------------------------------------------
    @cached_property
    def _printed(self) -> Mapping[str, tuple[str, ...]]:
        """The office's unit (by key) → its printed names, present and former."""
        found: dict[str, list[str]] = {}
        for words, name in self.names.items():
            for town in self._homes.get(words, frozenset({""})):
                for line in self._lines(name, town):
                    found.setdefault(line.unit, []).append(words)
        return {unit: tuple(dict.fromkeys(words)) for unit, words in found.items()}

    def _lines(self, name: UnitName, town: str) -> tuple[Alias, ...]:
        return (self._own.lines(name.words, None, town) or self._own.alike(name, town)) if self._own else ()

    def _by_lines(self, lines: Iterable[Alias], said: str) -> tuple[Match, ...]:
        """The printed names of the units that the lines lead to; of documents that print none of them, their kin."""
        found: dict[str, Match] = {}
        lines = tuple(lines)
        for line in lines:
            for words in self._printed.get(line.unit, ()):
                exact = self.names[words].words == said
                how = How.EXACT if exact else _HOWS[line.sort]
                found.setdefault(words, Match(words, how, 1.0 if exact else _ALIKE))
        return (*sorted(found.values(), key=lambda match: -match.confidence), *self._kin_of(lines, found))

    def _kin_of(self, lines: Iterable[Alias], found: Mapping[str, Match]) -> tuple[Match, ...]:
        owned = {words for printed in self._printed.values() for words in printed}
        covered = frozenset[str]().union(*(self._papers.get(words, frozenset()) for words in found))
        others = {
            words: name
            for words, name in self.names.items()
            if words not in owned and (self._papers.get(words, frozenset({""})) - covered)
        }
        if not others:
            return ()
        names = dict.fromkeys(line.unit for line in lines)
        kin = [match for key in names for match in self._general(taken_apart(key, self._lexicon), "", others)]
        return tuple({match.unit: match for match in kin}.values())

    # --- names taken apart ------------------------------------------------------------------------------------
    def of(self, name: UnitName, place: str = "") -> tuple[Match, ...]:
        """The printed names that `name` can mean, in the documents of `place` or, none being named, of every place."""
        known = self._known.get((name.words, place))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[name.words, place] = self._found(name, place)
        return known

    @cached_property
    def _known(self) -> dict[tuple[str, str], tuple[Match, ...]]:
        """What was found before: people ask about the same units."""
        return {}

    def _found(self, name: UnitName, place: str) -> tuple[Match, ...]:
        lines = self._lines(name, place)
        if lines:
            return self._by_lines(lines, name.words)
        found = self._general(name, place, self.names)
        more = self._also(name, place)
        return tuple({match.unit: match for match in (*more, *found)}.values()) if more else found

    def _also(self, name: UnitName, place: str) -> tuple[Match, ...]:
        """What a name means beside what it is made of, where the table declares it."""
        also = (replace(name, fields=frozenset(key.split("+"))) for key in self._lexicon.also.get(name.stem, ()))
        found = (match for other in also for match in self._general(other, place, self.names))
        return tuple({match.unit: match for match in found}.values())

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        """The names that the documents of each place print: one place's 财政局 is not another's."""
        towns = {town for homes in self._homes.values() for town in homes} or {""}
        return {
            town: frozenset(words for words in self.names if town in self._homes.get(words, {""}))
            for town in sorted(towns)
        }

    def _general(self, name: UnitName, place: str, among: Mapping[str, UnitName]) -> tuple[Match, ...]:
        here = place.rstrip(LEVELS) if len(place) > _PICKED - 1 else place
        best: dict[str, Match] = {}
        for town, printed in self._groups.items():
            if town.startswith(here) or not town:
                names = among if len(printed) == len(among) else {one: among[one] for one in among if one in printed}
                for match in related_over(name, names, self._papers, self._lexicon):
                    if match.unit not in best or match.confidence > best[match.unit].confidence:
                        best[match.unit] = match
        return tuple(sorted(best.values(), key=lambda match: -match.confidence))
