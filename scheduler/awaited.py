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
    if not moment.days.works(moment.today) or not waiting(current):
        return
    heard = routes(current, moment.policy)
    for one, events in waiting(current):
        document = current.document(one.document)
        prompt = prompt_of(moment, document) if document else None
        if document is None or prompt is None or not _lasts(document, moment):
            continue
        if spoken_of(document, moment.ledger, moment.now) and not _finished(moment, one):
            for addressee in heard[one.id]:
                yield from _notice(moment, document, one, events, prompt.slot, addressee)


Waiting = tuple[tuple[Assignment, tuple[str, ...]], ...]


def waiting(register: Register) -> Waiting:
    """The assignments that wait for something that can be reported, with what it is; receipts left out."""
    found: Waiting = register.remembered.of((_EVENTS,), lambda: tuple(_waiting(register)))
    return found


_EVENTS = "events"


def _waiting(register: Register) -> Iterator[tuple[Assignment, tuple[str, ...]]]:
    for one in register.assignments:
        if events := tuple(event for event in events_of(one) if event != RECEIPT):
            yield one, events


def _finished(moment: Moment, one: Assignment) -> bool:
    return standing(one, moment.ledger, moment.calendar, moment.today).finished


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
