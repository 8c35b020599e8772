"""The same assignment twice: a duplicate, or one matter with two leads, in the document or across the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, finding, short, spot_of, whose
from knowledge.model import Assignment, Role
from knowledge.units.collectives import is_collective
from knowledge.units.unit_names import taken_apart

_SHORTEST = 8
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")
_MARKS = re.compile(r"[\W_]+")


def repeats(specimen: Specimen) -> Iterator[Finding]:
    """Duplicates and conflicting leads."""
    groups: dict[str, list[Assignment]] = {}
    for a in specimen.numbered:
        key = _key(a)
        if len(key) >= _SHORTEST and not _merged(a, specimen):
            groups.setdefault(key, []).append(a)
    for group in groups.values():
        distinct = list(_distinct(group))
        if len(distinct) > 1:
            yield _repeated(distinct, specimen)
    yield from _elsewhere(specimen)


def _key(assignment: Assignment) -> str:
    """The words of an assignment without marks, blanks and years."""
    return _MARKS.sub("", _YEAR.sub("", assignment.text))


def _merged(assignment: Assignment, specimen: Specimen) -> bool:
    """Whether the words of a row stand in a merged cell: several rows are meant to share them."""
    line = specimen.line_of(assignment)
    merged = [box.text for box in line.boxes if box.merged and box.text] if line is not None else []
    return any(text in assignment.text for text in merged)


def _distinct(group: Sequence[Assignment]) -> Iterator[Assignment]:
    """One assignment for each place and each number: a row that was read in two parts is no repetition."""
    seen: set[object] = set()
    for a in group:
        keys = {a.place, (a.printed_number, a.section) if a.printed_number else a.place}
        if not keys & seen:
            yield a
        seen |= keys


def _repeated(group: Sequence[Assignment], specimen: Specimen) -> Finding:
    first, *others = group
    names = "、".join(whose(a) for a in others)
    leads = {tuple(sorted(a.units(Role.LEAD))) for a in group} - {()}
    related = [spot_of(a) for a in others]
    if len(leads) > 1 and not _overlap(first, others, specimen):
        told = "；".join(f"{whose(a)}由{'、'.join(a.units(Role.LEAD))}牵头" for a in group if a.units(Role.LEAD))
        return finding(
            "lead-conflict",
            Severity.ASK,
            spot_of(first),
            f"同一事项写了不同的牵头单位：{told}。",
            "请明确一个牵头单位。",
            related,
        )
    return finding(
        "duplicate",
        Severity.ASK,
        spot_of(first),
        f"与{names}内容相同。",
        "如是重复请删去其一；如各有所指请写明区别。",
        related,
    )


def _overlap(first: Assignment, others: Sequence[Assignment], specimen: Specimen) -> bool:
    """Whether all share a lead, under whatever name."""
    own = _leads(first, specimen)
    return all(own & _leads(other, specimen) for other in others if other.units(Role.LEAD))


def _leads(assignment: Assignment, specimen: Specimen) -> frozenset[object]:
    found: set[object] = set()
    for name in assignment.units(Role.LEAD):
        apart = taken_apart(name, specimen.lexicon)
        found.add((apart.fields, apart.section) if apart.known else name)
    return frozenset(found)


# ---------------------------------------------------------------- in other documents
def _elsewhere(specimen: Specimen) -> Iterator[Finding]:
    """牵头冲突: a filed document gives the same matter to other leads. Last year's plan is no conflict but a change."""
    if specimen.register is None:
        return
    filed: dict[str, list[Assignment]] = {}
    for document in specimen.register.documents:
        if document.id != specimen.document.id and document.year == specimen.document.year:
            for a in specimen.register.of_document(document.id):
                filed.setdefault(_key(a), []).append(a)
    for a in specimen.numbered if filed else ():
        key = _key(a)
        if len(key) >= _SHORTEST:
            yield from _conflicts(a, filed.get(key, []), specimen)


def _conflicts(a: Assignment, others: Sequence[Assignment], specimen: Specimen) -> Iterator[Finding]:
    assert specimen.register is not None, "asked only with a register"
    own = _leads(a, specimen)
    for other in others:
        theirs = _leads(other, specimen)
        if (
            not own
            or not theirs
            or own & theirs
            or any(map(is_collective, (*a.units(Role.LEAD), *other.units(Role.LEAD))))
        ):
            continue
        document = specimen.register.document(other.document)
        title = document.title if document else ""
        spot = Spot(other.place, whose(other), short(other.original or other.text), title)
        said = f"本文件由{'、'.join(a.units(Role.LEAD))}牵头，《{title}》{whose(other)}由{'、'.join(other.units(Role.LEAD))}牵头。"
        yield finding("lead-conflict", Severity.ASK, spot_of(a), said, "请与有关单位明确由谁牵头。", [spot])
