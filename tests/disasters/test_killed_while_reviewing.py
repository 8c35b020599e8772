"""Killed with SIGKILL in the middle of a review: no confirmed answer is lost, none is asked twice, nothing is half filed."""

import os
import random
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.home import Home
from bot.learned import FILE_NAME
from knowledge.ledger import EntryKind, Ledger
from knowledge.lexicon import lexicon_of
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from tests.disasters.reviewer import FILES

ROOT = Path(__file__).resolve().parents[2]
REVIEWER = Path(__file__).with_name("reviewer.py")
MANY = 30
RULED = ("accepted", "corrected", "skipped")


def run(home: Path, scale: str, moment: int) -> list[str]:
    """What a process said before it was killed at `moment` (0: when it was done)."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    command = [sys.executable, str(REVIEWER), str(home), scale, str(moment)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == (-signal.SIGKILL if moment else 0), done.stderr
    return done.stdout.split("\n")[:-1]


@cache
def undisturbed(scale: str) -> tuple[Register, bytes, int]:
    """What a review that nobody kills files and teaches, and how many moments it has."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        calls = int(run(home, scale, 0)[-1].removeprefix("calls "))
        return TinyDBStore(home).load(), (home / "lexicon" / FILE_NAME).read_bytes(), calls


def ruled(ledger: Ledger) -> list[object]:
    """The decisions that the ledger holds answers to, each as often as it was answered."""
    entries = ledger.kinds(EntryKind.REVIEWED)
    return [entry.details["ruling"]["key"] for entry in entries if entry.details["verb"] in RULED]  # type: ignore[index]


def check(folder: Path, scale: str, moment: int) -> None:
    whole, taught, _ = undisturbed(scale)
    home = folder / "home"
    said = run(home, scale, moment)
    store = TinyDBStore(home)
    register, ledger = store.load(), store.ledger()
    assert register.documents in (whole.documents[:n] for n in range(said.count("filed"), 3)), moment
    assert len(ledger.kinds(EntryKind.FILED)) == register.revision, moment
    assert said.count("answered") <= len(ruled(ledger)) <= said.count("answered") + 1, moment
    lexicon_of(home / "lexicon")
    if ruled(ledger) and not register.of_source(FILES[-1].name):
        assert any(Home(home).documents.iterdir()), moment
    run(home, scale, 0)
    store = TinyDBStore(home)
    assert store.load() == whole, moment
    assert (home / "lexicon" / FILE_NAME).read_bytes() == taught, moment
    keys = ruled(store.ledger())
    assert len(keys) == len(set(keys)) == 9, moment


def moments(scale: str, count: int) -> list[int]:
    dice = random.Random(f"{scale} {count}")
    return sorted(dice.randint(1, undisturbed(scale)[2] * 99 // 100) for _ in range(count))


@pytest.mark.chaos
@pytest.mark.parametrize("scale", ["any", "disk"])
def test_killed_at_30_random_moments_of_a_review(tmp_path: Path, scale: str) -> None:
    for at, moment in enumerate(moments(scale, MANY)):
        check(tmp_path / str(at), scale, moment)
