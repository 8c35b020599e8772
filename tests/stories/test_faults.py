"""Whatever the register, the clock and the platform do: what was owed is delivered once, or is in the ledger with its reason."""

import asyncio
from collections import Counter
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Rate, Scope, Status, Verdict
from bot.clock import VirtualClock
from knowledge.ledger import Entry, EntryKind
from knowledge.register import Register
from knowledge.store import MemoryStore
from scheduler.notices import parse_key
from scheduler.owed import owed
from scheduler.policy import Policy
from tests.properties import examples
from tests.scheduler.offices import CALENDAR, report
from tests.scheduler.test_owed_properties import MINUTE, registers

ANSWERS = st.sampled_from(
    [Verdict(Status.SENT, "ok"), Verdict(Status.UNKNOWN, "没有答复"), 45009, -1, 93000, 42001, 60020, 846608]
)
RATES = st.sampled_from([(), (Rate(Scope.CREDENTIAL, 1, 600),), (Rate(Scope.CONVERSATION, 1, 3600),)])
POLICIES = st.builds(
    Policy,
    before=st.sampled_from([(7, 3, 1, 0), (1, 0), ()]),
    after=st.sampled_from([(1, 3), ()]),
    weekly=st.booleans(),
    cap=st.integers(1, 4),
    at_once=st.integers(1, 12),
    jitter=st.sampled_from([0, 30]),
)
STEPS = st.lists(
    st.tuples(MINUTE, st.booleans(), st.sampled_from(["", "", "", "done", "crash"])), min_size=1, max_size=25
)


@settings(deadline=None, max_examples=examples(30))
@given(
    register=registers(), policy=POLICIES, steps=STEPS, answers=st.lists(ANSWERS, max_size=30), rates=RATES,
    limit=st.sampled_from([None, 300, 2000]),
)  # fmt: skip
def test_every_owed_stage_is_delivered_once_or_is_in_the_ledger_with_its_reason(
    register: Register,
    policy: Policy,
    steps: list[tuple[datetime, bool, str]],
    answers: list[Verdict | int],
    rates: tuple[Rate, ...],
    limit: int | None,
) -> None:
    store, channel = MemoryStore(register), MemoryChannel(Capabilities(limit=limit, rates=rates), answers)
    clock, wanted = VirtualClock(steps[0][0]), set[str]()
    app = office(store, channel, clock, policy)
    for moment, restarted, happens in steps:  # the clock jumps where it likes
        clock.set(moment)
        if happens == "done":
            store.append(report(register.assignments[0].id, f"{moment:%Y-%m-%d %H:%M}"))
        now = owed(register, store.ledger(), moment, CALENDAR, policy)
        wanted |= {notice.key for notice in (*now.notices, *now.held)}
        if restarted:
            app = office(store, channel, clock, policy)
        if happens == "crash" and now.notices:
            store.claim(now.notices[0].claim, moment)
            app.settle()
        asyncio.run(app.tick())
    told = [(base(entry.key), entry) for entry in store.ledger() if entry.key]
    assert wanted <= {key for key, _ in told}, "lost without a word"
    final = Counter(key for key, entry in told if entry.kind in (EntryKind.SENT, EntryKind.UNKNOWN))
    assert not [key for key, times in final.items() if times > 1], "doubled"
    assert all(reason(entry) for _, entry in told if entry.kind not in (EntryKind.CLAIMED, EntryKind.SENT))


def office(store: MemoryStore, channel: MemoryChannel, clock: VirtualClock, policy: Policy) -> App:
    app = App(store, channel, CALENDAR, clock=clock)
    app._policy = (app.register, 0, policy)
    app.alarms._tell = lambda _sentence: None
    return app


def base(key: str) -> str:
    return key.partition("|")[2] if parse_key(key).attempt > 1 or key.startswith("held|") else key


def reason(entry: Entry) -> object:
    return entry.details.get("raw") or entry.details.get("reason") or entry.words
