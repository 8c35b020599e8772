"""Tables drawn with characters (┌──┬──┐ or +---+---+): the drawing taken out, a row of several lines put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.reading.lines import EDGES, Line

_RULE = re.compile(r"[┌├└╔╠╚┏┣┗+╭╰][─━═┄┈┬┴┼┭┮┯┰┱┲┳┵┶┷┸┹┺┻┽┾┿╀╁╂╋╦╩╬╤╧╪+\- ]*[┐┤┘╗╣╝┓┫┛+╮╯]|[─━═]{6,}")
_BARRED = re.compile(r"\s*[│┃║|｜].*[│┃║|｜]\s*")
_BARS = re.compile(r"[│┃║|｜]")
_LEAST = 2  # columns


def undrawn(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each drawn table as rows between bars, its rules left out.

    Where rules part the rows the lines between two of them are one row, the parts of a cell with a line break between them;
    where only the head is parted off each line is a row.
    """
    out: list[Line] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        table = lines[at:end]
        if end > at + 2 and sum(map(_is_rule, table)) >= _LEAST and any(map(_is_barred, table)):
            out += _rows(table)
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _is_rule(line: Line) -> bool:
    return _RULE.fullmatch(line[1].strip(EDGES)) is not None


def _is_barred(line: Line) -> bool:
    return _BARRED.fullmatch(line[1]) is not None


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the drawing ends that begins with a rule at `start`; `start` itself where none does."""
    if not _is_rule(lines[start]):
        return start
    return next(
        (at for at in range(start, len(lines)) if not (_is_rule(lines[at]) or _is_barred(lines[at]))), len(lines)
    )


def _rows(table: Sequence[Line]) -> Iterator[Line]:
    groups = list(_between_rules(table))
    if len(groups) > _LEAST or all(len(group) == 1 for group in groups):
        yield from map(_one, groups)
        return
    for at, group in enumerate(groups):  # only the head is parted off
        yield from [_one(group)] if at == 0 else map(_one, ([line] for line in group))


def _between_rules(table: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in table:
        if not _is_rule(line):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _one(group: Sequence[Line]) -> Line:
    """The lines of one row as one line between plain bars."""
    cut = [[cell.strip(EDGES) for cell in _BARS.split(text.strip(EDGES))[1:-1]] for _, text in group]
    width = max(map(len, cut))
    cells = ("<br>".join(row[at] for row in cut if at < len(row) and row[at]) for at in range(width))
    return group[0][0], f"|{'|'.join(cells)}|"
