"""`qiantou deadlines`: one phrase explained to a person, or JSON Lines for programs."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from bot.commands.deadlines import respond, run
from bot.settled import office_calendar


def explain_lines(home: Path) -> None:
    """Answer each JSON line of standard input with one JSON line."""
    for line in run(sys.stdin, office_calendar(home)):
        click.echo(line)


def explain(home: Path, phrase: str, issued: date | None) -> None:
    """Say what one phrase means, as a JSON object a person can read too."""
    line: dict[str, object] = {"text": phrase, "issued": issued and issued.isoformat()}
    click.echo(json.dumps(respond(line, office_calendar(home)), ensure_ascii=False))
