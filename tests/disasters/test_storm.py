"""Killed a thousand times under load beside a platform that answers late, twice or never: 0 lost, 0 doubled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 3, int(os.environ.get("CHAOS_KILLS", "1000"))


def storm(kills: int, seed: int, groups: int) -> str:
    """What the storm says when it is over: figures, or what was lost or doubled."""
    command = [sys.executable, str(Path(__file__).with_name("storm.py")), str(kills), str(seed), str(groups)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=3600)
    return done.stdout + done.stderr


@pytest.mark.thorough
def test_killed_a_few_times_under_load_nothing_is_lost_or_doubled() -> None:
    assert storm(FEW, 1, 2).startswith(f"killed {FEW} homes ")


@pytest.mark.chaos
def test_killed_many_times_under_load_nothing_is_lost_or_doubled() -> None:
    said = storm(MANY, 2, 8)
    print(said)
    assert said.startswith(f"killed {MANY} homes ")
