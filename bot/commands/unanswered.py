"""`qiantou unanswered`: what people asked in vain, the most frequent first, each with how to teach the office its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from bot.home import Home
from bot.unanswered import Missed, forget, grouped, misses
from bot.view import View, view_of
from handlers import handle, wording
from handlers.echo import readable
from knowledge.model import Message
from knowledge.normal import bare
from knowledge.question import understand
from knowledge.question.query import Query

_SHOWN = 30
# A word that can be added: 2 to 8 characters.
_WORD = range(2, 9)


def show_unanswered(home: Path, *, every: bool, as_json: bool) -> None:
    """Print the questions that still have no answer, or `every` one that was kept. Raises StoreError."""
    groups = grouped(misses(Home(home).misses))
    if not groups:
        click.echo("还没有没答上的问题。") if not as_json else None
        return
    view = view_of(home)
    told = [(one, answered) for one in groups if not (answered := _answered(one, view)) or every]
    if as_json:
        for one, answered in told:
            click.echo(json.dumps(_record(one, answered, view), ensure_ascii=False))
        return
    since = min(one.last.on for one in groups)
    click.echo(
        f"没答上或只列了相近事项的问题：{len(groups)}个，其中{len(groups) - len(told)}个现在已能回答。（{since}以来）"
        if not every
        else f"记下的问题共{len(groups)}个。"
    )
    for place, (one, answered) in enumerate(told[:_SHOWN], 1):
        click.echo("\n".join(_lines(place, one, view, answered=answered)))
    if len(told) > _SHOWN:
        click.echo(f"……只列出前{_SHOWN}个，全部的可用 --json 读取。")


def _answered(one: Missed, view: View) -> bool:
    """Whether the question has an answer by now."""
    found = handle(Message(one.last.q), view.register, view.ledger, view.now, view.calendar).answer
    return bool(found and found.answered)


def _lines(place: int, one: Missed, view: View, *, answered: bool) -> Iterator[str]:
    yield f"{place}. {one.times}次 “{one.last.q}”（最近{one.last.on}）" + ("，现在已能回答" if answered else "")
    near = [found for id in one.last.near if (found := view.register.assignment(id)) is not None]
    if near:
        yield f"   当时列出：{'；'.join(wording.subject(found, 24) for found in near)}"
    if not answered and (command := suggestion(one, view)):
        yield f"   如果文件里换了说法，可以加一条：{command}"


def suggestion(one: Missed, view: View) -> str:
    """The command that would teach the question's word; empty where something else than a word is wanting."""
    query = understand(Message(one.last.q), view.register, view.now.date())
    word = _word(query)
    if not word or query.beside or query.refusal:
        return ""
    return f"qiantou synonyms add {word} 文件里的写法"


def _word(query: Query) -> str:
    """The shortest readable piece of the topics that can stand in an entry."""
    pieces = [bare(piece) for topic in query.topics for part in topic.split() if (piece := readable(part))]
    return min((piece for piece in pieces if len(piece) in _WORD), key=len, default="")


def _record(one: Missed, answered: bool, view: View) -> dict[str, object]:
    return {
        "q": one.last.q,
        "times": one.times,
        "last": one.last.on,
        "suggested": list(one.last.near),
        "answered_now": answered,
        "command": "" if answered else suggestion(one, view),
    }


def forget_unanswered(home: Path) -> None:
    """Take all that was kept away. Raises StoreError."""
    from bot.clock import SystemClock

    place = Home(home)
    with place.store("qiantou unanswered --clear", SystemClock().now()) as store:
        store.hold()
        count = forget(Home(home).misses)
    click.echo(f"已清空，共{count}条。" if count else "本来就是空的。")
