"""Fields of a matter that are counted like items: （一）整改目标：… （二）责任单位：… （三）完成时限：…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.parsing.label_lines import is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import Numbered, numbered

_FIELD = re.compile(r"[^，。；;：:（(]{2,10}[：:]")
_FEW = 2


def uncounted(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the fields of each matter as lines without numbers, where a run of numbers counts nothing but fields and
    at least two of them say who has the matter, or until when."""
    bare: dict[int, Line] = {}
    for run in _runs(lines):
        stated = sum(is_label_line(cut.rest) for _, cut in run)
        if len(run) > stated >= _FEW and all(_FIELD.match(cut.rest) for _, cut in run):
            bare |= {line.index: _without(line, cut) for line, cut in run}
    return [bare.get(line.index, line) for line in lines] if bare else list(lines)


def _without(line: Line, cut: Numbered) -> Line:
    at = line.raw.find(cut.rest[:2])
    return replace(line, text=cut.rest, raw=line.raw[max(at, 0) :])


def _runs(lines: Sequence[Line]) -> Iterator[list[tuple[Line, Numbered]]]:
    """Numbers of one style in a row; a number of a higher one ends the run, whatever is below it stands inside."""
    open_runs: dict[int, list[tuple[Line, Numbered]]] = {}
    for line in lines:
        cut = numbered(line.text)
        if not cut.level:
            continue
        for level in [other for other in open_runs if other > cut.level]:
            yield open_runs.pop(level)
        if cut.value == 1 and cut.level in open_runs:
            yield open_runs.pop(cut.level)
        open_runs.setdefault(cut.level, []).append((line, cut))
    yield from open_runs.values()
