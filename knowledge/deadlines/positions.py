"""Where in its period a cadence falls: 首月10日前, 末月25日前, 第1周内, 最后一个工作日, 结束后5个工作日内."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.deadlines.moments import Frame
from knowledge.deadlines.nearby import weekday_of
from knowledge.deadlines.stretches import mode
from knowledge.model import Cadence, Every
from knowledge.patterns import regex

MONTHS_OF = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_AFTER = regex(
    r"(?:度)?(?:的)?(?:(?:末|底|终了?|结束|过完?|期满|完)?(?:之|以)?后(?:的|,)?(?:第|前|首)?|(?:终了|结束)(?:的|,)?(?:第|首)?)(?:最迟|应|须)?(?:在|于)?(?P<n>\d{1,4})个?(?P<unit>工作日|自然日|日|天|周)(?:(?:之|以)?(?:内|前))?"
)
_FOLLOWING = regex(
    r"(?:度)?的?(?:结束|终了)?(?:之?后)?,?的?(?:次|下1?个?)(?:月|季度?首月|季度?第1个月|年1月)(?:的)?(?P<n>\d{1,2})(?P<unit>日|号)(?:(?:之|以)?[前内])?"
)
# Where in the period: 首月10日前, 末月25日前, 第2个月, 第1周内, 最后一个工作日, 前5个工作日, 5日前, 月末, 上旬.
_IN_UNIT = regex(
    r"(?:度)?的?(?:(?P<first>首月|第1个?月|头1个月|初月)|(?P<last>末月|最后1个?月|尾月|末(?=\d)|第3个月)|第(?P<nth>[1-6])个?月)份?的?"
)
_WORKDAYS = regex(
    r"度?的?(?:(?:前|头|首)(?P<n>\d{1,4})个工作日|第(?P<nth>\d{1,4})个工作日|(?:前|头)(?P<days>\d{1,4})[日天]|(?P<lastwork>最后1个工作日)|倒数第?(?P<back>\d{1,2})个工作日|(?P<lastday>最后1[日天])|首个工作日)(?:(?:之|以)?[内前])?"
)
# 末前3个工作日: so many before the last day; with 内 behind it the last day itself is meant.
_BEFORE_END = regex(
    r"(?:度)?的?(?:月?[末底]|结束|终了?|期满|届满)(?:之|以)?前(?:的)?(?:第)?(?P<n>\d{1,2})(?:个)?(?P<unit>工作日|自然日|天|日)(?:(?P<inside>(?:之|以)?内)|(?:之|以)?前)?"
)
_WEEKS_IN = regex(
    r"度?的?(?:(?:第(?P<n>[1-5])个?|(?P<first>首|头1?个?))(?:周|星期|礼拜)|(?P<last>最后1个?(?:周|星期|礼拜)))(?:的?(?:周|星期|礼拜)?(?P<day>[一二三四五六日天1-7](?![个次])))?(?:(?:之|以)?[内前])?"
)
_DAY_IN = regex(
    r"度?的?(?:(?P<d0>\d{1,2})[日号]?(?:至|到|-+))?(?P<d>\d{1,2})(?:[日号](?:(?:之|以)?[内前]|左右|上午|下午)?|(?=(?:之|以)?前|至|-))"
    r"|度?的?(?P<end>月?[末底终](?!月)|期末)|度?(?:的)?(?P<xun>[上中下])旬|度?的?(?P<initial>初(?!步|中|期|级))"
)
_WEEKDAY_IN = regex(
    r"(?:的)?(?:周|星期|礼拜)?(?P<day>[一二三四五六日天](?![个次])|[1-7](?=[、,和下上前]|$))(?=(?P<more>[、和及](?:周|星期|每周)?[一二三四五六日天1-7])?)"
)
_NUMBERS = regex(r"度?的?(?P<days>\d{1,2}[日号]?(?:[、和及]\d{1,2}[日号]?)+)(?<=[日号])")


def placed(text: str, at: int, base: Cadence, frame: Frame) -> tuple[tuple[Cadence, ...], int]:
    """`base` with the day that the words at `at` name, and the index after them."""
    after = _AFTER.match(text, at) or _FOLLOWING.match(text, at)
    if after and base.every is not Every.DAY:
        n = int(after["n"]) * (7 if after["unit"] == "周" else 1)
        working = after["unit"] == "工作日"
        return (
            replace(base, after_period=True, workdays=n if working else None, day=None if working else n),
        ), after.end()
    if base.every is Every.DAY:
        return (base,), hour_end(text, at)
    if base.every is Every.WEEK:
        return _in_week(text, at, base)
    chosen = _IN_UNIT.match(text, at) if base.every in (Every.QUARTER, Every.HALF_YEAR) else None
    if chosen:
        base, at = replace(base, month=_month_in(chosen, base.every)), chosen.end()
    return _in_month(text, at, base)


def _month_in(found: re.Match[str], every: Every) -> int:
    if found["first"]:
        return 1
    if found["last"] and not found["last"].startswith("第"):
        return MONTHS_OF[every]
    return int(found["nth"] or 3)


def hour_end(text: str, at: int) -> int:
    return mode(text, at)[1]


def _in_week(text: str, at: int, base: Cadence) -> tuple[tuple[Cadence, ...], int]:
    work = _WORKDAYS.match(text, at)
    if work:
        first = int(work["nth"] or work["n"] or 1) - 1
        return (
            replace(
                base,
                weekday=4 if work["lastwork"] else max(5 - int(work["back"]), 0) if work["back"] else min(first, 6),
            ),
        ), work.end()
    days, found = [], _WEEKDAY_IN.match(text, at)
    while found:
        days.append(weekday_of(found["day"]))
        at = found.end()
        found = _WEEKDAY_IN.match(text, at + 1) if found["more"] else None
    if not days:
        end = re.compile(r"[末底]").match(text, at)
        return (base,), hour_end(text, end.end() if end else at)
    return tuple(replace(base, weekday=day) for day in days), hour_end(text, at)


def _in_month(text: str, at: int, base: Cadence) -> tuple[tuple[Cadence, ...], int]:
    """A day inside the month (or inside the chosen month of a quarter, half-year or year)."""
    first = base.month or 1
    if ahead := _BEFORE_END.match(text, at):
        if ahead["inside"]:
            return (replace(base, day=-1),), ahead.end()
        n = int(ahead["n"])
        working = ahead["unit"] == "工作日"
        return (replace(base, day=-1 if working else -1 - n, workdays=-n if working else None),), ahead.end()
    work = _WORKDAYS.match(text, at)
    if work:
        return (_workdays(work, base),), work.end()
    week = _WEEKS_IN.match(text, at)
    if week:
        return (_week_of(week, base, first),), week.end()
    several = _NUMBERS.match(text, at)
    if several:
        days = [int(d) for d in re.findall(r"\d+", several["days"])]
        month = None if base.every is Every.MONTH else first
        return tuple(replace(base, month=month, day=d) for d in days if 1 <= d <= 31), hour_end(text, several.end())
    return _one_day(text, at, base, first)


def _week_of(found: re.Match[str], base: Cadence, first: int) -> Cadence:
    if found["day"]:  # 最后一个周五, 第二个星期三: that very weekday, not the end of the month or of a week
        month = None if base.every is Every.MONTH else base.month or (MONTHS_OF[base.every] if found["last"] else first)
        nth = -1 if found["last"] else int(found["n"] or 1)
        return replace(base, month=month, weekday=weekday_of(found["day"]), nth=nth)
    if found["last"]:
        return replace(base, month=None if base.every is Every.MONTH else base.month or MONTHS_OF[base.every], day=-1)
    return replace(base, month=None if base.every is Every.MONTH else first, day=7 * int(found["n"] or 1))


def _workdays(found: re.Match[str], base: Cadence) -> Cadence:
    if found["lastwork"] or found["back"]:
        return replace(base, workdays=-int(found["back"] or 1))
    if found["lastday"]:
        return replace(base, day=-1)
    if found["days"]:
        return replace(base, month=base.month or (None if base.every is Every.MONTH else 1), day=int(found["days"]))
    return replace(base, workdays=int(found["n"] or found["nth"] or 1), after_period=True)


def _one_day(text: str, at: int, base: Cadence, first: int) -> tuple[tuple[Cadence, ...], int]:
    found = _DAY_IN.match(text, at)
    if not found:
        return (base,), hour_end(text, at)
    end = hour_end(text, found.end())
    if found["end"]:
        return (replace(base, day=-1),), end
    month = base.month if base.every is not Every.MONTH else None
    if found["xun"] or found["initial"]:
        day = {"上": 10, "中": 20, "下": -1}[found["xun"] or "上"]
        return (replace(base, month=month or (None if base.every is Every.MONTH else first), day=day),), end
    day = int(found["d"])
    if not 1 <= day <= 31:
        return (base,), hour_end(text, at)
    return (replace(base, month=month or (None if base.every is Every.MONTH else first), day=day),), end
