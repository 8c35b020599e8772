"""The ledger and the register against TinyDB as shipped, in the same run and the same folder.

    .venv/bin/python -m benchmarks

Ours survives a power cut after every line; TinyDB as shipped rewrites its whole file and survives none.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from tinydb import TinyDB

from bot.home import Home
from knowledge.codec import encode
from knowledge.ledger import Entry, EntryKind
from scheduler.policy import SHANGHAI

SIZES = (1_000, 5_000)
MEASURED = 20
BEGIN = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)


def entry(number: int) -> Entry:
    """An entry as a reminder leaves it."""
    at = BEGIN + timedelta(minutes=number)
    return Entry(EntryKind.SENT, at, conversation="工作群", assignment=f"a-{number}", key=f"key-{number}", words="提醒")


def middle(act: Callable[[int], object]) -> float:
    """The median of MEASURED runs of `act`, in milliseconds of wall time."""
    spent = []
    for number in range(MEASURED):
        begun = time.perf_counter()
        act(number)
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent)


def main() -> None:
    """Print, for ledgers of several sizes, what one more entry costs here and in TinyDB as shipped."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder) / "home")
            home.create()
            rows = [entry(number) for number in range(size)]
            with home.store("benchmark") as store, TinyDB(Path(folder) / "peer.json", encoding="utf-8") as peer:
                store.append(*rows)
                peer.insert_multiple(encode(row) for row in rows)
                ours = middle(lambda number, store=store, size=size: store.append(entry(size + number)))
                theirs = middle(lambda number, peer=peer, size=size: peer.insert(encode(entry(size + number))))
        print(
            f"one more entry at {size:>6}: ours {ours:8.3f} ms, TinyDB as shipped {theirs:8.3f} ms, {theirs / ours:7.1f} x"
        )


if __name__ == "__main__":
    main()
