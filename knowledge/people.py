"""人员: who speaks for which unit and in which role, by what the ledger tells; several accounts may be one person's.

An account is the key of a person on a channel ("channel/native", compared as it is: case, blanks and slashes count). A person
is a name in a unit: who answers for two units is two persons with one account, and speaks for the one chosen last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.normal import HAN, visible_form
from knowledge.patterns import regex

STRANGER, STAFF, LIAISON, SUPERVISOR, ADMINISTRATOR = "stranger", "staff", "liaison", "supervisor", "administrator"
ROLES: Mapping[str, str] = {STAFF: "工作人员", LIAISON: "联络员", SUPERVISOR: "督查员", ADMINISTRATOR: "管理员"}
"""The roles that an office gives, with the words for them. STRANGER is what somebody without any is."""
ABOVE = frozenset({SUPERVISOR, ADMINISTRATOR})
"""Who decides for others."""


class Strangers(StrEnum):
    """What somebody without an account here may ask: everything, only in bound groups, nothing but how to be enrolled, nothing."""

    ASK = "ask"
    GROUPS = "groups"
    GREET = "greet"
    SILENT = "silent"


LONGEST = 20
"""Characters of a person's name."""
_SCRIPTS = regex(r"[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u0530-\u058f]")
_NAME = regex(rf"(?:{HAN}|[a-zA-Z])(?:{HAN}|[a-zA-Z0-9·. ()（）-])*")
ENROLLED, RELEASED, LEFT, CHOSEN = "enrolled", "released", "left", "chosen"
"""What an entry of the kind ENROLLED tells: an account is a person's; it is no more; the person holds the role no more, with
none of the accounts; the account speaks for this one of its persons."""


def name_of(text: str) -> str:
    """A person's name in one way of writing: look-alikes of Chinese characters made the characters, blanks beside them and
    what is not seen taken out. Empty where it is none, also where it is written with letters that pass for others."""
    told = visible_form(text)
    return told if len(told) <= LONGEST and _NAME.fullmatch(told) and not _SCRIPTS.search(told) else ""


@dataclass(frozen=True, slots=True)
class Person:
    """人员: `name` in `unit` (a printed name; may be empty for those above) with a role, and the accounts that are this person's.

    `since` is when the role was given, None where the office's settings give it.
    """

    name: str
    unit: str
    role: str
    keys: tuple[str, ...] = ()
    since: datetime | None = None

    @property
    def who(self) -> tuple[str, str]:
        """What tells this person from others."""
        return self.unit, self.name

    @property
    def above(self) -> bool:
        """Whether this person decides for others."""
        return self.role in ABOVE

    @property
    def words(self) -> str:
        """市财政局 王芳（联络员）."""
        return f"{self.unit} {self.name}（{ROLES[self.role]}）".strip()


@dataclass(frozen=True)
class People:
    """Everybody an office has enrolled. `chosen` leads from an account to the unit it speaks for, where that was said."""

    persons: tuple[Person, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Person]:
        return iter(self.persons)

    def all_of(self, key: str) -> tuple[Person, ...]:
        """Everybody this account is; more than one where it answers for several units."""
        return tuple(one for one in self.persons if key in one.keys)

    def of(self, key: str) -> Person | None:
        """Who speaks from this account; None for a stranger."""
        found = self.all_of(key)
        unit = self.chosen.get(key)
        return next((one for one in found if one.unit == unit), found[-1] if found else None)

    def named(self, name: str, unit: str = "") -> tuple[Person, ...]:
        """Everybody of this name, in this unit where one is written."""
        return tuple(one for one in self.persons if one.name == name and unit in ("", one.unit))

    def in_role(self, *roles: str) -> tuple[Person, ...]:
        """Everybody in one of these roles."""
        return tuple(one for one in self.persons if one.role in roles)

    def with_(self, other: People) -> People:
        """These people with what another knows beside; who is in both has the accounts of both, and the role given here."""
        known = {one.who: one for one in self.persons}
        for one in other.persons:
            mine = known.get(one.who)
            keys = tuple(dict.fromkeys((*(mine.keys if mine else ()), *one.keys)))
            known[one.who] = replace(mine or one, keys=keys)
        return People(tuple(known.values()), {**other.chosen, **self.chosen})


def people_of(ledger: Ledger) -> People:
    """Everybody whom the ledger tells of: every enrolment and what was taken back, in order."""
    persons: dict[tuple[str, str], Person] = {}
    chosen: dict[str, str] = {}
    for entry in ledger.kinds(EntryKind.ENROLLED):
        _apply(entry, persons, chosen)
    return People(tuple(persons.values()), chosen)


def _apply(entry: Entry, persons: dict[tuple[str, str], Person], chosen: dict[str, str]) -> None:
    act, name, key = (str(entry.details.get(word, "")) for word in ("act", "name", "account"))
    who = entry.unit, name
    if act == ENROLLED and name:  # who was taken out of the ledger is nobody any more
        _disown(persons, key, [one for one in persons if one[1] != name])
        _own(persons, who, str(entry.details.get("role", STAFF)), key, entry.at)
        if key:
            chosen[key] = entry.unit
    elif act == RELEASED:
        _disown(persons, key, [who] if name else list(persons))
        chosen.pop(key, None)
    elif act == LEFT:
        persons.pop(who, None)
    elif act == CHOSEN:
        chosen[key] = entry.unit


def _own(persons: dict[tuple[str, str], Person], who: tuple[str, str], role: str, key: str, at: datetime) -> None:
    """The account is this person's; a new role begins when it is given."""
    mine = persons.get(who) or Person(who[1], who[0], role, (), at)
    keys = tuple(dict.fromkeys((*mine.keys, *([key] if key else []))))
    persons[who] = replace(mine, role=role, keys=keys, since=mine.since if mine.role == role else at)


def _disown(persons: dict[tuple[str, str], Person], key: str, whose: Iterable[tuple[str, str]]) -> None:
    """The account is none of these persons' any more; who has none left is no longer enrolled."""
    for who in whose:
        mine = persons.get(who)
        if key and mine is not None and key in mine.keys:
            keys = tuple(one for one in mine.keys if one != key)
            if keys:
                persons[who] = replace(mine, keys=keys)
            else:
                del persons[who]


def _told(act: str, at: datetime, unit: str, name: str, key: str, by: str, where: str, **more: str) -> Entry:
    given = {"act": act, "name": name, "account": key, **more}
    details = {word: value for word, value in given.items() if value}
    return Entry(EntryKind.ENROLLED, at, who=by, conversation=where, unit=unit, details=details)


def enrolled_entry(person: Person, key: str, at: datetime, by: str, where: str = "") -> Entry:
    """What the ledger is told when the account `key` becomes this person's, or the person's role is another. `by` is on whose
    word, `where` the conversation it was said in. An account has one name: of persons of other names it is no more."""
    return _told(ENROLLED, at, person.unit, person.name, key, by, where, role=person.role)


def released_entry(key: str, at: datetime, by: str, where: str = "", person: Person | None = None) -> Entry:
    """What the ledger is told when the account is nobody's any more; with `person`, not this one's."""
    unit, name = person.who if person else ("", "")
    return _told(RELEASED, at, unit, name, key, by, where)


def left_entry(person: Person, at: datetime, by: str, where: str = "") -> Entry:
    """What the ledger is told when a person is not what he was, with none of his accounts."""
    return _told(LEFT, at, person.unit, person.name, "", by, where)


def chosen_entry(key: str, person: Person, at: datetime, where: str = "") -> Entry:
    """What the ledger is told when somebody who answers for several units says for which he speaks now."""
    return _told(CHOSEN, at, person.unit, person.name, key, person.name, where)
