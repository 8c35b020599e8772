"""One thing that became different between two documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What became different about one assignment.

    TIGHTENED and RELAXED are deadlines that lie earlier or later, from year to year seen within their year; DATED and
    UNDATED are deadlines that came or went; TIMED are those that became another kind of deadline, which nobody can call
    earlier or later. RENAMED is a unit that is the same under another name.
    """

    SPLIT = "split"
    JOINED = "joined"
    LEAD = "lead"
    UNITS = "units"
    RENAMED = "renamed"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"
    DATED = "dated"
    UNDATED = "undated"
    TIMED = "timed"
    TEXT = "text"
    MOVED = "moved"


MILD = frozenset({ChangeKind.MOVED, ChangeKind.RENAMED})
"""What leaves the assignment the same: where it stands and what its units are called."""


@dataclass(frozen=True, slots=True)
class Change:
    """变动: `words` says it in one Chinese phrase; `before` and `after` are the documents' own words, where it has some."""

    kind: ChangeKind
    words: str
    before: str = ""
    after: str = ""
