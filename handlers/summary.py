"""本周汇总, 月报, 上月情况, 发我周报文件: a summary on request, the very value that the clock posts and the commands show."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from handlers import wording, wording_progress, wording_summary, wording_units
from handlers.finding import Found, held_by
from handlers.message import Answer, Commission, Outcome, Reply
from handlers.refusing import NEARBY, refuse, unsaid
from handlers.wording_export import titled
from knowledge.identity import Remembered
from knowledge.ledger import Ledger
from knowledge.model import Message, Span
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.people import ABOVE
from knowledge.question.cues import shows
from knowledge.question.placings import placed_by
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.search import index_of
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI, Policy
from scheduler.stretches import Stretch, around, ends, preceding
from scheduler.summaries import since_of
from scheduler.summary import Summary, as_of, ids, summary

# Which stretch a report's name means where no days are named: 月报, 年度总结.
_NAMED = (
    (Stretch.MONTH, regex(r"月报|月度|按月|每月|本月|当月")),
    (Stretch.QUARTER, regex(r"季报|季度")),
    (Stretch.HALF, regex(r"半年")),
    (Stretch.YEAR, regex(r"年报|年度|全年|今年|年终|去年|上年")),
)
# 比上周怎么样: this week, with what changed.
_AGAINST = regex(r"[比跟和与同较]上(?:个|一)?(周|星期|月|季度|次|期)")
_STRETCHES = {"月": Stretch.MONTH, "季度": Stretch.QUARTER}
# 半年小结 said within these days of a new half-year is of the one that is over.
_FRESH = 31
_THIS = regex(r"[本这今当下]|截[至止]|目前|\d")
_LAST = regex(r"上(?:个|一)?(?:周|星期|礼拜|月|季|年|半年)|去年")
# Words for a kind of file, and what tells that one is wanted.
_FORMS = (
    ("png", regex(r"图片|图表|柱状图|月历图|长图|配图|(?:发|要|出|画|做|生成|来).{0,4}图(?!斑|书|纸)")),
    ("xlsx", regex(r"excel|xlsx?|表格|电子表", re.IGNORECASE)),
    ("docx", regex(r"word|docx?|文件|文档|公文|正式|红头", re.IGNORECASE)),
)
_WANTED = regex(r"发|导|做|转|生成|存|要|给|出|下载|文件|表格|图|word|excel|docx|xlsx", re.IGNORECASE)
XLSX = "xlsx"
_CIRCULAR = regex(r"(?:出|拟|起草|生成|写|做|要|发|给|导出).{0,8}通报|通报(?:稿|文件|公文)")


def answer(
    query: Query,
    message: Message,
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy | None = None,
) -> Outcome:
    """The summary of a week, month, quarter, year or of the days that are named, of what is over as it stood at its end; of the
    units named, where some are. A file of it is made where one is asked for.

    Asked who is last without a rule for a ranking, the red lights of each unit are told.
    """
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    other = "" if query.names or query.documents or not shows("ranking", query.text) else placed_by(query.text)
    if other and not _in_a_title(other, register):
        return unsaid(replace(query, topics=(other,), loose=False), _nearest(other, register), register)
    rules = policy or Policy()
    value = _asked(query, _scoped(query, register), ledger, now, calendar, rules)
    documents = tuple(dict.fromkeys(one.document for one in value.assignments.values()))
    told = Answer(query.intent, answered=True, assignments=ids(value.done), documents=documents, span=value.span)
    if message.role in ABOVE and _CIRCULAR.search(query.text):
        paper = Commission("circular", "docx", f"{_name(query, value).removesuffix('汇总')}通报", value)
        return Outcome((Reply(wording_summary.drafted(value)),), answer=told, papers=(paper,))
    form = _form(query.text)
    if form:
        paper = Commission("summary", form, titled(_name(query, value)), value)
        return Outcome((Reply(wording_summary.made(value, form)),), answer=told, papers=(paper,))
    return Outcome((Reply(_text(query, message, value, rules)),), answer=told)


def _in_a_title(words: str, register: Register) -> bool:
    """Whether a document or a part of one is called so: 民生实事哪家垫底 is of the assignments there."""
    sections = (section for one in register.assignments for section in one.section)
    return any(words in plain(one) for one in (*(one.title for one in register.documents), *sections))


def _nearest(words: str, register: Register) -> Found:
    """The assignment that speaks of what is ranked by."""
    hits = index_of(register).assignments.rank(words)[:1]
    return Found(near=tuple(one for hit in hits if hit.confidence >= NEARBY and (one := register.assignment(hit.key))))


def _text(query: Query, message: Message, value: Summary, rules: Policy) -> str:
    """Short in a group, full for supervisors by themselves."""
    if shows("ranking", query.text):
        return "\n".join(wording_summary.ranking(value)) if value.yardstick else wording_progress.red_lights(value)
    if message.role in ABOVE and not message.group:
        return wording_summary.full_summary(value, wording_summary.LONG_LIST)
    return wording_summary.group_summary(value, parts=rules.summary_parts)


def _form(text: str) -> str:
    """As what kind of file it is wanted; empty where it is not."""
    if not _WANTED.search(text):
        return ""
    return next((form for form, words in _FORMS if words.search(text)), XLSX if "导出" in text else "")


def _name(query: Query, value: Summary) -> str:
    whose = "、".join(query.names[:2]) if query.names else ""
    return f"{whose}{wording_summary.headline(value)}汇总"


def _scoped(query: Query, register: Register) -> Register:
    scoped = register.scoped(query.documents)
    return of_units(query.names, scoped) if query.names else scoped


def of_units(names: Collection[str], register: Register) -> Register:
    """The register with what some units (printed names) hold in any role, and nothing else."""
    return replace(register, assignments=tuple(held_by(names, register.assignments, ())), partial=True)


def span_of(query: Query, now: datetime) -> Span:
    """The days that a request is about: those it names, else the stretch its name means, else this week."""
    today = now.astimezone(SHANGHAI).date()
    if against := _AGAINST.search(query.text):
        return around(today, _STRETCHES.get(against[1], Stretch.WEEK))
    if query.span is not None and query.span.start is not None and query.span.end is not None:
        return Span(query.span.start, query.span.end)
    stretch = next((one for one, words in _NAMED if words.search(query.text)), Stretch.WEEK)
    span = around(today, stretch)
    just_over = stretch in (Stretch.HALF, Stretch.YEAR) and (today - ends(span)[0]).days < _FRESH
    past = _LAST.search(query.text) or (just_over and not _THIS.search(query.text))
    return preceding(span) if past else span


_summaries: Remembered[dict[object, Summary]] = Remembered(8)


def _asked(
    query: Query, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, rules: Policy
) -> Summary:
    """The summary; the same one while nothing new is reported that day."""
    span = span_of(query, now)
    key = (span, now.astimezone(SHANGHAI).date(), rules.ranking, rules.directory.liaisons)
    known: dict[object, Summary] = _summaries.of((register.documents, register.assignments, ledger, calendar), dict)
    if key not in known:
        seen, then = as_of(span, ledger, now)
        known.clear()
        since = since_of(span, calendar, rules)
        known[key] = summary(register, seen, then, calendar, span, since, rules.ranking, rules.directory)
    return known[key]
