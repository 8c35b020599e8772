"""What is made ready in a quiet minute is what a look at everything finds in the minute in which it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directory import Directory
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Every
from knowledge.silences import Silence
from scheduler.allowance import Owed
from scheduler.lull import lull_of
from scheduler.notices import NoticeKind
from scheduler.owed import notices_due, owed, prepare
from scheduler.policy import SHANGHAI, Policy
from tests.properties import examples
from tests.scheduler.offices import CALENDAR, at, by, duty, every, register_of, report, settled

TUESDAY = date(2026, 7, 7)
SENT = EntryKind.SENT, {}
GROUPS = {"财政群": ("市财政局",), "民政群": ("市民政局",), "财政二群": ("市财政局",)}
SOON = st.one_of(
    st.dates(TUESDAY, TUESDAY + timedelta(days=20)).map(lambda day: by(day.isoformat())),
    st.sampled_from([every(Every.WEEK, weekday=2), every(Every.DAY)]),
)
ASSIGNMENTS = st.lists(
    st.tuples(st.lists(SOON, min_size=1, max_size=2), st.sampled_from(["市财政局", "市民政局"])), min_size=3, max_size=8
)
TROUBLE = st.sampled_from(
    ["late", "late", "late", "back", "report", "received", "silence", "failed", "entrusted", "unsaid"]
)
DAYS = st.lists(
    st.tuples(st.sampled_from([1, 1, 1, 3]), st.lists(st.tuples(st.integers(0, 10), TROUBLE), max_size=2)),
    min_size=1,
    max_size=6,
)
LATE = 4
"""Minutes in which nothing ticks where the process is late."""
PAUSES = st.sampled_from([(), ((time(9, 4), time(9, 7)),), ((time(9, 9), time(11)),)])
MINUTES = (*range(12), 120, 7 * 60, 7 * 60 + 30)
"""After nine: each minute in which somebody opens, the end of a pause, and when summaries come and are out."""


@settings(deadline=None, max_examples=examples(100))
@given(
    assignments=ASSIGNMENTS,
    days=DAYS,
    pauses=PAUSES,
    cap=st.sampled_from([100, 100, 1]),
    weekday=st.sampled_from([1, 2, 4]),
)
def test_whatever_strikes_on_a_morning_each_minute_says_what_a_scan_finds(
    assignments: list, days: list, pauses: tuple, cap: int, weekday: int
) -> None:
    register = register_of(*(duty(n, *found, unit=unit) for n, (found, unit) in enumerate(assignments, 1)))
    policy = Policy(
        supervisors="督查群",
        leaders="领导群",
        jitter=10,
        directory=Directory(GROUPS),
        pauses=pauses,
        cap=cap,
        summary_weekday=weekday,
        summary_monthly=8,
    )
    ledger, day = Ledger(), TUESDAY
    for nights, troubles in days:
        midnight = datetime.combine(day, time(), SHANGHAI)
        prepare(register, ledger, midnight, CALENDAR, policy)
        struck = dict(troubles)
        missed = {later for n, one in troubles if one == "late" for later in range(n, n + LATE)}
        for minute in (one for one in MINUTES if one not in missed):
            trouble = struck.get(minute)
            now = midnight + timedelta(hours=9, minutes=minute - 3 * (trouble == "back"))
            known = owed(register, ledger, now, CALENDAR, policy)
            assert known == owed(register, ledger, now, CALENDAR, replace(policy))
            if not known.notices:
                prepare(register, ledger, now, CALENDAR, policy)
            ledger = after(ledger, known, now, trouble)
        day += timedelta(days=nights)


def after(ledger: Ledger, known: Owed, now: datetime, trouble: str | None) -> Ledger:
    """The ledger when what was found has been said, with the trouble that struck in that minute."""
    first = {"failed": (EntryKind.FAILED, {"permanent": False}), "entrusted": (EntryKind.ENTRUSTED, {}), "unsaid": None}
    for place, notice in enumerate(known.notices):
        ending = first.get(trouble or "", SENT) if place == 0 else SENT
        if ending and not ledger.keyed(notice.claim):
            ledger = ledger.plus(*settled(notice, now, ending))
    if trouble == "silence":
        return ledger.plus(Silence("民政群", now, now.date() + timedelta(days=1)).entry("静默到明天"))
    if trouble == "received":
        return ledger.plus(Entry(EntryKind.ACKNOWLEDGED, now, assignment="plan#1", unit="市财政局"))
    if trouble == "report":
        return ledger.plus(report("plan#1", f"{now:%Y-%m-%d %H:%M}", status="doing"))
    return ledger


def test_the_minutes_of_a_morning_have_only_to_say_what_was_made_ready() -> None:
    register = register_of(
        duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="市民政局"), duty(3, by("2026-07-03"))
    )
    policy = Policy(supervisors="督查群", jitter=10, summary=False, directory=Directory(GROUPS))
    ledger = Ledger()
    for morning in ("2026-07-02 12:00", "2026-07-05 12:00"):  # one is reminded of, overdue on Monday
        for notice in notices_due(register, ledger, at(morning), CALENDAR, policy):
            ledger = ledger.plus(*settled(notice, at(morning), SENT))
    prepare(register, ledger, at("2026-07-06 00:30"), CALENDAR, policy)
    lull, heard = lull_of(register, CALENDAR, policy), []
    for minute in range(12):
        now = at(f"2026-07-06 09:{minute:02}")
        found = lull.owed(ledger, now, policy)
        assert found is not None, "found without a look"
        for notice in found.notices:
            heard.append((notice.conversation, notice.kind, policy.opens_at(notice.conversation).minute == minute))
            ledger = ledger.plus(*settled(notice, now, SENT))
    assert {one[0] for one in heard} == {*GROUPS, "督查群"}
    assert all(at_its_minute for _, _, at_its_minute in heard)
    assert [kind for where, kind, _ in heard if where == "督查群"] == [NoticeKind.ESCALATION]


def test_what_was_made_ready_is_not_said_when_something_else_was_written_or_it_could_not_be_sent() -> None:
    register = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="市民政局"))
    policy = Policy(directory=Directory({"财政群": ("市财政局",), "民政群": ("市民政局",)}), jitter=10, summary=False)
    minutes = sorted((policy.opens_at(one), one) for one in ("财政群", "民政群"))
    first, second = (datetime.combine(date(2026, 7, 6), opens, SHANGHAI) for opens, _ in minutes)
    assert first < second
    for ending, heard in ((EntryKind.SENT, {minutes[1][1]}), (EntryKind.FAILED, {one for _, one in minutes})):
        lull, ledger = lull_of(register, CALENDAR, policy), Ledger()
        prepare(register, ledger, at("2026-07-06 00:30"), CALENDAR, policy)
        (notice,) = notices_due(register, ledger, first, CALENDAR, policy)
        ledger = ledger.plus(*settled(notice, first, (ending, {})))
        assert (lull.owed(ledger, second, policy) is None) == (ending is EntryKind.FAILED)
        found = notices_due(register, ledger, second, CALENDAR, replace(policy))
        assert {one.conversation for one in found} == heard
