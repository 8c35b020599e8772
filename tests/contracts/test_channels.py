"""What every channel promises, told once and held against each of them with its platform at the other end."""

import io
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.hearing import FILE, IMAGE, File, native_of
from bot.channels.protocol import Button, Status, Trouble
from bot.channels.terminal import TerminalChannel
from tests.contracts.counterpart import Counterpart, Listener, counterparts, listening, needing, skip_unless_needed

TEXT = "【任务提醒】今天是2026年7月15日（星期三）\n· 第1项 公开第1类信息——今天到期😀"
QUESTION = "扶贫信息谁牵头"
FOR_EVER = 1000


@pytest.fixture(params=list(counterparts()))
def counterpart(request: pytest.FixtureRequest, tmp_path: Path) -> Counterpart:
    return counterparts()[request.param](tmp_path)


@pytest.fixture
async def ear(request: pytest.FixtureRequest, counterpart: Counterpart) -> AsyncIterator[Listener]:
    """The platform is there and the channel listens."""
    skip_unless_needed(request.function, counterpart, request.node.callspec.params)
    ear = Listener()
    async with listening(counterpart, ear):
        yield ear


# ---------------------------------------------------------------- hearing
@needing(lambda c: c.hears and c.in_group, "no groups")
async def test_a_question_in_a_group_is_heard_without_the_mention(counterpart: Counterpart, ear: Listener) -> None:
    id = await counterpart.say(QUESTION)
    await ear.until(heard=1)
    heard = ear.heard[0]
    assert (heard.text.strip(), heard.id, heard.group, heard.mentioned) == (QUESTION, id, True, True)
    assert (heard.channel, heard.conversation) == (counterpart.channel.name, counterpart.group)
    assert native_of(heard.person) == native_of(counterpart.person)
    assert heard.at.tzinfo is not None
    json.dumps(dict(heard.ticket))


@needing(lambda c: c.hears and bool(c.private), "nothing private")
async def test_a_question_in_private_is_heard(counterpart: Counterpart, ear: Listener) -> None:
    await counterpart.say(QUESTION, group=False)
    await ear.until(heard=1)
    heard = ear.heard[0]
    assert (heard.text.strip(), heard.group, heard.mentioned, heard.conversation) == (
        QUESTION, False, True, counterpart.private,
    )  # fmt: skip


@needing(lambda c: c.hears and c.in_group, "no groups")
async def test_what_is_said_to_others_is_not_taken_for_said_to_the_bot(counterpart: Counterpart, ear: Listener) -> None:
    await counterpart.say("大家早上好", mentioned=False)
    await counterpart.say(QUESTION)
    await ear.until(heard=1 if counterpart.channel.capabilities.needs_mention else 2)
    assert [(heard.text.strip(), heard.mentioned) for heard in ear.heard if heard.mentioned] == [(QUESTION, True)]


@needing(lambda c: c.hears, "hears nobody")
async def test_a_message_that_is_delivered_twice_has_one_id(counterpart: Counterpart, ear: Listener) -> None:
    in_group = counterpart.in_group
    id = await counterpart.say(QUESTION, group=in_group)
    await counterpart.say(QUESTION, group=in_group, id=id)
    await counterpart.say("再问一句", group=in_group)
    await ear.until(heard=2)
    while ear.heard[-1].text.strip() != "再问一句":
        await ear.until(heard=len(ear.heard) + 1)
    assert len({heard.id for heard in ear.heard}) == 2


@needing(lambda c: c.hears and c.connects, "no connection")
async def test_it_hears_again_after_the_connection_ended(counterpart: Counterpart, ear: Listener) -> None:
    in_group = counterpart.in_group
    await counterpart.say("第一句", group=in_group)
    await ear.until(heard=1)
    await counterpart.disconnect()
    await counterpart.say("第二句", group=in_group)
    await ear.until(heard=2)
    assert [heard.text.strip() for heard in ear.heard] == ["第一句", "第二句"]


@needing(lambda c: c.hears and c.channel.capabilities.buttons >= 3, "no buttons")
async def test_a_button_says_what_stands_on_it(counterpart: Counterpart, ear: Listener) -> None:
    buttons = (Button("收到", "收到 K7M"), Button("已办结", "已办结 K7M"), Button("延期", "延期 K7M"))
    assert (await counterpart.channel.post(counterpart.where, TEXT, "k1", buttons)).status is Status.SENT
    assert [button.label for button in (await counterpart.see(1))[0].buttons] == ["收到", "已办结", "延期"]
    await counterpart.press("收到 K7M", group=bool(counterpart.group))
    await ear.until(heard=1)
    heard = ear.heard[0]
    assert (heard.text, heard.pressed, heard.mentioned) == ("收到 K7M", True, True)


@needing(lambda c: FILE in c.channel.capabilities.files_in, "gets no files")
async def test_a_file_is_had_when_it_is_wanted(counterpart: Counterpart, ear: Listener) -> None:
    await counterpart.give("方案.txt", "牵头单位：市财政局".encode(), group=not counterpart.private)
    await ear.until(heard=1)
    attachment = ear.heard[0].attachments[0]
    assert (attachment.name, attachment.kind) == ("方案.txt", FILE)
    json.dumps(dict(attachment.ticket))
    assert await counterpart.channel.fetch(attachment, 1000) == "牵头单位：市财政局".encode()


# ---------------------------------------------------------------- speaking
@needing(lambda c: c.hears, "hears nobody")
async def test_an_answer_reaches_the_conversation_of_the_question(counterpart: Counterpart, ear: Listener) -> None:
    in_group = counterpart.in_group
    await counterpart.say(QUESTION, group=in_group)
    await ear.until(heard=1)
    verdict = await counterpart.channel.answer(ear.heard[0], TEXT, "a1")
    assert verdict.status is (counterpart.taken if counterpart.vouches else Status.UNKNOWN), verdict.raw
    shown = (await counterpart.see(1))[0]
    assert shown.where == (counterpart.group if in_group else counterpart.private)
    assert "公开第1类信息" in shown.text


@needing(lambda c: c.channel.capabilities.can_push, "answers only")
async def test_a_message_that_fits_is_sent_with_the_platforms_word(counterpart: Counterpart, ear: Listener) -> None:
    verdict = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert (verdict.status, bool(verdict.raw)) == (counterpart.taken, True)
    shown = (await counterpart.see(1))[0]
    assert shown.where == counterpart.where
    assert "公开第1类信息" in shown.text


@needing(lambda c: c.channel.capabilities.can_push, "answers only")
async def test_two_messages_are_two(counterpart: Counterpart, ear: Listener) -> None:
    first = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    second = await counterpart.channel.post(counterpart.where, TEXT, "k2")
    assert len(await counterpart.see(2)) == 2
    assert first.message_id != second.message_id or first.message_id == ""


@needing(lambda c: c.channel.capabilities.can_push, "answers only")
async def test_the_same_key_is_shown_once_where_the_channel_says_so(counterpart: Counterpart, ear: Listener) -> None:
    for _ in range(2):
        await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert len(counterpart.messages) == (1 if counterpart.channel.capabilities.idempotent else 2)


@needing(lambda c: c.channel.capabilities.can_push and c.channel.capabilities.limit is not None, "no limit")
async def test_a_message_over_the_limit_is_refused_for_good_and_not_cut(
    counterpart: Counterpart, ear: Listener
) -> None:
    channel, limit = counterpart.channel, counterpart.channel.capabilities.limit
    assert limit is not None
    longest = "a" * limit
    while channel.measure(longest) > limit:
        longest = longest[:-1]
    assert (await channel.post(counterpart.where, longest, "k1")).status is counterpart.taken
    assert longest in (await counterpart.see(1))[0].text
    refused = await channel.post(counterpart.where, longest + "a" * (limit - channel.measure(longest) + 1), "k2")
    assert (refused.status, refused.permanent, refused.trouble) == (Status.FAILED, True, Trouble.CONTENT)
    assert len(counterpart.messages) == 1


def test_the_measure_grows_with_the_text(counterpart: Counterpart) -> None:
    lengths = [counterpart.channel.measure(TEXT[:n]) for n in range(len(TEXT) + 1)]
    assert all(one < other for one, other in pairwise(lengths))


@pytest.mark.parametrize("kind", [FILE, IMAGE])
async def test_a_file_is_handed_out_whole(counterpart: Counterpart, ear: Listener, kind: str) -> None:
    file = File("周报.docx" if kind == FILE else "周报.png", b"PK\x03\x04 or so" if kind == FILE else PIXEL, kind)
    verdict = await counterpart.channel.hand(counterpart.where, file, "f1")
    assert verdict.status is counterpart.taken, verdict.raw
    shown = (await counterpart.see(1))[0]
    assert (shown.where, shown.content) == (counterpart.where, file.content)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


# ---------------------------------------------------------------- what goes wrong
@pytest.mark.parametrize("trouble", [one for one in Trouble if one not in (Trouble.TOKEN, Trouble.SILENCE)])
async def test_a_refusal_is_never_called_sent(counterpart: Counterpart, ear: Listener, trouble: Trouble) -> None:
    counterpart.refuse(trouble, FOR_EVER)
    verdict = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert (verdict.status, verdict.trouble, counterpart.messages) == (Status.FAILED, trouble, [])
    assert verdict.permanent is (trouble in (Trouble.TARGET, Trouble.PERSON, Trouble.CONTENT))
    assert bool(verdict.alarm) is (trouble in (Trouble.AUTH, Trouble.TARGET, Trouble.CONTENT))
    assert bool(verdict.retry_after) or trouble is not Trouble.RATE
    assert not any(secret in f"{verdict}" for secret in counterpart.secrets)


@needing(lambda c: Trouble.SERVER in c.troubles, "refuses nothing")
async def test_after_a_refusal_for_once_it_is_said(counterpart: Counterpart, ear: Listener) -> None:
    counterpart.refuse(Trouble.SERVER)
    first = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    second = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert (first.status, second.status, len(await counterpart.see(1))) == (Status.FAILED, counterpart.taken, 1)


@needing(lambda c: c.refreshes_token, "has no token")
async def test_a_token_that_ran_out_is_renewed_once(counterpart: Counterpart, ear: Listener) -> None:
    counterpart.refuse(Trouble.TOKEN)
    assert (await counterpart.channel.post(counterpart.where, TEXT, "k1")).status is Status.SENT
    assert len(await counterpart.see(1)) == 1


@needing(lambda c: c.refreshes_token, "has no token")
async def test_a_token_that_stays_refused_is_a_matter_of_the_account(counterpart: Counterpart, ear: Listener) -> None:
    counterpart.refuse(Trouble.TOKEN, FOR_EVER)
    verdict = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert (verdict.status, verdict.trouble, counterpart.messages) == (Status.FAILED, Trouble.AUTH, [])


@needing(lambda c: c.loses and c.channel.capabilities.can_push, "loses no answer")
async def test_a_lost_answer_is_unknown_and_said_once(counterpart: Counterpart, ear: Listener) -> None:
    counterpart.lose_answer()
    verdict = await counterpart.channel.post(counterpart.where, TEXT, "k1")
    assert (verdict.status, verdict.trouble) == (Status.UNKNOWN, Trouble.SILENCE)
    assert len(await counterpart.see(1)) == 1
    if counterpart.channel.capabilities.idempotent:
        assert (await counterpart.channel.post(counterpart.where, TEXT, "k1")).status is Status.SENT
        assert len(counterpart.messages) == 1


async def test_closing_twice_does_no_harm(counterpart: Counterpart) -> None:
    await counterpart.channel.close()
    await counterpart.channel.close()


async def test_a_closed_terminal_says_that_it_failed() -> None:
    gone = io.StringIO()
    gone.close()
    verdict = await TerminalChannel(gone).post("工作群", TEXT, "k1")
    assert (verdict.status, verdict.permanent) == (Status.FAILED, True)


async def test_the_terminal_names_the_conversation() -> None:
    stream = io.StringIO()
    await TerminalChannel(stream).post("工作群", TEXT, "k1")
    assert stream.getvalue() == f"\n〔工作群〕\n{TEXT}\n\n"
