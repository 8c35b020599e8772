"""核对: a person has the last word on what was read.

`Review` is a draft with what was decided about it; `review_of` finds one again in the ledger; `heard` reads what
somebody typed as an answer; `remembered` reads a draft with what the office has learned before.
"""

from __future__ import annotations

from knowledge.review.choice import Choice, Way
from knowledge.review.correction import Correction, Field, corrected
from knowledge.review.decision import UNREAD, Decision, decisions
from knowledge.review.lesson import Lesson
from knowledge.review.memory import remembered
from knowledge.review.record import Act, Reviewer, Sitting, carried, review_of, sitting_on, sittings
from knowledge.review.review import Review, Ruling, Verb

__all__ = [
    "UNREAD",
    "Act",
    "Choice",
    "Correction",
    "Decision",
    "Field",
    "Lesson",
    "Review",
    "Reviewer",
    "Ruling",
    "Sitting",
    "Verb",
    "Way",
    "carried",
    "corrected",
    "decisions",
    "remembered",
    "review_of",
    "sitting_on",
    "sittings",
]  # fmt: skip
