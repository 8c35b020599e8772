"""`qiantou compare` and `supersede`: two documents side by side, and which of them took the other's place."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from bot.commands.comparison_text import comparison_text
from bot.commands.naming import drafts_named, filed_named
from bot.commands.speech import Refusal
from handlers import wording_comparison as said
from knowledge.comparison import Comparison, compared
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Draft
from knowledge.register import Register

PLAIN_WIDTH = 100
"""Columns where nobody looks on: in a file or a pipe."""


def compare(home: Path, old: str, new: str, *, unit: str, as_json: bool, paper: Path | None, whole: bool) -> None:
    """Print what of the document `old` became what of `new` (files, or names of filed documents).

    `unit` narrows it to what concerns one unit. `paper` is a new .docx to write it to. Raises Refusal.
    """
    register = _register(home)
    lexicon = office_lexicon(register)
    before, after = drafts_named(old, new, register)
    comparison = compared(before, after, lexicon)
    beside = ""
    if unit:
        comparison, beside = _narrowed(comparison, unit, before, after, lexicon)
    if paper:
        _write(home, comparison, unit, paper)
        click.echo(f"{said.summary(comparison)}\n比对表已写到“{paper}”。")
    elif as_json:
        from bot.comparison_record import comparison_record

        click.echo(json.dumps(comparison_record(comparison), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(filter(None, (_text(comparison, whole), beside))))


def _register(home: Path) -> Register:
    """What is filed, with the office's words; nothing where there is no office yet."""
    from bot.view import view_of

    return view_of(home).register if home.exists() else Register()


def _text(comparison: Comparison, whole: bool) -> str:
    watched = sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if watched else PLAIN_WIDTH
    return comparison_text(comparison, width, colours=watched, whole=whole)


def _narrowed(comparison: Comparison, unit: str, old: Draft, new: Draft, lexicon: Lexicon) -> tuple[Comparison, str]:
    """What concerns one unit, and a line on what is written for many. Raises Refusal where neither document names it."""
    from knowledge.shares import holder_of

    rows = tuple(replace(one, id=f"{at}") for at, one in enumerate((*old.assignments, *new.assignments)))
    both = Register(documents=(old.document, new.document), assignments=rows, lexicon=lexicon)
    holder = holder_of(unit, both)
    own = comparison.of_units(holder.names)
    concerned = {one.id for pair in own.pairs for one in (*pair.old, *pair.new)}
    many = comparison.of_units(holder.collectives).pairs
    apart = [pair for pair in many if concerned.isdisjoint(one.id for one in (*pair.old, *pair.new))]
    units = (duty.unit for pair in apart for one in (*pair.old, *pair.new) for duty in one.duties)
    beside = said.of_collectives(dict.fromkeys(name for name in units if name in holder.collectives), len(apart))
    if not holder.names:
        raise Refusal(f"两份文件都没有点名“{unit}”，请检查单位名称。{beside}")
    return own, beside


def _write(home: Path, comparison: Comparison, unit: str, path: Path) -> None:
    from bot.clock import SystemClock
    from bot.config import load_config
    from bot.papers.comparison_paper import comparison_paper

    office = load_config(home).office.name
    comparison_paper(comparison, office, SystemClock().now().date(), unit).saved(path)


# ---------------------------------------------------------------- which took the other's place
def supersede(home: Path, old: str, new: str, *, undo: bool) -> None:
    """File that `new` took the place of `old` (names of filed documents), or with `undo` that nothing did."""
    from bot.clock import SystemClock
    from bot.home import Home

    now = SystemClock().now()
    place = Home(home)
    with place.store("qiantou supersede", now) as store:
        from bot.superseding import supersede as write
        from bot.superseding import unsupersede

        register = store.load()
        before = filed_named(old, register)
        if undo:
            click.echo(unsupersede(store, before, now))
        elif not new:
            raise click.UsageError("没有写由哪份文件替代")
        else:
            click.echo(write(store, place, before, filed_named(new, register), now))
