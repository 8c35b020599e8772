"""What is to be reached by a date, where a deadline says more than when (二季度：完成渠道30公里)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.model import Assignment, Deadline, Span
from knowledge.normal import HAN
from knowledge.patterns import regex

_WHAT = regex(rf"(?:(?![年月日号底前后内初末上中下旬半季度每个第至到]){HAN}){{2}}")


# 二季度：主体封顶, of a column beside the one that says when the whole is due.
_OF_COLUMN = regex(r"[^，。；：]{0,8}(?:季度|月|半年|年|阶段)[^，。；：]{0,4}：")


def _stands_apart(deadline: Deadline) -> bool:
    """Whether a deadline is one of the slot or of a column, and no date inside the sentence."""
    return not deadline.inner or (not deadline.start_only and _OF_COLUMN.match(deadline.text) is not None)


def says_what(text: str) -> bool:
    """Whether the words of a deadline say more than when."""
    return _WHAT.search(text) is not None


def milestones(one: Assignment, span: Span) -> tuple[Deadline, ...]:
    """The milestones of an assignment that are due in `span`, in order; none where it has one deadline only."""
    parts = list(_parts(filter(_stands_apart, one.deadlines)))
    told = (part for part in parts if part.due is not None and span.holds(part.due) and says_what(part.text))
    return tuple(told) if len(parts) > 1 else ()


def goals(one: Assignment, span: Span) -> tuple[Deadline, ...]:
    """The milestones of an assignment that are due in `span`; also the only one of a table that has a column for each quarter."""
    lone = [part for part in _parts(filter(_stands_apart, one.deadlines)) if "：" in part.text]
    if len(lone) == 1 and lone[0].due is not None:
        return tuple(lone) if span.holds(lone[0].due) else ()
    return milestones(one, span)


def what_by(one: Assignment, due: date) -> str:
    """What an assignment is to reach by the day `due`, in the document's words; empty where it has no milestones."""
    return next((part.text for part in milestones(one, Span(due, due))), "")


def _parts(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    for deadline in deadlines:
        yield from _parts(deadline.parts) if deadline.parts else (deadline,)
