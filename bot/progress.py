"""Progress bars on standard error for long work; nothing at all where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str], None]
_WIPE = "\r\x1b[2K"


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

    from knowledge.reading.scan import watching

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        row = bar.add_task(label, total=total)
        shown = ""

        def step(name: str) -> None:
            nonlocal shown
            bar.update(row, advance=int(bool(shown)), description=f"{label} {name}")
            shown = f"{label} {name}"

        was = watching.set(lambda page, pages: bar.update(row, description=f"{shown} 第{page}页，共{pages}页"))
        try:
            yield step
        finally:
            watching.reset(was)


@contextmanager
def pages_told(name: str) -> Iterator[None]:
    """While a file is read: which page of a scan is being recognised, on one line of standard error that is wiped
    afterwards. Only for somebody who watches, and who sees no bar already."""
    if not sys.stderr.isatty():
        yield
        return
    from knowledge.reading.scan import watching

    if watching.get() is not None:
        yield
        return
    told = ""

    def tell(page: int, pages: int) -> None:
        nonlocal told
        told = f"正在识别{name}：第{page}页，共{pages}页"
        print(f"{_WIPE}{told}", end="", file=sys.stderr, flush=True)

    was = watching.set(tell)
    try:
        yield
    finally:
        watching.reset(was)
        if told:
            print(_WIPE, end="", file=sys.stderr, flush=True)
