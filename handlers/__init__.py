"""What people can say: one module per kind of sentence, pure functions from message to outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from knowledge.patterns import regex
from knowledge.question.wrapping import unwrapped

if TYPE_CHECKING:
    from handlers.message import Outcome
    from knowledge.ledger import Entry, Ledger
    from knowledge.model import Message
    from knowledge.question.query import Query
    from knowledge.register import Register
    from scheduler.calendar import WorkCalendar
    from scheduler.policy import Policy

__all__ = ["ROUTES", "handle"]

# Intent → (module, function). Modules are imported when they are asked for, so that a question starts quickly.
# Those of `WITH_LEDGER` take (query, message, register, ledger, now, calendar), the others
# (query, message, register, calendar, today). The summary takes the policy too.
ROUTES: dict[str, tuple[str, str]] = {
    "lead": ("handlers.ask", "answer"),
    "responsible": ("handlers.ask", "answer"),
    "deadline": ("handlers.ask", "answer"),
    "task_detail": ("handlers.ask", "answer"),
    "unit_tasks": ("handlers.listing", "of_unit"),
    "due": ("handlers.listing", "due"),
    "count": ("handlers.listing", "count"),
    "document_list": ("handlers.documents", "answer"),
    "help": ("handlers.help", "how_to"),
    "smalltalk": ("handlers.help", "small_talk"),
    "unanswerable": ("handlers.refusing", "answer"),
    "ack": ("handlers.acknowledge", "answer"),
    "progress_report": ("handlers.report", "answer"),
    "progress_query": ("handlers.progress", "answer"),
    "overdue": ("handlers.overdue", "answer"),
    "weekly_summary": ("handlers.summary", "answer"),
}
# Who may settle the doubts of a document; see handlers.review, which is asked before the routes.
REVIEWERS = frozenset({"supervisor", "administrator"})
# Who is addressed by name when it is not the bot; its own mention was removed before.
_TO_OTHERS = regex(r"\s*@(?!\S*(?:牵头|助手|机器人))\S+")
# Marks without one of which nothing is asked in several clauses.
_CLAUSES = regex(r"[,，;；。？?！!\n②\s](?=.{3})|2[、.)）]|[月旬季度年底末周前内].{0,12}(?:各|分别)")
# Words without one of which no days are counted.
_COUNTS_DOWN = regex(r"还有|剩|差|离|倒计时|来得及|赶得上")
# A shorter message leads up to nothing.
_LETTER = 12
WITH_LEDGER = frozenset({"ack", "progress_report", "progress_query", "overdue"})


def handle(
    message: Message,
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    contact: str = "",
    policy: Policy | None = None,
) -> Outcome:
    """What `message`, said at the moment `now` (aware), leads to: replies, entries to write, the answer behind it.

    `contact` is the office's own line for what the documents do not say; empty is 政务公开办. Summaries on request follow its
    `policy`. The register is narrowed to the message's scope before anything is asked of it, and to what is in force unless an
    older document is meant. The bot is silent in a group unless it was addressed, and where a sentence begins by addressing
    somebody else.
    """
    from handlers.asides import aside_of
    from handlers.message import in_full, silent
    from knowledge.question.query import Intent
    from knowledge.redating import redated

    unaddressed = message.group and not message.mentioned and not _addressed(message, ledger, now)
    if unaddressed or _TO_OTHERS.match(message.text):
        return silent(Intent.SMALLTALK)
    scoped = register.scoped(message.scope)
    current = scoped.in_force
    reviewing = _reviewing(message, current, ledger, now, calendar)
    if reviewing is not None:
        return _directed(reviewing, contact.strip()) if contact.strip() else reviewing

    dated = redated(register, ledger)
    if dated is not register:
        scoped = dated.scoped(message.scope)
        current = scoped.in_force
    written, message = message.text, out_of_letter(message, current, now)

    def again(asked: Message) -> Outcome:
        return handle(asked, register, ledger, now, calendar, contact, policy)

    aside = aside_of(message, scoped, ledger, now, calendar, policy, again)
    if aside is not None:
        return in_full(aside, message.text, written)

    def answer(asked: Message, seen: Register) -> Outcome:
        return _read_twice(asked, seen, now, lambda one: _answered(one, seen, ledger, now, calendar, policy))

    outcome = answer(message, current) if current is scoped else _with_earlier(message, scoped, ledger, now, answer)
    outcome = in_full(outcome, message.text, written)
    return _directed(outcome, contact.strip()) if contact.strip() else outcome


def out_of_letter(message: Message, register: Register, now: datetime) -> Message:
    """The question that a long message leads up to; of any other, what it asks without the words to people around it."""
    if len(message.text) >= _LETTER:
        from handlers.letters import plainly_asked

        message = plainly_asked(message, register, now.date())
    return replace(message, text=core) if (core := unwrapped(message.text)) != message.text else message


def _read_twice(message: Message, register: Register, now: datetime, answer: Callable[[Message], Outcome]) -> Outcome:
    """What a message leads to; where that is nothing, what the plain question does that it is like."""
    outcome = answer(message)
    if outcome.answer is None:
        return outcome
    from handlers.restated import OF_UNITS, TWICE, beside_the_point, in_role_again, told_again

    outcome = beside_the_point(message, register, now.date(), outcome)
    if outcome.answer is not None and (not outcome.answer.answered or outcome.answer.intent in TWICE):
        outcome = told_again(message, register, now.date(), outcome, answer)
        if outcome.answer is not None and not outcome.answer.answered and _CLAUSES.search(message.text):
            from handlers.letters import without_story

            outcome = without_story(message, register, now.date(), outcome, answer)
    if outcome.answer is not None and outcome.answer.intent in OF_UNITS:
        outcome = in_role_again(message, register, now.date(), outcome, answer)
    return outcome


def _answered(
    message: Message,
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy | None,
) -> Outcome:
    """What a message leads to over exactly these documents."""
    from knowledge.question import understand

    today = now.date()
    query = understand(message, register, today)
    if (apart := _in_parts(message, query, register, ledger, now, calendar, policy)) is not None:
        return apart
    route = _route(query.intent)
    register = _narrowed(query, message, register)
    if (told := _by_itself(query, register, calendar, today)) is not None:
        return told
    if query.intent == "weekly_summary":
        return route(query, message, register, ledger, now, calendar, policy)
    if query.intent in WITH_LEDGER:
        return route(query, message, register, ledger, now, calendar)
    outcome = route(query, message, register, calendar, today)
    if query.complete:
        from handlers.listed import concluded

        outcome = concluded(outcome)
    return _counted_down(outcome, message, register, ledger, now, calendar) if query.intent == "deadline" else outcome


def _by_itself(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """The answer to a question of a kind of its own; None for those that the routes answer, and that quickly."""
    from handlers.kinds import answer

    return answer(query, register, calendar, today)


def _narrowed(query: Query, message: Message, register: Register) -> Register:
    """The part of the documents that a question names. A report is of what its unit holds: a part only tells which 第3项."""
    if query.assignments or query.within is None:
        return register
    narrowed = register.within(query.within)
    if query.intent != "progress_report" or message.unit is None:
        return narrowed
    from knowledge.question.conversation import numbered
    from knowledge.shares import holder_of

    holder = holder_of(message.unit, register)
    rows = (row for number in query.numbers for row in numbered(narrowed, number, query.documents))
    return narrowed if any(holder.share(row) is not None for row in rows) else register


def _in_parts(
    message: Message,
    query: Query,
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy | None,
) -> Outcome | None:
    """The answer to a message of several questions, each with a subject of its own; None for everything else, and that quickly."""
    if _CLAUSES.search(message.text) is None or query.refusal or query.intent == "progress_report":
        return None
    from handlers.compound import asked_apart, together
    from knowledge.question import understand

    parts = asked_apart(message, len(query.topics) > 1, lambda part: understand(part, register, now.date()))
    if not parts:
        return None

    def answer(part: Message, written: Sequence[Entry]) -> Outcome:
        return _answered(part, register, ledger.plus(*written), now, calendar, policy)

    return together(message, parts, answer)


def _counted_down(
    outcome: Outcome, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """A deadline with the days that are left, where the question has them in it (还有几天)."""
    if not _COUNTS_DOWN.search(message.text):
        return outcome
    from handlers.remaining import with_days

    return with_days(outcome, message.text, register, ledger, now, calendar)


def _with_earlier(
    message: Message,
    register: Register,
    ledger: Ledger,
    now: datetime,
    answer: Callable[[Message, Register], Outcome],
) -> Outcome:
    """The same where some documents are no longer in force."""
    from handlers.earlier import answered, renumbered
    from knowledge.question.query import Intent

    outcome = answered(message, register, now.date(), answer)
    reports = outcome.answer is not None and outcome.answer.intent is Intent.REPORT and bool(outcome.entries)
    return (reports and renumbered(message, register, ledger, now)) or outcome


def _addressed(message: Message, ledger: Ledger, now: datetime) -> bool:
    """Whether a message answers the bot without naming it."""
    from handlers.answering import addresses
    from handlers.digest import asks

    return addresses(message, ledger) or asks(message, ledger, now)


def _reviewing(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """What a message does in a review (核对); None for everybody and everything else, and that quickly."""
    if message.role not in REVIEWERS and "核对" not in message.text[:8]:
        return None
    from handlers.review import answer

    return answer(message, register, ledger, now, calendar)


def _directed(outcome: Outcome, contact: str) -> Outcome:
    """Whom to ask is the office's own line; what was quoted from a document stays as it is."""
    from handlers import wording

    if outcome.answer is None or outcome.answer.answered:
        return outcome
    replies = tuple(replace(reply, text=wording.directed(reply.text, contact)) for reply in outcome.replies)
    return replace(outcome, replies=replies)


def _route(intent: str) -> Callable[..., Outcome]:
    """The function that answers `intent`."""
    from importlib import import_module

    module, name = ROUTES[intent]
    route: Callable[..., Outcome] = getattr(import_module(module), name)
    return route
