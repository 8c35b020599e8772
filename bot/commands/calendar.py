"""`qiantou calendar`: which years are known, and one more from the State Council's notice."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.speech import Refusal


def take_calendar(home: Path, file: Path) -> None:
    """Import a year's arrangement and say what it changes. Raises Refusal; then nothing has changed."""
    from bot.calendars import import_calendar
    from bot.clock import SystemClock
    from bot.commands.review import person
    from bot.home import Home
    from handlers.wording_calendar import changed
    from knowledge.model import ReadingError

    place = Home(home)
    place.create()
    now = SystemClock().now()
    with place.store("qiantou calendar import", now) as store:
        try:
            changes = import_calendar(store, place, file, person(), now)
        except (ValueError, ReadingError) as error:
            raise Refusal(str(error)) from error
        register = store.load()
    if not changes:
        click.echo("这份放假安排与现有的一致，没有改动。")
    for change in changes:
        click.echo(changed(change.year, change.after, change.before is None, change.moved, register))


def show_calendar(home: Path) -> None:
    """Print which years are known, which of them are the office's own, and whether one is missing."""
    from bot.settled import CALENDAR
    from bot.view import view_of
    from handlers.wording_calendar import coverage

    view = view_of(home)
    own = sorted(view.calendar.years)
    click.echo(coverage(view.calendar, view.now.date()))
    if own:
        click.echo(f"其中{'、'.join(f'{year}年' for year in own)}用的是本机构导入的文件（{home / CALENDAR}）。")
