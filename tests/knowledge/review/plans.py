"""Drafts with doubts of every kind, of invented places, for reviews to work on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from knowledge import deadlines
from knowledge.model import Assignment, Document, Doubt, Draft, Duty, Passage, Place, Role
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.register import Register
from knowledge.review import Review
from knowledge.review.heard import Heard, heard
from knowledge.review.wanted import resolver
from knowledge.units import UnitBook

ISSUED = date(2026, 3, 1)
LEAD, RESPONSIBLE, COOPERATING = Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING


def row(
    number: int, text: str, *duties: Duty, when: str = "", doubts: tuple[Doubt, ...] = (), year: int | None = 2026
) -> Assignment:
    """The assignment at line 10 + `number` of the plan."""
    issued = ISSUED if year else None
    slot = (deadlines.read(when, issued, year),) if when else ()
    return Assignment(
        f"plan-{number}", "plan", str(number), str(number), ("一、重点领域",), text, f"{number}．{text}", Place(line=10 + number),
        duties, (*slot, *deadlines.inner(text, issued, year)), doubts,
    )  # fmt: skip


def plan(
    *rows: Assignment, doubts: tuple[Doubt, ...] = (), unread: tuple[str, ...] = (), year: int | None = 2026
) -> Draft:
    """A plan of 杏河县 with these assignments; unread lines stand behind them."""
    lines = tuple(Passage(text, Place(line=40 + at)) for at, text in enumerate(unread))
    document = Document(
        "plan", "杏河县2026年政务公开任务分工方案", "plan.txt", "digest", "杏河县人民政府办公室", ISSUED if year else None,
        year=year, locality="杏河县", unread=lines, doubts=doubts,
    )  # fmt: skip
    return Draft(document, rows)


def lead(unit: str) -> Duty:
    return Duty(unit, LEAD, "牵头单位")


def inherited(unit: str, number: int) -> Doubt:
    said = "单位格为空，按第11行的单位登记，这里换了标题，也可能另有单位。"
    return Doubt("lead-inherited", said, Place(line=10 + number), "", unit)


def read_plan(text: str, name: str = "plan.txt") -> Draft:
    """What the product reads in a text."""
    content = text.encode()
    return parse(read(content, name), name, hashlib.sha256(content).hexdigest())


def answered(review: Review, *answers: str) -> Review:
    """The review after these answers at a terminal; an answer that decides nothing fails."""
    for answer in answers:
        ruling = hears(review, answer).ruling
        assert ruling is not None, answer
        review = review.ruled(ruling)
    return review


def hears(review: Review, answer: str, *, bare: bool = True) -> Heard:
    draft = review.reviewed
    book = UnitBook.of(Register(1, (draft.document,), draft.assignments))
    return heard(answer, review, resolver(book), bare=bare)


def without_doubts(draft: Draft) -> tuple[Assignment, ...]:
    return tuple(replace(one, doubts=()) for one in draft.assignments)
