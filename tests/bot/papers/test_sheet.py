"""A table that was asked for lies in the office's folder, whole, and its cells are text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities
from bot.channels.terminal import TerminalChannel
from bot.handing import keep
from bot.papers.sheet import sheet_of
from handlers.message import FILE, Export, File
from knowledge.model import Message
from tests.scheduler.offices import Office, at, by, duty, register_of

NOW = at("2026-07-15 09:00")
TABLE = Export("财政局有哪些任务", ("序号", "任务"), (("1", "=HYPERLINK(1)"), ("2", "公开第2类信息")))


def test_what_looks_like_a_formula_is_text() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(sheet_of(TABLE, NOW))).get_sheet_by_index(0)
    assert sheet.to_python()[2:] == [["序号", "任务"], ["1", "=HYPERLINK(1)"], ["2", "公开第2类信息"]]


def test_a_second_table_of_the_same_second_takes_no_place_of_the_first(tmp_path: Path) -> None:
    table = File("财政局有哪些任务.xlsx", sheet_of(TABLE, NOW))
    first, second = keep(table, tmp_path / "out", NOW), keep(table, tmp_path / "out", NOW)
    assert first.name == "20260715-090000-财政局有哪些任务.xlsx"
    assert first != second
    assert second.exists()


def test_a_channel_that_hands_out_files_gets_it_and_nothing_is_kept(tmp_path: Path) -> None:
    channel = MemoryChannel(Capabilities(files_out=frozenset({FILE})))
    office = Office(register_of(duty(1, by("2026-07-15"))), channel=channel)
    office.app.exports = tmp_path
    outcome = office.app.receive(Message("财政局有哪些任务，导出"))
    assert [file.name for file in outcome.files] == ["财政局有哪些任务.xlsx"]
    assert "请向管理员要" not in outcome.text
    assert list(tmp_path.iterdir()) == []


def test_the_office_says_where_the_table_lies(tmp_path: Path) -> None:
    for channel, said in ((TerminalChannel(), f"已存到：{tmp_path}"), (MemoryChannel(), "请向管理员要")):
        office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-16"))), channel=channel)
        office.app.exports = tmp_path
        text = office.app.receive(Message("财政局有哪些任务，导出")).text
        assert "共2行" in text
        assert said in text
        assert (str(tmp_path) in text) == ("已存到" in said)
