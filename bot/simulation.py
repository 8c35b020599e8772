"""演练: what the work groups will get, by running the real reminders and the real outbox on a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.channels.memory import MemoryChannel, Posted
from bot.clock import VirtualClock
from bot.outbox import Outbox
from bot.speaking import speak
from handlers.notices_wording import compose
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.shares import owing
from knowledge.store import MemoryStore
from scheduler.addressees import conversations
from scheduler.calendar import WorkCalendar
from scheduler.days import office_days
from scheduler.notices import Notice
from scheduler.owed import moments, owed
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
            spoken = await speak(self.store, outbox, self.store.load(), moment, self.calendar, self.policy)
            said.extend(_said(moment, posted, spoken.notices) for posted in channel.posted)
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
    simulation = Simulation(
        MemoryStore(register, *beginning(register, ledger, first, calendar, policy, today)), clock, calendar, policy
    )
    if first >= today:
        at = [now, *(moment for moment in moments(today, last, policy, heard) if moment > now)]
    else:
        at = list(moments(first, last, policy, heard))
    return [said for said in asyncio.run(simulation.play(at, step)) if said.at >= start]


def beginning(
    register: Register, ledger: Ledger, first: date, calendar: WorkCalendar, policy: Policy, today: date | None = None
) -> list[Entry]:
    """The entries with which a rehearsal from the day `first` on begins: all where that is `today` or later; else the
    ledger is cut there, and what had come up before counts as said."""
    if today is not None and first >= today:
        return list(ledger)
    past = [entry for entry in ledger if entry.at < datetime.combine(first, time(), SHANGHAI)]
    return [*past, *_said_before(register, past, first, calendar, policy)]


def _said_before(
    register: Register, past: Sequence[Entry], first: date, calendar: WorkCalendar, policy: Policy
) -> list[Entry]:
    """Deliveries that a bot at work would have made by `first` for the documents that `past` holds no filing of."""
    filed = {entry.document for entry in past if entry.kind is EntryKind.FILED}
    keep = {document.id for document in register.documents if document.id not in filed}
    view = replace(
        register,
        documents=tuple(document for document in register.documents if document.id in keep),
        assignments=tuple(assignment for assignment in register.assignments if assignment.document in keep),
        partial=True,
    )
    days = office_days(calendar)
    eve = days.back(first, 1)
    said: list[Entry] = []
    # What was reminded of is only raised on a later day, so that there are two rounds.
    for told in (days.back(eve, 1), eve):
        ledger = Ledger((*past, *said))
        for quiet in {policy.of(conversation=one).quiet_from for one in conversations(view, policy)}:
            moment = datetime.combine(eve, quiet, SHANGHAI) - timedelta(seconds=1)
            found = owed(view, ledger, moment, calendar, policy)
            said += [
                _as_said(notice, datetime.combine(told, quiet, SHANGHAI)) for notice in (*found.notices, *found.held)
            ]
    return list({entry.key: entry for entry in reversed(said)}.values())


def _as_said(notice: Notice, at: datetime) -> Entry:
    about = notice.assignment.id if notice.assignment else ""
    details = {"kind": str(notice.kind), "due": notice.due.isoformat() if notice.due else None}
    return Entry(
        EntryKind.SENT, at, conversation=notice.conversation, assignment=about, key=notice.claim, details=details
    )


def chosen(said: Sequence[Said], groups: Collection[str], units: Sequence[Collection[str]]) -> list[Said]:
    """What is said to these conversations about these units (each with all its names); an empty choice leaves all."""
    found = [message for message in said if not groups or message.conversation in groups]
    if not units:
        return found
    names = {name for known in units for name in known}
    about = [(message, [n for n in message.notices if names & set(n.units or _owing(n))]) for message in found]
    return [replace(one, text=compose(mine), notices=tuple(mine)) for one, mine in about if mine]


def _owing(notice: Notice) -> tuple[str, ...]:
    return owing(notice.assignment) if notice.assignment else ()


def days_played(span: tuple[date, date], today: date) -> int:
    """How many days a simulation of `span` plays, for its progress bar."""
    return max(0, (span[1] - min(span[0], today)).days + 1)
