"""演练: what would be lost or doubled if the worst came, rehearsed on copies of an office. The office itself is only read."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.protocol import Status, Trouble, Verdict
from bot.clock import Stopwatch
from bot.config import FILE_NAME
from bot.home import Home
from bot.judgement import Down, Expected, Judgement, judged, together
from bot.rehearsal import EXIT_BUSY, OK, PLAN, Answer, Rehearsal, Shown, read_shown
from bot.settled import CALENDAR
from bot.simulation import beginning
from bot.view import View
from knowledge.ledger import Entry, Ledger
from knowledge.redating import redated
from knowledge.store import MemoryStore
from knowledge.store_tinydb import REGISTER
from scheduler.addressees import conversations
from scheduler.days import DAY
from scheduler.due import due_between
from scheduler.owed import moments, owed
from scheduler.policy import SHANGHAI

LONGEST = 45
"""Days that are rehearsed at most; fewer where the office is large and the time short."""
SHORTEST = 18
RETRIES = (timedelta(minutes=1), timedelta(minutes=6), timedelta(minutes=36), timedelta(minutes=156))
"""When a temporary failure has been tried again, counted from its moment."""
KILLS = 8
"""Times that one copy is killed at most."""
POWER = timedelta(days=7)
START = "from bot.rehearsal import main; import sys; from pathlib import Path; sys.exit(main(Path(sys.argv[1])))"


@dataclass(frozen=True, slots=True)
class Scene:
    """What was rehearsed, in words, how often it struck, and what became of it. `broken` is a promise broken beside those
    that are judged, in words."""

    name: str
    count: int
    judgement: Judgement
    broken: str = ""

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return self.judgement.good and not self.broken


@dataclass(slots=True)
class Drill:
    """The rehearsal of one office as `view` knows it, over `days`; `chance` decides what strikes when."""

    view: View
    start: date
    chance: random.Random
    at: list[datetime] = field(default_factory=list)
    before: list[Entry] = field(default_factory=list)
    expected: Expected = field(default_factory=dict)

    def prepare(self, seconds: float) -> None:
        """Play it undisturbed, for as many days as fit into some seconds; what is said then is what must be said."""
        view, watch = self.view, Stopwatch()
        self.before = beginning(view.register, view.ledger, self.start, view.calendar, view.policy, view.now.date())
        heard = conversations(redated(view.register, view.ledger).in_force, view.policy)
        shown: list[Shown] = []
        player = self._office().player(shown.append)
        found: dict[str, tuple[object, datetime]] = {}
        for n in range(LONGEST):
            day = self.start + DAY * n
            if n >= SHORTEST and watch.seconds > seconds:
                break
            for moment in moments(day, day, view.policy, heard):
                self.at.append(moment)
                found |= {notice.key: (notice, moment) for notice in asyncio.run(player.at(moment))}
        said = {claim for message in shown for claim in message.claims}
        self.expected = {key: told for key, told in found.items() if key in said}  # type: ignore[misc]

    def _office(self) -> Rehearsal:
        return Rehearsal(
            MemoryStore(self.view.register, *self.before), self.view.register, self.view.calendar, self.view.policy
        )

    # ------------------------------------------------------------ in memory
    def refused(self) -> Scene:
        """Every third message is refused, for the moment or for good."""
        count = 0

        def answer(number: int, _at: datetime) -> tuple[bool, Verdict]:
            nonlocal count
            if number % 3:
                return True, OK
            count += 1
            trouble = self.chance.choice((Trouble.TARGET, Trouble.SERVER, Trouble.RATE))
            return False, Verdict(Status.FAILED, "演练：拒绝", permanent=trouble is Trouble.TARGET, trouble=trouble)

        return self._scene("平台拒绝消息", answer, lambda: count, self._often(self.at))

    def outage(self) -> Scene:
        """The platform is out of order for two days, from a moment on at which something is to be said: an outage that nobody meets
        rehearses nothing."""
        spoken = sorted({moment for _, moment in self.expected.values()}) or self.at
        begin = self.chance.choice(spoken[: max(1, len(spoken) // 2)])
        count = 0

        def answer(_number: int, at: datetime) -> tuple[bool, Verdict]:
            nonlocal count
            if not begin <= at < begin + 2 * DAY:
                return True, OK
            count += 1
            return False, Verdict(Status.FAILED, "演练：服务器出错", trouble=Trouble.SERVER)

        during = [moment for moment in self.at if begin <= moment < begin + 2 * DAY]
        return self._scene("平台停摆两天", answer, lambda: count, self._often(during), ((begin, begin + 2 * DAY),))

    def unanswered(self) -> Scene:
        """Every third answer is lost; half of these messages were shown."""
        count = 0

        def answer(number: int, _at: datetime) -> tuple[bool, Verdict]:
            nonlocal count
            if number % 3:
                return True, OK
            count += 1
            return self.chance.random() < 0.5, Verdict(Status.UNKNOWN, "演练：没有答复", trouble=Trouble.SILENCE)

        return self._scene("平台的答复丢失", answer, lambda: count, self.at)

    def late(self) -> Scene:
        """Every other answer comes late, and twice."""
        shown: list[Shown] = []
        office = self._office()
        count = 0

        def answer(number: int, _at: datetime) -> tuple[bool, Verdict]:
            return self.chance.random() < 0.7, OK if number % 2 else Verdict(Status.UNKNOWN, "演练：还没有答复")

        player = office.player(shown.append, _honest(answer))
        for moment in self.at:
            asyncio.run(player.at(moment))
            for key, arrived in player.platform.unanswered.items():
                verdict = OK if arrived else Verdict(Status.FAILED, "演练：没有收下", trouble=Trouble.SERVER)
                player.outbox.hear(key, verdict)
                player.outbox.hear(key, verdict)
                count += 1
            player.platform.unanswered.clear()
        return Scene("平台的答复迟到，并且来两遍", count, self._judged(office, shown))

    def power(self) -> Scene:
        """No power for a week; on return each conversation gets one message."""
        days = (self.at[-1].date() - self.start).days
        begin = self.at[0] + timedelta(days=self.chance.randrange(1, max(2, min(8, days - 17))))
        back = begin + POWER
        shown: list[Shown] = []
        office = self._office()
        player = office.player(shown.append)
        asyncio.run(player.play([moment for moment in self.at if not begin <= moment < back]))
        times: dict[tuple[str, str], int] = {}
        for one in shown:
            times[one.at, one.conversation] = times.get((one.at, one.conversation), 0) + 1
        most = max((n for (at, _), n in times.items() if datetime.fromisoformat(at) >= back), default=0)
        broken = f"恢复后一个会话一次收到{most}条消息" if most > 1 else ""
        return Scene("停电一周", 1, self._judged(office, shown, ((begin, back),)), broken)

    def clock(self) -> Scene:
        """The clock jumps, a day back or three days on, and is put right."""
        shown: list[Shown] = []
        office = self._office()
        player = office.player(shown.append)
        jumps = set(self.chance.sample(range(len(self.at)), min(6, len(self.at))))
        for place, moment in enumerate(self.at):
            asyncio.run(player.at(moment))
            if place in jumps:
                asyncio.run(player.at(moment + self.chance.choice((-DAY, 3 * DAY, -timedelta(hours=1)))))
        return Scene("时钟跳动，再拨正", len(jumps), self._judged(office, shown))

    def _often(self, among: Sequence[datetime]) -> list[datetime]:
        """All moments, and after some of them those at which what failed is tried again."""
        return sorted({*self.at, *(moment + wait for moment in among for wait in RETRIES)})

    def _scene(
        self, name: str, answer: Answer, count: Callable[[], int], at: Sequence[datetime], down: Sequence[Down] = ()
    ) -> Scene:
        shown: list[Shown] = []
        office = self._office()
        asyncio.run(office.player(shown.append, _honest(answer)).play(at))
        return Scene(name, count(), self._judged(office, shown, down))

    def _judged(self, office: Rehearsal, shown: Sequence[Shown], down: Sequence[Down] = ()) -> Judgement:
        end = max(self.at) + timedelta(hours=3)
        ledger = office.store.ledger()
        still = owed(office.register, ledger, end, office.calendar, office.policy)
        return judged(self.expected, shown, ledger, [one.key for one in (*still.notices, *still.held)], down)

    # ------------------------------------------------------------ as processes
    def kills(self, home: Path, seconds: float) -> Scene:
        """A process of its own is killed again and again and begins anew each time; on fresh copies until the time is up."""
        watch, count, broken = Stopwatch(), 0, ""
        found: list[Judgement] = []
        while not found or watch.seconds < seconds:
            with self._copy(home) as copy:
                struck = self._killed(copy, watch, seconds)
                self._plan(copy, 0)
                finished = _started(copy)
                told = finished.communicate()[1].decode("utf-8", "replace").strip().splitlines()
                if finished.returncode:
                    broken = f"重启后没有能继续：{told[-1] if told else finished.returncode}"
                with Home(copy).store("qiantou drill") as store:
                    office = Rehearsal(store, self.view.register, self.view.calendar, self.view.policy)
                    found.append(self._judged(office, list(read_shown(copy))))
            count += struck
        return Scene("强行结束进程（kill -9），再重启", count, together(found), broken)

    def _killed(self, copy: Path, watch: Stopwatch, seconds: float) -> int:
        """How often a process on this copy was killed before it came to its end, or the time was up."""
        pace = max(0.002, min(0.05, 3.0 / len(self.at)))
        self._plan(copy, pace)
        for count in range(KILLS):
            process = _started(copy)
            assert process.stdout is not None, "asked for"
            process.stdout.readline()
            ended = _ended_within(process, self.chance.random() * pace * len(self.at) / 3)
            process.kill()
            process.communicate()
            if ended:
                return count
            if count and watch.seconds > seconds:
                return count + 1
        return KILLS

    def second(self, home: Path) -> Scene:
        """A second process is started on a home that is at work: it must refuse, and say nothing."""
        with self._copy(home) as copy, Home(copy).store("qiantou drill") as store:
            store.hold()
            self._plan(copy, 0)
            process = _started(copy)
            process.communicate()
            office = Rehearsal(store, self.view.register, self.view.calendar, self.view.policy)
            shown = list(read_shown(copy))
            asyncio.run(office.player(shown.append).play(self.at))
            broken = "" if process.returncode == EXIT_BUSY else "第二个进程没有拒绝启动"
            return Scene("同一目录另开一个进程", 1, self._judged(office, shown), broken)

    @contextmanager
    def _copy(self, home: Path) -> Iterator[Path]:
        """A copy of the home that only this drill knows, with the ledger as it was before the rehearsal begins."""
        with TemporaryDirectory(prefix="qiantou-drill-") as folder:
            copy = Path(folder) / "home"
            copy.mkdir(mode=0o700)
            for name in (FILE_NAME, REGISTER):
                if (home / name).exists():
                    shutil.copy2(home / name, copy / name)
            for name in ("lexicon", CALENDAR):
                if (home / name).is_dir():
                    shutil.copytree(home / name, copy / name)
            with Home(copy).store("qiantou drill") as store:
                store.append(*self.before)
            yield copy

    def _plan(self, copy: Path, pace: float) -> None:
        plan = {"moments": [moment.isoformat() for moment in self.at], "pace": pace}
        (copy / PLAN).write_text(json.dumps(plan), "utf-8")


def _honest(answer: Answer) -> Answer:
    """A platform that says sent has shown it."""

    def honest(number: int, at: datetime) -> tuple[bool, Verdict]:
        shows, verdict = answer(number, at)
        return shows or verdict.status is Status.SENT, verdict

    return honest


def _started(copy: Path) -> subprocess.Popen[bytes]:
    """A process of its own that plays a copy."""
    return subprocess.Popen([sys.executable, "-c", START, str(copy)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - ourselves


def _ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


# ---------------------------------------------------------------- the whole of it
def first_day(view: View) -> date | None:
    """The day from which there is most to rehearse: today where dates lie ahead, else two weeks before the middle of all due
    dates; None where nothing is ever due."""
    today = view.now.astimezone(SHANGHAI).date()
    if due_between(view.register, view.ledger, today, today + DAY * LONGEST, view.calendar):
        return today
    rows = due_between(view.register, Ledger(), date(2000, 1, 1), today + timedelta(days=400), view.calendar)
    return rows[len(rows) // 2].due - timedelta(days=14) if rows else None


def rehearse(
    home: Path, view: View, start: date, seconds: float, seed: int, step: Callable[[str], None] = lambda _name: None
) -> tuple[Drill, list[Scene]]:
    """All scenes, in about so many seconds; the home is read and never written."""
    watch = Stopwatch()
    drill = Drill(view, start, random.Random(seed))  # noqa: S311 - what strikes when, no secret
    step("照常运行")
    drill.prepare(seconds / 12)
    scenes = []
    for name, scene in (
        ("平台拒绝", drill.refused),
        ("平台停摆", drill.outage),
        ("答复丢失", drill.unanswered),
        ("答复迟到", drill.late),
        ("停电一周", drill.power),
        ("时钟跳动", drill.clock),
    ):
        step(name)
        scenes.append(scene())
    step("另开进程")
    scenes.append(drill.second(home))
    step("强行结束")
    return drill, [drill.kills(home, max(4.0, seconds - watch.seconds - 3)), *scenes]
