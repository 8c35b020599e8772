"""静默期间: which notices are held back because somebody asked for silence, and the word that ends it.

Nothing is claimed while it lasts, so that what is still owed afterwards is said once, in one message, at the stage it has then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from knowledge.shares import owing
from knowledge.silences import Silence, silences, silent_now
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.policy import SHANGHAI
from scheduler.reminders import Moment

TOLD_FOR = timedelta(days=14)
"""How long after its end a silence is worth mentioning."""
_ABOUT_ASSIGNMENTS = frozenset({NoticeKind.REMINDER, NoticeKind.PROMPT, NoticeKind.EVENT, NoticeKind.ESCALATION})


def unsilenced(notices: Iterable[Notice], moment: Moment) -> tuple[Notice, ...]:
    """`notices` without those that are held back, and before those of a conversation whose silence has ended a word of it."""
    held = silent_now(moment.ledger, moment.now)
    said = [notice for notice in notices if not any(_holds_back(one, notice) for one in held)]
    ended = list(_ended(moment, {notice.conversation for notice in said}))
    return (*ended, *said)


def _holds_back(silence: Silence, notice: Notice) -> bool:
    if not silence.assignment:
        return silence.conversation == notice.conversation
    if notice.assignment is None or notice.assignment.id != silence.assignment or notice.kind not in _ABOUT_ASSIGNMENTS:
        return False
    if not silence.unit:
        return True
    said_to = notice.units or owing(notice.assignment)
    return notice.kind is not NoticeKind.ESCALATION and set(said_to) == {silence.unit}


def _ended(moment: Moment, speaking: set[str]) -> Iterator[Notice]:
    """One word to each conversation that is spoken to again after a silence of its own."""
    for one in silences(moment.ledger):
        if one.assignment or one.conversation not in speaking or one.holds(moment.now) or one.since > moment.now:
            continue
        last = one.ended.astimezone(SHANGHAI).date() if one.ended else one.until
        if moment.today - last > TOLD_FOR:
            continue
        key = reminder_key("silence", one.since.isoformat(), "ended", one.conversation)
        attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
        if attempt:
            kind, since = NoticeKind.SILENCE, one.since.astimezone(SHANGHAI).date()
            yield Notice(kind, key, one.conversation, "ended", moment.today, due=last, was=since, attempt=attempt)
