"""Lists and ranges of moments, and the words behind them: 7—9月, 二、三季度, 即日起至年底; 前, 内, 起, 期间."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from knowledge.deadlines.dates import moment
from knowledge.deadlines.moments import Found, Frame, Moment, add_months, last_day
from knowledge.patterns import regex

# ---------------------------------------------------------------- lists and ranges
_TO = regex(r"(?:起|开始|始)?(?:,|、)?(?:一直|持续|直)?(?:至|到|-+)|起-+")
_AND = regex(r"、|和|及|与|以及|或|,(?=\d{1,2}月)")
_NOW = regex(r"(?:即日|现在|目前|即时|(?:印发|发文|发布|下发|公布)之日)(?:起|开始)?,?(?:一直|持续|直)?(?:至|到|-+)")


def stretches(text: str, at: int, frame: Frame) -> tuple[tuple[Moment, ...], int] | None:
    """The moments that begin at `at`: one, a range (as one moment), or a list of them; and the index after."""
    now = _NOW.match(text, at)
    if now and frame.today:
        right = moment(text, now.end(), frame)
        if right:
            start = Moment(frame.today, frame.today, "day")
            return (_joined(start, right[0]),), right[1]
    first = _ranged(text, at, frame)
    if first is None:
        return None
    found, end = [first[0]], first[1]
    while (sep := _AND.match(text, end)) or found[
        -1
    ].grain == "festival":  # 元旦春节前: festivals need no sign between them
        more = None if found[-1].impossible else _ranged(text, sep.end() if sep else end, frame.after(found[-1]))
        if more is None or not (_alike(found[-1], more[0]) or (sep and _day_for_all(found[-1], more[0], sep))):
            break
        found, end = [*found, more[0]], more[1]
    return (tuple(found), end) if len(found) == 1 else (_listed(found, text, end), end)


def _alike(left: Moment, right: Moment) -> bool:
    return right.grain == left.grain or (
        {left.grain, right.grain} <= {"day", "xun", "month", "year", "half", "quarter"} and left.edge
    )


def _day_for_all(left: Moment, right: Moment, sep: re.Match[str]) -> bool:
    """1月、7月10日前: the day named last holds for every month of the list."""
    return left.grain == "month" and not left.edge and right.grain == "day" and sep.group() in "、和及"


def _ranged(text: str, at: int, frame: Frame) -> Found | None:
    left = moment(text, at, frame)
    if left is None or left[0].impossible:
        return left
    to = _TO.match(text, left[1])
    right = moment(text, to.end(), frame.after(left[0])) if to else None
    if right is None or right[0].impossible:
        return left
    return _joined(left[0], right[0]), right[1]


def _joined(left: Moment, right: Moment) -> Moment:
    end, flag = right.end, left.flag or right.flag
    if flag and "发文当月" in flag:
        flag = left.flag
    if end < left.start and not right.dated:
        end = add_months(end, 12 if right.grain != "day" or not right.deictic else 1)
    if end < left.start:
        return replace(left, flag="起止日期前后颠倒，请核对")
    return Moment(left.start, end, "range", dated=left.dated or right.dated, deictic=left.deictic, span=True, flag=flag)


def _day_in(month: Moment, day: int) -> date:
    """Day `day` of the month, or its last day."""
    return month.start.replace(day=min(day, last_day(month.start.year, month.start.month)))


def _listed(found: list[Moment], text: str, end: int) -> tuple[Moment, ...]:
    if found[0].grain == "festival":  # 中秋、国庆节前: one deadline, before the first of them
        return (replace(min(found, key=lambda m: m.start), flag="几个节日并列，按最早的一个理解"),)
    if found[-1].edge and not text.startswith("内", end):
        found = [replace(m, edge=True) if m.grain == found[-1].grain else m for m in found]
    if found[-1].grain == "day" and found[0].grain == "month":
        day = found[-1].start.day
        found = [replace(m, end=_day_in(m, day), start=_day_in(m, day), grain="day") for m in found]
    touching = all(b.start == a.end + timedelta(days=1) for a, b in pairwise(found))
    if touching and not found[-1].edge and found[0].grain != "half" and not text.startswith("各", end):
        joined = Moment(found[0].start, found[-1].end, "range", dated=found[0].dated, span=True)
        return (joined,)
    return tuple(found)


# ---------------------------------------------------------------- what stands behind a moment
_HOUR = r"(?:的)?(?:\([本这下]?(?:周|星期|礼拜)[一二三四五六日天]\))?(?:(?:上午|下午|中午|晚上|早上|晚|早)?(?:\d{1,2}(?:[:：]\d\d|[点时](?:\d{1,2}分?|整|半)?)|零时|零点|下班|上班|收工|午夜)|上午|下午|晚上)?"
# What begins on the day that is named: 11月15日供暖前, 8月20日开学前.
_OCCASION = r"(?P<occasion>(?:供暖|采暖|供热|入汛|进汛|开学|春耕|放假|开考)(?:季|期)?(?:开始|到来|来临)?)?"
_MODE = regex(
    rf"(?P<hour>{_HOUR})(?:(?P<before>{_OCCASION}(?:之|以)?前(?!后|期|列|提(?!出|交|供|报|请)|沿|端|瞻|置|身|往|景|任|台|言|述|者|三季|四季))|(?P<closing>截止|为止|止(?!损|血|咳))"
    r"|(?P<within>(?:之|以)?内(?!容|部|外|涵|蒙|设|控|生))"
    r"|(?P<since>起(?!草|到|步|诉|点|来|伏)|开始|以来|之后|以后|后(?!续|勤|备|台|期|者))|(?P<during>期间))?"
)


@dataclass(frozen=True, slots=True)
class Mode:
    """What the words after a moment make of it; at most one is set. `occasion`: what begins then is named too (8月20日开学前)."""

    before: bool = False
    closing: bool = False
    within: bool = False
    since: bool = False
    during: bool = False
    occasion: bool = False


def mode(text: str, at: int) -> tuple[Mode, int]:
    """The mode words at `at` (前, 止, 内, 起, 期间; an hour of the day is passed over) and the index after them."""
    found = _MODE.match(text, at)
    if not found:
        return Mode(), at
    return Mode(
        bool(found["before"]),
        bool(found["closing"]),
        bool(found["within"]),
        bool(found["since"]),
        bool(found["during"]),
        bool(found["occasion"]),
    ), found.end()
