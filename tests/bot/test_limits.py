"""How many messages fit into a window, and who waits for whom."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Rate, Scope
from bot.limits import Limits, Window
from tests.properties import examples
from tests.scheduler.offices import at

NINE = at("2026-07-15 09:00")
SECOND = timedelta(seconds=1)


@settings(deadline=None, max_examples=examples(80))
@given(count=st.integers(1, 6), seconds=st.integers(1, 60), gaps=st.lists(st.integers(0, 90), max_size=40))
def test_in_no_stretch_of_the_window_are_there_more_than_the_rate_allows(
    count: int, seconds: int, gaps: list[int]
) -> None:
    window, now, used = Window(Rate(Scope.PERSON, count, seconds)), NINE, []
    for gap in gaps:
        now += SECOND * gap
        now += window.wait(now)
        assert window.wait(now) == timedelta()
        window = window.taken(now)
        used.append(now)
    for first in used:
        assert sum(first <= moment < first + SECOND * seconds for moment in used) <= count


def test_a_clock_that_is_set_back_blocks_nobody_for_longer_than_one_window() -> None:
    window = Window(Rate(Scope.CONVERSATION, 1, 60)).taken(NINE)
    assert window.wait(NINE - timedelta(days=1)) == timedelta(seconds=60)
    limits, channel = Limits(), MemoryChannel()
    limits.hold(Scope.CONVERSATION, "一群", NINE, timedelta(seconds=90))
    assert limits.wait(channel, "一群", NINE - timedelta(days=1)) == timedelta(seconds=90)
    assert limits.wait(channel, "一群", NINE + timedelta(seconds=80)) == timedelta(seconds=10)


def test_groups_of_one_account_share_its_rate_and_others_do_not() -> None:
    rates = (Rate(Scope.CREDENTIAL, 2, 60), Rate(Scope.CONVERSATION, 1, 60), Rate(Scope.PERSON, 1, 10))
    one, other = (MemoryChannel(Capabilities(rates=rates), credential=name) for name in ("甲", "乙"))
    limits = Limits()
    limits.take(one, "一群", NINE)
    assert limits.wait(one, "一群", NINE) == timedelta(seconds=60)
    limits.take(one, "二群", NINE, person="王芳")
    assert limits.wait(one, "三群", NINE) == timedelta(seconds=60)
    assert limits.wait(other, "三群", NINE) == timedelta()
    limits.hold(Scope.CREDENTIAL, "乙", NINE, None)
    assert limits.wait(other, "三群", NINE + timedelta(days=9)) is None


def test_windows_that_count_nothing_any_more_are_forgotten() -> None:
    limits, channel = Limits(), MemoryChannel(Capabilities(rates=(Rate(Scope.CONVERSATION, 5, 60),)))
    for number in range(12_000):
        limits.take(channel, f"群{number}", NINE + SECOND * number)
    assert len(limits._windows) <= 10_001
