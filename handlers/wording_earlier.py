"""What is said about documents that others took the place of."""

from __future__ import annotations

from datetime import date

from handlers.wording import number, shortened
from knowledge.model import Assignment

_MATTER = 30
"""Characters of an assignment's text that a question back shows."""


def superseded(name: str, on: date | None, went_on: str, again: bool) -> str:
    """注意：该文件已被《…》（2026年7月1日）替代，现行文件中是第10项。 `again`: both bear the same title."""
    day = f"（{on.year}年{on.month}月{on.day}日）" if on else ""
    which = f"这是旧版，已被修订后的{name}{day}替代" if again else f"该文件已被{name}{day}替代"
    return f"注意：{which}{'，' if went_on else ''}{went_on}。"


def renumbered(asked: str, now: Assignment, before: Assignment, went_on: Assignment | None) -> str:
    """A question back: the number means something else since the document was revised."""
    where = f"现为{number(went_on)}" if went_on else "现已撤销"
    return (
        f"文件最近修订过，序号有变动：现在的第{asked}项是“{shortened(now.text, _MATTER)}”；"
        f"修订前的第{asked}项是“{shortened(before.text, _MATTER)}”，{where}。"
        "为免记错，请说明是哪一项工作，比如直接写出内容再报一次。还没有登记。"
    )
