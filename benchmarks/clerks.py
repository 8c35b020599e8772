"""Everyday questions by people who have not seen the product, each over papers of his own: `python -m benchmarks.clerks`.

benchmarks/clerks holds a folder a person: papers of invented places, and questions.jsonl with one question a line (README.md there
tells the fields). All are asked as `qiantou ask --jsonl` asks. Other folders of the same form can be named, and with --wrong what was
answered wrongly is told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.answering import NOW
from bot.commands.ask import respond
from bot.intake import draft_of
from bot.view import View
from knowledge.ledger import Ledger
from knowledge.normal import bare
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy

CLERKS = Path(__file__).resolve().parent / "clerks"
QUESTIONS = "questions.jsonl"
# The words a row is known by stand at its beginning, or behind its number and a few words more.
_NEAR = 40
# Of whom units are asked, and what is told by a number.
_OF_UNITS = frozenset({"lead", "responsible"})
_STORED = ("percent", "url", "period")

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its answer and what is wrong with it: nothing, or words for a person. `first`: whether the first row given is right;
    `misled`: whether rows are given and none of them is right."""

    question: Line
    answer: Line
    faults: tuple[str, ...]
    first: bool
    misled: bool

    @property
    def answerable(self) -> bool:
        return bool(self.question["expect"].get("starts"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in 0..1 of some questions: answered in every part as expected; of those that a row answers, first and misled; of those
    that none does, answered with one."""

    asked: int
    strict: float
    first: float
    misled: float
    false: float


@cache
def office_of(folder: Path) -> Register:
    """An office that has filed the papers in `folder`."""
    register = Register()
    for paper in sorted(one for one in folder.iterdir() if one.suffix not in (".jsonl", ".md")):
        register, _ = register.filed(draft_of(paper))
    return register


def questions_of(folder: Path) -> list[Line]:
    """The questions of a person, as they stand in the file."""
    return [json.loads(line) for line in (folder / QUESTIONS).read_text("utf-8").splitlines() if line.strip()]


def judged(folder: Path) -> Iterator[Judged]:
    """Every question of a person with its answer."""
    register = office_of(folder)
    view = View(register, Ledger(), WorkCalendar(), Policy(), NOW)
    for question in questions_of(folder):
        source = question.get("source")
        line = {**question, "scope": None if source is None else [source]}
        yield _judged(question, respond(line, view), register)


def _judged(question: Line, answer: Line, register: Register) -> Judged:
    expect, source = question["expect"], question.get("source")
    wanted = [_rows(start, source, register) for start in expect.get("starts", ())]
    spare = frozenset().union(*(_rows(start, source, register) for start in expect.get("optional", ())))
    right: frozenset[str] = frozenset().union(*wanted)
    given = [str(one) for one in answer["assignments"]] if answer["answered"] else []
    faults = tuple(_faults(question, answer, wanted, spare, given))
    misled = bool(given) and right.isdisjoint(given) and spare.isdisjoint(given)
    return Judged(question, answer, faults, bool(given) and given[0] in right, misled)


def _rows(start: str, source: str | None, register: Register) -> frozenset[str]:
    """The assignments that begin with these words."""
    scope = None if source is None else tuple(one.id for one in register.of_source(source))
    rows, words = register.scoped(scope).assignments, bare(start)
    return frozenset(one.id for one in rows if 0 <= bare(one.text).find(words) <= _NEAR)


def _faults(
    question: Line, answer: Line, wanted: Sequence[frozenset[str]], spare: frozenset[str], given: Sequence[str]
) -> Iterator[str]:
    expect, intent = question["expect"], question["intent"]
    if expect.get("none"):
        if spare.issuperset(given) is False:
            yield "不该作答"
        if answer["entries"]:
            yield "不该登记"
        return
    if expect.get("status") != "none":
        yield from _faults_of_rows(expect, answer, wanted, spare, given)
    if (
        intent in _OF_UNITS
        and expect.get("units")
        and set(map(bare, expect["units"])) != set(map(bare, answer["units"]))
    ):
        yield f"单位：{'、'.join(answer['units'])}"
    if intent == "deadline":
        dates, right = set(answer["dates"]), [set(expect.get("dates", ())), *map(set, expect.get("dates_alt", ()))]
        if (right[0] and dates not in right) or (expect.get("no_deadline") and dates):
            yield f"日期：{'、'.join(sorted(dates))}"
    if expect.get("count") and answer["count"] not in expect["count"]:
        yield f"数目：{answer['count']}"
    said = bare(answer["text"])
    yield from (f"没说：{fact}" for fact in expect.get("facts", ()) if bare(str(fact)) not in said)
    if "status" in expect:
        yield from _faults_of_report(expect, answer, frozenset().union(*wanted))


def _faults_of_rows(
    expect: Line, answer: Line, wanted: Sequence[frozenset[str]], spare: frozenset[str], given: Sequence[str]
) -> Iterator[str]:
    if any(not one for one in wanted):
        yield "题里的任务文件中没有"
    counted = answer["count"] is not None and not given
    missed = [one for one in wanted if one.isdisjoint(given)]
    if wanted and not counted and (missed if expect.get("match") != "any" else len(missed) == len(wanted)):
        yield "少了任务"
    if wanted and not spare.union(*wanted).issuperset(given):
        yield "多了任务"


def _faults_of_report(expect: Line, answer: Line, right: frozenset[str]) -> Iterator[str]:
    entries = answer["entries"]
    if expect["status"] == "none":
        if entries:
            yield "不该登记"
        return
    if not entries or any(one["status"] != expect["status"] or one["assignment"] not in right for one in entries):
        yield "登记不对"
    yield from (
        f"登记的{name}不对" for name in _STORED if name in expect and any(one[name] != expect[name] for one in entries)
    )


def figures(found: Sequence[Judged]) -> Figures:
    """What is to be told of some questions."""
    answerable = [one for one in found if one.answerable]
    none = [one for one in found if one.question["expect"].get("none")]
    return Figures(
        len(found),
        _share(not one.faults for one in found),
        _share(one.first for one in answerable),
        _share(one.misled for one in answerable),
        _share(bool(one.faults) for one in none),
    )


def _share(of: Iterator[bool]) -> float:
    counted = list(of)
    return sum(counted) / max(1, len(counted))


def _told(name: str, of: Figures) -> str:
    shares = f"全对{of.strict:.1%}，首项对{of.first:.1%}，答错项{of.misled:.1%}，没有的也答了{of.false:.1%}"
    return f"  {name:10} {of.asked:4}问：{shares}"


def main(folders: Sequence[Path] = (), wrong: bool = False) -> None:
    """Print a line for each person and one for all, and with `wrong` what was answered wrongly."""
    every: list[Judged] = []
    print("\n没见过程序的人按自己写的文件问的：")
    for folder in folders or sorted(one for one in CLERKS.iterdir() if one.is_dir()):
        found = list(judged(folder))
        every += found
        print(_told(folder.name, figures(found)))
        for one in (one for one in found if wrong and one.faults):
            print(f"    {one.question['id']} {one.question['q']}｜{'；'.join(one.faults)}｜{one.answer['text'][:80]!r}")
    print(_told("合计", figures(every)))


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:] if not one.startswith("--")], "--wrong" in sys.argv)
