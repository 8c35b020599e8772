"""What an office's home adds to the examination of a document: its register, its words, its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.home import Home
from bot.settled import office_calendar, worded
from knowledge.examination import Examination, Specimen, Workday, examine
from knowledge.lexicon import office_lexicon
from knowledge.model import Draft
from knowledge.register import Register
from knowledge.store import StoreError
from scheduler.calendar import CalendarUnknown, WorkCalendar


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft and its examination."""

    draft: Draft
    examination: Examination


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies ready for examining documents: the office's register and calendar. `trouble` says what does not."""

    register: Register
    calendar: WorkCalendar
    trouble: str = ""

    def checked(self, draft: Draft, beside: Sequence[str] = ()) -> Checked:
        """A draft examined; `beside` are names and titles of the files examined together with it."""
        specimen = Specimen(
            draft, self.register, workday_of(self.calendar), tuple(beside), office_lexicon(self.register)
        )
        return Checked(draft, examine(specimen))


def bench_of(home: Path) -> Bench:
    """The bench of the office in `home`; an empty one where there is none yet. Raises ConfigError and LexiconError.

    A register that cannot be opened does not keep a file from being examined: `trouble` is its sentence.
    """
    calendar = office_calendar(home)
    place = Home(home)
    if not place.register.exists():
        return Bench(worded(Register(), place.lexicon), calendar)
    store = None
    try:
        store = place.store("qiantou check")
        return bench_over(store.load(), home)
    except StoreError as error:
        return Bench(worded(Register(), place.lexicon), calendar, f"没有与已入册的文件比对：{error}")
    finally:
        if store is not None:
            store.close()


def bench_over(register: Register, home: Path) -> Bench:
    """The bench of the office in `home`, whose register is open already. Raises ConfigError and LexiconError."""
    return Bench(worded(register, Home(home).lexicon), office_calendar(home))


def workday_of(calendar: WorkCalendar) -> Workday:
    """The working days of a calendar, None for those it does not know."""

    def workday(day: date) -> bool | None:
        try:
            return calendar.is_workday(day)
        except CalendarUnknown:
            return None

    return workday
