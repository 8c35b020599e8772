"""Ruled tables for the terminal, with words in colour: no line of a cell begins with a 。 or ends with a （."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from click import style

from bot.commands.columns import columns

# What must not begin a line, and what must not end one (GB/T 15834-2011, §5.1).
_NEVER_FIRST = frozenset("。，、；：？！）】》”’…—%.,;:?!)]}")
_NEVER_LAST = frozenset("（【《“‘([{")
# Figures and Latin words stay whole where they fit.
_PIECES = re.compile(r"[0-9A-Za-z]+(?:[.%〕-][0-9A-Za-z]*)*|\n|.", re.DOTALL)
# What would steer a terminal.
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one colour (a name that click knows; empty: plain)."""

    text: str
    colour: str = ""


def harmless(text: str) -> str:
    """`text` without what would steer a terminal."""
    return _UNFIT.sub("", text)


def wrapped(words: Iterable[Words], width: int) -> list[list[Words]]:
    """The words in lines of at most `width` columns."""
    lines: list[list[Words]] = [[]]
    used = 0
    for piece in _pieces(words, width):
        size = columns(piece.text)
        if piece.text == "\n":
            lines.append([])
            used = 0
        elif used + size > width:
            carried = _carried(lines[-1], piece)
            lines.append([*carried, piece])
            used = sum(columns(one.text) for one in lines[-1])
        else:
            lines[-1].append(piece)
            used += size
    return lines


def _pieces(words: Iterable[Words], width: int) -> Iterator[Words]:
    """What is never parted, one after another; a figure longer than the line is."""
    for one in words:
        for found in _PIECES.findall(harmless(one.text)):
            parts = [found] if columns(found) <= width else list(found)
            yield from (Words(part, one.colour) for part in parts)


def _carried(line: list[Words], piece: Words) -> list[Words]:
    """What goes over to the next line with `piece`, taken off the line: so that neither begins or ends as none may."""
    carried: list[Words] = []
    while len(line) > 1 and len(carried) < 3:
        first = (carried[0] if carried else piece).text
        if first[0] not in _NEVER_FIRST and line[-1].text[-1] not in _NEVER_LAST:
            break
        carried.insert(0, line.pop())
    return carried


def ruled(rows: Sequence[Sequence[Sequence[Words]]], widths: Sequence[int], *, colours: bool) -> Iterator[str]:
    """The lines of a ruled table; `widths` are those of the columns' text. The first row is the head."""
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for row in rows:
        cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            shown = (
                _shown(cell[at] if at < len(cell) else [], width, colours)
                for cell, width in zip(cells, widths, strict=True)
            )
            yield "| " + " | ".join(shown) + " |"
        yield rule


def _shown(line: Sequence[Words], width: int, colours: bool) -> str:
    """One line of a cell, filled up to its width."""
    text = "".join(style(one.text, fg=one.colour) if colours and one.colour else one.text for one in line)
    return text + " " * (width - sum(columns(one.text) for one in line))


def paragraph(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """Running text in lines; all but the first are moved in by `indent` columns."""
    first, *others = wrapped([Words(text)], width)
    yield "".join(one.text for one in first)
    rest = [one for line in others for one in line]
    for line in wrapped(rest, width - indent) if rest else ():
        yield " " * indent + "".join(one.text for one in line)
