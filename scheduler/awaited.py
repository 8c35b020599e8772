"""候报事件: assignments whose deadline waits for something to happen are asked after once a quarter, like 全年工作."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.happenings import RECEIPT, events_of
from knowledge.model import Assignment, Document
from knowledge.register import Register
from scheduler.addressees import Addressee, routes
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.reminders import Moment, prompt_of
from scheduler.standing import spoken_of, standing, year_of


def event_prompts(moment: Moment, register: Register) -> Iterator[Notice]:
    """Whether what they wait for has happened, asked in each conversation that hears of such assignments; `register` is dated by
    the ledger. A receipt is not asked after: a unit knows what it has got."""
    current = register.in_force
    heard = routes(current, moment.policy)
    for document in current.documents:
        prompt = prompt_of(moment, document)
        if prompt is None or not spoken_of(document, moment.ledger, moment.now) or not _lasts(document, moment):
            continue
        for one in current.of_document(document.id):
            events = tuple(event for event in events_of(one) if event != RECEIPT)
            if events and not standing(one, moment.ledger, moment.calendar, moment.today).finished:
                for addressee in heard[one.id]:
                    yield from _notice(moment, document, one, events, prompt.slot, addressee)


def _lasts(document: Document, moment: Moment) -> bool:
    """Whether the plan is still of this year or the last."""
    year = year_of(document)
    return year is None or moment.today.year <= year + 1


def _notice(
    moment: Moment, document: Document, one: Assignment, events: tuple[str, ...], slot: str, addressee: Addressee
) -> Iterator[Notice]:
    units = tuple(unit for unit in addressee.units if unit)
    own = moment.policy.of(document.id, addressee.conversation)
    if not (own.remind and own.prompts):
        return
    key = reminder_key(one.id, slot, "event", addressee.conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        kind, today = NoticeKind.EVENT, moment.today
        yield Notice(
            kind,
            key,
            addressee.conversation,
            "event",
            today,
            assignment=one,
            document=document,
            period=slot,
            attempt=attempt,
            units=units,
            events=events,
        )
