"""通讯录: in which conversations a unit listens, and who answers there for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from knowledge.groups import Groups
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.people import LIAISON, People
from knowledge.register import Register
from knowledge.units.collectives import is_collective


class Liaison(NamedTuple):
    """联络员: a person who answers for a unit.

    `id` is the name under which the messenger knows the person, so that a mention really calls; empty where it is not
    known. `conversation` is the only one in which the person can be named, empty for all; `channel` the only one on which the
    `id` is this person's, empty for all.
    """

    unit: str
    name: str
    id: str = ""
    conversation: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Directory:
    """通讯录. `units` leads from a conversation to the units (printed names) that listen in it; documents are bound to
    conversations in the register. A conversation bound to both hears of these units in these documents only. `gone` are the
    conversations that cannot be reached any more, `natives` leads from a conversation to the platform's own group that it is, `platforms` from a channel's name to the
    platform where its accounts are those of other channels."""

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    liaisons: tuple[Liaison, ...] = ()
    gone: frozenset[str] = frozenset()
    natives: Mapping[str, str] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.units or self.liaisons)

    def named_for(self, units: Collection[str], conversation: str) -> tuple[Liaison, ...]:
        """The liaisons of these units who can be named in the conversation, in the order of the directory; with the id under
        which its channel knows them."""
        channel, slash, _ = self.natives.get(conversation, conversation).partition("/")
        here = [one for one in self.liaisons if one.unit in units and one.conversation in ("", conversation)]
        platform = self.platforms.get(channel, channel) if slash else ""
        known_there = [
            one for one in here if not one.channel or self.platforms.get(one.channel, one.channel) == platform
        ]
        called = [one._replace(channel="") for one in known_there]
        reached, known = {one[:2] for one in called if one.id}, {one[:2] for one in called}
        sure = [one for one in called if one.id or one[:2] not in reached]
        others = [one._replace(id="", channel="") for one in here if one[:2] not in known]
        return tuple(dict.fromkeys((*sure, *others)))

    def with_(self, other: Directory) -> Directory:
        """This directory with what another knows beside."""
        units = {
            name: tuple(dict.fromkeys((*self.units.get(name, ()), *other.units.get(name, ()))))
            for name in (*self.units, *other.units)
        }
        liaisons = tuple(dict.fromkeys((*self.liaisons, *other.liaisons)))
        return Directory(
            units,
            liaisons,
            self.gone | other.gone,
            {**self.natives, **other.natives},
            self.platforms or other.platforms,
        )


def directory_of(ledger: Ledger) -> Directory:
    """Who listens where by what the ledger tells: every `qiantou bind` and what was taken back, in order."""
    units: dict[str, dict[str, None]] = {}
    liaisons: dict[Liaison, None] = {}
    for entry in ledger.kinds(EntryKind.BOUND):
        liaison = _liaison(entry)
        if entry.details.get("removed"):
            for one in [one for one in liaisons if liaison is not None and one[:2] == liaison[:2]]:
                del liaisons[one]
            if liaison is None:
                units.get(entry.conversation, {}).pop(entry.unit, None)
        elif liaison is not None:
            liaisons[liaison] = None
        else:
            units.setdefault(entry.conversation, {})[entry.unit] = None
    return Directory({name: tuple(bound) for name, bound in units.items() if bound}, tuple(liaisons))


def reached(groups: Groups) -> Directory:
    """What platforms' groups are told to be which conversations, and which are gone."""
    natives = {name: found[0] for name in set(groups.names.values()) if (found := groups.natives(name))}
    gone = {name for name in (*groups.gone, *groups.names.values()) if not groups.natives(groups.name(name))}
    return Directory(gone=frozenset(gone), natives=natives)


def enrolled(people: People) -> Directory:
    """The liaisons who are enrolled, one for each of their accounts."""
    found = []
    for one in people.in_role(LIAISON):
        for channel, _, native in (key.partition("/") for key in one.keys):
            found.append(Liaison(one.unit, one.name, native, channel=channel))
    return Directory(liaisons=tuple(found))


def without_liaison(register: Register, directory: Directory) -> tuple[str, ...]:
    """The units (printed names) that hold a duty in a document in force and have nobody who answers for them, in the order of
    the documents; collectives left out. `directory` names each unit under all its names."""
    named = {one.unit for one in directory.liaisons}
    duties = (duty for one in register.in_force.assignments for duty in one.duties)
    held = dict.fromkeys(duty.unit for duty in duties if not duty.collective and not is_collective(duty.unit))
    return tuple(unit for unit in held if unit not in named)


def _liaison(entry: Entry) -> Liaison | None:
    """The liaison that an entry is about; None where it binds a unit to a conversation."""
    name = entry.details.get("liaison")
    return Liaison(entry.unit, str(name), str(entry.details.get("id", "")), entry.conversation) if name else None


def bound_entry(conversation: str, unit: str, at: datetime, who: str, removed: bool = False) -> Entry:
    """What the ledger is told when a unit is bound to a conversation, or no longer."""
    told = {"removed": True} if removed else {}
    return Entry(EntryKind.BOUND, at, who=who, conversation=conversation, unit=unit, details=told)


def liaison_entry(liaison: Liaison, at: datetime, who: str, removed: bool = False) -> Entry:
    """What the ledger is told when a person answers for a unit, or no longer."""
    told: dict[str, object] = {"liaison": liaison.name}
    told |= {"id": liaison.id} if liaison.id else {}
    told |= {"removed": True} if removed else {}
    return Entry(EntryKind.BOUND, at, who=who, conversation=liaison.conversation, unit=liaison.unit, details=told)
