"""A summary for programs: every figure with the ids that it counts."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.movement import Movement
from scheduler.ranking import Rank
from scheduler.stretches import ends
from scheduler.summary import Line, Summary, Tally

Record = dict[str, object]
LISTS = ("done", "due_rest", "due_next", "coming", "overdue", "unanswered", "unproven", "waiting", "returned")
"""The fields of a summary that are lines."""


def summary_record(value: Summary) -> Record:
    """The summary as JSON values; dates are ISO words, assignments their ids."""
    first, last = ends(value.span)
    then, until = ends(value.behind)
    return {
        "stretch": str(value.stretch),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "next": {"from": then.isoformat(), "to": until.isoformat()},
        "today": value.today.isoformat(),
        "total": list(value.total),
        **{name: _lines(getattr(value, name)) for name in LISTS},
        "finished": list(value.finished),
        "ongoing": list(value.ongoing),
        "undated": list(value.undated),
        "unattended": list(value.unattended),
        "lights": {id: str(light) for id, light in value.lights.items()},
        "units": [_tally(tally) for tally in value.units],
        "documents": [_tally(tally) for tally in value.documents],
        "change": _change(value.change) if value.change else None,
        "rule": value.yardstick.rule if value.yardstick else None,
        "ranking": [_rank(one) for one in value.ranking],
    }


def _lines(lines: Iterable[Line]) -> list[Record]:
    return [_line(line) for line in lines]


def _line(line: Line) -> Record:
    return {
        "assignment": line.assignment,
        "due": line.due.isoformat() if line.due else None,
        "period": line.period,
        "days": line.days,
        "unit": line.unit or None,
        "on": line.on.isoformat() if line.on else None,
    }


def _tally(tally: Tally) -> Record:
    counted = ("total", "red", "yellow", "green", "done")
    return {
        "name": tally.name,
        **{name: list(getattr(tally, name)) for name in counted},
        **{name: _lines(getattr(tally, name)) for name in ("overdue", "owed", "met")},
    }


def _change(change: Movement) -> Record:
    lists = ("done", "reopened", "overdue", "cleared")
    return {
        "since": change.since.isoformat(),
        **{name: _lines(getattr(change, name)) for name in lists},
        "new": list(change.new),
    }


def _rank(one: Rank) -> Record:
    return {
        "place": one.place,
        "unit": one.tally.name,
        "owed": len(one.tally.owed),
        "met": len(one.tally.met),
        "rate": float(one.rate),
        "overdue": len(one.tally.overdue),
    }
