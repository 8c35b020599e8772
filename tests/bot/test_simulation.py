"""Rehearsing time: the real reminders and the real outbox on a virtual clock."""

from datetime import date

from bot.simulation import Said, days_played, simulate
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Every
from knowledge.register import Register
from scheduler.policy import Policy
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, at, by, duty, every, register_of, report


def rehearsed(
    register: Register, first: str, last: str, now: str = "2026-11-24 10:00", ledger: tuple[Entry, ...] = ()
) -> list[Said]:
    span = date.fromisoformat(first), date.fromisoformat(last)
    return simulate(register, Ledger(ledger), span, at(now), CALENDAR, Policy(summary=False))


def told(said: list[Said]) -> list[str]:
    return [f"{message.at:%m-%d %H:%M} {notice.stage}" for message in said for notice in message.notices]


def test_a_span_in_the_past_is_played_as_it_would_have_been() -> None:
    register = register_of(duty(1, by("2026-07-15")))
    assert told(rehearsed(register, "2026-07-01", "2026-07-20")) == [
        *("07-06 09:00 T-7", "07-10 09:00 T-3", "07-14 09:00 T-1", "07-15 09:00 T", "07-16 09:00 +1", "07-20 09:00 +3"),
    ]


def test_what_had_come_up_before_the_span_counts_as_said() -> None:
    register = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-02-27")))
    assert told(rehearsed(register, "2026-07-11", "2026-07-15")) == [
        "07-13 09:00 W20",
        "07-14 09:00 T-1",
        "07-15 09:00 T",
    ]


def test_a_document_is_not_spoken_of_before_its_issue() -> None:
    register = register_of(duty(1, by("2026-01-07")))
    assert told(rehearsed(register, "2025-12-01", "2026-01-07")) == [
        "01-05 09:00 T-3",
        "01-06 09:00 T-1",
        "01-07 09:00 T",
    ]


def test_from_today_on_it_begins_with_what_the_ledger_holds() -> None:
    register = register_of(duty(1, by("2026-11-25")), duty(2, by("2026-11-25")), duty(3, by("2026-11-25")))
    ledger = (
        Entry(EntryKind.FILED, at("2026-11-20 10:00"), document=PLAN.id),
        Entry(EntryKind.SENT, at("2026-11-24 09:00"), key="plan#1|2026-11-25|T-1|工作群"),
        report("plan#2", "2026-11-23 10:00"),
    )
    said = rehearsed(register, "2026-11-24", "2026-11-25", ledger=ledger)
    assert told(said) == ["11-24 10:00 T-1", "11-25 09:00 T", "11-25 09:00 T"]
    assert [notice.assignment.id for notice in said[0].notices if notice.assignment] == ["plan#3"]


def test_a_span_in_the_future_is_reached_by_playing_up_to_it() -> None:
    register = register_of(duty(1, by("2026-12-15")))
    assert told(rehearsed(register, "2026-12-10", "2026-12-15")) == [
        "12-10 09:00 T-3",
        "12-14 09:00 T-1",
        "12-15 09:00 T",
    ]


def test_the_same_rehearsal_twice_is_the_same() -> None:
    register = register_of(duty(1, every(Every.MONTH)), duty(2, ALL_YEAR), duty(3, by("2026-05-01")))
    assert rehearsed(register, "2026-01-01", "2026-12-31") == rehearsed(register, "2026-01-01", "2026-12-31")


def test_the_progress_counts_the_days_that_are_played() -> None:
    assert days_played((date(2026, 1, 1), date(2026, 12, 31)), date(2026, 11, 24)) == 365
    assert days_played((date(2026, 12, 1), date(2026, 12, 2)), date(2026, 11, 30)) == 3
    assert days_played((date(2026, 12, 2), date(2026, 12, 1)), date(2026, 12, 30)) == 0
