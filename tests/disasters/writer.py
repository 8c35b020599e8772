"""A process that writes into a home until it is killed, and says on standard output what was done for good.

python writer.py HOME import|append|hold|claim [any|disk MOMENT]
MOMENT counts Python calls ("any") or calls that reach the disk ("disk"); at that moment the process kills itself.
Without it, the process prints at its end how many there were.
"""

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType

from bot.home import Home
from bot.intake import digest_of, import_files
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Draft
from knowledge.store import StoreError
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON, assignment, draft

DISK = {"write", "fsync", "replace", "open", "truncate", "ftruncate", "unlink", "close", "flock", "mkdir", "read"}
FILES = {"乙.txt": "乙方案\n一\n二", "甲二稿.txt": "甲方案\n新一\n新二", "丙.txt": "丙方案\n一"}
APPENDS = 12


def understand(content: bytes, name: str) -> Draft:
    """A file's first line is its title, each further line an assignment."""
    title, *texts = content.decode().splitlines()
    made = draft(title, digest=digest_of(content))
    assignments = tuple(assignment(title, number, text) for number, text in enumerate(texts, 1))
    return replace(made, document=replace(made.document, source=name), assignments=assignments)


def inbox(home: Path) -> list[Path]:
    """The files to import, beside the home."""
    paths = [home.parent / name for name in FILES]
    for path in paths:
        path.write_text(FILES[path.name], encoding="utf-8")
    return paths


def say(words: str) -> None:
    """Tell the parent at once."""
    os.write(1, f"{words}\n".encode())


def import_all(home: Path) -> None:
    with Home(home).store("qiantou import") as store:
        for path in inbox(home):
            import_files(store, Home(home), [path], now=NOON, understand=understand)
            say(path.name)


def append_all(home: Path) -> None:
    with TinyDBStore(home) as store:
        for number in range(APPENDS):
            store.append(Entry(EntryKind.ACKNOWLEDGED, NOON + timedelta(minutes=number), words=f"收到{number}"))
            say(f"收到{number}")
            if store.claim(f"k{number}", NOON):
                say(f"k{number}")


def claim_all(home: Path) -> None:
    """Claim every key again and again, waiting for nobody; say which were granted."""
    for number in range(APPENDS):
        granted = None
        while granted is None:
            with TinyDBStore(home) as store:
                try:
                    granted = store.claim(f"k{number}", NOON)
                except StoreError:
                    granted = None
        if granted:
            say(f"k{number}")


def hold(home: Path) -> None:
    with Home(home).store("qiantou run", NOON) as store:
        store.hold()
        say("held")
        sys.stdin.read()


class Dying:
    """Counts calls and kills this process at the wanted one."""

    def __init__(self, scale: str, moment: int) -> None:
        self.scale, self.moment, self.calls = scale, moment, 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        if self.scale == "disk" and not (event.startswith("c_") and getattr(arg, "__name__", "") in DISK):
            return
        self.calls += 1
        if self.calls == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    home, work, scale, moment = Path(sys.argv[1]), sys.argv[2], *(sys.argv[3:] or ["any", "0"])
    dying = Dying(scale, int(moment))
    if sys.argv[3:]:
        sys.setprofile(dying)
    {"import": import_all, "append": append_all, "hold": hold, "claim": claim_all}[work](home)
    sys.setprofile(None)
    if sys.argv[3:]:
        say(f"calls {dying.calls}")
