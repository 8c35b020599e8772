"""What all commands that write papers have in common."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.commands.speech import Refusal
from bot.handing import Letterhead, content_of
from bot.home import Home
from handlers.message import Commission


def letterhead(home: Path, now: datetime) -> Letterhead:
    """The letterhead of the office in `home`."""
    from bot.config import load_config

    return Letterhead(load_config(home).office.name, now, Home(home).templates)


def write(path: Path, ending: str, paper: str, value: object, head: Letterhead) -> None:
    """Make a paper and put it at `path`, whole or not at all; what stands there already is left alone. Raises Refusal, PaperError
    and StoreError."""
    from bot.papers.paper import place_new

    if path.suffix.lower() != f".{ending}":
        raise Refusal(f"“{path.name}”不是 .{ending} 文件名，请把文件名改成以 .{ending} 结尾。")
    place_new(path, content_of(Commission(paper, ending, path.stem, value), head))
