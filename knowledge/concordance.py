"""字词索引: in which of some lines words stand.

The first who ask have all lines read through for them, which is quickest for a few; who asks often has a table made. Measured on the
spoken phrases of the thesaurus: reading through takes 50 µs, making the table as long as a thousand times that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

# So often lines are read through before the table is made.
OFTEN = 100
# So many words are kept with their lines: what people type has no end.
_KEPT = 8192
_NOWHERE: Sequence[int] = array("H")


class Concordance:
    """Where words stand in `lines`, none of which has a line break in it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._read_through = 0
        self.lines_with = lru_cache(_KEPT)(self._lines_with)

    def __getitem__(self, number: int) -> str:
        return self._lines[number]

    def _lines_with(self, words: str) -> Sequence[int]:
        """The numbers of the lines in which `words` stand, ascending."""
        if self._read_through < OFTEN:
            self._read_through += 1
            return self._found(words)
        where, lines = self._where, self._lines
        if len(words) < 3:
            return where.get(words, _NOWHERE)
        holding = min((where.get(words[at : at + 2], _NOWHERE) for at in range(len(words) - 1)), key=len)
        return [number for number in holding if words in lines[number]]

    def _found(self, words: str) -> list[int]:
        text, starts = self._whole
        found, place = list[int](), text.find(words)
        while place >= 0:
            found.append(bisect_right(starts, place) - 1)
            place = text.find(words, starts[found[-1] + 1])
        return found

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All lines in a row, and where each begins, and the end."""
        return "\n".join(self._lines), [0, *accumulate(len(line) + 1 for line in self._lines)]

    @cached_property
    def _where(self) -> dict[str, Sequence[int]]:
        """The lines of each character and of each two that stand together."""
        kind = "H" if len(self._lines) < 1 << 16 else "L"
        where: dict[str, array[int]] = {}
        for number, line in enumerate(self._lines):
            for words in {*line, *map("".join, pairwise(line))}:
                held = where.get(words)
                if held is None:
                    where[words] = held = array(kind)
                held.append(number)
        return dict(where)
