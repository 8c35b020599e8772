"""How long an export of the roll and a summary take: 5,000 rows, half of them reported. `python -m benchmarks.rolls`."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from time import process_time

from bot.__main__ import OBJECTS
from bot.handing import Letterhead, content_of
from handlers.message import Commission
from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Cadence, Deadline, DeadlineKind, Document, Duty, Every, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.roll import roll_of
from scheduler.summary import summary

ROWS, UNITS, DOCUMENTS = 5_000, 120, 10
NOW = datetime(2026, 7, 17, 16, tzinfo=SHANGHAI)


def office() -> tuple[Register, Ledger]:
    """An invented office of 5,000 assignments, one in five done every month."""
    papers = tuple(
        Document(f"d{n}", f"云溪市第{n}号工作方案", f"{n}.docx", "0" * 64, year=2026) for n in range(DOCUMENTS)
    )
    rows = tuple(_assignment(n) for n in range(ROWS))
    reports = (
        Entry(EntryKind.REPORTED, NOW - timedelta(days=n % 90), who="张晓", assignment=one.id, unit=one.duties[0].unit,
              details={"status": "done", "url": f"https://www.yunxi.gov.cn/{n}"})
        for n, one in enumerate(rows) if n % 2
    )  # fmt: skip
    return Register(1, papers, rows), Ledger(sorted(reports, key=lambda entry: entry.at))


def _assignment(n: int) -> Assignment:
    due = date(2026, 3, 1) + timedelta(days=n % 300)
    once = Deadline(f"{due.month}月{due.day}日前", DeadlineKind.BY, due=due, year=2026)
    monthly = Deadline(
        "每月25日前", DeadlineKind.RECURRING, cadence=Cadence(Every.MONTH, day=25), year=2026, issued=date(2026, 1, 5)
    )
    return Assignment(
        f"d{n % DOCUMENTS}#{n}", f"d{n % DOCUMENTS}", str(n), str(n), (f"第{n % 7}部分",),
        f"完善第{n}类事项的公开目录，逐条写明依据、条件、时限和办理结果，按期更新并接受监督", "", Place(line=n),
        (Duty(f"市第{n % UNITS}局", Role.LEAD, "牵头单位"), Duty("市政府办公室", Role.COOPERATING)),
        (monthly if n % 5 == 0 else once,),
    )  # fmt: skip


def measured() -> Iterator[tuple[str, float, int]]:
    """What was done, the seconds it took and how many bytes came of it."""
    register, ledger = office()
    calendar, head = WorkCalendar(), Letterhead("云溪市政务公开办", NOW)

    def timed(what: Callable[[], bytes]) -> tuple[float, int]:
        began = process_time()
        made = what()
        return process_time() - began, len(made)

    for form in ("xlsx", "csv", "ics"):

        def export(form: str = form) -> bytes:
            return content_of(
                Commission("ledger", form, "台账", roll_of(register, ledger, NOW, calendar, Directory())), head
            )

        yield f"台账 .{form}", *timed(export)
    for form in ("xlsx", "docx", "svg"):

        def sum_up(form: str = form) -> bytes:
            since = NOW - timedelta(days=7)
            return content_of(
                Commission("summary", form, "汇总", summary(register, ledger, NOW, calendar, since=since)), head
            )

        yield f"汇总 .{form}", *timed(sum_up)


def main() -> None:
    """Print it, in seconds of the processor, with the garbage looked for as seldom as the program does."""
    gc.set_threshold(OBJECTS)
    print(f"\n台账和汇总，{ROWS}项：")
    for words, seconds, size in measured():
        print(f"{words}\t{seconds:.2f}秒\t{size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
