"""Tables that go on over pages: repeated heads dropped, rows and merged cells broken by the page put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.reading.joining import goes_on, together
from knowledge.reading.loose import counting_column, is_number
from knowledge.reading.openings import begins, ended
from knowledge.reading.panel import Pane, Panel

_SAME_EDGE = 5.0  # points
_LOOSE_EDGE = 16.0  # points: columns told by gaps lie a little otherwise on each page
_MOST_HEAD_ROWS, _MOST_TITLES = 3, 3
_WIDEST_PADDING = 6.0  # points
_ALWAYS_FILLED = 3  # rows: from so many filled cells on, an empty one is odd


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a row that a person should look at: `code` as in Doubt, the words met and the reading taken."""

    row: int
    column: int
    code: str
    words: str = ""
    reading: str = ""


@dataclass(slots=True)
class Table:
    """A table as far as it was read: rows count from 1 over all pages, `pages` says on which one each stands."""

    edges: tuple[float, ...]
    ruled: bool
    panes: list[Pane]
    pages: list[int]
    head: list[tuple[tuple[int, int, str], ...]]
    notes: list[Note] = field(default_factory=list)
    tight: bool = False
    repeated: list[tuple[int, str]] = field(default_factory=list)
    """Page, text of each head that was dropped there."""

    @property
    def rows(self) -> int:
        """How many rows it has so far."""
        return len(self.pages)

    def add(self, panel: Panel) -> bool:
        """Takes the part of the table on the next page. False, with nothing done, where that is another table."""
        mapped = self._mapped(panel) if panel.ruled == self.ruled else None
        if mapped is None:
            return False
        dropped = self._repeated_rows(mapped)
        fresh = [replace(p, row=p.row - dropped) for p in mapped.panes if p.row > dropped]
        heads = sorted((p for p in mapped.panes if p.row <= dropped and p.text), key=lambda p: (p.row, p.column))
        self.repeated += [(panel.page, pane.text) for pane in heads]
        self.tight |= panel.tight
        if fresh:
            self._append(fresh, panel.page, mapped.rows - dropped)
        return True

    def _mapped(self, panel: Panel) -> Panel | None:
        """The part with its columns counted as the table counts them; under a repeated head they are the same."""
        if not self.ruled and len(panel.edges) == len(self.edges) and self._repeated_rows(panel):
            return panel
        return _mapped(panel, self.edges, self.ruled)

    def _repeated_rows(self, panel: Panel) -> int:
        """How many rows at the top only repeat the head of the table."""
        rows = _row_texts(panel.panes, min(panel.rows, _MOST_HEAD_ROWS))
        same = 0
        for own, other in zip(self.head, rows, strict=False):
            if own != other or not any(text for _, _, text in own):
                break
            same += 1
        return same if same and sum(bool(text) for _, _, text in rows[0]) > 1 else 0

    def _append(self, fresh: list[Pane], page: int, rows: int) -> None:
        offset = self.rows
        lower = sorted((pane for pane in fresh if pane.row == 1), key=lambda pane: pane.column)
        pairs = [(self._above(pane), pane) for pane in lower]
        rest = [replace(pane, row=pane.row + offset) for pane in fresh if pane.row > 1]
        if self._is_broken_row(pairs):
            offset -= 1
            rest = [replace(pane, row=pane.row - 1) for pane in rest]
            self._join_row(pairs)
            self.pages += [page] * (rows - 1)
        else:
            self.pages += [page] * rows
            for above, pane in pairs:
                self._settle(above, replace(pane, row=offset + 1), fresh)
        self.panes += rest

    def _above(self, pane: Pane) -> Pane | None:
        """The cell of the last row over a cell of the next page, where both are as wide."""
        return next(
            (p for p in self.panes if p.bottom == self.rows and (p.column, p.width) == (pane.column, pane.width)), None
        )

    def _is_broken_row(self, pairs: Sequence[tuple[Pane | None, Pane]]) -> bool:
        """Whether the first row of a page is the rest of the last row of the page before.

        Its number is missing (or stands on this page alone), and every cell that says something goes on from above.
        """
        both = [(above, pane) for above, pane in pairs if above is not None]
        filled = [(above, pane) for above, pane in both if pane.text]
        if len(both) < len(pairs) or not filled or not any(above.text for above, _ in both):
            return False
        counted = self._counting()
        if any(above.text and pane.text for above, pane in both if pane.column == counted):
            return False
        going = [self._goes_on(above, pane) for above, pane in filled if above.text]
        if counted and not self._merges(counted):
            return len(filled) < len(both) and bool(going) and (any(going) or len(filled) == 1)
        lone = any(above.text and not pane.text for above, pane in both)
        return lone and bool(going) and all(going) and len(going) == len(filled)

    def _goes_on(self, above: Pane, pane: Pane) -> bool:
        """Whether the last line of a cell runs on in the first line of the cell on the next page."""
        if not above.lines or not pane.lines or ended(above.text) or begins(pane.text):
            return False
        left = min(line.x0 for line in (*above.lines, *pane.lines))
        if self.ruled:
            edge = self.edges[pane.column + pane.width - 1]
            right = edge - min(max(0.0, left - self.edges[pane.column - 1]), _WIDEST_PADDING)
        else:
            right = max(line.x1 for p in self.panes if p.column == pane.column for line in p.lines)
        return goes_on(above.lines[-1], pane.lines[0], left, right)

    def _join_row(self, pairs: Sequence[tuple[Pane | None, Pane]]) -> None:
        torn = False
        for above, pane in pairs:
            if above is None:
                continue
            going = self._goes_on(above, pane)
            torn |= going
            whole = going or not above.text or not pane.text
            text = together(above.text, pane.text) if whole else f"{above.text}\n{pane.text}"
            self._replace(above, replace(_grown(above, pane, text), height=above.height + pane.height - 1))
        counted = self._counting()
        if not torn or counted is None or self._merges(counted):
            words = next((pane.text for _, pane in pairs if pane.text), "")
            self.notes.append(Note(self.rows, 0, "row-joined", words))

    def _settle(self, above: Pane | None, pane: Pane, fresh: Sequence[Pane]) -> None:
        """Takes a cell of the first row on a page: the rest of a merged one, or a cell of its own."""
        if above is not None and bool(above.text) != bool(pane.text):
            column = [p for p in (*self.panes, *fresh) if p.column == pane.column and p.width == pane.width]
            merging = any(p.height > 1 for p in column if p is not above)
            tall = above.height > 1 or pane.height > 1
            text = above.text or pane.text
            upwards = not above.text
            if tall or merging:
                self._replace(above, replace(_grown(above, pane, text), height=above.height + pane.height))
                if not tall or (upwards and above.height == 1):
                    self.notes.append(Note(pane.row - upwards, pane.column, "cell-continued", "", text))
                return
            blank = sum(not p.text for p in column)
            if not upwards and blank == 1 and len(column) > _ALWAYS_FILLED:
                self.notes.append(Note(pane.row, pane.column, "cell-open", "", above.text))
        self.panes.append(pane)

    def _counting(self) -> int | None:
        return counting_column([pane for pane in self.panes if pane.height == 1])

    def _merges(self, column: int) -> bool:
        """Whether one number of this column may stand for several rows; its head over two rows does not say so."""
        tall = (pane for pane in self.panes if pane.column == column and pane.height > 1)
        return self.ruled and any(is_number(pane.text) for pane in tall)

    def _replace(self, old: Pane, new: Pane) -> None:
        self.panes[next(at for at, pane in enumerate(self.panes) if pane is old)] = new


def _grown(above: Pane, pane: Pane, text: str) -> Pane:
    return replace(above, text=text, lines=above.lines + pane.lines)


def table_of(panel: Panel) -> Table:
    """The table that begins with this part; a title in a row of its own is no part of the head that further pages repeat."""
    rows = _row_texts(panel.panes, min(panel.rows, _MOST_TITLES + _MOST_HEAD_ROWS))
    first = next((at for at, row in enumerate(rows[:_MOST_TITLES]) if sum(bool(text) for _, _, text in row) > 1), 0)
    head = rows[first : first + _MOST_HEAD_ROWS]
    return Table(panel.edges, panel.ruled, list(panel.panes), [panel.page] * panel.rows, head, tight=panel.tight)


def _row_texts(panes: Sequence[Pane], rows: int) -> list[tuple[tuple[int, int, str], ...]]:
    texts: list[list[tuple[int, int, str]]] = [[] for _ in range(rows)]
    for pane in panes:
        if pane.row <= rows:
            texts[pane.row - 1].append((pane.column, pane.width, "".join(pane.text.split())))
    return [tuple(sorted(row)) for row in texts]


def _mapped(panel: Panel, edges: Sequence[float], ruled: bool) -> Panel | None:
    """The part with its columns counted as the table counts them, None where they do not lie under each other."""
    reach = _SAME_EDGE if ruled else _LOOSE_EDGE
    places = [_nearest(edge, edges, reach) for edge in panel.edges]
    if None in places or places[0] != 0 or places[-1] != len(edges) - 1 or len(set(places)) < len(places):
        return None
    at = [place for place in places if place is not None]
    panes = (
        replace(pane, column=at[pane.column - 1] + 1, width=at[pane.column - 1 + pane.width] - at[pane.column - 1])
        for pane in panel.panes
    )
    return replace(panel, edges=tuple(edges), panes=tuple(panes))


def _nearest(edge: float, edges: Sequence[float], reach: float) -> int | None:
    at = min(range(len(edges)), key=lambda i: abs(edges[i] - edge))
    return at if abs(edges[at] - edge) <= reach else None


def rows_of(pane: Pane) -> Iterator[int]:
    """The rows a cell stands in."""
    yield from range(pane.row, pane.bottom + 1)
