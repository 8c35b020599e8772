"""来文比对: how many things two plans have in common are found, on pairs of plans of our own writing; and how fast."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge import deadlines
from knowledge.model import Assignment, Document, Draft, Duty, Place, Role

PLANS = Path(__file__).resolve().parent / "plans"
_SIDES = {"-": "old", "+": "new"}


@dataclass(frozen=True, slots=True)
class Group:
    """What is one thing in both plans, by numbers; `kind` says what became of it."""

    kind: str
    old: frozenset[str]
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """Two plans and what they have in common. `held_out`: never looked at while tuning."""

    name: str
    old: Draft
    new: Draft
    groups: tuple[Group, ...]
    held_out: bool


def cases() -> Iterator[Case]:
    """All pairs of plans; the form of their files stands in the head of the first."""
    for path in sorted(PLANS.glob("*.txt")):
        yield read_case(path)


def read_case(path: Path) -> Case:
    """One pair of plans."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line]
    remarks = " ".join(line for line in lines if line.startswith("#"))
    years = {line[0]: int(line.split()[1]) for line in lines if line[0] in "旧新" and line[1] == " "}
    rows: dict[str, list[Assignment]] = {"old": [], "new": []}
    groups: list[tuple[str, dict[str, set[str]]]] = []
    for line in lines:
        if line[0] in _SIDES and line[1] == " ":
            side = _SIDES[line[0]]
            one = _assignment(side, years["旧" if side == "old" else "新"], line[2:])
            rows[side].append(one)
            groups[-1][1][side].add(one.number or "")
        elif not line.startswith(("#", "旧 ", "新 ")):
            groups.append((line, {"old": set(), "new": set()}))
    drafts = {side: _draft(side, year, rows[side]) for side, year in zip(rows, years.values(), strict=True)}
    found = tuple(Group(kind, frozenset(both["old"]), frozenset(both["new"])) for kind, both in groups)
    return Case(path.stem, drafts["old"], drafts["new"], found, "检验用" in remarks)


def _draft(side: str, year: int, rows: list[Assignment]) -> Draft:
    ordered = sorted(rows, key=lambda one: int(one.number or 0))
    return Draft(Document(side, f"{year}年任务", f"{side}.txt", side, year=year), tuple(ordered))


def _assignment(side: str, year: int, line: str) -> Assignment:
    number, text, units, slot = (cell.strip() for cell in line.split("|"))
    roles = zip(units.split("；"), (Role.LEAD, Role.COOPERATING), strict=False)
    duties = tuple(Duty(unit, role) for names, role in roles for unit in names.split("、"))
    read = (deadlines.read(slot, None, year),) if slot else ()
    inner = deadlines.inner(text, None, year)
    return Assignment(
        f"{side}-{number}", side, number, number, (), text, text, Place(line=int(number)), duties, (*read, *inner)
    )


def figures(which: list[Case]) -> dict[str, float]:
    """The shares of groups found, of links found, and of links asserted that are wrong."""
    total: Counter[str] = Counter()
    for case in which:
        total.update(judged(case)[0])
    return {
        "groups": total["right"] / total["groups"],
        "links found": total["hit"] / total["links"],
        "wrong among asserted": total["wrong"] / max(1, total["asserted"]),
        "left open": total["open"] / max(1, total["asserted"] + total["open"]),
    }


def judged(case: Case) -> tuple[Counter[str], list[str]]:
    """Counts of one case, and its mistakes in words."""
    from knowledge.comparison import compared

    comparison = compared(case.old, case.new)
    links = {(a, b): group.kind for group in case.groups for a in group.old for b in group.new}
    made = {
        (a.number, b.number): (pair.sure, pair.confidence)
        for pair in comparison.pairs
        for a in pair.old
        for b in pair.new
    }
    sets = {(frozenset(a.number for a in p.old), frozenset(b.number for b in p.new)) for p in comparison.pairs}
    missed = [group for group in case.groups if (group.old, group.new) not in sets]
    counts = Counter(
        groups=len(case.groups),
        right=len(case.groups) - len(missed),
        links=len(links),
        hit=sum(link in made for link in links),
        asserted=sum(sure for sure, _ in made.values()),
        wrong=sum(sure and link not in links for link, (sure, _) in made.items()),
        open=sum(not sure for sure, _ in made.values()),
    )
    told = [f"missed {group.kind} {sorted(group.old)} {sorted(group.new)}" for group in missed]
    told += [f"made {link} {made[link]}" for link in made if link not in links]
    told += [f"open {links[link]} {link} {made[link][1]:.2f}" for link in made if link in links and not made[link][0]]
    return counts, told


def strangers() -> tuple[int, int]:
    """Between plans that have nothing to do with each other: links asserted, and links called possible."""
    from knowledge.comparison import compared

    known = list(cases())
    pairs = [
        pair
        for one in known
        for other in known
        if one.name != other.name
        for pair in compared(one.old, other.new).pairs
        if pair.both
    ]
    return sum(pair.sure for pair in pairs), sum(not pair.sure for pair in pairs)


def main(verbose: bool = False) -> None:
    """Print the figures for the plans used for tuning, for those held out, and the time for two plans of 400."""
    known = list(cases())
    for name, held in (("tuned on", False), ("held out", True)):
        which = [case for case in known if case.held_out is held]
        told = "  ".join(f"{key} {value:.1%}" for key, value in figures(which).items())
        print(f"comparison, {name} ({sum(len(case.groups) for case in which)} groups): {told}")
        for case in which if verbose and not held else ():
            print(case.name, *judged(case)[1], sep="\n  ")
    print(
        "comparison, plans that are strangers (42 pairs of plans): {} asserted, {} called possible".format(*strangers())
    )
    print(f"comparison of 400 with 400 assignments: {_seconds():.2f} s of processor time")


def _seconds() -> float:
    from knowledge.comparison import compared

    old, new = _large("old"), _large("new")
    start = time.process_time()
    compared(old, new)
    return time.process_time() - start


def _large(side: str) -> Draft:
    """400 assignments made of all plans, told apart by the streets they are for."""
    drafts = [getattr(case, side) for case in cases()]
    rows = [one for draft in drafts for one in draft.assignments]
    many = [replace(one, text=f"{'甲乙丙丁'[at]}街道{one.text}") for at in range(4) for one in rows][:400]
    numbered = [replace(one, id=f"{side}-{n}", number=str(n)) for n, one in enumerate(many, 1)]
    return Draft(drafts[0].document, tuple(numbered))


if __name__ == "__main__":
    import sys

    main("--verbose" in sys.argv)
