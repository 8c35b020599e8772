"""每日上限: how many messages a conversation gets unasked in a day, and what is summed up in a line so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from knowledge.ledger import VERDICTS, Entry, EntryKind, Ledger
from scheduler.days import DAY
from scheduler.notices import Notice, NoticeKind, attempt_key, by_conversation
from scheduler.policy import SHANGHAI, Policy

SHOWN = frozenset({EntryKind.SENT, EntryKind.UNKNOWN, EntryKind.ENTRUSTED})
"""What a conversation has seen, may have, or is to see from a person's hand."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be said now, and what waits because its conversation has had enough for today."""

    notices: tuple[Notice, ...] = ()
    held: tuple[Notice, ...] = ()


def allowed(notices: Sequence[Notice], ledger: Ledger, now: datetime, policy: Policy) -> Owed:
    """`notices` (the most urgent of each conversation first) as far as their conversations' caps allow.

    The first `at_once` reminders are spelt out, the others marked `brief`. Where the cap of the day is used up all of them
    wait, but for what was begun already: tomorrow they are owed at the stage they have then.
    """
    said: list[Notice] = []
    held: list[Notice] = []
    for conversation, group in by_conversation(notices).items():
        own = policy.of(conversation=conversation)
        room = own.cap - said_today(ledger, conversation, now)
        begun = [notice for notice in group if _begun(notice, ledger)]
        fresh = [notice for notice in group if notice not in begun]
        said.extend(begun)
        if room <= 0:
            held.extend(fresh)
        else:
            said.extend(notice.but(room=room, brief=brief) for notice, brief in _spelt_out(fresh, own.at_once))
    return Owed(tuple(said), tuple(held))


def _begun(notice: Notice, ledger: Ledger) -> bool:
    """Whether some of its messages have been shown: what was begun is said to its end."""
    before = ledger.verdict(attempt_key(notice.key, notice.attempt - 1)) if notice.attempt > 1 else None
    return before is not None and bool(before.details.get("parts"))


def _spelt_out(notices: Sequence[Notice], at_once: int) -> Iterator[tuple[Notice, bool]]:
    """The notices, each with whether it is told in brief."""
    count = 0
    for notice in notices:
        count += notice.kind is NoticeKind.REMINDER
        yield notice, notice.kind is NoticeKind.REMINDER and count > at_once


def said_today(ledger: Ledger, conversation: str, now: datetime) -> int:
    """How many messages the bot has posted to a conversation of its own accord on the day of `now`, perhaps sent ones too."""
    named: set[str] = set()
    unnamed: dict[tuple[datetime, str], int] = {}
    known: set[str] = set()
    for entry in _of_day(ledger, now.astimezone(SHANGHAI).date(), conversation):
        if entry.kind not in VERDICTS or entry.key in known:
            continue
        known.add(entry.key)
        ids, parts = entry.details.get("message_ids"), entry.details.get("parts")
        told = set(map(str, ids)) if isinstance(ids, list) else set()
        named |= told
        count = len(parts) if isinstance(parts, list) else int(entry.kind in SHOWN)
        if count > len(told):
            unnamed[entry.at, str(entry.details.get("post", ""))] = count - len(told)
    return len(named) + sum(unnamed.values())


def _of_day(ledger: Ledger, day: date, conversation: str) -> Iterator[Entry]:
    """A conversation's entries of the newest day, from the last one back; the ledger is in the order of time."""
    morning = datetime.combine(day, time(), SHANGHAI)
    for entry in reversed(ledger):
        if entry.at < morning:
            return
        if entry.conversation == conversation and entry.at < morning + DAY:
            yield entry


def hold(notices: Sequence[Notice], ledger: Ledger, now: datetime, reason: str = "cap") -> tuple[Entry, ...]:
    """The entries that tell of notices that wait, once for each: for the cap of the day, a rate, an account."""
    return tuple(
        Entry(
            EntryKind.HELD,
            now,
            conversation=notice.conversation,
            document=notice.document.id if notice.document else "",
            assignment=notice.assignment.id if notice.assignment else "",
            key=f"held|{notice.key}",
            details={"kind": str(notice.kind), "stage": notice.stage, "reason": reason}
            | ({"due": notice.due.isoformat()} if notice.due else {}),
        )
        for notice in notices
        if not ledger.keyed(f"held|{notice.key}")
    )
