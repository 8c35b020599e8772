"""How sure a hit must be for what is asked.

An answer is given from `SURE` on; between `NEAR` and it only suggestions are made.
"""

from __future__ import annotations

from knowledge.question.query import Intent, Query
from knowledge.search import Hit

SURE, NEAR = 0.5, 0.15
# Where nothing but a duty is asked for, in everyday words alone, from here on: who asks that mostly asks for one that there is,
# and the answer says that it was found by its meaning. Less is offered as one of several.
LIKELY = 0.35
# So much of a topic must be covered by what answers it (measured by asking questions of documents that do not speak of them).
# By everyday words alone a row is never covered as well as by its own: there less will do.
COVERED, COVERED_LIKELY = 0.4, 0.35
# Words without a question in them need a clear hit.
CLEAR = 0.75
OF_DUTY = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE})


def answers(hit: Hit, query: Query) -> bool:
    """Whether a best hit is sure enough to answer: likely, and most of the topic is there, said in whatever words.

    Among the few rows of one document every word is rare, so that a part of a topic looks like much of it.
    """
    least = bar(query, hit.everyday)
    return hit.confidence >= least and hit.score >= (COVERED_LIKELY if least == LIKELY else COVERED)


def bar(query: Query, everyday: bool = False) -> float:
    """From which confidence on the best hit answers; `everyday`: it was found by everyday words alone."""
    return CLEAR if query.loose else LIKELY if everyday and _only_duty(query) else SURE


def _only_duty(query: Query) -> bool:
    """Whether who has a duty, or until when, is all that is asked."""
    told = query.several or query.premise or query.excluded or query.names
    return query.intent in OF_DUTY and query.beside is None and not told
