"""Killed with SIGKILL at a random moment: the register is the old or the new one, and no word given is broken."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.home import Home
from bot.intake import import_files
from knowledge.ledger import EntryKind, Ledger
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON
from tests.disasters.writer import APPENDS, FILES, inbox, understand

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("writer.py")
FEW, MANY = 2, 200


def writer(home: Path, work: str, *moment: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    command = [sys.executable, str(WRITER), str(home), work, *moment]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def run(home: Path, work: str, *moment: str) -> list[str]:
    """What a process said before it was killed at `moment` (0: when it was done)."""
    with writer(home, work, *moment) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == (-signal.SIGKILL if int(moment[1]) else 0), moment
    return said.split("\n")[:-1]


def home_with_one_document(folder: Path) -> Path:
    """A home in which an older edition of one of the files to come is filed."""
    folder.mkdir(parents=True, exist_ok=True)
    home, first = folder / "home", folder / "甲.txt"
    first.write_text("甲方案\n一\n二\n三", encoding="utf-8")
    with TinyDBStore(home) as store:
        import_files(store, Home(home), [first], now=NOON, understand=understand)
    return home


@cache
def calls(work: str, scale: str) -> int:
    """How many moments there are."""
    with TemporaryDirectory() as folder:
        return int(run(home_with_one_document(Path(folder)), work, scale, "0")[-1].removeprefix("calls "))


def moments(work: str, count: int) -> list[tuple[str, str]]:
    """Random moments, half of them beside a call that reaches the disk; the same ones in every run."""
    dice = random.Random(f"{work} {count}")
    scales = ["any", "disk"] * (count // 2)
    return [(scale, str(dice.randint(1, calls(work, scale) * 99 // 100))) for scale in scales]


@cache
def editions() -> tuple[Register, ...]:
    """The register before the first file, after it, after the second …"""
    with TemporaryDirectory() as folder:
        home = home_with_one_document(Path(folder))
        with TinyDBStore(home) as store:
            found = [store.load()]
            for path in inbox(home):
                import_files(store, Home(home), [path], now=NOON, understand=understand)
                found.append(store.load())
    return tuple(found)


def whole_lines(home: Path) -> bool:
    """Whether every line of every ledger file is whole."""
    contents = [path.read_bytes() for path in home.glob("ledger-*.jsonl")]
    return all(c.endswith(b"\n") and all(json.loads(line) for line in c.splitlines()) for c in contents if c)


def check_import(folder: Path, moment: Sequence[str]) -> None:
    home = home_with_one_document(folder)
    done = [line for line in run(home, "import", *moment) if line in FILES]
    reader = TinyDBStore(home)
    register = reader.load()
    assert register in editions()[len(done) : len(done) + 2], moment
    assert [held.document for held in reader.ledger()] == ["甲方案", "乙方案", "甲方案", "丙方案"][
        : register.revision
    ], moment
    for document in register.documents:
        assert Home(home).original(document.digest, document.source).exists(), moment
    with TinyDBStore(home) as store:
        import_files(store, Home(home), inbox(home), now=NOON, understand=understand)
        assert store.load() == editions()[-1], moment
        assert len(store.ledger()) == len(FILES) + 1, moment
    assert whole_lines(home), moment


def check_append(folder: Path, moment: Sequence[str]) -> None:
    home = home_with_one_document(folder)
    said = run(home, "append", *moment)
    words = [line for line in said if line.startswith("收到")]
    keys = [line for line in said if line.startswith("k")]
    with TinyDBStore(home) as store:
        assert store.load() == editions()[0], moment
        kept = store.ledger()
        assert written(kept) in (words, [f"收到{number}" for number in range(len(words) + 1)]), moment
        assert [store.claim(key, NOON) for key in keys] == [False] * len(keys), moment
        granted = sum(store.claim(f"k{number}", NOON) for number in range(APPENDS))
        assert granted in (APPENDS - len(keys), APPENDS - len(keys) - 1), moment
        claims = [held.key for held in store.ledger().kinds(EntryKind.CLAIMED)]
        assert sorted(claims) == sorted(f"k{number}" for number in range(APPENDS)), moment
    assert whole_lines(home), moment


def written(ledger: Ledger) -> list[str]:
    return [held.words for held in ledger.kinds(EntryKind.ACKNOWLEDGED)]


def test_killed_at_a_few_moments_of_append(tmp_path: Path) -> None:
    for number, moment in enumerate(moments("append", FEW)):
        check_append(tmp_path / str(number), moment)


@pytest.mark.chaos
def test_killed_at_200_random_moments_of_import(tmp_path: Path) -> None:
    for number, moment in enumerate(moments("import", MANY)):
        check_import(tmp_path / str(number), moment)


@pytest.mark.chaos
def test_killed_at_200_random_moments_of_append(tmp_path: Path) -> None:
    for number, moment in enumerate(moments("append", MANY)):
        check_append(tmp_path / str(number), moment)


def test_the_lock_of_a_killed_process_blocks_nobody(tmp_path: Path) -> None:
    home = home_with_one_document(tmp_path)
    with writer(home, "hold") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        process.kill()
        process.wait()
        with TinyDBStore(home) as store:
            assert store.claim("k", NOON) is True
