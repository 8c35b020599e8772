"""受检文件: a draft with everything that an examination looks at beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.grid import Grid, grids_of
from knowledge.lexicon import Lexicon, shipped
from knowledge.model import Assignment, Document, Draft, Place
from knowledge.parsing import prepared
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import value_of
from knowledge.register import Register

Workday = Callable[[date], bool | None]
"""Whether offices work on a day; None where the year's calendar is not published."""

_MERGING = ("docx", "doc", "xlsx", "xls", "html", "pdf", "ofd")
# Doubts of a reading that had to guess which cell belongs to which row.
_TORN = frozenset(
    {"text-displaced", "lead-unplaced", "lead-inherited", "deadline-inherited", "row-inherited", "cells-joined"}
)
_LONGEST = 60
_BEHIND = 4


@dataclass(frozen=True)
class Specimen:
    """`beside` are names and titles of files examined together; without a register, and a roster in the lexicon, less can be said."""

    draft: Draft
    register: Register | None = None
    workday: Workday | None = None
    beside: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=shipped)

    @property
    def document(self) -> Document:
        """The document under examination."""
        return self.draft.document

    @cached_property
    def lines(self) -> Sequence[Line]:
        """All lines of the file, as they are parsed."""
        return prepared(self.draft.blocks)

    @cached_property
    def numbered(self) -> tuple[Assignment, ...]:
        """The assignments of the plan itself, without the duties of a covering letter."""
        return tuple(a for a in self.draft.assignments if a.number is not None)

    @property
    def merges(self) -> bool:
        """Whether the kind of file tells merged cells from empty ones."""
        return self.draft.kind in _MERGING

    @cached_property
    def _index(self) -> dict[Place, int]:
        return {line.place: line.index for line in reversed(self.lines)}

    def index(self, place: Place | None) -> int:
        """The index of the line at `place`, or of the row a cell at `place` stands in, else -1."""
        if place is None:
            return -1
        at = self._index.get(place, -1)
        return at if at >= 0 or place.column is None else self._index.get(replace(place, column=None), -1)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables with a header, in files that tell merged cells from empty ones."""
        return tuple(grids_of(self.lines)) if self.merges else ()

    def row_of(self, assignment: Assignment) -> tuple[Grid, Line] | None:
        """The row an assignment stands in and its grid."""
        found = ((grid, grid.by_place.get(assignment.place)) for grid in self.grids)
        return next(((grid, row) for grid, row in found if row is not None), None)

    @cached_property
    def torn(self) -> bool:
        """Whether the tables have lost the place of their cells, so that an empty one proves nothing."""
        codes = {doubt.code for a in self.numbered for doubt in a.doubts}
        return not self.merges and bool(codes & _TORN)

    @cached_property
    def conventions(self) -> bool:
        """Whether the document says once for all how its units are to be read (列第一位的为牵头单位)."""
        return any(doubt.code == "convention" for doubt in self.draft.doubts)

    def span(self, assignment: Assignment) -> Sequence[Line]:
        """The lines from an assignment's first one up to the next assignment; a few behind the last one."""
        start = self.index(assignment.place)
        later = [at for a in self.draft.assignments if (at := self.index(a.place)) > start]
        return self.lines[start : min(later, default=start + _BEHIND)] if start >= 0 else ()

    @cached_property
    def _owners(self) -> dict[int, Assignment]:
        return {self.index(a.place): a for a in reversed(self.numbered)}

    def spot(self, line: Line, words: str = "", place: Place | None = None) -> Spot:
        """The spot of a line, or of a cell at `place` in it, named by the assignment that begins there."""
        owner = self._owners.get(line.index)
        return Spot(place or line.place, whose(owner) if owner else "", words)

    def line_of(self, assignment: Assignment) -> Line | None:
        """The line an assignment begins on."""
        at = self.index(assignment.place)
        return self.lines[at] if at >= 0 else None

    @cached_property
    def first(self) -> int:
        """The index of the line of the first assignment; the number of lines where there is none."""
        found = [at for a in self.numbered if (at := self.index(a.place)) >= 0]
        return min(found, default=len(self.lines))

    @cached_property
    def year(self) -> int | None:
        """The year the document is about."""
        return self.document.year or (self.document.issued.year if self.document.issued else None)


def whose(assignment: Assignment) -> str:
    """The name of an assignment as its author knows it: by the number it prints, with its section where numbers restart."""
    if assignment.number is None:
        return "正文要求"
    printed = value_of(assignment.printed_number or "")
    if printed is None or not re.fullmatch(r"[\d.]+", assignment.number) or assignment.number == str(printed):
        return f"第{assignment.number}项"
    head = assignment.section[-1] if assignment.section else ""
    return f"“{short(head, 12)}”第{printed}项" if head and "." in assignment.number else f"第{assignment.number}项"


def short(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut with … where it is longer than `longest` characters."""
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def around(text: str, start: int, end: int, margin: int = 14) -> str:
    """The words at `start`–`end` with a little of what stands around them."""
    left, right = max(0, start - margin), min(len(text), end + margin)
    return ("…" if left else "") + text[left:right].strip() + ("…" if right < len(text) else "")


def spot_of(assignment: Assignment, words: str = "") -> Spot:
    """The spot of an assignment."""
    return Spot(assignment.place, whose(assignment), short(words or assignment.original or assignment.text))


def finding(
    code: str, severity: Severity, at: Spot, wrong: str, advice: str, related: Sequence[Spot] = ()
) -> Finding:  # fmt: skip
    """A finding with its related places as a tuple."""
    return Finding(code, severity, at, wrong, advice, tuple(related))


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names in one line, the rest only counted."""
    return "、".join(names[:most]) + (f"等{len(names)}处" if len(names) > most else "")
