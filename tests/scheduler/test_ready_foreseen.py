"""What may not be made ready, since saying the first of it, or an hour that comes, makes something else of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

from knowledge.codes import code_of
from knowledge.extensions import Request, Step
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.silences import Silence
from scheduler.allowance import Owed
from scheduler.lull import lull_of
from scheduler.notices import Notice, NoticeKind
from scheduler.owed import owed
from tests.scheduler.mornings import EARLY, GROUPS, NIGHT, NINE, POLICY, REMINDER, SENT, Scene, office
from tests.scheduler.offices import at, by, duty, register_of, settled

DUE = "2026-07-15"
ENTRUSTED = EntryKind.ENTRUSTED, {}


def with_duties(*rows: tuple[int, str, str]) -> Scene:
    """An office with these duties: the number, the due date, the unit."""
    register = register_of(*(duty(number, by(due), unit=unit) for number, due, unit in rows))
    return office()._replace(register=register)


def heard(scene: Scene, first: datetime = NINE, minutes: int = 12) -> list[tuple[str, NoticeKind]]:
    """What is said to whom in the minutes of a morning, in order."""
    found = []
    for minute in range(minutes):
        scene, said = scene.said(first + timedelta(minutes=minute))
        found += [(one.conversation, one.kind) for one in said]
    return found


def without_a_look(scene: Scene, now: datetime) -> tuple[Scene, tuple[Notice, ...]]:
    """A tick at which all is sent that was made ready for it, which is what is found without anything remembered."""
    found = lull_of(scene.register, scene.calendar, scene.policy).owed(scene.ledger, now, scene.policy)
    assert found == owed(scene.register, scene.ledger, now, scene.calendar, replace(scene.policy))
    return scene.plus(*(entry for notice in found.notices for entry in settled(notice, now, SENT))), found.notices


def alike() -> tuple[int, int]:
    """Two duties whose due dates have the same short code as long as the other is not said."""
    codes = {number: code_of((f"plan#{number}", DUE), Ledger(), NIGHT) for number in range(1, 200)}
    return next((one, other) for one, other in combinations(codes, 2) if codes[one] == codes[other])


def request(number: int, unit: str, when: datetime) -> Entry:
    """A unit asks in 财政群 for a month more."""
    asked = Request(
        "k", f"plan#{number}", "plan", unit, date(2026, 7, 15), date(2026, 8, 17), (DUE,), None, "在等数据", "张晓", when, "财政群"
    )  # fmt: skip
    return asked.entry(Step.ASKED, when, "张晓", "财政群", "申请延期")


# ---------------------------------------------------------------- what the first word of a morning makes owed
def test_the_first_message_sent_after_one_that_a_person_was_to_carry_raises_what_nobody_answered() -> None:
    scene = with_duties((1, "2026-07-07", "市财政局"))
    for notice in scene.owed(at("2026-07-01 10:00")).notices:
        scene = scene.plus(*settled(notice, at("2026-07-01 10:00"), ENTRUSTED))
    scene = scene._replace(policy=replace(scene.policy)).prepared()
    assert heard(scene) == [("财政群", REMINDER), ("督查群", NoticeKind.ESCALATION)]


# ---------------------------------------------------------------- short codes
def test_two_groups_that_open_at_different_minutes_get_different_codes_for_different_matters() -> None:
    one, other = alike()
    scene = with_duties((one, DUE, "市财政局"), (other, DUE, "市民政局")).prepared()
    codes = []
    for group in sorted(GROUPS, key=scene.opens):
        scene, (notice,) = without_a_look(scene, scene.opens(group))
        codes.append(notice.code)
    assert len(set(codes)) == 2


def test_a_request_and_a_reminder_of_the_same_minute_get_different_codes() -> None:
    one, other = alike()
    scene = with_duties((one, DUE, "市财政局"), (other, DUE, "市民政局"))
    scene = scene.plus(request(one, "市财政局", EARLY))
    codes = {notice.conversation: notice.code for notice in scene.owed(at("2026-07-06 09:15")).notices}
    assert codes["督查群"] != codes["民政群"]
    assert codes["督查群"] == codes["财政群"], "the same matter"


# ---------------------------------------------------------------- hours that come
def test_a_word_held_back_for_one_the_clock_has_yet_to_come_to_is_said_when_it_has() -> None:
    scene = with_duties((1, "2026-09-30", "市财政局")).plus(request(1, "市财政局", at("2026-07-06 09:50")))
    scene, found = scene.said(at("2026-07-06 10:00"))
    assert [one.kind for one in found] == [NoticeKind.EXTENSION]
    scene = scene.plus(request(1, "市民政局", at("2026-07-06 09:31")))  # the clock was set back
    said = {minute: len(scene.owed(at(f"2026-07-06 {minute}")).notices) for minute in ("09:32", "09:59", "10:00")}
    assert said == {"09:32": 0, "09:59": 0, "10:00": 1}


def test_what_is_prepared_in_the_evening_leaves_the_next_day_to_itself() -> None:
    scene = office().prepared(at("2026-07-05 21:00"))
    assert scene.owed(at("2026-07-06 00:00")) == Owed()
    assert scene.morning() == {("财政群", "1"), ("民政群", "2")}


def test_a_silence_that_lasts_is_kept_in_what_was_made_ready_for_the_others() -> None:
    scene = office().plus(Silence("民政群", at("2026-07-01 10:00"), date(2026, 7, 6)).entry("静默到6日")).prepared()
    for group in sorted(GROUPS, key=scene.opens):
        scene, found = without_a_look(scene, scene.opens(group))
        assert [one.conversation for one in found] == ([group] if group == "财政群" else [])


# ---------------------------------------------------------------- minutes that are not quiet
def said_by_another(scene: Scene, now: datetime) -> Scene:
    """The scene when another process at work on the same ledger, with a memory of its own, has said all that is owed."""
    other, _ = scene._replace(policy=replace(scene.policy)).said(now)
    return scene._replace(ledger=other.ledger)


def test_what_another_process_says_in_the_minute_of_preparing_is_not_said_again_when_a_pause_ends() -> None:
    now = at("2026-07-06 09:15")
    scene = office(replace(POLICY, pauses=((time(10), time(11)),))).prepared(now)
    assert heard(said_by_another(scene, now), at("2026-07-06 11:00"), minutes=2) == []


def test_what_another_process_says_in_the_minute_of_preparing_is_not_said_again_when_the_next_group_opens() -> None:
    first, second = sorted(GROUPS, key=office().opens)
    scene = office().prepared(office().opens(first))
    assert heard(said_by_another(scene, scene.opens(first)), scene.opens(second)) == [(second, REMINDER)]


def test_who_waits_for_another_day_does_so_while_the_next_group_is_told_and_until_nobody_may_be() -> None:
    first, second = sorted(GROUPS, key=office().opens)
    scene = office(replace(POLICY, cap=1)).plus(Entry(EntryKind.SENT, NIGHT, conversation=first, key="a word at night"))
    opens, closed = scene.opens(second), at("2026-07-06 20:01")
    scene = scene.prepared(opens - timedelta(seconds=20))
    found, (scene, _) = scene.owed(opens), scene.said(opens)
    assert [[one.conversation for one in part] for part in (found.notices, found.held)] == [[second], [first]]
    scene = scene.prepared(at("2026-07-06 12:00"))
    assert [one.conversation for one in scene.owed(at("2026-07-06 19:59")).held] == [first]
    assert scene.owed(closed - timedelta(minutes=1)) == scene.owed(closed) == Owed()


# ---------------------------------------------------------------- summaries
def test_a_summary_that_is_due_before_the_groups_open_counts_what_the_first_of_them_are_told() -> None:
    names = (f"{number}号督查群" for number in range(100))
    last = next(one for one in names if POLICY.opens_at(one) > max(map(POLICY.opens_at, GROUPS)))
    rules = replace(POLICY, supervisors=last, summary=True, summary_weekday=0, summary_at=time(8, 30))
    scene, summed = office(rules).prepared(at("2026-07-06 08:45")), {}
    for minute in range(12):
        now = NINE + timedelta(minutes=minute)
        for notice in scene.owed(now).notices:
            summed |= {notice.conversation: notice.summary} if notice.summary else {}
            scene = scene.plus(*settled(notice, now, (EntryKind.SENT, {"units": list(notice.units)})))
    assert {line.unit for line in summed[last].unanswered} == {"市财政局", "市民政局"}
