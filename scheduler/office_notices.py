"""What of the office itself is to be settled, told to its supervisors: bindings that wait, and units that nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.directory import without_liaison
from knowledge.groups import groups_of
from knowledge.ledger import EntryKind
from knowledge.register import Register
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.reminders import Moment

BINDING, NO_LIAISON = "binding", "no-liaison"


def office_notices(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is owed at `moment`; nothing on rest days. A binding is told once, unless it was asked for in their own conversation;
    the units without a liaison on the first working day of each month, once the office enrols people at all."""
    supervisors = moment.policy.supervisors
    if not supervisors or not moment.days.works(moment.today):
        return
    yield from _bindings(moment, register, supervisors)
    yield from _unanswered(moment, register, supervisors)


def _bindings(moment: Moment, register: Register, where: str) -> Iterator[Notice]:
    if not moment.ledger.kinds(EntryKind.GROUPED):
        return
    for wish in groups_of(moment.ledger).waiting(moment.now):
        key = reminder_key("office", wish.code, BINDING, where)
        attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
        if attempt and wish.conversation != where:
            titles = (document.title for id in wish.documents or () if (document := register.document(id)) is not None)
            yield Notice(
                NoticeKind.OFFICE,
                key,
                where,
                BINDING,
                moment.today,
                attempt=attempt,
                wish=wish,
                parts=tuple(titles),
            )


def _unanswered(moment: Moment, register: Register, where: str) -> Iterator[Notice]:
    if not moment.ledger.kinds(EntryKind.ENROLLED) or moment.today != _first_working_day(moment):
        return
    key = reminder_key("office", f"{moment.today:%Y-%m}", NO_LIAISON, where)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    units = without_liaison(register, moment.policy.directory) if attempt else ()
    if units:
        yield Notice(NoticeKind.OFFICE, key, where, NO_LIAISON, moment.today, attempt=attempt, units=units)


def _first_working_day(moment: Moment) -> date:
    return moment.days.on_or_after(moment.today.replace(day=1))
