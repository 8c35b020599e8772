"""`qiantou people`: who is enrolled, who is invited, a table taken in, a liaison's work handed over."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands.speech import Refusal
from bot.config import Config, load_config
from bot.handing import Letterhead
from bot.home import Home
from bot.people_settings import STRANGERS, channel_words
from bot.reception import at_the_machine, people_in
from handlers import wording_people as words
from handlers.admission import Admission
from handlers.enrol import invite as invited
from handlers.enrol import leaving, printed
from handlers.message import Commission
from handlers.wording_deadlines import calendar_day
from knowledge.directory import without_liaison
from knowledge.invitations import GOOD_FOR, Fresh, invitations_of
from knowledge.ledger import Entry
from knowledge.people import ABOVE, ADMINISTRATOR, LIAISON, ROLES, STAFF, SUPERVISOR, Person, enrolled_entry, name_of
from knowledge.people_rows import PersonRow, rows_of
from knowledge.store import Store, StoreError

_ROLE = {**{word: role for role, word in ROLES.items()}, **{role: role for role in ROLES}}


@contextmanager
def writing(home: Path, command: str) -> Iterator[tuple[Store, Admission, Config]]:
    """The office's store, held, and an administrator at its machine. Raises ConfigError and StoreError."""
    config = load_config(home)
    now = SystemClock().now()
    place = Home(home)
    place.create()
    with place.store(command, now) as store:
        store.hold()
        yield store, at_the_machine(home, config, store, now, getpass.getuser()), config


# --- the list -----------------------------------------------------------------------------------------------------
def list_people(home: Path, *, jsonl: bool) -> None:
    """Print everybody who is enrolled or invited, the units that nobody answers for, and what strangers may ask."""
    from bot.view import view_of

    config, view = load_config(home), view_of(home)
    people = people_in(config, view.ledger)
    waiting = [one for one in invitations_of(view.ledger).open(view.now) if one.person.name]
    missing = without_liaison(view.register, view.policy.directory)
    if jsonl:
        for record in (*map(_record, people), *map(_awaited, (one.person for one in waiting))):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    for line in _listed(list(people)):
        click.echo(line)
    if waiting:
        told = "、".join(f"{one.person.words}到{one.until:%-m月%-d日}" for one in waiting)
        click.echo(f"已发绑定码、还没有绑定：{told}。")
    if sentence := words.without_liaison(missing):
        click.echo(sentence)
    click.echo(f"没有登记的人：{STRANGERS[config.people.strangers]}（qiantou.toml 的 [people] strangers）。")


def _record(one: Person) -> dict[str, object]:
    since = one.since.isoformat() if one.since else None
    return {"name": one.name, "unit": one.unit, "role": one.role, "accounts": list(one.keys), "since": since}


def _awaited(one: Person) -> dict[str, object]:
    return {**_record(one), "invited": True}


def _listed(people: Sequence[Person]) -> Iterator[str]:
    if not people:
        yield "还没有登记任何人员。请运行 qiantou people invite --role 管理员 --name 姓名，先邀请一位管理员。"
        return
    yield f"登记的人员{len(people)}名："
    for role in (ADMINISTRATOR, SUPERVISOR, LIAISON, STAFF):
        for one in (one for one in people if one.role == role):
            since = f"{calendar_day(one.since)}起" if one.since else "写在设置里"
            yield f"  {one.words}　{since}　账号：{'、'.join(one.keys) or '（没有）'}"


# --- one person ---------------------------------------------------------------------------------------------------
def invite(home: Path, name: str, unit: str, role: str) -> None:
    """Give a person a code. Raises Refusal, ConfigError and StoreError."""
    given = _ROLE[role]
    if not name_of(name):
        raise Refusal(f"“{name}”不像是姓名，请写中文姓名或拼音字母。")
    if not unit and given not in ABOVE:
        raise Refusal(f"没有写{name}是哪个单位的，请用 --unit 写明。")
    with writing(home, "qiantou people invite") as (store, at, _):
        person = Person(name_of(name), printed(at, unit), given)
        new, entries = invited(at, person)
        store.append(*entries)
    click.echo(words.invited(new, person))
    if not at.register.of_units([person.unit]) and person.unit:
        click.echo(f"提示：册中还没有写到“{person.unit}”的任务，请核对名称。")


def remove(home: Path, name: str, unit: str) -> None:
    """Somebody is not enrolled any more. Raises Refusal, ConfigError and StoreError."""
    with writing(home, "qiantou people remove") as (store, at, _):
        found = leaving(at, f"{unit} {name}".strip())
        if isinstance(found, str):
            raise Refusal(found)
        person, entries = found
        store.append(*entries)
    click.echo(words.released([person], False))


def hand_over(home: Path, unit: str, giver: str, taker: str, target: Path | None) -> None:
    """The liaison of a unit changes. Raises Refusal, ConfigError and StoreError."""
    from handlers.handover import NoHandover, paper
    from handlers.handover import hand_over as handed_over
    from handlers.wording_handover import done

    with writing(home, "qiantou people handover") as (store, at, config):
        try:
            found = handed_over(at, unit, giver, taker)
        except NoHandover as error:
            raise Refusal(str(error)) from error
        store.append(*found.entries)
    click.echo(done(found.handover, found.fresh, False, found.in_settings))
    if target is not None:
        _write_paper(target, paper(found.handover), Letterhead(config.office.name, at.now))


def _write_paper(target: Path, wanted: Commission, head: Letterhead) -> None:
    """Raises Refusal and StoreError."""
    from bot.handing import PaperError, content_of
    from knowledge.store_files import write_whole

    if target.suffix.lower() != ".docx":
        raise Refusal("交接已经登记；交接单的文件名要以 .docx 结尾，请在与机器人的私聊里发“交接单 单位名称”再取。")
    try:
        write_whole(target, content_of(wanted, head))
    except PaperError as error:
        raise Refusal(f"交接已经登记，交接单没有写成：{error}") from error
    click.echo(f"交接单写在“{target}”。")


# --- a table ------------------------------------------------------------------------------------------------------
def import_people(home: Path, file: Path, target: Path | None) -> None:
    """Enrol everybody of a table: at once who has an account, by a code who has none. The codes are written into a table to be
    handed out. Raises Refusal, ReadingError, ConfigError and StoreError; then nothing has changed."""
    from bot.progress import progress
    from knowledge.reading import read

    channels = channel_words(load_config(home).channels)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refusal(f"“{file}”打不开，请检查文件名和权限。") from error
    rows = rows_of(read(content, file.name).blocks, file.name, channels)
    with writing(home, "qiantou people import") as (store, at, _):
        out = target or file.with_name(f"绑定码-{at.now:%Y%m%d-%H%M}.xlsx")
        if out.exists():
            raise Refusal(f"“{out}”已经存在，请用 --out 写别的文件名，免得盖掉还没有发出的绑定码。")
        with progress("登记", len(rows)) as step:
            entries, codes, same = _taken(at, rows, step)
        if codes:
            _write_codes(out, codes, at.now)
        try:
            store.append(*entries)
        except StoreError:
            if codes:
                out.unlink(missing_ok=True)  # none of its codes is known to the office
            raise
    for line in _told(rows, codes, same, out):
        click.echo(line)


def _taken(
    at: Admission, rows: Sequence[PersonRow], step: Callable[[str], None]
) -> tuple[list[Entry], list[tuple[Person, Fresh]], int]:
    """The entries of a table, the codes for those without an account, and how many rows change nothing."""
    from dataclasses import replace

    entries: list[Entry] = []
    codes: list[tuple[Person, Fresh]] = []
    same = 0
    seen: set[tuple[str, str]] = set()
    for row in rows:
        step(row.person.name)
        person = replace(row.person, unit=printed(at, row.person.unit))
        known = next((one for one in at.people if one.who == person.who), None)
        here = replace(at, ledger=at.ledger.plus(*entries))
        if row.key:
            fresh = known is None or row.key not in known.keys or known.role != person.role
            entries += [enrolled_entry(person, row.key, at.now, at.who)] if fresh else []
            same += not fresh
        elif (known is not None and known.keys) or person.who in seen:
            same += 1
        else:
            new, given = invited(here, person)
            entries += given
            codes.append((person, new))
        seen.add(person.who)
    return entries, codes, same


def _write_codes(target: Path, codes: Sequence[tuple[Person, Fresh]], now: datetime) -> None:
    from bot.papers.codes_sheet import codes_sheet
    from knowledge.store_files import write_whole

    write_whole(target, codes_sheet(codes, now))


def _told(rows: Sequence[PersonRow], codes: Sequence[object], same: int, out: Path) -> Iterator[str]:
    bound = len(rows) - len(codes) - same
    yield f"人员表{len(rows)}行：直接绑定{bound}个账号，发绑定码{len(codes)}个，已经登记、没有变化的{same}行。"
    if codes:
        yield f"绑定码写在“{out}”，请逐个交给本人，发完以后删除这个文件；{GOOD_FOR.days}天内有效，每个只能用一次。"
