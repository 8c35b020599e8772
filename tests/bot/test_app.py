"""What the office does with a message and with its conversations."""

from dataclasses import replace

from knowledge.model import Message
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
