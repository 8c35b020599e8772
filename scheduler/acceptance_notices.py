"""What is said about acceptance by itself: to the supervisors what waits for them, to a unit what was returned and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.ledger import EntryKind
from knowledge.register import Register
from knowledge.reported import Reported, unsettled
from scheduler.addressees import routes
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.reminders import Moment

WAITING, RETURNED = "waiting", "returned"
TOLD_FOR = timedelta(days=30)
"""How long a return is worth telling."""


def acceptance_notices(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is owed at `moment`; nothing on rest days, nothing to who heard it in the conversation itself, and each once.

    What waits goes with whatever else the supervisors get that day. What was reported anew since it was returned, or taken
    back, is not told of any more.
    """
    told = moment.ledger.kinds(EntryKind.REPORTED)
    if not told or not moment.days.works(moment.today):
        return
    supervisors = moment.policy.supervisors
    for one in unsettled(moment.ledger):
        if one.waiting and supervisors and one.entry.conversation != supervisors:
            yield from _notice(moment, register, one, WAITING, supervisors)
        elif one.returned and one.stands and _fresh(moment, one):
            for conversation in _hearers(moment, register, one):
                yield from _notice(moment, register, one, RETURNED, conversation)


def _fresh(moment: Moment, one: Reported) -> bool:
    """Whether a return is young and has not been answered by another report of the same share."""
    if one.verdict is None or moment.now - one.verdict.at > TOLD_FOR:
        return False
    later = moment.ledger.reports(one.entry.assignment, one.unit)
    return not any(entry.at > one.verdict.at for entry in later)


def _hearers(moment: Moment, register: Register, one: Reported) -> tuple[str, ...]:
    """Where the unit hears of its assignments; where it listens nowhere, the conversation in which it reported."""
    where = one.verdict.conversation if one.verdict else ""
    heard = routes(register.in_force, moment.policy).get(one.entry.assignment, ())
    own = [each.conversation for each in heard if one.unit in each.units and one.unit not in each.reasons]
    return tuple(
        conversation for conversation in own or [one.entry.conversation] if conversation and conversation != where
    )


def _notice(moment: Moment, register: Register, one: Reported, stage: str, conversation: str) -> Iterator[Notice]:
    assignment = register.in_force.assignment(one.entry.assignment)
    if assignment is None:
        return
    at = (one.verdict.at if one.verdict else one.entry.at).isoformat()
    about = str(one.entry.details.get("about", ""))
    slot = f"acceptance-{stage}/{one.unit}/{at}".replace("|", "/")
    key = reminder_key(assignment.id, about, slot, conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        period = one.entry.details.get("period")
        yield Notice(
            NoticeKind.ACCEPTANCE,
            key,
            conversation,
            stage,
            moment.today,
            assignment=assignment,
            document=register.document(assignment.document),
            due=date.fromisoformat(about) if about else None,
            period=str(period) if period else None,
            attempt=attempt,
            units=(one.unit,) if one.unit else (),
            report=one,
        )
