"""核对: a draft, what a person has decided about it so far, and what is still to be decided. A value; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from knowledge.model import Draft
from knowledge.review.choice import Choice
from knowledge.review.correction import Correction, Field, corrected
from knowledge.review.decision import Decision, choices, decisions, parts
from knowledge.review.lesson import Lesson

# Corrections that neither settle other doubts nor raise new ones, nor touch the unread lines.
_QUIET = frozenset({Field.UNITS, Field.MORE_UNITS, Field.NAME, Field.FIRST_LEADS, Field.NUMBER, Field.TITLE})


class Verb(StrEnum):
    """How a decision was taken. SKIPPED leaves the doubt as a flag; APART asks for equal ones one by one."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Ruling:
    """裁定: what a person said to the decision with this `key`, and what the office learns from it."""

    key: str
    verb: Verb
    corrections: tuple[Correction, ...] = ()
    lesson: Lesson | None = None


@dataclass(frozen=True)
class Review:
    """核对. `draft` is what was read, `rulings` what was decided, in order; `reviewed` is the draft as it is by now.

    `apart` holds the keys of equal places that are to be asked about one by one.
    """

    draft: Draft
    rulings: tuple[Ruling, ...] = ()
    reviewed: Draft = field(default=None, compare=False)  # type: ignore[assignment]
    apart: frozenset[str] = field(default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        if self.reviewed is None:
            object.__setattr__(self, "reviewed", self.draft)

    @staticmethod
    def of(draft: Draft, rulings: Iterable[Ruling] = ()) -> Review:
        """The review of `draft` after `rulings`; what decides nothing that is open is left out."""
        review = Review(draft)
        for ruling in rulings:
            review = review.ruled(ruling)
        return review

    @cached_property
    def pending(self) -> tuple[Decision, ...]:
        """What is still to be decided, in order."""
        done = {ruling.key for ruling in self.rulings if ruling.verb is not Verb.APART}
        return tuple(one for one in decisions(self.reviewed, self.apart) if one.key not in done)

    @property
    def current(self) -> Decision | None:
        """What is to be decided now; None when all is."""
        return self.pending[0] if self.pending else None

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The numbered ways out of the current decision."""
        return choices(self.current, self.reviewed) if self.current else ()

    @property
    def decided(self) -> int:
        """How many decisions were taken."""
        return sum(ruling.verb is not Verb.APART for ruling in self.rulings)

    @property
    def total(self) -> int:
        """How many there are, taken and open. An answer can settle others: then it is less than before."""
        return self.decided + len(self.pending)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """What the office learns from the rulings, each once."""
        found = (ruling.lesson for ruling in self.rulings if ruling.lesson)
        return tuple({(lesson.table, lesson.words): lesson for lesson in found}.values())

    def counted(self, verb: Verb) -> int:
        """How many decisions were taken so."""
        return sum(ruling.verb is verb for ruling in self.rulings)

    def ruled(self, ruling: Ruling) -> Review:
        """The review after one more ruling; the same review where it decides nothing that is open."""
        one = next((one for one in self.pending if one.key == ruling.key), None)
        if one is None:
            return self
        draft, apart = self.reviewed, self.apart
        if ruling.verb is Verb.APART:
            apart |= {part.key for part in parts(one)}
        if ruling.verb in (Verb.ACCEPTED, Verb.CORRECTED):
            draft = corrected(_settled(draft, one), ruling.corrections)
        after = Review(self.draft, (*self.rulings, ruling), draft, apart)
        if ruling.verb is not Verb.APART and all(change.field in _QUIET for change in ruling.corrections):
            # Nothing new is open: what is left is known without looking through thousands of rows again.
            after.__dict__["pending"] = tuple(other for other in self.pending if other.key != ruling.key)
        return after

    def back(self) -> Review:
        """The review before its last ruling, exactly; the same review where there is none."""
        return Review.of(self.draft, self.rulings[:-1]) if self.rulings else self


def _settled(draft: Draft, one: Decision) -> Draft:
    """The draft without the doubts that a decision is about."""
    gone = {id: [doubt for doubt, of in one.members if of == id] for _, id in one.members}
    own = tuple(doubt for doubt in draft.document.doubts if doubt not in gone.get("", []))
    rows = tuple(
        replace(row, doubts=tuple(doubt for doubt in row.doubts if doubt not in gone[row.id]))
        if row.id in gone
        else row
        for row in draft.assignments
    )
    return replace(draft, document=replace(draft.document, doubts=own), assignments=rows)
