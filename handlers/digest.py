"""更多: what a reminder only summed up in a line, told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from handlers import wording_reminders as words
from handlers.message import Answer, Outcome, Reply
from knowledge.codes import matter_of
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Message
from knowledge.question.conversation import continued, wants_more
from knowledge.question.query import Intent
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import standing

ASKED_WITHIN = timedelta(days=7)
"""How long after a reminder 更多 still means what it summed up."""
AT_ONCE = 20
"""How many are told in one reply."""


def asks(message: Message, ledger: Ledger, now: datetime) -> bool:
    """Whether a message asks for what the last reminder of its conversation summed up, and not for the rest of an answer."""
    return wants_more(message.text) and continued(message) is None and bool(_summed_up(message, ledger, now))


def answer(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """The assignments behind the line, most urgent first, without those that are done by now; None when nothing was asked.

    Each further 更多 tells the next ones.
    """
    if not asks(message, ledger, now):
        return None
    today = now.astimezone(SHANGHAI).date()
    rows = [row for row in _rows(message, register, ledger, now) if _open(*row, ledger, calendar, today)]
    first = _told_before(message)
    page = rows[first : first + AT_ONCE] if first < len(rows) else rows[:AT_ONCE]
    start = rows.index(page[0]) if page else 0
    text = words.digest(page, register, start, len(rows), today)
    found = tuple(one.id for one, _, _ in page)
    return Outcome((Reply(text),), (), Answer(Intent.DUE, answered=True, assignments=found))


def _rows(
    message: Message, register: Register, ledger: Ledger, now: datetime
) -> Iterator[tuple[Assignment, date | None, str]]:
    """(assignment, due date, short code) of each that is still in the register."""
    for entry in _summed_up(message, ledger, now):
        assignment = register.assignment(entry.assignment)
        if assignment is not None:
            due = entry.details.get("due")
            yield assignment, date.fromisoformat(str(due)) if due else None, str(entry.details.get("code", ""))


def _open(
    assignment: Assignment, due: date | None, _code: str, ledger: Ledger, calendar: WorkCalendar, today: date
) -> bool:
    state = standing(assignment, ledger, calendar, today)
    return not state.finished and due not in state.done


def _summed_up(message: Message, ledger: Ledger, now: datetime) -> list[Entry]:
    """The deliveries that the last message with such a line in this conversation summed up."""
    found: dict[tuple[str, str], Entry] = {}
    day: date | None = None
    for entry in reversed(ledger.kinds(EntryKind.SENT)):
        if entry.at < now - ASKED_WITHIN:
            break
        if entry.conversation == message.conversation and entry.details.get("brief"):
            day = day or entry.at.date()
            if entry.at.date() != day:
                break
            found.setdefault(matter_of(entry), entry)
    return list(reversed(found.values()))


def _told_before(message: Message) -> int:
    """How many of them the last reply of the bot has reached, where this goes on from there."""
    last = message.turns[-1] if message.turns else None
    return words.digest_reached(last.text) if last is not None and last.by_bot else 0
