"""A process that says what is owed over three weeks, until it is killed.

python deliverer.py HOME SCALE MOMENT: as in writer.py. What "the platform" has shown stands in HOME/../shown, a line a
message: the keys of its notices. The platform takes a message before it answers, as real ones do.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Verdict
from bot.clock import VirtualClock
from bot.outbox import Outbox
from knowledge.store_tinydb import TinyDBStore
from scheduler.notices import Notice
from scheduler.owed import moments, notices_due
from scheduler.policy import SHANGHAI, Policy
from tests.disasters.writer import Dying, say
from tests.scheduler.offices import CALENDAR, by, duty, register_of

REGISTER = register_of(*(duty(n, by(f"2026-07-{n + 9:02}"), unit=f"市{n}局") for n in range(1, 5)))
FIRST, LAST = date(2026, 7, 6), date(2026, 7, 24)


class Platform(MemoryChannel):
    """Shows a message durably, then answers."""

    def __init__(self, shown: Path) -> None:
        super().__init__()
        self._file = os.open(shown, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    async def post(self, conversation: str, text: str, key: str) -> Verdict:
        os.write(self._file, f"{text}\n".encode())
        os.fsync(self._file)
        return await super().post(conversation, text, key)


def keys_alone(notices: Sequence[Notice]) -> str:
    """The message: nothing but the keys in it."""
    return " ".join(notice.key for notice in notices)


async def speak(store: TinyDBStore, shown: Path) -> None:
    """Tick at every moment at which something can become owed."""
    clock = VirtualClock(datetime.combine(FIRST, time(), SHANGHAI))
    platform = Platform(shown)
    outbox = Outbox(store, lambda _: platform, clock, words=keys_alone)
    outbox.settle()
    for moment in moments(FIRST, LAST, Policy()):
        clock.set(moment)
        await outbox.deliver(notices_due(store.load(), store.ledger(), moment, CALENDAR, Policy()))


if __name__ == "__main__":
    home, scale, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    dying = Dying(scale, number)
    with TinyDBStore(home) as held:
        sys.setprofile(dying)
        asyncio.run(speak(held, home.parent / "shown"))
        sys.setprofile(None)
    say(f"calls {dying.calls}")
