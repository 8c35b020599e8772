"""登记: a message with all that it is answered from where it is about who somebody is and what a group is bound to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from handlers.message import Answer, Message, Outcome, Reply
from handlers.rights import Right, may, refusal
from knowledge.directory import directory_of
from knowledge.groups import Groups, groups_of
from knowledge.invitations import Draw, Invitations, invitations_of
from knowledge.ledger import Entry, Ledger
from knowledge.people import ADMINISTRATOR, STRANGER, SUPERVISOR, People, Person
from knowledge.question.query import Intent
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy


@dataclass(frozen=True)
class Admission:
    """登记: `people` are those of the settings and the ledger, `written` those of the settings alone; `native` is the platform's
    own conversation that the message came from; `cleared` the conversations in which everything may be spoken of,
    `filed` the bindings of the register without those of the settings."""

    message: Message
    people: People
    written: People
    register: Register
    ledger: Ledger
    now: datetime
    calendar: WorkCalendar
    policy: Policy
    draw: Draw
    native: str = ""
    cleared: Collection[str] = field(default=())
    filed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def person(self) -> Person | None:
        """Who speaks."""
        return self.people.of(self.message.person)

    @property
    def role(self) -> str:
        """The role of who speaks; at the office's own machine, where nobody has an account, the one the message says."""
        if not self.message.person:
            return self.message.role
        return self.person.role if self.person else STRANGER

    @property
    def who(self) -> str:
        """Under which name the ledger is told of it."""
        return self.person.name if self.person else self.message.sender or self.message.person

    @cached_property
    def invitations(self) -> Invitations:
        """Every code that was given."""
        return invitations_of(self.ledger)

    @cached_property
    def groups(self) -> Groups:
        """Which groups are which conversation."""
        return groups_of(self.ledger)

    @cached_property
    def conversations(self) -> frozenset[str]:
        """Every conversation that the office has a name for."""
        policy, groups = self.policy, self.groups
        ruled = (name for rule in policy.rules for name in rule.conversations or ())
        named = (policy.default_conversation, policy.supervisors, policy.leaders, *policy.directory.units, *ruled)
        return frozenset((*named, *self.register.bindings, *groups.names.values(), *self.cleared)) - {""}

    @cached_property
    def bound_here(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The units and the documents (ids) that commands have bound this conversation to; those of the settings left out."""
        here = self.message.conversation
        units = directory_of(self.ledger).units.get(here, ())
        return units, tuple(self.filed.get(here, ()))

    @property
    def whom(self) -> str:
        """Whom to ask for what one may not do oneself."""
        return whom(self.people)

    def refused(self, right: Right) -> Outcome | None:
        """The refusal where who speaks may not do something; None where he may."""
        return None if may(self.role, right) else reply(refusal(self.role, right, self.whom))


def whom(people: People) -> str:
    """The administrators' names, else the supervisors', as people can be asked; empty where there are none."""
    for role, word in ((ADMINISTRATOR, "管理员"), (SUPERVISOR, "督查员")):
        names = [one.name for one in people.in_role(role) if one.name]
        if names:
            return f"{word}{'、'.join(names[:3])}"
    return ""


def reply(text: str, *entries: Entry) -> Outcome:
    """One reply, with what the ledger is told."""
    return Outcome((Reply(text),), entries, Answer(Intent.SMALLTALK, answered=True))
