"""What every grammar of time can open with, read off its pattern, against the places and characters it is tried at."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import pytest

from knowledge.deadlines import anchors, beginnings, cadence, dates, festivals, figures, nearby, stretches

sre: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

GRAMMARS: dict[str, tuple[Any, Any, Any]] = {
    "odd-even": (cadence._ODD_EVEN, cadence._odd_even, cadence._RULES),
    "every": (cadence._EVERY, cadence._every, cadence._RULES),
    "next": (cadence._NEXT, cadence._next, cadence._RULES),
    "after a bare unit": (cadence._AFTER_BARE, cadence._after_bare, cadence._RULES),
    "bare unit": (cadence._BARE_UNIT, cadence._bare_unit, cadence._RULES),
    "named": (cadence._NAMED, cadence._named, cadence._RULES),
    "topical": (cadence._TOPICAL, cadence._topical, cadence._RULES),
    "repeat": (cadence._REPEAT, cadence._repeat, cadence._RULES),
    "year": (dates._YEAR, dates._with_year, dates._RULES),
    "bare year": (dates._BARE_YEAR_END, dates._bare_year, dates._RULES),
    "pair": (nearby._PAIR, nearby.pair, dates._RULES),
    "this quarter": (nearby._QUARTER, nearby.this_quarter, dates._RULES),
    "festival": (festivals.FESTIVAL, dates._festival_without_year, dates._RULES),
    "part of a year": (dates._YEAR_PART, dates._part_of_this_year, dates._RULES),
    "plan": (nearby._PLAN, nearby.plan, dates._RULES),
    "figures": (figures._FIGURES, figures.figures, dates._RULES),
    "month": (dates._MONTH, dates._month_without_year, dates._RULES),
    "week": (nearby._WEEK, nearby.week, dates._RULES),
    "near": (nearby._NEAR, nearby.near, dates._RULES),
    "borrowed": (dates._BORROWED, dates._borrowed, dates._RULES),
}
PATTERNS = [pattern for pattern, _, _ in GRAMMARS.values()] + [anchors._COUNT, stretches._NOW]
NEVER_FIRST = set("天日正末底终结初植妇儿青宪圣过") | set("'「『")
"""With these a time goes on (年初) or is not looked for in running words (妇女节)."""


def openings(tree: Iterable[tuple[Any, Any]], length: int) -> set[str]:
    """The first `length` characters of what a parsed pattern can match, 0 for every digit; what must follow counts."""
    found = {""}
    for operation, argument in tree:
        short = {words for words in found if len(words) < length}
        if not short:
            break
        pieces = _pieces(operation, argument, length)
        found = (found - short) | {(words + piece)[:length] for words in short for piece in pieces}
    return found


def _pieces(operation: Any, argument: Any, length: int) -> set[str]:
    if operation is sre.LITERAL:
        return {"0" if chr(argument).isdecimal() else chr(argument)}
    if operation is sre.IN:
        return set().union(*(_of_class(part) for part in argument))
    if operation is sre.SUBPATTERN:
        return openings(argument[-1], length)
    if operation is sre.BRANCH:
        return set().union(*(openings(branch, length) for branch in argument[1]))
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, body = argument
        times = range(least, min(most, max(length, least)) + 1)
        return set().union(*(openings(list(body) * count, length) for count in times))
    if operation is sre.ASSERT and argument[0] > 0:
        return openings(argument[1], length)
    if operation in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return {""}
    if operation in (sre.NOT_LITERAL, sre.ANY):
        return {"其"}
    raise AssertionError(operation)


def _of_class(part: tuple[Any, Any]) -> set[str]:
    operation, argument = part
    if operation is sre.RANGE:
        return {"0" if chr(code).isdecimal() else chr(code) for code in range(argument[0], argument[1] + 1)}
    if operation is sre.CATEGORY:
        return {"0"} if argument is sre.CATEGORY_DIGIT else {"其"}
    if operation is sre.NEGATE:
        return set()
    return _pieces(operation, argument, 1)


def parsed(pattern: Any) -> Any:
    """The tree of a pattern that may not be compiled yet."""
    return parser.parse(pattern._said[0])


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_is_tried_wherever_its_words_can_begin(name: str) -> None:
    pattern, rule, rules = GRAMMARS[name]

    missed = {c for c in openings(parsed(pattern), 1) if rule not in rules.get(c, ())}

    assert missed == set()


def test_every_beginning_of_a_time_is_looked_for_in_running_words() -> None:
    pairs = set().union(*(openings(parsed(pattern), 2) for pattern in PATTERNS))
    assert len(pairs) > 300
    named = {pair for pair in pairs if pair[0] not in NEVER_FIRST and not pair.startswith("0")}

    missed = {pair for pair in named if not beginnings.STARTER.match(pair.replace("0", "1"))}

    assert missed == set()


def test_figures_without_a_unit_or_sign_are_passed_over() -> None:
    tried = {
        words: bool(beginnings.STARTER.match(words))
        for words in ("12项", "12月", "2026年", "9.30", "2019930 ", "第三方")
    }

    assert tried == {"12项": False, "12月": True, "2026年": True, "9.30": True, "2019930 ": True, "第三方": False}
