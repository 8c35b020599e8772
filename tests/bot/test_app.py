"""What the office does with a message and with its conversations."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.model import Deadline, DeadlineKind, Message, Period
from scheduler.calendar import WorkCalendar
from tests.scheduler.offices import PLAN, Office, by, duty, register_of


def test_what_was_received_is_in_the_ledger_before_the_reply_is_spoken() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    office.tick("2026-07-15 09:00")
    before = len(office.store.ledger())
    outcome = office.app.receive(
        Message("收到", conversation="工作群", sender="张晓", role="liaison", unit="市财政局", group=True)
    )
    assert office.store.ledger().entries[before:] == outcome.entries


def test_a_bound_conversation_only_reaches_its_own_documents() -> None:
    other = replace(PLAN, id="other", title="云溪市营商环境方案", source="b.txt")
    office = Office(
        register_of(
            duty(1, by("2026-07-15")),
            duty(2, by("2026-07-15"), unit="市商务局", document="other"),
            documents=(PLAN, other),
            营商群="other",
        )
    )
    assert "市商务局" in office.app.receive(Message("公开第2类信息谁牵头", conversation="营商群")).text
    assert "市财政局" not in office.app.receive(Message("公开第1类信息谁牵头", conversation="营商群")).text


async def test_closing_lets_go_of_every_channel_and_the_store() -> None:
    office = Office(register_of(duty(1)))
    await office.app.close()
    await office.app.close()
    assert office.store.load().assignments


AFTER_ISSUE = Deadline(
    "印发后5个工作日内", DeadlineKind.RELATIVE, anchor="issue", period=Period(workdays=5), issued=date(2026, 3, 16)
)


class LostCalendar(WorkCalendar):
    """A calendar whose file went bad behind our back."""

    def add_workdays(self, day: date, n: int) -> date:
        raise RuntimeError("no calendar")


def test_a_message_that_we_stumble_over_gets_an_honest_word_and_the_next_is_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    office = Office(register_of(duty(1, AFTER_ISSUE)))
    office.app.calendar = LostCalendar()
    before = len(office.store.ledger())
    stumbled = office.app.receive(Message("公开第1类信息什么时候完成", sender="张晓"))
    assert "出了错" in stumbled.text
    assert len(office.store.ledger()) == before
    assert "公开第1类信息什么时候完成" in caplog.text
    assert "任务分工" in office.app.receive(Message("有哪些文件", sender="张晓")).text
