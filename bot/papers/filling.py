"""成稿: what stands in a paper, before it is known in whose form: the office's own template or the standard's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.handing import Letterhead
from bot.papers.paper import Paper
from bot.papers.table import Column, Words

_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """One table with what stands above it: a `heading` and running text, both may be empty."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Words]]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """成稿. `kind` names the template (通报, 交接单 …); `title`, `addressee` (主送, may be empty), the `body` in paragraphs, tables in
    `sections`, a `closing` paragraph behind them, a `note` in small type."""

    kind: str
    title: str
    body: Sequence[str]
    sections: Sequence[Section] = ()
    addressee: str = ""
    closing: str = ""
    note: str = ""

    @property
    def headings(self) -> Iterator[tuple[str, Section]]:
        """Each section with its heading, numbered 一、 where there are several with one."""
        several = sum(bool(one.heading) for one in self.sections) > 1
        digits = iter(_DIGITS)
        for one in self.sections:
            number = next(digits, "") if several and one.heading else ""
            yield (f"{number}、{one.heading}" if number else one.heading), one


def made(filling: Filling, head: Letterhead) -> bytes:
    """The bytes of the paper: in the office's own template where it has one, else in the form of the standard. Raises PaperError."""
    path = head.templates / f"{filling.kind}.docx" if head.templates else None
    if path is not None and path.is_file():
        from bot.papers.template import filled

        return filled(path, filling, head)
    return standard(filling, head.office, head.made.date())


def standard(filling: Filling, office: str, day: date) -> bytes:
    """The paper in the form of GB/T 9704."""
    paper = Paper(filling.title, office, day)
    paper.title(filling.title)
    if filling.addressee:
        paper.addressee(filling.addressee)
    for text in filling.body:
        paper.paragraph(text)
    for heading, section in filling.headings:
        if heading:
            paper.heading(heading)
        if section.words:
            paper.paragraph(section.words)
        if section.rows:
            paper.table(section.columns, section.rows)
    if filling.closing:
        paper.paragraph(filling.closing)
    if filling.note:
        paper.note(filling.note)
    paper.signature(office, day)
    return paper.content()
