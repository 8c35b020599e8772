"""`qiantou status`: what is known, until when the calendar reaches, what is silent, what waits for an answer."""

from __future__ import annotations

from pathlib import Path

import click


def show_status(home: Path) -> None:
    """Print the state of an office on one screen; nothing is changed."""
    from bot.home import Home
    from bot.view import view_of
    from handlers.wording_status import status

    view = view_of(home)
    click.echo(status(view.register, view.ledger, view.now, view.calendar))
    if Home(home).channels.exists():
        from bot.commands.serve import told_states

        click.echo("\n".join(told_states(home)))
