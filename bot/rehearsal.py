"""预演: an office's reminders on a copy of it, through a platform that is only pretended. Nothing of it reaches anybody.

`python -m bot.rehearsal COPY` plays what COPY/rehearsal.json says, for `bot.drill` to kill it in the midst.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.alarms import Alarms
from bot.channels.protocol import Button, Capabilities, Channel, Status, Verdict
from bot.clock import VirtualClock
from bot.outbox import Outbox
from bot.speaking import speak
from knowledge.directory import Liaison
from knowledge.register import Register
from knowledge.store import Store
from scheduler.calendar import WorkCalendar
from scheduler.notices import Notice
from scheduler.policy import SHANGHAI, Policy

PLAN, SHOWN = "rehearsal.json", "shown.jsonl"
"""In a copy: what is to be played, and what the pretended platform has shown, a line a message."""
OK = Verdict(Status.SENT, "ok")
EXIT_BUSY = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that the conversation has really seen: when, where, and the claims of the notices in it."""

    at: str
    conversation: str
    claims: tuple[str, ...]


Answer = Callable[[int, datetime], tuple[bool, Verdict]]
"""To the n-th request (from 1) at a moment: whether the message is shown, and what is answered."""


def obliging(_number: int, _at: datetime) -> tuple[bool, Verdict]:
    """What a platform in good order does."""
    return True, OK


class Platform(Channel):
    """A pretended messenger: shows a message, or does not, and answers, or does not, as `answer` says.

    `see` is told of what is shown before the answer, as a real one shows it before its answer arrives.
    """

    name = credential = "rehearsal"
    capabilities = Capabilities()

    def __init__(self, clock: VirtualClock, see: Callable[[Shown], None], answer: Answer = obliging) -> None:
        self._clock, self._see, self._answer = clock, see, answer
        self._count = 0
        self.unanswered: dict[str, bool] = {}

    def measure(self, text: str) -> int:
        """Characters; there is no limit."""
        return len(text)

    def mention(self, liaison: Liaison) -> str:
        """The name."""
        return liaison.name

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """What the platform makes of a message; `unanswered` keeps by its key whether it was shown."""
        self._count += 1
        shows, verdict = self._answer(self._count, self._clock.now())
        if shows:
            claims = tuple(line for line in text.splitlines() if "|" in line)
            self._see(Shown(self._clock.now().isoformat(), conversation, claims))
        if verdict.status is Status.UNKNOWN:
            self.unanswered[key] = shows
        return verdict

    async def close(self) -> None:
        """Nothing to let go of."""


def claims_alone(notices: Sequence[Notice]) -> str:
    """The text of a rehearsal: the claims of its notices, by which what was shown is recognised."""
    return "\n".join(notice.claim for notice in notices)


@dataclass(slots=True)
class Rehearsal:
    """An office being rehearsed in `store`."""

    store: Store
    register: Register
    calendar: WorkCalendar
    policy: Policy

    def player(self, see: Callable[[Shown], None], answer: Answer = obliging) -> Player:
        """Somebody who plays moments over it."""
        clock = VirtualClock(datetime(2000, 1, 1, tzinfo=SHANGHAI))
        platform = Platform(clock, see, answer)
        outbox = Outbox(
            self.store, lambda _conversation: platform, clock, words=claims_alone, alarms=Alarms(lambda _sentence: None)
        )
        return Player(self, clock, platform, outbox)


@dataclass(slots=True)
class Player:
    """One process of a rehearsed office: its clock, its platform and its outbox."""

    of: Rehearsal
    clock: VirtualClock
    platform: Platform
    outbox: Outbox

    async def at(self, moment: datetime) -> tuple[Notice, ...]:
        """Tick at a moment; the notices that were to be said."""
        self.clock.set(moment)
        office = self.of
        spoken = await speak(office.store, self.outbox, office.register, moment, office.calendar, office.policy)
        return spoken.notices

    async def play(self, moments: Sequence[datetime]) -> None:
        """Tick at each of these moments."""
        for moment in moments:
            await self.at(moment)


# ---------------------------------------------------------------- as a process of its own
def read_shown(copy: Path) -> Iterator[Shown]:
    """What the platform of a copy has shown in all processes; a line that was cut short was never shown."""
    path = copy / SHOWN
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            one = json.loads(line)
        except ValueError:
            continue
        yield Shown(one["at"], one["conversation"], tuple(one["claims"]))


def main(copy: Path) -> int:
    """Play the plan of a copy from where its ledger ends. Tells on standard output that it is at work."""
    from bot.home import Home
    from bot.settled import office_calendar
    from bot.view import view_of
    from knowledge.store import StoreBusy

    plan: Mapping[str, object] = json.loads((copy / PLAN).read_text("utf-8"))
    moments = [datetime.fromisoformat(str(one)) for one in _list(plan["moments"])]
    view = view_of(copy)
    try:
        with Home(copy).store("qiantou drill") as store:
            ledger = store.ledger()
            last = max((entry.at for entry in ledger), default=moments[0])
            rehearsal = Rehearsal(store, view.register, office_calendar(copy), view.policy)
            asyncio.run(
                _play_slowly(rehearsal, [one for one in moments if one >= last], copy, float(str(plan["pace"])))
            )
    except StoreBusy as busy:
        print(busy, file=sys.stderr)
        return EXIT_BUSY
    return 0


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


async def _play_slowly(rehearsal: Rehearsal, moments: Sequence[datetime], copy: Path, pace: float) -> None:
    """As `Player.play`, with `pace` seconds between two moments, so that a kill finds it anywhere in the midst."""
    file = os.open(copy / SHOWN, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def see(shown: Shown) -> None:
        told = {"at": shown.at, "conversation": shown.conversation, "claims": shown.claims}
        os.write(file, (json.dumps(told, ensure_ascii=False) + "\n").encode())
        os.fsync(file)

    player = rehearsal.player(see)
    player.clock.set(moments[0] if moments else player.clock.now())
    player.outbox.settle()
    os.write(1, b"playing\n")
    for moment in moments:
        await player.at(moment)
        if pace:
            await asyncio.sleep(pace)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
