"""An office served through each channel: questions are answered once, reminders have the fate they really had."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.protocol import Trouble
from bot.channels.reactions import ALARMS
from bot.inbox import Mark
from bot.voice import POST_TIMEOUT
from knowledge.ledger import EntryKind
from tests.contracts.counterpart import Counterpart, counterparts, needing, skip_unless_needed
from tests.contracts.served import Served

ASKED = "市教育局有哪些任务"
ANSWER = "公开第2类信息"
FOR_EVER = 1000


@pytest.fixture(params=list(counterparts()))
def counterpart(request: pytest.FixtureRequest, tmp_path: Path) -> Counterpart:
    return counterparts()[request.param](tmp_path)


@pytest.fixture
async def office(request: pytest.FixtureRequest, counterpart: Counterpart, tmp_path: Path) -> AsyncIterator[Served]:
    skip_unless_needed(request.function, counterpart, request.node.callspec.params)
    office = Served(counterpart, tmp_path)
    async with office.at_work():
        yield office


def answers(counterpart: Counterpart) -> list[str]:
    return [one.text for one in counterpart.messages if ANSWER in one.text]


@needing(lambda c: c.hears, "hears nobody")
async def test_a_question_is_answered_once_where_it_was_asked(counterpart: Counterpart, office: Served) -> None:
    id = await counterpart.say(ASKED, group=counterpart.in_group)
    await counterpart.see(1)
    await counterpart.say(ASKED, group=counterpart.in_group, id=id)
    await counterpart.say("帮助", group=counterpart.in_group)
    await counterpart.see(2)
    await office.desk.settled()
    assert len(answers(counterpart)) in ((1, 2) if counterpart.passive else (1,))
    where = {one.where for one in counterpart.messages}
    assert where == {counterpart.group if counterpart.in_group else counterpart.private}
    assert office.inbox.mark_of(counterpart.channel.name, id) in (Mark.ANSWERED, Mark.UNKNOWN)


@needing(lambda c: c.hears and c.in_group, "no groups")
async def test_what_is_said_among_people_is_left_alone(counterpart: Counterpart, office: Served) -> None:
    await counterpart.say("大家记得交材料", mentioned=False)
    await counterpart.say(ASKED)
    await counterpart.see(1)
    await office.desk.settled()
    assert len(counterpart.messages) == len(answers(counterpart)) == 1


@needing(lambda c: c.hears and c.connects, "no connection")
async def test_a_question_after_the_connection_ended_is_answered(counterpart: Counterpart, office: Served) -> None:
    await counterpart.say("帮助", group=counterpart.in_group)
    await counterpart.see(1)
    await counterpart.disconnect()
    await counterpart.say(ASKED, group=counterpart.in_group)
    await counterpart.see(2)
    await office.desk.settled()
    assert len(answers(counterpart)) == 1


@needing(lambda c: c.channel.capabilities.can_push and not c.channel.capabilities.by_hand, "answers only")
async def test_a_reminder_reaches_its_conversation_and_is_called_sent(counterpart: Counterpart, office: Served) -> None:
    office.bind(counterpart.where)
    await office.app.tick()
    shown = await counterpart.see(1)
    assert shown[0].where == counterpart.where
    assert "公开第1类信息" in shown[0].text
    assert office.kinds(EntryKind.SENT) == 1
    before = len(counterpart.messages)  # more than one where buttons come in a message of their own
    await office.app.tick()
    assert len(counterpart.messages) == before


@needing(lambda c: c.hears and c.channel.capabilities.buttons >= 3, "no buttons")
async def test_a_press_on_a_reminder_is_an_acknowledgement(counterpart: Counterpart, office: Served) -> None:
    office.enrol()
    office.bind(counterpart.where)
    await office.app.tick()
    before = len(await counterpart.see(1))
    buttons = counterpart.messages[-1].buttons
    assert [button.label for button in buttons] == ["收到", "已办结", "延期"]
    await counterpart.press(buttons[0].says, group=bool(counterpart.group))
    await counterpart.see(before + 1)
    await office.desk.settled()
    assert office.kinds(EntryKind.ACKNOWLEDGED) == 1


# What the ledger says of a reminder, and what people saw, for each way in which a platform refuses.
TRUTH = {
    Trouble.RATE: (EntryKind.FAILED, False),
    Trouble.AUTH: (EntryKind.FAILED, True),
    Trouble.TARGET: (EntryKind.FAILED, True),
    Trouble.PERSON: (EntryKind.FAILED, False),
    Trouble.CONTENT: (EntryKind.FAILED, True),
    Trouble.SERVER: (EntryKind.FAILED, False),
}


@pytest.mark.parametrize("trouble", TRUTH)
@needing(lambda c: c.channel.capabilities.can_push, "cannot be refused so")
async def test_the_state_of_a_refused_reminder_is_the_truth(
    counterpart: Counterpart, office: Served, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    office.bind(counterpart.where)
    counterpart.refuse(trouble, FOR_EVER)
    await office.app.tick()
    kind, alarmed = TRUTH[trouble]
    entries = [entry for entry in office.store.ledger() if entry.kind in (EntryKind.SENT, kind, EntryKind.UNKNOWN)]
    assert ([entry.kind for entry in entries], counterpart.messages) == ([kind], [])
    assert entries[0].details["trouble"] == trouble
    assert bool(office.app.alarms.on) is alarmed is (trouble in ALARMS)
    health = office.ward.of(counterpart.channel.name)
    assert (health.sent, health.failed, health.unknown) == (0, 1, 0)
    told = f"{entries}{office.app.alarms.on}{health}{caplog.text}"
    assert not [secret for secret in counterpart.secrets if secret in told]


@needing(lambda c: c.loses and c.channel.capabilities.can_push, "loses no answer")
async def test_a_reminder_whose_answer_was_lost_is_unknown_and_never_repeated_to_a_group(
    counterpart: Counterpart, office: Served
) -> None:
    capabilities = counterpart.channel.capabilities
    office.bind(counterpart.where)
    counterpart.lose_answer()
    await office.app.tick()
    await counterpart.see(1)
    wanted = EntryKind.SENT if capabilities.idempotent else EntryKind.UNKNOWN
    verdicts = [entry.kind for entry in office.store.ledger() if entry.kind in (EntryKind.SENT, EntryKind.UNKNOWN)]
    assert (verdicts, len(counterpart.messages)) == ([wanted], 1)
    if not capabilities.repeats:
        await office.app.tick()
        assert len(counterpart.messages) == 1


@needing(lambda c: c.hears, "hears nobody")
async def test_a_question_that_was_heard_when_the_end_came_is_answered_by_the_next_run(
    counterpart: Counterpart, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    skip_unless_needed(request.function, counterpart, {})
    first = Served(counterpart, tmp_path)
    heard = asyncio.Event()
    first.desk._queue = lambda _: heard.set()  # type: ignore[method-assign]
    async with first.at_work():
        await counterpart.say(ASKED, group=counterpart.in_group)
        async with asyncio.timeout(POST_TIMEOUT):
            await heard.wait()
    assert counterpart.messages == []
    again = counterparts()[request.node.callspec.params["counterpart"]](tmp_path)
    second = Served(again, tmp_path)
    async with second.at_work():
        await again.see(1)
        await second.desk.settled()
    assert len(answers(again)) == 1
