"""Whose report closes what: shares of joint and collective assignments, corrections, periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.ledger import Entry, Ledger
from knowledge.model import Assignment, Duty, Every, Role
from scheduler.standing import Standing, share_standing, standing
from tests.scheduler.offices import CALENDAR, by, duty, every, report

TODAY = date(2026, 9, 15)
LEADERS = (Duty("市财政局", Role.LEAD), Duty("市民政局", Role.LEAD), Duty("市教育局", Role.COOPERATING))


def joint(*units: Duty) -> Assignment:
    return replace(duty(1, by("2026-09-10")), duties=units or LEADERS)


def by_unit(unit: str, when: str = "2026-09-09 09:00", **details: object) -> Entry:
    return replace(report("plan#1", when, **details), unit=unit)


def after(one: Assignment, *entries: Entry) -> Standing:
    return standing(one, Ledger(entries), CALENDAR, TODAY)


def test_a_joint_assignment_is_done_when_every_leader_has_reported() -> None:
    assert not after(joint(), by_unit("市财政局")).finished
    assert after(joint(), by_unit("市财政局"), by_unit("市民政局")).finished


def test_a_cooperating_unit_closes_only_its_own_share() -> None:
    entry = by_unit("市教育局")
    assert not after(joint(), entry).finished
    assert share_standing(joint(), "市教育局", Ledger((entry,)), CALENDAR, TODAY).finished


def test_a_leader_closes_an_assignment_that_others_only_cooperate_in() -> None:
    alone = joint(Duty("市财政局", Role.LEAD), Duty("市教育局", Role.COOPERATING))
    assert after(alone, by_unit("市财政局")).finished


def test_one_unit_does_not_close_a_collective() -> None:
    everybody = joint(Duty("市政府各部门", Role.RESPONSIBLE, collective=True))
    assert not after(everybody, by_unit("市财政局")).finished
    assert after(everybody, by_unit("")).finished


def test_a_supervisors_word_stands_for_every_share() -> None:
    assert after(joint(), by_unit("")).finished


def test_a_correction_takes_the_completion_back() -> None:
    done = (by_unit("市财政局"), by_unit("市民政局"))
    back = by_unit("市民政局", "2026-09-10 09:00", status="in_progress", correction=True)
    assert after(joint(), *done, back).open
    assert after(joint(), *done, back, by_unit("市民政局", "2026-09-11 09:00")).finished


def test_a_correction_in_a_rhythm_takes_back_what_was_closed_last() -> None:
    monthly = duty(1, every(Every.MONTH))
    january = report("plan#1", "2026-01-20 09:00")
    february = report("plan#1", "2026-02-20 09:00")
    back = report("plan#1", "2026-02-21 09:00", status="in_progress", correction=True)
    assert after(monthly, january, february, back).done == {date(2026, 1, 31)}


def test_work_on_the_next_period_does_not_reopen_the_last() -> None:
    monthly = duty(1, every(Every.MONTH))
    january = report("plan#1", "2026-01-20 09:00")
    at_it = report("plan#1", "2026-02-10 09:00", status="in_progress")
    assert after(monthly, january, at_it).done == {date(2026, 1, 31)}


def test_a_period_before_the_first_date_closes_none_of_the_later_ones() -> None:
    monthly = duty(1, every(Every.MONTH))
    assert after(monthly, report("plan#1", "2026-01-20 09:00", period="2025-11")).done == frozenset()
