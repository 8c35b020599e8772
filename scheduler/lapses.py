"""过时未发: what was refused for the moment and has lost its meaning before it could be said again, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from knowledge.ledger import VERDICTS, Entry, EntryKind, Ledger
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.days import office_days
from scheduler.notices import KeyParts, attempt_key, parse_key
from scheduler.owed import owed
from scheduler.policy import SHANGHAI, Policy, within

REMEMBERED = timedelta(days=60)
"""How far back failures are looked at: a stage is over long before."""
_SAID = VERDICTS | {EntryKind.CLAIMED, EntryKind.LAPSED, EntryKind.HELD}


def lapses(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Entry, ...]:
    """The entries that end the repetitions of what is not owed any more at `now` (aware), each with its reason.

    A notice is only taken for lapsed on a day on which its conversation may still be spoken to, and not when its turn of
    that day is yet to come.
    """
    waiting = {base: entry for base, entry in _waiting(ledger, now, policy) if _may_come(entry, now, policy)}
    today = now.astimezone(SHANGHAI).date()
    if not waiting or not office_days(calendar).works(today):
        return ()
    present = _present(waiting, register, ledger, now, calendar, policy)
    return tuple(
        _lapsed(base, entry, _why(parse_key(base), entry, register, ledger, present), now)
        for base, entry in waiting.items()
        if base not in present
    )


def _waiting(ledger: Ledger, now: datetime, policy: Policy) -> Iterator[tuple[str, Entry]]:
    """The notices whose last attempt failed for the moment, with that failure."""
    for entry in reversed(ledger.kinds(EntryKind.FAILED)):
        if now - entry.at > REMEMBERED:
            return
        parts = parse_key(entry.key)
        if entry.details.get("permanent") or not parts.conversation or parts.attempt > len(policy.back_off):
            continue
        base = entry.key.partition("|")[2] if parts.attempt > 1 else entry.key
        if ledger.keyed(entry.key)[-1] is entry and not ledger.keyed(attempt_key(base, parts.attempt + 1)):
            yield base, entry


def _may_come(entry: Entry, now: datetime, policy: Policy) -> bool:
    """Whether its conversation may still be spoken to today."""
    return now <= _last_moment(parse_key(entry.key).conversation, now, policy)


def _last_moment(conversation: str, now: datetime, policy: Policy) -> datetime:
    """The last second of the day in which a conversation may be spoken to."""
    own = policy.of(conversation=conversation)
    moment = datetime.combine(now.astimezone(SHANGHAI).date(), own.quiet_from, SHANGHAI) - timedelta(seconds=1)
    for start, _ in own.pauses:
        if any(within(moment.time(), pause) for pause in own.pauses):
            moment = datetime.combine(moment.date(), start, SHANGHAI) - timedelta(seconds=1)
    return moment


def _present(
    waiting: Iterable[str],
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy,
) -> frozenset[str]:
    """The keys of all that is owed today or will be, as if nothing of it had been said."""
    unsaid = Ledger(tuple(entry for entry in ledger if entry.kind not in _SAID))
    moments = {_last_moment(parse_key(base).conversation, now, policy) for base in waiting}
    found = [owed(register, unsaid, moment, calendar, policy.apart) for moment in moments]
    return frozenset(notice.key for one in found for notice in (*one.notices, *one.held))


def _why(key: KeyParts, entry: Entry, register: Register, ledger: Ledger, present: frozenset[str]) -> str:
    """Why it is not owed any more."""
    others = (parse_key(other) for other in present)
    same = (key.assignment, key.slot, key.conversation)
    later = next((one.stage for one in others if (one.assignment, one.slot, one.conversation) == same), "")
    if later:
        return f"没有发出时已到下一阶段（{later}），改按新的阶段提醒"
    if key.assignment and register.in_force.assignment(key.assignment) is None and entry.assignment:
        return "任务已撤销，或文件已被替代"
    if any(report.at >= entry.at for report in ledger.reports(key.assignment)):
        return "其间已有进展报告，不再需要提醒"
    return "没有发出时这一阶段已经过去"


def _lapsed(base: str, entry: Entry, why: str, now: datetime) -> Entry:
    """The entry that takes the place of the next attempt."""
    attempt = parse_key(entry.key).attempt + 1
    kept = {name: entry.details[name] for name in ("kind", "stage", "due", "code", "units") if name in entry.details}
    return Entry(
        EntryKind.LAPSED,
        now,
        conversation=entry.conversation,
        words=why,
        document=entry.document,
        assignment=entry.assignment,
        key=attempt_key(base, attempt),
        details={**kept, "attempt": attempt, "reason": why},
    )
