"""Item numbers that do not exist, or exist without a text: told, never filled in."""

from __future__ import annotations

from dataclasses import replace

from handlers import wording, wording_units
from handlers.message import Answer, Outcome, said
from handlers.refusing import refuse
from knowledge.question.conversation import numbered
from knowledge.question.query import Query
from knowledge.register import Register


def by_number(query: Query, register: Register) -> Outcome | None:
    """The refusal when the first of the numbers asked, or every one, stands nowhere; None when some stand somewhere."""
    missing = missing_numbers(query, register)
    return _unknown(query, register, missing[0]) if missing and len(missing) == len(query.numbers) else None


def missing_numbers(query: Query, register: Register) -> tuple[str, ...]:
    """The numbers asked that stand nowhere."""
    return tuple(number for number in query.numbers if not numbered(register, number, query.documents))


def beside_missing(outcome: Outcome, missing: tuple[str, ...]) -> Outcome:
    """The answer about the items that there are, with those that there are not."""
    if not missing or not outcome.replies:
        return outcome
    first, *others = outcome.replies
    text = wording.lines(first.text, f"（没有{wording.nth(*missing)}。）")
    return replace(outcome, replies=(replace(first, text=text), *others))


def out_of_reach(query: Query, register: Register) -> Outcome | None:
    """The refusal of a question about another place, a unit or a number that no document has; None when all are known."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    return by_number(query, register)


def _unknown(query: Query, register: Register, number: str) -> Outcome:
    kept = register.scoped(query.documents)
    told = []
    for document in kept.documents:
        counted = [one.number for one in kept.of_document(document.id) if one.number]
        if counted:
            whole = [int(one) for one in counted if one.isdigit()]
            missing = number.isdigit() and bool(whole) and min(whole) < int(number) < max(whole)
            told.append(wording.number_unknown(number, document, counted[0], counted[-1], missing))
    text = wording.lines(*told[:3]) or wording.not_said(f"第{number}项", ())
    return said(text, Answer(query.intent))
