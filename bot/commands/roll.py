"""`qiantou export` and `qiantou take`: the roll as a file, and what was filled in in it back into the ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.columns import visible
from bot.commands.speech import Refusal
from bot.view import View, view_of

if TYPE_CHECKING:
    from handlers.taking import Filled, Taken
    from knowledge.ledger import Entry
    from scheduler.roll import Roll

FORMS = ("xlsx", "csv", "docx", "ics")
LARGEST = 50 * 1024 * 1024
"""Bytes of a sheet that is taken."""


def export_roll(home: Path, path: Path, unit: str, document: str) -> None:
    """Write the roll into a new file of the kind that its ending names. Raises Refusal, PaperError and StoreError."""
    from bot.commands.papers import letterhead, write
    from handlers.wording_roll import NOTHING, exported

    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMS:
        raise Refusal(f"“{path.name}”的结尾应是 {'、'.join(f'.{one}' for one in FORMS)} 之一，请改文件名后再试。")
    view = view_of(home)
    roll = roll_in(view, unit, document)
    if not roll.rows:
        raise Refusal(f"{NOTHING}请先用 qiantou import 导入文件，或放宽条件。")
    write(path, ending, "ledger", roll, letterhead(home, view.now))
    click.echo(f"{exported(len(roll.rows), len(roll.documents), roll.whose)}写在“{path}”。")


def roll_in(view: View, unit: str = "", document: str = "") -> Roll:
    """The roll of an office, of one unit (by any of its names), of one document. Raises Refusal."""
    from bot.commands.summary import narrowed
    from knowledge.shares import holder_of, known_as
    from scheduler.roll import roll_of

    register = narrowed(view.register, unit, document)
    names = known_as(unit, view.register) if unit else frozenset[str]()
    whose = holder_of(unit, view.register).printed if unit else ""
    return roll_of(register, view.ledger, view.now, view.calendar, view.policy.directory, names, whose)


def take_roll(home: Path, path: Path, *, confirmed: bool) -> int:
    """Show what was filled in in an exported .xlsx, row by row, and file what is confirmed, all of it at once; `confirmed` asks
    nothing. Returns the exit code. Raises Refusal and ReadingError; then nothing is filed."""
    from bot.clock import SystemClock
    from bot.commands.review import person
    from bot.home import Home

    if not home.is_dir():
        raise Refusal("册中还没有任务，请先用 qiantou import 导入文件。")
    data = _bytes(path)
    with Home(home).store("qiantou take", SystemClock().now()) as store:
        store.hold()
        view = view_of(home)
        found = _taken(data, path.name, view, home, person())
        _say(found)
        if not found.filled:
            return 0
        wanted = found.filled if confirmed else tuple(_chosen(found.filled))
        entries: tuple[Entry, ...] = tuple(one.entry for one in wanted)
        if entries:
            store.append(*entries)
    click.echo(
        f"登记了{len(wanted)}行"
        + (f"，{len(found.filled) - len(wanted)}行没有登记。" if len(wanted) < len(found.filled) else "。")
    )
    return 0


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"“{path.name}”超过{LARGEST // 2**20} MB，不像是导出的台账，请核对文件。")
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"“{path}”打不开，请检查文件名和权限。") from error


def _taken(data: bytes, name: str, view: View, home: Path, who: str) -> Taken:
    """What is new in a sheet. Raises Refusal and ReadingError."""
    from handlers.taking import Taking, TakingError, mark_in, taken
    from knowledge.reading import read
    from knowledge.redating import redated

    reading = read(data, name)
    if reading.kind != "xlsx":
        raise Refusal(f"“{name}”不是 .xlsx 表格，只能收回 qiantou export 导出的 .xlsx。")
    if any(doubt.code == "formula-without-result" for doubt in reading.doubts):
        raise Refusal(f"“{name}”里有没有算出结果的公式，请在表里填文字和数字，不要写公式。")
    try:
        mark = mark_in(reading.blocks, name)
        if mark.length > len(view.ledger) or mark.revision > view.register.revision:
            raise Refusal(f"“{name}”不是从这个数据目录导出的，请核对 --home，或重新导出。")
        exported = _as_exported(view, home, mark.length, mark.made, mark.whose)
        register = redated(view.register, view.ledger).in_force
        digest = sha256(data).hexdigest()
        return taken(
            reading.blocks, Taking(exported, register, view.ledger, view.calendar, view.now, name, digest, who)
        )
    except TakingError as error:
        raise Refusal(str(error)) from error


def _as_exported(view: View, home: Path, length: int, made: object, whose: str) -> Roll:
    """The roll as it was when it was exported."""
    from datetime import datetime

    from bot.config import load_config
    from bot.settled import policy_of
    from knowledge.ledger import Ledger

    assert isinstance(made, datetime), "a mark has its moment"
    then = Ledger(entry for at, entry in enumerate(view.ledger) if at < length)
    policy = policy_of(load_config(home), view.register, then)
    return roll_in(replace(view, ledger=then, now=made, policy=policy), whose)


# --- what is shown ------------------------------------------------------------------------------------------------
def _say(found: Taken) -> None:
    for sentence in found.refused:
        click.echo(visible(sentence), err=True)
    told = f"没有变化的{found.same}行" + (f"，没有收的{len(found.refused)}行（原因见上）" if found.refused else "")
    click.echo(f"{told}，填报的{len(found.filled)}行" + ("：" if found.filled else "。"))
    for at, one in enumerate(found.filled, 1):
        click.echo(f"{at}. {_words(one)}")


def _words(one: Filled) -> str:
    from handlers.wording import subject

    changes = "；".join(
        f"{head} {visible(old) or '（空）'} → {visible(new) or '（空）'}" for head, (old, new) in one.changed.items()
    )
    return visible(f"{one.where} {subject(one.row.assignment, 30)}（{one.row.unit or '未写单位'}）：") + changes


def _chosen(filled: tuple[Filled, ...]) -> Iterator[Filled]:
    """Those that the person at the terminal confirms, one by one."""
    if not sys.stdin.isatty():
        raise Refusal("以上都还没有登记：请在终端里运行，逐行确认；或核对无误后加 --yes 一次登记。")
    for at, one in enumerate(filled, 1):
        said = (
            click.prompt(f"第{at}条登记吗？（y 登记，n 不登记，a 余下全部登记，q 都不再登记）", default="y")
            .strip()
            .lower()
        )
        if said.startswith("q"):
            return
        if said.startswith("a"):
            yield from filled[at - 1 :]
            return
        if said.startswith("y"):
            yield one
