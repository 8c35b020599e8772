"""The tables of a document cut into runs: rows under one header, with the columns and conventions in force there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.model import Doubt
from knowledge.parsing.columns import Layout, column_of
from knowledge.parsing.conventions import Conventions, may_speak
from knowledge.parsing.heads import headers_of, layout_of, opens_header
from knowledge.parsing.hinted import without_dittos
from knowledge.parsing.layouts import settled
from knowledge.parsing.lines import Box, Line, tables_in, unblanked
from knowledge.parsing.sections import is_signed, words_across


@dataclass(frozen=True, slots=True)
class Run:
    """Rows under one header, with the columns and conventions in force there.

    `fresh` when the header stands above, `anew` when it is another one than before, or the same on another sheet;
    `header` is the index of its row.
    """

    layout: Layout
    rows: tuple[Line, ...]
    conventions: Conventions
    fresh: bool
    anew: bool = False
    header: int = -1


def runs_of(
    lines: Sequence[Line], headers: AbstractSet[int], conventions: Conventions
) -> tuple[list[Run], tuple[Doubt, ...]]:
    """The rows cut at every one of the `headers`, the indices of header rows; rows above any header have no columns."""
    runs: list[Run] = []
    doubts: tuple[Doubt, ...] = ()
    layout, sheet = Layout(()), None
    for _, table in tables_in(lines):
        for header, rows in _sheets(table, headers):
            anew = False
            if not header and rows and rows[0].place.sheet != sheet and not _goes_on(rows, layout):
                layout, sheet = Layout(()), rows[0].place.sheet
            if header:
                before, layout = layout, layout_of(*header)
                anew = layout != before or sheet != header[0].place.sheet
                sheet = header[0].place.sheet
                conventions, _, found = conventions.read(header[0].text.replace("\t", "，"), header[0].place)
                doubts += found
            signed = tuple(row for row in rows if is_signed(row))
            if signed:
                runs.append(Run(Layout(()), signed, conventions, False))
                rows = [row for row in rows if row not in signed]
            kept, conventions, found = _spoken(without_dittos(rows), conventions)
            doubts += found
            at = header[0].index if header else -1
            runs.append(Run(layout, tuple(kept), conventions, bool(header), anew, at))
    return runs, doubts


def _goes_on(rows: Sequence[Line], layout: Layout) -> bool:
    """Whether the rows of a sheet without a header are more of the table on the sheet before, and no count of it."""
    wide = max(len(row.boxes) for row in rows)
    headed = sum(column_of(box.text) is not None for box in rows[0].boxes if box.text) > 1
    return not headed and abs(wide - len(layout.columns)) <= 1


def _spoken(rows: Sequence[Line], conventions: Conventions) -> tuple[list[Line], Conventions, tuple[Doubt, ...]]:
    """`rows` without the sentences that tell how to read them: remarks across the table, words in a unit cell."""
    if not conventions.marks_units and not may_speak("\n".join([row.text for row in rows])):
        return list(rows), conventions, ()
    kept: list[Line] = []
    doubts: tuple[Doubt, ...] = ()
    for row in rows:
        if not conventions.marks_units and not may_speak(row.text):
            kept.append(row)
            continue
        now, _, found = conventions.read(words_across(row) or "", row.place)
        if not found:
            row, now, found = _without_words(row, conventions)
            kept.append(row)
        conventions, doubts = now, doubts + found
    return kept, conventions, doubts


def _without_words(row: Line, conventions: Conventions) -> tuple[Line, Conventions, tuple[Doubt, ...]]:
    if not conventions.marks_units and not may_speak(row.text):
        return row, conventions, ()
    boxes: list[Box] = []
    doubts: tuple[Doubt, ...] = ()
    for box in row.boxes:
        now, rest, found = conventions.read(box.raw, row.place)
        if found or (conventions.marks_units and rest != box.raw):
            box = replace(box, raw=rest, text=unblanked(rest.replace("\n", " ")))
            conventions, doubts = now, doubts + tuple(doubt for doubt in found if doubt not in doubts)
        boxes.append(box)
    changed = any(new is not old for new, old in zip(boxes, row.boxes, strict=True))
    return replace(row, boxes=tuple(boxes)) if changed else row, conventions, doubts


def _sheets(rows: Sequence[Line], headers: AbstractSet[int]) -> Iterator[tuple[tuple[Line, ...], list[Line]]]:
    """(header rows, the rows below them), the first pair perhaps without a header."""
    found: list[tuple[int, tuple[Line, ...]]] = []
    headed = [at for at, row in enumerate(rows) if row.index in headers]
    for at in sorted({start for header in headed for start in (header - 1, header) if start >= 0}):
        if opens_header(rows[at : at + 2], headers) and (not found or at >= found[-1][0] + len(found[-1][1])):
            found.append((at, headers_of(rows[at:])))
    if not found or found[0][0] > 0:
        yield (), list(rows[: found[0][0]] if found else rows)
    for (at, header), (end, _) in pairwise([*found, (len(rows), ())] if found else []):
        yield header, list(rows[at + len(header) : end])


def settled_runs(runs: Sequence[Run], wide: Mapping[int, str | None]) -> tuple[dict[Layout, Layout], tuple[Doubt, ...]]:
    """What each column holds, settled once for all tables with the same header."""
    rows: dict[Layout, list[Line]] = {}
    for run in runs:
        rows.setdefault(run.layout, []).extend(row for row in run.rows if wide[row.index] is None)
    found = {layout: settled(layout, below) for layout, below in rows.items()}
    return {layout: made for layout, (made, _) in found.items()}, tuple(
        d for _, doubts in found.values() for d in doubts
    )
