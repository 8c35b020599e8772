"""What is open of a unit when its liaison changes."""

from knowledge.ledger import Ledger
from scheduler.handover import Handover, last_handover, open_of
from tests.scheduler.offices import ALL_YEAR, CALENDAR, at, by, duty, register_of, report

NOW = at("2026-07-10 09:00")
REGISTER = register_of(
    duty(1, by("2026-09-30")),
    duty(2, by("2026-06-30")),
    duty(3, by("2026-06-30"), unit="市教育局"),
    duty(4, by("2026-03-31")),
    duty(5, ALL_YEAR),
)


def test_what_is_open_is_handed_over_and_what_is_done_or_of_others_is_not() -> None:
    ledger = Ledger([report("plan#4", "2026-03-20 10:00")])
    rows = open_of("财政局", REGISTER, ledger, NOW, CALENDAR)
    assert [(row.assignment.number, row.overdue(NOW.date()), row.role) for row in rows] == [
        ("2", True, "牵头单位"),
        ("1", False, "牵头单位"),
        ("5", False, "牵头单位"),
    ]


def test_a_handover_is_told_and_can_be_looked_up_later() -> None:
    rows = open_of("市财政局", REGISTER, Ledger(), NOW, CALENDAR)
    given = Handover("市财政局", "王芳", "李强", NOW, "周主任", rows)
    ledger = Ledger([given.entry("qq/群", "交接 市财政局 王芳 → 李强")])
    assert last_handover("市财政局", REGISTER, ledger, NOW, CALENDAR) == given
    assert last_handover("市教育局", REGISTER, ledger, NOW, CALENDAR) is None
