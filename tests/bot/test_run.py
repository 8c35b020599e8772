"""`qiantou run`: at a prompt a person talks and leaves when they like; from a pipe every line is answered."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import outcome
from bot.commands.run import PROMPT, _day_of_sample
from knowledge.model import Document
from knowledge.register import Register

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds after which a silent program has failed."""


class Prompt:
    """A person at a real terminal (a pseudo one, to the program it makes no difference)."""

    def __init__(self, home: Path) -> None:
        self._mine, theirs = pty.openpty()
        command = [sys.executable, "-m", "bot", "--home", str(home), "run", "--sample", "docs/样例"]
        streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self.program = subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=_take_terminal, **streams)
        os.close(theirs)

    def hears(self, wanted: str) -> str:
        """What is said up to and with `wanted`."""
        heard = b""
        while wanted.encode() not in heard:
            ready, _, _ = select.select([self._mine], [], [], PATIENCE)
            assert ready, heard.decode("utf-8", "replace")
            heard += os.read(self._mine, 4096)
        return heard.decode("utf-8", "replace")

    def types(self, text: str) -> None:
        os.write(self._mine, text.encode())

    def leaves_with(self, key: str) -> int:
        """The exit code. The key is pressed again each second, as a person would.

        A signal that lands between Python's printing of the prompt and its waiting for input is noticed late.
        """
        for _ in range(int(PATIENCE)):
            self.types(key)
            with suppress(subprocess.TimeoutExpired):
                return self.program.wait(1)
        raise AssertionError("the program did not end")

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        os.close(self._mine)


def _take_terminal() -> None:
    """Make standard input the terminal that Ctrl-C comes from, and heed it even if the tests were started by what does not."""
    import fcntl
    import signal
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def prompt(tmp_path: Path) -> Iterator[Prompt]:
    opened = Prompt(tmp_path / "home")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "key", [pytest.param("\x03", id="Ctrl-C"), pytest.param("\x04", id="Ctrl-D", marks=pytest.mark.thorough)]
)
def test_a_person_asks_and_leaves(prompt: Prompt, key: str) -> None:
    assert "文件3份" in prompt.hears(PROMPT)
    prompt.types("扶贫信息谁牵头\r")
    assert "市农业农村局牵头" in prompt.hears(f"\n{PROMPT}")
    assert prompt.leaves_with(key) == 0


def piped(home: Path, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    monkeypatch.setattr(sys, "argv", ["qiantou", "--home", str(home), "run", "--sample", str(ROOT / "docs/样例")])
    assert outcome() == 0
    return capsys.readouterr().out


def test_every_line_of_a_pipe_is_answered_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = piped(tmp_path, "\ufeff扶贫信息谁牵头\n\n责任单位呢\n", capsys, monkeypatch)
    first, second = said.split("问：责任单位呢")
    assert "市农业农村局牵头" in first
    assert second.strip().startswith("市财政局")


@pytest.mark.parametrize("word", ["退出", "quit", "EXIT"])
def test_who_says_so_leaves(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"谢谢\n{word}\n有哪些文件\n"))
    monkeypatch.setattr("sys.argv", ["qiantou", "--home", str(tmp_path), "run"])
    assert outcome() == 0
    told = capsys.readouterr().out
    assert "问：谢谢" in told
    assert "有哪些文件" not in told


def test_nothing_is_said_by_itself_into_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert piped(tmp_path, "", capsys, monkeypatch) == ""


def register_of(year: int) -> Register:
    return Register(1, (Document("d", "方案", "方案.txt", "0" * 64, year=year),))


def test_samples_of_this_year_are_seen_today() -> None:
    assert _day_of_sample(register_of(2026), date(2026, 7, 1)) is None


def test_samples_of_a_year_that_is_over_are_seen_on_the_same_day_of_their_year() -> None:
    assert _day_of_sample(register_of(2026), date(2027, 7, 1)) == date(2026, 7, 1)
    assert _day_of_sample(register_of(2026), date(2028, 2, 29)) == date(2026, 2, 28)
