"""Not built yet: says so honestly and stores nothing."""

from __future__ import annotations

from datetime import datetime

from handlers.message import Answer, Outcome, said
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """Says that this cannot be done yet."""
    return said("这项功能还没有装好，没有登记任何内容。", Answer(query.intent))
