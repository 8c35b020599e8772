"""Small plans to compare, a line an assignment: `号 | 要求 | 牵头；配合 | 时限`, and what their comparison says."""

from __future__ import annotations

from dataclasses import replace

from knowledge import deadlines
from knowledge.comparison import Comparison, Pair, compared
from knowledge.model import Assignment, Document, Draft, Duty, Place, Role


def plan(year: int, *lines: str, name: str = "") -> Draft:
    name = name or str(year)
    document = Document(name, f"澄江湾市{year}年任务分工", f"{name}.txt", f"digest of {name}", year=year)
    return Draft(document, tuple(_assignment(name, year, line, at) for at, line in enumerate(lines, 1)))


def _assignment(name: str, year: int, line: str, at: int) -> Assignment:
    number, text, units, slot = ([cell.strip() for cell in line.split("|")] + [""] * 3)[:4]
    roles = zip(units.split("；"), (Role.LEAD, Role.COOPERATING), strict=False)
    duties = tuple(Duty(unit, role) for names, role in roles for unit in names.split("、") if unit)
    read = (deadlines.read(slot, None, year),) if slot else ()
    printed = number or None
    place = Place(line=at)
    found = (*read, *deadlines.inner(text, None, year))
    return Assignment(f"{name}-{at}", name, printed, printed, (), text, text, place, duties, found)


def under(draft: Draft, *headings: str) -> Draft:
    """The draft with a heading over each assignment."""
    pairs = zip(draft.assignments, headings, strict=True)
    return replace(draft, assignments=tuple(replace(one, section=(heading,)) for one, heading in pairs))


def told(old: Draft, new: Draft) -> list[str]:
    """One line a pair: `3→5 words；words`, 新增 and 删去 with a dash, a question mark where it is only possible."""
    return [_line(pair) for pair in compared(old, new).pairs]


def _line(pair: Pair) -> str:
    sides = ("、".join(one.number or "正文" for one in side) or "—" for side in (pair.old, pair.new))
    unsure = "" if pair.sure else "？"
    return f"{'→'.join(sides)}{unsure} {'；'.join(change.words for change in pair.changes)}".strip()


def links(comparison: Comparison) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The pairs by ids."""
    return {(tuple(a.id for a in pair.old), tuple(b.id for b in pair.new)) for pair in comparison.pairs}
