"""A sentence of a document quoted as the answer, with its place and its contradictions."""

from __future__ import annotations

import re

from handlers import wording
from handlers.message import Answer, Outcome, said
from knowledge.model import Assignment, Document, Evidence, Passage
from knowledge.patterns import regex
from knowledge.question.query import Query

# So many parts behind 其中 are meant to be all of them.
_ALL_NAMED = 3
_FIGURES = regex(r"(?P<n>\d+)(?P<of>项|个|条|件|次|家|名|人|万元|亿元|元)")


def quoted(query: Query, document: Document, passage: Passage, within: Assignment | None = None) -> Outcome:
    """The passage as the answer; `within` is the assignment in whose words it stands, if any."""
    text = wording.lines(wording.passage(document, passage), contradiction(passage.text))
    evidence = Evidence(document.id, within.id if within else None, passage.place, passage.text)
    value = Answer(
        query.intent,
        True,
        assignments=(within.id,) if within else (),
        documents=(document.id,),
        evidence=(evidence,),
        count=_count(query, passage),
    )
    return said(text, value)


def _count(query: Query, passage: Passage) -> int | None:
    first = _FIGURES.search(passage.text)
    return int(first["n"]) if first and query.fact == "count" else None


def contradiction(text: str) -> str:
    """Says that a total and the parts behind it do not add up; empty where they do or nothing is to be added.

    Only the plain form is judged: a total, then at least two parts of the same measure in the same sentence
    (共3545项，其中市级244项……), the parts being all the figures up to its end. Two behind 其中 that make less than the
    total may only be some of the parts.
    """
    for sentence in re.split(r"[。；;]", text):
        figures = [(int(found["n"]), found["of"]) for found in _FIGURES.finditer(sentence)]
        if len(figures) < 3 or not re.search(r"其中|分别|包括|:|：", sentence):
            continue
        total, measure = figures[0]
        parts = [value for value, of in figures[1:] if of == measure]
        some = "其中" in sentence and len(parts) < _ALL_NAMED and sum(parts) < total
        if len(parts) >= 2 and all(part < total for part in parts) and sum(parts) != total and not some:
            shown = "+".join(map(str, parts))
            return f"注意：原文各部分相加{shown}={sum(parts)}，与总数{total}不一致，请以发文单位核实为准。"
    return ""
