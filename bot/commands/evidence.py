"""`qiantou evidence`: the files and links given as evidence, each file compared with the SHA-256 in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.speech import EXIT_FINDINGS
from bot.evidence import Verified, verified
from bot.home import Home
from bot.view import View, view_of
from handlers.wording import subject
from handlers.wording_deadlines import calendar_day
from knowledge.reported import all_reported
from scheduler.policy import SHANGHAI


def show_evidence(home: Path, *, as_json: bool) -> int:
    """Print every file and link that was given; EXIT_FINDINGS where a file is gone or is not what was given."""
    view = view_of(home)
    found = list(verified(Home(home), view.ledger))
    for line in _records(found, view) if as_json else _lines(found, view):
        click.echo(line)
    return EXIT_FINDINGS if any(one.wrong for one in found) else 0


def _lines(found: list[Verified], view: View) -> Iterator[str]:
    yield f"佐证材料{len(found)}件：" if found else "还没有佐证材料。"
    for one in found:
        row = view.register.assignment(one.assignment)
        what = subject(row, 24) if row else "任务已撤销"
        yield f"· {one.exhibit.name}（{one.exhibit.size}字节）{one.unit} {what} {one.exhibit.sha256[:16]}… {one.wrong or '相符'}"
    links = [(one, url) for one in all_reported(view.ledger) if one.stands for url in one.urls]
    if links:
        yield f"链接{len(links)}个："
    for report, url in links:
        row = view.register.assignment(report.entry.assignment)
        day = report.entry.at.astimezone(SHANGHAI).date()
        looked = report.checks.get(url)
        told = "没有核查" if looked is None else looked.words
        yield f"· {url} {report.unit} {subject(row, 24) if row else '任务已撤销'} {calendar_day(day)}报告，{told}"
    if wrong := [one for one in found if one.wrong]:
        yield f"有{len(wrong)}件对不上，请用备份中 evidence/ 里的同名文件核对。"


def _records(found: list[Verified], view: View) -> Iterator[str]:
    for one in found:
        record = {"file": one.exhibit.name, "sha256": one.exhibit.sha256, "bytes": one.exhibit.size, "unit": one.unit}
        yield json.dumps({**record, "assignment": one.assignment, "wrong": one.wrong}, ensure_ascii=False)
    for report in all_reported(view.ledger):
        for url in report.urls if report.stands else ():
            looked = report.checks.get(url)
            told = {"url": url, "unit": report.unit, "assignment": report.entry.assignment}
            checked = {"checked": looked.details.get("checked"), "title": looked.details.get("title")} if looked else {}
            yield json.dumps(told | checked, ensure_ascii=False)
