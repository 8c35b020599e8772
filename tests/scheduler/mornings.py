"""Mornings of an office that remembers: what was made ready in a quiet minute is compared, minute by minute, with what a look finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.register import Register
from scheduler.allowance import Owed
from scheduler.calendar import WorkCalendar
from scheduler.lull import lull_of
from scheduler.notices import Notice, NoticeKind
from scheduler.owed import owed, prepare
from scheduler.policy import SHANGHAI, Policy
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of, settled

GROUPS = {"财政群": ("市财政局",), "民政群": ("市民政局",)}
NIGHT, EARLY, NINE = at("2026-07-06 00:30"), at("2026-07-06 08:00"), at("2026-07-06 09:00")
SENT = EntryKind.SENT, {}
REMINDER = NoticeKind.REMINDER
POLICY = Policy(supervisors="督查群", default_conversation="", jitter=10, summary=False, directory=Directory(GROUPS))


class Scene(NamedTuple):
    """An office as it is at a moment."""

    register: Register
    ledger: Ledger
    policy: Policy
    calendar: WorkCalendar

    def prepared(self, now: datetime = NIGHT) -> Scene:
        """The same when it has prepared what comes; nothing is to be said at that moment."""
        prepare(self.register, self.ledger, now, self.calendar, self.policy)
        return self

    def owed(self, now: datetime) -> Owed:
        """What is owed, which is what is found without anything remembered."""
        found = owed(self.register, self.ledger, now, self.calendar, self.policy)
        assert found == owed(self.register, self.ledger, now, self.calendar, replace(self.policy))
        return found

    def plus(self, *entries: Entry) -> Scene:
        return self._replace(ledger=self.ledger.plus(*entries))

    def said(self, now: datetime) -> tuple[Scene, tuple[Notice, ...]]:
        """A tick at which all that is owed is sent."""
        found = self.owed(now).notices
        return self.plus(*(entry for notice in found for entry in settled(notice, now, SENT))), found

    def opens(self, conversation: str) -> datetime:
        return datetime.combine(NIGHT.date(), self.policy.opens_at(conversation), SHANGHAI)

    def morning(self, first: datetime = NINE, minutes: int = 12) -> set[tuple[str, str]]:
        """Who is reminded of which assignment in the minutes of a morning."""
        scene, heard = self, []
        for minute in range(minutes):
            scene, found = scene.said(first + timedelta(minutes=minute))
            heard += [
                (one.conversation, one.assignment.number) for one in found if one.assignment and one.kind is REMINDER
            ]
        assert len(heard) == len(set(heard)), "nothing is said twice"
        return set(heard)


def office(policy: Policy | None = None) -> Scene:
    """The office, which remembers nothing of other tests: rules and ledger are its own."""
    register = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="市民政局"))
    return Scene(register, Ledger(), replace(policy or POLICY), CALENDAR)


def known(scene: Scene, now: datetime) -> bool:
    """Whether the office knows what is owed without a look."""
    return lull_of(scene.register, scene.calendar, scene.policy).owed(scene.ledger, now, scene.policy) is not None
