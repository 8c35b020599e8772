"""Whatever the register and whenever the clock ticks: nothing twice, nothing lost, nothing stale."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Status, Verdict
from bot.clock import VirtualClock
from bot.outbox import Outbox
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment, Deadline, Every
from knowledge.register import Register
from knowledge.store import MemoryStore
from scheduler.days import office_days
from scheduler.owed import moments, notices_due
from scheduler.policy import SHANGHAI, Policy
from tests.scheduler.offices import ALL_YEAR, CALENDAR, by, duty, every, register_of

FIRST, LAST = date(2026, 7, 1), date(2026, 10, 31)
POLICY = Policy()
DAYS = office_days(CALENDAR)
DUE = st.dates(date(2026, 6, 20), date(2026, 10, 12))
DEADLINE = st.one_of(
    DUE.map(lambda day: by(day.isoformat())),
    DUE.map(lambda day: by(day.isoformat())),
    st.sampled_from([ALL_YEAR, every(Every.MONTH), every(Every.QUARTER, day=10, after_period=True)]),
)
MINUTE = st.builds(
    lambda n, minute: datetime.combine(FIRST, time(), SHANGHAI) + timedelta(days=n, minutes=minute),
    st.integers(0, (LAST - FIRST).days),
    st.integers(0, 24 * 60 - 1),
)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    deadlines = draw(st.lists(st.lists(DEADLINE, min_size=1, max_size=2), min_size=1, max_size=5))
    return register_of(*(duty(n, *found) for n, found in enumerate(deadlines, 1)))


def run(register: Register, at: list[datetime], script: list[Verdict]) -> tuple[MemoryStore, MemoryChannel]:
    """Tick at these moments; the store and the channel after it."""
    store, clock, channel = MemoryStore(register), VirtualClock(at[0]), MemoryChannel(script=script)
    outbox = Outbox(store, lambda _: channel, clock)

    async def ticking() -> None:
        for moment in at:
            clock.set(moment)
            await outbox.deliver(notices_due(register, store.ledger(), moment, CALENDAR, POLICY))

    asyncio.run(ticking())
    return store, channel


def singles(register: Register) -> list[tuple[Assignment, Deadline]]:
    return [(a, d) for a in register.assignments for d in a.deadlines if d.due]


@settings(deadline=None, max_examples=25)
@given(register=registers(), at=st.lists(MINUTE, min_size=1, max_size=60))
def test_at_random_moments_in_any_order_no_key_is_posted_twice(register: Register, at: list[datetime]) -> None:
    store, _ = run(register, at, [])
    sent = Counter(entry.key for entry in store.ledger().kinds(EntryKind.SENT))
    assert set(sent.values()) <= {1}
    assert all(POLICY.may_post(entry.at) for entry in store.ledger())


FAULTS = st.sampled_from(
    [
        Verdict(Status.FAILED, "busy"),
        Verdict(Status.FAILED, "refused", permanent=True),
        Verdict(Status.UNKNOWN, "no answer"),
        Verdict(Status.SENT, "ok"),
    ]
)


@settings(deadline=None, max_examples=25)
@given(register=registers(), at=st.lists(MINUTE, min_size=1, max_size=40), script=st.lists(FAULTS, max_size=40))
def test_whatever_the_platform_answers_each_claim_has_one_verdict_and_nothing_settled_is_repeated(
    register: Register, at: list[datetime], script: list[Verdict]
) -> None:
    store, _ = run(register, sorted(at), script)
    ledger = store.ledger()
    claims = Counter(entry.key for entry in ledger.kinds(EntryKind.CLAIMED))
    verdicts = Counter(entry.key for entry in ledger.kinds(EntryKind.SENT, EntryKind.FAILED, EntryKind.UNKNOWN))
    assert claims == verdicts
    assert set(claims.values()) <= {1}
    final = Counter(entry.key.split("|", entry.key.startswith("again-"))[-1] for entry in ledger if is_final(entry))
    assert set(final.values()) <= {1}


def is_final(entry: Entry) -> bool:
    """Whether nothing may come after this verdict on a notice."""
    if entry.kind is EntryKind.FAILED:
        return bool(entry.details["permanent"])
    return entry.kind in (EntryKind.SENT, EntryKind.UNKNOWN)


@settings(deadline=None, max_examples=8)
@given(register=registers())
def test_every_deadline_gets_all_its_stages(register: Register) -> None:
    store, _ = run(register, list(moments(FIRST, LAST, POLICY)), [])
    keys = {entry.key for entry in store.ledger().kinds(EntryKind.SENT)}
    for assignment, deadline in singles(register):
        assert deadline.due is not None
        if DAYS.back(DAYS.on_or_before(deadline.due), 7) >= FIRST:
            wanted = {
                f"{assignment.id}|{deadline.due}|{stage}|工作群" for stage in ("T-7", "T-3", "T-1", "T", "+1", "+3")
            }
            assert wanted <= keys


@settings(deadline=None, max_examples=8)
@given(register=registers(), more=st.lists(MINUTE, max_size=60))
def test_ticks_between_the_moments_say_nothing_that_the_moments_do_not(
    register: Register, more: list[datetime]
) -> None:
    sparse, _ = run(register, list(moments(FIRST, LAST, POLICY)), [])
    dense, _ = run(register, sorted([*moments(FIRST, LAST, POLICY), *more]), [])
    assert [e.key for e in dense.ledger()] == [e.key for e in sparse.ledger()]


@settings(deadline=None, max_examples=20)
@given(register=registers(), off=DUE, nights=st.integers(1, 15))
def test_after_any_silence_one_message_tells_what_is_owed_at_its_present_stage(
    register: Register, off: date, nights: int
) -> None:
    back = off + timedelta(days=nights)
    store, channel = run(register, list(moments(FIRST, max(FIRST, off), POLICY)), [])
    clock = VirtualClock(datetime.combine(back, time(9, 0), SHANGHAI))
    before = len(channel.posted)
    outbox = Outbox(store, lambda _: channel, clock)
    owed = notices_due(register, store.ledger(), clock.now(), CALENDAR, POLICY)
    asyncio.run(outbox.deliver(owed))
    assert len(channel.posted) - before == bool(owed)
    assert len({(n.assignment.id if n.assignment else "", n.due, n.kind) for n in owed}) == len(owed)
    assert notices_due(register, store.ledger(), clock.now(), CALENDAR, POLICY) == ()
