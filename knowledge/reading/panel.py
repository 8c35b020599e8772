"""The part of a table that stands on one page: its cells with the printed lines in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.reading.joining import cell_text
from knowledge.reading.lattice import Lattice, Square
from knowledge.reading.leaf import TextLine, Word, lines_of

_OVERHANG = 0.4  # of the type size: as much of a character may stand over the line of its cell
_TOUCHING = 0.05  # of the type size: words that end so near to the line of their cell had no room
_STANDING_OUT = 0.15  # of the type size: as much of a printed line never stands above or below its cell
_SHORT, _HANGING = 3, "，。、；：）"  # a number set off its cell is whole, and so is what ends with a hanging stop
_WIDEST_PADDING = 9.0  # points


@dataclass(frozen=True, slots=True)
class Pane:
    """One cell: where it begins (from 1), how far it reaches, what is printed in it.

    `cut`: its words run over its edges, as those of a sheet do that were printed without room for them.
    """

    row: int
    column: int
    height: int
    width: int
    text: str
    lines: tuple[TextLine, ...] = ()
    cut: bool = False

    @property
    def bottom(self) -> int:
        """Its last row."""
        return self.row + self.height - 1


@dataclass(frozen=True, slots=True)
class Panel:
    """Cells on one page. `edges` are the columns' limits from left to right, `top` and `bottom` its place on the page.

    `ruled`: its cells are drawn; else they were told by the gaps between words, and `tight` says that these were narrow.
    """

    page: int
    edges: tuple[float, ...]
    top: float
    bottom: float
    rows: int
    panes: tuple[Pane, ...]
    ruled: bool = True
    tight: bool = False


def split_words(lattice: Lattice, words: Iterable[Word]) -> tuple[dict[int, list[Word]], list[Word]]:
    """The words of each cell by its index, and those that stand outside the table; words across a line are cut at it."""
    inside: dict[int, list[Word]] = {}
    outside: list[Word] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop()
        nudge = min(_OVERHANG * word.size, (word.x1 - word.x0) / 2)
        first, last = lattice.at(word.x0 + nudge, word.middle), lattice.at(word.x1 - nudge, word.middle)
        parts = None if first == last else _cut(lattice, word, first)
        if parts is not None:
            waiting.extend(parts)
            continue
        at = lattice.at((word.x0 + word.x1) / 2, word.middle) if first != last else first
        if at is None:
            outside.append(word)
        else:
            inside.setdefault(at, []).append(word)
    return inside, outside


def _cut(lattice: Lattice, word: Word, first: int | None) -> tuple[Word, Word] | None:
    """The word cut at the first line between two cells that goes through it."""
    for x in lattice.xs:
        if word.x0 < x < word.x1 and lattice.at(x + 0.5, word.middle) != first:
            parts = word.parted(x)
            if parts is not None and all(part.text for part in parts):
                return parts
    return None


def panel_of(lattice: Lattice, inside: dict[int, list[Word]], page: int) -> Panel:
    """The table with the words put into its cells."""
    lines = {at: tuple(lines_of(words, page)) for at, words in inside.items()}
    padding = _padding(lattice.squares, lines)
    panes = tuple(_pane(square, lines.get(at, ()), padding) for at, square in enumerate(lattice.squares))
    return Panel(page, lattice.xs, lattice.ys[0], lattice.ys[-1], len(lattice.ys) - 1, panes)


def _padding(squares: Sequence[Square], lines: dict[int, tuple[TextLine, ...]]) -> float:
    """How far text keeps from the lines of its cell: the narrowest distance in use."""
    gaps = sorted(line.x0 - squares[at].x0 for at, own in lines.items() for line in own)
    return min(max(gaps[len(gaps) // 20], 0.0), _WIDEST_PADDING) if gaps else 0.0


def _pane(square: Square, lines: tuple[TextLine, ...], padding: float) -> Pane:
    text = cell_text(lines, square.x0, square.x1, padding)
    return Pane(square.row + 1, square.column + 1, square.height, square.width, text, lines, _is_cut(square, lines))


def _is_cut(square: Square, lines: Sequence[TextLine]) -> bool:
    """Whether a lone line begins at the left of its cell and runs over its right edge, or lines stand out above or below it."""
    if not lines:
        return False
    size = lines[0].size
    recognised = any(word.sure < 1 for line in lines for word in line.words)
    room = (_OVERHANG if recognised else _STANDING_OUT) * size
    touches = len(lines) == 1 and lines[0].x1 > square.x1 - _TOUCHING * size
    over = touches and lines[0].x0 - square.x0 <= _OVERHANG * size and lines[0].text[-1] not in _HANGING
    high = any(line.top < square.top - room or line.bottom > square.bottom + room for line in lines)
    return (over and len(lines[0].text) > _SHORT) or high


def moved(pane: Pane, rows: int) -> Pane:
    """The cell so many rows further down."""
    return replace(pane, row=pane.row + rows)
