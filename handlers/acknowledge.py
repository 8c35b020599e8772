"""收到: the answer to a reminder, written down once for the unit that gave it.

What is answered is named by the reminder's short code, by quoting it, or by its number; behind a reminder, and where only
one message is unanswered, the word alone is enough. Where several are, it is asked which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from unicodedata import normalize

from handlers import wording_answers as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion, Point
from knowledge.codes import codes_in, without_codes
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Message
from knowledge.patterns import regex
from knowledge.question.conversation import pointed
from knowledge.question.courtesies import is_acknowledgement
from knowledge.question.itemnumbers import asked_numbers, number_of, without_numbers
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

MOST = 12
"""Lines of a menu of what may be meant."""
_ALL = regex(r"(?:全部?|都|所有|全)(?:的|收到|签收|是|了)*[。.!！]?")
_CHOSEN = regex(r"[\d一二三四五六七八九十、,，和及\s第个项号]+[。.!！]?")
_PLACE = regex(r"\d+|[一二三四五六七八九十]+")


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """A bare 收到: what was said last, the only unanswered message, or a question which one is meant.

    Where the office does not know whose liaison it is, the entry names the person; without either nothing is written,
    for nobody could be said to have answered.
    """
    occasion = Occasion(message, register, ledger, now, calendar)
    return _plain(occasion)


def named(occasion: Occasion) -> Outcome | None:
    """收到 with a short code, a quotation or a number in it; None when the message is something else."""
    codes = codes_in(occasion.message.text)
    if not (occasion.named or codes) or not is_acknowledgement(
        _without_names(occasion.message.text).lower(), reminded=True
    ):
        return None
    if not occasion.named:
        return said(words.UNKNOWN_CODE, Answer(Intent.ACK))
    return _written(occasion, occasion.named)


def _without_names(text: str) -> str:
    """The sentence without codes and numbers; a quotation alone (an empty sentence, or a thumb) is 收到 too."""
    left = without_codes(text)
    if asked_numbers(left.lower()):
        left = without_numbers(left.lower())
    return left.strip(" 、,，:：和及的") or "收到"


def _plain(occasion: Occasion) -> Outcome:
    before = pointed(occasion.message, occasion.register)
    if before.reminded:
        rows = (occasion.register.assignment(key) for key in before.assignments)
        return _written(
            occasion, [_last_said(occasion, one.id) or Point(one, occasion.next_due(one)) for one in rows if one]
        )
    waiting = occasion.open
    if len({one.message for one in waiting}) <= 1:
        return _written(occasion, waiting)
    text = words.which_received([_line(one) for one in waiting[:MOST]], len(waiting))
    return said(text, Answer(Intent.ACK, answered=True))


def _line(one: Point) -> str:
    return words.line(one.assignment, one.due, one.code)


def _last_said(occasion: Occasion, assignment: str) -> Point | None:
    """The due date of an assignment that the bot spoke of last in this conversation."""
    waiting = [one for one in occasion.open if one.assignment.id == assignment]
    return waiting[-1] if waiting else None


def chosen(occasion: Occasion) -> Outcome | None:
    """What the numbers said behind the menu mean; None when there was no menu or these are no numbers."""
    last = occasion.message.turns[-1] if occasion.message.turns else None
    text = normalize("NFKC", occasion.message.text).strip()
    if last is None or not last.by_bot or words.WHICH_RECEIVED not in last.text:
        return None
    shown = [line.partition(". ")[2] for line in last.text.splitlines() if re.match(r"\d+\. ", line)]
    by_line = {_line(one): one for one in occasion.open}
    if _ALL.fullmatch(text):
        return _written(occasion, occasion.open)
    if not _CHOSEN.fullmatch(text):
        return None
    places = [int(number_of(found)) for found in _PLACE.findall(text)]
    wanted = [by_line[shown[at - 1]] for at in places if 1 <= at <= len(shown) and shown[at - 1] in by_line]
    return _written(occasion, wanted) if wanted else None


def _written(occasion: Occasion, matters: Iterable[Point]) -> Outcome:
    """The entries for those of `matters` that the speaker holds, each once for ever, and a short word."""
    mine = [one for one in matters if _answers_for(occasion, one)]
    fresh = [one for one in mine if not occasion.answered(one)]
    entries = tuple(_entry(occasion, one) for one in fresh)
    value = Answer(Intent.ACK, answered=True)
    if not mine:
        return said(words.NOTED, value)
    again = [one.assignment for one in mine if one not in fresh]
    text = words.acknowledged([one.assignment for one in fresh], again, occasion.holder is not None)
    return Outcome((Reply(text),), entries, value)


def _answers_for(occasion: Occasion, one: Point) -> bool:
    """A unit answers only for what it has a share in; who has no unit answers for himself."""
    if occasion.holder is not None:
        return occasion.holder.share(one.assignment) is not None
    return bool(occasion.message.sender)


def _entry(occasion: Occasion, one: Point) -> Entry:
    message = occasion.message
    details: dict[str, object] = {"due": one.due.isoformat()} if one.due else {}
    if one.code:
        details["answers"] = one.code
    return Entry(
        EntryKind.ACKNOWLEDGED,
        occasion.now,
        who=message.sender,
        conversation=message.conversation,
        words=message.text,
        document=one.assignment.document,
        assignment=one.assignment.id,
        unit=(occasion.holder.share(one.assignment) or "") if occasion.holder else "",
        details=details,
    )
