"""Cadences: the words that make a deadline come back (每月5日前, 每季度首月10日前, 按月公开, 季后15日内, 每半年至少1次)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from knowledge.model import Cadence, Every
from knowledge.moments import Frame, Moment
from knowledge.nearby import weekday_of
from knowledge.stretches import mode, stretches

_WORDS: dict[str, Every] = {
    "日": Every.DAY, "天": Every.DAY, "工作日": Every.DAY, "周": Every.WEEK, "星期": Every.WEEK, "礼拜": Every.WEEK,
    "月": Every.MONTH, "月度": Every.MONTH, "季": Every.QUARTER, "季度": Every.QUARTER, "半年": Every.HALF_YEAR,
    "半年度": Every.HALF_YEAR, "年": Every.YEAR, "年度": Every.YEAR,
}  # fmt: skip
_MONTHS_OF = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
# Every n-th month or week, as the rhythm it comes to; None where no rhythm of ours fits.
_MULTIPLES: dict[tuple[int, str], Every] = {
    (3, "月"): Every.QUARTER, (6, "月"): Every.HALF_YEAR, (12, "月"): Every.YEAR, (2, "季度"): Every.HALF_YEAR, (7, "天"): Every.WEEK, (7, "日"): Every.WEEK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence as read: the cadences (several for 每月、每季度), and why a person should look.

    `festival` is set where the day moves with a lunar festival, which no fixed rule can hold.
    """

    cadences: tuple[Cadence, ...]
    flag: str | None = None
    festival: str | None = None


_UNIT = r"半年度?|年度?|季度?|月度?(?!饼|球|票|色)|周|星期|礼拜|工作日|天|日(?!常|均|报社|程)"
_NOTHING_BUT_A_WORD = r"(?!年轻|月饼|位|项|名|家|户|件|条|类|篇|人)"
_EVERY = re.compile(
    rf"(?:每逢|每隔|每|按|逐|各(?=季度|月))(?:1?个|1)?(?P<n>\d{{1,2}}|半|双|两)?个?(?P<unit>{_UNIT})(?!人|轻|龄|限|代|检$)"
    r"|(?P<skip>隔)(?P<unit2>月|周|季|年|日)(?!离)"
)
_MORE = re.compile(
    r"(?:、|和|及|与|或者?|/|,|\()(?:每|按|逐)?1?个?(?P<unit>半年度?|年度|季度?|月度?|周|每年)(?=\)|[、和及与,/]|公|通|报|上|发|更|结|后|前|$|末|底|终|调|开|进|完|汇|向|定|监|对|至少)\)?"
)
_ODD_EVEN = re.compile(r"(?:每|逢|每逢|按)?(?P<which>单|双|奇数?|偶数?)(?:数)?月份?")
_NEXT = re.compile(r"(?P<every>每|于)?(?P<which>次|下1?个?)(?P<unit>月|季度?|周|星期|年度?)(?!内)(?:首月|第1个月|的?)?")
_AFTER_BARE = re.compile(
    r"(?<![一二三四\d第本该当半])(?P<unit>半年度?|季度?|月度?|年度|年|周)(?:度)?(?P<end>末|终了?|结束|过|完)?(?:之|以)?后(?=的?(?:首|前|第)?\d+个?(?:工作)?[日天])"
)
_AFTER = re.compile(
    r"(?:度)?(?:的)?(?:末|底|终了?|结束|过完?|期满|完)?(?:之|以)?后(?:的|,)?(?:第|前|首)?(?:最迟|应|须)?(?:在|于)?(?P<n>\d+)个?(?P<unit>工作日|自然日|日|天|周)(?:(?:之|以)?(?:内|前))?"
)
_TOPICAL = re.compile(
    r"(?P<unit>(?<!半)年度|半年度?|季度|月度?|周)(?P<verb>抽查|检查|督查|通报|调度|例会|盘点|巡查|监测|考评|更新|至少|不少于|不低于|召开|组织|开展\d*1次|1次|\d次|汇报1?次|会商|点评|公示)"
)
_REPEAT = re.compile(
    r"(?<![\d每近第])(?:1个?)?(?P<unit>半年|年|季度?|月|周|天|日)(?:内)?(?:至少|不少于)?(?P<times>[1-9])(?:次|报(?!告)|评|调度|通报|总结|督查|检查|汇报|小结|更新|会商|通)"
)
_TIMES = re.compile(
    r"^[^。;；,，]{0,24}?(?:至少|不少于|不低于|最少|不得少于)[^。;,\d]{0,14}?(\d+)(?:次|场|期|轮|遍|批|篇|条|个|项)"
    r"|^[^。;,]{0,20}?(\d+)(?:次(?!性)|场|轮|遍)"
)
# Where in the period: 首月10日前, 末月25日前, 第2个月, 第1周内, 最后一个工作日, 前5个工作日, 5日前, 月末, 上旬.
_IN_UNIT = re.compile(
    r"(?:度)?的?(?:(?P<first>首月|第1个?月|头1个月|初月)|(?P<last>末月|最后1个?月|尾月|第3个月)|第(?P<nth>[1-6])个?月)份?的?"
)
_WORKDAYS = re.compile(
    r"度?的?(?:(?:前|头|首)(?P<n>\d+)个工作日|第(?P<nth>\d+)个工作日|(?:前|头)(?P<days>\d+)[日天]|(?P<lastwork>最后1个工作日)|(?P<lastday>最后1[日天])|首个工作日)(?:(?:之|以)?[内前])?"
)
_WEEKS_IN = re.compile(
    r"度?的?(?:(?:第(?P<n>[1-5])个?|(?P<first>首|头1?个?))(?:周|星期|礼拜)|(?P<last>最后1个?周))(?P<day>[一二三四五六日天])?(?:(?:之|以)?[内前])?"
)
_DAY_IN = re.compile(
    r"度?的?(?:(?P<d0>\d{1,2})[日号]?(?:至|到|-+))?(?P<d>\d{1,2})(?:[日号](?:(?:之|以)?[内前]|左右|上午|下午)?|(?=(?:之|以)?前|至|-))"
    r"|度?的?(?P<end>月?[末底终](?!月)|期末)|度?(?:的)?(?P<xun>[上中下])旬|度?的?(?P<initial>初(?!步|中|期|级))"
)
_WEEKDAY_IN = re.compile(
    r"(?:的)?(?:周|星期|礼拜)?(?P<day>[一二三四五六日天](?![个次])|[1-7](?=[、,和下上前]|$))(?=(?P<more>[、和及](?:周|星期|每周)?[一二三四五六日天1-7])?)"
)
_NUMBERS = re.compile(r"度?的?(?P<days>\d{1,2}[日号]?(?:[、和及]\d{1,2}[日号]?)+)(?<=[日号])")


def times_of(text: str, at: int) -> int | None:
    """The count in 每半年至少举办1次, read from `at` to the end of the clause."""
    found = _TIMES.match(text[at : at + 48])
    return int(found[1] or found[2]) if found else None


def rhythm(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """The cadence whose words begin at `at`, with the index after them; None where none begins."""
    for rule in (_odd_even, _every, _next, _after_bare, _topical, _repeat):
        found = rule(text, at, frame)
        if found:
            return _counted(text, *found)
    return None


def _counted(text: str, found: Rhythm, end: int) -> tuple[Rhythm, int]:
    times = times_of(text, end)
    if times is None:
        return found, end
    return replace(found, cadences=tuple(c if c.times else replace(c, times=times) for c in found.cadences)), end


def _odd_even(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    found = _ODD_EVEN.match(text, at)
    if not found:
        return None
    base = Cadence(Every.MONTH, odd_even="odd" if found["which"][0] in "单奇" else "even")
    placed, end = _placed(text, found.end(), base, frame)
    return Rhythm(placed), end


def _every(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    found = _EVERY.match(text, at)
    if not found:
        return None
    unit, flag = found["unit"] or found["unit2"], None
    if (
        found.group().startswith("按")
        and unit in ("日", "天", "年")
        and not re.match(r"度|公|通|报|上|发|更|调|$|汇|进", text[found.end() :][:1] or "")
    ):
        return None
    count = found["n"] or ("2" if found["skip"] or found.group().startswith("每隔") else None)
    if count:
        return _multiple(text, found.end(), unit, count, frame)
    everies, end = _listed(text, found.end(), [_WORDS[unit]])
    ahead = len(everies) > 1 or None
    if everies[0] is Every.YEAR and not ahead:
        yearly = _yearly(text, end, frame)
        if yearly:
            return yearly
    if text.startswith("旬", found.end()):
        return None
    placed, end = _placed(text, end, Cadence(everies[0]), frame)
    more = tuple(_fit(replace(c, every=every)) for every in everies[1:] for c in placed)
    return Rhythm(placed + more, flag), end


def _fit(cadence: Cadence) -> Cadence:
    return cadence if cadence.every is not Every.DAY else Cadence(Every.DAY)


def _multiple(text: str, at: int, unit: str, count: str, frame: Frame) -> tuple[Rhythm, int] | None:
    """每两个月, 每半个月, 隔周: the nearest rhythm, flagged where it is not the very one."""
    name = {"季": "季度", "月度": "月"}.get(unit, unit)
    if count == "半":
        if name == "年":
            placed, end = _placed(text, at, Cadence(Every.HALF_YEAR), frame)
            return Rhythm(placed), end
        return (Rhythm((Cadence(Every.MONTH, day=15), Cadence(Every.MONTH, day=-1))), at) if name == "月" else None
    n = 2 if count in "双两" else int(count)
    if n == 1:
        placed, end = _placed(text, at, Cadence(_WORDS[unit]), frame)
        return Rhythm(placed), end
    if every := _MULTIPLES.get((n, name)):
        return Rhythm((Cadence(every),)), at
    if (n, name) == (2, "月"):
        placed, end = _placed(text, at, Cadence(Every.MONTH, odd_even="even"), frame)
        return Rhythm(placed, "“每两个月”按双月理解"), end
    if name not in ("周", "星期", "礼拜", "月", "季度", "年", "天", "日"):
        return None
    return Rhythm((Cadence(_WORDS[unit]),), f"原文为每{n}{name}一次，从何时起算没有写明"), at


def _listed(text: str, at: int, everies: list[Every]) -> tuple[list[Every], int]:
    while more := _MORE.match(text, at):
        every = _WORDS[more["unit"].lstrip("每")]
        if every in everies:
            break
        everies, at = [*everies, every], more.end()
    return everies, at


def _next(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """次月10日前: counted from the end of the period reported on. 下月10日前 is one date unless 每 stands before."""
    found = _NEXT.match(text, at)
    if not found or (found["which"] != "次" and found["every"] != "每"):
        return None
    every = _WORDS[found["unit"]]
    if every is Every.YEAR or text.startswith(("至", "到"), max(0, at - 1)):
        return None
    day = re.compile(
        r"(?:的)?(?P<d>\d{1,2})[日号]?(?:(?:之|以)?[前内])?|(?:的)?(?:前|第)(?P<w>\d+)个工作日(?:(?:之|以)?[内前])?|(?P<end>末|底)前?|(?:周|星期)?(?P<wd>[一二三四五])"
    ).match(text, found.end())
    if every is Every.WEEK:
        return (
            Rhythm((Cadence(every, weekday=weekday_of(day["wd"]) if day and day["wd"] else None),)),
            day.end() if day else found.end(),
        )
    if not day:
        return Rhythm((Cadence(every),)), found.end()
    if day["end"]:
        return Rhythm((Cadence(every, day=-1),)), day.end()
    rule = (
        Cadence(every, day=int(day["d"]), after_period=True)
        if day["d"]
        else Cadence(every, workdays=int(day["w"] or 1), after_period=True)
    )
    return Rhythm((rule,)), day.end()


def _after_bare(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """季后15日内, 月度终了后5个工作日内."""
    found = _AFTER_BARE.match(text, at)
    if not found or (found["unit"] in ("年", "周") and not found["end"]):
        return None
    everies = [_WORDS[found["unit"]]]
    start = found.start("unit") + len(found["unit"])
    placed, end = _placed(text, start, Cadence(everies[0]), frame)
    return (Rhythm(placed), end) if placed[0].after_period else None


def _topical(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """季度抽查, 年度至少研究1次: a rhythm named as an attribute of what is done."""
    found = _TOPICAL.match(text, at)
    if not found or (
        found["unit"] in ("周", "月") and found["verb"] not in ("调度", "通报", "例会", "监测", "更新", "抽查", "汇报")
    ):
        return None
    return Rhythm((Cadence(_WORDS[found["unit"]]),)), found.end("unit")


def _repeat(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """一月一调度, 半年一次."""
    found = _REPEAT.match(text, at)
    if not found or not (
        found.group()[0] == "1" or found["unit"] in ("半年", "季度", "季", "月", "周", "年", "日", "天")
    ):
        return None
    return Rhythm((Cadence(_WORDS[found["unit"]], times=int(found["times"])),)), found.end()


# ---------------------------------------------------------------- where in the period
def _placed(text: str, at: int, base: Cadence, frame: Frame) -> tuple[tuple[Cadence, ...], int]:
    """`base` with the day that the words at `at` name, and the index after them."""
    after = _AFTER.match(text, at)
    if after and base.every is not Every.DAY:
        n = int(after["n"]) * (7 if after["unit"] == "周" else 1)
        rule = replace(base, after_period=True, **({"workdays": n} if after["unit"] == "工作日" else {"day": n}))
        return (rule,), after.end()
    if base.every is Every.DAY:
        return (base,), _hour_end(text, at)
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
        return _MONTHS_OF[every]
    return int(found["nth"] or 3)


def _hour_end(text: str, at: int) -> int:
    return mode(text, at)[1]


def _in_week(text: str, at: int, base: Cadence) -> tuple[tuple[Cadence, ...], int]:
    work = _WORKDAYS.match(text, at)
    if work:
        first = int(work["nth"] or work["n"] or 1) - 1
        return (replace(base, weekday=4 if work["lastwork"] else min(first, 6)),), work.end()
    days, found = [], _WEEKDAY_IN.match(text, at)
    while found:
        days.append(weekday_of(found["day"]))
        at = found.end()
        found = _WEEKDAY_IN.match(text, at + 1) if found["more"] else None
    if not days:
        end = re.compile(r"[末底]").match(text, at)
        return (base,), _hour_end(text, end.end() if end else at)
    return tuple(replace(base, weekday=day) for day in days), _hour_end(text, at)


def _in_month(text: str, at: int, base: Cadence) -> tuple[tuple[Cadence, ...], int]:
    """A day inside the month (or inside the chosen month of a quarter, half-year or year)."""
    first = base.month or 1
    work = _WORKDAYS.match(text, at)
    if work:
        return (_workdays(work, base),), work.end()
    week = _WEEKS_IN.match(text, at)
    if week:
        day = -1 if week["last"] else 7 * int(week["n"] or 1)
        return (replace(base, month=None if base.every is Every.MONTH else first, day=day),), week.end()
    several = _NUMBERS.match(text, at)
    if several:
        days = [int(d) for d in re.findall(r"\d+", several["days"])]
        month = None if base.every is Every.MONTH else first
        return tuple(replace(base, month=month, day=d) for d in days if 1 <= d <= 31), _hour_end(text, several.end())
    return _one_day(text, at, base, first)


def _workdays(found: re.Match[str], base: Cadence) -> Cadence:
    if found["lastwork"]:
        return replace(base, workdays=-1)
    if found["lastday"]:
        return replace(base, day=-1)
    if found["days"]:
        return replace(base, month=base.month or (None if base.every is Every.MONTH else 1), day=int(found["days"]))
    return replace(base, workdays=int(found["n"] or found["nth"] or 1), after_period=True)


def _one_day(text: str, at: int, base: Cadence, first: int) -> tuple[tuple[Cadence, ...], int]:
    found = _DAY_IN.match(text, at)
    if not found:
        return (base,), _hour_end(text, at)
    end = _hour_end(text, found.end())
    if found["end"]:
        return (replace(base, day=-1),), end
    month = base.month if base.every is not Every.MONTH else None
    if found["xun"] or found["initial"]:
        day = {"上": 10, "中": 20, "下": -1}[found["xun"] or "上"]
        return (replace(base, month=month or (None if base.every is Every.MONTH else first), day=day),), end
    day = int(found["d"])
    if not 1 <= day <= 31:
        return (base,), _hour_end(text, at)
    return (replace(base, month=month or (None if base.every is Every.MONTH else first), day=day),), end


# ---------------------------------------------------------------- dates that come back each year
def _yearly(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """每年3月31日前; 每年6月底、12月底 spread evenly are one cadence at that spacing."""
    at = at + 1 if text[at : at + 1] in ("的", "于", "在") else at
    year = (frame.today.year if frame.today else None) or frame.year or 2001
    inside = replace(Frame(None, year, None), asking=False)
    if text[at : at + 1] in "末底":
        return Rhythm((Cadence(Every.YEAR, month=12, day=-1),)), _hour_end(text, at + 1)
    if text.startswith("年底", at) or text.startswith("年末", at):
        return Rhythm((Cadence(Every.YEAR, month=12, day=-1),)), _hour_end(text, at + 2)
    following = re.compile(r"(?:结束后,?)?(?:次年|翌年|下1年|第2年)(?:的)?").match(text, at)
    found = stretches(text, following.end() if following else at, inside)
    if not found:
        return None
    moments, end = found
    behind, end = mode(text, end)
    while (sep := re.compile(r"[、,和及](?:每年)?").match(text, end)) and behind.before:
        more = stretches(text, sep.end(), inside)
        if not more or not mode(text, more[1])[0].before:
            break
        moments, (behind, end) = moments + more[0], mode(text, more[1])
    if any(m.impossible for m in moments):
        return Rhythm((Cadence(Every.YEAR),), moments[0].flag), end
    if moments[0].grain == "festival":
        return Rhythm((Cadence(Every.YEAR),), festival=text[at:end]), end
    return Rhythm(_spaced([_due(m, behind.before) for m in moments])), end


def _due(moment: Moment, before: bool) -> tuple[int, int]:
    """Month and day (-1 the month's last) a moment of any year is due."""
    end = moment.end
    if before and not moment.edge and moment.grain in ("month", "quarter"):
        end = moment.start - timedelta(days=1)
    return end.month, -1 if (end + timedelta(days=1)).day == 1 else end.day


def _spaced(dates: list[tuple[int, int]]) -> tuple[Cadence, ...]:
    every = {2: Every.HALF_YEAR, 4: Every.QUARTER, 12: Every.MONTH}.get(len(dates))
    months = [month for month, _ in dates]
    if every and len({day for _, day in dates}) == 1:
        step = _MONTHS_OF[every]
        if all(b - a == step for a, b in pairwise(months)):
            inside = (months[0] - 1) % step + 1
            return (Cadence(every, month=inside if step > 1 else None, day=dates[0][1]),)
    return tuple(Cadence(Every.YEAR, month=month, day=day) for month, day in dates)
