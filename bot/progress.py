"""Progress bars on standard error for long work; nothing at all where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str], None]


@contextmanager
def progress(label: str, total: int) -> Iterator[Step]:
    """A bar of `total` steps; call the yielded function with the name of what comes next.

    Shown only when standard error is a terminal, so that pipes and logs stay clean.
    """
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        row = bar.add_task(label, total=total)
        started = False

        def step(name: str) -> None:
            nonlocal started
            bar.update(row, advance=int(started), description=f"{label} {name}")
            started = True

        yield step
