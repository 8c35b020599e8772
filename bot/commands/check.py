"""`qiantou check`: documents examined, as a page to read, as JSON, or as a paper to hand on. Files nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.checking import Bench, Checked, bench_of
from bot.commands.check_report import check_record, check_text
from bot.commands.speech import EXIT_FINDINGS, Refusal
from knowledge.examination import Severity
from knowledge.model import Draft, ReadingError


def check_documents(home: Path, files: Sequence[Path], *, as_json: bool, paper: Path | None, strict: bool) -> int:
    """Examine files and say what was found. Returns the exit code: EXIT_FINDINGS when `strict` and something must be corrected.

    `paper` is a new .docx, or a folder for one .docx of each file. Raises ReadingError or Refusal when a file could not
    be read, after the others are told.
    """
    bench = bench_of(home)
    drafts, failed = _drafts(files)
    checked = [bench.checked(draft, _names(drafts, draft)) for draft in drafts]
    if bench.trouble:
        click.echo(bench.trouble, err=True)
    if paper and checked:
        _write_papers(home, checked, paper)
    elif as_json:
        _say_json(checked, failed, bench, single=len(files) == 1 == len(drafts) + len(failed))
    else:
        click.echo("\n\n".join(check_text(one.draft, one.examination) for one in checked))
    _refuse(len(drafts), failed, told=as_json and not paper)
    return EXIT_FINDINGS if strict and any(one.examination.of(Severity.MUST) for one in checked) else 0


def _drafts(files: Sequence[Path]) -> tuple[list[Draft], list[tuple[str, str]]]:
    """The drafts of all documents in these files, and the name and refusal of each that cannot be read."""
    from bot.intake import drafted, sources

    drafts: list[Draft] = []
    failed: list[tuple[str, str]] = []
    for source in sources(files):
        try:
            if source.failure:
                raise ReadingError(source.failure)
            drafts.append(drafted(source.content, source.name))
        except ReadingError as error:
            failed.append((source.name, str(error)))
    if len(files) == 1 and not drafts and len(failed) == 1:
        raise ReadingError(failed[0][1])
    return drafts, failed


def _names(drafts: Sequence[Draft], own: Draft) -> list[str]:
    """The names and titles of the files examined together with one."""
    return [name for draft in drafts if draft is not own for name in (draft.document.source, draft.document.title)]


def _say_json(checked: Sequence[Checked], failed: Sequence[tuple[str, str]], bench: Bench, *, single: bool) -> None:
    records: list[object] = [check_record(one.draft, one.examination, bench.calendar) for one in checked]
    records += [{"source": name, "error": error} for name, error in failed]
    click.echo(json.dumps(records[0] if single else records, ensure_ascii=False, indent=1))


def _write_papers(home: Path, checked: Sequence[Checked], paper: Path) -> None:
    from bot.clock import SystemClock
    from bot.config import load_config
    from bot.papers.examination_paper import examination_paper

    now, office = SystemClock().now(), load_config(home).office.name
    groups = [[one] for one in checked] if paper.is_dir() else [list(checked)]
    for group in groups:
        target = paper / _paper_name(group[0], now) if paper.is_dir() else paper
        examination_paper([(one.examination, one.draft.assignments) for one in group], office, now.date()).saved(target)
        click.echo(f"文件体检单已写入“{target}”：{'；'.join(_outcome(one) for one in group)}。")


def _paper_name(one: Checked, now: datetime) -> str:
    return f"{Path(one.draft.document.source).stem[:60]}·文件体检单{now:%Y%m%d}.docx"


def _outcome(one: Checked) -> str:
    found = len(one.examination.findings)
    return f"《{one.draft.document.title}》" + (f"问题{found}处" if found else "没有发现问题")


def _refuse(examined: int, failed: Sequence[tuple[str, str]], *, told: bool) -> None:
    if not failed:
        return
    if not told:
        for _, error in failed:
            click.echo(error, err=True)
    total = examined + len(failed)
    raise Refusal(f"{total}个文件中有{len(failed)}个读不了，其余已体检；请按上面的提示处理这{len(failed)}个。")
