"""Killed with SIGKILL while it speaks: nothing lost, nothing doubled, and what is not known is said to be unknown."""

import os
import random
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from knowledge.ledger import EntryKind
from knowledge.store_tinydb import TinyDBStore
from scheduler.notices import unsettled
from tests.disasters.deliverer import REGISTER

ROOT = Path(__file__).resolve().parents[2]
SPEAKER = Path(__file__).with_name("deliverer.py")
FEW, MANY = 2, 100


def run(home: Path, scale: str, moment: int) -> str:
    """Speak until the end (moment 0), or until killed at a moment; what the process said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    command = [sys.executable, str(SPEAKER), str(home), scale, str(moment)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == (-signal.SIGKILL if moment else 0), done.stderr
    return done.stdout


def office(folder: Path) -> Path:
    home = folder / "home"
    with TinyDBStore(home) as store:
        store.file(REGISTER)
    return home


def shown(home: Path) -> list[list[str]]:
    """The messages that the group has seen, each as the keys in it."""
    file = home.parent / "shown"
    return [line.split() for line in file.read_text("utf-8").splitlines()] if file.exists() else []


@cache
def undisturbed(scale: str) -> tuple[list[list[str]], int]:
    """What a process that nobody kills shows, and how many moments it has."""
    with TemporaryDirectory() as folder:
        home = office(Path(folder))
        calls = int(run(home, scale, 0).rsplit("calls ", 1)[1])
        return shown(home), calls


def check(folder: Path, scale: str, moment: int) -> None:
    folder.mkdir()
    home = office(folder)
    run(home, scale, moment)
    run(home, scale, 0)
    messages, _ = undisturbed(scale)
    everything = {key for message in messages for key in message}
    keys = [key for message in shown(home) for key in message]
    with TinyDBStore(home) as store:
        ledger = store.ledger()
    sent = {entry.key for entry in ledger.kinds(EntryKind.SENT)}
    unknown = {entry.key for entry in unsettled(ledger)}
    assert len(keys) == len(set(keys)), "doubled"
    assert sent | unknown == everything, "lost without a word"
    assert sent <= set(keys), "said to be sent and never shown"
    assert set(keys) - sent <= unknown, "shown and not written down"
    assert any(unknown <= set(message) for message in messages), "more than one message in doubt"


def moments(count: int) -> list[tuple[str, int]]:
    """Random moments, half of them beside a call that reaches the disk; the same ones in every run."""
    dice = random.Random(count)
    return [(scale, dice.randint(1, undisturbed(scale)[1] * 99 // 100)) for scale in ["any", "disk"] * (count // 2)]


def test_killed_at_a_few_moments_of_speaking(tmp_path: Path) -> None:
    for number, (scale, moment) in enumerate(moments(FEW)):
        check(tmp_path / str(number), scale, moment)


@pytest.mark.chaos
def test_killed_at_100_random_moments_of_speaking(tmp_path: Path) -> None:
    for number, (scale, moment) in enumerate(moments(MANY)):
        check(tmp_path / str(number), scale, moment)
