"""The office's calendar years on disk: taken from a notice or a small file, checked, written whole, told to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from bot.home import Home
from bot.settled import CALENDAR, office_calendar
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment
from knowledge.redating import redated
from knowledge.store import Store
from knowledge.store_files import make_folder, write_whole
from scheduler.arrangement import Arrangement, ArrangementError, checked, prolonged, read_notice
from scheduler.calendar import WorkCalendar, YearDays, days_of, read_year, with_year, year_text
from scheduler.calendar_notices import Move, moved_by, year_days


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """One year that an import changed: what it was (`before` None: not published) and is, and the due dates it moved."""

    year: int
    before: YearDays | None
    after: YearDays
    moved: tuple[tuple[Assignment, tuple[Move, ...]], ...] = ()


def read_calendar_file(path: Path, calendar: WorkCalendar) -> Arrangement:
    """The arrangement in a small .toml file or in the text of a notice, of any kind that documents come in; of a notice that makes
    a holiday longer, the year as `calendar` knows it with that holiday.

    Raises ArrangementError, ValueError and ReadingError, each one Chinese sentence.
    """
    if path.suffix.lower() == ".toml":
        year, days = read_year(path)
        return Arrangement(year, checked(year, days))
    from knowledge.reading import read

    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArrangementError(f"文件“{path}”读不出来，请检查路径和权限后重试。") from error
    blocks = read(content, path.name).blocks
    text = "\n".join(block.text or "".join(cell.text for cell in block.cells) for block in blocks)
    return prolonged(text, partial(days_of, calendar)) or read_notice(text)


def import_calendar(store: Store, place: Home, path: Path, who: str, now: datetime) -> tuple[CalendarChange, ...]:
    """Take a year's arrangement into the home; the years it changes, none when all of it was known already.

    The ledger is told first: a file without its entry would move dates and tell nobody. Raises what `read_calendar_file`
    raises, ConfigError and StoreError; then the calendar is as it was.
    """
    calendar = office_calendar(place.path)
    wanted = read_calendar_file(path, calendar)
    register = redated(store.load(), store.ledger())
    changes = []
    for year, days in _years(wanted, calendar):
        before, after = days_of(calendar, year), with_year(calendar, year, days)
        if before != days_of(after, year):
            moved = tuple(moved_by(register.in_force, calendar, after, now.date()))
            changes.append(CalendarChange(year, before, days_of(after, year) or days, moved))
            store.append(_entry(changes[-1], path.name, who, now))
            _write(place, year, days, f"{year}年放假安排：由{who}在{now:%Y-%m-%d %H:%M}从“{path.name}”导入。")
            calendar = after
    return tuple(changes)


def observe_calendar(store: Store, calendar: WorkCalendar, now: datetime) -> tuple[Entry, ...]:
    """Tell the ledger what this year's and next year's days are where it does not know them; returns the entries.

    A new version of the program, or a hand in the calendar folder, changes them without an import: then the difference is
    told like that of an import, so that the groups hear which dates moved. For the start of the only process.
    """
    known = {int(str(entry.details["year"])): entry for entry in store.ledger().kinds(EntryKind.CALENDAR)}
    entries = []
    for year in (now.year, now.year + 1):
        days, last = days_of(calendar, year), known.get(year)
        told = year_days(last.details.get("after")) if last else None
        if days is not None and days != told:
            change = CalendarChange(year, told, days)
            entries.append(_entry(change, "程序自带或手工修改", "", now, seen=last is None))
    if entries:
        store.append(*entries)
    return tuple(entries)


def _years(wanted: Arrangement, calendar: WorkCalendar) -> list[tuple[int, YearDays]]:
    """The year itself, and the neighbouring ones with the few days that its notice arranges in them laid over."""
    found = [(wanted.year, wanted.days)]
    for year, days in wanted.beside:
        known = days_of(calendar, year)
        if known is not None:
            found.append((year, YearDays((known.off - days.work) | days.off, (known.work - days.off) | days.work)))
    return found


def _entry(change: CalendarChange, source: str, who: str, now: datetime, seen: bool = False) -> Entry:
    """The entry of a change; `seen` only takes note of what is in force."""
    after = _listed(change.after)
    details: dict[str, object] = {
        "year": change.year,
        "after": after,
        "digest": sha256(repr((change.before and _listed(change.before), after)).encode()).hexdigest()[:12],
        "source": source,
    }
    if seen:
        details["seen"] = True
    if change.before is not None:
        details["before"] = _listed(change.before)
    return Entry(EntryKind.CALENDAR, now, who=who, words=source, details=details)


def _listed(days: YearDays) -> Mapping[str, list[str]]:
    return {name: [day.isoformat() for day in sorted(getattr(days, name))] for name in ("off", "work")}


def _write(place: Home, year: int, days: YearDays, head: str) -> None:
    folder = place.path / CALENDAR
    make_folder(folder)
    head = " ".join(head.split())
    write_whole(folder / f"{year}.toml", year_text(year, days, head).encode())
