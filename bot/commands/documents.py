"""`qiantou import`, `assignments` and `check`: documents in, and what stands in them out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.speech import EXIT_INTERRUPTED, Refusal
from bot.records import assignment_record
from knowledge.model import Assignment, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

if TYPE_CHECKING:
    from bot.home import Home
    from bot.intake import Imported
    from knowledge.ledger import Ledger
    from knowledge.model import Draft
    from knowledge.restrictions import Restrictions
    from knowledge.store import Store


def list_assignments(home: Path, *, jsonl: bool) -> None:
    """Print every assignment in the register, as JSON Lines or as a list to read."""
    from bot.view import view_of

    view = view_of(home)
    if jsonl:
        for record in _records(view.register, view.calendar):
            click.echo(json.dumps(record, ensure_ascii=False))
    elif not view.register.documents:
        click.echo("册中还没有文件，请先用 qiantou import 导入。")
    else:
        for line in _listing(view.register):
            click.echo(line)


def _records(register: Register, calendar: WorkCalendar) -> Iterator[dict[str, object]]:
    for document in register.documents:
        for assignment in register.of_document(document.id):
            yield assignment_record(assignment, document, calendar)


def _listing(register: Register) -> Iterator[str]:
    for document in register.documents:
        found = register.of_document(document.id)
        gone = f"，已被《{document.superseded.title}》替代" if document.superseded else ""
        yield (
            f"《{document.title}》（{document.source}）共{len(found)}项{gone}"
            if found
            else f"《{document.title}》（参考文件，没有任务）"
        )
        yield from (_line(assignment) for assignment in found)


def _line(assignment: Assignment) -> str:
    number = f"第{assignment.number}项" if assignment.number else "正文要求"
    units = [f"{word}：{'、'.join(names)}" for role, word in _WORDS.items() if (names := assignment.units(role))]
    slot = next((deadline.text for deadline in assignment.deadlines if not deadline.inner), "")
    parts = [assignment.text[:40] or "（只有序号，没有内容）", *units, *([f"时限：{slot}"] if slot else [])]
    return f"  {number} {'；'.join(parts)}"


_WORDS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}


def import_documents(home: Path, files: tuple[Path, ...], *, confirmed: bool) -> int:
    """Read the files and file their assignments; each by itself, and a failure of one does not lose the others.

    Returns the exit code: whoever interrupts a review has its answers saved. Raises Refusal when any of them could not
    be filed, after the others are.
    """
    from bot.clock import SystemClock
    from bot.commands.review import person, watched
    from bot.config import load_config
    from bot.home import Home
    from bot.intake import import_files
    from bot.progress import progress

    load_config(home)  # a slip in the settings is named now, not when the first reminder is due
    now = SystemClock().now()
    place = Home(home)
    place.create()
    with place.store("qiantou import", now) as store:
        if confirmed or not watched():
            agree = None if confirmed else _nobody
            with progress("导入", len(files)) as step:
                outcomes = import_files(store, place, files, now=now, who=person(), confirm=agree, step=step)
            code = 0
        else:
            outcomes, code = _reviewed_one_by_one(store, place, files, now)
        register, ledger = store.load(), store.ledger()
        warnings = store.warnings
    for warning in warnings:
        click.echo(warning, err=True)
    _tell(outcomes, home, register)
    _index(register, ledger, home)
    return code


def _index(register: Register, ledger: Ledger, home: Path) -> None:
    """Make the search indexes of a register of many rows now, so that the first question need not."""
    from knowledge.search import WORTH_KEEPING, index_of

    if len(register.assignments) >= WORTH_KEEPING:
        from bot.view import view_over
        from knowledge.redating import redated

        view = view_over(register, ledger, home)
        index_of(redated(view.register, view.ledger).in_force).make()


def _reviewed_one_by_one(
    store: Store, place: Home, files: tuple[Path, ...], now: datetime
) -> tuple[tuple[Imported, ...], int]:
    """Each file reviewed by the person at the terminal; whoever stops stops for the files behind it too."""
    from bot.commands.review import desk, person
    from bot.commands.settling import settling
    from bot.intake import import_source, sources
    from bot.superseding import Settlement

    outcomes: list[Imported] = []
    waiting = sources(files)
    for source in waiting:
        seat = desk(store, place, f"再次运行 qiantou import {source.name.partition('/')[0]} 接着来")
        settlement = Settlement()
        confirm = settling(seat, store, place, now, settlement)
        outcomes.append(import_source(store, place, source, now, person(), confirm, settlement=settlement))
        if seat.outcome != "file":
            if rest := "、".join(one.name for one in waiting):
                click.echo(f"后面的{rest}还没有处理。")
            break
    code = EXIT_INTERRUPTED if seat.outcome == "interrupted" else 0
    return tuple(outcome for outcome in outcomes if outcome.difference or outcome.failed), code


def _nobody(_draft: Draft) -> None:
    """Asked only once a file has been read and could be filed: what cannot be is told as what it is, and not to add --yes."""
    raise Refusal("没有人核对，没有入册：请在终端里运行，或加 --yes 让存疑之处带着标记入册。")


def _tell(outcomes: tuple[Imported, ...], home: Path, register: Register) -> None:
    """Say what became of each file; `register` holds those that were filed. Raises Refusal when any was not filed, with its own
    sentence where it was alone."""
    from bot.config import load_config

    failed = [outcome for outcome in outcomes if outcome.failed]
    if len(outcomes) == 1 and failed:
        raise Refusal(failed[0].sentence)
    found, listed = _examined(outcomes, home, register), load_config(home).restrictions
    for outcome in outcomes:
        click.echo(outcome.sentence + found.get(outcome.name, "") + _listed(outcome, listed), err=outcome.failed)
    if failed:
        raise Refusal(
            f"{len(outcomes)}个文件中有{len(failed)}个没有导入，其余已处理；请按上面的提示改正后再导入这{len(failed)}个。"
        )


def _listed(outcome: Imported, listed: Restrictions) -> str:
    """What of a document that was just filed may not be spoken of everywhere, in one sentence."""
    if not listed or outcome.difference is None or outcome.draft is None:
        return ""
    from handlers.wording_restrictions import imported

    touched = listed.touched(outcome.draft)
    return (
        imported([(row, touched[row.id]) for row in outcome.draft.assignments if row.id in touched]) if touched else ""
    )


def _examined(outcomes: tuple[Imported, ...], home: Path, register: Register) -> dict[str, str]:
    """Name → what the author of a document that was just filed should correct, in one sentence; no name of a clean one."""
    filed = [one for one in outcomes if one.difference and not one.difference.unchanged and one.draft]
    if not filed:
        return {}
    from bot.checking import bench_over
    from knowledge.examination import Severity

    bench = bench_over(register, home)
    told = {}
    for one in filed:
        found = bench.checked(one.draft).examination.findings if one.draft and one.draft.blocks else ()
        if count := sum(finding.severity is not Severity.NOTE for finding in found):
            told[one.name] = f"体检查出问题{count}处，可用 qiantou check {one.name.partition('/')[0]} 查看。"
    return told
