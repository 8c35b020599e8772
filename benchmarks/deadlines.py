"""The grammar of deadlines on phrases of our own, beside general extractors of dates in the same run.

    .venv/bin/python -m benchmarks.deadlines [PYTHON]

PYTHON is an interpreter that has jionlp, recognizers-text (with emoji<2) or dateparser installed, by hand and apart from
the product; QIANTOU_PEERS names it as well. Without one only our own figures are printed. The peers are helped: the kind is
given to them, the first day of a question that looks forward is given to them, and nothing found is right for work that
goes on, for events and for what is no deadline.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.deadline_phrases import DATED, Phrase, kind_right, phrases, right
from bot.commands.deadlines import respond
from knowledge.deadlines.phrase import clauses, slot
from scheduler.calendar import WorkCalendar

ROUNDS = 5
PEERS = ("jionlp", "recognizers-text", "dateparser")
UNDATED = ("receipt", "event", "before", "after", "on")


def answers(table: list[Phrase]) -> list[Mapping[str, object]]:
    """What `qiantou deadlines` answers to every phrase."""
    calendar = WorkCalendar()
    return [respond(phrase.line(), calendar) for phrase in table]


def per_second(table: list[Phrase]) -> float:
    """Phrases answered in a second of computing on one thread, nothing remembered between rounds."""
    calendar, lines = WorkCalendar(), [phrase.line() for phrase in table]
    took = []
    for _ in range(ROUNDS):
        slot.cache_clear()
        clauses.cache_clear()
        began = time.process_time()
        for line in lines:
            respond(line, calendar)
        took.append(time.process_time() - began)
    return len(table) / min(took)


def asked_of(peer: str, python: str, table: list[Phrase]) -> tuple[list[dict[str, Any]], float] | None:
    """A peer's answers and its phrases a second; None where that interpreter does not have it."""
    script = Path(__file__).with_name("deadline_peers.py")
    lines = "".join(json.dumps({"text": p.text, "day": p.day.isoformat()}, ensure_ascii=False) + "\n" for p in table)
    done = subprocess.run([python, str(script), peer], input=lines, capture_output=True, text=True)
    if done.returncode:
        return None
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return rows[:-1], len(table) / max(rows[-1]["seconds"], 1e-9)


def peer_right(phrase: Phrase, got: Mapping[str, Any]) -> bool:
    """Whether a peer's spans are what the table wants, its kind given to it."""
    return any(_peer_right(phrase, words.removesuffix(" !"), got) for words in phrase.meaning.split("|"))


def _peer_right(phrase: Phrase, words: str, got: Mapping[str, Any]) -> bool:
    spans = [tuple(span) for span in dict.fromkeys(map(tuple, got["spans"]))]
    if phrase.asked:
        return _window(words, phrase.day.isoformat(), spans)
    if " + " in words:
        wanted = [part.removesuffix(" !") for part in words.split(" + ")]
        return [span[1] for span in spans] == [w.split("..")[-1].split()[-1] for w in wanted]
    kind, _, rest = words.partition(" ")
    if kind == "every":
        return bool(got["every"] == rest.split()[0])
    if kind == "range":
        return spans == [tuple(rest.split(".."))]
    if kind == "by" and rest != "?":
        return [span[1] for span in spans] == [rest]
    day = rest.partition(" = ")[2]
    return [span[1] for span in spans] == [day] if day and day != "?" else not spans


def _window(words: str, today: str, spans: list[tuple[str, ...]]) -> bool:
    if words == "-":
        return not spans
    start, _, end = words.removesuffix(" ~").partition("..")
    return len(spans) == 1 and spans[0][1] == end and (spans[0][0] == start or start in (today, ""))


def invented(phrase: Phrase, dates: bool) -> bool:
    """Whether a date was given for a thing whose day nobody knows."""
    return phrase.kind in UNDATED and "|" not in phrase.meaning and dates


def shares(table: list[Phrase], rights: list[bool]) -> dict[str, str]:
    """The share of right answers among dated phrases, questions, and what is no deadline."""
    counted, all_of = Counter[str](), Counter[str]()
    for phrase, ok in zip(table, rights, strict=True):
        name = "dated" if phrase.kind in DATED else phrase.kind
        all_of[name] += 1
        counted[name] += ok
    return {name: f"{100 * counted[name] / all_of[name]:.1f} %" for name in ("dated", "window", "none")}


def main(python: str | None = None) -> None:
    """Print the table."""
    table = list(phrases())
    got = answers(table)
    speed = per_second(table)
    kinds = sum(kind_right(p, g) for p, g in zip(table, got, strict=True)) / len(table)
    ours = shares(table, [right(p, g) for p, g in zip(table, got, strict=True)])
    made_up = sum(invented(p, bool(g.get("date") or g.get("end"))) for p, g in zip(table, got, strict=True))
    print(f"\n期限短语（自己写的{len(table)}条，含义按 docs/期限.md 先由人写定）：")
    print(f"  {'':<18}{'有日期的':>8}{'问句':>10}{'不是期限的':>8}{'编造日期':>6}  {'每秒':>7}")
    print(_row("qiantou", ours, made_up, speed, ""), f"   种类 {100 * kinds:.1f} %")
    for peer in PEERS if python else ():
        answer = asked_of(peer, python or "", table)
        if answer is None:
            print(f"  {peer:<18} 该解释器里没有安装")
            continue
        spans, theirs = answer
        rights = [peer_right(p, g) for p, g in zip(table, spans, strict=True)]
        made_up = sum(invented(p, bool(g["spans"])) for p, g in zip(table, spans, strict=True))
        print(_row(peer, shares(table, rights), made_up, theirs, f"   我们是它的 {speed / theirs:.1f} 倍"))


def _row(name: str, share: dict[str, str], made_up: int, speed: float, more: str) -> str:
    return f"  {name:<18}{share['dated']:>9}{share['window']:>11}{share['none']:>11}{made_up:>8}  {speed:>9.0f}{more}"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("QIANTOU_PEERS"))
