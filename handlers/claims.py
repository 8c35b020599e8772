"""X是Y牵头吧, 是11月底完成对吧, 建80个是吧: what a question claims, confirmed or put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from handlers import wording
from handlers import wording_deadlines as when
from handlers.figures import same_measure
from knowledge.model import Assignment, Deadline, Role, Span
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.askeddays import asked_days
from knowledge.question.claimed import Figure, asks_which_role, claimed_figure, figures_in
from knowledge.question.query import Query, RoleClaim
from knowledge.question.roleclaims import CLAIMS, claiming_clauses
from knowledge.question.tempos import rhythm_of
from scheduler.calendar import WorkCalendar
from scheduler.standing import leaves

# What stands between two figures of a list.
_APART = regex(r"[，、；。,;：:]")
# 一家牵头的: and nobody beside it.
_SOLE = regex(r"(?:一|独)家|单独|独自|只有|就(?:是|它|他)")
# 11月底: its last day, and not any day of the month.
_LAST_DAY = regex(r"[底末前]")

_SAID = {Role.LEAD: "牵头", Role.RESPONSIBLE: "负责", Role.COOPERATING: "配合"}
# Where a document prints no unit with a role, these have it.
_NEXT = {Role.LEAD: {Role.RESPONSIBLE}, Role.RESPONSIBLE: {Role.LEAD}, Role.COOPERATING: {Role.RESPONSIBLE}}


class Confirmation(NamedTuple):
    """Whether what is claimed is so; `instead` says what the document has, empty where that is told elsewhere."""

    right: bool
    instead: str = ""

    @property
    def words(self) -> str:
        """是的。不是。文件写的是…。"""
        return "是的。" if self.right else f"不是。{self.instead}"


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
    everybody = right_ones if "牵头" in query.text else [duty.unit for duty in one.duties]  # 一家搞的: nobody beside it
    if _SOLE.search(query.text) and set(everybody) - set(right):
        return f"不只是{wording.names(right)}。"
    renamed = "" if right[0].endswith(words) else f"，文件里的名称是{wording.names(right)}"
    return f"是的{renamed}。"


def joint_verdict(
    query: Query, one: Assignment, deadlines: Sequence[Deadline], calendar: WorkCalendar, today: date
) -> str:
    """Whether each of several things that a sentence claims is so (A牵头、B配合，9月底完成对吧); empty where it claims fewer than two.

    A figure or a day of which the assignment says nothing is neither confirmed nor put right.
    """
    told = [_of_role(claim, one) for claim in query.claims]
    for clause in claiming_clauses(query.text):
        alone = replace(query, text=clause, span=asked_days(clause, today)[0])
        of_figure = claimed_figure(clause) is not None
        verdict = figure_verdict(alone, one) if of_figure else day_verdict(alone, deadlines, calendar, today)
        if verdict is not None:
            said = clause.removesuffix(CLAIMS) if of_figure or alone.span is None else _finished_by(alone.span)
            told.append(_of_clause(said, verdict))
    if len(told) < 2:
        return ""
    if all(right for right, _ in told):
        if any(claim.role is Role.COOPERATING and not one.units(Role.COOPERATING) for claim in query.claims):
            return "都在内。"  # the document prints them as 责任单位
        return "是的，都对。"
    some = "不全对" if any(right for right, _ in told) else "都不对"
    return f"{some}：{'；'.join(words for _, words in told)}。"


def _finished_by(span: Span) -> str:
    """10月底完成, of a window as it was said."""
    return f"{span.words.split('（')[0].removesuffix('完成')}完成"


def _of_clause(said: str, verdict: Confirmation) -> tuple[bool, str]:
    """Whether a day or a figure is right, and that in words with what was said."""
    if verdict.right:
        return True, f"{said}没错"
    instead = verdict.instead.rstrip("。")
    return False, f"{said}不对{'，' if instead else ''}{instead}"


def _of_role(claim: RoleClaim, one: Assignment) -> tuple[bool, str]:
    """Whether a unit has the role claimed, and that in words. Where nobody leads by name, the 责任单位 do."""
    held = [duty for duty in one.duties if duty.unit in claim.asked.units]
    if not held:
        return False, wording.not_named([claim.asked.words]).rstrip("。")
    printed = {duty.role for duty in one.duties}
    right = {claim.role} if claim.role in printed else _NEXT[claim.role]
    if claim.role is Role.RESPONSIBLE:  # 负责 is said of whoever leads, too
        right = right | {Role.LEAD}
    if any(duty.role in right for duty in held):
        return True, f"{held[0].unit}{_SAID[claim.role]}没错"
    return False, f"{held[0].unit}是{wording.role_word(held[0])}单位，不是{_SAID[claim.role]}"


def day_verdict(
    query: Query, deadlines: Iterable[Deadline], calendar: WorkCalendar, today: date
) -> Confirmation | None:
    """Whether the day or the window claimed is when the assignment falls due; None where it has no date."""
    due = [day for part in deadlines for day in when.dues(part, calendar, today)]
    if not due or query.span is None:
        return None
    last, said = query.span.end, (query.span.words or query.text).split("（")[0]
    if _LAST_DAY.search(said) is None:
        right = any(query.span.holds(day) for day in due)
    elif "年" in said or last is None:
        right = last in due
    else:  # 4月底前, said in May: of the year that the plan is about, and not of the next
        right = any((day.month, day.day) == (last.month, last.day) for day in due)
    return Confirmation(right)


def rhythm_verdict(query: Query, deadlines: Iterable[Deadline]) -> Confirmation | None:
    """Whether the rhythm claimed (每月一次对吧) is one of the assignment's; None where none is claimed or it has none."""
    claimed = rhythm_of(query.text)
    printed = {part.cadence.every for part in leaves(tuple(deadlines)) if part.cadence is not None}
    if claimed is None or not printed:
        return None
    return Confirmation(claimed in printed)


def figure_verdict(query: Query, one: Assignment) -> Confirmation | None:
    """Whether the figure claimed is the one that the assignment names of it; None where it names none of that measure.

    Of several (泊位1500个、充电桩400个) the one is meant around which most of what was asked stands.
    """
    claimed = claimed_figure(query.text)
    slots = "，".join(part.text for part in one.deadlines if not part.inner)
    text = plain(f"{one.text}，{slots}")
    stated = [figure for figure in figures_in(text) if same_measure(claimed.measure if claimed else "", figure.measure)]
    if claimed is None or not stated:
        return None
    asked = bare(f"{query.text}{''.join(query.topics)}".replace(claimed.words, " "))
    nearness = {figure: _nearness(figure, text, asked) for figure in stated}
    nearest = max(nearness.values())
    meant = [figure for figure in stated if nearness[figure] == nearest]
    if nearest == 0 and (len(meant) > 1 or (query.topics and meant[0].measure == "")):
        return None
    if any(figure.value == claimed.value for figure in meant):
        return Confirmation(True)
    return Confirmation(False, f"文件写的是{wording.names(figure.words for figure in meant)}。")


def _nearness(figure: Figure, text: str, asked: str) -> int:
    """How many pairs of characters of the phrase around a figure were asked about."""
    around = _APART.split(text[: figure.start])[-1] + " " + _APART.split(text[figure.end :])[0]
    return sum(around[at : at + 2] in asked for at in range(len(around) - 1))
