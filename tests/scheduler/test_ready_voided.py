"""What was made ready at night is void when something happens before it is said: then what holds at that minute is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from knowledge.codes import IN_USE, code_of
from knowledge.directory import Directory
from knowledge.extensions import Request, Step
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Document
from knowledge.silences import Silence
from scheduler.allowance import Owed
from scheduler.calendar import WorkCalendar, YearDays
from scheduler.lull import lull_of
from scheduler.notices import NoticeKind
from scheduler.owed import idle, owed
from scheduler.policy import SHANGHAI
from tests.scheduler.mornings import EARLY, GROUPS, NIGHT, NINE, POLICY, REMINDER, SENT, Scene, known, office
from tests.scheduler.offices import ISSUED, PLAN, at, by, duty, register_of, report, settled


def extended(scene: Scene, when: datetime = EARLY) -> Scene:
    """财政局 asks for a month more, and gets it."""
    asked = Request(
        "k", "plan#1", "plan", "市财政局", date(2026, 7, 15), date(2026, 8, 17), ("2026-07-15",), None, "在等数据", "张晓", when, "财政群"
    )  # fmt: skip
    return scene.plus(
        asked.entry(Step.ASKED, when, "张晓", "财政群", "申请延期"),
        asked.entry(Step.APPROVED, when, "督查", "督查群", "同意"),
    )


def filed(scene: Scene) -> Scene:
    more = Document("more", "云溪市2026年补充任务", "补充.txt", "1" * 64, issued=ISSUED, year=2026)
    rows = (*scene.register.assignments, duty(3, by("2026-07-15"), document="more"))
    register = register_of(*rows, documents=(PLAN, more))
    return scene.plus(Entry(EntryKind.FILED, EARLY, document="more"))._replace(register=register)


def bound(scene: Scene) -> Scene:
    directory = Directory({"财政新群": ("市财政局",), "民政群": ("市民政局",)})
    return scene._replace(policy=replace(scene.policy, directory=directory))


def rested(scene: Scene) -> Scene:
    return scene._replace(calendar=WorkCalendar({2026: YearDays(frozenset({date(2026, 7, 6)}), frozenset())}))


BOTH = {("财政群", "1"), ("民政群", "2")}


@pytest.mark.parametrize(
    ("happens", "heard"),
    [
        pytest.param(lambda scene: scene, BOTH, id="nothing happens"),
        pytest.param(lambda scene: scene.plus(report("plan#1", "2026-07-06 08:00")), {("民政群", "2")}, id="done"),
        pytest.param(
            lambda scene: scene.plus(Silence("民政群", EARLY, date(2026, 7, 7)).entry("静默到明天")),
            {("财政群", "1")},
            id="a group asks for silence",
        ),
        pytest.param(extended, {("民政群", "2")}, id="an extension is granted"),
        pytest.param(
            lambda scene: scene._replace(register=register_of(*scene.register.assignments[1:])),
            {("民政群", "2")},
            id="an assignment is withdrawn",
        ),
        pytest.param(filed, BOTH | {("财政群", "3")}, id="a document is filed"),
        pytest.param(bound, {("财政新群", "1"), ("民政群", "2")}, id="another group is bound"),
        pytest.param(
            lambda scene: scene._replace(policy=replace(scene.policy, before=(3, 0))), set(), id="the rules change"
        ),
        pytest.param(rested, set(), id="the calendar makes it a rest day"),
    ],
)
def test_what_happens_between_night_and_morning_is_heeded_in_the_morning(
    happens: Callable[[Scene], Scene], heard: set[tuple[str, str]]
) -> None:
    assert happens(office().prepared()).morning() == heard


@pytest.mark.parametrize("status", ["done", "doing"])
def test_what_one_group_reports_while_the_first_is_told_is_heeded_when_the_next_opens(status: str) -> None:
    scene = office().prepared()
    first, second = sorted(GROUPS, key=scene.opens)
    number = {"财政群": "1", "民政群": "2"}[second]
    scene, _ = scene.said(scene.opens(first))
    scene = scene.plus(report(f"plan#{number}", f"{scene.opens(first) + timedelta(seconds=20)}"[:16], status=status))
    heard = scene.morning(scene.opens(first) + timedelta(minutes=1))
    assert heard == (set() if status == "done" else {(second, number)})


def test_who_took_a_message_by_hand_last_week_is_asked_about_it_in_what_was_made_ready_too() -> None:
    scene = office()
    for notice in scene.owed(at("2026-07-06 09:15")).notices:
        scene = scene.plus(*settled(notice, at("2026-07-06 09:15"), (EntryKind.ENTRUSTED, {})))
    scene.prepared(at("2026-07-08 00:30")).morning(at("2026-07-08 09:00"))


def test_a_silence_that_has_ended_is_told_once_with_the_first_thing_said_after_it() -> None:
    scene = office().plus(Silence("民政群", at("2026-07-01 10:00"), date(2026, 7, 5)).entry("静默到5日")).prepared()
    scene, found = scene.said(scene.opens("民政群"))
    assert [one.kind for one in found] == [NoticeKind.SILENCE, NoticeKind.REMINDER]


def test_a_word_whose_time_runs_out_before_the_group_opens_is_not_said() -> None:
    granted = extended(office(), at("2026-06-06 08:30"))
    assert [one.kind for one in granted.owed(at("2026-07-03 15:00")).notices] == [NoticeKind.EXTENSION]
    scene, kinds = granted._replace(policy=replace(granted.policy)).prepared(), set()
    for minute in range(12):
        scene, found = scene.said(NINE + timedelta(minutes=minute))
        kinds |= {one.kind for one in found}
    assert kinds == {REMINDER}


def test_who_has_heard_enough_for_today_waits_also_when_others_are_told_what_was_made_ready() -> None:
    scene = office()
    register = register_of(scene.register.assignments[0])
    scene = scene._replace(register=register, policy=replace(scene.policy, cap=1, pauses=((time(9, 20), time(10)),)))
    for minute in range(12):
        scene, _ = scene.said(NINE + timedelta(minutes=minute))
    more = duty(3, by("2026-07-15")), duty(4, by("2026-07-15"), unit="市民政局")
    scene = scene._replace(register=register_of(*register.assignments, *more)).prepared(at("2026-07-06 09:30"))
    found = scene.owed(at("2026-07-06 10:00"))
    assert [one.conversation for one in found.notices] == ["民政群"]
    assert [one.conversation for one in found.held] == ["财政群"]


def test_what_was_made_ready_for_a_group_waits_while_the_group_is_closed_again() -> None:
    scene = office()
    opens = scene.opens("民政群")
    pause = (opens + timedelta(minutes=1)).time(), (opens + timedelta(minutes=30)).time()
    scene = scene._replace(
        register=register_of(scene.register.assignments[1]), policy=replace(scene.policy, pauses=(pause,))
    ).prepared()
    assert scene.owed(opens + timedelta(minutes=5)) == Owed(), "the process was late, and nothing is said in a pause"
    assert [one.conversation for one in scene.owed(opens + timedelta(minutes=30)).notices] == ["民政群"]


def test_a_process_that_is_late_says_to_all_that_have_opened_what_they_are_owed() -> None:
    assert office().prepared().morning(at("2026-07-06 09:30"), minutes=2) == BOTH


def test_what_was_made_ready_for_a_day_is_not_said_on_the_next() -> None:
    scene, found = office().prepared().said(at("2026-07-07 09:30"))
    assert {one.today for one in found} == {date(2026, 7, 7)}
    assert scene.owed(at("2026-07-07 09:31")) == Owed()


def test_a_clock_that_is_set_back_in_the_morning_makes_nothing_said_twice() -> None:
    scene = office().prepared()
    first, second = sorted(map(scene.opens, GROUPS))
    scene, found = scene.said(first)
    assert len(found) == 1
    scene = scene.prepared(first - timedelta(minutes=10))
    assert [len(scene.owed(now).notices) for now in (first - timedelta(minutes=1), first, second)] == [0, 0, 1]


def test_a_code_that_has_been_silent_long_enough_in_the_morning_was_so_at_night() -> None:
    scene = office()
    matter = "plan#1", "2026-07-15"
    code = code_of(matter, Ledger(), NIGHT)
    for hour in (0, 23):
        then = datetime.combine(NIGHT.date() - IN_USE, time(hour, 45), SHANGHAI)
        told = {"code": code, "kind": "reminder"}
        other = Entry(EntryKind.SENT, then, assignment="plan#9", key="plan#9|2026-03-10|T|财政群", details=told)
        scene._replace(ledger=Ledger((other,)), policy=replace(scene.policy)).prepared().morning()


# ---------------------------------------------------------------- the afternoon
FRIDAYS = replace(POLICY, summary=True, summary_weekday=0)
"""Rules under which the summary comes on the day of the scene."""


def noon(scene: Scene) -> Scene:
    """A scene at noon, the morning said and the afternoon prepared."""
    scene = scene._replace(policy=replace(scene.policy)).prepared()
    for minute in range(12):
        scene, _ = scene.said(at("2026-07-06 09:00") + timedelta(minutes=minute))
    return scene.prepared(at("2026-07-06 12:00"))


def test_the_summaries_of_the_afterdayare_written_before_and_only_said_at_their_time() -> None:
    assert known(noon(office(FRIDAYS)), at("2026-07-06 16:00"))
    found = noon(office(FRIDAYS)).owed(at("2026-07-06 16:00") + timedelta(seconds=41)).notices
    assert [one.kind for one in found] == [NoticeKind.SUMMARY] * 3


def test_on_a_day_without_summaries_their_time_comes_and_goes_without_a_look() -> None:
    scene = noon(office(replace(FRIDAYS, summary_weekday=4)))
    assert all(known(scene, at(f"2026-07-06 {hour}:00")) for hour in (15, 16, 19, 23))
    assert scene.owed(at("2026-07-06 16:00")) == Owed()


def test_what_is_reported_at_dayis_in_the_summary_of_the_afternoon() -> None:
    scene = noon(office(FRIDAYS)).plus(report("plan#1", "2026-07-06 13:00"))
    found = scene.owed(at("2026-07-06 16:00")).notices
    assert [line.assignment for one in found if one.summary for line in one.summary.done] == ["plan#1"] * 2


def test_a_summary_that_has_no_room_left_in_the_day_waits_as_it_does_when_it_is_found_at_its_time() -> None:
    scene = noon(office(replace(FRIDAYS, cap=1)))
    assert {one.conversation for one in scene.owed(at("2026-07-06 16:00")).held} == {*GROUPS}


def test_what_was_prepared_for_the_afterdayis_not_said_in_the_evening() -> None:
    assert noon(office(FRIDAYS)).owed(at("2026-07-06 20:30")) == Owed()
    assert noon(office(FRIDAYS)).owed(at("2026-07-07 08:30")) == Owed()


def test_an_office_prepares_once_in_each_quiet_stretch_and_others_at_other_times() -> None:
    turns = set()
    for number in range(20):
        scene = office(replace(POLICY, supervisors=f"{number}号督查群"))
        turns.add(tuple(prepares(scene)))
        assert len(prepares(scene)) >= 2, "at night, and after the morning"
    night, day = zip(*(turn[:2] for turn in turns), strict=True)
    assert len(set(night)) > 15
    assert len(set(day)) > 15


def prepares(scene: Scene) -> list[datetime]:
    """The minutes of a day in which an office prepares."""
    scene, found = scene._replace(policy=replace(scene.policy)), []
    lull = lull_of(scene.register, scene.calendar, scene.policy)
    for minute in range(24 * 60):
        now = at("2026-07-06 00:00") + timedelta(minutes=minute)
        notices = owed(scene.register, scene.ledger, now, scene.calendar, scene.policy).notices
        scene = scene.plus(*(entry for notice in notices for entry in settled(notice, now, SENT)))
        if not notices:
            before = lull.prepared(scene.ledger, now)
            idle(scene.register, scene.ledger, now, scene.calendar, scene.policy)
            found += [now] if lull.prepared(scene.ledger, now) and not before else []
    return found
