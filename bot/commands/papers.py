"""What all commands that write papers have in common, and `qiantou paper`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.speech import Refusal
from bot.handing import Letterhead, content_of
from bot.home import Home
from handlers.message import Commission

if TYPE_CHECKING:
    from bot.commands.summary import Wanted

KINDS = ("通报", "交接单", "回执账", "汇总", "台账")
"""The papers for which an office can have a template of its own."""


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


def write_circular(home: Path, wanted: Wanted, path: Path | None) -> None:
    """Write the draft of a circular about a summary. Raises Refusal and PaperError."""
    from bot.commands.summary import summary_of
    from bot.view import view_of
    from handlers.wording_summary import headline

    view = view_of(home)
    value = summary_of(view, wanted)
    path = path or Path(f"通报-{value.today}.docx")
    write(path, "docx", "circular", value, letterhead(home, view.now))
    click.echo(f"通报稿写在“{path}”：{headline(value)}，共{len(value.total)}项任务。印发前请核对。")


def write_handover(home: Path, unit: str, path: Path | None) -> None:
    """Write the newest hand-over of a unit, or one without names where there was none. Raises Refusal and PaperError."""
    from bot.view import view_of
    from knowledge.redating import redated
    from knowledge.shares import holder_of, known_as
    from scheduler.handover import Handover, last_handover, open_of

    view = view_of(home)
    register = redated(view.register, view.ledger)
    if not register.of_units(known_as(unit, register)):
        raise Refusal(f"册中没有“{unit}”承担的任务，请核对单位名称后再试。")
    printed = holder_of(unit, register).printed
    found = last_handover(printed, register, view.ledger, view.now, view.calendar)
    value = found or Handover(
        printed, "", "", view.now, "", open_of(printed, register, view.ledger, view.now, view.calendar)
    )
    if not value.rows:
        raise Refusal(f"“{printed}”的任务都已办结，不用出交接单。")
    path = path or Path(f"交接单-{printed}.docx")
    write(path, "docx", "handover", value, letterhead(home, view.now))
    blank = "" if found else "台账里没有交接记录，姓名留空；要登记交接请用 qiantou people handover。"
    click.echo(f"交接单写在“{path}”：{printed}没有办结的任务{len(value.rows)}项。{blank}")


def write_template(home: Path, kind: str) -> None:
    """Put a template to start from into the office's folder. Raises Refusal and StoreError."""
    from bot.clock import SystemClock
    from bot.papers.paper import place_new
    from bot.papers.starting import starting
    from bot.papers.template import PLACEHOLDERS
    from knowledge.store_files import make_folder

    if kind not in KINDS:
        raise Refusal(f"没有“{kind}”这种公文，可以写的是：{'、'.join(KINDS)}。")
    folder = Home(home).templates
    make_folder(folder)
    place_new(folder / f"{kind}.docx", starting(kind, SystemClock().now().date()))
    marks = "、".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
    click.echo(f"起始模板放在“{folder / kind}.docx”，请在 Word 或 WPS 里修改；可以用的占位符：{marks}。")
