"""What became of the words of a text: fragments kept, struck out and put in, cut where words end and not inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

# A kept fragment with fewer signs between two changes is read as part of them: single characters agree by chance.
ISLAND = 2
# Texts longer than this (the product of their signs) are only trimmed: comparing them would take gigabytes.
LONGEST = 9_000_000
# Figures and Latin words are never cut; Chinese has no blanks, so each character may be a word.
_SIGNS = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_PAUSES = frozenset("，。；、：,;:（）()“”《》 ")


class Fate(StrEnum):
    """What became of a fragment."""

    KEPT = "kept"
    STRUCK = "struck"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text and what became of it; the kept and struck ones together are the old text, in order."""

    fate: Fate
    text: str


def fragments(old: str, new: str) -> tuple[Fragment, ...]:
    """The change from `old` to `new`, for a person to read."""
    before, after = _SIGNS.findall(old), _SIGNS.findall(new)
    if len(before) * len(after) > LONGEST:
        return tuple(_told(_slid([(0, len(before), 0, len(after))], before, after), before, after))
    kept = _without_islands(list(_runs(before, after)), before, after)
    return tuple(_told(_slid(kept, before, after), before, after))


# (start in old, end in old, start in new, end in new) of each change; what lies between two is kept.
_Change = tuple[int, int, int, int]


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """The changes, a struck and an added stretch side by side being one."""
    pending: _Change | None = None
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            if pending:
                yield pending
            pending = None
        else:
            start = pending or (code.src_start, code.src_end, code.dest_start, code.dest_end)
            pending = (start[0], code.src_end, start[2], code.dest_end)
    if pending:
        yield pending


def _without_islands(changes: list[_Change], before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    """Changes joined where too little is kept between them to mean anything."""
    joined: list[_Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        if last and _is_island(before[last[1] : change[0]], last, change):
            joined[-1] = (last[0], change[1], last[2], change[3])
        else:
            joined.append(change)
    return joined


def _is_island(kept: Sequence[str], last: _Change, change: _Change) -> bool:
    """Whether a kept stretch is an accident: short, no pause in it, and both its neighbours replace something."""
    if len(kept) > ISLAND or any(sign in _PAUSES or sign[0].isdigit() for sign in kept):
        return False
    replaces = all(one[1] > one[0] and one[3] > one[2] for one in (last, change))
    return len(kept) < ISLAND or replaces


def _slid(changes: list[_Change], before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """Each change cut to what differs; a pure addition or omission moved to whole clauses where the text allows either."""
    floor = 0
    for place, change in enumerate(changes):
        start, end, begin, stop = _trimmed(change, before, after)
        ceiling = changes[place + 1][0] if place + 1 < len(changes) else len(before)
        if (end > start) != (stop > begin):
            signs, first, last = (before, start, end) if end > start else (after, begin, stop)
            shift = _shift(signs, first, last, start - floor, ceiling - end)
            start, end, begin, stop = start + shift, end + shift, begin + shift, stop + shift
        floor = end
        if end > start or stop > begin:
            yield start, end, begin, stop


def _trimmed(change: _Change, before: Sequence[str], after: Sequence[str]) -> _Change:
    """Without what both sides begin and end with."""
    start, end, begin, stop = change
    while start < end and begin < stop and before[start] == after[begin]:
        start, begin = start + 1, begin + 1
    while start < end and begin < stop and before[end - 1] == after[stop - 1]:
        end, stop = end - 1, stop - 1
    return start, end, begin, stop


def _shift(signs: Sequence[str], first: int, last: int, behind: int, ahead: int) -> int:
    """How far `signs[first:last]` slides so that it is whole clauses, at most so far back or on; the text stays the same."""
    back = forth = 0
    while back < behind and signs[first - back - 1] == signs[last - back - 1]:
        back += 1
    while forth < ahead and signs[first + forth] == signs[last + forth]:
        forth += 1
    return max(range(-back, forth + 1), key=lambda n: (_wholeness(signs, first + n, last + n), -abs(n)))


def _wholeness(signs: Sequence[str], first: int, last: int) -> int:
    """2 for a whole clause with the pause before it or behind it, 1 where one of its ends is at a pause."""
    opened = signs[first] in _PAUSES and (last == len(signs) or signs[last] in _PAUSES)
    closed = (first == 0 or signs[first - 1] in _PAUSES) and signs[last - 1] in _PAUSES
    return 2 if opened or closed else int(signs[first] in _PAUSES or first == 0 or signs[first - 1] in _PAUSES)


def _told(changes: Iterable[_Change], before: Sequence[str], after: Sequence[str]) -> Iterator[Fragment]:
    at = 0
    for start, end, begin, stop in changes:
        yield from _fragment(Fate.KEPT, before[at:start])
        yield from _fragment(Fate.STRUCK, before[start:end])
        yield from _fragment(Fate.ADDED, after[begin:stop])
        at = end
    yield from _fragment(Fate.KEPT, before[at:])


def _fragment(fate: Fate, signs: Sequence[str]) -> Iterator[Fragment]:
    if signs:
        yield Fragment(fate, "".join(signs))
