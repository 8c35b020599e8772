"""In which state an assignment, a share and a due date are: a table of stories, each computed from the ledger alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Duty, Every, Role, Supersession
from knowledge.register import Register
from knowledge.reported import counting, reported, waiting
from scheduler.condition import Condition, Light, Reckoning, reckon
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, at, by, duty, every, register_of, report

DUE = duty(1, by("2026-09-10"))
AWAITS = {"wants": ["acceptance"]}


def answered(entry: Entry, kind: EntryKind, when: str, words: str = "") -> Entry:
    """An answer to the only report that is `entry`."""
    (one,) = reported(Ledger([entry]), entry.assignment)
    return one.answered(kind, at(when), "督查员", "督查群", words)


def reckoned(
    one: Assignment, today: str, *entries: Entry, unit: str = "", register: Register | None = None
) -> Reckoning:
    office = register or register_of(one)
    return reckon(one, office, Ledger(entries), CALENDAR, date.fromisoformat(today), unit)


@pytest.mark.parametrize(
    ("today", "entries", "condition", "light", "days"),
    [
        ("2026-08-01", (), Condition.NOT_DUE, Light.GREEN, 40),
        ("2026-08-31", (), Condition.DUE_SOON, Light.YELLOW, 10),
        ("2026-09-10", (), Condition.DUE_SOON, Light.YELLOW, 0),
        ("2026-09-12", (), Condition.OVERDUE, Light.RED, 2),
        ("2026-09-12", (report("plan#1", "2026-09-10 23:00"),), Condition.DONE_ON_TIME, Light.GREEN, 0),
        ("2026-09-12", (report("plan#1", "2026-09-11 08:00"),), Condition.DONE_LATE, Light.GREEN, 1),
        ("2026-09-12", (report("plan#1", "2026-09-09 08:00", **AWAITS),), Condition.REPORTED, Light.GREEN, 0),
        ("2026-09-12", (report("plan#1", "2026-09-09 08:00", status="in_progress"),), Condition.OVERDUE, Light.RED, 2),
    ],
)
def test_a_due_date_is_in_one_state(
    today: str, entries: tuple[Entry, ...], condition: Condition, light: Light, days: int
) -> None:
    found = reckoned(DUE, today, *entries)
    assert (found.condition, found.light, found.dates[0].days) == (condition, light, days)
    assert found.dates[0].condition is condition


def test_accepted_is_done_on_the_day_it_was_reported() -> None:
    told = report("plan#1", "2026-09-09 08:00", **AWAITS)
    assert waiting(Ledger([told]))
    accepted = answered(told, EntryKind.ACCEPTED, "2026-09-15 10:00")
    found = reckoned(DUE, "2026-09-16", told, accepted)
    assert found.condition is Condition.DONE_ON_TIME
    assert found.dates[0].on == date(2026, 9, 9)
    assert not waiting(Ledger([told, accepted]))


def test_returned_is_open_again_until_it_is_reported_anew() -> None:
    told = report("plan#1", "2026-09-09 08:00", **AWAITS)
    back = answered(told, EntryKind.RETURNED, "2026-09-10 10:00", "链接打不开")
    assert reckoned(DUE, "2026-09-12", told, back).condition is Condition.OVERDUE
    again = report("plan#1", "2026-09-12 09:00", **AWAITS)
    assert reckoned(DUE, "2026-09-12", told, back, again).condition is Condition.REPORTED


def test_taken_back_counts_for_nothing_and_stays_in_the_ledger() -> None:
    told = report("plan#1", "2026-09-09 08:00")
    ledger = Ledger([told, answered(told, EntryKind.CANCELLED, "2026-09-09 08:05")])
    assert reckoned(DUE, "2026-09-12", *ledger).condition is Condition.OVERDUE
    assert not counting(ledger, "plan#1")
    assert reported(ledger, "plan#1")[0].entry is told


def test_what_lacks_its_evidence_is_done_when_that_comes() -> None:
    told = report("plan#1", "2026-09-09 08:00", wants=["evidence"])
    assert reckoned(DUE, "2026-09-10", told).condition is Condition.DUE_SOON
    link = replace(answered(told, EntryKind.EVIDENCED, "2026-09-11 09:00"))
    link = replace(link, details={**link.details, "url": "http://example.gov.cn/1"})
    found = reckoned(DUE, "2026-09-12", told, link)
    assert found.condition is Condition.DONE_LATE
    checked = replace(link, details={**link.details, "checked": "ok"})
    assert reckoned(DUE, "2026-09-12", told, checked).condition is Condition.OVERDUE, "checking a link gives none"


def test_a_joint_assignment_waits_for_its_last_share() -> None:
    joint = replace(DUE, duties=(Duty("市财政局", Role.LEAD), Duty("市民政局", Role.LEAD)))
    first = replace(report("plan#1", "2026-09-08 09:00"), unit="市财政局")
    assert reckoned(joint, "2026-09-12", first).condition is Condition.OVERDUE
    assert reckoned(joint, "2026-09-12", first, unit="市财政局").condition is Condition.DONE_ON_TIME
    second = replace(report("plan#1", "2026-09-11 09:00"), unit="市民政局")
    found = reckoned(joint, "2026-09-12", first, second)
    assert (found.condition, found.dates[0].on) == (Condition.DONE_LATE, date(2026, 9, 11))


def test_a_rhythm_tells_each_of_its_dates() -> None:
    monthly = duty(1, every(Every.MONTH, day=10))
    entries = [
        report("plan#1", "2026-02-09 09:00", period="2026-02"),
        report("plan#1", "2026-02-12 09:00", period="2026-01"),
    ]
    found = reckoned(monthly, "2026-04-20", *entries)
    assert found.condition is Condition.OVERDUE
    told = {one.row.period: one.condition for one in found.dates[:5]}
    assert told["2026-01"] is Condition.DONE_LATE
    assert told["2026-02"] is Condition.DONE_ON_TIME
    assert told["2026-03"] is Condition.OVERDUE
    assert told["2026-05"] is Condition.NOT_DUE


def test_the_code_of_a_date_closes_that_date_only() -> None:
    twice = duty(1, by("2026-06-30"), by("2026-11-30"))
    found = reckoned(twice, "2026-07-15", report("plan#1", "2026-07-01 09:00", due="2026-11-30"))
    assert [one.condition for one in found.dates] == [Condition.OVERDUE, Condition.DONE_ON_TIME]


def test_without_dates_it_is_a_years_work_or_not_dated_or_done() -> None:
    assert reckoned(duty(1, ALL_YEAR), "2026-12-31").condition is Condition.ONGOING
    assert reckoned(duty(1), "2026-12-31").condition is Condition.UNDATED
    assert reckoned(duty(1), "2026-12-31", report("plan#1", "2026-05-01 09:00")).condition is Condition.DONE


def test_what_is_no_more_in_force_is_never_overdue() -> None:
    assert reckoned(DUE, "2026-12-31", register=register_of(duty(2))).condition is Condition.WITHDRAWN
    old = replace(PLAN, superseded=Supersession("new", "新方案"))
    assert reckoned(DUE, "2026-12-31", register=register_of(DUE, documents=[old])).condition is Condition.REPLACED
