"""Which units of the register the words of a question mean.

A printed name is found as it stands, by its short forms, by its former and later names, by a part of it, by its sound
and in spite of one wrong character. A unit that no document names comes back too, with no printed name: then the
answer can say so, instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Assignment, Document
from knowledge.normal import plain
from knowledge.roster import written
from knowledge.units.collectives import covers, is_collective
from knowledge.units.meanings import Meanings
from knowledge.units.mention import How, Match, Mention
from knowledge.units.mentions import Finder
from knowledge.units.own import OwnUnits
from knowledge.units.unit_names import LEVELS, UnitName, strange_fields, taken_apart

if TYPE_CHECKING:
    from datetime import date

    from knowledge.units.senses import Resolved

__all__ = ["How", "Match", "Mention", "UnitBook", "resolve", "without_mentions"]

# Registers whose books are kept: one office and a few scoped views of it.
_KEPT = 16


class Printed(Protocol):
    """The part of a register whose units are read."""

    @property
    def documents(self) -> Iterable[Document]: ...

    @property
    def assignments(self) -> Iterable[Assignment]: ...


@dataclass(frozen=True)
class UnitBook:
    """All units that the assignments of a register print, and the ways people name them.

    `homes`: printed name → the places of its documents; `papers`: printed name → the ids of its documents.
    """

    lexicon: Lexicon
    names: Mapping[str, UnitName]
    collectives: tuple[str, ...]
    places: frozenset[str]
    homes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    papers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @staticmethod
    def of(register: Printed, lexicon: Lexicon | None = None) -> UnitBook:
        """The book of `register`, made once for the same documents, assignments and lexicon."""
        words = lexicon or office_lexicon(register)
        made_of = (words, tuple(register.documents), tuple(register.assignments))
        return _books.of(made_of, lambda: _made(register, words))

    @staticmethod
    def is_collective(name: str) -> bool:
        """Whether a printed name stands for many units (市政府各部门)."""
        return is_collective(name)

    @cached_property
    def _finder(self) -> Finder:
        meanings = Meanings(self.names, self.homes, self.papers, self.lexicon)
        return Finder(meanings, self.places, self.lexicon)

    @cached_property
    def spelt(self) -> Mapping[str, str]:
        """The printed names by the way a question writes them: 濛溪海关 is asked for as 蒙溪海关."""
        return {name.words: printed for printed, name in self.names.items()}

    def mentions(self, text: str) -> list[Mention]:
        """The units that `text` names, in text order, never overlapping; spans count in `plain(text)`."""
        return self._finder.mentions(text)

    def collectives_of(self, unit: str) -> tuple[str, ...]:
        """The printed collectives that cover `unit`, a printed name or a mention's words."""
        name = self.names.get(unit) or taken_apart(unit, self.lexicon, self.places)
        return tuple(one for one in self.collectives if self._covers(one, unit, name))

    def _covers(self, collective: str, unit: str, name: UnitName) -> bool:
        """Whether the office's roster says so; where it says nothing of the collective, whether its words do."""
        members = self.lexicon.roster.collectives.get(written(collective))
        if members is None:
            return covers(collective, name, self.lexicon.beside)
        lines = OwnUnits.of(self.lexicon).lines(unit) or OwnUnits.of(self.lexicon).alike(name)
        return any(written(member) == line.unit for line in lines for member in members)


_books: Remembered[UnitBook] = Remembered(_KEPT)


def _made(register: Printed, lexicon: Lexicon) -> UnitBook:
    localities = {document.id: document.locality or "" for document in register.documents}
    places = frozenset(form for place in localities.values() for form in _forms(plain(place)))
    papers: dict[str, set[str]] = {}
    for assignment in register.assignments:
        for duty in assignment.duties:
            papers.setdefault(duty.unit, set()).add(assignment.document)
    homes = {name: frozenset(plain(localities.get(id, "")) for id in ids) for name, ids in papers.items()}
    strange = {field for name in homes if not is_collective(name) for field in strange_fields(name, lexicon, places)}
    lexicon = replace(lexicon, atoms={**{field: field for field in strange}, **lexicon.atoms}) if strange else lexicon
    return UnitBook(
        lexicon=lexicon,
        names={name: taken_apart(name, lexicon, places) for name in homes if not is_collective(name)},
        collectives=tuple(name for name in homes if is_collective(name)),
        places=places,
        homes=homes,
        papers={name: frozenset(ids) for name, ids in papers.items()},
    )


def _forms(place: str) -> Iterable[str]:
    """攀枝花市 and 攀枝花."""
    if place:
        yield place
        if place[-1] in LEVELS and len(place) > 2:
            yield place[:-1]


def resolve(words: str, lexicon: Lexicon | None = None, on: date | None = None, town: str = "") -> Resolved:
    """The units that the name `words` means on the day `on` in a document of `town`: see `knowledge.units.senses`."""
    from knowledge.units import senses  # most questions need no more than the printed names

    return senses.resolve(words, lexicon, on, town)


def without_mentions(text: str, mentions: Iterable[Mention]) -> str:
    """`plain(text)` with the mentions taken out, a blank in their place."""
    rest = plain(text)
    for mention in sorted(mentions, key=lambda one: -one.start):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    return rest
