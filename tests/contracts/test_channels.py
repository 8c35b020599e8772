"""What every channel promises, told once and held against each of them."""

import io
from itertools import pairwise

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Channel, Status
from bot.channels.terminal import TerminalChannel

TEXT = "【任务提醒】今天是2026年7月15日（星期三）\n· 第1项 公开第1类信息——今天到期😀"


def channels() -> dict[str, Channel]:
    return {
        "memory": MemoryChannel(),
        "memory in bytes": MemoryChannel(Capabilities(limit=2048), in_bytes=True),
        "memory with keys": MemoryChannel(Capabilities(idempotent=True, limit=4096)),
        "terminal": TerminalChannel(io.StringIO()),
    }


@pytest.fixture(params=list(channels()))
def channel(request: pytest.FixtureRequest) -> Channel:
    return channels()[request.param]


async def test_a_message_that_fits_is_sent_with_the_platforms_word_and_an_id(channel: Channel) -> None:
    verdict = await channel.post("工作群", TEXT, "k1")
    assert (verdict.status, bool(verdict.raw), bool(verdict.message_id)) == (Status.SENT, True, True)


async def test_two_messages_have_two_ids(channel: Channel) -> None:
    first, second = await channel.post("工作群", TEXT, "k1"), await channel.post("工作群", TEXT, "k2")
    assert first.message_id != second.message_id


async def test_the_same_key_is_shown_once_where_the_channel_says_so(channel: Channel) -> None:
    first, second = await channel.post("工作群", TEXT, "k1"), await channel.post("工作群", TEXT, "k1")
    assert (first.message_id == second.message_id) is channel.capabilities.idempotent


async def test_a_message_over_the_limit_is_refused_for_good_and_not_cut(channel: Channel) -> None:
    limit = channel.capabilities.limit
    if limit is None:
        assert (await channel.post("工作群", "长" * 100_000, "k1")).status is Status.SENT
        return
    longest = "a" * limit
    assert (await channel.post("工作群", longest, "k1")).status is Status.SENT
    refused = await channel.post("工作群", longest + "a", "k2")
    assert (refused.status, refused.permanent) == (Status.FAILED, True)


def test_the_measure_grows_with_the_text(channel: Channel) -> None:
    lengths = [channel.measure(TEXT[:n]) for n in range(len(TEXT) + 1)]
    assert lengths[0] == 0
    assert all(one < other for one, other in pairwise(lengths))


async def test_closing_twice_does_no_harm(channel: Channel) -> None:
    await channel.close()
    await channel.close()


async def test_a_closed_terminal_says_that_it_failed() -> None:
    gone = io.StringIO()
    gone.close()
    verdict = await TerminalChannel(gone).post("工作群", TEXT, "k1")
    assert (verdict.status, verdict.permanent) == (Status.FAILED, True)


async def test_the_terminal_names_the_conversation() -> None:
    stream = io.StringIO()
    await TerminalChannel(stream).post("工作群", TEXT, "k1")
    assert stream.getvalue() == f"\n〔工作群〕\n{TEXT}\n\n"
