"""The search beside named engines: who finds the right assignment, how fast, at what cost, as the store grows.

    .venv/bin/python -m benchmarks.retrieval                 one run, one table and one picture: docs/检索对比.md and .svg
    .venv/bin/python -m benchmarks.retrieval rows …          some sizes only, printed and not written
    .venv/bin/python -m benchmarks.retrieval --one ENGINE ROWS    one engine at one size, as JSON

The asked assignments are those of the documents in benchmarks/office, the questions stand beside them; everything above
that is distractors. Each engine runs in a process of its own, on one core, with the same rows and the same questions. Times are
processor time of one question; an engine that would need longer than its budget answers as many questions as it can.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median

from benchmarks.corpus import distractors
from benchmarks.peers import PEERS
from benchmarks.questions import SPOILED, answerable, asked, office_rows, spoiled
from knowledge.search.held import Row

SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
# Questions in the documents' words, mistyped ones, and those of which most share no word with the documents.
KINDS = ("plain", *SPOILED, "paraphrase")
# Seconds of processor time that the questions of one engine may take at one size.
BUDGET = 60.0
# Engines in plain Python or that scan every text are not built for a million rows.
UNSUITED = {"qiantou": 200_000}

# Questions of other sets asked before the clock runs, as in a process that serves: each engine has loaded and remembers what it does
# after so many seconds of processor time.
WARMING, WARM = ("spoken", "unanswerable", "aspects"), 10.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine did with so many rows. Times in milliseconds, memory in megabytes; `kinds`: top-1 by kind of question,
    `plain50`: the median time of those in the documents' words."""

    engine: str
    rows: int
    asked: int
    top1: float
    top5: float
    kinds: dict[str, float]
    p50: float
    p99: float
    plain50: float
    build: float
    memory: float


def measured(engine: str, size: int) -> Figures:
    """Build the engine over the office's rows and distractors up to `size`, and ask it everything."""
    office, questions = office_rows(), (*answerable(), *spoiled())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    ask = PEERS[engine](_rows(office, size))
    build = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    topics = [one.q if one.kind in SPOILED else one.topic for one in questions]
    _warm(ask)
    times, plain, among, spent = [], [], 0, 0.0
    right: dict[str, list[bool]] = {}
    for one, topic in zip(questions, topics, strict=True):
        if spent > BUDGET:
            break
        start = time.process_time()
        keys = ask(topic)
        times.append(time.process_time() - start)
        spent += times[-1]
        kind = one.kind if one.kind in KINDS else KINDS[0]
        plain += times[-1:] if kind == KINDS[0] else []
        right.setdefault(kind, []).append(bool(keys) and keys[0] in one.right)
        among += not one.right.isdisjoint(keys)
    times.sort()
    many = len(times)
    return Figures(
        engine, max(size, len(office)), many, sum(map(sum, right.values())) / many, among / many,
        {kind: sum(found) / len(found) for kind, found in right.items()},
        1000 * times[many // 2], 1000 * times[min(many - 1, many * 99 // 100)], 1000 * median(plain), build, memory,
    )  # fmt: skip


def _warm(ask: Callable[[str], list[str]]) -> None:
    start = time.process_time()
    for one in (one for name in WARMING for one in asked(name)):
        if time.process_time() - start > WARM:
            break
        ask(one.topic)


def _rows(office: Sequence[Row], size: int) -> Iterator[Row]:
    yield from office
    yield from distractors(max(0, size - len(office)), shared=[row.fields["text"] for row in office])


def table(found: Sequence[Figures]) -> str:
    """The figures as a table of Markdown, with each engine's time against ours of the same size."""
    lines = [
        f"| rows | engine | {' | '.join(KINDS)} | in 5 | p50 ms | p99 ms | × ours | build s | MB |",
        f"|---|---|{'---|' * len(KINDS)}---|---|---|---|---|---|",
    ]
    for size in sorted({one.rows for one in found}):
        group = [one for one in found if one.rows == size]
        ours = min((one.p50 for one in group if one.engine.startswith("qiantou")), default=float("nan"))
        lines += [
            f"| {one.rows:,} | {one.engine} | {_by_kind(one)} | {one.top5:.3f} | {one.p50:.2f} | {one.p99:.2f} "
            f"| {one.p50 / ours:.2f} | {one.build:.1f} | {one.memory:.0f} |"
            for one in group
        ]
    return "\n".join(lines)


def _by_kind(one: Figures) -> str:
    return " | ".join(f"{one.kinds[kind]:.3f}" if kind in one.kinds else "–" for kind in KINDS)


def main(sizes: Sequence[int] = ()) -> None:
    """Measure every engine at every size, or at these `sizes`, and print the table; of all sizes write the page and draw the
    picture."""
    from benchmarks import picture, retrieval_page

    found: list[Figures] = []
    for size in sizes or SIZES:
        for engine in PEERS:
            if size <= UNSUITED.get(engine, size):
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.retrieval", "--one", engine, str(size)],
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                if done.returncode:
                    print(f"{engine} at {size}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                    continue
                found.append(Figures(**json.loads(done.stdout)))
                print(f"{size:,} {engine}: {found[-1].p50:.2f} ms", file=sys.stderr, flush=True)
    print(table(found))
    if not sizes:
        figures = [asdict(one) for one in found]
        retrieval_page.save(
            figures,
            f"{os.cpu_count()}核的机器，Python {platform.python_version()}，{datetime.now().astimezone():%Y年%m月}",
        )
        picture.save(figures)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(asdict(measured(sys.argv[2], int(sys.argv[3])))))
    else:
        main([int(word) for word in sys.argv[1:]])
