"""One moment: the words that name a day or a period, shared by documents and by questions.

`moment` reads 2017年11月中旬, 第四季度, 下周二, 国庆节, “十三五”期末. The text must have gone through
`knowledge.deadlines.cleaning.clean`. What a missing year means is the `Frame`'s business.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from knowledge.deadlines.beginnings import DIGIT, QUOTES, by_first, first
from knowledge.deadlines.festivals import FESTIVE
from knowledge.deadlines.figures import figures
from knowledge.deadlines.moments import (
    NO_YEAR,
    Found,
    Frame,
    Moment,
    add_months,
    day_of,
    impossible,
    last_day,
    months_of,
)
from knowledge.deadlines.nearby import festival, near, pair, plan, this_quarter, week
from knowledge.normal import HAN
from knowledge.patterns import regex

# ---------------------------------------------------------------- years and what stands inside them
_YEAR = regex(
    r"(?P<y>(?:19|20)\d\d)(?:年度?|(?=(?:至|到|-+|、|和)(?:19|20)\d\d年))"
    r"|(?P<yy>\d\d)年(?=\d|年?[底末初终]|上半|下半|第|Q)"
    r"|(?P<word>今年度?|本年度?|当年|明年|来年|次年|翌年|去年|上年度?|上1年度?|后年|前年)"
)
_WITHIN_YEAR = regex(r"(?:以|之)?内(?!容|部|涵)")
_SHIFTS = {
    "明年": 1,
    "来年": 1,
    "次年": 1,
    "翌年": 1,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "上1年": -1,
    "上1年度": -1,
    "后年": 2,
    "前年": -2,
}


def _year(text: str, at: int, frame: Frame) -> tuple[int | None, int, str] | None:
    """The year, where it ends, and how it was said: full, short or a word."""
    found = _YEAR.match(text, at)
    if not found:
        return None
    if found["y"]:
        return int(found["y"]), found.end(), "full"
    if found["yy"]:
        return 2000 + int(found["yy"]), found.end(), "short"
    base = frame.year
    if found["word"] in ("明年", "来年", "去年", "后年", "前年") and frame.today:
        base = frame.today.year
    return (base + _SHIFTS.get(found["word"], 0) if base else None), found.end(), found["word"]


_YEAR_PART = regex(
    r"(?P<edge>年?[底末](?!端)|年终|岁末|终(?=前|之前)|结束(?=(?:之|以)?前))|(?P<initial>年?初(?!步|期|始|次|级|中|审|稿))|(?P<middle>年中(?!国|央|心|小))"
    rf"|(?P<half>[上下])半年|第?(?P<q>[1-4])(?:季度?|(?=(?:(?:至|到|-+|、|和|及)第?[1-4])+季))|首季度?|前(?P<first>[23])个?季度|(?:(?<=[年度在对把将])|(?<!{HAN}))前(?P<months>\d{{1,2}})个月|Q(?P<q2>[1-4])|[qQ](?P<q3>[1-4])"
)
_TAIL = regex(r"[末底](?!月)|结束(?=(?:之|以)?前)")
_BARE_YEAR_END = regex(
    r"(?<![每今明去全近多几前后上\d])年(?:底|末|终)|岁末|岁尾|(?<![每\d半一今本])年度?内|(?<![每\d全])年(?:中|初)(?=$|前|之前|以前|完|要|的|[,。])"
)


def _year_part(text: str, at: int, year: int | None, dated: bool) -> Found | None:
    found = _YEAR_PART.match(text, at)
    if not found:
        return None
    if found["edge"]:
        return months_of(year, 1, 12, "year", dated, edge=True), found.end()
    if found["initial"]:
        return replace(months_of(year, 1, 1, "month", dated), flag="“年初”按1月理解"), found.end()
    if found["middle"]:
        return replace(months_of(year, 1, 6, "half", dated, edge=True), flag="“年中”按6月底理解"), found.end()
    if found["first"] or found["months"]:
        last = int(found["months"]) if found["months"] else 3 * int(found["first"])
        return (replace(months_of(year, 1, last, "range", dated), span=True), found.end()) if 1 <= last <= 12 else None
    tail = _TAIL.match(text, found.end())
    end, edge = (tail.end(), True) if tail else (found.end(), False)
    if found["half"]:
        first = 1 if found["half"] == "上" else 7
        return months_of(year, first, first + 5, "half", dated, edge), end
    quarter = int(found["q"] or found["q2"] or found["q3"] or 1)
    return months_of(year, 3 * quarter - 2, 3 * quarter, "quarter", dated, edge), end


# ---------------------------------------------------------------- months, ten-day parts, days
_MONTH = regex(
    r"(?P<m>\d{1,2})(?:月份?|(?=[底末](?:之|以)?前)|(?=(?:(?:至|到|-+|、|和|及)\d{1,2})+月))|(?P<first>元月份?|正月)"
    r"|(?P<word>本月|当月|这1?个?月|上上个?月|上1?个?月|下下个?月|下1?个?月|次月)份?"
    r"|(?P<bare>(?<![每个单双逢\d本当这上下次按逐半数几俩])月(?=[底末内初]|中(?:旬|前|之前|$)))"
)
_MONTH_SHIFTS = {"上上": -2, "上个": -1, "上月": -1, "上1": -1, "下下": 2, "下个": 1, "下月": 1, "下1": 1, "次月": 1}
_MONTH_PART = regex(
    r"(?P<edge>月?[底末]+|结束(?=(?:之|以)?前))|(?P<within>(?:之|以)?内(?!容|部))|(?P<initial>初(?!步|期|始|次|级|中|审|稿))"
    r"|(?P<xun>(?:[上中下](?:旬?[、和至到-])?)*[上中下])旬(?P<last>[末底])?|(?P<half>[上下])半月|(?P<middle>中(?=$|前|之前|以前|完成))"
    r"|最后1(?:个(?P<work>工作)?日|天)"
)
_DAY = regex(
    r"(?P<d>\d{1,2})(?:[日号]|(?=(?:之|以)?前|止|起|(?:至|到|-+|、)(?:\d{1,2}月)?\d{1,2}[日号]|(?:至|到|-+)\d{1,2}(?:之|以)?前))"
)
_XUN = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


def _month(text: str, at: int, year: int | None, frame: Frame, dated: bool) -> Found | None:
    found = _MONTH.match(text, at)
    if not found:
        return None
    deictic = bool(found["word"] or found["bare"])
    if deictic:
        year, month = _deictic_month(found["word"] or "", frame, year)
        if month is None:
            return impossible("不知道从哪个月算起", "month"), found.end()
    else:
        month = int(found["m"] or 1)
    if year is None:
        end = found.end() + (_in_month_end(text, found.end()))
        return impossible(NO_YEAR), end
    if not 1 <= month <= 12:
        return impossible(f"没有{month}月", "month"), found.end() + _in_month_end(text, found.end())
    if frame.asking and not (dated or deictic):
        year = _forward(year, month, frame)
    moment, end = _in_month(text, found.end(), year, month)
    flag = moment.flag or _lost_sign(found, text)
    gone = (found["word"] or "").startswith("上")
    return replace(moment, dated=dated or moment.dated, deictic=deictic, flag=flag, gone=gone), end


def _lost_sign(found: re.Match[str], text: str) -> str | None:
    """Why to look at 9底前."""
    if found["m"] and found.group() == found["m"] and text.startswith(("底", "末"), found.end()):
        return f"原文“{found['m']}{text[found.end()]}”缺“月”字，按{found['m']}月理解"
    return None


def _forward(year: int, month: int, frame: Frame) -> int:
    """A month named late in the year that lies nine or more months back is next year's."""
    today = frame.today
    return year + 1 if today and year == today.year and month <= today.month - 9 else year


def _deictic_month(word: str, frame: Frame, year: int | None) -> tuple[int | None, int | None]:
    base = frame.month or (frame.today.month if frame.today else None)
    if base is None:
        return year, None
    origin = frame.today if frame.today and not frame.asking else None
    base_year = year or (origin.year if origin else frame.year)
    if base_year is None:
        return None, None
    moved = add_months(date(base_year, base, 1), _MONTH_SHIFTS.get(word[:2], 0))
    return moved.year, moved.month


def _in_month_end(text: str, at: int) -> int:
    found = _MONTH_PART.match(text, at) or _DAY.match(text, at)
    return found.end() - at if found else 0


def _in_month(text: str, at: int, year: int, month: int) -> Found:
    whole = months_of(year, month, month, "month")
    day = _DAY.match(text, at)
    if day:
        return day_of(year, month, int(day["d"])), day.end()
    part = _MONTH_PART.match(text, at)
    if not part:
        return whole, at
    if part["edge"] or part["within"]:
        return replace(whole, edge=True), part.end()
    if part["xun"]:
        return replace(_ten_days(year, month, part["xun"]), edge=bool(part["last"])), part.end()
    if part["half"]:
        first, last = (1, 15) if part["half"] == "上" else (16, whole.end.day)
        return Moment(date(year, month, first), date(year, month, last), "xun"), part.end()
    if part["initial"] or part["middle"]:
        xun, word = ("上", "初") if part["initial"] else ("中", "中")
        return replace(_ten_days(year, month, xun), flag=f"“{word}”按{xun}旬理解"), part.end()
    flag = "“最后一个工作日”按月末理解，请核对" if part["work"] else None
    return Moment(whole.end, whole.end, "day", edge=True, flag=flag), part.end()


def _ten_days(year: int, month: int, names: str) -> Moment:
    parts = [c for c in names if c in _XUN]
    last = min(_XUN[parts[-1]][1], last_day(year, month))
    return Moment(date(year, month, _XUN[parts[0]][0]), date(year, month, last), "xun")


# A part of a month whose month was named before, or is this one: 上旬至中旬, 15日前.
_BORROWED = regex(r"(?P<xun>[上中下])旬|(?P<half>[上下])半月|(?P<d>\d{1,2})[日号](?!内|以内|之内|线|文|楼|令)")


def _borrowed(text: str, at: int, frame: Frame) -> Found | None:
    found = _BORROWED.match(text, at)
    if not found or frame.month is None or frame.year is None:
        return None
    if found["xun"]:
        return replace(_ten_days(frame.year, frame.month, found["xun"]), deictic=True), found.end()
    if found["half"]:
        first, last = (1, 15) if found["half"] == "上" else (16, last_day(frame.year, frame.month))
        return Moment(
            date(frame.year, frame.month, first), date(frame.year, frame.month, last), "xun", deictic=True
        ), found.end()
    if frame.asking and frame.today and frame.month == frame.today.month and int(found["d"]) < frame.today.day:
        return replace(day_of(frame.year, frame.month, int(found["d"])), deictic=True), found.end()
    moment = day_of(frame.year, frame.month, int(found["d"]))
    return replace(moment, deictic=True, flag=moment.flag or "没有写月份，按发文当月理解"), found.end()


# ---------------------------------------------------------------- one moment
def moment(text: str, at: int, frame: Frame) -> Found | None:
    """The moment whose words begin at `at`, with the index after them; None where none begins."""
    for rule in _RULES.get(first(text, at), ()):
        found = rule(text, at, frame)
        if found:
            return found
    return None


def _with_year(text: str, at: int, frame: Frame) -> Found | None:
    named = _year(text, at, frame)
    return named and (figures(text, at, frame) or _in_year(text, named, frame))


def _bare_year(text: str, at: int, frame: Frame) -> Found | None:
    found = _BARE_YEAR_END.match(text, at)
    if not found:
        return None
    words = found.group()
    if words == "年中":
        return replace(months_of(frame.year, 1, 6, "half", edge=True), flag="“年中”按6月底理解"), found.end()
    if words == "年初":
        return replace(months_of(frame.year, 1, 1, "month"), flag="“年初”按1月理解"), found.end()
    return months_of(frame.year, 1, 12, "year", edge=True), found.end()


def _festival_without_year(text: str, at: int, frame: Frame) -> Found | None:
    return festival(text, at, None, frame)


def _part_of_this_year(text: str, at: int, frame: Frame) -> Found | None:
    return _year_part(text, at, frame.year, False)


def _month_without_year(text: str, at: int, frame: Frame) -> Found | None:
    return _month(text, at, None if _needs_origin(text, at) else frame.year, frame, False)


_RULES = by_first(
    (
        (_with_year, DIGIT + "今本当明来次翌去上后前"),
        (_bare_year, "年岁"),
        (pair, "今明后本这"),
        (this_quarter, "本这当上下"),
        (_festival_without_year, FESTIVE),
        (_part_of_this_year, DIGIT + "年底末岁终初结上下第首前Qq"),
        (plan, QUOTES + "十"),
        (figures, DIGIT),
        (_month_without_year, DIGIT + "元正本当这上下次月"),
        (week, "下上本这周星礼"),
        (near, "大后明今昨前"),
        (_borrowed, DIGIT + "上中下"),
    )
)


def _needs_origin(text: str, at: int) -> bool:
    """本月, 月底: the month is the one it is said in, whatever year the document is about."""
    return not text[at].isdecimal() and not text.startswith(("元月", "正月"), at)


def _in_year(text: str, named: tuple[int | None, int, str], frame: Frame) -> Found | None:
    year, at, how = named
    dated = how in ("full", "short")
    if text.startswith("的", at):
        at += 1
    within = _WITHIN_YEAR.match(text, at)
    found = _year_part(text, at, year, True) or _month(text, at, year, frame, True) or festival(text, at, year, frame)
    if found:
        inside, end = found
    elif how == "short":
        return None
    elif within:
        inside, end = months_of(year, 1, 12, "year", edge=True), within.end()
    else:
        inside, end = months_of(year, 1, 12, "year"), at - (1 if text[at - 1] == "的" else 0)
    gone = how in ("去年", "上年", "上年度", "上1年", "上1年度", "前年")
    return replace(inside, dated=dated, deictic=not dated, gone=gone), end
