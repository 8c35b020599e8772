"""`qiantou audit` and `qiantou blank`: the ledger proved, and a person taken out of it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands.speech import EXIT_FINDINGS, Refusal
from bot.config import ConfigError
from bot.home import Home
from bot.toml_values import Spot, name
from knowledge.directory import directory_of
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.people import people_of
from knowledge.store_audit import Audited, audit

SHORTEST_HEAD = 16
"""Characters of a hash that are enough to be sure of it."""


def audit_ledger(home: Path, head: str, *, as_json: bool) -> int:
    """Print whether the ledger is whole; EXIT_FINDINGS where it is not, or where it does not hold `head`."""
    wanted = head.strip().rstrip("…").lower()
    if wanted and len(wanted) < SHORTEST_HEAD:
        raise Refusal(f"校验码太短，请至少写前{SHORTEST_HEAD}位。")
    found = audit(home)
    held = not wanted or any(one.startswith(wanted) for one in found.heads)
    if as_json:
        click.echo(json.dumps(_record(found, held), ensure_ascii=False))
    else:
        for line in (*_told(found), *([] if not wanted else [_of_head(wanted, held)])):
            click.echo(line)
    return 0 if held and not found.breaks else EXIT_FINDINGS


def _record(found: Audited, held: bool) -> dict[str, object]:
    breaks = [{"file": one.file, "line": one.line, "why": one.why} for one in found.breaks]
    record: dict[str, object] = {"whole": not found.breaks, "files": found.files, "lines": found.lines}
    return record | {
        "unproved": found.unproved, "blanked": found.blanked, "head": found.head, "held": held, "breaks": breaks
    }  # fmt: skip


def _told(found: Audited) -> Iterator[str]:
    if not found.files:
        yield "台账还是空的，没有可以核验的。"
        return
    for one in found.breaks:
        yield f"台账“{one.file}”第{one.line}行起不可信：{one.why}。请用备份中的同名文件核对，或用 qiantou restore 恢复。"
    if not found.breaks:
        yield f"台账完整：{found.files}个文件，{found.lines}条逐条相符。"
    if found.unproved:
        yield f"最前面的{found.unproved}条是早先的版本写的，没有逐条的校验码；自有校验码起，它们也没有变过。"
    if found.blanked:
        yield f"其中{found.blanked}条按规定隐去了个人信息，校验链不受影响。"
    if found.head:
        yield f"末条校验码：{found.head}"
        yield "请把它抄在台账之外（如纸质周报上）；以后用 --head 核对，可以证明此前的记录一条未动。"


def _of_head(wanted: str, held: bool) -> str:
    return f"校验码 {wanted[:SHORTEST_HEAD]}… " + (
        "在链中：那时的台账一条不少。" if held else "不在链中：那时的台账已经不是现在这一份，请用当时的备份核对。"
    )


def blank_person(home: Path, terms: Sequence[str], reason: str, *, confirmed: bool) -> None:
    """Take a person out of the ledger: their names and accounts, what they said, and what names them. Raises Refusal."""
    try:
        wanted = [name(Spot("命令行", "姓名或账号"), one) for one in terms]
        why = name(Spot("命令行", "理由"), reason)
    except ConfigError as error:
        raise Refusal(str(error)) from error
    if short := next((one for one in wanted if len(one) < 2), ""):
        raise Refusal(f"“{short}”只有一个字，会牵连别人，请写全名或账号。")
    now = SystemClock().now()
    with Home(home).store("qiantou blank", now) as store:
        store.hold()
        _refuse_active(wanted, store.ledger())
        if not (confirmed or click.confirm(f"将从台账中隐去“{'、'.join(wanted)}”，隐去后不能恢复。确定吗")):
            raise Refusal("没有隐去任何内容。")
        done = store.blank(wanted, Entry(EntryKind.BLANKED, now, who=getpass.getuser(), words=why))
    if not (done.lines or done.older):
        click.echo("台账里没有提到这些姓名或账号；这次操作已经记入台账。")
        return
    click.echo(f"已隐去{done.lines}条记录里的个人信息，校验链完整；这次操作已经记入台账。")
    if done.older:
        click.echo(f"另有{done.older}条是早先的版本写的，没有逐条的校验码，隐去会使其后的记录都无法证明，没有动。")
    click.echo("以前的备份（backups/ 和 qiantou backup 的压缩包）里还有原文，请另行处理。")


def _refuse_active(terms: Sequence[str], ledger: Ledger) -> None:
    """Somebody who still answers for a unit has to be taken off first: without the name nobody could be called."""
    for one in directory_of(ledger).liaisons:
        if one.name in terms or (one.id and one.id in terms):
            raise Refusal(
                f"{one.name}仍是{one.unit}的联络员，请先用 qiantou bind 会话 --remove --unit {one.unit} --liaison {one.name} 解除，再隐去。"
            )
    for person in people_of(ledger):
        if person.name in terms or not set(person.keys).isdisjoint(terms):
            raise Refusal(
                f"{person.name}仍登记在册（{person.unit or '本机构'}），请先用 qiantou people remove --name {person.name} 取消，再隐去。"
            )
