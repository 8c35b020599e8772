"""已转发 K7M3P: who was to carry a message into a group says that it is there. Written as that person's word, never as sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers import wording_errands as words
from handlers.message import Answer, Message, Outcome, Reply, said
from handlers.wording_receipts import moment_words
from knowledge.codes import codes_in
from knowledge.errands import CODE, Errand, errands
from knowledge.ledger import Entry, Ledger
from knowledge.patterns import regex
from knowledge.people import ABOVE, STRANGER
from knowledge.question.query import Intent
from scheduler.policy import SHANGHAI

_SAYS = regex(
    r"\s*(?:(?:我)?(?:都|全部|均)?已经?(?:都|全部)?转发?(?:了|到群里了|完了|好了)?|转发(?:好|完|过)?了)(?![一-鿿]{3})"
)
_BARE = regex(r"\s*已转发[。.!！]?\s*")
_ALL = regex(r"全部|全都|都(?:已|转)|所有")


def answer(message: Message, ledger: Ledger, now: datetime) -> Outcome | None:
    """What the word that something is forwarded leads to; None for everything else, and that quickly."""
    if "转" not in message.text[:8] or message.group or not _SAYS.match(message.text):
        return None
    everything = errands(ledger)
    codes = codes_in(message.text)
    if any(len(code) < CODE or ledger.coded(code) for code in codes):
        return None  # the short code of an assignment: a report on it
    mine = [one for one in everything if _may_say(message, one)]
    if not codes and not mine:
        if message.quoted and (others := _quoted(message, everything)):
            return others
        return said(words.NOTHING, _VALUE) if _BARE.fullmatch(message.text) else None
    if codes:
        return _coded(message, codes, everything, now)
    waiting = [one for one in mine if one.done is None and one.via == message.conversation]
    quoted = [one for one in mine if message.quoted and message.quoted in one.ids]
    if quoted or len(waiting) == 1 or (waiting and _ALL.search(message.text)):
        return _written(message, quoted or waiting, now)
    if not waiting:
        return said(words.NOTHING, _VALUE)
    listed = "\n".join(map(words.line, waiting[-words.MANY :]))
    return said(words.WHICH.format(n=len(waiting), lines=listed), _VALUE)


_VALUE = Answer(Intent.ACK, answered=True)


def _may_say(message: Message, errand: Errand) -> bool:
    """Who was handed it, where it was handed over; and those who decide for others, anywhere in private."""
    return message.conversation == errand.via or message.role in ABOVE


def _quoted(message: Message, everything: Sequence[Errand]) -> Outcome | None:
    found = [one for one in everything if message.quoted in one.ids]
    return said(words.NOT_YOURS.format(person=found[0].person), _VALUE) if found else None


def _coded(message: Message, codes: Sequence[str], everything: Sequence[Errand], now: datetime) -> Outcome:
    found = [next((one for one in reversed(everything) if code in one.codes), None) for code in codes]
    known = [one for one in found if one is not None]
    if len(known) < len(codes):
        missing = next(code for code, one in zip(codes, found, strict=True) if one is None)
        return said(words.UNKNOWN.format(code=missing), _VALUE)
    others = [one for one in known if not _may_say(message, one)]
    if others:
        return said(words.NOT_YOURS.format(person=others[0].person), _VALUE)
    return _written(message, known, now)


def _written(message: Message, wanted: Sequence[Errand], now: datetime) -> Outcome:
    """The entries of those that nobody has confirmed yet, and a short word on each."""
    today = now.astimezone(SHANGHAI).date()
    replies: list[str] = []
    entries: list[Entry] = []
    for one in wanted:
        if one.done is not None:
            replies.append(words.AGAIN.format(code=one.code, when=moment_words(one.done.at, today)))
            continue
        # Whose private conversation it is the settings say; nobody else has to know that person.
        who = one.person if message.role == STRANGER else message.sender or one.person
        entries += one.forwarded(now, who, message.conversation, message.text)
        group, n = words.group_name(one.conversation), f"{len(one.entries)}项提醒"
        replies.append(words.THANKS.format(when=moment_words(now, today), who=who, group=group, n=n))
    return Outcome((Reply("\n".join(replies)),), tuple(entries), _VALUE)
