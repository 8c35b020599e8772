"""What is owed at a tick, for many offices, beside a scan of everything; and a month played for one large office.

`python -m benchmarks.reminding [OFFICES]` prints processor time and ratios; it fails on no number. With `--days` it plays nothing but
two whole days, minute by minute, for that many offices, and tells of each which minutes were the busiest.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from time import process_time

from bot.__main__ import OBJECTS
from bot.simulation import simulate
from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Document, Duty, Every, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.notices import Notice
from scheduler.owed import idle, notices_due, prepare
from scheduler.policy import SHANGHAI, Policy

CALENDAR = WorkCalendar()
ISSUED = date(2026, 1, 5)
UNITS = tuple(f"市{name}局" for name in (f"{a}{b}" for a in "民财教卫农水林交" for b in "一二三四五"))
SCANNED = 100
"""Offices that are scanned naively at most: a scan of thousands takes minutes and is the same for each."""


def deadline(chance: random.Random, issued: date) -> Deadline:
    """A deadline as plans have them: most on a day of the year, some rhythms, some without a date."""
    kind = chance.random()
    if kind < 0.65:
        due = ISSUED + timedelta(days=chance.randrange(20, 350))
        return Deadline(f"{due:%m月%d日}前", DeadlineKind.BY, due=due, issued=issued, year=2026)
    if kind < 0.85:
        every = chance.choice((Every.MONTH, Every.QUARTER, Every.HALF_YEAR))
        return Deadline(f"每{every}", DeadlineKind.RECURRING, cadence=Cadence(every), issued=issued, year=2026)
    return Deadline("全年工作", DeadlineKind.ONGOING)


def office(number: int, size: int, units: Sequence[str], groups: int, papers: int = 4) -> tuple[Register, Policy]:
    """An invented office: `size` assignments in some documents, `groups` conversations bound to units and documents, with keys of
    their own as platforms give them, so that each office has minutes of its own."""
    chance = random.Random(number)
    issued = ISSUED + timedelta(days=number % 20)
    documents = tuple(
        Document(f"{number}-{n}", f"第{n}号任务分工方案", f"{n}.docx", f"{number}-{n}", issued=issued, year=2026)
        for n in range(papers)
    )
    assignments = []
    for n in range(size):
        paper = documents[n * papers // size]
        shared = tuple(Duty(unit, Role.LEAD, "牵头单位") for unit in chance.sample(units, 1 + (chance.random() < 0.2)))
        text = f"推进第{n}类工作"
        assignments.append(
            Assignment(
                f"{paper.id}#{n}",
                paper.id,
                str(n),
                str(n),
                (),
                text,
                text,
                Place(line=n),
                shared,
                (deadline(chance, issued),),
            )
        )
    listening = {f"{number}号{unit}群": (unit,) for unit in units[:groups]}
    bound = {f"{number}号第{n}工作群": (documents[n % papers].id,) for n in range(max(0, groups - len(units)))}
    policy = Policy(supervisors=f"{number}号督查群", jitter=10, directory=Directory(listening))
    return Register(1, documents, tuple(assignments), bound), policy


def answers(register: Register, number: int, at: datetime) -> Iterator[Entry]:
    """What units have said by then: a tenth of the assignments is reported done, another tenth is under way, of a third of the
    others the units have answered."""
    chance = random.Random(number)
    for one in register.assignments:
        kind, unit = chance.random(), one.units(Role.LEAD)[0]
        if kind < 0.2:
            details = {"status": "done" if kind < 0.1 else "doing"}
            yield Entry(EntryKind.REPORTED, at, document=one.document, assignment=one.id, unit=unit, details=details)
        elif kind < 0.47:
            yield Entry(EntryKind.ACKNOWLEDGED, at, document=one.document, assignment=one.id, unit=unit)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time, of this process alone."""
    start = process_time()
    work()
    return process_time() - start


# ---------------------------------------------------------------- one tick of many offices
@dataclass(slots=True)
class Kept:
    """An office in memory, with everything that has been said."""

    register: Register
    policy: Policy
    ledger: Ledger

    def owed(self, now: datetime) -> tuple[Notice, ...]:
        """One tick."""
        return notices_due(self.register, self.ledger, now, CALENDAR, self.policy)

    def scan(self, now: datetime) -> tuple[Notice, ...]:
        """One tick that knows nothing of the last one."""
        return notices_due(self.register, self.ledger, now, CALENDAR, replace(self.policy))

    def prepare(self, now: datetime) -> None:
        """Draft the day, in a minute of the night."""
        prepare(self.register, self.ledger, now, CALENDAR, self.policy)

    def minute(self, now: datetime) -> tuple[Notice, ...]:
        """One tick as a process at work has it: what is owed, and in a minute without anything what comes is prepared in its turn."""
        found = self.owed(now)
        if not found:
            idle(self.register, self.ledger, now, CALENDAR, self.policy)
        return found

    def said(self, found: Sequence[Notice], now: datetime) -> None:
        """Write that all of it was sent."""
        if found:
            self.ledger = self.ledger.plus(*(one for notice in found for one in _as_sent(notice, now)))

    def say(self, now: datetime) -> None:
        """Tick until nothing is left to say, and look what the day still has to say."""
        while found := self.owed(now):
            self.said(found, now)
        self.prepare(now)


def _as_sent(notice: Notice, now: datetime) -> tuple[Entry, Entry]:
    about = notice.assignment.id if notice.assignment else ""
    details = {"kind": str(notice.kind), "due": notice.due.isoformat() if notice.due else None, "code": notice.code}
    return (
        Entry(EntryKind.CLAIMED, now, key=notice.claim),
        Entry(
            EntryKind.SENT, now, conversation=notice.conversation, assignment=about, key=notice.claim, details=details
        ),
    )


def ticks(count: int) -> None:
    """Ticks over `count` offices of 400 assignments, each ten conversations that open within the same ten minutes.

    Warm means that the two days before were said. Measured are a minute in which nothing is new; the two `DAYS`; and, on the day after,
    a whole morning found in a single tick that nothing was drafted for, beside a look at everything.
    """
    quiet = EVE
    offices, warm = _warm(count)
    timed(lambda: [one.owed(quiet + timedelta(minutes=1)) for one in offices])
    minute = timed(lambda: [one.owed(quiet + timedelta(minutes=2)) for one in offices])
    few = offices[:SCANNED]
    scanned = timed(lambda: [one.scan(quiet + timedelta(minutes=2)) for one in few]) * count / len(few)
    print(
        f"{count}个机构×400项（预热{warm:.0f}秒）：平常一分钟{minute * 1000:.1f}毫秒（逐项扫描{scanned:.1f}秒，{scanned / minute:.0f}倍）"
    )
    for name, day in DAYS.items():
        _day(name, offices, day)
    _undrafted(offices, datetime(2026, 6, 22, 10, 30, tzinfo=SHANGHAI))
    _memory()


EVE = datetime(2026, 6, 16, 16, 30, tzinfo=SHANGHAI)
DAYS = {"平常日子": date(2026, 6, 17), "全年最满的一天": date(2026, 6, 18)}
"""An ordinary day, and the fullest of the year: the last working day before a long holiday, in the middle of the year, on which the
week's summaries come too."""
PARTS = {"夜里": range(9 * 60), "早晨": range(9 * 60, 9 * 60 + 15), "白天": range(9 * 60 + 15, 16 * 60), "16点起": range(16 * 60, 24 * 60)}  # fmt: skip
"""The parts of a day, in minutes from midnight."""


def _warm(count: int) -> tuple[list[Kept], float]:
    """So many offices in which the two days before were said (two: what was reminded of is raised on the next), and the processor
    seconds that this took."""
    offices = [_kept(n, EVE - timedelta(days=7)) for n in range(count)]
    return offices, timed(lambda: [one.say(at) for one in offices for at in (EVE - timedelta(days=1), EVE)])


def days(count: int) -> None:
    """The two days alone, for `count` offices."""
    offices, warm = _warm(count)
    print(f"{count}个机构×400项（预热{warm:.0f}秒）", flush=True)
    for name, day in DAYS.items():
        _day(name, offices, day)
    _memory()


def _day(name: str, offices: Sequence[Kept], day: date) -> None:
    """Every minute of a day, from midnight to midnight: what its parts took, and the busiest minute of each."""
    midnight = datetime.combine(day, time(), SHANGHAI)
    minutes = list(_played(offices, midnight))
    busiest = _busiest(minutes, range(24 * 60))
    print(f"  {name}（{day}）：全天最忙的一分钟{busiest}", flush=True)
    for part, span in PARTS.items():
        spent, said = (sum(minutes[n][place] for n in span) for place in (0, 1))
        print(f"    {part}共{spent:.2f}秒、说{said:.0f}项次，最忙的一分钟{_busiest(minutes, span)}", flush=True)


def _played(offices: Sequence[Kept], midnight: datetime) -> Iterator[tuple[float, int, float]]:
    """The seconds that each minute of a day took, the notices said in it, and the seconds of the first in which the collector was at
    work: with thousands of offices in one process it looks at all of them at once, where each has a process of its own at its own."""
    began, collecting = [0.0], [0.0]

    def watch(phase: str, _told: object) -> None:
        if phase == "start":
            began[0] = process_time()
        else:
            collecting[0] += process_time() - began[0]

    gc.callbacks.append(watch)
    try:
        for n in range(24 * 60):
            collecting[0] = 0.0
            now = midnight + timedelta(minutes=n)
            found: list[tuple[Notice, ...]] = []
            spent = timed(lambda now=now, found=found: found.extend([one.minute(now) for one in offices]))  # type: ignore[misc]
            yield spent, sum(map(len, found)), collecting[0]
            for one, notices in zip(offices, found, strict=True):
                one.said(notices, now)
    finally:
        gc.callbacks.remove(watch)


def _busiest(minutes: Sequence[tuple[float, int, float]], span: range) -> str:
    """The busiest minute of a span with all that it took, and the busiest one without the collector."""
    whole = max(span, key=lambda n: minutes[n][0])
    work = max(span, key=lambda n: minutes[n][0] - minutes[n][2])
    spent, said, collecting = minutes[work]
    return (
        f"{work // 60}:{work % 60:02}，说{said}项次，{spent - collecting:.3f}秒"
        f"（连同内存回收{whole // 60}:{whole % 60:02}，{minutes[whole][0]:.3f}秒，其中回收{minutes[whole][2]:.3f}秒）"
    )


def _memory() -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  进程内存最多{memory:.0f} MB")


def _undrafted(offices: Sequence[Kept], morning: datetime) -> None:
    """A whole morning found in a single tick, as after a night without power."""
    few = offices[:SCANNED]
    fresh = timed(lambda: [one.scan(morning) for one in few]) * len(offices) / len(few)
    found: list[Notice] = []
    once = timed(lambda: [found.extend(one.owed(morning)) for one in offices])
    print(f"  没有备稿、一次说完{len(found)}项次：{once:.2f}秒（逐项扫描{fresh:.1f}秒，{fresh / once:.0f}倍）")


def _kept(number: int, answered: datetime) -> Kept:
    """An office whose units have said what they have by a moment."""
    register, policy = office(number, 400, UNITS[number % 30 : number % 30 + 10], 10)
    return Kept(register, policy, Ledger(answers(register, number, answered)))


# ---------------------------------------------------------------- a month of one office
def month(days: int = 30) -> None:
    """420 assignments of 40 units in 60 conversations."""
    register, policy = office(0, 420, UNITS, 60)
    span = date(2026, 6, 1), date(2026, 6, 1) + timedelta(days=days - 1)
    said = []
    eve = datetime(2026, 5, 31, 12, tzinfo=SHANGHAI)
    spent = timed(lambda: said.extend(simulate(register, Ledger(), span, eve, CALENDAR, policy)))
    notices = sum(len(one.notices) for one in said)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{days}天×420项×40单位×60会话：{spent:.2f}秒，{len(said)}条消息、{notices}项次；进程内存最多{memory:.0f} MB")


def main(most: int = 300) -> None:
    """A month, and ticks over growing numbers of offices for the growth; the warm-up of 3,000 takes some minutes."""
    month(30)
    for count in (most // 10, most // 3, most):
        ticks(count)


def asked() -> None:
    """What the command line asks for."""
    gc.set_threshold(OBJECTS)  # as the program does
    line = argparse.ArgumentParser()
    line.add_argument("offices", type=int, nargs="?", default=300)
    line.add_argument("--days", action="store_true", help="nothing but two whole days")
    told = line.parse_args()
    (days if told.days else main)(told.offices)


if __name__ == "__main__":
    asked()
