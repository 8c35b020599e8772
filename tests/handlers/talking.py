"""Somebody who talks to the bot: turns are remembered, what is written is kept, the clock moves by a minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Entry, Ledger
from knowledge.model import Message, Turn
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

Told = tuple[str, str, str]


@dataclass
class Talk:
    """A conversation that remembers its turns and writes its entries down. `unit` and `role` are the speaker's."""

    office: Register
    unit: str | None = None
    role: str = "liaison"
    today: date = date(2025, 7, 10)
    ledger: Ledger = field(default_factory=Ledger)
    turns: tuple[Turn, ...] = ()
    last: Outcome = field(default_factory=Outcome)
    name: str = "李明"

    def hears(self, text: str) -> None:
        """The bot says something by itself."""
        self.turns += (Turn(text, by_bot=True),)

    def says(self, text: str) -> str:
        now = datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=SHANGHAI)
        message = Message(
            text,
            sender=self.name,
            role=self.role,
            unit=self.unit,
            scope=("yunling",),
            turns=self.turns,
            conversation="私聊",
        )
        self.last = handle(message, self.office, self.ledger, now, WorkCalendar())
        self.ledger = self.ledger.plus(*self.last.entries)
        self.turns += (Turn(text), Turn(self.last.text, by_bot=True))
        return self.last.text

    @property
    def stored(self) -> list[Told]:
        """What the last sentence wrote: (item, unit, status)."""
        return [(one.assignment, one.unit, str(one.details.get("status"))) for one in self.last.entries]

    @property
    def told(self) -> dict[str, object]:
        """What the last sentence told, without the code it got."""
        return {name: value for name, value in self.entry.details.items() if name not in ("code", "about")}

    @property
    def entry(self) -> Entry:
        """The one entry that the last sentence wrote."""
        (entry,) = self.last.entries
        return entry
