"""`make fuzz`: damaged files of every kind, read and parsed for a time; nothing may come but a document or a ReadingError.

Each file is read in a child process that may use a bounded memory and a bounded time. What goes wrong is kept in the
folder fuzz-findings and named with the number that makes it again (`python -m tests.knowledge.reading.fuzz doc 4711`).
FUZZ_SECONDS lengthens the run (60 by default), FUZZ_SEED repeats one, FUZZ_KINDS="doc xls" narrows it.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.knowledge.reading.mutations import mutated, seeds

SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
LONGEST = 20
"""Seconds of computing one file may take."""
SILENCE = 6 * LONGEST
"""Seconds on the wall after which a child that does not go on is stopped."""
MEMORY = 1_500_000_000
"""Bytes of address space a child may use, libraries included."""
BATCH = 50
FINDINGS = Path("fuzz-findings")


def made(kind: str, number: int) -> tuple[str, bytes]:
    """The file that a kind and a number stand for."""
    return mutated(kind, random.Random(f"{kind} {number}"))


def attempt(kind: str, number: int) -> None:
    """Read and parse one file. Raises whatever goes wrong, TimeoutError for one that takes too long."""
    from knowledge.model import ReadingError
    from knowledge.parsing import parse
    from knowledge.reading import read

    name, data = made(kind, number)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        parse(read(data, name), name, hashlib.sha256(data).hexdigest())
    except ReadingError as error:
        if not str(error).startswith("无法读取“"):
            raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def child(kind: str, first: int, count: int) -> int:
    """Try some numbers one after another, saying each before it is tried; the first that fails ends it."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"more than {LONGEST} seconds")

    signal.signal(signal.SIGPROF, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in range(first, first + count):
        print(number, flush=True)
        attempt(kind, number)
    return 0


def run(kind: str, first: int, count: int) -> tuple[int, str]:
    """How many of these numbers were tried, and what the last one came to (empty when all went well)."""
    command = [sys.executable, "-m", "tests.knowledge.reading.fuzz", kind, str(first), str(count)]
    with (
        tempfile.TemporaryFile() as complaint,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaint) as process,
    ):
        assert process.stdout is not None
        tried = 0
        while select.select([process.stdout], [], [], SILENCE)[0]:
            if not process.stdout.readline():
                break
            tried += 1
        else:  # an alarm is heard only by Python, not by a library that never returns
            process.kill()
            return tried, f"says nothing for {SILENCE} seconds"
        code = process.wait()
        complaint.seek(0)
        said = complaint.read().decode("utf-8", "replace").strip()
    return tried, (said or f"the child ended with {code}") if code else ""


def main() -> int:
    """Fuzz until the time is over. Returns how many failures were found."""
    wanted = os.environ.get("FUZZ_KINDS", "").split()
    kinds = [kind for kind in seeds() if not wanted or kind in wanted]
    first = int(os.environ.get("FUZZ_SEED", str(int(time.time()) % 10**6 * 1000)))
    print(f"fuzzing {' '.join(kinds)} for {SECONDS} s from {first}")
    end = time.monotonic() + SECONDS
    tried: Counter[str] = Counter()
    found = 0
    while time.monotonic() < end:
        kind = min(kinds, key=lambda one: tried[one])
        count, failure = run(kind, first + tried[kind], BATCH)
        tried[kind] += max(count, 1)
        if failure:
            found += 1
            _keep(kind, first + tried[kind] - 1, failure)
    print(f"{tried.total()} files, {found} failures: " + ", ".join(f"{kind} {count}" for kind, count in tried.items()))
    return found


def _keep(kind: str, number: int, failure: str) -> None:
    FINDINGS.mkdir(exist_ok=True)
    name, data = made(kind, number)
    (FINDINGS / f"{kind}-{number}-{name}").write_bytes(data)
    print(f"{kind} {number}: {failure.splitlines()[-1]}\n{failure}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1))
    sys.exit(min(main(), 1))
