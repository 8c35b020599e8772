"""分了几大块: how many parts a document has, with their headings."""

from __future__ import annotations

from handlers import wording
from handlers.message import Answer, Outcome, said
from knowledge.lexicon import office_lexicon
from knowledge.patterns import regex
from knowledge.question.parts import Part, Parts
from knowledge.question.query import Intent, Query
from knowledge.question.shaping import is_topic, shaped
from knowledge.question.whichdocument import without_document_words
from knowledge.register import Register

_ASKS = regex(
    r"(?:一共|总共|共|都)?(?:分|有|包括|列|写|划)?(?:了|成|为|有)?(?:几|多少)(?:大|个)(?:块|部分|板块|方面|大类|类|章节?|篇)(?:内容|任务)?"
)
# What a paper is called where it is asked about as a whole.
_PAPER = regex(r"要点|方案|文件|通知|分工|整个|全文|这个|这份|本|的|里")


def answer(query: Query, register: Register) -> Outcome | None:
    """How many parts each document has; None where something else is asked, or no document has headings."""
    if query.intent not in (Intent.COUNT, Intent.DETAIL, Intent.UNANSWERABLE) or query.units or query.numbers:
        return None
    if _ASKS.search(query.text) is None or _about(query, register):
        return None
    scoped = register.scoped(query.documents)
    parts = {one.id: _headings(scoped, one.id) for one in scoped.documents}
    told = [wording.divided(one, parts[one.id]) for one in scoped.documents if parts[one.id]]
    if not told:
        return None
    count = len(parts[scoped.documents[0].id]) if len(told) == len(scoped.documents) == 1 else None
    documents = tuple(one.id for one in scoped.documents if parts[one.id])
    return said("\n".join(told), Answer(Intent.COUNT, answered=True, documents=documents, count=count))


def _about(query: Query, register: Register) -> bool:
    """Whether a subject is left beside the paper and its parts: 公园分几大类 asks for parks."""
    left = _PAPER.sub(" ", without_document_words(shaped(_ASKS.sub(" ", query.text), True)))
    return is_topic(left, office_lexicon(register))


def _headings(register: Register, document: str) -> list[Part]:
    """The uppermost headings of a document under which its items stand, in order; none where it has but one."""
    items = {one.id for one in register.of_document(document) if one.number is not None}
    upper = (one for one in Parts.of(register).parts if one.document == document and one.upper and not one.whole)
    found = [one for one in upper if not items.isdisjoint(one.ids)]
    return found if len(found) > 1 else []
