"""Several rows held against each other: led by the same, all by the unit named, which falls due first."""

from __future__ import annotations

from datetime import date

from handlers import wording
from handlers import wording_deadlines as when
from handlers.asking import Asking, asks_units
from handlers.duty_heads import units_asked
from knowledge.model import Assignment
from knowledge.patterns import regex
from knowledge.question.query import Intent

_SAME_UNIT = regex(r"同一(?:个|家)|同(?:一)?家|(?:是不是|是否|是)一家|(?:单位|部门)(?:是不是|是否)?(?:一样|相同|一致)")
# 街心游园和公厕哪个先完成
_WHICH_FIRST = regex(r"哪(?:一)?[个项条件](?:任务)?(?:更|要|会|的)?(?:截止|到期)?(?:得)?(?P<which>[先早晚迟后])")


def held_together(asking: Asking, shown: list[Assignment]) -> str:
    """Whether those that are asked about are led by the same, or all by the unit that is named (是不是都归民政局牵头), where that is
    asked; else empty."""
    if not asks_units(asking.query):
        return _sooner(asking, shown)
    if asking.query.premise and asking.query.names:
        theirs = [not set(asking.query.names).isdisjoint(units_asked(asking.query, one)) for one in shown]
        return "是的，都是。" if all(theirs) else "不全是。" if any(theirs) else "都不是。"
    if _SAME_UNIT.search(asking.query.text) is None:
        return ""
    each = {frozenset(units_asked(asking.query, one)) for one in shown}
    return "不是同一家。" if len(each) > 1 else "是同一家。"


def _sooner(asking: Asking, shown: list[Assignment]) -> str:
    """先到期的是第20项。 where it is asked which of them falls due first or last; empty where one has no day of its own."""
    asked = _WHICH_FIRST.search(asking.query.text) if asking.query.intent is Intent.DEADLINE else None
    if asked is None:
        return ""
    days = [(max(due), one) for one in shown if (due := _own_days(asking, one))]
    if len(days) < len(shown) or len({day for day, _ in days}) < len(days):
        return "同一天到期。" if len(days) == len(shown) and len({day for day, _ in days}) == 1 else ""
    early = asked["which"] in "先早"
    _, one = (min if early else max)(days, key=lambda row: row[0])
    return f"{'先' if early else '后'}到期的是{wording.number(one)}。"


def _own_days(asking: Asking, one: Assignment) -> list[date]:
    """The due dates of the whole, and not of its stages."""
    outer = [part for part in one.deadlines if not part.inner]
    return [day for part in outer for day in when.dues(part, asking.calendar, asking.today)]
