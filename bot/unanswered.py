"""未答记录: questions that got no answer or only a menu, kept for the administrator. Who asked is not kept.

`unanswered.jsonl` in the home holds one question a line: {"on": "2026-07-30", "q": …, "near": [ids]}. Long numbers are struck
out, for they may be somebody's telephone or identity card. The file only grows, and when it is too large its older half goes.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handlers.message import Outcome
from knowledge.normal import bare
from knowledge.store_disk import disk
from knowledge.store_files import PRIVATE_FILE, json_bytes, refusal, write_all, write_whole

log = logging.getLogger(__name__)

# A question is kept up to so many characters, the file up to so many bytes.
LONGEST, MOST = 120, 512 * 1024
# So many digits in a row may be a telephone or an identity card.
_NUMBER = re.compile(r"[0-9０-９]{7,}[Xx]?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Miss:
    """A question without an answer: the day it was asked, its words, and the ids that were suggested."""

    on: str
    q: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """The same question asked so many times, as it was written last."""

    last: Miss
    times: int


def note(path: Path, text: str, outcome: Outcome, now: datetime) -> None:
    """Keep a question that got no answer. What the disk refuses is logged: the asker has their reply all the same."""
    answer = outcome.answer
    if answer is None or answer.answered or not answer.topic or not outcome.replies:
        return
    line = {"on": f"{now:%Y-%m-%d}", "q": cleaned(text), "near": list(answer.near)}
    try:
        _append(path, json_bytes(line) + b"\n")
    except OSError as error:
        log.warning("an unanswered question could not be kept: %s", error)


def cleaned(text: str) -> str:
    """A question as it is kept: on one line, long numbers struck out, cut when it is very long."""
    return _NUMBER.sub("●", _CONTROL.sub(" ", text)).strip()[:LONGEST]


def _append(path: Path, line: bytes) -> None:
    if path.exists() and path.stat().st_size + len(line) > MOST:
        kept = path.read_bytes().splitlines(keepends=True)
        write_whole(path, b"".join(kept[len(kept) // 2 :]))
    descriptor = disk().open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        write_all(descriptor, line)
    finally:
        os.close(descriptor)


def misses(path: Path) -> list[Miss]:
    """All that was kept, oldest first; a torn or strange line is passed over. Raises StoreError."""
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        raise refusal("读取", path, error) from error
    return [one for line in lines if (one := _miss(line)) is not None]


def _miss(line: bytes) -> Miss | None:
    try:
        read = json.loads(line)
    except ValueError:
        return None
    if not isinstance(read, dict) or not isinstance(read.get("q"), str):
        return None
    near = read.get("near")
    return Miss(
        str(read.get("on", ""))[:10], cleaned(read["q"]), tuple(map(str, near)) if isinstance(near, list) else ()
    )


def grouped(found: Iterable[Miss]) -> list[Missed]:
    """The same questions together, whatever their punctuation; the most frequent first, of equals the latest."""
    groups: dict[str, Missed] = {}
    for one in found:
        before = groups.get(bare(one.q))
        groups[bare(one.q)] = Missed(one, before.times + 1 if before else 1)
    return sorted(sorted(groups.values(), key=lambda one: one.last.on, reverse=True), key=lambda one: -one.times)


def forget(path: Path) -> int:
    """Take all away; returns how many there were. Raises StoreError."""
    count = len(misses(path))
    if count:
        write_whole(path, b"")
    return count
