"""`qiantou summary`: a summary as text, as a record for programs, and as a paper, a sheet or a picture."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import click

from bot.commands.naming import filed_named
from bot.commands.speech import Refusal
from bot.view import View, view_of
from handlers.wording_deadlines import calendar_day
from knowledge.model import Span
from knowledge.register import Register
from scheduler.policy import SHANGHAI
from scheduler.stretches import Stretch, around, preceding
from scheduler.summary import Summary

CLOSING = time(17, 0)
"""The time of day at which a summary asked for another day looks at that day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which summary: of the `stretch` of `today` (the real day when None) or the one before it (`last`), or of the days from
    `start` to `end`; of a `unit` or a `document` only."""

    stretch: Stretch = Stretch.WEEK
    last: bool = False
    start: date | None = None
    end: date | None = None
    today: date | None = None
    unit: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """How it is shown: short or `full` text, or `json`; and the `files` to write, by their endings."""

    full: bool = False
    json: bool = False
    files: dict[str, Path] = field(default_factory=dict)


def show_summary(home: Path, wanted: Wanted = Wanted(), shown: Shown = Shown()) -> None:
    """Print a summary, or write it into files. Raises Refusal and PaperError."""
    from handlers.wording_summary import full_summary, group_summary

    view = view_of(home)
    value = summary_of(view, wanted)
    if shown.json:
        from bot.summary_record import summary_record

        click.echo(json.dumps(summary_record(value), ensure_ascii=False))
    elif not shown.files:
        click.echo(full_summary(value) if shown.full else group_summary(value, parts=view.policy.summary_parts))
    for ending, path in shown.files.items():
        click.echo(_written(home, path, ending, value, view), err=shown.json)


def summary_of(view: View, wanted: Wanted) -> Summary:
    """The summary that is wanted. Raises Refusal."""
    from scheduler.summaries import since_of
    from scheduler.summary import as_of, summary

    now = datetime.combine(wanted.today, CLOSING, SHANGHAI) if wanted.today else view.now
    span = _span(wanted, now.date())
    ledger, then = as_of(span, view.ledger, now)
    register = narrowed(view.register, wanted.unit, wanted.document)
    since = since_of(span, view.calendar, view.policy)
    return summary(register, ledger, then, view.calendar, span, since, view.policy.ranking, view.policy.directory)


def _span(wanted: Wanted, today: date) -> Span:
    if wanted.start or wanted.end:
        start, end = wanted.start or wanted.end, wanted.end or today
        assert start is not None, "one of them is written"
        if end < start:
            raise Refusal(
                f"起始日期{calendar_day(start)}晚于截止日期{calendar_day(end)}，请把 --from 和 --to 对调后再试。"
            )
        if start > today:
            raise Refusal(f"起始日期{calendar_day(start)}还没有到，汇总只能看到今天，请改正后再试。")
        return Span(start, end)
    span = around(today, wanted.stretch)
    return preceding(span) if wanted.last else span


def narrowed(register: Register, unit: str, document: str) -> Register:
    """What a unit (by any of its names) and a document (by title, number or file name) have in the register. Raises Refusal."""
    from handlers.summary import of_units
    from knowledge.shares import known_as

    if document:
        register = register.scoped((filed_named(document, register).id,))
    if unit:
        names = known_as(unit, register)
        if not register.of_units(names):
            raise Refusal(f"册中没有“{unit}”承担的任务，请核对单位名称后再试。")
        register = of_units(names, register)
    return register


def _written(home: Path, path: Path, ending: str, value: Summary, view: View) -> str:
    from bot.commands.papers import letterhead, write
    from bot.handing import MissingExtra
    from handlers.wording_summary import headline

    head = letterhead(home, view.now)
    try:
        write(path, ending, "summary", value, head)
    except MissingExtra as error:
        instead = path.with_suffix(".svg")
        write(instead, "svg", "summary", value, head)
        raise Refusal(f"{error}已先画成“{instead}”。") from error
    return f"已写好“{path}”：{headline(value)}，共{len(value.total)}项任务。"
