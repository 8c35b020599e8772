"""`qiantou bind`: which conversation hears of which documents and units, and who is named there."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands.naming import filed_named
from bot.commands.speech import Refusal
from bot.config import FILE_NAME, ConfigError, load_config
from bot.home import Home
from bot.toml_values import Spot, name
from knowledge.directory import Directory, Liaison, bound_entry, directory_of, liaison_entry
from knowledge.ledger import Entry
from knowledge.register import Register
from knowledge.shares import known_as
from knowledge.store import Store


def bind(
    home: Path,
    conversation: str,
    *,
    units: Sequence[str],
    documents: Sequence[str],
    liaison: str,
    id: str,
    removed: bool,
) -> None:
    """Bind a conversation to units and documents and name the liaison of one of the units; with `removed` take that back.

    Raises Refusal for names that cannot be, ConfigError for settings that cannot be used, StoreError when
    it cannot be written.
    """
    conversation, units = _name("会话", conversation), [_name("单位", unit) for unit in units]
    _refuse_unclear(units, documents, liaison, id)
    settings = load_config(home)
    written = conversation in settings.units or conversation in settings.conversations
    place = Home(home)
    now = SystemClock().now()
    with place.store("qiantou bind", now) as store:
        store.hold()
        register, known = store.load(), directory_of(store.ledger())
        papers = _papers(register, conversation, documents, removed)
        person = Liaison(units[0], _name("联络员", liaison), id.strip(), conversation) if liaison else None
        entries = tuple(_entries(known, conversation, units, person, now, removed))
        _write(store, register, papers, conversation, entries)
        for line in _told(conversation, units, documents, person, register, removed):
            click.echo(line)
        if removed and not liaison and written:
            click.echo(f"提示：{FILE_NAME} 里也写着“{conversation}”的绑定，那里的不受影响，要取消请一并删去。")


def _name(what: str, words: str) -> str:
    try:
        return name(Spot("命令行", what), words)
    except ConfigError as error:
        raise Refusal(str(error)) from error


def _refuse_unclear(units: Sequence[str], documents: Sequence[str], liaison: str, id: str) -> None:
    if not (units or documents):
        raise Refusal("没有写绑定什么，请用 --unit 写单位，或用 --document 写文件。")
    if liaison and len(units) != 1:
        raise Refusal("写联络员时要用 --unit 写明是哪一个单位的，一次写一个。")
    if id and not liaison:
        raise Refusal("写了账号 --id，没有写是谁，请用 --liaison 写姓名。")


def _papers(register: Register, conversation: str, documents: Sequence[str], removed: bool) -> tuple[str, ...] | None:
    """The ids of the documents that the conversation is bound to afterwards; None where it is bound to none."""
    before = register.binding(conversation) or ()
    meant = [filed_named(one, register).id for one in documents]
    left = [one for one in before if one not in meant] if removed else list(dict.fromkeys((*before, *meant)))
    return tuple(left) or None


def _entries(
    known: Directory, conversation: str, units: Sequence[str], person: Liaison | None, now: datetime, removed: bool
) -> Iterator[Entry]:
    """What is new: binding a second time what is bound changes nothing."""
    who = getpass.getuser()
    if person is not None:
        named = any(one[:2] == person[:2] for one in known.liaisons)
        if named if removed else person not in known.liaisons:
            yield liaison_entry(person, now, who, removed)
        if removed:
            return
    for unit in units:
        if (unit in known.units.get(conversation, ())) == removed:
            yield bound_entry(conversation, unit, now, who, removed)


def _write(
    store: Store, register: Register, papers: tuple[str, ...] | None, conversation: str, entries: tuple[Entry, ...]
) -> None:
    if papers != register.binding(conversation):
        store.file(register.bound(conversation, papers), *entries)
    elif entries:
        store.append(*entries)


def _told(
    conversation: str,
    units: Sequence[str],
    documents: Sequence[str],
    person: Liaison | None,
    register: Register,
    removed: bool,
) -> Iterator[str]:
    if person is not None and removed:
        yield f"{person.name}不再是{person.unit}的联络员。"
        return
    bound = [*units, *(f"《{filed_named(one, register).title}》" for one in documents)]
    yield f"会话“{conversation}”{'不再绑定' if removed else '已绑定'}：{'、'.join(bound)}。"
    if person is not None:
        yield f"{person.unit}的联络员：{person.name}{'（能点名的通道会点到人）' if person.id else '（没有写账号，只写姓名）'}。"
    printed = {duty.unit for one in register.assignments for duty in one.duties}
    for unit in units:
        if not removed and printed.isdisjoint(known_as(unit, register)):
            yield f"提示：册中还没有写到“{unit}”的任务，请核对名称。"
    yield "用 qiantou policy 可以看到现在说给谁听。"
