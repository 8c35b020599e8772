"""What an assignment lacks where the others have it: units, a lead, a deadline, words; cells left empty but not merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, finding, listed, short, spot_of, whose
from knowledge.model import Assignment, DeadlineKind, Role
from knowledge.parsing.columns import Holds
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_unit, read_names

_FEWEST = 4
# From this share on the others show what the author meant every assignment to have.
_MOST = 0.75
_NAMES_SOMEBODY = re.compile(r"牵头|负责|配合|责任|落实单位|主办|承办|协办|参与")
# What a plan says to everybody, mostly at its end: nobody in particular has to do it.
_GENERAL = re.compile(
    r"各级|各地|各部门|各单位|各有关|各相关|全市上下|高度重视|^(?:加强|强化|严格|健全|完善|压实|注重)?(?:组织|统筹|宣传|督导|督查|督促|监督|考核|跟踪|协调|要素|资金)*(?:领导|协调|引导|考核|问责|检查|保障)"
)
_UNMERGED = "与上一格相同的请合并单元格或照写，不同的请补上由哪个单位负责。"
_NO_PLACE_FOR_ONE = re.compile(r"另行|待定")


def gaps(specimen: Specimen) -> Iterator[Finding]:
    """Everything that is missing from single assignments; nothing where the tables lost the place of their cells."""
    if specimen.torn:
        return
    yield from _without_words(specimen)
    yield from _without_units(specimen)
    yield from _without_lead(specimen)
    yield from _without_deadline(specimen)
    yield from _empty_cells(specimen)


def _without_words(specimen: Specimen) -> Iterator[Finding]:
    for a in specimen.numbered:
        row = specimen.line_of(a)
        loose = row is not None and row.boxes and not specimen.merges  # its words may have gone elsewhere
        if not a.text.strip() and not loose and not _shares_number(a, specimen):
            spot = Spot(a.place, whose(a), a.printed_number or "")
            yield finding(
                "no-text", Severity.MUST, spot, "只有编号，没有任务内容。", "请补上内容，或删去这个编号并重新编号。"
            )


def _shares_number(assignment: Assignment, specimen: Specimen) -> bool:
    return any(a is not assignment and a.place == assignment.place and a.text for a in specimen.numbered)


def _without_units(specimen: Specimen) -> Iterator[Finding]:
    """Assignments that name nobody where nearly all others do."""
    bare = [a for a in specimen.numbered if not a.duties]
    if not bare or not _mostly(len(specimen.numbered) - len(bare), len(specimen.numbered)):
        return
    for a in bare:
        if not _speaks_of_units(a, specimen):
            in_row = specimen.row_of(a) is not None
            advice = _UNMERGED if in_row else "请补上由哪个单位负责。"
            wrong = "没有写明牵头单位或责任单位，其他任务大多写明了。"
            yield finding("units-missing", Severity.MUST, spot_of(a), wrong, advice)


def _speaks_of_units(assignment: Assignment, specimen: Specimen) -> bool:
    """Whether the words of an assignment, or a doubt about it, show that units may stand there and were only not read."""
    codes = {doubt.code for doubt in assignment.doubts}
    if "no-units" not in codes or "unknown-role" in codes or _NAMES_SOMEBODY.search(assignment.original):
        return True
    if found := specimen.row_of(assignment):
        grid, row = found
        return bool(grid.words(row, Holds.UNITS))
    first, *others = specimen.span(assignment)
    if not first.boxes and _GENERAL.search(assignment.text):
        return True
    texts = [first.text, *(line.text for line in others if not line.boxes)] if not first.boxes else []
    return any(_NAMES_SOMEBODY.search(text) or _unit_bracket(text) for text in texts)


def _unit_bracket(text: str) -> bool:
    """Whether a bracket of the text holds nothing but names of units: （县政府办公室，各责任单位）."""
    return any(
        names and all(is_unit(name) for name in names)
        for inside in re.findall(r"[（(〔]([^（）()〔〕]+)[）)〕]", text)
        if (names := read_names(inside).units)
    )


def _without_lead(specimen: Specimen) -> Iterator[Finding]:
    """Assignments of several units of which none leads, where nearly all others have a lead."""
    owned = [a for a in specimen.numbered if a.duties]
    led = [a for a in owned if a.units(Role.LEAD)]
    without = [a for a in owned if not a.units(Role.LEAD) and _wants_lead(a, specimen)]
    if without and not specimen.conventions and _mostly(len(led), len(owned)):
        names = listed([whose(a) for a in without])
        spot = spot_of(without[0]) if len(without) == 1 else Spot(None, names, "")
        yield finding(
            "lead-missing", Severity.ASK, spot,
            f"{names if len(without) > 1 else ''}没有写明由哪个单位牵头，其他任务大多写明了。",
            "请写明牵头单位。", [spot_of(a) for a in without] if len(without) > 1 else [],
        )  # fmt: skip


def _wants_lead(assignment: Assignment, specimen: Specimen) -> bool:
    """Whether a place for the lead was left empty, or one of several units should lead."""
    if (found := specimen.row_of(assignment)) and found[0].has(Holds.UNITS, Role.LEAD):
        return not found[0].words(found[1], Holds.UNITS, Role.LEAD)
    return len(_single(assignment)) > 1


def _single(assignment: Assignment) -> list[str]:
    """The responsible units of an assignment, collectives left out: of one bureau and 各县区 it is plain who leads."""
    return [duty.unit for duty in assignment.duties if duty.role is Role.RESPONSIBLE and not duty.collective]


def _without_deadline(specimen: Specimen) -> Iterator[Finding]:
    """Assignments without any date where nearly all others have a slot for one."""
    dated = [a for a in specimen.numbered if any(not d.inner for d in a.deadlines)]
    bare = [a for a in specimen.numbered if not _dated(a, specimen)]
    if bare and _mostly(len(dated), len(specimen.numbered)):
        names = listed([whose(a) for a in bare])
        spot = spot_of(bare[0]) if len(bare) == 1 else Spot(None, names, "")
        yield finding(
            "deadline-missing", Severity.ASK, spot, f"{names if len(bare) > 1 else ''}没有写明完成时限，其他任务大多写明了。",
            "请补上完成时限；长期任务请写“长期”或“持续推进”。", [spot_of(a) for a in bare] if len(bare) > 1 else [],
        )  # fmt: skip


def _dated(assignment: Assignment, specimen: Specimen) -> bool:
    if any(d.kind is not DeadlineKind.NONE or not d.inner for d in assignment.deadlines) or not assignment.text:
        return True
    if found := specimen.row_of(assignment):
        return bool(found[0].words(found[1], Holds.DEADLINE))
    line = specimen.line_of(assignment)
    return bool(line and _NO_PLACE_FOR_ONE.search(line.text))


def _mostly(count: int, total: int) -> bool:
    return total >= _FEWEST and count >= _MOST * total


# ---------------------------------------------------------------- empty cells
def _empty_cells(specimen: Specimen) -> Iterator[Finding]:
    """Cells of a column filled in nearly every row, left empty without being merged with the one above."""
    for grid in specimen.grids:
        for at, column in enumerate(grid.layout.columns):
            if column.holds not in (Holds.CATEGORY, Holds.NUMBER):
                continue  # the other columns are told by what their assignment lacks
            empty = [row for row in grid.rows if not row.boxes[at].text and not row.boxes[at].merged]
            if empty and _mostly(len(grid.rows) - len(empty), len(grid.rows)):
                yield _empty(column.head, at, empty)


def _empty(head: str, at: int, empty: Sequence[Line]) -> Finding:
    spots = [Spot(row.boxes[at].cell.place, "", short(row.text.replace("\t", " "), 40)) for row in empty]
    return finding(
        "cell-empty", Severity.NOTE, spots[0], f"“{head}”一栏有{len(empty)}格空着，又没有与上一格合并，同栏其他格都有内容。",
        "与上一格相同的请合并单元格或照写；确实没有的请填“无”。", spots[1:],
    )  # fmt: skip
