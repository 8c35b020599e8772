"""还有几天: how many days are left, told with a deadline that was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import wording_progress
from handlers.message import Outcome, Reply
from handlers.states import desk_of
from knowledge.ledger import Ledger
from knowledge.patterns import regex
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

MOST = 3
"""Assignments of an answer whose days are counted."""
_ASKS = regex(
    r"(?:还有|还剩|剩下?|只剩|差|离.{0,12}?)(?:几|多少|多)(?:个)?(?:天|工作日|日子|久|长时间)|倒计时|来得及|赶得上"
)


def with_days(
    outcome: Outcome, text: str, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """An answer about deadlines with the days that are left, where they were asked for; any other answer as it is."""
    if outcome.answer is None or not outcome.answer.assignments or not outcome.replies or not _ASKS.search(text):
        return outcome
    desk = desk_of(register, ledger, calendar, now.astimezone(SHANGHAI).date())
    rows = [row for id in outcome.answer.assignments[:MOST] if (row := register.assignment(id))]
    told = [wording_progress.remaining(desk.state(row)) for row in rows]
    first = outcome.replies[0]
    return replace(outcome, replies=(Reply("\n".join([*told, first.text]), first.conversation), *outcome.replies[1:]))
