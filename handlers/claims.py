"""X是Y牵头吧, 是11月底完成对吧, 建80个是吧: what a question claims, confirmed or put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from handlers import wording
from handlers import wording_deadlines as when
from handlers.figures import same_measure
from knowledge.model import Assignment, Deadline
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.claimed import Figure, asks_which_role, claimed_figure, figures_in
from knowledge.question.query import Query
from scheduler.calendar import WorkCalendar

# What stands between two figures of a list.
_APART = regex(r"[，、；。,;：:]")
# 一家牵头的: and nobody beside it.
_SOLE = regex(r"(?:一|独)家|单独|独自|只有|就(?:是|它|他)")
# 11月底: its last day, and not any day of the month.
_LAST_DAY = regex(r"[底末前]")


def unit_verdict(query: Query, one: Assignment, right_ones: Sequence[str]) -> str:
    """Whether the units claimed are those asked for (`right_ones`), or which role they have."""
    if asks_which_role(query.text) and query.names:
        held = [duty for duty in one.duties if duty.unit in query.names]
        told = "".join(f"{duty.unit}是{wording.role_word(duty)}单位。" for duty in held[:2])
        return told or wording.not_named(asked.words for asked in query.units)
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


def figure_verdict(query: Query, one: Assignment) -> str:
    """Whether the figure claimed is the one that the assignment names of it; empty where it names none of that measure.

    Of several (泊位1500个、充电桩400个) the one is meant around which most of what was asked stands.
    """
    claimed = claimed_figure(query.text)
    slots = "，".join(part.text for part in one.deadlines if not part.inner)
    text = plain(f"{one.text}，{slots}")
    stated = [figure for figure in figures_in(text) if same_measure(claimed.measure if claimed else "", figure.measure)]
    if claimed is None or not stated:
        return ""
    asked = bare(f"{query.text}{''.join(query.topics)}".replace(claimed.words, " "))
    nearness = {figure: _nearness(figure, text, asked) for figure in stated}
    nearest = max(nearness.values())
    meant = [figure for figure in stated if nearness[figure] == nearest]
    if nearest == 0 and (len(meant) > 1 or (query.topics and meant[0].measure == "")):
        return ""
    if any(figure.value == claimed.value for figure in meant):
        return "是的。"
    return f"不是。文件写的是{wording.names(figure.words for figure in meant)}。"


def _nearness(figure: Figure, text: str, asked: str) -> int:
    """How many pairs of characters of the phrase around a figure were asked about."""
    around = _APART.split(text[: figure.start])[-1] + " " + _APART.split(text[figure.end :])[0]
    return sum(around[at : at + 2] in asked for at in range(len(around) - 1))
