"""The great promise: whatever the register, the rules, the clock, the platform and the power do, every stage that is owed is
delivered exactly once, or the ledger has its reason."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.protocol import Status, Trouble, Verdict
from bot.judgement import Expected, judged
from bot.rehearsal import OK, Player, Rehearsal, Shown
from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment, Every
from knowledge.register import Register
from knowledge.silences import Silence
from knowledge.store import MemoryStore
from scheduler.notices import Notice, NoticeKind, reminder_key
from scheduler.owed import owed
from scheduler.policy import SHANGHAI, Policy, Rule
from tests.properties import examples
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, by, duty, every, register_of, report

FIRST = datetime(2026, 9, 14, 8, 0, tzinfo=SHANGHAI)  # the weeks around 国庆, the longest rest of the year
DUE = st.dates(date(2026, 9, 15), date(2026, 10, 30))
UNITS = "市财政局", "市民政局", "市教育局"
FAULTS: dict[str, tuple[bool, Verdict]] = {
    "ok": (True, OK),
    "busy": (False, Verdict(Status.FAILED, "busy", trouble=Trouble.SERVER)),
    "limited": (False, Verdict(Status.FAILED, "slow down", retry_after=90, trouble=Trouble.RATE)),
    "refused": (False, Verdict(Status.FAILED, "gone", permanent=True, trouble=Trouble.TARGET)),
    "answer lost": (True, Verdict(Status.UNKNOWN, "no answer", trouble=Trouble.SILENCE)),
    "request lost": (False, Verdict(Status.UNKNOWN, "no answer", trouble=Trouble.SILENCE)),
}
ANSWERS = st.lists(st.sampled_from(["ok", "ok", "ok", *FAULTS]), max_size=40)


class Killed(BaseException):
    """The process is gone."""


class MortalStore(MemoryStore):
    """A store whose process dies after so many steps, between any two of them; what it has written stays."""

    left: int | None = None

    def _step(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed

    def append(self, *entries: Entry) -> None:
        self._step()
        super().append(*entries)
        self._step()


def workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def counted(day: date, workdays: int) -> date:
    """The day so many working days after (before) another, counted one by one."""
    while workdays:
        day += timedelta(days=1 if workdays > 0 else -1)
        workdays -= workday(day) * (1 if workdays > 0 else -1)
    return day


def stage_on(day: date, due: date, before: tuple[int, ...], after: tuple[int, ...]) -> str | None:
    """The stage of a due date on a day, as docs/提醒.md has it; None where none is, or the weekly ones have begun."""
    last = due
    while not workday(last):
        last -= timedelta(days=1)
    opens = {counted(last, -n): f"T-{n}" if n else "T" for n in before} | {counted(due, n): f"+{n}" for n in after}
    begun = [opened for opened in opens if opened <= day]
    if not begun or (max(begun) == max(opens) and day - max(*opens, due) >= timedelta(days=5)):
        return None
    return opens[max(begun)]


# ---------------------------------------------------------------- what happens
@dataclass
class World:
    """An office with what is owed by the book beside it."""

    register: Register
    policy: Policy
    store: MortalStore
    answers: list[str]
    shown: list[Shown] = field(default_factory=list)
    expected: dict[str, tuple[Notice, datetime]] = field(default_factory=dict)
    now: datetime = FIRST

    def started(self) -> Player:
        def answer(_number: int, _at: datetime) -> tuple[bool, Verdict]:
            return FAULTS[self.answers.pop(0) if self.answers else "ok"]

        office = Rehearsal(self.store, self.register, CALENDAR, self.policy)
        player = office.player(self.shown.append, answer)
        player.clock.set(self.now)
        player.outbox.settle()
        return player

    def by_the_book(self) -> Iterator[tuple[str, Notice]]:
        """The reminders of dated assignments that their conversations should have by now."""
        if not workday(self.now.date()):
            return
        for one in self.register.assignments:
            for unit in (held.unit for held in one.duties):
                for conversation in self.listening(unit):
                    own = self.policy.of(one.document, conversation, unit)
                    if own.remind and self.policy.may_post(self.now, conversation) and not self.silent(conversation):
                        yield from self.stages(one, conversation, own)

    def listening(self, unit: str) -> list[str]:
        bound = [name for name, units in self.policy.directory.units.items() if unit in units]
        bound += list(self.register.bindings)
        return bound or [self.policy.default_conversation or self.policy.supervisors]

    def silent(self, conversation: str) -> bool:
        told = [e for e in self.store.ledger().kinds(EntryKind.SILENCED) if e.conversation == conversation]
        return bool(told) and date.fromisoformat(str(told[-1].details["until"])) >= self.now.date()

    def stages(self, one: Assignment, conversation: str, own: Policy) -> Iterator[tuple[str, Notice]]:
        if self.store.ledger().reports(one.id):
            return
        for due in (deadline.due for deadline in one.deadlines if deadline.due):
            stage = stage_on(self.now.date(), due, own.before, own.after)
            if stage is not None:
                key = reminder_key(one.id, due.isoformat(), stage, conversation)
                yield (
                    key,
                    Notice(NoticeKind.REMINDER, key, conversation, stage, self.now.date(), assignment=one, due=due),
                )


DEADLINES = st.lists(
    st.one_of(
        DUE.map(lambda day: by(day.isoformat())), st.sampled_from([ALL_YEAR, every(Every.MONTH), every(Every.WEEK)])
    ),
    min_size=1,
    max_size=2,
)
STAGES = st.lists(st.integers(1, 8), max_size=3, unique=True).map(tuple)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    rows = draw(st.lists(st.tuples(DEADLINES, st.sampled_from(UNITS)), min_size=1, max_size=5))
    rows = [([d for n, d in enumerate(found) if d not in found[:n]], unit) for found, unit in rows]
    bindings = draw(st.sampled_from([{}, {"专班群": PLAN.id}]))
    register = register_of(*(duty(n, *found, unit=unit) for n, (found, unit) in enumerate(rows, 1)), **bindings)
    rule = Rule(
        "第1条", draw(st.sampled_from([(("before", (10, 2)),), (("remind", False),)])), units=frozenset(UNITS[:1])
    )
    policy = Policy(
        default_conversation=draw(st.sampled_from(["工作群", ""])),
        supervisors="督查群",
        leaders=draw(st.sampled_from(["", "领导群"])),
        before=(*draw(STAGES), 0),
        after=draw(STAGES) or (1,),
        weekly=draw(st.booleans()),
        jitter=draw(st.sampled_from([0, 10])),
        cap=draw(st.sampled_from([1, 2, 4])),
        at_once=draw(st.sampled_from([1, 12])),
        pauses=draw(st.sampled_from([(), ((time(12), time(14)),)])),
        summary=draw(st.booleans()),
        rules=draw(st.sampled_from([(), (rule,)])),
        directory=Directory(
            draw(st.sampled_from([{}, {"财政群": UNITS[:1]}, {"财政群": UNITS[:1], "两局群": UNITS[:2]}]))
        ),
    )
    filed = Entry(EntryKind.FILED, FIRST - timedelta(days=60), document=PLAN.id)
    return World(register, policy, MortalStore(register, filed), draw(ANSWERS))


HOUR, DAY = 60, 24 * 60
SPANS = st.sampled_from([1, 5, 35, HOUR, 3 * HOUR, 7 * HOUR, DAY, DAY, DAY, DAY, 3 * DAY, 7 * DAY, -HOUR, -DAY])
EVENTS = st.one_of(
    st.none(), st.none(), st.none(), st.integers(1, 12), st.sampled_from(["restart", "report", "silence", "received"])
)


async def live(world: World, steps: list[tuple[int, int | str | None]]) -> None:
    player = world.started()
    for minutes, event in steps:
        world.now += timedelta(minutes=minutes)
        if isinstance(event, str):
            player = happen(world, player, event)
        world.store.left = event if isinstance(event, int) else None
        owing = dict(world.by_the_book())
        try:
            await player.at(world.now)
        except Killed:
            world.store.left = None
            player = world.started()
        world.store.left = None
        for key, notice in owing.items():
            world.expected[key] = notice, world.now
    world.answers.clear()  # at the end the platform is well, for two working days
    for _ in range(2):
        day = counted(world.now.date(), 1)
        for hour, minute in ((10, 0), (10, 15), (11, 0), (15, 0), (18, 0)):
            world.now = datetime.combine(day, time(hour, minute), SHANGHAI)
            await player.at(world.now)


def happen(world: World, player: Player, event: str) -> Player:
    now = world.now
    if event == "restart":
        return world.started()
    if event == "report":
        world.store.append(report("plan#1", f"{now:%Y-%m-%d %H:%M}"))
    elif event == "silence":
        silence = Silence("工作群", now, now.date() + timedelta(days=2), who="张晓")
        world.store.append(silence.entry("静默"))
    else:
        world.store.append(Entry(EntryKind.ACKNOWLEDGED, now, assignment="plan#1", unit="市财政局"))
    return player


def keeps_its_promise(world: World, steps: list[tuple[int, int | str | None]]) -> None:
    logging.disable(logging.CRITICAL)
    try:
        asyncio.run(live(world, steps))
    finally:
        logging.disable(logging.NOTSET)
    ledger = world.store.ledger()
    still = owed(world.register, ledger, world.now, CALENDAR, world.policy)
    reported = {one.assignment for one in ledger.kinds(EntryKind.REPORTED)}
    expected: Expected = {
        key: told
        for key, told in world.expected.items()
        if told[0].assignment and told[0].assignment.id not in reported
    }
    found = judged(expected, world.shown, ledger, [one.key for one in (*still.notices, *still.held)])
    assert not found.lost
    assert not found.doubled
    assert not found.untrue


ANY = {"worlds": worlds(), "steps": st.lists(st.tuples(SPANS, EVENTS), min_size=1, max_size=40)}
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(deadline=None, max_examples=examples(25), suppress_health_check=CHECKS)
@given(world=ANY["worlds"], steps=ANY["steps"])
def test_every_stage_is_delivered_exactly_once_or_is_in_the_ledger_with_its_reason(world: World, steps: list) -> None:
    keeps_its_promise(world, steps)


@pytest.mark.chaos
@settings(deadline=None, max_examples=1500, suppress_health_check=CHECKS)
@given(world=ANY["worlds"], steps=ANY["steps"])
def test_for_a_long_time_every_stage_is_delivered_exactly_once_or_is_in_the_ledger(world: World, steps: list) -> None:
    keeps_its_promise(world, steps)
