"""A letter in the chat is read as the question that it leads up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from handlers.bars import SURE
from knowledge.model import Message
from knowledge.question import understand
from knowledge.question.letters import letter_of
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.search import index_of

# So many of the clauses before a question are looked at for what it is about.
LOOKED_AT = 4
_LISTS = frozenset(
    {Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT, Intent.OVERDUE, Intent.PROGRESS, Intent.DOCUMENTS, Intent.SUMMARY}
)


def plainly_asked(message: Message, register: Register, today: date) -> Message:
    """The question of a letter with what it is about, as a message of its own; `message` itself where it is no letter."""
    letter = letter_of(message.text)
    if letter is None:
        return message
    if letter.known:
        return replace(message, text=letter.known)
    if _stands_alone(replace(message, text=letter.asked), register, today):
        return replace(message, text=letter.asked)
    told = (replace(message, text=text) for text in letter.told[:LOOKED_AT])
    return _likeliest((*told, replace(message, text=letter.asked)), register, today)


def _stands_alone(message: Message, register: Register, today: date) -> bool:
    """Whether a question says itself what it is about."""
    query = understand(message, register, today)
    if query.numbers or (query.intent in _LISTS and not query.topics):
        return True
    return _likely(message, register, today) >= SURE


def _likely(message: Message, register: Register, today: date) -> float:
    """How likely 0..1 the subject of a message means an assignment."""
    topics = understand(message, register, today).topics
    hits = index_of(register).assignments.rank(" ".join(topics), limit=1) if topics else []
    return hits[0].confidence if hits else 0.0


def _likeliest(messages: Iterable[Message], register: Register, today: date) -> Message:
    """The first of `messages` whose subject means an assignment most likely."""
    return max(messages, key=lambda one: round(_likely(one, register, today), 9))
