"""某专栏建好没, 某局报了几项, 第几项谁还没报: where things stand, computed from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import wording, wording_progress
from handlers.facts import quoted
from handlers.finding import Found, find
from handlers.message import Answer, Outcome, said
from handlers.numbers import out_of_reach
from handlers.occasion import Occasion
from handlers.receipts import unanswered
from handlers.refusing import refuse, unsaid
from handlers.reporting import RIVAL, SURE_OF_OWN
from handlers.states import Desk, State, desk_of, owed_by
from knowledge.codes import without_codes
from knowledge.ledger import Ledger
from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment, Evidence, Message, Span
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.continuing import of_items
from knowledge.question.conversation import answered_last, continued, pointed
from knowledge.question.query import Intent, Query
from knowledge.question.shaping import is_topic
from knowledge.question.signs import is_question
from knowledge.register import Register
from knowledge.reports.periods import begins, ends, periods_in, without_periods
from knowledge.reports.progress_words import (
    asks_missing,
    asks_open,
    asks_progress,
    asks_receipts,
    asks_tally,
    without_progress_words,
)
from knowledge.search import index_of
from knowledge.shares import holder_of
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

# So many assignments are told in full; of more, each is a line of a list.
IN_FULL = 3
_OF_STATE = regex(
    r"完|办|报|好|结|进[度展]|逾期|超期|过期|情况|状态|怎么样|如何|哪一?步|退回|核定|审核|通过|佐证|链接|到期|几天|多久|期限|时限"
)


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """Where the assignments asked about stand; those of a unit; all of them, when nothing is named."""
    if wrong := out_of_reach(query, register):
        return wrong
    today = now.astimezone(SHANGHAI).date()
    desk = desk_of(register.scoped(query.documents), ledger, calendar, today)
    asked = replace(
        query, topics=subjects(query.topics, register), wide=without_progress_words(query.wide), beside=None
    )
    if not (asked.topics or query.numbers or query.names or query.assignments):
        earlier = pointed(_begun(message), register)
        apart = (of_items(query.text) and not earlier.listed) or _of_all_once_more(message, register)
        asked = asked if apart else replace(asked, assignments=earlier.assignments)
    if asked.topics or asked.numbers or asked.assignments:
        found = find(replace(asked, fact=None), desk.register)
        found = found if found.assignments else _among_its_own(asked, message, desk) or found
        return _of_assignments(asked, found, desk)
    return _of_unit(asked, desk) if query.names else _of_all(asked, desk)


def _begun(message: Message) -> Message:
    """The message, or the one whose long answer it goes on with: 更多 means what that one was asked of, not the rows shown since."""
    goes_on = continued(message)
    return goes_on[0] if goes_on else message


def _of_all_once_more(message: Message, register: Register) -> bool:
    """谁还没报 again behind its own list: of all, as before, and not of the rows that were shown of it."""
    before = answered_last(message)
    if before is None or plain(before.text) != plain(message.text):
        return False
    return not pointed(before, register).assignments


def pointed_at(occasion: Occasion) -> Outcome | None:
    """K7M 完成了吗: where the assignments stand that a code or a quotation means; None where nothing is asked of them."""
    points = occasion.pointed
    text = without_codes(occasion.message.text)
    if not points or not (is_question(text) or asks_progress(text)) or not _OF_STATE.search(text):
        return None
    desk = desk_of(occasion.register, occasion.ledger, occasion.calendar, occasion.today)
    rows = tuple(dict.fromkeys(one.assignment for one in points))
    query = Query(Intent.PROGRESS, text, assignments=tuple(one.id for one in rows))
    return _of_assignments(query, Found(rows), desk)


def subjects(topics: Sequence[str], register: Register) -> tuple[str, ...]:
    """What the topics are about without their asking words; those of which nothing is left are dropped."""
    lexicon = office_lexicon(register)
    left = (without_progress_words(without_periods(topic)) for topic in topics)
    return tuple(topic for topic in left if is_topic(topic, lexicon))


def _among_its_own(query: Query, message: Message, desk: Desk) -> Found | None:
    """民政局低保数据报了没: with the unit named, or its liaison asking, less of its own assignment tells which one is meant; None where none stands out."""
    if query.names or not message.unit:
        rows = owed_by(query.names, desk.register)
    else:
        rows = list(holder_of(message.unit, desk.register).held(desk.register.assignments))
    if not rows or len(query.topics) != 1 or query.numbers:
        return None
    hits = index_of(desk.register).assignments.rank(query.topics[0], limit=2, keep={one.id for one in rows})
    if not hits or hits[0].confidence < SURE_OF_OWN or any(hit.score >= RIVAL * hits[0].score for hit in hits[1:]):
        return None
    return Found(tuple(one for one in rows if one.id == hits[0].key), confidence=hits[0].confidence)


def _of_assignments(query: Query, found: Found, desk: Desk) -> Outcome:
    if found.passage and not found.assignments:
        return quoted(query, *found.passage)  # a document that only tells how far things are
    if not found.assignments:
        return unsaid(query, found, desk.register)
    if asks_receipts(query.text):
        return unanswered([one.id for one in found.assignments], desk.register, desk.ledger)
    states = [desk.state(one, _share_asked(query, one)) for one in found.assignments]
    if len(states) > IN_FULL:
        return _of_many(query, states, desk)
    blocks = [wording_progress.state(one, desk.register, _span(query, desk)) for one in states]
    missing = [unit for one in states for unit in one.missing] if asks_missing(query.text) else []
    return said("\n\n".join(blocks), _value(query, found.assignments, units=tuple(dict.fromkeys(missing))))


def _of_many(query: Query, states: Sequence[State], desk: Desk) -> Outcome:
    """Too many to tell each in full: whose reports are missing where that is asked of all who have to report, else a line each."""
    if asks_missing(query.text) and not query.names:
        return _unreported(query, states, desk)
    text = wording_progress.of_many(states, desk.register, query.page)
    return said(text, _value(query, [one.assignment for one in states]))


def _unreported(query: Query, states: Sequence[State], desk: Desk) -> Outcome:
    silent = [one for one in states if one.missing]
    units = tuple(dict.fromkeys(unit for one in silent if not one.shared for unit in one.missing))
    value = replace(_value(query, [one.assignment for one in silent], units=units), count=len(silent))
    return said(wording_progress.unreported(states, desk.register, query.page), value)


def _share_asked(query: Query, one: Assignment) -> str | None:
    """The unit whose share is asked about, when it is one of those that hold the assignment."""
    return next((duty.unit for duty in one.duties if duty.unit in query.names), None)


def _of_unit(query: Query, desk: Desk) -> Outcome:
    """Of all that the units lead or are responsible for; of what falls due in a window, when one is named."""
    rows = owed_by(query.names, desk.register)
    span = _span(query, desk)
    states = _wanted(query, [desk.state(one, _owing(query, one)[0]) for one in rows])
    if span is not None:
        states = [one for one in states if _falls(one, span)]
    if not rows:
        return refuse(query, wording.unit_without(wording.names(query.names), "牵头或负责"))
    if not states:
        return said(wording_progress.none_of_unit(query.names, len(rows), span), _value(query, (), query.names))
    reported = [one for one in states if one.latest]
    text = wording_progress.of_unit(query.names, states, desk.register, span, query.page)
    rows = [one.assignment for one in states]
    counted = len(reported) if asks_tally(query.text) else None
    return said(text, replace(_value(query, rows), count=counted, units=query.names, span=span))


def _wanted(query: Query, states: list[State]) -> list[State]:
    """All, or only what is not finished when that is asked for."""
    return [one for one in states if not one.standing.finished] if asks_open(query.text) else states


def _owing(query: Query, one: Assignment) -> list[str]:
    return [duty.unit for duty in one.duties if duty.unit in query.names]


def _span(query: Query, desk: Desk) -> Span | None:
    """The window asked about; a bare 11月 is one too."""
    if query.span is not None:
        return query.span
    periods = periods_in(query.text, desk.today)
    return Span(begins(periods[0]), ends(periods[0])) if periods else None


def _falls(state: State, span: Span) -> bool:
    """Whether a date that does not come again falls into the window."""
    return any(span.holds(due) for due in state.once)


_DUE = regex(r"到期|截止|(?:该|应|要|需)(?:该|当|要)?(?:完成|办结|交|报)|(?:前|底|内)(?:要|该|应)?(?:完成|办结)的")


def _of_all(query: Query, desk: Desk) -> Outcome:
    """The whole register: how many are reported, and whose reports are missing."""
    states = [desk.state(one) for one in desk.register.assignments]
    if not states:
        return unsaid(query, Found(), desk.register)
    if asks_receipts(query.text):
        return unanswered([one.assignment.id for one in states], desk.register, desk.ledger)
    span = query.span if query.span is not None and _DUE.search(query.text) else None
    if span is not None:
        states = [one for one in states if any(span.holds(row.due) for row in one.standing.dates)]
    reported = [one for one in states if one.latest]
    if asks_missing(query.text):
        return _unreported(query, states, desk)
    rows = [one.assignment for one in reported]
    text = wording_progress.of_all(states, desk.register, query.page, span)
    return said(text, replace(_value(query, rows), count=len(reported)))


def _value(query: Query, rows: Sequence[Assignment], units: tuple[str, ...] = ()) -> Answer:
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        units=units,
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
