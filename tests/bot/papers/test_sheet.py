"""A table that was asked for lies in the office's folder, whole, and its cells are text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from bot.channels.memory import MemoryChannel
from bot.channels.terminal import TerminalChannel
from bot.papers.sheet import keep, sheet_of
from handlers.message import Export
from knowledge.model import Message
from tests.scheduler.offices import Office, at, by, duty, register_of

NOW = at("2026-07-15 09:00")
TABLE = Export("财政局有哪些任务", ("序号", "任务"), (("1", "=HYPERLINK(1)"), ("2", "公开第2类信息")))


def test_what_looks_like_a_formula_is_text() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(sheet_of(TABLE, NOW))).get_sheet_by_index(0)
    assert sheet.to_python()[2:] == [["序号", "任务"], ["1", "=HYPERLINK(1)"], ["2", "公开第2类信息"]]


def test_a_second_table_of_the_same_second_takes_no_place_of_the_first(tmp_path: Path) -> None:
    first, second = keep(TABLE, tmp_path / "out", NOW), keep(TABLE, tmp_path / "out", NOW)
    assert first.name == "20260715-090000-财政局有哪些任务.xlsx"
    assert first != second
    assert second.exists()


def test_the_office_says_where_the_table_lies(tmp_path: Path) -> None:
    for channel, said in ((TerminalChannel(), f"已存到：{tmp_path}"), (MemoryChannel(), "请向管理员要")):
        office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-16"))), channel=channel)
        office.app.exports = tmp_path
        text = office.app.receive(Message("财政局有哪些任务，导出")).text
        assert "共2行" in text
        assert said in text
        assert (str(tmp_path) in text) == ("已存到" in said)
