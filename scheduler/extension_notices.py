"""What is said about extensions by itself: a request to the supervisors, the decision to where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from knowledge.extensions import Request, Step, pending, requests
from knowledge.ledger import EntryKind
from knowledge.register import Register
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.reminders import Moment

TOLD_FOR = timedelta(days=30)
"""How long a decision is worth telling; a request is as long as nobody has decided."""


def extension_notices(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is owed at `moment` about extensions; nothing on rest days, and nothing to who heard it in the conversation itself."""
    if not moment.ledger.kinds(EntryKind.EXTENDED) or not moment.days.works(moment.today):
        return
    for request in pending(moment.ledger):
        if moment.policy.supervisors not in ("", request.conversation):
            yield from _notice(moment, register, request, moment.policy.supervisors)
    for request in requests(moment.ledger).values():
        fresh = request.on is not None and moment.now - request.on <= TOLD_FOR
        if request.step in (Step.APPROVED, Step.REFUSED) and fresh and request.where != request.conversation:
            yield from _notice(moment, register, request, request.conversation)
        supervisors = moment.policy.supervisors
        if request.step is Step.WITHDRAWN and fresh and request.where != supervisors and _heard(moment, request):
            yield from _notice(moment, register, request, supervisors)


def _heard(moment: Moment, request: Request) -> bool:
    """Whether the supervisors were told of a request that was withdrawn since, or may have been."""
    asked = _key(request, Step.ASKED, moment.policy.supervisors)
    return bool(moment.policy.supervisors) and moment.ledger.claimed(asked)


def _key(request: Request, step: Step, conversation: str) -> str:
    stage = f"extension-{step}/{request.unit}/{request.at.isoformat()}".replace("|", "/")
    return reminder_key(request.assignment, request.was.isoformat(), stage, conversation)


def _notice(moment: Moment, register: Register, request: Request, conversation: str) -> Iterator[Notice]:
    assignment = register.in_force.assignment(request.assignment)
    if assignment is None:
        return
    key = _key(request, request.step, conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        yield Notice(
            NoticeKind.EXTENSION,
            key,
            conversation,
            str(request.step),
            moment.today,
            assignment=assignment,
            document=register.document(assignment.document),
            due=request.was,
            period=request.period,
            attempt=attempt,
            units=(request.unit,) if request.unit else (),
            request=request,
        )
