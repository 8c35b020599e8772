"""Which dates of an assignment count, when its slot and its text speak of the same rhythm."""

from datetime import date

from knowledge.deadlines import inner, read
from knowledge.model import Deadline
from scheduler.standing import leaves

ISSUED = date(2026, 3, 16)


def texts(*deadlines: Deadline) -> list[str]:
    return [deadline.text for deadline in leaves(deadlines)]


def test_a_rhythm_told_twice_is_one_duty_and_the_named_day_counts() -> None:
    slot = read("每月25日前", ISSUED, 2026)
    told_again = inner("每月举办一场银企对接会，公布对接成功的户数。", ISSUED, 2026)
    assert len(told_again) == 1
    assert texts(slot, *told_again) == ["每月25日前"]


def test_another_rhythm_in_the_text_is_a_duty_of_its_own() -> None:
    slot = read("每月25日前", ISSUED, 2026)
    quarterly = inner("按季度公布分析报告。", ISSUED, 2026)
    assert len(texts(slot, *quarterly)) == 2


def test_a_rhythm_without_a_day_counts_where_nothing_else_names_one() -> None:
    assert len(texts(*inner("每月举办一场银企对接会。", ISSUED, 2026))) == 1


def test_a_start_is_shown_and_never_due() -> None:
    assert texts(read("5月底前动工", ISSUED, 2026)) == []
