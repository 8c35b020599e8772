"""One answer in a review → the review after it, what is said back, and the entries to write. Terminal and chat alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handlers import wording_review as said
from handlers.wording_decisions import asked, original
from knowledge.filing import filed_entry
from knowledge.ledger import Entry
from knowledge.model import Draft
from knowledge.register import Difference
from knowledge.review import Act, Review, Reviewer, Ruling, Verb
from knowledge.review.heard import Heard, Wish, heard
from knowledge.review.record import act_entry, ruling_entry
from knowledge.review.wanted import Resolve
from scheduler.calendar import WorkCalendar

_YES = frozenset({"1", "是", "好", "入册", "对", "确认", "可以", "y", "yes", "ok"})
_NO = frozenset({"2", "否", "不", "不入册", "暂不入册", "n", "no"})


class Ending(StrEnum):
    """How a sitting ends: FILED, to be filed as it is now; STOPPED, to go on another time."""

    FILED = "filed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Setting:
    """What an answer is heard in. `bare`: at a terminal, where words without a command are what belongs there.

    `difference` tells what filing a draft would change, `again` how the person goes on after a stop.
    """

    review: Review
    reviewer: Reviewer
    calendar: WorkCalendar
    today: date
    resolve: Resolve
    difference: Callable[[Draft], Difference]
    bare: bool = False
    again: str = "再发“核对”接着来"


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to. `text` is what to say, `entries` what to write before; `ending` None goes on."""

    review: Review
    text: str
    entries: tuple[Entry, ...] = ()
    ending: Ending | None = None


def question(setting: Setting) -> str:
    """What is to be answered now: the next decision, or whether to file."""
    review = setting.review
    if review.current is not None:
        return asked(review, setting.calendar, setting.today, bare=setting.bare)
    return f"{said.finished(review, setting.difference(review.reviewed))}\n{said.AGREE}"


def step(text: str, setting: Setting) -> Step | None:
    """What an answer does; None for words that are no answer, in a chat."""
    if setting.review.current is None and (ending := _last_word(text, setting.bare)):
        return _stopped(text, setting) if ending is Ending.STOPPED else _filed(text, setting)
    found = heard(text, setting.review, setting.resolve, bare=setting.bare)
    match found.wish:
        case Wish.RULE:
            return _ruled(text, found, setting)
        case Wish.BACK:
            return _back(text, setting)
        case Wish.STOP:
            return _stopped(text, setting)
        case Wish.FILE:
            return _filed(text, setting)
        case Wish.SHOW:
            return _again(original(setting.review), setting)
        case Wish.HELP:
            return _again(said.HELP, setting)
        case Wish.UNCLEAR:
            return Step(setting.review, said.unclear(found.slug, found.words))
        case _:
            return Step(setting.review, said.unclear("other", "")) if setting.bare else None


def _last_word(text: str, bare: bool) -> Ending | None:
    """The answer to whether to file."""
    words = text.strip().lower()
    if words in _YES or (bare and not words):
        return Ending.FILED
    return Ending.STOPPED if words in _NO else None


def _again(words: str, setting: Setting) -> Step:
    return Step(setting.review, f"{words}\n\n{question(setting)}")


def _next(words: str, setting: Setting, review: Review, *entries: Entry) -> Step:
    """`words`, and what comes next."""
    asked = question(replace(setting, review=review))
    return Step(review, f"{words}\n\n{asked}" if words else asked, entries)


def _ruled(text: str, found: Heard, setting: Setting) -> Step:
    review, ruling = setting.review, found.ruling
    one = review.current
    if one is None or ruling is None:
        raise ValueError("a ruling is heard only where something is to be decided")
    told = said.ruled(one, ruling.verb, ruling.corrections, review.reviewed)
    entry = ruling_entry(one, ruling, review.reviewed, setting.reviewer, text, _readings(ruling, setting))
    return _next(told, setting, review.ruled(ruling), entry)


def _readings(ruling: Ruling, setting: Setting) -> tuple[str, str]:
    """The reading that was doubted and the one that holds now, in words."""
    review = setting.review
    doubt = review.current.doubt if review.current else None
    old = (doubt.reading or doubt.words or doubt.message) if doubt else ""
    if ruling.verb is Verb.ACCEPTED:
        return old, old
    changes = (said.changed(one, review.reviewed) for one in ruling.corrections)
    return old, "；".join(dict.fromkeys(changes))


def _back(text: str, setting: Setting) -> Step:
    review = setting.review
    if not review.rulings:
        return _again("已经是第一处了。", setting)
    undone = review.rulings[-1]
    entry = act_entry(Act.UNDONE, review.draft.document, setting.reviewer, text, undone.key)
    return _next("退回上一处。", setting, review.back(), entry)


def _stopped(text: str, setting: Setting) -> Step:
    review = setting.review
    entry = act_entry(Act.STOPPED, review.draft.document, setting.reviewer, text)
    return Step(review, said.stopped(review, again=setting.again), (entry,), Ending.STOPPED)


def _filed(text: str, setting: Setting) -> Step:
    review, by = setting.review, setting.reviewer
    difference = setting.difference(review.reviewed)
    entry = filed_entry(review.reviewed, difference, by.at, by.who, by.conversation, review_of=review)
    return Step(review, said.filed(review, difference), (entry,), Ending.FILED)
