"""What can be decided about each kind of doubt: which field an answer sets, which doubts are equal, what it teaches.

A code that stands in no table is judged by its first word and by what it doubts; at the least it can be accepted,
skipped, or set right by naming the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.deadlines.moments import NO_YEAR
from knowledge.lexicon import CONFIRMED_LIMITS, CONFIRMED_RULES, CONFIRMED_UNITS, ROLE_WORDS
from knowledge.model import Doubt, Draft
from knowledge.review import choice
from knowledge.review.choice import Choices
from knowledge.review.correction import Field
from knowledge.review.wanted import is_seen, row_of, slot_of


class Group(StrEnum):
    """Which doubts one answer settles: this one alone; all equal ones; the equal ones of rows that follow each other."""

    ALONE = "alone"
    EQUAL = "equal"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Form:
    """`field` is what typed words set (None: a field must be named); `choices` come behind the reading taken.

    `teaches` is the lexicon's table that an answer is written to; empty where the next document must be asked again.
    `as_words`: the reader's alternatives are words for the field (and not names of columns).
    """

    field: Field | None = None
    group: Group = Group.ALONE
    choices: tuple[Choices, ...] = ()
    teaches: str = ""
    as_words: bool = True


_YEAR = Form(Field.YEAR, Group.EQUAL)
_UNIT = Form(Field.NAME, Group.EQUAL, (choice.not_a_unit,), CONFIRMED_UNITS)
_FORMS: Mapping[str, Form] = {
    "convention": Form(None, Group.EQUAL, (choice.without_convention,), CONFIRMED_RULES),
    "bracket-units": Form(None, Group.EQUAL, (choice.first_leads,)),
    "units-open": Form(Field.MORE_UNITS),
    "title-missing": Form(Field.TITLE),
    "lead-inherited": Form(Field.UNITS, Group.RUN, (choice.no_units,)),
    "lead-from-heading": Form(Field.UNITS, Group.RUN, (choice.no_units,)),
    "lead-unplaced": Form(Field.UNITS, Group.ALONE),
    "no-units": Form(Field.UNITS, Group.RUN, (choice.as_above,)),
    "cells-joined": Form(Field.UNITS),
    "blank-unsure": Form(Field.UNITS, as_words=False),
    "label-unread": Form(Field.UNITS, as_words=False),
    "row-shifted": Form(Field.UNITS, Group.ALONE, (choice.in_another_column,), as_words=False),
    "mark-reach": Form(Field.UNITS, Group.ALONE, (choice.with_those_before,), as_words=False),
    "unknown-role": Form(None, Group.EQUAL, (choice.in_a_role,), ROLE_WORDS),
    "column-role": Form(None, Group.EQUAL, (choice.in_one_role,), as_words=False),
    "unit-form": _UNIT,
    "unit-slip": _UNIT,
    "unit-glued": _UNIT,
    "unit-note": _UNIT,
    "prefix-restored": Form(Field.NAME, Group.EQUAL),
    "carried-forward": Form(None, Group.EQUAL, (choice.no_units,), as_words=False),
    "duty-in-text": Form(Field.UNITS, Group.ALONE, (choice.as_duties,), as_words=False),
    "year-inferred": _YEAR,
    "row-inherited": Form(Field.UNITS, Group.ALONE, (choice.merge, choice.drop)),
    "text-displaced": Form(Field.TEXT, Group.ALONE, (choice.drop,)),
    "no-text": Form(Field.TEXT, Group.ALONE, (choice.drop,)),
    "deadline": Form(Field.DEADLINE, Group.EQUAL, (choice.no_deadline,), CONFIRMED_LIMITS),
    "deadline-inherited": Form(Field.DEADLINE, Group.RUN, (choice.no_deadline,)),
    "deadline-conflict": Form(Field.DEADLINE, Group.ALONE, (choice.one_of_two_dates,), as_words=False),
    "deadline-unread": Form(Field.DEADLINE, Group.EQUAL, (choice.no_deadline,)),
    "unsure-words": Form(Field.WORDS),
    "number-missing": Form(Field.NUMBER),
    "number-doubled": Form(Field.NUMBER),
    "number-order": Form(Field.NUMBER),
}
_BEGINNINGS: Mapping[str, Form] = {
    "deadline": Form(Field.DEADLINE, Group.EQUAL, (choice.no_deadline,)),
    "lead": Form(Field.UNITS, Group.RUN, (choice.no_units,)),
    "unit": _UNIT,
    "number": Form(Field.NUMBER),
    "text": Form(Field.TEXT),
    "row": Form(Field.UNITS, Group.ALONE, (choice.merge, choice.drop)),
    "title": Form(Field.TITLE),
}


def form_of(doubt: Doubt, id: str, draft: Draft) -> Form:
    """How to decide about `doubt`, which is about the assignment `id` (empty: the document)."""
    if doubt.code == "deadline" and NO_YEAR in doubt.message:
        return _YEAR
    return _FORMS.get(doubt.code) or _guessed(doubt, id, draft)


def _guessed(doubt: Doubt, id: str, draft: Draft) -> Form:
    """The form of a kind of doubt that this table does not know (yet)."""
    row = row_of(draft, id)
    if row is None:
        return Form(Field.TITLE) if doubt.code.startswith("title") else Form(None, Group.EQUAL)
    known = _BEGINNINGS.get(doubt.code.partition("-")[0])
    if known and (known.field is not Field.NAME or _is_unit_of(doubt.words, draft)):
        return known
    if slot_of(doubt, id, draft):
        return _BEGINNINGS["deadline"]
    if any(duty.unit in (doubt.reading, doubt.words) for duty in row.duties):
        return Form(Field.UNITS)
    return Form(Field.WORDS) if is_seen(doubt, row) else Form()


def _is_unit_of(words: str, draft: Draft) -> bool:
    return any(duty.unit == words for row in draft.assignments for duty in row.duties)


def likeness(doubt: Doubt) -> tuple[str, ...]:
    """What two doubts have in common that one answer settles."""
    match doubt.code:
        case "deadline" if NO_YEAR in doubt.message:
            return (doubt.code, NO_YEAR)
        case "unknown-role":
            return (doubt.code, doubt.words.partition("：")[0])
        case "convention" if units := doubt.reading.partition(choice.ADDED)[2]:
            return ("carried-forward", units)  # with the rows that it was applied to
        case "carried-forward":
            return (doubt.code, doubt.words)
        case code if code.startswith("unit-"):
            return (code, doubt.words)
        case _:
            return (doubt.code, doubt.words, doubt.reading, doubt.message, *doubt.alternatives)
