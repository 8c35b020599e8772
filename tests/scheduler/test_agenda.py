"""What is found by the days on which something opens is what a look at everything finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Every
from knowledge.silences import Silence
from scheduler.agenda import agenda_of
from scheduler.allowance import Owed
from scheduler.lull import lull_of
from scheduler.owed import notices_due, owed, prepare
from scheduler.policy import SHANGHAI, Policy, Rule
from tests.properties import examples
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, at, by, duty, every, register_of, report, settled

FIRST = date(2026, 11, 20)
DAY = st.dates(date(2026, 11, 2), date(2027, 2, 1))
DEADLINE = st.one_of(
    DAY.map(lambda day: by(day.isoformat())),
    st.sampled_from([ALL_YEAR, every(Every.MONTH), every(Every.WEEK, weekday=4), every(Every.DAY)]),
)
ASSIGNMENTS = st.lists(
    st.tuples(st.lists(DEADLINE, min_size=1, max_size=2), st.sampled_from(["市财政局", "市民政局"])),
    min_size=1,
    max_size=6,
)
SENT = EntryKind.SENT, {}
ENDING = st.sampled_from(
    [
        SENT,
        (EntryKind.FAILED, {"permanent": False}),
        (EntryKind.FAILED, {"permanent": True}),
        (EntryKind.UNKNOWN, {}),
        (EntryKind.UNKNOWN, {"repeats": True}),
        (EntryKind.ENTRUSTED, {}),
        None,
    ]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 10, 60, 15 * 60, 24 * 60, 24 * 60, 24 * 60, 3 * 24 * 60, 15 * 24 * 60, -24 * 60, -5]),
        st.one_of(st.just([(n, SENT) for n in range(40)]), st.lists(st.tuples(st.integers(0, 9), ENDING), max_size=12)),
        st.sampled_from([None, None, None, "prepare", "report", "received", "silence", "refile", "branch"]),
    ),
    min_size=1,
    max_size=30,
)
POLICY = Policy(
    supervisors="督查群",
    leaders="领导群",
    cap=100,
    default_conversation="",
    jitter=10,
    directory=Directory({"财政群": ("市财政局",)}),
    rules=(Rule("第1条", (("before", (10, 2)),), units=frozenset({"市财政局"})),),
)


@settings(deadline=None, max_examples=examples(60))
@given(assignments=ASSIGNMENTS, steps=STEPS, cap=st.sampled_from([100, 2]))
def test_whatever_happens_in_whatever_order_the_agenda_finds_what_a_scan_finds(
    assignments: list, steps: list, cap: int
) -> None:
    register = register_of(*(duty(n, *found, unit=unit) for n, (found, unit) in enumerate(assignments, 1)))
    policy, ledger = (
        replace(POLICY, cap=cap),
        Ledger((Entry(EntryKind.FILED, at("2026-11-02 08:00"), document=PLAN.id),)),
    )
    now = datetime.combine(FIRST, time(9, 15), SHANGHAI)
    for minutes, said, happened in steps:
        now += timedelta(minutes=minutes)
        known = owed(register, ledger, now, CALENDAR, policy)
        assert known == owed(register, ledger, now, CALENDAR, replace(policy))
        before, found = ledger, known.notices
        for place, ending in said:
            if place < len(found) and not ledger.keyed(found[place].claim):
                ledger = ledger.plus(*settled(found[place], now, ending))
        if happened == "prepare":
            prepare(register, ledger, now, CALENDAR, policy)
        elif happened == "silence":
            until = (now + timedelta(days=2)).date()
            ledger = ledger.plus(Silence("财政群", now, until, "plan#1" if minutes else "").entry("静默两天"))
        elif happened == "report":
            ledger = ledger.plus(report("plan#1", f"{now:%Y-%m-%d %H:%M}", status="doing" if minutes else "done"))
        elif happened == "received":
            ledger = ledger.plus(Entry(EntryKind.ACKNOWLEDGED, now, assignment="plan#1", unit="市财政局"))
        elif happened == "refile":
            ledger = ledger.plus(Entry(EntryKind.FILED, now, document=PLAN.id))
        elif happened == "branch":
            ledger = before.plus(report("plan#2", f"{now:%Y-%m-%d %H:%M}"))


def test_what_has_been_said_is_looked_at_once_more_and_then_not_until_its_next_stage() -> None:
    register, policy = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-12-15"))), Policy(summary=False)
    ledger, seen = Ledger(), []
    for morning in ("2026-07-06 09:00", "2026-07-07 09:00", "2026-07-08 09:00", "2026-07-10 09:00"):
        agenda = agenda_of(register, CALENDAR, policy)
        seen.append([one.id for one in agenda.awake(ledger, at(morning).date())])
        for notice in notices_due(register, ledger, at(morning), CALENDAR, policy):
            ledger = ledger.plus(*settled(notice, at(morning), (EntryKind.SENT, {})))
    assert seen == [["plan#1", "plan#2"], ["plan#1"], [], ["plan#1"]]


def test_between_the_minutes_in_which_something_can_come_up_nothing_is_looked_at() -> None:
    register, policy = register_of(duty(1, by("2026-07-15"))), Policy(summary=False, pauses=((time(9, 30), time(10)),))
    lull, ledger = lull_of(register, CALENDAR, policy), Ledger()
    known = []
    for minute in (
        "07-05 23:59",
        "07-06 00:00",
        "07-06 08:59",
        "07-06 09:00",
        "07-06 09:20",
        "07-06 10:01",
        "07-06 23:00",
    ):
        known.append(lull.owed(ledger, at(f"2026-{minute}"), policy) is not None)
        for notice in notices_due(register, ledger, at(f"2026-{minute}"), CALENDAR, policy):
            ledger = ledger.plus(*settled(notice, at(f"2026-{minute}"), (EntryKind.SENT, {})))
    assert known == [False, False, True, False, True, True, True], "what is all said is known without a look"
    assert lull.owed(ledger, at("2026-07-06 08:50"), policy) is None  # the clock went back
    assert lull.owed(ledger.plus(report("plan#1", "2026-07-06 23:01")), at("2026-07-06 23:01"), policy) is None


def test_what_was_drafted_at_night_is_said_in_the_morning_unless_it_was_reported_since() -> None:
    register, policy, ledger = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"))), Policy(), Ledger()
    assert owed(register, ledger, at("2026-07-06 00:30"), CALENDAR, policy) == Owed()
    prepare(register, ledger, at("2026-07-06 00:30"), CALENDAR, policy)
    ledger = ledger.plus(report("plan#1", "2026-07-06 08:00"))
    said = notices_due(register, ledger, at("2026-07-06 09:00"), CALENDAR, policy)
    assert [one.assignment.id for one in said if one.assignment] == ["plan#2"]


def test_what_one_group_does_not_want_to_hear_for_days_is_told_the_others_on_each_of_them() -> None:
    register = register_of(duty(1, by("2026-07-20")), duty(2, by("2026-07-15"), unit="市民政局"))
    policy = Policy(default_conversation="工作群", directory=Directory({"财政群": ("市财政局",)}))
    ledger = Ledger((Silence("财政群", at("2026-07-04 10:00"), date(2026, 7, 8)).entry("静默到8日"),))
    assert notices_due(register, ledger, at("2026-07-05 20:30"), CALENDAR, policy) == ()
    assert {one.conversation for one in notices_due(register, ledger, at("2026-07-06 09:00"), CALENDAR, policy)} == {
        "工作群"
    }
