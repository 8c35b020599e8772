"""The documents and questions that answers are measured on: benchmarks/office, written by others than the word tables.

`*.jsonl` there hold one question a line: `q`, `source` (the file asked about), `starts` (the first words of each requirement
that answers; empty where nothing in the documents does) and `kind`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from knowledge.lexicon import shipped
from knowledge.model import Assignment, Draft
from knowledge.normal import DATA, bare, has_han, plain
from knowledge.phonetic import readings
from knowledge.question.itemnumbers import asked_numbers, asked_place
from knowledge.register import Register
from knowledge.search.held import Row
from knowledge.search.topic import topic_of

OFFICE = Path(__file__).resolve().parent / "office"
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the file it asks about and the ids of the assignments that answer it."""

    q: str
    source: str
    kind: str
    right: frozenset[str]

    @property
    def topic(self) -> str:
        """The question without the words that only ask."""
        return topic_of(bare(self.q) if has_han(self.q) else self.q, shipped()).words


@cache
def office_drafts() -> tuple[Draft, ...]:
    """The drafts of all documents, read as an import reads them."""
    from bot.intake import draft_of

    return tuple(draft_of(file) for file in sorted(OFFICE.iterdir()) if file.suffix not in (".jsonl", ".md"))


@cache
def office_register() -> Register:
    """An office that has filed all documents."""
    register = Register()
    for draft in office_drafts():
        register, _ = register.filed(draft)
    return register


def office_rows() -> tuple[Row, ...]:
    """The assignments as every engine gets them: section and text."""
    return tuple(
        Row(one.id, {"text": one.text, "section": " ".join(one.section)})
        for draft in office_drafts()
        for one in draft.assignments
    )


@cache
def asked(name: str) -> tuple[Asked, ...]:
    """The questions of one set, the name of a file without .jsonl."""
    lines = (OFFICE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    sources = {draft.document.source: draft.assignments for draft in office_drafts()}
    found = []
    for one in map(json.loads, lines):
        rows = sources.get(one["source"], ())
        found.append(Asked(one["q"], one["source"], one["kind"], _right(one["starts"], rows)))
    return tuple(found)


def _right(starts: list[str], rows: tuple[Assignment, ...]) -> frozenset[str]:
    wanted = [bare(start) for start in starts]
    return frozenset(row.id for row in rows for start in wanted if 0 <= bare(row.text).find(start) <= _NEAR)


def answerable() -> tuple[Asked, ...]:
    """Every question on a topic that an assignment answers; which item stands at a number is no search's business."""
    return tuple(
        one for name in ("topics", "paraphrases") for one in asked(name) if one.right and not _by_number(plain(one.q))
    )


def _by_number(question: str) -> bool:
    return bool(asked_numbers(question)) or asked_place(question) is not None


def spoiled() -> tuple[Asked, ...]:
    """The plain topics once more as people mistype them: one and two characters of the same sound, whole pinyin."""
    rng = random.Random(23)
    topics = [one for one in answerable() if one.kind == "plain" and len(one.topic) >= _LONG_ENOUGH]
    return tuple(replace(one, q=spoil(rng, one.topic), kind=kind) for kind, spoil in SPOILED.items() for one in topics)


def _mistyped(times: int) -> Callable[[random.Random, str], str]:
    def spoil(rng: random.Random, topic: str) -> str:
        for at in rng.sample([at for at, sign in enumerate(topic) if has_han(sign)], times):
            alike = [
                sign for sounds in readings(topic[at]) for sign in _sounding().get(sounds, "") if sign != topic[at]
            ]
            topic = topic[:at] + (rng.choice(alike) if alike else topic[at]) + topic[at + 1 :]
        return topic

    return spoil


def _as_pinyin(_: random.Random, topic: str) -> str:
    spelled = {sign: sound for sound, signs in _syllables() for sign in signs}
    return " ".join(spelled.get(sign, sign) for sign in topic)


@cache
def _sounding() -> dict[str, str]:
    """Sound → the characters of the office's documents and questions that have it."""
    known = sorted({sign for row in office_rows() for sign in row.fields["text"] if has_han(sign)})
    return {
        sound: "".join(sign for sign in known if sound in readings(sign)) for sign in known for sound in readings(sign)
    }


@cache
def _syllables() -> tuple[tuple[str, str], ...]:
    lines = (DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    return tuple((sound, signs) for sound, _, signs in (line.partition(" ") for line in lines))


SPOILED = {"homophone": _mistyped(1), "two homophones": _mistyped(2), "pinyin": _as_pinyin}
_LONG_ENOUGH = 4
