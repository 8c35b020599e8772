"""A clock that was set back: what was said about a due date in its future is not followed by what should have come before."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.codes import matter_in
from scheduler.allowance import SHOWN
from scheduler.notices import Notice
from scheduler.reminders import Moment


def not_said_later(notices: Iterable[Notice], moment: Moment) -> tuple[Notice, ...]:
    """`notices` without those about a due date that the ledger knows a later word about, told to the same conversation.

    A clock that runs ahead and is put right must not start the stages anew; nothing else waits for the old time to come again.
    """
    latest = moment.ledger.latest
    if latest is None or latest <= moment.now:
        return tuple(notices)
    return tuple(notice for notice in notices if not _said_later(notice, moment))


def _said_later(notice: Notice, moment: Moment) -> bool:
    if notice.assignment is None:
        return False
    matter = matter_in(notice.key)
    return any(
        entry.kind in SHOWN
        and entry.at > moment.now
        and entry.conversation == notice.conversation
        and entry.details.get("kind") == notice.kind
        and matter_in(entry.key) == matter
        for entry in moment.ledger.of(notice.assignment.id)
    )
