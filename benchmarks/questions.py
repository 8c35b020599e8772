"""The documents and questions that answers are measured on: benchmarks/office, written by others than the word tables.

`*.jsonl` there hold one question a line: `q`, `source` (the file asked about), `starts` (the first words of each requirement
that answers; empty where nothing in the documents does) and `kind`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.lexicon import shipped
from knowledge.model import Assignment, Draft
from knowledge.normal import bare
from knowledge.register import Register
from knowledge.search.held import Row
from knowledge.search.topic import without_fillers

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
        return without_fillers(self.q, shipped())


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
    """The questions of one set: `topics`, `paraphrases` or `unanswerable`."""
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
    """Every question on a topic that an assignment answers."""
    return tuple(one for name in ("topics", "paraphrases") for one in asked(name) if one.right)
