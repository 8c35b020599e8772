"""From a Query to the assignments or the sentence that it means, with the nearest when it means none.

Two bars: an answer is given from `SURE` on; between `NEAR` and it only suggestions are made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from knowledge.conversation import numbered
from knowledge.model import Assignment, Document, Passage, Role
from knowledge.query import Query
from knowledge.register import Register
from knowledge.search import Hit, index_of, passage_of

SURE, NEAR = 0.55, 0.2
# A passage is quoted only when the topic is covered this well.
QUOTABLE = 0.6
# Another document's best is shown beside the best when it is nearly as good.
BESIDE = 0.85
_HOLDS = {
    "who": re.compile(
        r"牵头|负责|会同|由.{2,20}(?:承担|组织|任|主持|实施)|任(?:组长|副组长)|[局委办厅院部室](?:、|和|，|,|要|应|将|适时|共同|协同)|主要负责人|第一责任人|联合"
    ),
    "when": re.compile(r"\d|[一二三四五六七八九十]+(?:月|日|天|次|年|个工作日)|每|定期|年底|年内|期"),
    "count": re.compile(r"\d|[一二三四五六七八九十百千万两]+[项个次条家名级类种份]"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """`assignments`: the ones meant, best first. `passage`: a sentence that answers instead. `near`: the nearest,
    when nothing is sure; `related`: whether they are about the topic (so that only the aspect is missing)."""

    assignments: tuple[Assignment, ...] = ()
    passage: tuple[Document, Passage] | None = None
    near: tuple[Assignment, ...] = ()
    confidence: float = 0.0
    also: tuple[Assignment, ...] = field(default=())


def find(query: Query, register: Register) -> Found:
    """What `query` is about: what the conversation points to, the numbers asked, or the topics. `register` is scoped."""
    if query.assignments:
        return Found(_known(query.assignments, register), confidence=1.0)
    if query.numbers:
        found = [one for number in query.numbers for one in numbered(register, number, query.documents)]
        return Found(tuple(dict.fromkeys(found)), confidence=1.0)
    if not query.topics:
        return Found()
    parts = [_by_topic(topic, query, register) for topic in query.topics]
    return _together(parts)


def _known(ids: Iterable[str], register: Register) -> tuple[Assignment, ...]:
    return tuple(found for one in ids if (found := register.assignment(one)) is not None)


def _together(parts: list[Found]) -> Found:
    if len(parts) == 1:
        return parts[0]
    return Found(
        tuple(dict.fromkeys(one for part in parts for one in part.assignments)),
        next((part.passage for part in parts if part.passage), None),
        tuple(dict.fromkeys(one for part in parts for one in part.near)),
        min(part.confidence for part in parts),
    )


def _by_topic(topic: str, query: Query, register: Register) -> Found:
    scoped = register.scoped(query.documents)
    index = index_of(scoped)
    hits = _of_units(topic, query, scoped) or index.assignments.rank(topic)
    hits = [hit for hit in hits if (one := register.assignment(hit.key)) is not None and one.text]
    quoted = index.passages.rank(topic, limit=4)
    best = hits[0].confidence if hits else 0.0
    sentence = _sentence(quoted, query, scoped, best)
    if sentence is not None:
        return Found(passage=sentence, confidence=quoted[0].confidence)
    if best < SURE:
        near = _known((hit.key for hit in hits if hit.confidence >= NEAR), register)
        return Found(near=near[:2], confidence=best)
    return _leading(hits, query, register)


def _of_units(topic: str, query: Query, register: Register) -> list[Hit]:
    """The hits among the assignments of the units named, where one of them is sure."""
    if not query.names or query.premise or query.excluded:
        return []
    names = set(query.names)
    keep = {one.id for one in register.assignments if not names.isdisjoint(duty.unit for duty in one.duties)}
    hits = index_of(register).assignments.rank(topic, keep=keep)
    return hits if hits and hits[0].confidence >= SURE else []


def _sentence(hits: list[Hit], query: Query, register: Register, best: float) -> tuple[Document, Passage] | None:
    """The sentence that answers better than any assignment and holds what is asked."""
    for hit in hits:
        if hit.confidence < QUOTABLE or hit.confidence <= best:
            return None
        found = passage_of(register, hit.key)
        if found and (query.fact is None or _HOLDS[query.fact].search(found[1].text)):
            return found
    return None


def _leading(hits: list[Hit], query: Query, register: Register) -> Found:
    """The best hit; beside it the best of each further document that fits nearly as well."""
    chosen: dict[str, Assignment] = {}
    for hit in hits:
        one = register.assignment(hit.key)
        fits = hit.confidence >= SURE and hit.score >= BESIDE * hits[0].score
        if one is not None and (fits or query.documents and len(query.documents) > 1 and hit.confidence >= SURE):
            chosen.setdefault(one.document, one)
    taken = tuple(chosen.values())
    rivals = (hit.key for hit in hits[1:4] if hit.confidence >= SURE and hit.score >= BESIDE * hits[0].score)
    also = tuple(one for one in _known(rivals, register) if one not in taken)
    return Found(taken, also=also[:2], confidence=hits[0].confidence)


def held_by(units: Collection[str], assignments: Iterable[Assignment], roles: Collection[Role]) -> list[Assignment]:
    """The assignments in which one of `units` holds one of `roles` (any role when none is given)."""
    return [
        one
        for one in assignments
        if any(duty.unit in units and (not roles or duty.role in roles) for duty in one.duties)
    ]
