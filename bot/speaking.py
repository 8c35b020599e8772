"""说话: all that is owed at a moment leaves, and what waits or has lapsed is written down; for an office at work and for rehearsals."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.outbox import Outbox
from knowledge.ledger import Entry
from knowledge.register import Register
from knowledge.store import Store
from scheduler.allowance import hold
from scheduler.calendar import WorkCalendar
from scheduler.lapses import lapses
from scheduler.notices import Notice
from scheduler.owed import idle, owed
from scheduler.policy import Policy


class Spoken(NamedTuple):
    """What was to be said, and the verdicts on it."""

    notices: tuple[Notice, ...]
    verdicts: tuple[Entry, ...]


async def speak(
    store: Store, outbox: Outbox, register: Register, now: datetime, calendar: WorkCalendar, policy: Policy
) -> Spoken:
    """Say all that is owed at `now`; in a minute without anything, prepare what comes where the office has its turn. Raises
    StoreError where the store refuses; then nothing is said and nothing lost."""
    found = owed(register, store.ledger(), now, calendar, policy)
    waiting = hold(found.held, store.ledger(), now)
    over = lapses(register, store.ledger(), now, calendar, policy)
    if waiting or over:
        store.append(*waiting, *over)
    if not found.notices:
        idle(register, store.ledger(), now, calendar, policy)
    return Spoken(found.notices, await outbox.deliver(found.notices))
