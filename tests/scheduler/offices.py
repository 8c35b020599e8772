"""An invented office to tell stories about time with."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date, datetime

from bot.app import App
from bot.channels.memory import MemoryChannel, Posted
from bot.channels.protocol import Channel
from bot.clock import VirtualClock
from bot.config import Config, RemindersConfig
from knowledge.ledger import Entry, EntryKind
from knowledge.model import (
    Assignment,
    Cadence,
    Deadline,
    DeadlineKind,
    Document,
    Duty,
    Every,
    Place,
    Role,
)
from knowledge.register import Register
from knowledge.store import MemoryStore, Store
from scheduler.calendar import WorkCalendar
from scheduler.notices import Notice
from scheduler.policy import SHANGHAI

CALENDAR = WorkCalendar()
ISSUED = date(2026, 1, 5)
PLAN = Document("plan", "云溪市2026年政务公开任务分工", "分工.txt", "0" * 64, issued=ISSUED, year=2026)


def at(words: str) -> datetime:
    """`2026-09-30 09:00` in Shanghai."""
    return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)


def by(day: str) -> Deadline:
    return Deadline(day, DeadlineKind.BY, due=date.fromisoformat(day), issued=ISSUED, year=2026)


def every(rhythm: Every, year: int = 2026, **rule: object) -> Deadline:
    cadence = Cadence(rhythm, **rule)  # type: ignore[arg-type]
    return Deadline(f"每{rhythm}", DeadlineKind.RECURRING, cadence=cadence, issued=ISSUED.replace(year=year), year=year)


ALL_YEAR = Deadline("全年工作", DeadlineKind.ONGOING)


def duty(number: int, *deadlines: Deadline, unit: str = "市财政局", document: str = "plan") -> Assignment:
    return Assignment(
        id=f"{document}#{number}",
        document=document,
        number=str(number),
        printed_number=str(number),
        section=(),
        text=f"公开第{number}类信息",
        original=f"公开第{number}类信息。",
        place=Place(line=number),
        duties=(Duty(unit, Role.LEAD, "牵头单位"),),
        deadlines=deadlines,
    )


def register_of(*assignments: Assignment, documents: Iterable[Document] = (PLAN,), **bindings: str) -> Register:
    """A register; `bindings` lead from a conversation to the one document it is bound to."""
    bound = {conversation: (document,) for conversation, document in bindings.items()}
    return Register(1, tuple(documents), tuple(assignments), bound)


def report(assignment: str, when: str, **details: object) -> Entry:
    return Entry(EntryKind.REPORTED, at(when), who="张晓", assignment=assignment, details={"status": "done", **details})


def settled(notice: Notice, now: datetime, ending: tuple[EntryKind, dict[str, object]] | None) -> list[Entry]:
    """A notice claimed and, unless the process ended there, concluded."""
    about = notice.assignment.id if notice.assignment else ""
    told = {"kind": str(notice.kind), "due": notice.due.isoformat() if notice.due else None, "code": notice.code}
    entries = [Entry(EntryKind.CLAIMED, now, key=notice.claim)]
    if ending:
        details = told | ending[1]
        where = notice.conversation
        entries.append(Entry(ending[0], now, conversation=where, assignment=about, key=notice.claim, details=details))
    return entries


class Office:
    """An office with a clock that is moved by hand and a channel that shows what was posted."""

    def __init__(self, register: Register, *entries: Entry, channel: Channel | None = None, store: Store | None = None):
        self.store: Store = store or MemoryStore(register, *entries)
        self.clock = VirtualClock(at("2026-01-05 08:00"))
        self.channel = channel or MemoryChannel()
        self.app = App(self.store, self.channel, CALENDAR, Config(reminders=RemindersConfig(jitter=0)), self.clock)

    def tick(self, *moments: str) -> list[Posted]:
        """Tick at these moments; what was posted in them."""
        assert isinstance(self.channel, MemoryChannel)
        before = len(self.channel.posted)
        for moment in moments:
            self.clock.set(at(moment))
            asyncio.run(self.app.tick())
        return self.channel.posted[before:]

    def reminders(self, *moments: str) -> list[Posted]:
        """As `tick`, weekly summaries left out."""
        return [posted for posted in self.tick(*moments) if not posted.text.startswith("【一周情况】")]

    def each_morning(self, first: str, last: str) -> list[tuple[date, str]]:
        """Tick at 09:00 and 16:00 of every day; the days on which something beside a summary was posted, and the text."""
        said = []
        for ordinal in range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1):
            day = date.fromordinal(ordinal)
            said.extend((day, posted.text) for posted in self.reminders(f"{day} 09:00", f"{day} 16:00"))
        return said

    def kinds(self) -> list[str]:
        """What the ledger holds, in order."""
        return [str(entry.kind) for entry in self.store.ledger()]
