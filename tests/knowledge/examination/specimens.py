"""Documents of one's own making for an examination: a few lines or rows, and what is found in them."""

from __future__ import annotations

from knowledge.examination import Examination, Finding, Severity, Specimen, examine
from knowledge.model import Block, Cell, Place
from knowledge.parsing import parse
from knowledge.reading.reading import Reading


def text(*lines: str) -> Reading:
    return Reading("text", tuple(Block(line, Place(line=at)) for at, line in enumerate(lines, 1)))


def table(*rows: tuple[str, ...], merged: tuple[tuple[int, int], ...] = (), above: tuple[str, ...] = ()) -> Reading:
    """A .docx table; `merged` are (row, column), counted from 1, of cells that repeat the one above; `above` paragraphs before it."""
    blocks = [Block(line, Place(paragraph=at)) for at, line in enumerate(above, 1)]
    for r, row in enumerate(rows, 1):
        cells = tuple(
            Cell(word, Place(table=1, row=r, column=c), Place(table=1, row=r - 1, column=c) if (r, c) in merged else None)
            for c, word in enumerate(row, 1)
        )  # fmt: skip
        blocks.append(Block("", Place(table=1, row=r), cells, 1))
    return Reading("docx", tuple(blocks))


def examined(reading: Reading, **beside: object) -> Examination:
    return examine(Specimen(parse(reading, "x", "0" * 64), **beside))  # type: ignore[arg-type]


def found(reading: Reading, code: str, **beside: object) -> list[Finding]:
    return [finding for finding in examined(reading, **beside).findings if finding.code == code]


def one(reading: Reading, code: str, **beside: object) -> Finding:
    findings = found(reading, code, **beside)
    assert len(findings) == 1, examined(reading, **beside).findings
    return findings[0]


__all__ = ["Severity", "examined", "found", "one", "table", "text"]
