"""总投资多少, 是谁提的: what the further columns of an assignment's row say, where one of them is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import wording
from handlers.finding import find
from handlers.message import Answer, Outcome, said
from knowledge.model import Assignment, Evidence, Particular
from knowledge.normal import bare
from knowledge.patterns import regex
from knowledge.question.census import Census
from knowledge.question.matters import Matters, asks_proposer, proposers_of, without_proposer
from knowledge.question.particulars import Head, asked_heads, extreme_of, heads_of
from knowledge.question.query import Intent, Query
from knowledge.register import Register

_ASKED = frozenset(
    {
        Intent.UNANSWERABLE,
        Intent.DETAIL,
        Intent.COUNT,
        Intent.LEAD,
        Intent.RESPONSIBLE,
        Intent.DEADLINE,
        Intent.UNIT_TASKS,
    }
)
_FIGURE = regex(r"(\d+(?:\.\d+)?)(?:万|亿)?元?")
_FRAME = regex(r"^(?:那么?|请问|这个?|它)+|(?:的|是|这个?|那个?|项目|一项)+$")
_ABOUT = regex(r"的?(?:提案|建议|议案)(?:是|由)?\W*$")


def answer(query: Query, register: Register) -> Outcome | None:
    """The columns asked for, of the assignment that is meant; None where none is asked for or the assignment has none such."""
    if query.intent not in _ASKED or not heads_of(register):
        return None
    if asks_proposer(query.text) and Matters.of(register).proposers:
        if query.census is Census.MOST:
            return _most(query, register)
        one = _meant(query, _ABOUT.sub("", without_proposer(query.text).strip(" ?？。")), register)
        by = proposers_of(one) if one else None
        return _told(one, (Particular(*by),), register) if one and by else None
    if "最" in query.text and (extreme := extreme_of(query.text, register)) is not None:
        return _extreme(*extreme, register.scoped(query.documents))
    heads, rest = asked_heads(query.text, register)
    if not heads or (one := _meant(query, rest, register)) is None:
        return None
    printed = {head.printed for head in heads}
    told = tuple(part for part in one.particulars if part.head in printed)
    return _told(one, told, register) if told else None


def _most(query: Query, register: Register) -> Outcome:
    """Who put most matters forward."""
    proposers = Matters.of(register).proposers
    most = max(map(len, proposers.values()))
    names = [name for name, rows in proposers.items() if len(rows) == most]
    rows = [one for name in names for one in proposers[name]]
    ids, documents = tuple(one.id for one in rows), tuple(dict.fromkeys(one.document for one in rows))
    titles = "；".join(wording.title(one) for key in documents if (one := register.document(key)))
    told = f"提得最多的是{wording.names(names)}，{'各' if len(names) > 1 else ''}{most}件。"
    text = wording.lines(told, f"依据：{titles}")
    return said(text, Answer(query.intent, True, assignments=ids, documents=documents, count=most))


def _extreme(head: Head, highest: bool, register: Register) -> Outcome | None:
    """The assignments whose column holds the highest or the lowest figure; None where they hold no figures."""
    values = [(value, one) for one in register.assignments if (value := _figure(head, one)) is not None]
    if len(values) < 2:
        return None
    best = (max if highest else min)(value for value, _ in values)
    rows = [one for value, one in values if value == best]
    told = f"写了{head.printed}的{len(values)}项里，最{'高' if highest else '低'}的是{best:g}："
    titles = dict.fromkeys(wording.title(document) for one in rows if (document := register.document(one.document)))
    whose = wording.duties(rows[0]) if len(rows) == 1 else ""
    text = wording.lines(told, *(wording.subject(one, 24) for one in rows[:3]), whose, f"依据：{'；'.join(titles)}")
    ids, documents = tuple(one.id for one in rows), tuple(dict.fromkeys(one.document for one in rows))
    evidence = tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows)
    return said(text, Answer(Intent.DETAIL, True, assignments=ids, documents=documents, evidence=evidence))


def _figure(head: Head, one: Assignment) -> float | None:
    words = next((told.words for told in one.particulars if told.head == head.printed), "")
    found = _FIGURE.fullmatch(words.replace(",", "").replace("，", ""))
    return float(found[1]) if found else None


def _meant(query: Query, words: str, register: Register) -> Assignment | None:
    topic = _FRAME.sub("", words.strip(" ,，、"))
    told = query.told if len(bare(topic)) < 2 and len(query.told) == 1 else ()
    pointed = query.assignments or query.numbers or told
    if len(bare(topic)) < 2 and not pointed:
        return None
    asked = replace(
        query, assignments=query.assignments or told, intent=Intent.DETAIL, aspects=(Intent.DETAIL,), topics=() if pointed else (topic,), wide="", beside=None, fact=None,
        refusal=None, several=False, loose=False, units=(), text=topic,
    )  # fmt: skip
    found = find(asked, register).assignments
    return found[0] if len(found) == 1 else None


def _told(one: Assignment, parts: Sequence[Particular], register: Register) -> Outcome:
    head = "；".join(f"{part.head}：{part.words}" for part in parts)
    item = f"{wording.number(one)}：“{wording.shortened(one.text, wording.QUOTE)}”"
    text = wording.lines(f"{head}。", item, wording.duties(one), wording.source(one, register.document(one.document)))
    value = Answer(
        Intent.DETAIL,
        answered=True,
        assignments=(one.id,),
        documents=(one.document,),
        evidence=(Evidence(one.document, one.id, one.place, head),),
    )
    return said(text, value)
