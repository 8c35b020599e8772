"""An office that answers what a platform brings until it is killed; the platform is three files beside the home.

python talker.py HOME [MOMENT]
The platform brings each message again until it was told that it has arrived, and some of them twice. At the call of Python
with number MOMENT the process kills itself; without it, it prints at its end how many calls there were.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from pathlib import Path

from bot.app import build
from bot.channels.hearing import Ear, Heard
from bot.channels.memory import MemoryChannel, Posted
from bot.channels.protocol import Status, Verdict
from bot.channels.unserved import Unserved
from bot.clock import VirtualClock
from bot.desk import Desk
from bot.health import Ward
from bot.home import Home
from bot.inbox import Inbox
from knowledge.people import Person, enrolled_entry
from tests.contracts.served import NOW, REGISTER
from tests.disasters.writer import Dying, say

TEXTS = ["第1项已完成", *(f"第{number}项谁牵头，问{number}" for number in range(2, 9))]


def prepare(home: Path) -> None:
    """A home with a register and a liaison."""
    Home(home).create()
    with Home(home).store() as store:
        store.file(REGISTER, enrolled_entry(Person("王芳", "市财政局", "liaison"), "群/p0", NOW, "测试"))


class Platform(MemoryChannel):
    """Brings what it was not told to have arrived, and shows what is posted, whatever becomes of the process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(name="群")
        self._arrived, self._shown = folder / "arrived", folder / "shown"

    async def listen(self, ear: Ear) -> None:
        for number, text in enumerate(TEXTS):
            if f"{number}" in _lines(self._arrived):
                continue
            where = f"群/{'同' if number % 2 else number}"
            heard = Heard("群", f"{number}", where, f"群/p{number}", text, NOW, group=bool(number % 2))
            await ear.hear(heard)
            _write(self._arrived, f"{number}")
            if number % 3 == 0:
                await ear.hear(heard)

    async def _say(self, message: Posted) -> Verdict:
        _write(self._shown, json.dumps({"answers": message.answers, "text": message.text}, ensure_ascii=False))
        return Verdict(Status.SENT, "ok", f"m{len(_lines(self._shown))}")


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _write(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


async def answer(home: Path) -> None:
    clock = VirtualClock(NOW)
    with Home(home).store() as store:
        store.hold()
        channel = Platform(home.parent)
        app = build(home, store, Unserved(), clock)
        app.channels = {"群": channel}
        inbox = Inbox(Home(home).inbox, clock)
        desk = Desk(app, inbox, app.channels, Ward(clock))
        app.settle()
        await desk.resume()
        await channel.listen(desk)
        await desk.settled()
        await desk.stop(5)
        inbox.close()


if __name__ == "__main__":
    dying = Dying("any", int(sys.argv[2]) if sys.argv[2:] else 0)
    threading.setprofile(dying)
    sys.setprofile(dying)
    asyncio.run(answer(Path(sys.argv[1])))
    sys.setprofile(None)
    threading.setprofile(None)
    say(f"calls {dying.calls}")
