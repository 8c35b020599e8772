"""Cadences: the words that make a deadline come back (每月5日前, 每季度首月10日前, 按月公开, 季后15日内, 每半年至少1次)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from knowledge.deadlines.beginnings import DIGIT, by_first, first
from knowledge.deadlines.festivals import FESTIVAL, fixed_day
from knowledge.deadlines.moments import Frame, Moment
from knowledge.deadlines.nearby import weekday_of
from knowledge.deadlines.positions import MONTHS_OF, hour_end
from knowledge.deadlines.positions import placed as place
from knowledge.deadlines.stretches import mode, stretches
from knowledge.model import Cadence, Every
from knowledge.patterns import regex

_WORDS: dict[str, Every] = {
    "日": Every.DAY, "天": Every.DAY, "工作日": Every.DAY, "周": Every.WEEK, "星期": Every.WEEK, "礼拜": Every.WEEK,
    "月": Every.MONTH, "月度": Every.MONTH, "季": Every.QUARTER, "季度": Every.QUARTER, "半年": Every.HALF_YEAR,
    "半年度": Every.HALF_YEAR, "年": Every.YEAR, "年度": Every.YEAR,
}  # fmt: skip
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


_UNIT = r"半年度?|年度?|季度?|月度?(?!饼|球|票|色|租|薪|供|付|息|均)|周|星期|礼拜|工作日|天|日(?!常|均|报社|程)"
_EVERY = regex(
    rf"(?:每逢|每隔|每|按|逐|(?<!部)分(?=季度|月度?[公报上下汇通])|各(?=季度|月))(?:1?个|1)?(?P<n>\d{{1,2}}|半|双|两)?个?(?P<unit>{_UNIT})(?!人|轻|龄|限|代|检$)"
    r"|(?P<skip>隔)(?P<unit2>月|周|季|年|日)(?!离)|以(?P<unit3>半年|年度?|季度?|月|周)为(?:单位|周期|频次)"
)
_MORE = regex(
    r"(?:、|和|及|与|或者?|/|,|\()(?:每|按|逐)?1?个?(?P<unit>半年度?|年度|季度?|月度?|周|每年)(?=\)|[、和及与,/]|公|通|报|上|发|更|结|后|前|$|末|底|终|调|开|进|完|汇|向|定|监|对|至少)\)?"
)
_ODD_EVEN = regex(r"(?:每|逢|每逢|按)?(?P<which>单|双|奇数?|偶数?)(?:数)?月份?")
_NEXT = regex(r"(?P<every>每|于)?(?P<which>次|下1?个?)(?P<unit>月|季度?|周|星期|年度?)(?!内)(?:首月|第1个月|的?)?")
_AFTER_BARE = regex(
    r"(?<![一二三四\d第本该当半])(?P<unit>半年度?|季度?|月度?|年度|年|周)(?:度)?(?P<end>末|终了?|结束|过|完)?(?:(?:之|以)?后(?=的?(?:首|前|第)?\d+个?(?:工作)?[日天])|(?:之|以)?后?(?=,?的?(?:次|下1?个?)月\d))"
)
_SHORT_VERBS = ("调度", "通报", "例会", "监测", "更新", "抽查", "汇报", "督查", "会商", "点评")
_TOPICAL = regex(
    r"(?<![\d第本上下当这前的])(?P<unit>(?<!半)(?<!完成|公布|制定|编制|报送|组织)年度(?!..(?:计划|方案|报告))|半年度?|季度?|月度?|周)(?P<verb>抽查|检查|督查|通报|调度|例会|盘点|巡查|监测|考评|更新|至少|不少于|不低于|召开|组织|开展\d*1次|1次|\d次|汇报1?次|会商|点评|公示)"
)
_REPEAT = regex(
    r"(?<![\d每近第])(?:1个?)?(?P<unit>半年|年|季度?|月|周|天|日)(?:内)?(?:至少|不少于)?(?P<times>[1-9])(?:次|报(?!告)|评|调度|通报|总结|督查|检查|汇报|小结|更新|会商|通)"
)
_TIMES = regex(
    r"^(?:(?!每|全年)[^。;；]){0,24}?(?:至少|不少于|不低于|最少|不得少于)[^。;,\d]{0,14}?(\d{1,4})(?:次|场|期|轮|遍|批|篇|条|个|项)"
    r"|^[^。;,]{0,20}?(\d{1,4})(?:次(?!性)|场|轮|遍)"
)
# 年度检查不超过2次: a limit, and nothing that is to be done.
_AT_MOST = regex(r"[^。;；,]{0,14}?(?:不(?:得|能|应)?(?:超过|多于|高于)|至多|最多)[^。;；,\d]{0,4}\d+(?:次|场|回|遍)")


def times_of(text: str, at: int) -> int | None:
    """The count in 每半年至少举办1次, read from `at` to the end of the clause."""
    found = _TIMES.match(text[at : at + 48])
    return int(found[1] or found[2]) if found else None


def rhythm(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """The cadence whose words begin at `at`, with the index after them; None where none begins."""
    for rule in _RULES.get(first(text, at), ()):
        found = rule(text, at, frame)
        if found:
            return None if _AT_MOST.match(text, found[1]) else _counted(text, *found)
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
    placed, end = place(text, found.end(), base, frame)
    return Rhythm(placed), end


# What may stand between a rhythm and its day: 每月固定10日, 按季度于次月10日前.
_LEADING = regex(
    r"(?:(?:固定|统一|原则上|最迟|不迟于|最晚|应|须|要)*(?:于|在)?(?=\d|[首末次]月|第\d|前\d|最后|[上中下]旬|底|周|星期))?"
)
# 按年度计划 names what sets the pace, not a pace.
_SET_BY = ("计划", "安排", "方案", "目标", "要求", "部署", "任务")


def _every(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    found = _EVERY.match(text, at)
    if not found:
        return None
    unit, flag = found["unit"] or found["unit2"] or found["unit3"], None
    if (
        found.group().startswith("按")
        and unit in ("日", "天", "年")
        and not re.match(r"度|公|通|报|上|发|更|调|$|汇|进", text[found.end() :][:1] or "")
    ) or (found.group().startswith("按") and text.startswith(_SET_BY, found.end())):
        return None
    count = found["n"] or ("2" if found["skip"] or found.group().startswith("每隔") else None)
    if count:
        return _multiple(text, found.end(), unit, count, frame)
    everies, end = _listed(text, found.end(), [_WORDS[unit]])
    ahead = len(everies) > 1 or None
    if everies[0] is Every.YEAR and not ahead:
        yearly = _yearly(text, end, frame)
        yearly = yearly or _before_event(text, end)
        if yearly:
            return yearly
    if text.startswith("旬", found.end()):
        return None
    refined = _in_brackets(text, end, everies, frame)
    if refined:
        return refined
    placed, end = place(text, _LEADING.match(text, end).end(), Cadence(everies[0]), frame)  # type: ignore[union-attr]
    more = tuple(_fit(replace(c, every=every)) for every in everies[1:] for c in placed)
    return Rhythm(placed + more, flag), end


def _fit(cadence: Cadence) -> Cadence:
    return cadence if cadence.every is not Every.DAY else Cadence(Every.DAY)


def _multiple(text: str, at: int, unit: str, count: str, frame: Frame) -> tuple[Rhythm, int] | None:
    """每两个月, 每半个月, 隔周: the nearest rhythm, flagged where it is not the very one."""
    name = {"季": "季度", "月度": "月", "年度": "年"}.get(unit, unit)
    if count == "半":
        if name == "年":
            refined = _in_brackets(text, at, [Every.HALF_YEAR], frame)
            placed, end = place(text, at, Cadence(Every.HALF_YEAR), frame)
            return refined or (Rhythm(placed), end)
        return (Rhythm((Cadence(Every.MONTH, day=15), Cadence(Every.MONTH, day=-1))), at) if name == "月" else None
    n = 2 if count in "双两" else int(count)
    if n == 1:
        placed, end = place(text, at, Cadence(_WORDS[unit]), frame)
        return Rhythm(placed), end
    if every := _MULTIPLES.get((n, name)):
        return Rhythm((Cadence(every),)), at
    if (n, name) == (2, "月"):
        placed, end = place(text, at, Cadence(Every.MONTH, odd_even="even"), frame)
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


_NEXT_DAY = regex(
    r"(?:的)?(?P<d>\d{1,2})[日号]?(?:(?:之|以)?[前内])?|(?:的)?(?:前|第)(?P<w>\d{1,4})个工作日(?:(?:之|以)?[内前])?|(?P<end>末|底)前?|(?:周|星期)?(?P<wd>[一二三四五])"
)


def _next(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """次月10日前: counted from the end of the period reported on. 下月10日前 is one date unless 每 stands before."""
    found = _NEXT.match(text, at)
    if not found or (found["which"] != "次" and found["every"] != "每"):
        return None
    every = _WORDS[found["unit"]]
    if every is Every.YEAR or text.startswith(("至", "到"), max(0, at - 1)):
        return None
    day = _NEXT_DAY.match(text, found.end())
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
    placed, end = place(text, start, Cadence(everies[0]), frame)
    return (Rhythm(placed), end) if placed[0].after_period else None


_BARE_UNIT = regex(
    r"(?<![\d第本])(?:下1?个?|次)?(?P<unit>季度?|半年度?)(?=首月\d|末月|末\d|第[1-3]个月|最后1个月)|(?<![\d第本上下])(?P<end>季度?)(?=末(?:之?前|以前|$|[,。;完通报上公更汇集召开]))"
    r"|(?P<whole>全年)(?:度)?(?=[^,。;]{0,14}?(?:不少于|至少|不低于|不得少于)[^,。;]{0,10}?\d+次)"
)


def _bare_unit(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """季末月20日前, 季末前, 全年不少于4次: a rhythm said without 每."""
    found = _BARE_UNIT.match(text, at)
    if not found:
        return None
    if found["whole"]:
        return Rhythm((Cadence(Every.YEAR),)), found.end()
    placed, end = place(text, found.end(), Cadence(_WORDS[found["unit"] or found["end"]]), frame)
    return Rhythm(placed), end


_NAMED = regex(
    r"(?<![^\W\x00-\x2f\x3a-\xff])(?P<unit>月度|季度|半年度?|年度)(?=(?:[、和及或/](?:月度|季度|半年度?|年度))*(?:各\d|公布|公开|报送|上报|更新|通报|$|[,;。)]))"
)


def _named(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """A column that only names the rhythm: 季度, 月度、季度公开."""
    found = _NAMED.match(text, at)
    if not found:
        return None
    everies, end = _listed(text, found.end(), [_WORDS[found["unit"]]])
    return Rhythm(tuple(Cadence(every) for every in everies)), end


def _topical(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """季度抽查, 年度至少研究1次: a rhythm named as an attribute of what is done."""
    found = _TOPICAL.match(text, at)
    if not found or (len(found["unit"]) == 1 and found["verb"] not in _SHORT_VERBS):
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


_RULES = by_first(
    (
        (_odd_even, "每逢按单双奇偶"),
        (_every, "每按逐分各隔以"),
        (_next, "每于次下"),
        (_after_bare, "半季月年周"),
        (_bare_unit, "下次季半全"),
        (_named, "月季半年"),
        (_topical, "年半季月周"),
        (_repeat, DIGIT + "半年季月周天日"),
    )
)


# ---------------------------------------------------------------- dates that come back each year
def _in_brackets(text: str, at: int, everies: list[Every], frame: Frame) -> tuple[Rhythm, int] | None:
    """每半年(6月、12月底前), 每月(次月5日前): the bracket says when in the period."""
    if len(everies) != 1 or not text.startswith("(", at):
        return None
    for found in (rhythm(text, at + 1, frame), _yearly(text, at + 1, frame)):
        if found and all(c.every is everies[0] for c in found[0].cadences):
            return found
    return None


_EVENT_AHEAD = regex(r"的?(?P<what>[^\W\x00-\xff]{1,8}?)(?:之|以)?前(?!后|期|列|提)")


def _before_event(text: str, at: int) -> tuple[Rhythm, int] | None:
    """每年汛期前: the day moves with the event."""
    found = _EVENT_AHEAD.match(text, at)
    if not found or found["what"][-1] in "目提此以空日当先":
        return None
    return Rhythm((Cadence(Every.YEAR),), festival=found["what"]), found.end()


_FOLLOWING_YEAR = regex(r"(?:结束后,?)?(?:次年|翌年|下1年|第2年)(?:的)?")
_AND_EACH_YEAR = regex(r"[、,和及](?:每年|次年|翌年|下1年)?")


def _yearly(text: str, at: int, frame: Frame) -> tuple[Rhythm, int] | None:
    """每年3月31日前; 每年6月底、12月底 spread evenly are one cadence at that spacing."""
    at = at + 1 if text[at : at + 1] in ("的", "于", "在") else at
    year = (frame.today.year if frame.today else None) or frame.year or 2001
    inside = replace(Frame(None, year, None), asking=False)
    if text[at : at + 1] in "末底":
        return Rhythm((Cadence(Every.YEAR, month=12, day=-1),)), hour_end(text, at + 1)
    if text.startswith("年底", at) or text.startswith("年末", at):
        return Rhythm((Cadence(Every.YEAR, month=12, day=-1),)), hour_end(text, at + 2)
    following = _FOLLOWING_YEAR.match(text, at)
    found = stretches(text, following.end() if following else at, inside)
    if not found:
        return None
    moments, end = found
    behind, end = mode(text, end)
    while (sep := _AND_EACH_YEAR.match(text, end)) and behind.before:
        more = stretches(text, sep.end(), inside)
        if not more or not mode(text, more[1])[0].before:
            break
        moments, (behind, end) = moments + more[0], mode(text, more[1])
    if any(m.impossible for m in moments):
        return Rhythm((Cadence(Every.YEAR),), moments[0].flag), end
    if moments[0].grain == "festival":
        return _yearly_festival(text, at, end, behind.before)
    return Rhythm(_spaced([_due(m, behind.before) for m in moments])), end


def _yearly_festival(text: str, at: int, end: int, before: bool) -> tuple[Rhythm, int]:
    """每年国庆节前 is the same day every year, 每年春节前 moves."""
    found = FESTIVAL.match(text, at)
    day = fixed_day(found["name"] or found["numeric"]) if found and before else None
    if day is None:
        return Rhythm((Cadence(Every.YEAR),), festival=text[at:end]), end
    eve = date(2001, *day) - timedelta(days=1)
    last = (eve + timedelta(days=1)).day == 1
    return Rhythm((Cadence(Every.YEAR, month=eve.month, day=-1 if last else eve.day),)), end


def _due(moment: Moment, before: bool) -> tuple[int, int]:
    """Month and day (-1 the month's last) a moment of any year is due."""
    end = moment.end
    if before and not moment.edge and moment.grain in ("month", "quarter"):
        end = moment.start - timedelta(days=1)
    return end.month, -1 if (end + timedelta(days=1)).day == 1 else end.day


def _spaced(dates: list[tuple[int, int]]) -> tuple[Cadence, ...]:
    every = {2: Every.HALF_YEAR, 4: Every.QUARTER, 12: Every.MONTH}.get(len(dates))
    dates = sorted(dates) if len({month for month, _ in dates}) == len(dates) else dates
    months = [month for month, _ in dates]
    if every and len({day for _, day in dates}) == 1:
        step = MONTHS_OF[every]
        if all(b - a == step for a, b in pairwise(months)):
            inside = (months[0] - 1) % step + 1
            return (Cadence(every, month=inside if step > 1 else None, day=dates[0][1]),)
    return tuple(Cadence(Every.YEAR, month=month, day=day) for month, day in dates)
