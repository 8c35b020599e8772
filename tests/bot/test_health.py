"""通道状况 and the log: what is shown is true, survives to another process, and holds no secret."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Status, Trouble, Verdict
from bot.channels.redaction import keep_secret
from bot.clock import VirtualClock
from bot.commands.serve import told_states
from bot.health import State, Ward, metrics, read
from bot.home import Home
from bot.logs import Redacting
from knowledge.store import StoreError
from tests.contracts.served import NOW


def ward() -> Ward:
    found = Ward(VirtualClock(NOW))
    found.turn("机器人", State.CONNECTED)
    found.heard("机器人", True)
    found.heard("机器人", False)
    for verdict in (
        Verdict(Status.SENT, "ok"),
        Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE),
        Verdict(Status.FAILED, '{"errcode":60020,"access_token":"planted12345"}', trouble=Trouble.AUTH),
    ):
        found.judged(MemoryChannel(name="机器人"), verdict)
    return found


def test_another_process_reads_what_was_written(tmp_path: Path) -> None:
    ward().write(Home(tmp_path).channels)
    at, healths = read(Home(tmp_path).channels)
    assert (at, healths) == (NOW, tuple(ward().healths.values()))
    lines = told_states(tmp_path)
    assert lines[0] == "通道（7月15日09:30的状态，qiantou serve 现在没有在运行）："
    assert lines[1].startswith(
        "  机器人：已连接，账号被平台拒绝，发不出去，自7月15日09:30起，收到1条，最近一次7月15日09:30，"
        "发出1条，失败1条，结果不明1条；最近的错误（7月15日09:30）：{"
    )
    assert "planted12345" not in "".join(lines)


def test_a_refused_account_is_not_called_well_before_something_was_sent_again() -> None:
    found = ward()
    assert 'qiantou_channel_up{channel="机器人"} 0' in metrics(found.healths.values())
    found.judged(MemoryChannel(name="机器人"), Verdict(Status.SENT, "ok"))
    assert 'qiantou_channel_up{channel="机器人"} 1' in metrics(found.healths.values())


@pytest.mark.parametrize("content", ["", "[]", '{"at":"x"}', '{"at":"2026-07-15T09:30:00+08:00","channels":[{"a":1}]}'])
def test_a_state_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, content: str) -> None:
    Home(tmp_path).channels.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="可以删去；qiantou serve 会重新写"):
        read(Home(tmp_path).channels)


def test_names_of_channels_are_escaped_in_metrics() -> None:
    found = Ward(VirtualClock(NOW))
    found.turn('a"b\\c', State.OPEN)
    assert 'channel="a\\"b\\\\c"' in metrics(found.healths.values())


def test_no_secret_reaches_the_log_whoever_writes_it_and_however_it_was_raised() -> None:
    keep_secret("planted-in-the-log")
    formatter = Redacting("%(message)s")
    try:
        raise ValueError("https://host/send?key=planted-in-the-log&x=1")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "sent %s", (json.dumps({"k": "planted-in-the-log"}),), (
            type(error), error, error.__traceback__,
        ))  # fmt: skip
    line = formatter.format(record)
    assert "planted-in-the-log" not in line
    assert "Traceback" in line
    assert "●●●" in line
