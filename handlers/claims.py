"""X是Y牵头吧, 是11月底完成对吧, 建80个是吧: what a question claims, confirmed or put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
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
# A clause with its lists.
_CLAUSE = regex(r"[，；。,;：:]")
# 每月20号前: a day of every month.
_DAY_OF_MONTH = regex(r"(?:每|按)个?月(?:的)?(\d{1,2})[日号]")
_TOGETHER = regex(r"一共|总共|合计|加起来|共计|总数|总计")
# 换了43所: taken for done.
_DONE_ALREADY = regex(r"[^\W\d]了\d|已经?[^\W\d]{0,4}\d|\d[^\W\d]{0,4}了[对是]?[吧吗]")
_DOINGS = ("新建", "改造", "修缮", "扩建", "拆除", "关停", "引进", "培育", "新增", "维修", "更换")
# 沅白线、石桥线两条农村公路共38公里
_SEVERAL = regex(
    r"(?P<list>[^，、\d]{2,10}(?:、[^，、\d]{2,10}?)+?)(?:等)?(?:[两二三四五六七八九十\d]+[条个处所家座项])?[^，、\d]{0,6}(?:共|合计|总计|总长)\d"
)
# 一家牵头的: and nobody beside it.
_SOLE = regex(r"(?:一|独)家|单独|独自|只有|就(?:是|它|他)")
# 11月底: its last day, and not any day of the month.
_LAST_DAY = regex(r"[底末前]")

_SAID = {Role.LEAD: "牵头", Role.RESPONSIBLE: "负责", Role.COOPERATING: "配合"}
# Where a document prints no unit with a role, these have it.
_NEXT = {Role.LEAD: {Role.RESPONSIBLE}, Role.RESPONSIBLE: {Role.LEAD}, Role.COOPERATING: {Role.RESPONSIBLE}}


class Confirmation(NamedTuple):
    """Whether what is claimed is so; `instead` says what the document has, empty where that is told elsewhere. `required`: it is what the
    document wants, and the question takes it for done (换了43所对吗)."""

    right: bool
    instead: str = ""
    required: bool = False

    @property
    def words(self) -> str:
        """是的。不是。文件写的是…。"""
        if self.right:
            return f"文件要求的是这个数，办到哪一步请看进展报告。{self.instead}" if self.required else "是的。"
        return f"不是。{self.instead}"


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
        elif alone.span is not None and not of_figure:
            told.append((False, f"{_finished_by(alone.span)}文件里没有写"))
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
    """Whether the day or the window claimed is when the assignment falls due; None where it has no date. Of several steps with days of
    their own the one that the question names."""
    due = [day for part in _spoken_of(query.text, deadlines) for day in when.dues(part, calendar, today)]
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


def _spoken_of(text: str, deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Of deadlines with words of their own (甲8月底前投用；乙12月20日前投用) those with the most of the question's; else all."""
    parts = list(leaves(tuple(deadlines)))
    if len(parts) < 2:
        return parts
    pairs = [{one + other for one, other in pairwise(bare(part.text))} for part in parts]
    own = [found - set().union(*(other for other in pairs if other is not found)) for found in pairs]
    named = [sum(pair in text for pair in found if not any(map(str.isdigit, pair))) for found in own]
    most = max(named)
    return [part for part, count in zip(parts, named, strict=True) if count == most] if most else parts


def rhythm_verdict(query: Query, deadlines: Iterable[Deadline]) -> Confirmation | None:
    """Whether the rhythm claimed (每月一次对吧) is one of the assignment's; None where none is claimed or it has none."""
    claimed = rhythm_of(query.text)
    printed = {part.cadence.every for part in leaves(tuple(deadlines)) if part.cadence is not None}
    if claimed is None or not printed:
        return None
    if (day := _DAY_OF_MONTH.search(query.text)) and (days := _days_of_month(deadlines)):
        return Confirmation(claimed in printed and int(day[1]) in days)
    return Confirmation(claimed in printed)


def _days_of_month(deadlines: Iterable[Deadline]) -> set[int]:
    found = (_DAY_OF_MONTH.search(plain(part.text)) for part in leaves(tuple(deadlines)) if part.cadence is not None)
    return {int(one[1]) for one in found if one}


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
    if _TOGETHER.search(query.text) and (whole := _summed(claimed, stated)) is not None:
        return whole
    nearness = {figure: _nearness(figure, text, asked) for figure in stated}
    nearest = max(nearness.values())
    meant = [figure for figure in stated if nearness[figure] == nearest]
    if nearest == 0 and (len(meant) > 1 or (query.topics and meant[0].measure == "")):
        return None
    pool = meant if _counted_in(claimed) else stated  # 补助4000对吧 leaves open what is counted
    same = next((figure for figure in pool if figure.value == claimed.value), None)
    if same is None:
        return Confirmation(False, f"文件写的是{wording.names(dict.fromkeys(figure.words for figure in pool))}。")
    if _of_something_else(query.text, phrase := _phrase(same, text)):
        return Confirmation(False, f"文件写的是“{_as_printed(phrase, one.text)}”。")
    return Confirmation(True, required=_DONE_ALREADY.search(query.text) is not None)


def _summed(claimed: Figure, stated: Sequence[Figure]) -> Confirmation | None:
    """Whether all figures of one measure are what is claimed together (一共440个车位: 180个 and 260个); None where only one counts so."""
    unit = _counted_in(claimed)
    alike = [figure for figure in stated if unit and _counted_in(figure) == unit]
    if len(alike) < 2:
        return None
    if claimed.value in (sum(figure.value for figure in alike), alike[0].value):
        return Confirmation(True)
    return Confirmation(False, f"文件写的是{wording.names(figure.words for figure in alike)}。")


def _counted_in(figure: Figure) -> str:
    """The measure word of a figure: 个 of 18个, empty where it has none."""
    return figure.words.lstrip("0123456789.一二两三四五六七八九十百千万亿多")


def _phrase(figure: Figure, text: str) -> str:
    """The clause of the text in which the figure stands, lists and all."""
    before, behind = _CLAUSE.split(text[: figure.start])[-1], _CLAUSE.split(text[figure.end :])[0]
    return f"{before}{figure.words}{behind}"


def _as_printed(phrase: str, text: str) -> str:
    at = plain(text).find(phrase)
    return text[at : at + len(phrase)] if at >= 0 and len(plain(text)) == len(text) else phrase


def _of_something_else(asked: str, phrase: str) -> bool:
    """Whether the figure is of another doing (新建35座, where 35座 are 改造), or of several things of which one is asked for (甲、乙共38公里)."""
    done = {word for word in _DOINGS if word in asked}
    if done and not any(word in phrase for word in done) and any(word in phrase for word in _DOINGS):
        return True
    several = _SEVERAL.search(phrase)
    listed = [one for one in several["list"].split("、") if len(one) > 1] if several else []
    here = [one for one in listed if one[-3:] in asked]
    return len(listed) > 1 and bool(here) and len(here) < len(listed)


def _nearness(figure: Figure, text: str, asked: str) -> int:
    """How many pairs of characters of the phrase around a figure were asked about."""
    around = _APART.split(text[: figure.start])[-1] + " " + _APART.split(text[figure.end :])[0]
    return sum(around[at : at + 2] in asked for at in range(len(around) - 1))
