"""An invented office that people talk to from their own accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.clock import VirtualClock
from bot.config import Config
from bot.reception import first_administrator
from handlers.message import Outcome
from knowledge.ledger import EntryKind
from knowledge.model import Message, Turn
from knowledge.people import Person, enrolled_entry
from knowledge.register import Register
from knowledge.store import MemoryStore
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of

REGISTER = register_of(
    duty(1, by("2026-09-30")), duty(2, by("2026-12-31"), unit="市教育局"), duty(3, by("2026-06-30"), unit="市民政局")
)
NOW = at("2026-07-01 10:00")


@dataclass
class Chats:
    """Everybody's talks with one office."""

    config: Config = field(default_factory=Config)
    register: Register = REGISTER
    app: App = field(init=False)

    def __post_init__(self) -> None:
        store = MemoryStore(self.register)
        self.clock = VirtualClock(NOW)
        self.app = App(store, MemoryChannel(), CALENDAR, self.config, self.clock)
        self.turns: dict[tuple[str, str], list[Turn]] = {}

    def says(self, person: str, text: str, group: str = "", mentioned: bool = True, **told: object) -> str:
        """What the office answers to `person` (an account's key), in private or in a group."""
        return self.outcome(person, text, group, mentioned, **told).text

    def outcome(self, person: str, text: str, group: str = "", mentioned: bool = True, **told: object) -> Outcome:
        """The same with all that it leads to."""
        before = self.turns.setdefault((person, group), [])
        message = Message(
            text,
            group or person,
            sender=person.split("/")[-1],
            group=bool(group),
            mentioned=mentioned,
            person=person,
            turns=tuple(before[-8:]),
            **told,  # type: ignore[arg-type]
        )
        answer = self.app.receive(message)
        before += [Turn(text), Turn(answer.text, by_bot=True)]
        return answer

    def enrol(self, key: str, name: str, unit: str, role: str) -> None:
        """Somebody is enrolled already."""
        self.app.store.append(enrolled_entry(Person(name, unit, role), key, self.app.clock.now(), "测试"))

    def later(self, **time: float) -> None:
        """Time passes."""
        self.clock.advance(timedelta(**time))

    def first(self) -> str:
        """The code shown at the start."""
        fresh = first_administrator(self.app.store, self.config, self.app.clock.now())
        return fresh.code if fresh else ""

    def kinds(self, kind: EntryKind) -> int:
        """How often the ledger tells of something."""
        return len(self.app.store.ledger().kinds(kind))


def code_of(answer: str) -> str:
    """The code that an answer hands out."""
    found = re.search(r"发：绑定 (\w{8})", answer)
    assert found, answer
    return found[1]
