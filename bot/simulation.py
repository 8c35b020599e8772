"""演练: what the work groups will get, by running the real reminders and the real outbox on a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.channels.memory import MemoryChannel, Posted
from bot.clock import VirtualClock
from bot.outbox import Outbox
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.store import MemoryStore
from scheduler.addressees import conversations
from scheduler.calendar import WorkCalendar
from scheduler.days import office_days
from scheduler.notices import Notice
from scheduler.owed import moments, notices_due
from scheduler.policy import SHANGHAI, Policy

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a simulation: when, where, its text, and the notices in it."""

    at: datetime
    conversation: str
    text: str
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class Simulation:
    """A copy of an office in memory, from which time can be played; the office itself is never touched."""

    store: MemoryStore
    clock: VirtualClock
    calendar: WorkCalendar
    policy: Policy

    async def play(self, at: Sequence[datetime], step: Step = lambda _name: None) -> list[Said]:
        """Tick at each of these moments; everything that is said, in order."""
        channel = MemoryChannel()
        outbox = Outbox(self.store, lambda _conversation: channel, self.clock)
        said: list[Said] = []
        day: date | None = None
        for moment in at:
            if moment.date() != day:
                day = moment.date()
                step(f"{moment:%Y-%m-%d}")
            self.clock.set(moment)
            notices = notices_due(self.store.load(), self.store.ledger(), moment, self.calendar, self.policy)
            await outbox.deliver(notices)
            said.extend(_said(moment, posted, notices) for posted in channel.posted)
            channel.posted.clear()
        return said


def _said(moment: datetime, posted: Posted, notices: Sequence[Notice]) -> Said:
    mine = tuple(notice for notice in notices if notice.conversation == posted.conversation)
    return Said(moment, posted.conversation, posted.text, mine)


def simulate(
    register: Register,
    ledger: Ledger,
    span: tuple[date, date],
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy,
    step: Step = lambda _name: None,
) -> list[Said]:
    """Every message that would be posted in `span` (days, both included), if nobody reports anything more.

    From today on it begins now, with all that the ledger holds, and plays up to the span. A span that begins in the past is
    played as it would have been: the ledger is cut at its first day, a document not filed by then counts from its
    day of issue, and what had come up before that day counts as said.
    """
    first, last = span
    start = datetime.combine(first, time(), SHANGHAI)
    today = now.astimezone(SHANGHAI).date()
    clock = VirtualClock(now)
    heard = conversations(redated(register, ledger).in_force, policy)
    if first >= today:
        simulation = Simulation(MemoryStore(register, *ledger), clock, calendar, policy)
        at = [now, *(moment for moment in moments(today, last, policy, heard) if moment > now)]
    else:
        past = [entry for entry in ledger if entry.at < start]
        said = _said_before(register, past, first, calendar, policy)
        simulation = Simulation(MemoryStore(register, *past, *said), clock, calendar, policy)
        at = list(moments(first, last, policy, heard))
    return [said for said in asyncio.run(simulation.play(at, step)) if said.at >= start]


def _said_before(
    register: Register, past: Sequence[Entry], first: date, calendar: WorkCalendar, policy: Policy
) -> list[Entry]:
    """Deliveries that a bot at work would have made by `first` for the documents that `past` holds no filing of."""
    filed = {entry.document for entry in past if entry.kind is EntryKind.FILED}
    unfiled = [document.id for document in register.documents if document.id not in filed]
    eve = office_days(calendar).back(first, 1)
    at = datetime.combine(eve, policy.quiet_from, SHANGHAI) - timedelta(seconds=1)
    keep = set(unfiled)
    view = replace(
        register,
        documents=tuple(document for document in register.documents if document.id in keep),
        assignments=tuple(assignment for assignment in register.assignments if assignment.document in keep),
        partial=True,
    )
    owed = notices_due(view, Ledger(tuple(past)), at, calendar, policy)
    return [Entry(EntryKind.SENT, at, conversation=notice.conversation, key=notice.claim) for notice in owed]


def days_played(span: tuple[date, date], today: date) -> int:
    """How many days a simulation of `span` plays, for its progress bar."""
    return max(0, (span[1] - min(span[0], today)).days + 1)
