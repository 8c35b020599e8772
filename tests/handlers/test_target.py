"""Until when, as people write it behind 延期 and 静默."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.target import target_in
from scheduler.calendar import WorkCalendar

TODAY, DUE = date(2026, 7, 8), date(2026, 7, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("延期到9月15日", "2026-09-15"),
        ("延至9月底", "2026-09-30"),
        ("静默到下周五", "2026-07-17"),
        ("延期一周", "2026-08-07"),
        ("延期10天", "2026-08-10"),
        ("延期5个工作日", "2026-08-07"),
        ("延半个月", "2026-08-15"),
        ("推迟两个月", "2026-09-30"),
        ("延期到1月10日", "2027-01-10"),
        ("延期到2026年1月10日", "2026-01-10"),
        ("申请延期", None),
        ("延期到2月30日", None),
        ("延期2一周", "2026-08-07"),
        ("延期99999天", None),
    ],
)
def test_what_is_asked_for_is_a_day(text: str, day: str | None) -> None:
    target = target_in(text, TODAY)
    found = target.after(DUE, WorkCalendar()) if target else None
    assert (found.isoformat() if found else None) == day
