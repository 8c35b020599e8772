"""通讯录: in which conversations a unit listens, and who answers there for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Liaison(NamedTuple):
    """联络员: a person who answers for a unit.

    `id` is the name under which the messenger knows the person, so that a mention really calls; empty where it is not
    known. `conversation` is the only one in which the person can be named, empty for all.
    """

    unit: str
    name: str
    id: str = ""
    conversation: str = ""


@dataclass(frozen=True)
class Directory:
    """通讯录. `units` leads from a conversation to the units (printed names) that listen in it; documents are bound to
    conversations in the register. A conversation bound to both hears of these units in these documents only."""

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    liaisons: tuple[Liaison, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.units or self.liaisons)

    def named_for(self, units: Collection[str], conversation: str) -> tuple[Liaison, ...]:
        """The liaisons of these units who can be named in the conversation, in the order of the directory."""
        return tuple(one for one in self.liaisons if one.unit in units and one.conversation in ("", conversation))
