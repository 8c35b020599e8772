"""接待: who speaks to the office is found before anything is answered."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.config import Config
from bot.home import Home
from bot.people_settings import liaisons_as_people
from bot.settled import bound, office_calendar, policy_of, worded
from handlers.admission import Admission
from handlers.wording_people import UNENROLLED
from knowledge.groups import Groups, groups_of
from knowledge.invitations import Draw, Fresh, fresh, invitations_of, issued_entry, voided
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.normal import visible_form
from knowledge.people import ADMINISTRATOR, STRANGER, People, Person, people_of
from knowledge.store import Store

DRAW: Draw = partial(secrets.randbits, 64)
"""Gives random numbers that nobody can foresee."""


def people_in(config: Config, ledger: Ledger) -> People:
    """Everybody an office has enrolled: by its settings, and by what the ledger tells."""
    return written_people(config).with_(people_of(ledger))


def written_people(config: Config) -> People:
    """Whom the settings enrol: [[people.person]], and [[liaisons]] with an account of a known channel."""
    return config.people.people.with_(liaisons_as_people(config.liaisons))


def at_the_machine(home: Path, config: Config, store: Store, now: datetime, who: str) -> Admission:
    """An administrator at the office's own machine, who needs no account. Raises ConfigError and StoreError."""
    filed, ledger = store.load(), store.ledger()
    register = worded(bound(filed, config.conversations, groups_of(ledger)), Home(home).lexicon)
    return Admission(
        Message("", sender=who, role=ADMINISTRATOR),
        people_in(config, ledger),
        written_people(config),
        register,
        ledger,
        now,
        office_calendar(home),
        policy_of(config, register, ledger),
        DRAW,
        filed=filed.bindings,
    )


def first_administrator(store: Store, config: Config, now: datetime, draw: Draw | None = None) -> Fresh | None:
    """A code that makes whoever types it in a private chat the first administrator, to be shown at the office's own machine
    when it starts; None where there is an administrator. The ones shown before are void. Raises StoreError."""
    ledger = store.ledger()
    if people_in(config, ledger).in_role(ADMINISTRATOR):
        return None
    earlier = [one for one in invitations_of(ledger).open(now) if one.first]
    new = fresh(Person("", "", ADMINISTRATOR), ledger, now, "启动时", draw or DRAW, first=True)
    store.append(*voided(earlier, now, "启动时"), issued_entry(new.invitation))
    return new


def identified(message: Message, people: People, groups: Groups) -> Message:
    """The message as the one who is enrolled from this account says it, in the office's own conversation.

    Whatever role a channel gave it, an account that is nobody's is a stranger's. Who decides for others speaks for no unit,
    unless he names it: his word stands for the whole.
    """
    if not message.person:
        return message
    conversation = groups.name(message.conversation)
    one = people.of(message.person)
    if one is None:
        sender = f"{visible_form(message.sender)[:20] or message.person}{UNENROLLED}"
        return replace(message, conversation=conversation, sender=sender, role=STRANGER, unit=None)
    unit = None if one.above else one.unit or None
    return replace(message, conversation=conversation, sender=one.name, role=one.role, unit=unit)
