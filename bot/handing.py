"""交件: what somebody asked for as files: made here, handed out by the channel or kept in the office's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.message import FILE, IMAGE, Commission, File, Outcome, Reply
from knowledge.store import StoreError

if TYPE_CHECKING:
    from bot.channels.protocol import Capabilities


@dataclass(frozen=True, slots=True)
class Letterhead:
    """抬头: the `office` that makes a paper (empty: not named), the moment `made`, and the folder of its own `templates`."""

    office: str
    made: datetime
    templates: Path | None = None


class PaperError(Exception):
    """A paper cannot be made. `str(error)` is one Chinese sentence with the next step."""


class MissingExtra(PaperError):
    """What makes this kind of file is not installed; `str(error)` tells what to install."""


Maker = Callable[[object, Letterhead], bytes]

MAKERS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("summary", "docx"): ("bot.papers.summary_paper", "docx"),
    ("summary", "xlsx"): ("bot.papers.summary_paper", "xlsx"),
    ("summary", "svg"): ("bot.papers.summary_picture", "svg"),
    ("summary", "png"): ("bot.papers.summary_picture", "png"),
    ("ledger", "xlsx"): ("bot.papers.roll_paper", "xlsx"),
    ("ledger", "csv"): ("bot.papers.roll_paper", "csv_file"),
    ("ledger", "docx"): ("bot.papers.roll_paper", "docx"),
    ("ledger", "ics"): ("bot.papers.roll_paper", "calendar"),
    ("circular", "docx"): ("bot.papers.circular", "docx"),
    ("receipts", "docx"): ("bot.papers.receipts_paper", "docx"),
    ("receipts", "xlsx"): ("bot.papers.receipts_paper", "xlsx"),
    ("handover", "docx"): ("bot.papers.handover_paper", "docx"),
}
"""(paper, form) → the module and its function that makes the bytes; loaded when the first is asked for."""


def content_of(one: Commission, head: Letterhead) -> bytes:
    """The bytes of a paper. Raises PaperError."""
    module, name = MAKERS[one.paper, one.form]
    make: Maker = getattr(import_module(module), name)
    return make(one.value, head)


def files_of(outcome: Outcome, head: Letterhead) -> Iterator[File]:
    """The files that an outcome asks for: its table, then its papers. Raises PaperError."""
    if outcome.export is not None:
        from bot.papers.sheet import sheet_of

        yield File(f"{outcome.export.name}.xlsx", sheet_of(outcome.export, head.made))
    for one in outcome.papers:
        yield _file(one, head)


def _file(one: Commission, head: Letterhead) -> File:
    """A paper as a file; a picture that cannot be made as a .png as an .svg."""
    try:
        return File(f"{one.name}.{one.form}", content_of(one, head), IMAGE if one.form == "png" else FILE)
    except MissingExtra:
        instead = replace(one, form="svg")
        return File(f"{one.name}.svg", content_of(instead, head))


def handed(outcome: Outcome, head: Letterhead, capabilities: Capabilities, folder: Path | None) -> Outcome:
    """The outcome with its files: in `files` what the channel hands out by itself, the others kept in `folder` (None: not
    kept) and told where they lie. What cannot be made or kept is said in a sentence instead."""
    from handlers.wording_talk import unwritten

    try:
        files = tuple(files_of(outcome, head))
        out = tuple(one for one in files if one.kind in capabilities.files_out)
        kept = [_kept(one, folder, head.made, capabilities.own) for one in files if one not in out and folder]
    except PaperError as error:
        return replace(outcome, replies=(Reply(str(error)),), export=None, papers=())
    except StoreError as error:
        return replace(outcome, replies=(Reply(unwritten(error)),), export=None, papers=())
    return replace(outcome, replies=(*outcome.replies, *map(Reply, kept)), files=out)


def _kept(file: File, folder: Path | None, now: datetime, own: bool) -> str:
    """Where a file lies, once it is written into the folder. Raises StoreError."""
    from handlers.wording_export import lies_at

    assert folder is not None, "asked only where there is one"
    path = keep(file, folder, now)
    return lies_at(str(path) if own else path.name, own)


def kept(file: File, folder: Path | None, now: datetime) -> str:
    """Where a file lies that could not be handed out; a sentence for who asked for it."""
    from handlers.wording_talk import unwritten

    if folder is None:
        return f"“{file.name}”没有发出去，请稍后再要一次。"
    try:
        return _kept(file, folder, now, own=False)
    except StoreError as error:
        return unwritten(error)


def keep(file: File, folder: Path, now: datetime) -> Path:
    """Write a file into `folder` under a name of its own; returns its path. Raises StoreError."""
    from knowledge.store_files import make_folder, write_whole

    make_folder(folder)
    stem, dot, ending = f"{now:%Y%m%d-%H%M%S}-{file.name}".rpartition(".")
    path, more = folder / f"{stem}{dot}{ending}", 2
    while path.exists():
        path, more = folder / f"{stem}-{more}{dot}{ending}", more + 1
    write_whole(path, file.content)
    return path
