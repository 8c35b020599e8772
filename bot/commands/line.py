"""One line typed at the terminal, with history and editing by whole Chinese characters."""

from __future__ import annotations

import codecs
import locale
import os
from contextlib import suppress

import click


def typed(prompt: str) -> str | None:
    """What the person typed; None for Ctrl-C and for the end of the input."""
    with suppress(ImportError):  # no readline on Windows: the prompt works without editing
        _count_in_characters()
        import readline  # noqa: F401 - importing it gives the prompt its history and line editing
    try:
        line = input(prompt)
    except (EOFError, KeyboardInterrupt):
        click.echo("")
        return None
    return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _count_in_characters() -> None:
    """Under LC_ALL=C readline would take a Chinese character apart; it looks at the environment when it begins."""
    try:
        known = codecs.lookup(locale.nl_langinfo(locale.CODESET)).name
    except (AttributeError, LookupError):
        known = ""
    if known != "utf-8":
        os.environ["LC_ALL"] = "C.UTF-8"
