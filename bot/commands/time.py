"""`qiantou due`, `simulate` and `summary`: what time asks of the office."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

import click

from bot.commands.speech import Refusal
from bot.view import view_of
from scheduler.policy import SHANGHAI

CLOSING = time(17, 0)
"""The time of day at which a summary asked for another day looks at that day."""


def show_due(home: Path, start: date, end: date, *, jsonl: bool) -> None:
    """Print what falls due from `start` to `end`, both included, grouped by day."""
    from handlers.notices_wording import due_list
    from scheduler.due import due_between

    _in_order(start, end)
    view = view_of(home)
    rows = due_between(view.register, view.ledger, start, end, view.calendar)
    if not jsonl:
        click.echo(due_list(rows, start, end, view.now.date()))
        return
    for row in rows:
        _emit(
            {
                "due": row.due.isoformat(),
                "assignment": row.assignment.id,
                "document": row.document.title,
                "no": row.assignment.number,
                "period": row.period,
                "units": list(row.units),
                "done": row.done,
                "text": row.assignment.text,
            }
        )


def show_simulation(home: Path, start: date, end: date, *, jsonl: bool) -> None:
    """Print every message that would be posted from `start` to `end`, both included; nothing is really sent."""
    from bot.progress import progress
    from bot.simulation import days_played, simulate

    _in_order(start, end)
    view = view_of(home)
    span = start, end
    with progress("演练", days_played(span, view.now.date())) as step:
        said = simulate(view.register, view.ledger, span, view.now, view.calendar, view.policy, step)
    if jsonl:
        from bot.commands.simulated import records

        for record in records(said):
            _emit(record)
    else:
        from bot.commands.simulated import transcript

        for part in transcript(said, view.register):
            click.echo(part)


def show_summary(home: Path, today: date | None, *, full: bool, jsonl: bool) -> None:
    """Print the summary of the week of `today` (the real day when None): short for a group, full for supervisors."""
    from handlers.notices_wording import full_summary, group_summary
    from scheduler.summary import summary

    view = view_of(home)
    now = datetime.combine(today, CLOSING, SHANGHAI) if today else view.now
    value = summary(view.register, view.ledger, now, view.calendar)
    if jsonl:
        from bot.commands.simulated import summary_record

        _emit(summary_record(value))
    else:
        click.echo(full_summary(value) if full else group_summary(value))


def _in_order(start: date, end: date) -> None:
    if end < start:
        raise Refusal(f"起始日期{start}晚于截止日期{end}，请把 --from 和 --to 对调后再试。")


def _emit(record: dict[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
