"""Killed between hearing and answering, at any moment: nobody is answered twice, and nobody is left without a word."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.home import Home
from knowledge.ledger import EntryKind
from tests.disasters.talker import TEXTS, prepare

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *moment: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(__file__).with_name("talker.py")), str(home), *map(str, moment)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)


def judge(home: Path) -> None:
    """Every message has one answer, or its sender was told once what became of it."""
    shown = [json.loads(line) for line in (home.parent / "shown").read_text("utf-8").splitlines()]
    notes = [one["text"] for one in shown if one["text"].startswith("刚才程序中断过")]
    for number, text in enumerate(TEXTS):
        answers = [one for one in shown if one["answers"] == f"{number}" and one["text"] not in notes]
        told = sum(f"“{text}”" in note for note in notes)
        assert len(answers) <= 1, (number, shown)
        assert told <= 1, (number, shown)
        assert len(answers) + told >= 1, (number, shown)
    with Home(home).store() as store:
        assert len(store.ledger().kinds(EntryKind.REPORTED)) == 1


@pytest.mark.chaos
def test_killed_at_any_moment_nobody_is_answered_twice_and_nobody_is_forgotten(tmp_path: Path) -> None:
    chance = random.Random(7)
    first = tmp_path / "0" / "home"
    prepare(first)
    whole = run(first)
    assert whole.returncode == 0, whole.stderr
    calls = int(whole.stdout.split()[-1])
    judge(first)
    for number in range(1, max(4, int(os.environ.get("CHAOS_KILLS", "100")) // 25)):
        home = tmp_path / f"{number}" / "home"
        prepare(home)
        for _ in range(chance.randint(1, 3)):
            done = run(home, chance.randint(calls // 3, calls))
            assert done.returncode in (0, -signal.SIGKILL), done.stderr
        assert run(home).returncode == 0
        judge(home)
