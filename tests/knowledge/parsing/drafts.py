"""Drafts of paragraphs written in a test, and what is asked of their assignments."""

from __future__ import annotations

from knowledge.model import Block, Draft, Place, Role
from knowledge.parsing import parse
from knowledge.reading.reading import Reading


def paragraphs(*lines: str) -> Draft:
    return parse(Reading("text", tuple(Block(line, Place(line=n)) for n, line in enumerate(lines, 1))), "x", "0" * 64)


def duties(draft: Draft, at: int = 0) -> list[tuple[str, Role]]:
    return [(duty.unit, duty.role) for duty in draft.assignments[at].duties]


def codes(draft: Draft, at: int = 0) -> set[str]:
    return {doubt.code for doubt in draft.assignments[at].doubts}
