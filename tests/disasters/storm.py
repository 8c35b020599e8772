"""An office under load that is killed again and again, beside a platform that answers late, twice or never.

python storm.py KILLS SEED [GROUPS]: runs homes one after the other, each until its three weeks are over, until KILLS processes
were killed with SIGKILL at random moments; then says how many were, or what was lost or doubled. Every process is a fork of
this one, so that a thousand of them take minutes.
"""

import asyncio
import logging
import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Button, Capabilities, Rate, Scope, Status, Trouble, Verdict
from bot.channels.reactions import react
from bot.clock import VirtualClock
from bot.outbox import Outbox
from knowledge.ledger import Entry, EntryKind
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from scheduler.notices import Notice, parse_key, unsettled
from scheduler.owed import moments
from scheduler.policy import SHANGHAI, Policy
from tests.disasters.writer import Dying, say
from tests.scheduler.offices import CALENDAR, PLAN, at, by, duty, report

GROUPS = tuple(f"{number}群" for number in range(1, 1 + int((sys.argv[3:4] or ["8"])[0])))
UNLUCKY = GROUPS[-1]
"""A group that the platform nearly always refuses."""
DUTIES = tuple(duty(n, by(f"2026-07-{7 + n:02}"), unit=f"市{n}局") for n in range(1, 11))
REGISTER = Register(1, (PLAN,), DUTIES, {group: (PLAN.id,) for group in GROUPS})
FIRST, LAST = date(2026, 7, 6), date(2026, 7, 24)
POLICY = Policy(cap=99, at_once=99, summary=False)
RATES = (Rate(Scope.CREDENTIAL, 60, 60), Rate(Scope.CONVERSATION, 3, 60))
AFTER = (0, 1, 2, 6, 36)
"""Minutes after each moment at which the clock ticks, so that what failed is tried again."""
CALLS = 40_000
"""Python calls within which a process is killed, about a fifteenth of what a home needs; those to the disk are far fewer."""
DISK_CALLS = 600
BUSY, BROKEN, REFUSED = 45009, -1, 93000


class Platform(MemoryChannel):
    """Shows a message for good before it answers, if it answers. `late` are answers that are still to come."""

    def __init__(self, shown: Path, dice: random.Random | None) -> None:
        super().__init__(Capabilities(limit=600, rates=RATES))
        self._file = os.open(shown, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self._dice = dice
        self.late: list[tuple[str, Verdict]] = []

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Mostly well; else busy, broken, refusing, silent with or without showing it, or late and then twice."""
        fortune = self._dice.random() * (0.15 if conversation == UNLUCKY else 1.0) if self._dice else 1.0
        await asyncio.sleep(0)
        if fortune < 0.14:
            return self._refusal(fortune)
        if fortune < 0.18:
            return Verdict(Status.UNKNOWN, "没有答复，也没有显示", trouble=Trouble.SILENCE)
        os.write(self._file, f"{text}\n".encode())
        await asyncio.sleep(0)
        if fortune < 0.24:
            return Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE)
        if fortune < 0.32:
            self.late += [(key, Verdict(Status.SENT, "ok, late", f"late-{key}"))] * 2
            return Verdict(Status.UNKNOWN, "还没有答复", trouble=Trouble.SILENCE)
        if fortune < 0.34:
            raise ConnectionResetError("closed before the answer")
        return Verdict(Status.SENT, "ok", f"id-{key[:8]}")

    def _refusal(self, fortune: float) -> Verdict:
        code = BUSY if fortune < 0.07 else BROKEN if fortune < 0.12 else REFUSED
        return react("wecom", code, f'{{"errcode":{code}}}').verdict


def keys_alone(notices: Sequence[Notice]) -> str:
    """The message: nothing but the keys in it, one after the other."""
    return "\n".join(notice.key for notice in notices)


def times() -> list[datetime]:
    ticks = {moment + timedelta(minutes=more) for moment in moments(FIRST, LAST, POLICY) for more in AFTER}
    return sorted(ticks)


async def live(home: Path, dice: random.Random | None) -> None:
    """The office from where its ledger ends to the end of the three weeks; on the last day everything is reported done."""
    with TinyDBStore(home) as store:
        written = store.ledger().entries
        clock = VirtualClock(max((entry.at for entry in written), default=datetime.combine(FIRST, time(), SHANGHAI)))
        platform = Platform(home.parent / "shown", dice)
        app = App(store, platform, CALENDAR, clock=clock)
        app._policy = (app.register, 0, POLICY)
        app._outbox = Outbox(store, lambda _: platform, clock, words=keys_alone, alarms=app.alarms)
        app._outbox.voice._pause = lambda seconds: passing(clock, seconds)
        app.settle()
        for moment in [one for one in times() if one >= clock.now()]:
            clock.set(moment)
            await asyncio.gather(app.tick(), answer(app, platform, home), app.tick())
        if not store.ledger().kinds(EntryKind.REPORTED):
            store.append(*(report(one.id, f"{LAST} 15:00") for one in DUTIES))
        clock.set(at("2026-07-27 09:00"))
        await app.tick()


async def passing(clock: VirtualClock, seconds: float) -> None:
    """A pause on the virtual clock."""
    await asyncio.sleep(0)
    clock.advance(timedelta(seconds=seconds))


async def answer(app: App, platform: Platform, home: Path) -> None:
    """Late answers come in, and people write: what was confirmed to them stands in `confirmed`."""
    for key, verdict in platform.late:
        app.outbox.hear(key, verdict)
        await asyncio.sleep(0)
    platform.late.clear()
    words = f"{app.clock.now():%m%d%H%M}"
    app.store.append(Entry(EntryKind.ACKNOWLEDGED, app.clock.now(), who="张晓", assignment="plan#1", words=words))
    await app.outbox.voice.reply(platform, GROUPS[0], "收到", words)
    with (home.parent / "confirmed").open("a", encoding="utf-8") as file:
        file.write(f"{words}\n")


def forked(home: Path, dice: random.Random | None, dying: Dying | None) -> bool:
    """Live in a process of its own; whether it was killed."""
    child = os.fork()
    if not child:
        try:
            if dying:
                sys.setprofile(dying)
            asyncio.run(live(home, dice))
            sys.setprofile(None)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "a process ended by itself"
    return False


def office(folder: Path) -> Path:
    home = folder / "home"
    with TinyDBStore(home) as store:
        store.file(REGISTER)
    return home


def shown(home: Path) -> Counter[str]:
    """How often the groups have seen each notice."""
    file = home.parent / "shown"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return Counter(line for line in lines if "|" in line)


def base(key: str) -> str:
    return key.partition("|")[2] if parse_key(key).attempt > 1 or key.startswith("held|") else key


def verdicts(home: Path) -> dict[str, set[EntryKind]]:
    """All that the ledger says of each notice."""
    found: dict[str, set[EntryKind]] = {}
    with TinyDBStore(home) as store:
        for entry in store.ledger():
            if entry.key:
                found.setdefault(base(entry.key), set()).add(entry.kind)
        hanging = [entry.key for entry in _hanging(store.ledger().entries)]
        assert not hanging, f"refused for the moment and left at that: {hanging}"
        open_claims = [entry for entry in unsettled(store.ledger()) if entry.kind is EntryKind.CLAIMED]
        assert not open_claims, "a claim without a word"
        assert store.load().documents == REGISTER.documents, "the register"
        told = {entry.words for entry in store.ledger().kinds(EntryKind.ACKNOWLEDGED)}
    confirmed = home.parent / "confirmed"
    assert set(confirmed.read_text("utf-8").split()) <= told, "confirmed and lost"
    return found


def _hanging(entries: Sequence[Entry]) -> list[Entry]:
    """The failures for the moment that have no last word behind them."""
    last = {base(entry.key): entry for entry in entries if entry.key and entry.kind is not EntryKind.HELD}
    failed = [entry for entry in last.values() if entry.kind is EntryKind.FAILED and not entry.details["permanent"]]
    return [entry for entry in failed if parse_key(entry.key).attempt <= len(POLICY.back_off)]


ENDS = frozenset({EntryKind.SENT, EntryKind.UNKNOWN, EntryKind.LAPSED, EntryKind.FAILED, EntryKind.HELD})


def check(home: Path, everything: set[str]) -> Counter[str]:
    """What became of all that was owed. Raises AssertionError where something was lost, doubled or misreported."""
    seen, said = shown(home), verdicts(home)
    lost = [key for key in everything if not said.get(key, set()) & ENDS]
    assert not lost, f"lost without a word: {lost}"
    assert not [key for key, times in seen.items() if times > 1], f"doubled: {seen.most_common(3)}"
    sent = {key for key, kinds in said.items() if EntryKind.SENT in kinds}
    assert sent <= set(seen), f"said to be sent and never shown: {sent - set(seen)}"
    silent = [key for key in seen if not said.get(key, set()) & {EntryKind.SENT, EntryKind.UNKNOWN}]
    assert not silent, f"shown and not written down: {silent}"
    return Counter("sent" if key in sent else "unknown" if key in seen else "refused" for key in everything)


def storm(folder: Path, wanted: int, seed: int) -> str:
    """Homes one after the other until enough processes were killed; the figures."""
    calm = office(Path(mkdtemp(dir=folder)))
    forked(calm, None, None)
    everything = set(shown(calm))
    assert len(everything) >= len(GROUPS) * len(DUTIES) * 3
    killed = homes = 0
    fates: Counter[str] = Counter()
    while killed < wanted:
        home = office(Path(mkdtemp(dir=folder)))
        homes += 1
        dice = random.Random(f"{seed} {homes}")
        while forked(home, random.Random(dice.random()), fate(dice) if killed < wanted else None):
            killed += 1
        fates += check(home, everything)
    return f"killed {killed} homes {homes} " + " ".join(f"{name} {count}" for name, count in sorted(fates.items()))


def fate(dice: random.Random) -> Dying:
    """When a process is to die: at any call or at one that reaches the disk."""
    scale = dice.choice(["any", "disk"])
    return Dying(scale, dice.randint(1, CALLS if scale == "any" else DISK_CALLS))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None  # SIGKILL asks nothing of the disk itself
    with TemporaryDirectory(dir=place) as folder:
        say(storm(Path(folder), int(sys.argv[1]), int(sys.argv[2])))
