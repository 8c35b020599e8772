"""The terminal: what is written there is shown; who speaks there is heard by `qiantou run` itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from bot.channels.protocol import Trouble
from bot.channels.terminal import TerminalChannel
from tests.contracts.counterpart import Counterpart, Shown


class Screen(io.StringIO):
    """Each flush shows what was written since the one before."""

    def __init__(self, counterpart: Counterpart) -> None:
        super().__init__()
        self._counterpart = counterpart

    def flush(self) -> None:
        _, where, text = self.getvalue().split("\n", 2)
        self._counterpart.show(
            Shown(where.strip("〔〕"), text.removesuffix("\n\n"), str(len(self._counterpart.messages)))
        )
        self.seek(0)
        self.truncate()


class TerminalCounterpart(Counterpart):
    group, hears, connects, loses = "terminal/工作群", False, False, False

    def __init__(self) -> None:
        super().__init__()
        self.channel = TerminalChannel(Screen(self))

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        raise AssertionError("nobody is heard here")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        raise AssertionError("a terminal refuses nothing")

    def lose_answer(self) -> None:
        raise AssertionError("nothing is lost here")


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {"terminal": lambda _: TerminalCounterpart()}
