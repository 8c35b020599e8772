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
        _say_json(checked, failed, bench, single=len(files) == 1)
    else:
        click.echo("\n\n".join(check_text(one.draft, one.examination) for one in checked))
    _refuse(files, failed, told=as_json and not paper)
    return EXIT_FINDINGS if strict and any(one.examination.of(Severity.MUST) for one in checked) else 0


def _drafts(files: Sequence[Path]) -> tuple[list[Draft], list[tuple[str, ReadingError]]]:
    from bot.intake import draft_of, readable_name

    drafts: list[Draft] = []
    failed: list[tuple[str, ReadingError]] = []
    for file in files:
        try:
            drafts.append(draft_of(file))
        except ReadingError as error:
            if len(files) == 1:
                raise
            failed.append((readable_name(file), error))
    return drafts, failed


def _names(drafts: Sequence[Draft], own: Draft) -> list[str]:
    """The names and titles of the files examined together with one."""
    return [name for draft in drafts if draft is not own for name in (draft.document.source, draft.document.title)]


def _say_json(
    checked: Sequence[Checked], failed: Sequence[tuple[str, ReadingError]], bench: Bench, *, single: bool
) -> None:
    records: list[object] = [check_record(one.draft, one.examination, bench.calendar) for one in checked]
    records += [{"source": name, "error": str(error)} for name, error in failed]
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


def _refuse(files: Sequence[Path], failed: Sequence[tuple[str, ReadingError]], *, told: bool) -> None:
    if not failed:
        return
    if not told:
        for _, error in failed:
            click.echo(str(error), err=True)
    raise Refusal(f"{len(files)}个文件中有{len(failed)}个读不了，其余已体检；请按上面的提示处理这{len(failed)}个。")
