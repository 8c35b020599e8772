"""Saying that the documents do not say it. Suggestions are words only, never assignments of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import REVIEWERS, wording
from handlers.bars import SURE
from handlers.echo import understood
from handlers.figures import figure_held
from handlers.finding import Found
from handlers.message import Answer, Outcome, said
from knowledge.model import Assignment, Evidence, Message
from knowledge.patterns import regex
from knowledge.question.cues import pattern
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from knowledge.search import index_of
from scheduler.calendar import WorkCalendar

# Below this nothing said without a question is taken for a subject.
NEARBY = 0.4
# What one of many gets or costs is not the sum that a plan names.
_OF_EACH = regex(r"[一每](?:次|户|个|人|部|家|位|名|件|条|亩|头|台|月|年|天)|单价|各(?:给|补|发)|标准")
# But a plan may name just that: 户均补助标准4000元, 每餐补助3元.
_FOR_EACH = regex(r"(?:户均|人均|个人|单笔|每[户人次餐床套件亩台名位部座所处辆栋间])[^，。；]{0,14}\d")
# Refusals after which a related assignment may be named.
_RELATED = frozenset({"money", "how_to", "name", "contact", "people", "opinion"})

_ASKED = {Intent.LEAD: "由谁牵头", Intent.RESPONSIBLE: "由谁负责", Intent.DEADLINE: "什么时候完成"}
_BESIDE = {
    "person": "是谁",
    "clock": "的具体时间",
    "length": "要多长时间",
    "amount": "的这个数目",
    "place": "在哪里",
    "thing": "的材料或数据本身",
    "how": "怎么办理",
    "which": "具体有哪些",
    "past": "的办理结果",
    "other": "的这一点",
    "state": "的这方面情况",
}


def refuse(query: Query, text: str) -> Outcome:
    """A refusal in these words."""
    return said(text, Answer(query.intent))


def unsaid(query: Query, found: Found, register: Register, aspect: str = "") -> Outcome:
    """Nothing answers: what was understood, the nearest, whom to ask. Without a topic it asks back."""
    if not query.numbers and not found.near and (query.loose or not query.topics):
        return refuse(query, wording.ASK_BACK)
    if query.loose and found.confidence < NEARBY:
        return refuse(query, wording.ASK_BACK)
    near = _named(found.near, register)
    suggested = tuple(one.id for one in found.near[: len(near)])
    value = Answer(query.intent, near=suggested, topic=" ".join(query.topics))
    if aspect and near:
        return said(wording.aspect_not_said(understood(query), aspect, near), value)
    return said(wording.not_said(understood(query), near), value)


def _named(near: Sequence[Assignment], register: Register) -> list[str]:
    """The suggestions in words, with their documents where these differ."""
    several = len({one.document for one in near}) > 1
    of = {one.document: register.document(one.document) for one in near} if several else {}
    return [
        wording.subject(one, 24) + (wording.title(document) if (document := of.get(one.document)) else "")
        for one in near
    ]


def answer(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """A question that no document can answer, in the words of its kind."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.refusal is None:
        return unsaid(query, Found(), register)
    if query.refusal == "order":
        return ordered(query, message)
    text = wording.REFUSED[query.refusal]
    if query.refusal not in _RELATED or not query.topics:
        return refuse(query, text)
    about = tuple(pattern(query.refusal).sub(" ", topic) for topic in query.topics)
    rows = _related(about[0], register)
    if (
        query.refusal == "money"
        and rows
        and (not _OF_EACH.search(query.text) or _FOR_EACH.search(rows[0].text))
        and figure_held(query.text, rows[0].text, 0.0)
    ):
        return _figure(query, rows[0], register)
    related = [wording.subject(one, 24) for one in rows]
    return refuse(query, wording.lines(text, f"有关的任务有：{related[0]}。" if related else ""))


def ordered(query: Query, message: Message) -> Outcome:
    """An order to change, hide or pretend something; whoever may change it is told how."""
    text = wording.REFUSED["order"]
    return refuse(query, wording.lines(text, wording.HOW_CHANGED) if message.role in REVIEWERS else text)


def _figure(query: Query, one: Assignment, register: Register) -> Outcome:
    """The sum that the assignment itself names (安排资金2亿元), with its place."""
    head = f"{wording.number(one)}：{wording.shortened(one.text, wording.WHOLE)}"
    text = wording.lines(head, wording.duties(one), wording.source(one, register.document(one.document)))
    value = Answer(
        Intent.DETAIL,
        answered=True,
        assignments=(one.id,),
        documents=(one.document,),
        evidence=(Evidence(one.document, one.id, one.place, one.original),),
    )
    return said(text, value)


def _related(topic: str, register: Register) -> list[Assignment]:
    """The assignment that is surely about the topic of a question that no document can answer."""
    hits = index_of(register).assignments.rank(topic, limit=1)
    found = [register.assignment(hit.key) for hit in hits if hit.confidence >= SURE]
    return [one for one in found if one is not None]


def ask_back(query: Query) -> Outcome:
    """A question without a subject."""
    return said(wording.ASK_BACK, Answer(Intent.UNANSWERABLE))


def aspect_words(query: Query) -> str:
    """What is asked and not said, in words."""
    return _BESIDE.get(query.beside or "") or _ASKED.get(query.intent, "的这一点")
