"""配合单位有几家: how many units have a role in one matter; of all matters together knowledge/question/census.py asks."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.signs import Signs

_HOW_MANY_UNITS = regex(
    r"(?:牵头|主办|主责|承办|责任|负责|配合|协办|会办|参与)(?:的)?(?:单位|部门)?(?:都|一共|总共|共|到底)*(?:有|是)?(?:几|多少)(?:家|个(?=单位|部门|局|$|\W))(?:单位|部门|局)?"
    r"|(?:几|多少)(?:家|个)(?:单位|部门|局)?(?:来|一起|共同)?(?:牵头|主办|主责|承办|负责|配合|协办|参与)(?:的)?\W*$"
)


def counts_units(text: str) -> bool:
    """Whether it is asked how many units have a role."""
    return _HOW_MANY_UNITS.search(text) is not None


def units_of_one(signs: Signs) -> bool:
    """How many units a matter has, that is named or was told last."""
    if signs.unit or signs.chores or signs.census or not counts_units(signs.text):
        return False
    return signs.pointing or signs.number or not signs.bare
