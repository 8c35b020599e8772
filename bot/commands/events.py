"""`qiantou event`: what deadlines wait for, and on which day it happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.commands.speech import Refusal


def tell_event(home: Path, words: str, on: date | None, *, undo: bool) -> None:
    """Write down that an event happened on a day, or take it back. Raises Refusal; then nothing has changed."""
    from bot.clock import SystemClock
    from bot.commands.review import person
    from bot.home import Home
    from bot.settled import office_calendar
    from handlers.events import told_by_words, undone_by_words
    from handlers.occasion import Occasion
    from handlers.wording_deadlines import calendar_day
    from knowledge.model import Message
    from knowledge.redating import redated

    now = SystemClock().now()
    day = on or now.date()
    if day > now.date():
        raise Refusal(f"{calendar_day(day)}还没有到；发生以后再登记，期限从那天算起。")
    place = Home(home)
    place.create()
    with place.store("qiantou event", now) as store:
        register = redated(store.load(), store.ledger())
        message = Message(words, "终端", person(), "supervisor")
        occasion = Occasion(message, register, store.ledger(), now, office_calendar(home))
        outcome = undone_by_words(occasion, words) if undo else told_by_words(occasion, words, day)
        if not outcome.entries:
            raise Refusal(outcome.text)
        store.append(*outcome.entries)
    click.echo(outcome.text)


def show_events(home: Path) -> None:
    """Print what deadlines wait for, and what was reported."""
    from bot.view import view_of
    from handlers.wording_answers import event_lines

    view = view_of(home)
    for line in event_lines(view.register, view.ledger):
        click.echo(line)
