"""`qiantou groups`: which conversations there are, what they are bound to, and what waits to be confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.people import writing
from bot.commands.speech import Refusal
from bot.config import load_config
from bot.view import View, view_of
from handlers.wording_groups import NOT_WAITING, waiting
from knowledge.groups import Groups, groups_of
from knowledge.people import ABOVE
from knowledge.people import people_of as enrolled


def list_groups(home: Path, *, jsonl: bool) -> None:
    """Print every conversation that the office has a name for, with what it hears of, and what waits."""
    view, config = view_of(home), load_config(home)
    groups = groups_of(view.ledger)
    names = _names(view, groups)
    if jsonl:
        for name in names:
            click.echo(json.dumps(_record(view, groups, name), ensure_ascii=False))
        return
    click.echo(
        f"会话{len(names)}个："
        if names
        else "还没有绑定任何会话。请在群里@我发“绑定本群 单位名称”，或用 qiantou bind。"
    )
    for name in names:
        click.echo(f"  {_line(view, groups, name)}")
    wishes = groups.waiting(view.now)
    if wishes:
        click.echo(waiting(wishes, view.register))
    if not (enrolled(view.ledger).in_role(*ABOVE) or config.people.people.in_role(*ABOVE)):
        click.echo(
            "还没有督查员和管理员，群里的绑定没有人能确认；请用 qiantou people invite 邀请，或用 qiantou groups confirm。"
        )


def _names(view: View, groups: Groups) -> list[str]:
    policy = view.policy
    named = [policy.default_conversation, policy.supervisors, policy.leaders, *policy.directory.units]
    known = dict.fromkeys((*named, *view.register.bindings, *groups.names.values(), *groups.met))
    return [name for name in known if name and groups.name(name) == name]


def _line(view: View, groups: Groups, name: str) -> str:
    return f"{name}：{'；'.join(_parts(view, groups, name)) or '没有绑定单位和文件'}"


def _parts(view: View, groups: Groups, name: str) -> Iterator[str]:
    record = _record(view, groups, name)
    policy = view.policy
    for role, word in (
        (policy.default_conversation, "没有绑定的都说到这里"),
        (policy.supervisors, "督查员的会话"),
        (policy.leaders, "领导的会话"),
    ):
        if role == name:
            yield word
    for key, word in (("units", "单位"), ("documents", "文件"), ("natives", "平台上的群")):
        told = record[key]
        if isinstance(told, list) and told and told != [name]:
            yield f"{word}：{'、'.join(told)}"
    if record["gone"]:
        yield "机器人已不在群里，不再往这里发"


def _record(view: View, groups: Groups, name: str) -> dict[str, object]:
    titles = [f"《{one.title}》" for id in view.register.binding(name) or () if (one := view.register.document(id))]
    return {
        "conversation": name,
        "units": list(view.policy.directory.units.get(name, ())),
        "documents": titles,
        "natives": list(groups.natives(name)),
        "gone": name in view.policy.directory.gone,
    }


def decide(home: Path, code: str, *, yes: bool) -> None:
    """Confirm or refuse what was asked in a group. Raises Refusal, ConfigError and StoreError."""
    from handlers.grouping import decided

    with writing(home, "qiantou groups") as (store, at, _):
        outcome = decided(at, code.strip().upper(), yes)
        if not outcome.entries:
            raise Refusal(NOT_WAITING.format(code=code))
        if outcome.bound is not None:
            store.file(store.load().bound(*outcome.bound), *outcome.entries)
        else:
            store.append(*outcome.entries)
    click.echo(outcome.text)


def same(home: Path, native: str, conversation: str, *, apart: bool) -> None:
    """A group of a platform is a conversation of the office, or no more. Raises ConfigError and StoreError."""
    from knowledge.groups import apart_entry, same_entry

    with writing(home, "qiantou groups same") as (store, at, _):
        if apart:
            store.append(apart_entry(native, at.now, at.who))
            click.echo(f"“{native}”不再是别的会话，单独算一个。")
        else:
            if native == conversation:
                raise Refusal("两个名称一样，不用登记。")
            store.append(same_entry(native, conversation, at.now, at.who))
            click.echo(f"已登记：平台上的群“{native}”就是会话“{conversation}”。")
