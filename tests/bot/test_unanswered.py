"""What was asked in vain is kept for the administrator: without who asked, without long numbers, and not for ever."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot import unanswered
from bot.app import build
from bot.home import Home
from bot.unanswered import Miss, grouped, misses, note
from handlers.message import Answer, Outcome, said
from knowledge.model import Message
from knowledge.question.query import Intent
from scheduler.policy import SHANGHAI
from tests.bot.test_command_line import SAMPLES, Terminal, terminal

__all__ = ["terminal"]

NOW = datetime(2026, 7, 30, 9, 5, tzinfo=SHANGHAI)


def in_vain(*near: str) -> Outcome:
    return said("文件里没有写。", Answer(Intent.LEAD, near=near, topic="火星移民"))


def test_a_question_in_vain_is_a_line_without_who_asked(tmp_path: Path) -> None:
    path = tmp_path / "unanswered.jsonl"
    note(path, "火星移民谁管\n打13812345678", in_vain("a-1", "a-2"), NOW)
    assert json.loads(path.read_text("utf-8")) == {"on": "2026-07-30", "q": "火星移民谁管 打●", "near": ["a-1", "a-2"]}


def test_what_was_answered_or_said_aloud_to_nobody_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "unanswered.jsonl"
    note(path, "扶贫信息谁牵头", said("市扶贫办牵头。", Answer(Intent.LEAD, True, ("a-1",))), NOW)
    note(path, "谢谢", said("不客气。", Answer(Intent.SMALLTALK)), NOW)
    note(path, "火星移民", Outcome(answer=Answer(Intent.LEAD, topic="火星移民")), NOW)
    assert not path.exists()


def test_a_file_that_has_grown_loses_its_older_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "unanswered.jsonl"
    monkeypatch.setattr(unanswered, "MOST", 1000)
    for place in range(100):
        note(path, f"第{place}号火星谁管", in_vain(), NOW)
        assert path.stat().st_size <= 1000
    assert misses(path)[-1].q == "第99号火星谁管"


def test_a_torn_or_strange_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "unanswered.jsonl"
    path.write_bytes(b'{"on":"2026-07-30","q":"\xe7\x81\xab"}\n{"q":7}\n[1]\n\xff\n{"on":"2026-07-3')
    assert misses(path) == [Miss("2026-07-30", "火")]


def test_the_same_question_is_told_once_and_the_frequent_first() -> None:
    asked = [Miss("2026-07-01", "火星谁管"), Miss("2026-07-02", "月球谁管"), Miss("2026-07-03", "火星谁管？")]
    assert [(one.last.q, one.times) for one in grouped(asked)] == [("火星谁管？", 2), ("月球谁管", 1)]


def test_the_administrator_sees_what_was_asked_and_teaches_it(terminal: Terminal) -> None:
    terminal.types("import", "--yes", *SAMPLES)
    assert "还没有没答上的问题" in terminal.types("unanswered").said
    office = build(terminal.home, Home(terminal.home).store("聊天"))
    for text in ("蒲公英行动谁牵头", "蒲公英行动谁牵头？", "扶贫项目谁牵头"):
        office.receive(Message(text))
    office.store.close()
    told = terminal.types("unanswered").said
    assert "2次 “蒲公英行动谁牵头？”" in told
    assert "qiantou synonyms add 蒲公英行动 文件里的写法" in told
    terminal.types("synonyms", "add", "蒲公英行动", "扶贫项目")
    assert "其中1个现在已能回答" in terminal.types("unanswered").said
    assert json.loads(terminal.types("unanswered", "--all", "--json").said)["answered_now"] is True
    assert "共2条" in terminal.types("unanswered", "--clear").said
    assert "还没有没答上的问题" in terminal.types("unanswered").said
