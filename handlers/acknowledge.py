"""收到: the answer to a reminder, written down for the unit that gave it."""

from __future__ import annotations

from datetime import datetime

from handlers import wording_reports
from handlers.message import Answer, Outcome, Reply, said
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Message
from knowledge.question.conversation import pointed
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.shares import holder_of
from scheduler.calendar import WorkCalendar


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """A short word, and an entry for each assignment of the reminder that the unit holds.

    Where the office does not know whose liaison it is, the entry names the person; without either nothing is written,
    for nobody could be said to have answered.
    """
    before = pointed(message, register)
    reminded = before.assignments if before.reminded else ()
    rows = [one for key in reminded if (one := register.assignment(key)) is not None]
    entries = tuple(_entries(rows, message, register, now))
    text = wording_reports.acknowledged([one for one in rows if any(e.assignment == one.id for e in entries)])
    value = Answer(query.intent, answered=True)
    return Outcome((Reply(text),), entries, value) if entries else said(text, value)


def _entries(rows: list[Assignment], message: Message, register: Register, now: datetime) -> list[Entry]:
    """The acknowledgements; a unit answers only for what it has a share in."""
    holder = holder_of(message.unit, register) if message.unit else None
    if holder is None and not message.sender:
        return []
    shares = [(one, holder.share(one) if holder else "") for one in rows]
    return [
        Entry(
            EntryKind.ACKNOWLEDGED,
            now,
            who=message.sender,
            conversation=message.conversation,
            words=message.text,
            document=one.document,
            assignment=one.id,
            unit=unit,
        )
        for one, unit in shares
        if unit is not None
    ]
