"""On which day which stage of a deadline opens."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.days import office_days
from scheduler.policy import Policy
from scheduler.stages import Stages
from tests.properties import examples
from tests.scheduler.offices import CALENDAR

DAYS = office_days(CALENDAR)
POLICY = Policy().chase
ANY_DAY = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def stages(due: date) -> Stages:
    return Stages(due, DAYS, POLICY)


def test_before_its_first_stage_a_deadline_is_silent() -> None:
    assert stages(date(2026, 7, 15)).at(date(2026, 7, 5)) is None


def test_a_stage_lasts_until_the_next_one_opens() -> None:
    codes = [stages(date(2026, 7, 15)).at(date(2026, 7, n)) for n in (6, 9, 10, 13, 14, 15, 16, 19, 20, 26, 27)]
    assert [stage.code if stage else None for stage in codes] == [
        *("T-7", "T-7", "T-3", "T-3", "T-1", "T", "+1", "+1", "+3", "+3", "W2"),
    ]


def test_overdue_goes_on_once_a_week_on_its_first_working_day() -> None:
    week = stages(date(2026, 7, 15)).at(date(2026, 10, 8))  # the week of National Day begins on a Thursday
    assert week is not None
    assert (week.code, week.opens) == ("W12", date(2026, 10, 8))


def test_an_office_that_wants_no_weekly_reminders_stays_at_the_last_stage() -> None:
    last = Stages(date(2026, 7, 15), DAYS, Policy(weekly=False).chase).at(date(2026, 12, 1))
    assert last is not None
    assert last.code == "+3"


@settings(deadline=None, max_examples=examples(60))
@given(due=ANY_DAY)
def test_every_stage_opens_once_on_a_working_day_and_never_steps_back(due: date) -> None:
    one = stages(due)
    seen = [one.at(due + timedelta(days=n)) for n in range(-40, 60)]
    opened = [stage for stage in dict.fromkeys(seen) if stage is not None]
    assert [stage.code for stage in opened[:6]] == ["T-7", "T-3", "T-1", "T", "+1", "+3"]
    assert all(DAYS.works(stage.opens) for stage in opened)
    assert [stage.opens for stage in opened] == sorted({stage.opens for stage in opened})
    assert opened[3].opens <= due < opened[4].opens
    assert all(later.opens - earlier.opens >= timedelta(days=4) for earlier, later in pairwise(opened[6:]))


@settings(deadline=None, max_examples=examples(60))
@given(due=ANY_DAY, today=ANY_DAY)
def test_the_present_stage_has_opened(due: date, today: date) -> None:
    stage = stages(due).at(today)
    assert stage is None or stage.opens <= today
    assert (stage is not None) == (stages(due).first <= today <= due + timedelta(weeks=POLICY.chased_for))
