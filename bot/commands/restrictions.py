"""`qiantou restrictions`: what may be spoken of in cleared conversations only, and what a word would touch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.commands.speech import Refusal
from bot.config import FILE_NAME, load_config
from bot.view import View, view_of
from handlers.wording import subject, title
from handlers.wording_deadlines import calendar_day
from knowledge.ledger import EntryKind
from knowledge.model import Assignment
from knowledge.normal import bare
from knowledge.restrictions import SHORTEST, Restriction, Restrictions
from scheduler.addressees import routes

SHOWN = 30
"""Assignments of one matter that are listed before the rest is counted."""


def list_restrictions(home: Path, *, as_json: bool) -> None:
    """Print each matter with what it touches, the cleared conversations, where reminders cannot go, and the attempts."""
    view = view_of(home)
    restrictions = view.policy.restrictions
    closed = restrictions.ids(view.register)
    rows = [row for row in view.register.in_force.assignments if row.id in closed]
    if as_json:
        click.echo(json.dumps([_record(row, closed[row.id]) for row in rows], ensure_ascii=False))
        return
    if not restrictions:
        click.echo(f"没有负面清单。要加，请在 {FILE_NAME} 里写 [[restrictions.matter]]，见 docs/负面清单.md。")
        return
    for line in _listed(view, restrictions, rows, [closed[row.id] for row in rows]):
        click.echo(line)


def _record(row: Assignment, why: Restriction) -> dict[str, object]:
    return {"assignment": row.id, "document": row.document, "number": row.number, "reason": why.reason}


def _listed(
    view: View, restrictions: Restrictions, rows: Sequence[Assignment], why: Sequence[Restriction]
) -> Iterator[str]:
    yield f"负面清单{len(restrictions.matters)}条，涉及在册任务{len(rows)}项："
    for place, one in enumerate(restrictions.matters, 1):
        mine = [row for row, reason in zip(rows, why, strict=True) if reason is one]
        yield f"{place}. {_what(one)}（理由：{one.reason}）：涉及{len(mine)}项"
        yield from _rows(mine, view)
    if idle := restrictions.idle(view.register):
        named = "、".join(f"“{name}”" for name in idle[:SHOWN])
        yield f"注意：{named}在册里没有对上任何文件或任务，现在不起作用。请核对文件名和项号，写法见 docs/负面清单.md。"
    cleared = "、".join(sorted(restrictions.cleared)) or "（没有）"
    yield f"可以谈的会话：{cleared}。督查员的会话总是可以。"
    nowhere = [row for row in rows if not routes(view.register.in_force, view.policy).get(row.id)]
    if nowhere:
        yield f"有{len(nowhere)}项没有可以谈的会话，到期不会提醒：请设督查员的会话，或把单位的一个会话写进 cleared。"
    if attempts := view.ledger.kinds(EntryKind.RESTRICTED):
        last = attempts[-1]
        yield f"有人问到而没有答复的共{len(attempts)}次，最近一次是{calendar_day(last.at)}{last.at:%H:%M}，{last.who}在“{last.conversation}”。"


def _what(one: Restriction) -> str:
    parts = (("词语", one.words), ("文件", one.documents), ("任务", one.assignments))
    return "；".join(f"{word}：{'、'.join(told)}" for word, told in parts if told)


def _rows(rows: Sequence[Assignment], view: View) -> Iterator[str]:
    for row in rows[:SHOWN]:
        document = view.register.document(row.document)
        yield f"   {title(document) if document else ''}{subject(row, 24)}"
    if len(rows) > SHOWN:
        yield f"   ……等{len(rows)}项"


def try_words(home: Path, words: Sequence[str]) -> None:
    """Print which assignments words would touch, were they on the list. Changes nothing. Raises Refusal."""
    view = view_of(home)
    for word in words:
        if len(bare(word)) < SHORTEST:
            raise Refusal(f"“{word}”太短，至少要{SHORTEST}个字，一个字会碰到太多内容。")
    for word in words:
        touched = Restrictions((Restriction("试一试", (word,)),)).ids(view.register)
        rows = [row for row in view.register.in_force.assignments if row.id in touched]
        click.echo(f"“{word}”会涉及{len(rows)}项" + ("：" if rows else "。"))
        for line in _rows(rows, view):
            click.echo(line)
    if load_config(home).restrictions:
        click.echo("只是试一试，没有改动负面清单。")
    else:
        click.echo(f"只是试一试；要加进负面清单，请写进 {FILE_NAME} 的 [[restrictions.matter]]。")
