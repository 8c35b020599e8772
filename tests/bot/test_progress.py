"""Who waits for a long reading is told how far it is; a pipe is told nothing."""

from __future__ import annotations

from io import StringIO

import pytest

from bot.progress import pages_told, progress
from knowledge.reading.scan import watched


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_page_of_a_scan_is_told_and_wiped_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with pages_told("甲.pdf"):
        assert list(watched([1, 2, 4])) == [1, 2, 4]
    assert "正在识别甲.pdf：第3页，共3页" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_where_nobody_watches_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with progress("导入", 1) as step, pages_told("甲.pdf"):
        step("甲.pdf")
        list(watched([1, 2]))
    assert pipe.getvalue() == ""


def test_in_a_bar_the_page_stands_beside_the_name_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress("导入", 1) as step, pages_told("甲.pdf"):
        step("甲.pdf")
        list(watched([1, 2]))
    assert "导入 甲.pdf 第2页，共2页" in screen.getvalue()
