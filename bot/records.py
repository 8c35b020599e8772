"""Values as the machine-readable commands print them; the forms are those of docs/接口.md."""

from __future__ import annotations

from datetime import date

from knowledge.model import Assignment, Deadline, DeadlineKind, Document, Every, Role
from scheduler.calendar import CalendarUnknown, WorkCalendar
from scheduler.occurrences import calendar_gap, occurrences, relative_due

Record = dict[str, object]


def deadline_record(deadline: Deadline, calendar: WorkCalendar) -> Record:
    """A deadline as `qiantou deadlines --jsonl` prints it: its kind and what that kind has, and a flag if any."""
    record: Record = _FORMS[deadline.kind](deadline, calendar)
    if deadline.flag:
        record.setdefault("flag", deadline.flag)
    return record


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _by(deadline: Deadline, calendar: WorkCalendar) -> Record:
    if deadline.start_only:
        return {"kind": "none", "start": _iso(deadline.due)}
    return {"kind": "by", "date": _iso(deadline.due)}


def _range(deadline: Deadline, calendar: WorkCalendar) -> Record:
    return {"kind": "range", "start": _iso(deadline.start), "end": _iso(deadline.due)}


def _recurring(deadline: Deadline, calendar: WorkCalendar) -> Record:
    cadence = deadline.cadence
    if cadence is None:
        return {"kind": "recurring"}
    record: Record = {"kind": "recurring", "every": cadence.every.value}
    if cadence.every is not Every.DAY:
        record |= _dates(deadline, calendar)
    gap = calendar_gap(deadline, calendar)
    if gap is not None:
        record["flag"] = str(gap)
    if cadence.times is not None:
        record["times"] = cadence.times
    if cadence.odd_even:
        record["months"] = cadence.odd_even
    return record


def _dates(deadline: Deadline, calendar: WorkCalendar) -> Record:
    year = deadline.year or (deadline.issued.year if deadline.issued else None)
    if year is None:
        return {"due": []}
    due = [o.due for o in occurrences(deadline, calendar)]
    inside = [day.isoformat() for day in due if day.year == year]
    later = [day for day in due if day.year > year]
    return {"due": inside} if inside or not later else {"due": [], "next": min(later).isoformat()}


def _relative(deadline: Deadline, calendar: WorkCalendar) -> Record:
    record: Record = {"kind": "relative", "anchor": deadline.anchor}
    period = deadline.period
    if period:
        lengths = {name: getattr(period, name) for name in ("days", "workdays", "hours", "months", "years")}
        record |= {name: n for name, n in lengths.items() if n is not None}
    if deadline.anchor == "issue":
        try:
            record["date"] = _iso(relative_due(deadline, calendar))
        except CalendarUnknown as unknown:
            record |= {"date": None, "flag": str(unknown)}
    return record


def _event(deadline: Deadline, calendar: WorkCalendar) -> Record:
    return {"kind": "event", "event": deadline.event, "rel": deadline.rel}


def _multi(deadline: Deadline, calendar: WorkCalendar) -> Record:
    return {"kind": "multi", "parts": [deadline_record(part, calendar) for part in deadline.parts]}


def _plain(deadline: Deadline, calendar: WorkCalendar) -> Record:
    return {"kind": deadline.kind.value}


_FORMS = {
    DeadlineKind.BY: _by,
    DeadlineKind.RANGE: _range,
    DeadlineKind.RECURRING: _recurring,
    DeadlineKind.RELATIVE: _relative,
    DeadlineKind.EVENT: _event,
    DeadlineKind.MULTI: _multi,
    DeadlineKind.ONGOING: _plain,
    DeadlineKind.NONE: _plain,
}


def assignment_record(assignment: Assignment, document: Document, calendar: WorkCalendar) -> Record:
    """One assignment in the machine-readable form of `qiantou assignments --jsonl`."""
    slots = sorted(assignment.deadlines, key=lambda deadline: deadline.inner)
    return {
        "id": assignment.id,
        "document": document.title,
        "source": document.source,
        "no": _number(assignment.number),
        "printed_no": assignment.printed_number,
        "section": list(assignment.section),
        "text": assignment.text,
        **{role.value: list(assignment.units(role)) for role in Role},
        "deadlines": [_deadline(deadline_record(slot, calendar), slot.text, slot.inner) for slot in slots],
        "doubts": [doubt.message for doubt in assignment.doubts],
        "place": assignment.place.words(),
        **({"superseded_by": document.superseded.title} if document.superseded else {}),
    }


def _number(number: str | None) -> int | str | None:
    return int(number) if number is not None and number.isdecimal() else number


def _deadline(record: dict[str, object], text: str, inner: bool) -> Record:
    return {**record, "text": text, **({"inner": True} if inner else {})}
