"""Whose an assignment is: the share that a unit holds in it, and the units that must all have reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment, Role
from knowledge.normal import plain
from knowledge.register import Register
from knowledge.roster import Sort, written
from knowledge.units import How, UnitBook
from knowledge.units.own import OwnUnits

# A name that leads to a printed one less surely than this holds nothing: a report must never close another's work.
SURELY = 0.75
# A bureau that shares only a part of the field, or carries a sign, is not surely the one that reports.
_WEAK = frozenset({How.PART, How.SIGN})


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit that reports. `name` as the office knows it, `names` the printed names it surely means, `collectives` the
    printed collectives that cover it."""

    name: str
    names: tuple[str, ...] = ()
    collectives: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The name it has in the documents, else the one it goes by."""
        return self.name if self.name in self.names or not self.names else self.names[0]

    def share(self, assignment: Assignment) -> str | None:
        """The name under which it holds the assignment, by itself or within a collective; None when it does not."""
        held = (duty.unit for duty in assignment.duties if duty.unit in self.names)
        by_itself = next(held, None)
        return by_itself or (self.printed if self.shared(assignment) else None)

    def shared(self, assignment: Assignment) -> bool:
        """Whether it holds the assignment only as one of many, through a collective's name."""
        names = {duty.unit for duty in assignment.duties}
        return names.isdisjoint(self.names) and not names.isdisjoint(self.collectives)

    def held(self, assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
        """The assignments it has a share in, its own before those of collectives."""
        found = [one for one in assignments if self.share(one) is not None]
        return tuple(sorted(found, key=self.shared))


def holder_of(unit: str, register: Register) -> Holder:
    """The unit that goes by the name `unit`, as the documents of `register` know it."""
    book = UnitBook.of(register)
    whole = [one for one in book.mentions(unit) if one.words == plain(unit)]
    sure = (match for one in whole for match in one.matches if match.confidence >= SURELY and match.how not in _WEAK)
    matches = [match.unit for match in sure]
    names = tuple(dict.fromkeys([unit] * (unit in book.names) + matches))
    return Holder(unit, names, tuple(dict.fromkeys(book.collectives_of(names[0] if names else unit))))


def owing(assignment: Assignment) -> tuple[str, ...]:
    """The printed units whose shares together are the assignment: the leaders, else the responsible, else the others.

    A cooperating unit's report closes its own share only, and a leader's word stands for the whole.
    """
    roles = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING)
    return next((units for role in roles if (units := assignment.units(role))), ())


_SAME = (Sort.NAME, Sort.SHORT, Sort.FORMER)
"""The sorts of names under which a unit is surely itself."""


def known_as(unit: str, register: Register) -> frozenset[str]:
    """Every name that surely means the unit called `unit`: as it was written, as the documents print it, as the office's
    roster has it."""
    roster = office_lexicon(register).roster
    keys = {line.unit for line in OwnUnits.of(office_lexicon(register)).lines(unit) if line.sort in _SAME}
    own = (line.words for key in keys if len(keys) == 1 for line in roster.names_of(key) if line.sort in _SAME)
    names = (roster.units[key].name for key in keys if len(keys) == 1)
    return frozenset((unit, *holder_of(unit, register).names, *own, *names))


def members_of(collective: str, register: Register) -> tuple[str, ...]:
    """The units that the office's roster says a printed collective stands for; empty where it does not say."""
    return office_lexicon(register).roster.collectives.get(written(collective), ())
