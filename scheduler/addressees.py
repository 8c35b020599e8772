"""收信方: to whom a reminder goes, decided for every unit that owes an assignment.

Every conversation bound to the document or to the unit hears of the unit's share; one bound to both, of these units in these
documents. A collective's members, where the roster names them, hear each in its own conversation. What nobody is bound to goes to
the default conversation, or to the supervisors' one with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from knowledge.model import Assignment, Role
from knowledge.register import Register
from knowledge.shares import holder_of, known_as, members_of, owing
from knowledge.units.collectives import is_collective
from scheduler.policy import Policy


class Why(StrEnum):
    """Why something is said where its unit does not listen."""

    NO_CONVERSATION = "no-conversation"
    NO_UNIT = "no-unit"
    NO_MEMBERS = "no-members"
    SOME_MEMBERS = "some-members"
    NOT_CLEARED = "not-cleared"


@dataclass(frozen=True, slots=True)
class Addressee:
    """收信方: a conversation, the units (printed names, or members of a printed collective) it is said to there, and for
    those that do not listen there why. `units` is empty where the document names nobody."""

    conversation: str
    units: tuple[str, ...] = ()
    reasons: Mapping[str, Why] = field(default_factory=dict, hash=False)


_ROLES = re.compile(r"各?(牵头|责任|配合)(?:单位|部门)|各单位")
_ROLE = {"牵头": Role.LEAD, "责任": Role.RESPONSIBLE, "配合": Role.COOPERATING}
_ALL = "all conversations"
_WITHHELD = "what is withheld"

Routes = Mapping[str, tuple[Addressee, ...]]
"""Assignment (its id) → everybody it is said to."""


def routes(register: Register, policy: Policy) -> Routes:
    """Who hears of each assignment of `register`; remembered as long as both stay the same objects."""
    found: Routes = policy.remembered.of((register,), lambda: _Router(register, policy).routes())
    return found


def withheld(register: Register, policy: Policy) -> Mapping[str, int]:
    """Conversation → how many assignments it would be told of, were it cleared for them."""
    closed = policy.restrictions.ids(register)
    found: Mapping[str, int] = policy.remembered.of(
        (register, _WITHHELD), lambda: _Router(register, policy).withheld(closed)
    )
    return found


def conversations(register: Register, policy: Policy) -> tuple[str, ...]:
    """Every conversation that hears of anything, with the supervisors' and the leaders', in alphabetical order."""
    found: tuple[str, ...] = policy.remembered.of((register, _ALL), lambda: _all(register, policy))
    return found


def _all(register: Register, policy: Policy) -> tuple[str, ...]:
    heard = {one.conversation for found in routes(register, policy).values() for one in found}
    above = {one for one in (policy.supervisors, policy.leaders) if one and heard}
    return tuple(sorted(heard | above))


class _Router:
    """The bindings of an office turned round: from documents and units to conversations."""

    def __init__(self, register: Register, policy: Policy) -> None:
        self._register, self._policy = register, policy
        self._members: dict[tuple[str, str], tuple[tuple[str, frozenset[str]], ...]] = {}

    @cached_property
    def _of_unit(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for conversation, units in self._policy.directory.units.items():
            for unit in units if conversation not in self._policy.directory.gone else ():
                found.setdefault(unit, []).append(conversation)
        return found

    @cached_property
    def _of_document(self) -> dict[str, list[str]]:
        """The conversations that hear of a whole document: not those that listen for some units only."""
        found: dict[str, list[str]] = {}
        for conversation, documents in self._register.bindings.items():
            if conversation not in self._policy.directory.units and conversation not in self._policy.directory.gone:
                for document in documents:
                    found.setdefault(document, []).append(conversation)
        return found

    def routes(self) -> Routes:
        closed = self._policy.restrictions.ids(self._register)
        return {
            one.id: tuple(self._cleared(one) if one.id in closed else self._addressees(one))
            for one in self._register.assignments
        }

    def withheld(self, closed: Collection[str]) -> dict[str, int]:
        """How much of what is closed each conversation would be told of."""
        found: dict[str, int] = {}
        for one in self._register.assignments:
            for conversation in {each.conversation for each in self._addressees(one)} if one.id in closed else ():
                if not self._policy.restrictions.open_to(conversation):
                    found[conversation] = found.get(conversation, 0) + 1
        return found

    def _cleared(self, assignment: Assignment) -> Iterator[Addressee]:
        """Who hears of what may not be spoken of everywhere: of its addressees those in cleared conversations; for the others
        the supervisors'. Where there are none it is said nowhere."""
        found = list(self._addressees(assignment))
        supervisors = self._policy.supervisors
        kept = [one for one in found if self._policy.restrictions.open_to(one.conversation)]
        heard = {unit for one in kept for unit in one.units}
        left = tuple(dict.fromkeys(unit for one in found for unit in one.units if unit not in heard))
        yield from (one for one in kept if one.conversation != supervisors)
        above = next((one for one in kept if one.conversation == supervisors), None)
        if supervisors and (left or above or not kept):
            units, reasons = (above.units, above.reasons) if above else ((), {})
            told = {**dict.fromkeys(left or ("",), Why.NOT_CLEARED), **reasons}
            yield Addressee(supervisors, (*units, *left), told if left or not above else reasons)

    def _addressees(self, assignment: Assignment) -> Iterator[Addressee]:
        heard: dict[str, dict[str, Why | None]] = {}
        for unit in owing(assignment) or ("",):
            for conversation, said_to, why in self._of_share(assignment.document, unit):
                heard.setdefault(conversation, {}).setdefault(said_to, why)
        for conversation, units in heard.items():
            reasons = {unit: why for unit, why in units.items() if why is not None}
            yield Addressee(conversation, tuple(unit for unit in units if unit), reasons)

    def _of_share(self, document: str, unit: str) -> Iterator[tuple[str, str, Why | None]]:
        """(conversation, whom it is said to there, why there if not of its own accord) for one unit's share."""
        found: list[tuple[str, str, Why | None]] = []
        found.extend((conversation, unit, None) for conversation in self._listening(document, (unit,)))
        why = Why.NO_CONVERSATION if unit else Why.NO_UNIT
        if unit and (is_collective(unit) or _ROLES.fullmatch(unit)):
            members = self._members_of(unit, document)
            alone = [self._listening(document, names, own=True) for _, names in members]
            for (member, _), listening in zip(members, alone, strict=True):
                found.extend((conversation, member, None) for conversation in listening)
            why = Why.SOME_MEMBERS if alone else Why.NO_MEMBERS
            if alone and all(alone):
                yield from found
                return
        listens = any(said_to == unit for _, said_to, _ in found)
        yield from found if listens else [*found, *self._elsewhere(unit, why)]

    def _listening(self, document: str, names: Iterable[str], own: bool = False) -> list[str]:
        """The conversations bound to a unit under one of its names; with `own` not set also those bound to the document."""
        bindings = self._register.bindings
        found = [] if own else list(self._of_document.get(document, ()))
        for name in names:
            for conversation in self._of_unit.get(name, ()):
                if conversation not in bindings or document in bindings[conversation]:
                    found.append(conversation)
        return list(dict.fromkeys(found))

    def _elsewhere(self, unit: str, why: Why) -> list[tuple[str, str, Why | None]]:
        default, supervisors = self._policy.default_conversation, self._policy.supervisors
        if default and default != supervisors and default not in self._policy.directory.gone:
            return [(default, unit, None)]
        return [(supervisors, unit, why)]

    def _members_of(self, collective: str, document: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The members of a collective: the name each reports under, and all its names. 各牵头单位 and 各单位 are the
        document's own."""
        role = _ROLES.fullmatch(collective)
        key = collective, document if role else ""
        if key not in self._members:
            members = self._holding(_ROLE.get(role[1]), document) if role else members_of(collective, self._register)
            self._members[key] = tuple(
                (holder_of(one, self._register).printed, known_as(one, self._register)) for one in members
            )
        return self._members[key]

    def _holding(self, role: Role | None, document: str) -> tuple[str, ...]:
        """The units that hold a role (None: any) in a document, collectives left out."""
        duties = (duty for one in self._register.of_document(document) for duty in one.duties)
        found = (duty.unit for duty in duties if role is None or duty.role is role)
        return tuple(unit for unit in dict.fromkeys(found) if not (is_collective(unit) or _ROLES.fullmatch(unit)))
