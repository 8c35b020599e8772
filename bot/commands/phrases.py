"""`qiantou deadlines`: one phrase explained to a person, or JSON Lines for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands.deadlines import respond, run
from bot.settled import office_calendar
from handlers.wording_deadlines import day, said
from knowledge.deadlines import read
from knowledge.deadlines.windows import window
from knowledge.model import DeadlineKind
from scheduler.calendar import WorkCalendar


def explain_lines(home: Path) -> None:
    """Answer each JSON line of standard input with one JSON line."""
    for line in run(sys.stdin, office_calendar(home)):
        click.echo(line)


def explain(home: Path, phrase: str, issued: date | None, *, as_json: bool = False) -> None:
    """Say what one phrase means: in words, or as the JSON object that a line would get."""
    calendar = office_calendar(home)
    if as_json:
        told = respond({"text": phrase, "issued": issued and issued.isoformat()}, calendar)
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in explained(phrase, issued, SystemClock().now().date(), calendar):
        click.echo(line)


def explained(phrase: str, issued: date | None, today: date, calendar: WorkCalendar) -> Iterator[str]:
    """What a phrase means in a document issued on `issued` (today where that is not given), and in a question asked today."""
    since = issued or today
    found = read(phrase, since, since.year)
    meaning = said(found, calendar, since)
    known = found.kind is not DeadlineKind.NONE
    why = f"（{found.flag}）" if found.flag else ""
    yield f"写在文件里：{meaning}。" if known else f"写在文件里：看不出完成时限{why}。"
    if known and issued is None:
        yield f"（没有写印发日期，按今天{day(today)}印发来算；请用 --issued 写明。）"
    span = window(phrase, today)
    if span is not None:
        yield f"今天这样问：问的是{span.words}。"
