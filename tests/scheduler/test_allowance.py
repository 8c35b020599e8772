"""Whatever the office, its rules and its groups: no rest day, no more than promised, nothing lost, always the same."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities
from bot.clock import VirtualClock
from bot.outbox import Outbox
from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Duty, Role
from knowledge.register import Register
from knowledge.store import MemoryStore
from scheduler.addressees import conversations
from scheduler.allowance import hold
from scheduler.days import office_days
from scheduler.notices import parse_key
from scheduler.owed import moments, owed
from scheduler.policy import SHANGHAI, Policy, Rule
from tests.scheduler.offices import ALL_YEAR, CALENDAR, Office, at, by, duty, register_of

FIRST, LAST = date(2026, 9, 22), date(2026, 10, 13)  # with the Mid-Autumn and National Day holidays
DAYS = office_days(CALENDAR)
UNITS = ("市财政局", "市民政局", "市档案局")
DUE = st.dates(date(2026, 9, 10), date(2026, 10, 20)).map(lambda day: by(day.isoformat()))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    rows = []
    for n in range(1, draw(st.integers(2, 9))):
        deadline = draw(st.one_of(DUE, DUE, st.just(ALL_YEAR)))
        leads = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True))
        rows.append(replace(duty(n, deadline), duties=tuple(Duty(unit, Role.LEAD) for unit in leads)))
    return register_of(*rows)


STAGES = st.lists(st.integers(1, 8), max_size=3, unique=True).map(tuple)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    own = draw(st.sampled_from([None, "财政群", "工作群"]))
    rule = Rule("第1条", (("before", (*draw(STAGES), 0)),), units=frozenset({"市民政局"}))
    return Policy(
        supervisors=draw(st.sampled_from(["", "督查群"])),
        before=(*draw(STAGES), 0),
        after=draw(STAGES),
        weekly=draw(st.booleans()),
        jitter=draw(st.integers(0, 10)),
        cap=draw(st.integers(1, 3)),
        at_once=draw(st.integers(1, 4)),
        rules=(rule,) if draw(st.booleans()) else (),
        directory=Directory({own: ("市财政局",)} if own else {}),
    )


def played(register: Register, policy: Policy, limit: int | None = None) -> tuple[tuple[Entry, ...], list[str]]:
    """A month of ticks: the ledger after it, and every text that was posted."""
    store, clock = MemoryStore(register), VirtualClock(at("2026-09-22 00:00"))
    channel = MemoryChannel(Capabilities(limit=limit))
    outbox = Outbox(store, lambda _: channel, clock)

    async def ticking() -> None:
        for moment in moments(FIRST, LAST, policy, conversations(register, policy)):
            clock.set(moment)
            found = owed(register, store.ledger(), moment, CALENDAR, policy)
            store.append(*hold(found.held, store.ledger(), moment))
            await outbox.deliver(found.notices)

    asyncio.run(ticking())
    return store.ledger().entries, [posted.text for posted in channel.posted]


@settings(deadline=None, max_examples=6)
@given(register=registers(), policy=policies(), limit=st.sampled_from([None, 400, 900]))
def test_never_on_a_rest_day_unless_due_then_and_never_more_messages_a_day_than_promised(
    register: Register, policy: Policy, limit: int | None
) -> None:
    entries, _ = played(register, policy, limit)
    sent = [entry for entry in entries if entry.kind is EntryKind.SENT]
    for entry in sent:
        day = entry.at.astimezone(SHANGHAI).date()
        assert DAYS.works(day) or entry.details["due"] == day.isoformat()
        assert policy.may_post(entry.at, entry.conversation)
    shown = {(e.conversation, e.at.date(), id) for e in sent for id in e.details["message_ids"]}  # type: ignore[attr-defined]
    assert max(Counter((conversation, day) for conversation, day, _ in shown).values(), default=0) <= policy.cap


@settings(deadline=None, max_examples=6)
@given(register=registers(), policy=policies(), limit=st.sampled_from([None, 400]))
def test_what_an_unlimited_office_would_say_is_said_summed_up_or_in_the_ledger_with_its_reason(
    register: Register, policy: Policy, limit: int | None
) -> None:
    everything, _ = played(register, replace(policy, cap=100, at_once=100))
    entries, _ = played(register, policy, limit)
    wanted = {entry.key for entry in everything if entry.kind is EntryKind.SENT}
    said = {entry.key for entry in entries if entry.kind is EntryKind.SENT}
    held = {entry.key.removeprefix("held|") for entry in entries if entry.kind is EntryKind.HELD}
    assert wanted == {key for key in said | held if parse_key(key).stage != "week" or key in wanted}
    assert said <= {entry.key for entry in entries if entry.kind is EntryKind.CLAIMED}


@settings(deadline=None, max_examples=3)
@given(register=registers(), policy=policies())
def test_the_same_office_says_the_same_again(register: Register, policy: Policy) -> None:
    assert played(register, policy) == played(register, replace(policy))


def test_what_a_message_has_no_room_for_is_one_line_and_counts_as_said() -> None:
    office = Office(register_of(*(duty(n, by("2026-07-15"), unit=UNITS[n % 3]) for n in range(1, 16))))
    (posted,) = office.tick("2026-07-15 09:00")
    assert posted.text.count("\n· ") == 12
    assert (
        "\n另有3项（其中今天到期3项）：市民政局（牵头单位）1项、市档案局（牵头单位）1项、市财政局（牵头单位）1项，发“更多”查看。\n"
        in posted.text
    )
    sent = office.store.ledger().kinds(EntryKind.SENT)
    assert [bool(entry.details.get("brief")) for entry in sent] == [False] * 12 + [True] * 3
    assert office.tick("2026-07-15 09:01", "2026-07-15 15:00") == []


def test_what_comes_up_when_the_day_is_full_waits_is_in_the_ledger_once_and_comes_the_next_day() -> None:
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-16"))))
    office.app._policy = office.app.register, 0, Policy(cap=1)
    office.store.claim("plan#2|2026-07-16|T-1|工作群", at("2026-07-15 08:00"))
    assert len(office.tick("2026-07-15 09:00")) == 1
    more = register_of(*(duty(n, by("2026-07-15")) for n in (1, 2, 3)))
    held = owed(more, office.store.ledger(), at("2026-07-15 10:00"), CALENDAR, Policy(cap=1)).held
    assert [notice.key for notice in held] == ["plan#2|2026-07-15|T|工作群", "plan#3|2026-07-15|T|工作群"]
    entries = hold(held, office.store.ledger(), at("2026-07-15 10:00"))
    assert [(e.kind, e.details["reason"], e.details["due"]) for e in entries] == [("held", "cap", "2026-07-15")] * 2
    assert hold(held, office.store.ledger().plus(*entries), at("2026-07-15 10:01")) == ()
    later = owed(
        more,
        office.store.ledger().plus(*entries),
        at("2026-07-16 09:00") + timedelta(minutes=1),
        CALENDAR,
        Policy(cap=1),
    )
    assert {notice.stage for notice in later.notices} == {"+1"}
