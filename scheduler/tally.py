"""计数: the lines that figures of a summary are made of, and the counts of one unit or document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One date of an assignment (its id), None where it has none, for one `unit` or, empty, for the whole.

    `days` is calendar days overdue, or late when it was done; `on` the day on which it was reported, or said.
    """

    assignment: str
    due: date | None
    period: str | None = None
    days: int = 0
    unit: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The assignments (ids) of one unit or document by light, and those reported done in the span or finished.

    `overdue` are its open dates before today; `owed` the dates that had to be done in the span: due in it by today, or still
    open when it began; `met` those of them that were.
    """

    name: str
    total: tuple[str, ...]
    red: tuple[str, ...]
    yellow: tuple[str, ...]
    green: tuple[str, ...]
    done: tuple[str, ...]
    overdue: tuple[Line, ...] = ()
    owed: tuple[Line, ...] = ()
    met: tuple[Line, ...] = ()


def ids(lines: Iterable[Line]) -> tuple[str, ...]:
    """The assignments of some lines, each once, in order."""
    return tuple(dict.fromkeys(line.assignment for line in lines))


def by_due(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines in the order of their dates."""
    return tuple(sorted(lines, key=lambda line: line.due or date.max))
