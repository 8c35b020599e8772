"""Dialogues of the manual's pages, played over the sample documents: what is said is read, what is answered is written anew."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.clock import VirtualClock
from bot.config import Config, RemindersConfig
from bot.home import Home
from bot.intake import import_files
from knowledge.model import Message, Turn
from knowledge.store import MemoryStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

SAMPLE = Path(__file__).resolve().parent.parent / "docs/样例/云溪市2026年政务公开重点任务分工方案.docx"
PLAN = "2026年全市政务公开重点任务分工方案"
_FENCE = re.compile(r"(?<=```对话\n).*?(?=```)", re.DOTALL)
_LINE = re.compile(r"(?P<who>\S+) (?P<month>\d+)月(?P<day>\d+)日：(?P<text>.+)")
SUPERVISOR = "督查员"


class Page:
    """An office in which a page is played from its top: units report, 督查员 decides, the days go by as the lines say."""

    def __init__(self, folder: Path) -> None:
        now = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)
        self.clock = VirtualClock(now)
        self.store = MemoryStore()
        home = Home(folder)
        home.create()
        import_files(self.store, home, [SAMPLE], now=now)
        config = Config(reminders=RemindersConfig(supervisors="督查群"))
        self.app = App(self.store, MemoryChannel(), WorkCalendar(), config, self.clock)
        self.scope = tuple(one.id for one in self.app.register.documents if one.title == PLAN)
        self.turns: dict[str, tuple[Turn, ...]] = {}

    def played(self, text: str) -> str:
        """`text` with the answers as they are given now."""
        return _FENCE.sub(lambda found: self._dialogue(found[0]), text)

    def _dialogue(self, block: str) -> str:
        lines = [line for line in block.splitlines() if _LINE.fullmatch(line)]
        return "".join(f"{line}\n{self._answer(line)}\n" for line in lines)

    def _answer(self, line: str) -> str:
        told = _LINE.fullmatch(line)
        assert told is not None, "only lines that somebody says are played"
        now = datetime(2026, int(told["month"]), int(told["day"]), 9, tzinfo=SHANGHAI)
        self.clock.set(max(now, self.clock.now()))
        who, before = told["who"], self.turns.get(told["who"], ())
        role, unit = ("supervisor", None) if who == SUPERVISOR else ("liaison", who)
        message = Message(told["text"], f"{who}私聊", who, role, unit, scope=self.scope, turns=before)
        text = self.app.receive(message).text
        self.turns[who] = (*before, Turn(told["text"]), Turn(text, by_bot=True))[-8:]
        return "\n".join(f"> {one}" if one else ">" for one in text.splitlines())
