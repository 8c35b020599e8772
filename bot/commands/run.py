"""`qiantou run`: the office in one terminal. Questions are answered, and what falls due is said by itself."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app import App, build
from bot.channels.unserved import Unserved
from bot.clock import ShiftedClock, SystemClock
from bot.commands.columns import visible
from bot.commands.line import typed
from bot.commands.speech import Refusal
from bot.home import Home
from knowledge.model import Message, Turn
from knowledge.register import Register
from knowledge.store import Store

if TYPE_CHECKING:
    from scheduler.clockwork import Clockwork

PROMPT = "问> "
# 附件 ./公示截图.png 第3项的材料
_FILE = re.compile(
    r"(?:附件|材料|佐证)[:：\s]\s*(?P<path>\"[^\"]+\"|'[^']+'|“[^”]+”|\S*[/\\.]\S+)(?:\s+(?P<words>.*))?", re.DOTALL
)
REMEMBERED_TURNS = 8
LEAVING = frozenset({"退出", "exit", "quit", "q"})
"""What ends a talk in the terminal, beside Ctrl-D."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who sits at the terminal: their unit's printed name where they speak for one, and their role."""

    unit: str | None = None
    role: str = "staff"


def converse(home: Path, sample: Path | None, today: date | None, speaker: Speaker) -> None:
    """Answer questions until the input ends. At a terminal, reminders appear between them as they fall due."""
    if today and not sample:
        raise Refusal(
            "--today 只能和 --sample 一起用：真实的册子里，提醒和台账必须记真实的日子；只想看某一天，请用 qiantou simulate。"
        )
    started = SystemClock().now()
    place = Home(home)
    place.create()
    with place.store("qiantou run", started) as store:
        store.hold()
        if sample:
            _import_sample(store, place, sample, started)
        day = today or (_day_of_sample(store.load(), started.date()) if sample else None)
        app = build(home, store, clock=ShiftedClock(day) if day else SystemClock())
        # What is owed in a messenger is for qiantou serve to say: shown here it would count as said there.
        app.channels = {name: Unserved(elsewhere=True) for name in app.config.channels}
        watched = sys.stdin.isatty() and sys.stdout.isatty()
        click.echo(banner(app.register, app.clock.now(), day is not None, watched), err=not watched)
        for warning in store.warnings:
            click.echo(warning, err=True)
        talk = Talk(app, speaker, place)
        _talk(app, talk) if watched else _answer_all(app, talk)


def _import_sample(store: Store, place: Home, sample: Path, now: datetime) -> None:
    from bot.intake import import_files
    from bot.progress import progress

    if not sample.is_dir():
        raise Refusal(f"找不到样例目录“{sample}”，请检查路径。")
    files = sorted(path for path in sample.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
    with progress("导入样例", len(files)) as step:
        outcomes = import_files(store, place, files, now=now, who="样例", step=step)
    for outcome in outcomes:
        if outcome.failed:
            click.echo(outcome.sentence, err=True)


def _day_of_sample(register: Register, real: date) -> date | None:
    """The same day in the samples' year once that year is over, so that their deadlines still lie ahead; else None."""
    years = [document.year for document in register.documents if document.year]
    if not years or max(years) >= real.year:
        return None
    year = max(years)
    return date(year, 2, 28) if (real.month, real.day) == (2, 29) else real.replace(year=year)


def banner(register: Register, now: datetime, shifted: bool, watched: bool) -> str:
    """The first lines of a run: what is known, which day it is, and what to do next."""
    current = register.in_force
    lines = [f"牵头 · 文件{len(current.documents)}份，任务{len(current.assignments)}项 · 今天是{now:%Y年%-m月%-d日}"]
    if shifted:
        lines.append(f"（样例或试用：把{now:%Y年%-m月%-d日}当作今天。）")
    if not register.documents:
        lines.append("还没有文件，请先用 qiantou import 导入任务分工方案。")
    if watched:
        lines.append("请直接提问，例如：扶贫信息谁牵头。发“帮助”看用法，发“退出”或按 Ctrl-D 结束。")
    return "\n".join(lines)


class Talk:
    """One conversation in the terminal, with its last turns so that 那谁配合呢 can be understood."""

    def __init__(self, app: App, speaker: Speaker, home: Home | None = None) -> None:
        self._app, self._speaker, self._home, self._turns = app, speaker, home, list[Turn]()

    def reply(self, text: str) -> str:
        """What the office answers to a line."""
        turns = tuple(self._turns[-REMEMBERED_TURNS:])
        message = Message(text, sender="终端", role=self._speaker.role, unit=self._speaker.unit, turns=turns)
        given = _FILE.fullmatch(text)
        answer = self._file(given, message) if given and self._home else self._app.receive(message).text
        self._turns += [Turn(text), Turn(answer, by_bot=True)]
        return answer

    def _file(self, given: re.Match[str], message: Message) -> str:
        """附件 路径 第3项的材料: a file of this machine as evidence."""
        from bot.evidence import MEGABYTE, TOO_LARGE, take_file

        assert self._home is not None, "files are only taken into a home"
        path = Path(given["path"].strip("\"'“”")).expanduser()
        most = self._app.config.evidence.megabytes
        try:
            if path.stat().st_size > most * MEGABYTE:
                return TOO_LARGE.format(name=path.name, most=most)
            content = path.read_bytes()
        except OSError:
            return f"找不到或读不出文件“{path}”，没有登记。请核对路径，路径里有空格的用引号括起来。"
        return take_file(self._app, self._home, content, path.name, replace(message, text=given["words"] or "")).text


def _answer_all(app: App, talk: Talk) -> None:
    """Answer each line of standard input."""
    for question in _questions():
        if question.lower() in LEAVING:
            break
        click.echo(f"问：{visible(question)}\n{talk.reply(question)}\n")
    asyncio.run(app.close())


def _questions() -> Iterator[str]:
    for line in sys.stdin:
        text = line.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip().removeprefix("\ufeff")
        if text:
            yield text


def _talk(app: App, talk: Talk) -> None:
    """Read questions at the prompt while the clock ticks beside it; Ctrl-D or Ctrl-C ends it."""
    with _ticking(app):
        while (question := _prompted()) is not None:
            if question.lower() in LEAVING:
                break
            if question:
                click.echo(talk.reply(question) + "\n")


@contextmanager
def _ticking(app: App) -> Iterator[None]:
    """The clockwork in a thread of its own: the prompt must stay in the main one, where Ctrl-C can end it."""
    loop = asyncio.new_event_loop()
    beside = threading.Thread(target=_run_undisturbed, args=(loop,), name="clockwork", daemon=True)
    beside.start()
    clockwork = asyncio.run_coroutine_threadsafe(_started(app), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(_stopped(app, clockwork), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        beside.join()
        loop.close()


def _run_undisturbed(loop: asyncio.AbstractEventLoop) -> None:
    """Run the loop in this thread, and leave Ctrl-C to the prompt: a signal that lands here would not wake it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    loop.run_forever()


async def _started(app: App) -> Clockwork:
    """Settle what an earlier run left open, say what is owed now, and begin to tick."""
    from scheduler.clockwork import Clockwork

    app.settle()
    await app.tick()
    clockwork = Clockwork(app.tick)
    clockwork.start()
    return clockwork


async def _stopped(app: App, clockwork: Clockwork) -> None:
    clockwork.stop()
    await app.close()


def _prompted() -> str | None:
    """One line from the person at the terminal; None when they have finished."""
    line = typed(PROMPT)
    return None if line is None else line.strip()
