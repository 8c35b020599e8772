"""How what is to be reached by stages is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers import wording
from knowledge.model import Assignment, Deadline, Document, Span


def told(
    goal: Span, due: Sequence[Deadline], every: Sequence[Deadline], one: Assignment, document: Document | None
) -> str:
    """三季度（…）要做到：“三季度：主体封顶”（9月30日）。 Where nothing is due in the stretch, what is due in others."""
    head = f"{goal.words}要做到：{_parts(due)}。"
    if not due:
        head = f"文件没有写这一项{name(goal)}要做到什么，写了的是：{_parts(every)}。"
    return wording.lines(head, _item(one), wording.duties(one), wording.source(one, document))


def unsaid(goal: Span, one: Assignment, document: Document | None) -> str:
    """That an assignment says what is to be done, and not by stages."""
    slots = "、".join(f"“{part.text}”" for part in one.deadlines if not part.inner and part.text)
    whole = f"时限是{slots}" if slots else "也没有写时限"
    head = f"文件没有单写这一项{name(goal)}要做到什么，只写了总的要求，{whole}。"
    return wording.lines(head, _item(one), wording.duties(one), wording.source(one, document))


def name(goal: Span) -> str:
    """三季度, of 三季度（2026年7月1日至9月30日）."""
    return goal.words.split("（")[0]


def is_an_end(goal: Span) -> bool:
    """Whether it is asked how far something is at the end (年底), and not over the whole stretch."""
    return name(goal)[-1:] in ("底", "末", "终")


def _item(one: Assignment) -> str:
    return f"{wording.number(one)}：“{wording.shortened(one.text, wording.QUOTE)}”"


def _parts(stages: Iterable[Deadline]) -> str:
    return "；".join(f"“{part.text}”（{part.due.month}月{part.due.day}日）" for part in stages if part.due)
