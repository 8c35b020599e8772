"""`qiantou backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

import click


def back_up(home: Path, target: Path) -> None:
    """Write everything the office has into one archive."""
    from bot.backup import backup
    from bot.clock import SystemClock
    from bot.home import Home

    click.echo(backup(Home(home), target, SystemClock().now()).words())


def bring_back(home: Path, archive: Path) -> None:
    """Put the archive's content in the place of the home; the old home is kept aside."""
    from bot.backup import restore
    from bot.clock import SystemClock
    from bot.home import Home

    click.echo(restore(archive, Home(home), SystemClock().now()).words())
