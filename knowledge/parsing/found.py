"""One assignment as it was found in the text, before it gets its true number, its deadlines and its id."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.model import Doubt, Particular, Place
from knowledge.parsing.slot import Slot


class Found(NamedTuple):
    """`printed` is the number as printed and `value` its worth; `path` the ordinals of the sections above it.

    `lines` are the indices of the lines it was read from. `run` names the run of numbers it belongs to, so that a
    number is only compared with its neighbours. `cover` marks a duty of the covering letter, `told` a paragraph among
    items that has no place for units and names them in its sentence. A named tuple, because there is one for every row.
    """

    text: str
    place: Place
    printed: str = ""
    value: int | None = None
    section: tuple[str, ...] = ()
    path: tuple[int, ...] = ()
    original: str = ""
    slot: Slot = Slot()
    deadline_inherited: bool = False
    lines: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    level: int = 0
    part: int = 0
    cover: bool = False
    told: bool = False
    particulars: tuple[Particular, ...] = ()
