"""`qiantou check`: documents examined, as a page to read, as JSON, or as a paper to hand on. Files nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click

from bot.checking import Bench, Checked, bench_of
from bot.commands.check_report import check_record, check_text
from bot.commands.columns import visible
from bot.commands.speech import EXIT_FINDINGS, Refusal
from knowledge.examination import Severity
from knowledge.model import Draft, ReadingError


@dataclass(slots=True)
class _Read:
    """The drafts of all documents in the files, and (name, sentence) of those that could not be read.

    `single`: one file that is one document.
    """

    drafts: list[Draft] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    single: bool = False


def check_documents(home: Path, files: Sequence[Path], *, as_json: bool, paper: Path | None, strict: bool) -> int:
    """Examine files and say what was found. Returns the exit code: EXIT_FINDINGS when `strict` and something must be corrected.

    `paper` is a new .docx, or a folder for one .docx of each document; a .zip is the documents in it. Raises Refusal
    when a document could not be read, after the others are told.
    """
    bench = bench_of(home)
    read = _read(files)
    checked = [bench.checked(draft, _names(read.drafts, draft)) for draft in read.drafts]
    if bench.trouble:
        click.echo(bench.trouble, err=True)
    if paper and checked:
        _write_papers(home, checked, paper)
    elif as_json and not (read.single and read.failed):
        _say_json(checked, read, bench)
    elif checked:
        click.echo("\n\n".join(check_text(one.draft, one.examination) for one in checked))
    _refuse(read, told=as_json and not paper)
    return EXIT_FINDINGS if strict and any(one.examination.of(Severity.MUST) for one in checked) else 0


def _read(files: Sequence[Path]) -> _Read:
    from bot.intake import readable_name

    read = _Read()
    for name, found in _documents(files):
        if isinstance(found, Draft):
            read.drafts.append(found)
        else:
            read.failed.append((name, found))
    names = [draft.document.source for draft in read.drafts] + [name for name, _ in read.failed]
    read.single = names == [readable_name(file) for file in files[:1]]
    return read


def _documents(files: Sequence[Path]) -> Iterator[tuple[str, Draft | str]]:
    """(name, draft or the sentence that says why there is none) of every document in the files."""
    from bot.intake import drafted, sources

    for source in sources(files):
        try:
            yield source.name, source.failure or drafted(source.content, source.name)
        except ReadingError as error:
            yield source.name, str(error)


def _names(drafts: Sequence[Draft], own: Draft) -> list[str]:
    """The names and titles of the documents examined together with one."""
    others = [draft.document for draft in drafts if draft is not own]
    return [name for document in others for name in (document.source.rsplit("/", 1)[-1], document.title)]


def _say_json(checked: Sequence[Checked], read: _Read, bench: Bench) -> None:
    records: list[object] = [check_record(one.draft, one.examination, bench.calendar) for one in checked]
    records += [{"source": name, "error": sentence} for name, sentence in read.failed]
    click.echo(json.dumps(records[0] if read.single else records, ensure_ascii=False, indent=1))


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
    inner = re.sub(
        r'[/\\:*?"<>|]+', "·", visible(one.draft.document.source.removesuffix(Path(one.draft.document.source).suffix))
    )
    return f"{inner[-60:]}·文件体检单{now:%Y%m%d}.docx"


def _outcome(one: Checked) -> str:
    found = len(one.examination.findings)
    return f"《{one.draft.document.title}》" + (f"问题{found}处" if found else "没有发现问题")


def _refuse(read: _Read, *, told: bool) -> None:
    if not read.failed:
        return
    if read.single:
        raise Refusal(read.failed[0][1])
    for _, sentence in read.failed if not told else ():
        click.echo(sentence, err=True)
    total, failed = len(read.drafts) + len(read.failed), len(read.failed)
    raise Refusal(f"{total}个文件中有{failed}个读不了，其余已体检；请按上面的提示处理这{failed}个。")
