"""X是Y牵头吧, 是11月底完成对吧: what a question claims, confirmed or put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from handlers import wording
from handlers import wording_deadlines as when
from knowledge.model import Assignment, Deadline
from knowledge.patterns import regex
from knowledge.question.query import Query
from scheduler.calendar import WorkCalendar

# 是牵头还是配合
_EITHER = regex(
    r"(?:牵头|主责|主办|承办|负责)还是(?:只是)?(?:配合|协办|会办|参与|责任)|(?:配合|协办|参与)还是(?:牵头|主责|负责)"
)
# 一家牵头的: and nobody beside it.
_SOLE = regex(r"(?:一|独)家|单独|独自|只有|就(?:是|它|他)")
# 11月底: its last day, and not any day of the month.
_LAST_DAY = regex(r"[底末前]")


def either_role(text: str) -> bool:
    """Whether it is asked in which of two roles somebody is."""
    return _EITHER.search(text) is not None


def unit_verdict(query: Query, one: Assignment, right_ones: Sequence[str]) -> str:
    """Whether the units claimed are those asked for (`right_ones`), or which role they have."""
    if either_role(query.text) and query.names:
        held = [duty for duty in one.duties if duty.unit in query.names]
        return "".join(f"{duty.unit}是{wording.role_word(duty)}单位。" for duty in held[:2])
    words = wording.names(asked.words for asked in query.units)
    right = [unit for unit in right_ones if unit in query.names]
    if not right:
        return f"不是{words}。"
    if _SOLE.search(query.text) and set(right_ones) - set(right):
        return f"不只是{wording.names(right)}。"
    renamed = "" if right[0].endswith(words) else f"，文件里的名称是{wording.names(right)}"
    return f"是的{renamed}。"


def day_verdict(query: Query, deadlines: Iterable[Deadline], calendar: WorkCalendar, today: date) -> str:
    """Whether the day or the window claimed is when the assignment falls due; empty where it has no date."""
    due = [day for part in deadlines for day in when.dues(part, calendar, today)]
    if not due or query.span is None:
        return ""
    last = query.span.end
    exact = _LAST_DAY.search(query.span.words or query.text) is not None
    right = any(day == last if exact else query.span.holds(day) for day in due)
    return "是的。" if right else "不是。"
