"""What is said about errands by itself: once to who was to forward and has not said so, then to the supervisors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from knowledge.errands import Errand, errands
from knowledge.register import Register
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.policy import SHANGHAI
from scheduler.reminders import Moment

ASKED, NAMED = "forward-asked", "forward-named"
"""On the next working day the person is asked; on the one after that the supervisors hear who has not said so."""
FOR = timedelta(days=14)
"""How long an errand is asked after; later the reminders themselves have gone on."""


def errand_notices(moment: Moment, register: Register) -> Iterator[Notice]:
    """What is owed at `moment` about errands without the person's word; nothing on rest days."""
    if not moment.days.works(moment.today):
        return
    for errand in errands(moment.ledger):
        if errand.done is not None or moment.now - errand.at > FOR:
            continue
        handed = errand.at.astimezone(SHANGHAI).date()
        if moment.today >= moment.days.forward(handed, 2) and moment.policy.supervisors:
            yield from _notice(moment, errand, NAMED, moment.policy.supervisors)
        elif moment.today >= moment.days.forward(handed, 1):
            yield from _notice(moment, errand, ASKED, errand.via)


def _notice(moment: Moment, errand: Errand, stage: str, conversation: str) -> Iterator[Notice]:
    key = reminder_key("", errand.at.astimezone(SHANGHAI).date().isoformat(), f"{stage}-{errand.code}", conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if attempt:
        yield Notice(
            NoticeKind.ERRAND, key, conversation, stage, moment.today, attempt=attempt, errand=errand
        )  # fmt: skip
