"""备妥: what each conversation is told when it opens, made up in a quiet minute before, so that the minute itself has only to say it.

In the busiest minute of a morning a third of all offices look what they owe, and of three thousand of them nothing is in the
processor's cache any more: a look at one (all that is drafted, its history, its codes, its caps) was most of the minute. What such a
look finds is known beforehand as long as all that is written until then is that what was made ready earlier has been sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from knowledge.codes import Matter
from knowledge.ledger import EntryKind
from knowledge.register import Register
from knowledge.silences import silences
from scheduler.gathering import Gathered, told
from scheduler.notices import Notice, NoticeKind
from scheduler.policy import SHANGHAI, Policy
from scheduler.reminders import Moment

_OF_THE_DAY = frozenset({NoticeKind.ESCALATION, NoticeKind.EVENT})
"""What is owed beside reminders for a day as a whole, whatever its hour, and stays what it is when reminders have been sent."""


class Opening(NamedTuple):
    """The conversations that open at a moment (aware) and have something to hear, what that is, and the keys it is claimed under."""

    at: datetime
    conversations: frozenset[str]
    notices: tuple[Notice, ...]
    claims: frozenset[str]


def openings(found: Gathered, register: Register, moment: Moment) -> tuple[Opening, ...]:
    """What those are told that open later on the day of `moment`, in the order of time; `found` leaves out what was said.

    None where it may be something else by then: where summaries come or things whose time runs out by the hour, where somebody is
    or was silent, where something waits for a person or for the cap of the day, where a clock was set back.
    """
    ledger = moment.ledger
    later = ledger.latest is not None and ledger.latest > moment.now
    if later or found.issues or any(one.kind not in _OF_THE_DAY for one in found.others):
        return ()
    if silences(ledger) or ledger.kinds(EntryKind.ENTRUSTED):
        return ()
    given: dict[str, Matter] = {}
    made = []
    for at, conversations in _by_time(found.conversations, moment):
        owed = told(found, register, moment, conversations, given)
        if owed.held:
            return ()
        if owed.notices:
            claims = frozenset(notice.claim for notice in owed.notices)
            made.append(Opening(at, conversations, owed.notices, claims))
    return tuple(made)


def _by_time(conversations: Iterable[str], moment: Moment) -> Iterator[tuple[datetime, frozenset[str]]]:
    """The moments later today at which some of these conversations may be spoken to for the first time; those that may be at no
    hour of it are left out."""
    found: dict[datetime, set[str]] = {}
    for conversation in conversations:
        at = _opens(conversation, moment.now, moment.policy)
        if at is not None:
            found.setdefault(at, set()).add(conversation)
    for at in sorted(found):
        yield at, frozenset(found[at])


def _opens(conversation: str, now: datetime, policy: Policy) -> datetime | None:
    """When a conversation may be spoken to for the first time after `now` on the same day."""
    today = now.astimezone(SHANGHAI).date()
    times = (datetime.combine(today, at, SHANGHAI) for at in policy.times((conversation,)))
    return next((at for at in times if at > now and policy.may_post(at, conversation)), None)
