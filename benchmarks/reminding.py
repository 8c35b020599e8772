"""What is owed at a tick, for many offices, beside a scan of everything; and a month played for one large office.

`python -m benchmarks.reminding [OFFICES]` prints processor time and ratios; it fails on no number.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from time import process_time

from bot.simulation import simulate
from knowledge.directory import Directory
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Document, Duty, Every, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI, Policy

CALENDAR = WorkCalendar()
ISSUED = date(2026, 1, 5)
UNITS = tuple(f"市{name}局" for name in (f"{a}{b}" for a in "民财教卫农水林交" for b in "一二三四五"))


def deadline(chance: random.Random) -> Deadline:
    """A deadline as plans have them: most on a day of the year, some rhythms, some without a date."""
    kind = chance.random()
    if kind < 0.65:
        due = ISSUED + timedelta(days=chance.randrange(20, 350))
        return Deadline(f"{due:%m月%d日}前", DeadlineKind.BY, due=due, issued=ISSUED, year=2026)
    if kind < 0.85:
        every = chance.choice((Every.MONTH, Every.QUARTER, Every.HALF_YEAR))
        return Deadline(f"每{every}", DeadlineKind.RECURRING, cadence=Cadence(every), issued=ISSUED, year=2026)
    return Deadline("全年工作", DeadlineKind.ONGOING)


def office(number: int, size: int, units: Sequence[str], groups: int, papers: int = 4) -> tuple[Register, Policy]:
    """An invented office: `size` assignments in some documents, `groups` conversations bound to units and documents."""
    chance = random.Random(number)
    documents = tuple(
        Document(f"{number}-{n}", f"第{n}号任务分工方案", f"{n}.docx", f"{number}-{n}", issued=ISSUED, year=2026)
        for n in range(papers)
    )
    assignments = []
    for n in range(size):
        paper = documents[n * papers // size]
        shared = tuple(Duty(unit, Role.LEAD, "牵头单位") for unit in chance.sample(units, 1 + (chance.random() < 0.2)))
        text = f"推进第{n}类工作"
        assignments.append(
            Assignment(
                f"{paper.id}#{n}", paper.id, str(n), str(n), (), text, text, Place(line=n), shared, (deadline(chance),)
            )
        )
    listening = {f"{unit}群": (unit,) for unit in units[:groups]}
    bound = {f"第{n}工作群": (documents[n % papers].id,) for n in range(max(0, groups - len(units)))}
    policy = Policy(supervisors="督查群", jitter=10, directory=Directory(listening))
    return Register(1, documents, tuple(assignments), bound), policy


def month() -> None:
    """30 days of 420 assignments of 40 units in 60 conversations."""
    register, policy = office(0, 420, UNITS, 60)
    span = date(2026, 6, 1), date(2026, 6, 30)
    start = process_time()
    said = simulate(register, Ledger(), span, datetime(2026, 5, 31, 12, tzinfo=SHANGHAI), CALENDAR, policy)
    spent = process_time() - start
    notices = sum(len(one.notices) for one in said)
    print(f"30天×420项×40单位×60会话：{len(said)}条消息、{notices}项次提醒，{spent:.2f}秒")


if __name__ == "__main__":
    month()
