"""城管局除了背街小巷还有什么任务: a matter that is known, beside which the rest of what a unit has to do is asked for."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.chores import UNIT

_MATTER = rf"除了?(?P<{{0}}>[^{UNIT},，。谁哪几什么]{{{{2,16}}}}?)(?:这一?[项件条个]|那一?[项件条个])?(?:之外|以外|外)?"
_BESIDES = regex(
    rf"{_MATTER.format('before')}[,，\s]*(?={UNIT}(?:这边|那边)?(?:还|另外|另))|(?<={UNIT}){_MATTER.format('behind')}[,，\s]*(?=(?:还|另外|另))"
)


def without_matter(marked: str) -> tuple[str, str] | None:
    """The matter that is known, and `marked`, in which UNIT stands for a unit, without it; None for any other question."""
    if "除" not in marked or UNIT not in marked or (found := _BESIDES.search(marked)) is None:
        return None
    return found["before"] or found["behind"], f"{marked[: found.start()]}{marked[found.end() :]}"
