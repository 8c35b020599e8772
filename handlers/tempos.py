"""长期坚持的有哪些, 每月都要报的: assignments without an end, and those that come again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from handlers import wording_conditions
from handlers.message import Answer, Outcome, said
from knowledge.model import Assignment, Deadline, DeadlineKind, Evidence
from knowledge.question.query import Query
from knowledge.question.tempos import Tempo
from knowledge.register import Register

# So many characters of a word for lasting tell it from the others: 长期, 常态, 持续.
_TOLD = 2


def answer(query: Query, rows: Iterable[Assignment], register: Register, today: date) -> Outcome:
    """Those of `rows` that have the tempo asked for; of lasting ones those that print the asker's word, where some do."""
    tempo = query.tempo
    assert tempo is not None
    kept = [(one, phrase) for one in rows if (phrase := _phrase(one, tempo)) is not None]
    literal = [row for row in kept if not tempo.again and tempo.words[:_TOLD] in row[1]]
    told = literal or kept
    beside = [one for one, _ in kept if literal and one.id not in {row.id for row, _ in literal}]
    text = wording_conditions.tempo(told, beside, query, register)
    value = Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one, _ in told),
        documents=tuple(dict.fromkeys(one.document for one, _ in told)),
        units=query.names,
        count=len(told),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one, _ in told),
    )
    return said(text, value)


def _phrase(one: Assignment, tempo: Tempo) -> str | None:
    """The printed phrase that says the tempo; None where none does."""
    for part in _parts(one.deadlines):
        if tempo.printed and part.inner:
            continue
        if tempo.again and part.kind is DeadlineKind.RECURRING:
            if not tempo.every or (part.cadence is not None and part.cadence.every in tempo.every):
                return part.text
        elif not tempo.again and part.kind is DeadlineKind.ONGOING and not part.inner:
            return part.text
    return None


def _parts(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    for one in deadlines:
        yield from _parts(one.parts) if one.parts else (one,)
