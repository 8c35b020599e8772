"""A subject ranked among the assignments: as it was said, with the units' names in it, and without what is only said around it."""

from __future__ import annotations

from handlers.bars import OF_DUTY, SURE
from knowledge.normal import bare, has_han
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.search import Hit, Index, index_of

# From here on no other reading of the topic is looked for.
SURELY = 0.9
# So few characters of a topic may stand in any row.
FEW_WORDS = 4
# So many characters of a topic that stand together in a row are a subject by themselves.
_CORE = 4


def of_units(topic: str, query: Query, register: Register) -> list[Hit]:
    """The hits among the assignments of the units named, where one of them is sure; who asks for others beside them (食堂除了民政局
    还有谁) means what these have a part in too."""
    if not query.names or query.premise:
        return []
    keep = {one.id for one in register.of_units(query.names)}
    hits = index_of(register).assignments.rank(topic, keep=keep)
    return hits if hits and hits[0].confidence >= SURE else []


def ranked(topic: str, query: Query, index: Index) -> list[Hit]:
    """The hits of the topic, or of the topic with the units' names in it, whichever is surer."""
    hits = index.rank(topic)
    if query.beside is None and query.intent in OF_DUTY and has_han(topic):
        hits = _to_the_core(hits, index)
    if hits and hits[0].confidence >= SURELY and len(bare(topic)) > FEW_WORDS:
        return hits
    if not query.wide or query.premise or query.excluded or len(query.topics) > 1:
        return hits
    wider = index.rank(query.wide)
    return wider if wider and (not hits or wider[0].confidence > hits[0].confidence) else hits


def _to_the_core(hits: list[Hit], index: Index) -> list[Hit]:
    """The hits of what stands in the best row, where the rest of the topic speaks of nothing: 俺们想反映联合报装的情况;
    no term of the topic is cut for it."""
    if not hits or hits[0].confidence >= SURE or hits[0].strange or not hits[0].unmatched:
        return hits
    best = hits[0]
    around = best.unmatched
    if (
        max(map(len, best.matched), default=0) < _CORE
        or any(map(index.speaks, around))
        or any(map(index.names, around))
    ):
        return hits
    # Among those already found, each of which was read for the whole topic: the core is a part of it.
    core = index.rank(" ".join(best.matched), keep=[hit.key for hit in hits])
    return core if core and core[0].key == best.key and core[0].confidence >= SURE else hits
