"""备妥: what each conversation is told when it opens, made up in a quiet minute before, so that the minute itself has only to say it.

In the busiest minute of a morning a third of all offices look what they owe, and of three thousand of them nothing is in the
processor's cache any more: a look at one (all that is drafted, its history, its codes, its caps) was most of the minute. What such a
look finds is known beforehand as long as all that is written until then is that what was made ready earlier has been sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from knowledge.codes import Matter
from knowledge.ledger import EntryKind
from knowledge.register import Register
from scheduler.allowance import Owed
from scheduler.gathering import Gathered, gathered, told
from scheduler.notices import Notice, NoticeKind
from scheduler.policy import SHANGHAI, Policy
from scheduler.reminders import Moment

_OF_THE_DAY = frozenset({NoticeKind.ESCALATION, NoticeKind.EVENT})
"""What is owed beside reminders for a day as a whole, whatever its hour, and stays what it is when reminders have been sent."""


class Opening(NamedTuple):
    """The conversations that are told something at a moment (aware), what that is, and the keys it is claimed under."""

    at: datetime
    conversations: frozenset[str]
    notices: tuple[Notice, ...]
    claims: frozenset[str]


def openings(found: Gathered, register: Register, moment: Moment) -> tuple[Opening, ...]:
    """What those are told that open later on the day of `moment`, in the order of time; `found` leaves out what was said.

    None where it may be something else by then: where summaries come too, or where it is not `_steady`, or where something waits for
    the cap of the day.
    """
    if found.issues or not _steady(found, moment):
        return ()
    given: dict[str, Matter] = {}
    made = []
    for at, conversations in _by_time(found.conversations, moment):
        owed = told(found, register, replace(moment, now=at), conversations, given)
        if owed.held:
            return ()
        if owed.notices:
            made.append(_opening(at, owed))
    return tuple(made)


def made_ahead(register: Register, moment: Moment, heard: frozenset[str]) -> tuple[Opening, frozenset[str]] | None:
    """All that is told at `moment`, which is still to come, to those of `heard` that are open by then, perhaps nothing; and those that
    have something to hear and open later. None where it may be something else when `moment` has come."""
    speaking = moment.policy.open_to(moment.now, heard)
    found = gathered(register, moment, speaking)
    if not _steady(found, moment):
        return None
    owed = told(found, register, moment, speaking, {})
    return None if owed.held else (_opening(moment.now, owed), found.conversations - speaking)


def _steady(found: Gathered, moment: Moment) -> bool:
    """Whether what was `found` is the same at every hour of the day of `moment` until it is said: no time runs out by the hour, and
    no person was to carry anything, of which the first message sent after it may make an escalation."""
    return all(one.kind in _OF_THE_DAY for one in found.others) and not moment.ledger.kinds(EntryKind.ENTRUSTED)


def _opening(at: datetime, owed: Owed) -> Opening:
    """What is said at a moment, as it is kept."""
    conversations = frozenset(notice.conversation for notice in owed.notices)
    return Opening(at, conversations, owed.notices, frozenset(notice.claim for notice in owed.notices))


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
