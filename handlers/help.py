"""怎么用, and kind words."""

from __future__ import annotations

from datetime import date

from handlers import REVIEWERS, wording_talk
from handlers.message import Answer, Outcome, said
from knowledge.model import Message
from knowledge.patterns import regex
from knowledge.people import STRANGER
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

_REPORTING = regex(r"报|延[期后]|宽限|推迟|登记|反馈|更正|撤回|回复|填|上报")


def how_to(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """What can be asked, or how progress is reported."""
    text = wording_talk.HELP_REPORT if _REPORTING.search(query.text) else wording_talk.HELP
    text += wording_talk.HELP_REVIEW if message.role in REVIEWERS and text == wording_talk.HELP else ""
    text += wording_talk.HELP_STRANGER if message.role == STRANGER else ""
    return said(text, Answer(query.intent, answered=True))


def small_talk(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """A brief kind word."""
    return said(wording_talk.kind_word(query.text), Answer(query.intent, answered=True))
