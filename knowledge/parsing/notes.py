"""Remarks at the foot of a plan or above its table (备注：…): no assignments, but they may say how to read the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Doubt
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered

_NOTE = re.compile(r"[（(]?(?:备\s*注|附\s*注|注|说\s*明|填表说明|有关说明|特别说明)\s*[:：]")
_ALONE = re.compile(r"(?:备\s*注|附\s*注|注|说\s*明|填表说明|有关说明|特别说明)\s*[:：]?$")


def _noted(lines: Sequence[Line]) -> set[int]:
    """The indices of remarks: lines that open as one, and the counted lines below a bare 备注：."""
    found: set[int] = set()
    below = False
    for line in lines:
        if line.boxes:
            below = False
            continue
        cut = numbered(line.text)
        if cut.level in (1, 2):
            below = False
        elif _ALONE.match(line.text):
            below = True
            found.add(line.index)
        elif _NOTE.match(line.text) or (below and cut.level):
            found.add(line.index)
        else:
            below = False
    return found


def noted_lines(lines: Sequence[Line]) -> list[Line]:
    """The remarks among `lines`."""
    noted = _noted(lines)
    return [line for line in lines if line.index in noted]


def without_notes(lines: Sequence[Line]) -> list[Line]:
    """`lines` without the remarks."""
    noted = _noted(lines)
    return [line for line in lines if line.index not in noted]


def noted_conventions(lines: Sequence[Line], conventions: Conventions) -> tuple[Conventions, tuple[Doubt, ...]]:
    """The conventions that remarks state for the whole document, with a doubt for each."""
    doubts: tuple[Doubt, ...] = ()
    noted = _noted(lines)
    for line in lines:
        if line.index in noted:
            conventions, _, found = conventions.read(line.text, line.place)
            doubts += found
    return conventions, doubts
