"""接待: who speaks is found before anything is answered, and what he may not say leads to nothing but a refusal."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.config import Config
from bot.people_settings import GREET, GROUPS, SILENT, liaisons_as_people
from handlers.message import Message, Outcome, silent
from knowledge.groups import groups_of
from knowledge.ledger import Ledger
from knowledge.people import STRANGER, People, people_of
from knowledge.question.query import Intent
from knowledge.register import Register
from scheduler.policy import Policy


def people_in(config: Config, ledger: Ledger) -> People:
    """Everybody an office has enrolled: by its settings, and by what the ledger tells."""
    return written_people(config).with_(people_of(ledger))


def written_people(config: Config) -> People:
    """Whom the settings enrol: [[people.person]], and [[liaisons]] with an account of a known channel."""
    return config.people.people.with_(liaisons_as_people(config.liaisons))


def draw() -> int:
    """A random number of 64 bits that nobody can foresee."""
    return secrets.randbits(64)


def identified(message: Message, people: People, ledger: Ledger) -> Message:
    """The message as the one who is enrolled from this account says it, in the office's own conversation.

    Whatever role a channel gave it, an account that is nobody's is a stranger's.
    """
    if not message.person:
        return message
    conversation = groups_of(ledger).name(message.conversation)
    one = people.of(message.person)
    if one is None:
        sender = message.sender or message.person
        return replace(message, conversation=conversation, sender=sender, role=STRANGER, unit=None)
    return replace(message, conversation=conversation, sender=one.name, role=one.role, unit=one.unit or None)


Answer = Callable[[Message], Outcome]


@dataclass(frozen=True, slots=True)
class Reception:
    """接待: an office as somebody meets it who speaks through a channel. `native` is the platform's own conversation."""

    config: Config
    people: People
    register: Register
    ledger: Ledger
    policy: Policy

    def answered(self, message: Message, native: str, at: Moment, answer: Answer) -> Outcome:
        """What an identified message leads to: enrolment and bindings here, all else by `answer`, if the role may."""
        from handlers.rights import permitted

        outcome = self._enrolled(message, native, at)
        if outcome is not None:
            return outcome
        if message.role == STRANGER and (not message.group or message.mentioned):
            turned = self._turned_away(message)
            if turned is not None:
                return turned
        return permitted(message, answer(message), self.whom)
