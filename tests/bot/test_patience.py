"""Who writes too fast is asked once to wait, and then hears nothing until they have waited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.terminal import TerminalChannel
from bot.config import Config, LimitsConfig
from handlers.message import Outcome
from knowledge.model import Message
from tests.scheduler.offices import Office, at, by, duty, register_of

START = at("2026-07-15 09:00")


class Hasty:
    """Somebody who asks an office that hears three messages a minute."""

    def __init__(self, limits: LimitsConfig | None = None) -> None:
        self.office = Office(register_of(duty(1, by("2026-07-15"))))
        self.office.app.config = Config(limits=limits or LimitsConfig(3, 60))

    def says(self, second: int, sender: str = "张晓", **more: bool) -> Outcome:
        self.office.clock.set(START + timedelta(seconds=second))
        message = Message("公开第1类信息谁牵头", conversation="工作群", sender=sender, group=True)
        return self.office.app.receive(replace(message, **more))


def test_one_polite_sentence_then_silence_then_answers_again() -> None:
    hasty = Hasty()
    assert all("市财政局" in hasty.says(second).text for second in (0, 1, 2))
    assert "请过57秒再发" in hasty.says(3).text
    assert [hasty.says(second).text for second in (4, 5, 30)] == ["", "", ""]
    assert "市财政局" in hasty.says(61).text


def test_what_is_not_said_to_the_bot_and_what_others_say_does_not_count() -> None:
    hasty = Hasty()
    for second in range(20):
        assert hasty.says(second, mentioned=False).text == ""
    assert all("市财政局" in hasty.says(30, sender=name).text for name in "甲乙丙丁戊")


def test_what_is_too_much_is_not_stored() -> None:
    hasty = Hasty()
    for second in range(3):
        hasty.says(second)
    late = hasty.office.app.receive(Message("收到", conversation="工作群", sender="张晓", group=True, role="liaison"))
    assert not late.entries
    assert "没有登记" in late.text


@pytest.mark.parametrize("limits", [LimitsConfig(0, 60), LimitsConfig()])
def test_an_office_may_hear_everything_and_by_default_hears_twenty_a_minute(limits: LimitsConfig) -> None:
    hasty = Hasty(limits)
    heard = [hasty.says(0).text for _ in range(22)]
    assert heard.count(heard[0]) == (22 if limits.messages == 0 else 20)


def test_at_the_offices_own_machine_nobody_is_asked_to_wait() -> None:
    hasty = Hasty()
    hasty.office.app.channels = {"工作群": TerminalChannel()}
    assert all("市财政局" in hasty.says(0).text for _ in range(9))
