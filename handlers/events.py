"""事件: somebody tells that what a deadline waits for has happened (国家指导意见7月20日已印发), and on which day.

A wrong date would look exact and be false, so it is matched cautiously: said plainly, of one event only, on a day that has
been. Everything less is asked back. One line confirms it and tells how to take it back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from handlers import wording_answers as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.notices_wording import day_words
from handlers.occasion import Occasion
from handlers.wording import subject
from knowledge.codes import codes_in, without_codes
from knowledge.deadlines.moments import add_months
from knowledge.deadlines.windows import window, without_window
from knowledge.happenings import RECEIPT, Happening, events_of, happening_entry, happenings, parts
from knowledge.identity import Remembered
from knowledge.ledger import Entry
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, number_of, without_numbers
from knowledge.question.query import Intent
from knowledge.redating import redated_assignment
from scheduler.calendar import CalendarUnknown
from scheduler.occurrences import occurrences
from scheduler.policy import SHANGHAI

SURE, NEAR = 0.75, 0.45
"""Which share of an event's words must have been said for it to be meant surely, or perhaps."""
SHOWN = 6
LONG_AHEAD = 60
"""Days ahead from which a day without a year is rather last year's."""
BESIDE = 2
"""Characters beside an event's own words with which nothing more is told than the event."""
_DAY_WORDS = regex(r"\d+[年月日号]?|[上中下]旬|[今去]年")
_PLACE = regex(r"\d+|[一二三四五六七八九十]+")
_CHOICE = regex(r"[\d一二三四五六七八九十、,和及\s第个项号是]+[.。!]?")
_TELLS = regex(
    r"已|了|于|收到|接到|印发|出台|发布|公布|下发|批复|通过|获批|竣工|验收|投产|投用|开工|开通|签订|反馈|召开|启动|完成|是"
)
# 请登记完成: what the bot is asked to do, and nothing that happened.
_TO_US = regex(
    r"(?:请|麻烦|帮忙|帮我?|给我?|烦请)(?:予以|及时|先)?(?:登记|记录?|录入|标注|标记|更新|核销|销号)(?:一?下|成|为|上|好)*(?:已)?(?:完成|办结)?"
)
_ASKS = regex(r"[?？]|吗|谁|哪|什么时候|几号|何时|多少|是否|有没有|没有?(?:印发|出台|收到)")
_RECEIVED = regex(r"收到|接到|收悉|收文")
_UNDOES = regex(r"^[\s]*(?:请)?(?:撤销|撤回|取消)(?!.*(?:静默|延期))")
_PARTICLES = regex(r"已经|已|于|了|正式|日前|日|的|由|是|在|自|之|起|本|我们?|局|[\s,，。!！、:：“”\"《》()（）]")
_VERBS = regex(r"印发|下发|发布|公布|出台|颁布|发文|制定|下达")
_TODAY = regex(r"今天|今日|刚刚?|刚才|现在")


class Fit(NamedTuple):
    """An assignment's event, and which share of its words was said."""

    assignment: Assignment
    event: str
    share: float


def answer(occasion: Occasion) -> Outcome | None:
    """A reported event or its withdrawal; None when the message is something else."""
    text = occasion.message.text.strip()
    if _UNDOES.match(text):
        return _undone(occasion)
    text = _TO_US.sub("", text)
    if _ASKS.search(text) or not _TELLS.search(text):
        return None
    on = told_day(text, occasion.today)
    if on is None:
        return _day_wanted(occasion, text)
    found = _fitting(occasion, text)
    if not found:
        return None
    sure = [one for one in found if one.share >= SURE]
    if len({(one.assignment.document, one.event) for one in sure}) == 1:
        return _told(occasion, sure, on)
    return _asked_back(sure or found)


def _day_wanted(occasion: Occasion, text: str) -> Outcome | None:
    """Where nothing but an event is told, and no day or one that no calendar has: which day it was. It finishes nobody's work."""
    if occasion.named or codes_in(text) or asked_numbers(plain(text)):
        return None
    told = len(_core(_DAY_WORDS.sub("", normalize("NFKC", text))))
    sure = [one for one in _fitting(occasion, text) if one.share >= SURE and told <= len(_core(one.event)) + BESIDE]
    what = words.event_words(sure[0].event) if sure else ""
    return said(words.EVENT_DAY.format(what=what), Answer(Intent.REPORT, answered=True)) if sure else None


def chosen(occasion: Occasion) -> Outcome | None:
    """What a number means behind the question which event it was; None when that was not asked or this is no number."""
    turns = occasion.message.turns
    if len(turns) < 2 or words.WHICH_EVENT not in turns[-1].text or turns[-2].by_bot:
        return None
    places = [int(number_of(found)) for found in _PLACE.findall(plain(occasion.message.text))]
    before = replace(occasion, message=replace(occasion.message, text=turns[-2].text, turns=()))
    on = told_day(before.message.text, before.today)
    if not places or on is None or not _CHOICE.fullmatch(plain(occasion.message.text)):
        return None
    found = _fitting(before, before.message.text)
    sure = [one for one in found if one.share >= SURE]
    rows = (sure or found)[:SHOWN]
    meant = [rows[place - 1] for place in places if 1 <= place <= len(rows)]
    return _told(before, meant, on) if meant else None


def told_day(text: str, today: date) -> date | None:
    """The one day that the sentence names; None where it names none or a stretch."""
    span = window(text, today)
    if span is not None and span.start is not None and span.start == span.end:
        return _been(span.start, text, today)
    return today if span is None and _TODAY.search(text) else None


def _been(day: date, text: str, today: date) -> date:
    """12月20日 said in January was last year's; a day of another year that is printed stays."""
    ahead = (day - today).days
    return add_months(day, -12) if ahead > LONG_AHEAD and not re.search(r"\d{4}|年", text) else day


# ---------------------------------------------------------------- which event
_awaited: Remembered[list[tuple[Assignment, str]]] = Remembered(4)


def _fitting(occasion: Occasion, text: str) -> list[Fit]:
    """The awaited events that the sentence may mean, the best first; those named by code or number before all others."""
    named = [one.assignment for one in occasion.named]
    if named or codes_in(text) or asked_numbers(plain(text)):
        return [fit for one in named for fit in _of_named(one, text, occasion.today)]
    every = occasion.register.in_force.assignments
    rows = _awaited.of((every,), lambda: [(one, event) for one in every for event in events_of(one, told=True)])
    fits = [Fit(one, event, likeness(event, text, occasion.today)) for one, event in rows if event != RECEIPT]
    return sorted((one for one in fits if one.share >= NEAR), key=lambda one: -one.share)


def _of_named(one: Assignment, text: str, today: date) -> Iterator[Fit]:
    """What a named assignment waits for, with how much of it was said: the receipt where one is told of, else the events.

    A mere 已印发 beside a code means the event; more words (方案已印发) may tell of the assignment's own work.
    """
    events = events_of(one, told=True)
    if RECEIPT in events and _RECEIVED.search(text):
        yield Fit(one, RECEIPT, 1.0)
        return
    for event in events:
        share = likeness(event, text, today)
        if event != RECEIPT and (only := _core(_unnamed(text, today))) and only in _core(event):
            share = 1.0
        if event != RECEIPT and share >= NEAR:
            yield Fit(one, event, share)


def _unnamed(text: str, today: date) -> str:
    """What is said beside the code or number and the day."""
    return without_window(without_numbers(without_codes(text)), today)


def likeness(event: str, text: str, today: date) -> float:
    """Which share of the pairs of characters of `event` stands in what was said, its verbs of issuing counted as one."""
    wanted, told = (_core(part) for part in (event, without_window(text, today)))
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}
    if not pairs:
        return 0.0
    return sum(pair in told for pair in pairs) / len(pairs)


def _core(text: str) -> str:
    text = text.replace("人民代表大会", "人大").replace("人民政府", "政府")
    return _VERBS.sub("印发", _PARTICLES.sub("", normalize("NFKC", plain(text))))


def _asked_back(found: Sequence[Fit]) -> Outcome:
    rows = [(subject(one.assignment, 20), words.event_words(one.event)) for one in found[:SHOWN]]
    return said(words.which_event(rows), Answer(Intent.REPORT, answered=True))


# ---------------------------------------------------------------- to write it down
def _told(occasion: Occasion, fits: Sequence[Fit], on: date) -> Outcome:
    mine = [one for one in fits if occasion.share(one.assignment) is not None]
    if not mine:
        return said(words.EVENT_RIGHTS, Answer(Intent.REPORT))
    if on > occasion.today:
        return said(words.EVENT_FUTURE.format(day=day_words(on)), Answer(Intent.REPORT))
    told = [_happening(occasion, one, on) for one in mine]
    entries = tuple(_entry(occasion, one) for one in told)
    dues = [
        (fit.assignment, one.unit, due_of(occasion, fit.assignment, one)) for fit, one in zip(mine, told, strict=True)
    ]
    first = next((due for _, _, due in dues if due), None)
    code = occasion.code(mine[0].assignment, first) if first else ""
    value = Answer(Intent.REPORT, answered=True, assignments=tuple(one.assignment.id for one in mine))
    return Outcome((Reply(words.happened(mine[0].event, on, dues, code)),), entries, value)


def _happening(occasion: Occasion, fit: Fit, on: date) -> Happening:
    """An event is one for all; a receipt is of the unit that tells of it."""
    unit = (occasion.share(fit.assignment) or "") if fit.event == RECEIPT else ""
    return Happening(fit.assignment.id, fit.event, on, unit, occasion.message.sender, occasion.now)


def _entry(occasion: Occasion, one: Happening, undone: bool = False) -> Entry:
    message = occasion.message
    assignment = occasion.register.assignment(one.assignment)
    document = assignment.document if assignment else ""
    teller = replace(one, who=message.sender)
    return happening_entry(teller, occasion.now, message.text, message.conversation, document, undone)


def due_of(occasion: Occasion, one: Assignment, told: Happening) -> date | None:
    """The day that follows from an event; None where the document does not say how long, or the calendar is missing."""
    dated = redated_assignment(one, (told,), ())
    for part in parts(dated.deadlines):
        if part.since == told.on and part.unit == told.unit:
            try:
                found = occurrences(part, occasion.calendar)
            except CalendarUnknown:
                return None
            if found:
                return found[0].due
    return None


def told_by_words(occasion: Occasion, said_words: str, on: date) -> Outcome:
    """At the command line: the event that the words mean, on a day that is given beside them."""
    found = _fitting(occasion, said_words)
    sure = [one for one in found if one.share >= SURE]
    if len({(one.assignment.document, one.event) for one in sure}) == 1:
        return _told(occasion, sure, on)
    if not found:
        return said(words.EVENT_UNKNOWN.format(words=said_words[:40]), Answer(Intent.REPORT))
    rows = [f"{subject(one.assignment, 20)}：{words.event_words(one.event)}" for one in (sure or found)[:SHOWN]]
    return said(words.EVENT_UNSURE.format(rows="；".join(rows)), Answer(Intent.REPORT))


def undone_by_words(occasion: Occasion, said_words: str) -> Outcome:
    """At the command line: take back what was reported of the event that the words mean."""
    same = [one for one in _reported(occasion) if likeness(one.event, said_words, occasion.today) >= SURE]
    if not same:
        return said(words.EVENT_NOTHING_TO_UNDO, Answer(Intent.REPORT))
    entries = tuple(_entry(occasion, one, undone=True) for one in same)
    return Outcome((Reply(words.EVENT_UNDONE.format(what=words.event_words(same[0].event))),), entries)


# ---------------------------------------------------------------- to take it back
def _undone(occasion: Occasion) -> Outcome | None:
    """Take back what the speaker reported himself (a supervisor: anybody's): the named one, else the last of today."""
    named = {one.assignment.id for one in occasion.named}
    codes = codes_in(occasion.message.text)
    if not named and not codes and re.search(r"[^\s。.!！]", _UNDOES.sub("", occasion.message.text)):
        return None
    mine = [one for one in _reported(occasion) if _is_meant(occasion, one, named, bool(codes))]
    if not mine:
        return said(words.EVENT_NOTHING_TO_UNDO, Answer(Intent.REPORT)) if codes else None
    last = mine[-1]
    same = [one for one in mine if (one.event, one.at) == (last.event, last.at)]
    entries = tuple(_entry(occasion, one, undone=True) for one in same)
    text = words.EVENT_UNDONE.format(what=words.event_words(last.event))
    return Outcome((Reply(text),), entries, Answer(Intent.REPORT, answered=True))


def _is_meant(occasion: Occasion, one: Happening, named: Collection[str], coded: bool) -> bool:
    """Whether 撤销 means it: by name, or, said alone, what was reported today."""
    if named or coded:
        return one.assignment in named or _coded(occasion, one)
    return one.at is not None and one.at.astimezone(SHANGHAI).date() == occasion.today


def _reported(occasion: Occasion) -> list[Happening]:
    """What the speaker may take back, oldest first."""
    rows: Iterable[Happening] = (one for ones in happenings(occasion.ledger).values() for one in ones)
    kept = [
        one
        for one in rows
        if occasion.register.assignment(one.assignment)
        and (occasion.supervising or (one.who and one.who == occasion.message.sender))
    ]
    return sorted(kept, key=lambda one: one.at or occasion.now)


def _coded(occasion: Occasion, one: Happening) -> bool:
    """Whether the message names the date that an event gave by its code, which no reminder may have said yet."""
    assignment = occasion.register.assignment(one.assignment)
    due = due_of(occasion, assignment, one) if assignment else None
    return bool(assignment and due and occasion.code(assignment, due) in codes_in(occasion.message.text))
