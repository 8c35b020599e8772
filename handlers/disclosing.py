"""公开范围: what is asked where not everything may be spoken of is answered from what is open there; the rest is named by nothing
but a count, and every attempt is in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from handlers import wording_restrictions as words
from handlers.admission import Admission
from handlers.message import Answer, Outcome, Reply
from knowledge.ledger import Entry, EntryKind
from knowledge.people import ABOVE
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.restrictions import Closed
from knowledge.review.record import Act

LISTS = frozenset(
    {Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT, Intent.OVERDUE, Intent.SUMMARY, Intent.DOCUMENTS, Intent.PROGRESS}
)
"""What asks for many: that some of it is closed is no attempt at it."""
_COUNTED = frozenset({Intent.SUMMARY, Intent.COUNT})
"""What counts everything there is without listing it."""


def disclosed(at: Admission, answer: Callable[[Register], Outcome]) -> Outcome:
    """What a message leads to in its conversation. `answer` answers it from a register."""
    restrictions, here = at.policy.restrictions, at.message.conversation
    if restrictions.open_to(here):
        return _marked(at, answer(at.register))
    closed = restrictions.closed(at.register)
    named = restrictions.says(at.message.text) is not None
    whole = answer(at.register)
    if not (closed.assignments or closed.documents or named) or _quiet(whole):
        return answer(closed.seen)
    if _reviews(whole):
        return _reviewed(at, whole, closed, answer)
    touched = _touched(whole, closed)
    if named or (touched and _nothing_else(whole, closed)):
        return _refused(at, sorted(touched), whole)
    outcome = answer(closed.seen)
    count = _count(at, whole, touched, closed)
    if not count or not outcome.replies:
        return outcome
    intent = outcome.answer.intent if outcome.answer is not None else None
    attempt = () if intent in LISTS or not touched else (_attempt(at, sorted(touched)),)
    return replace(
        outcome, replies=(*outcome.replies, Reply(words.left_out(count))), entries=(*outcome.entries, *attempt)
    )


def _reviews(outcome: Outcome) -> bool:
    return outcome.amended is not None or (outcome.answer is not None and outcome.answer.intent is Intent.REVIEW)


def _reviewed(at: Admission, whole: Outcome, closed: Closed, answer: Callable[[Register], Outcome]) -> Outcome:
    """A review is of whole documents: those of which something is closed are none of this conversation's."""
    partly = closed.partly(at.register)
    told = set(whole.answer.documents if whole.answer is not None else ())
    told |= {whole.amended.document.id} if whole.amended is not None else set()
    if told and told <= partly:
        return _refused(at, sorted(told), whole)
    return answer(closed.seen.scoped([one.id for one in closed.seen.documents if one.id not in partly]))


def _marked(at: Admission, outcome: Outcome) -> Outcome:
    """The outcome; where a review begins, with what of the document is on the list."""
    begun = any(e.kind is EntryKind.REVIEWED and e.details.get("verb") == Act.STARTED.value for e in outcome.entries)
    if not begun or outcome.answer is None or not at.policy.restrictions:
        return outcome
    closed = at.policy.restrictions.closed(at.register).assignments
    rows = [row for id in outcome.answer.documents for row in at.register.of_document(id) if row.id in closed]
    mark = words.marked([(row, closed[row.id]) for row in rows])
    return replace(outcome, replies=(Reply(mark), *outcome.replies)) if rows else outcome


def _quiet(outcome: Outcome) -> bool:
    """Whether nothing is said to it and nothing written: nobody has spoken to the bot."""
    return not (outcome.replies or outcome.entries or outcome.amended)


def _touched(outcome: Outcome, closed: Closed) -> set[str]:
    """The closed assignments (ids) that an answer over everything tells of or changes."""
    value = outcome.answer or Answer(Intent.SMALLTALK)
    told = {
        *value.assignments,
        *(one.assignment or "" for one in value.evidence),
        *(e.assignment for e in outcome.entries),
    }
    return told & set(closed.assignments)


def _nothing_else(outcome: Outcome, closed: Closed) -> bool:
    """Whether an answer is about closed matters only."""
    value = outcome.answer or Answer(Intent.SMALLTALK)
    told = {*value.assignments, *(e.assignment for e in outcome.entries)} - {""}
    return told <= set(closed.assignments)


def _count(at: Admission, whole: Outcome, touched: set[str], closed: Closed) -> int:
    """How many assignments the answer leaves out."""
    value = whole.answer
    if value is None or value.intent not in _COUNTED or touched:
        return len(touched)
    scope = at.message.scope
    return sum(_in_scope(at.register, id, scope) for id in closed.assignments)


def _in_scope(register: Register, id: str, scope: Iterable[str] | None) -> bool:
    one = register.in_force.assignment(id)
    return one is not None and (scope is None or one.document in scope)


def _refused(at: Admission, touched: list[str], whole: Outcome) -> Outcome:
    intent = whole.answer.intent if whole.answer is not None else Intent.SMALLTALK
    text = words.not_here(at.message.group, at.whom, at.role in ABOVE)
    return Outcome((Reply(text),), (_attempt(at, touched),), Answer(intent, answered=True))


def _attempt(at: Admission, touched: list[str]) -> Entry:
    """What the ledger is told: who asked where, in which words, and what they touched."""
    message = at.message
    return Entry(
        EntryKind.RESTRICTED,
        at.now,
        who=message.sender,
        conversation=message.conversation,
        words=message.text,
        unit=message.unit or "",
        details={"account": message.person, "touched": touched},
    )
