"""A phrase laid open for reading, and what is found on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.deadlines import traps
from knowledge.deadlines.cleaning import Cleaned, clean
from knowledge.deadlines.moments import Frame
from knowledge.model import Deadline, DeadlineKind


@dataclass(frozen=True, slots=True)
class Finding:
    """A reading at start..end of the cleaned text. `bound` marks one that only bounds a cadence behind it (3月起)."""

    start: int
    end: int
    deadlines: tuple[Deadline, ...]
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The cleaned words, the same with traps blotted out, and the frame they are read in."""

    cleaned: Cleaned
    masked: str
    frame: Frame
    inner: bool

    @property
    def raw(self) -> str:
        """The cleaned words with nothing blotted out."""
        return self.cleaned.text


def opened(text: str, issued: date | None, year: int | None, inner: bool) -> Page:
    """`text` cleaned and masked, in the frame of a document issued on `issued` about `year`."""
    cleaned = clean(text)
    return Page(cleaned, traps.masked(cleaned.text), Frame.document(issued, year), inner)


def made(page: Page, begin: int, end: int, kind: DeadlineKind, /, **fields: object) -> Deadline:
    """A deadline in the words printed at begin..end, with the page\'s issue date and year."""
    return Deadline(page.cleaned.printed(begin, end), kind, issued=page.frame.today, year=page.frame.year, **fields)  # type: ignore[arg-type]
