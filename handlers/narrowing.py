"""What a subject leaves of a list: 教育局在防溺水方面有哪些任务 wants those about it, and not all that the unit has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from handlers.bars import SURE
from knowledge.model import Assignment
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.search import index_of

# A row of the list is about the subject from this share of it on, or when it is as good as surely meant.
ABOUT = 0.55
# Others of the list are told with the best when they cover nearly as much.
NEARLY = 0.7


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`ids` are those of the list that the subject means, None when it means none and the list stays whole. `elsewhere`
    is the assignment that is surely about it and stands outside the list."""

    ids: frozenset[str] | None = None
    elsewhere: Assignment | None = None


def narrowed(query: Query, ids: Collection[str], register: Register) -> Narrowed:
    """What the topics of `query` leave of the assignments `ids` of `register`."""
    if not query.topics:
        return Narrowed()
    index, topic = index_of(register).assignments, " ".join(query.topics)
    hits = index.rank(topic, keep=ids)
    if hits and (hits[0].score >= ABOUT or hits[0].confidence >= SURE):
        return Narrowed(frozenset(hit.key for hit in hits if hit.score >= NEARLY * hits[0].score))
    best = index.rank(topic, limit=1)
    if best and best[0].confidence >= SURE and best[0].key not in ids:
        return Narrowed(elsewhere=register.assignment(best[0].key))
    return Narrowed()
