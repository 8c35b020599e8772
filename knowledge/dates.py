"""Moments: the words that name a day or a stretch of days, shared by documents and by questions.

`moment` reads one (2017年11月中旬, 第四季度, 下周二, 国庆节, “十三五”期末), `stretches` also lists and ranges of them.
The text must have gone through `knowledge.cleaning.clean`. What a missing year means is the `Frame`'s business.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.festivals import FESTIVAL, festival_day, next_festival


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a moment is read: the day it is said, the year and month meant when none is named.

    `asking` is True for a question, whose bare days look forward from `today`.
    """

    today: date | None
    year: int | None
    month: int | None = None
    asking: bool = False

    @classmethod
    def document(cls, issued: date | None, year: int | None) -> Frame:
        """The frame of a document: `year` is what it is about, else the year it was issued in."""
        return cls(issued, year or (issued.year if issued else None), issued.month if issued else None)

    @classmethod
    def question(cls, today: date) -> Frame:
        """The frame of a question asked on `today`."""
        return cls(today, today.year, today.month, asking=True)

    def after(self, left: Moment) -> Frame:
        """The frame of a range's or list's next member, which borrows year and month from `left`."""
        return replace(self, year=left.end.year, month=left.end.month)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days, both ends included.

    `grain` names its size. `edge` is set when the words already mean its end (底, 末, 内). `dated` says a year was
    named; `deictic` that it hangs on the day it is said (本月, 下周). `flag` is a reason to look, `impossible` a date
    that no calendar has; start and end are then without meaning.
    """

    start: date
    end: date
    grain: str
    edge: bool = False
    dated: bool = False
    deictic: bool = False
    span: bool = False
    flag: str | None = None
    impossible: bool = False
    gone: bool = False


Found = tuple[Moment, int]
NO_YEAR = "没有写年份，文件年份也不知道"
_EPOCH = date(1, 1, 1)


def last_day(year: int, month: int) -> int:
    """The number of days in the month."""
    return monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def _impossible(flag: str, grain: str = "day") -> Moment:
    return Moment(_EPOCH, _EPOCH, grain, flag=flag, impossible=True, edge=True)


def _day(year: int | None, month: int, day: int, dated: bool = False, flag: str | None = None) -> Moment:
    if year is None:
        return _impossible(NO_YEAR)
    if not 1 <= month <= 12:
        return _impossible(f"没有{month}月")
    if not 1 <= day <= last_day(year, month):
        return _impossible(f"{month}月没有{day}日")
    found = date(year, month, day)
    return Moment(found, found, "day", dated=dated, flag=flag)


def _months(year: int | None, first: int, last: int, grain: str, dated: bool = False, edge: bool = False) -> Moment:
    if year is None:
        return _impossible(NO_YEAR, grain)
    if not 1 <= first <= last <= 12:
        return _impossible(f"没有{first}月", grain)
    return Moment(date(year, first, 1), date(year, last, last_day(year, last)), grain, edge=edge, dated=dated)


# ---------------------------------------------------------------- five-year plans
_PLAN = re.compile(
    r"[“\"'「『]?十(?P<n>[一二三四五六七])五[”\"'」』]?(?:规划)?(?:时期|期间|规划期)?"
    r"(?P<edge>末期|期末|末|收官之年|内)?(?P<initial>期初|初期|初|开局之年)?"
)
_TOPIC_PLAN = re.compile(r"(?:规划|计划)(?!期)(?:纲要|编制|实施|建议|前期|任务|重大|目标)?")


def _plan(text: str, at: int, frame: Frame) -> Found | None:
    found = _PLAN.match(text, at)
    if not found or (found.group().endswith("规划") or _TOPIC_PLAN.match(text, found.end())):
        return None
    if not (found["edge"] or found["initial"] or found.group().endswith(("期间", "时期", "规划期"))):
        return None
    first = 1951 + 5 * (11 + "一二三四五六七".index(found["n"]))
    if found["initial"]:
        return Moment(date(first, 1, 1), date(first, 12, 31), "year", dated=True, flag="“初”按第一年理解"), found.end()
    return Moment(date(first, 1, 1), date(first + 4, 12, 31), "plan", edge=bool(found["edge"]), dated=True), found.end()


# ---------------------------------------------------------------- dates in figures
_BEFORE = r"(?:之|以)?前|止|起|截止|完成|至|到|-"
_FIGURES = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?:日|号)?(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)[./-](?P<m2>\d{1,2})(?:月份?)?(?P<e2>[底末])?(?![\d.])"
    rf"|(?P<m3>\d{{1,2}})[./](?P<d3>\d{{1,2}})(?:日|号)?(?=$|{_BEFORE}|[,;。)])"
    r"|(?P<y4>(?:19|20)\d\d)(?P<md4>\d{3,4})(?:日|号|(?=\D|$))"
    r"|(?P<y5>(?:19|20)\d\d)(?P<m5>\d{1,2})月(?P<e5>[底末])?"
    r"|(?P<y6>(?:19|20)\d\d)年(?P<md6>\d{3,4})(?:日|号)"
    r"|(?P<md7>\d{3,4})日(?=(?:之|以)?前|止|截止)"
)


def _figures(text: str, at: int, frame: Frame) -> Found | None:
    found = _FIGURES.match(text, at)
    if not found:
        return None
    end, got = found.end(), found.groupdict()
    if got["y"]:
        return _day(int(got["y"]), int(got["m"]), int(got["d"]), dated=True), end
    if got["y2"]:
        return (
            (_months(int(got["y2"]), int(got["m2"]), int(got["m2"]), "month", True, bool(got["e2"])), end)
            if 1 <= int(got["m2"]) <= 12
            else None
        )
    if got["m3"]:
        month, day = int(got["m3"]), int(got["d3"])
        return (_day(frame.year, month, day), end) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if got["y5"]:
        return _lost_year(text, found)
    if got["md7"]:
        return _lost(frame.year, got["md7"], found.group(), end, dated=False)
    return _lost(int(got["y4"] or got["y6"]), got["md4"] or got["md6"], found.group(), end, dated=True)


def _lost_year(text: str, found: re.Match[str]) -> Found | None:
    """201912月: the sign 年 was lost."""
    month = int(found["m5"])
    if not 1 <= month <= 12 or re.match(r"\d", text[found.end() :]):
        return None
    moment = _months(int(found["y5"]), month, month, "month", True, bool(found["e5"]))
    return replace(moment, flag=f"原文“{found.group()}”缺“年”字，按{found['y5']}年{month}月理解"), found.end()


def _lost(year: int | None, digits: str, words: str, end: int, dated: bool) -> Found | None:
    """1215日, 2019930日: taken only when exactly one split is a day of that year."""
    splits = [(int(digits[:cut]), int(digits[cut:])) for cut in (1, 2) if digits[cut] != "0" or len(digits) - cut == 2]
    splits = [(m, d) for m, d in splits if 1 <= m <= 12 and 1 <= d <= last_day(year or 2000, m)]
    splits = [(m, d) for m, d in splits if len(digits) == 3 or digits[0] != "0" or m < 10]
    if not splits:
        return None
    if len(splits) > 1:
        ways = "或".join(f"{m}月{d}日" for m, d in splits)
        return _impossible(f"原文“{words}”有缺字，可能是{ways}，请核对"), end
    month, day = splits[0]
    if len(digits) == 4 and words == f"{year}{digits}":
        return _day(year, month, day, dated), end
    return _day(year, month, day, dated, flag=f"原文“{words}”缺字，按{month}月{day}日理解"), end


# ---------------------------------------------------------------- years and what stands inside them
_RANGE_OR_LIST = r"(?:(?:年|至|到|、|和|及|与|-+)"
_YEAR = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:年度?|(?=(?:至|到|-+|、|和)(?:19|20)\d\d年))"
    r"|(?P<yy>\d\d)年(?=\d|年?[底末初终]|上半|下半|第|Q)"
    r"|(?P<word>今年度?|本年度?|当年|明年|来年|次年|翌年|去年|上年度?|上1年度?|后年|前年)"
)
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
_TWO_DIGITS = re.compile(r"(?<!\d)\d\d年")


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


_YEAR_PART = re.compile(
    r"(?P<edge>年?[底末](?!端)|年终|岁末|终(?=前|之前))|(?P<initial>年?初(?!步|期|始|次|级|中|审|稿))|(?P<middle>年中(?!国|央|心|小))"
    r"|(?P<half>[上下])半年|第?(?P<q>[1-4])(?:季度?|(?=(?:(?:至|到|-+|、|和|及)第?[1-4])+季))|首季度?|Q(?P<q2>[1-4])|[qQ](?P<q3>[1-4])"
)
_TAIL = re.compile(r"[末底](?!月)")
_BARE_YEAR_END = re.compile(
    r"(?<![每今明去全近多几前后上\d])年(?:底|末|终)|岁末|岁尾|(?<![每\d半一今])年内|(?<![每\d全])年(?:中|初)(?=$|前|之前|以前|完|要|的|[,。])"
)


def _year_part(text: str, at: int, year: int | None, dated: bool) -> Found | None:
    found = _YEAR_PART.match(text, at)
    if not found:
        return None
    if found["edge"]:
        return _months(year, 1, 12, "year", dated, edge=True), found.end()
    if found["initial"]:
        return replace(_months(year, 1, 1, "month", dated), flag="“年初”按1月理解"), found.end()
    if found["middle"]:
        return replace(_months(year, 1, 6, "half", dated, edge=True), flag="“年中”按6月底理解"), found.end()
    tail = _TAIL.match(text, found.end())
    end, edge = (tail.end(), True) if tail else (found.end(), False)
    if found["half"]:
        first = 1 if found["half"] == "上" else 7
        return _months(year, first, first + 5, "half", dated, edge), end
    quarter = int(found["q"] or found["q2"] or found["q3"] or 1)
    return _months(year, 3 * quarter - 2, 3 * quarter, "quarter", dated, edge), end


# ---------------------------------------------------------------- months, ten-day parts, days
_MONTH = re.compile(
    r"(?P<m>\d{1,2})(?:月份?|(?=(?:(?:至|到|-+|、|和|及)\d{1,2})+月))|(?P<first>元月份?|正月)"
    r"|(?P<word>本月|当月|这个?月|上上个?月|上个?月|下下个?月|下个?月|次月)份?"
    r"|(?P<bare>(?<![每个单双逢\d本当这上下次按逐半数几])月(?=[底末内初]|中(?:旬|前|之前|$)))"
)
_MONTH_SHIFTS = {"上上": -2, "上个": -1, "上月": -1, "下下": 2, "下个": 1, "下月": 1, "次月": 1}
_MONTH_PART = re.compile(
    r"(?P<edge>月?[底末]+)|(?P<within>(?:之|以)?内(?!容|部))|(?P<initial>初(?!步|期|始|次|级|中|审|稿))"
    r"|(?P<xun>(?:[上中下](?:旬?[、和至到-])?)*[上中下])旬|(?P<half>[上下])半月|(?P<middle>中(?=$|前|之前|以前|完成))"
    r"|最后1(?:个(?P<work>工作)?日|天)"
)
_DAY = re.compile(
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
            return _impossible("不知道从哪个月算起", "month"), found.end()
    else:
        month = int(found["m"] or 1)
    if year is None:
        end = found.end() + (_in_month_end(text, found.end()))
        return _impossible(NO_YEAR), end
    if not 1 <= month <= 12:
        return None
    if frame.asking and not (dated or deictic):
        year = _forward(year, month, frame)
    moment, end = _in_month(text, found.end(), year, month)
    return replace(moment, dated=dated or moment.dated, deictic=deictic), end


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
    whole = _months(year, month, month, "month")
    day = _DAY.match(text, at)
    if day:
        return _day(year, month, int(day["d"])), day.end()
    part = _MONTH_PART.match(text, at)
    if not part:
        return whole, at
    if part["edge"] or part["within"]:
        return replace(whole, edge=True), part.end()
    if part["xun"]:
        return _ten_days(year, month, part["xun"]), part.end()
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
_BORROWED = re.compile(r"(?P<xun>[上中下])旬|(?P<d>\d{1,2})[日号](?!内|以内|之内|线|文|楼|令)")


def _borrowed(text: str, at: int, frame: Frame) -> Found | None:
    found = _BORROWED.match(text, at)
    if not found or frame.month is None or frame.year is None:
        return None
    if found["xun"]:
        return replace(_ten_days(frame.year, frame.month, found["xun"]), deictic=True), found.end()
    first = date(frame.year, frame.month, 1)
    if frame.asking and frame.today and frame.month == frame.today.month and int(found["d"]) < frame.today.day:
        return replace(_day(frame.year, frame.month, int(found["d"])), deictic=True), found.end()
    moment = _day(first.year, first.month, int(found["d"]))
    return replace(moment, deictic=True, flag=moment.flag or "没有写月份，按发文当月理解"), found.end()


# ---------------------------------------------------------------- weeks and days seen from today
_WEEK = re.compile(
    r"(?P<which>下下|上上|[本这上下])个?(?:周|星期|礼拜)(?P<day>[1-7一二三四五六日天])?(?P<end>末)?(?P<within>(?:之|以)?内)?"
    r"|(?<![每\d第首半两几逐按各隔])(?:周|星期|礼拜)(?P<day2>[一二三四五六日天1-6])(?!年|期)|(?<![每\d])周(?P<end2>末)"
)
_WEEKS = {"下下": 2, "上上": -2, "上": -1, "下": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(7)}
_NEAR = re.compile(
    r"(?P<word>大后[天日]|后[天日]|明[天日早晚儿]|今[天日晚早儿]|昨[天日晚儿]|大?前[天日](?!性))(?:个)?(?:内|之内)?"
)
_NEAR_SHIFTS = {"大后": 3, "后": 2, "明": 1, "今": 0, "昨": -1, "前": -2, "大前": -3}


def weekday_of(character: str) -> int:
    """0 for Monday … 6 for Sunday."""
    return _WEEKDAYS[character]


def _week(text: str, at: int, frame: Frame) -> Found | None:
    found = _WEEK.match(text, at)
    if not found or frame.today is None:
        return None
    monday = frame.today + timedelta(days=7 * _WEEKS.get(found["which"] or "", 0) - frame.today.weekday())
    name = found["day"] or found["day2"]
    if name:
        day = monday + timedelta(days=_WEEKDAYS[name])
        return Moment(day, day, "day", deictic=True), found.end()
    if found["end"] or found["end2"]:
        return Moment(monday + timedelta(days=5), monday + timedelta(days=6), "weekend", deictic=True), found.end()
    return Moment(monday, monday + timedelta(days=6), "week", deictic=True, edge=bool(found["within"])), found.end()


def _near(text: str, at: int, frame: Frame) -> Found | None:
    found = _NEAR.match(text, at)
    if not found or frame.today is None:
        return None
    day = frame.today + timedelta(days=_NEAR_SHIFTS[found["word"][:-1]])
    return Moment(day, day, "day", deictic=True), found.end()


# ---------------------------------------------------------------- festivals
def _festival(text: str, at: int, year: int | None, frame: Frame) -> Found | None:
    found = FESTIVAL.match(text, at)
    if not found:
        return None
    name = found["name"] or found["numeric"]
    if year is not None:
        day = festival_day(name, year)
    elif frame.today is not None:
        day = next_festival(name, frame.today)
    else:
        day = festival_day(name, frame.year) if frame.year else None
    if day is None:
        return _impossible(NO_YEAR, "festival"), found.end()
    return Moment(day, day, "festival", dated=year is not None), found.end()


# ---------------------------------------------------------------- one moment
_RULES_WITHOUT_YEAR = (_plan, _figures, _week, _near, _borrowed)


def moment(text: str, at: int, frame: Frame) -> Found | None:
    """The moment whose words begin at `at`, with the index after them; None where none begins."""
    named = _year(text, at, frame)
    if named:
        figures = _figures(text, at, frame)
        if figures:
            return figures
        return _in_year(text, named, frame)
    bare = _BARE_YEAR_END.match(text, at)
    if bare:
        return _bare_year(bare, frame)
    found = (
        _festival(text, at, None, frame)
        or _year_part(text, at, frame.year, False)
        or _plan(text, at, frame)
        or _figures(text, at, frame)
    )
    found = found or _month(text, at, None if _needs_origin(text, at) else frame.year, frame, False)
    return found or _week(text, at, frame) or _near(text, at, frame) or _borrowed(text, at, frame)


def _needs_origin(text: str, at: int) -> bool:
    """本月, 月底: the month is the one it is said in, whatever year the document is about."""
    return not text[at].isdecimal() and not text.startswith(("元月", "正月"), at)


def _bare_year(found: re.Match[str], frame: Frame) -> Found:
    words = found.group()
    if words == "年中":
        return replace(_months(frame.year, 1, 6, "half", edge=True), flag="“年中”按6月底理解"), found.end()
    if words == "年初":
        return replace(_months(frame.year, 1, 1, "month"), flag="“年初”按1月理解"), found.end()
    return _months(frame.year, 1, 12, "year", edge=True), found.end()


def _in_year(text: str, named: tuple[int | None, int, str], frame: Frame) -> Found | None:
    year, at, how = named
    dated = how in ("full", "short")
    if text.startswith("的", at):
        at += 1
    bare_year = re.compile(r"(?:以|之)?内(?!容|部|涵)").match(text, at)
    found = _year_part(text, at, year, True) or _month(text, at, year, frame, True) or _festival(text, at, year, frame)
    if found:
        inside, end = found
    elif how == "short":
        return None
    elif bare_year:
        inside, end = _months(year, 1, 12, "year", edge=True), bare_year.end()
    else:
        inside, end = _months(year, 1, 12, "year"), at - (1 if text[at - 1] == "的" else 0)
    gone = how in ("去年", "上年", "上年度", "上1年", "上1年度", "前年")
    return replace(inside, dated=dated, deictic=not dated, gone=gone), end


# ---------------------------------------------------------------- lists and ranges
_TO = re.compile(r"(?:起|开始|始)?(?:,|、)?(?:一直|持续|直)?(?:至|到|-+)|起-+")
_AND = re.compile(r"、|和|及|与|以及|或|,(?=\d{1,2}月)")
_NOW = re.compile(
    r"(?:即日|现在|目前|即时|(?:本)?[一-龥]{0,6}?(?:印发|发文|发布|下发)之日)(?:起|开始)?,?(?:一直|持续|直)?(?:至|到|-+)"
)


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
    while sep := _AND.match(text, end):
        more = None if found[-1].impossible else _ranged(text, sep.end(), frame.after(found[-1]))
        if more is None or not _alike(found[-1], more[0]):
            break
        found, end = [*found, more[0]], more[1]
    return (tuple(found), end) if len(found) == 1 else (_listed(found, text, end), end)


def _alike(left: Moment, right: Moment) -> bool:
    return right.grain == left.grain or (
        {left.grain, right.grain} <= {"day", "xun", "month", "year", "half", "quarter"} and left.edge
    )


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


def _listed(found: list[Moment], text: str, end: int) -> tuple[Moment, ...]:
    if found[-1].edge and not text.startswith("内", end):
        found = [replace(m, edge=True) if m.grain == found[-1].grain else m for m in found]
    touching = all(b.start == a.end + timedelta(days=1) for a, b in zip(found, found[1:], strict=False))
    if touching and not found[-1].edge and found[0].grain != "half" and not text.startswith("各", end):
        joined = Moment(found[0].start, found[-1].end, "range", dated=found[0].dated, span=True)
        return (joined,)
    return tuple(found)


# ---------------------------------------------------------------- what stands behind a moment
_HOUR = r"(?:的)?(?:(?:\([^()]{1,6}\))?(?:上午|下午|中午|晚上|早上|晚|早)?(?:\d{1,2}(?:[:：]\d\d|[点时](?:\d{1,2}分?|整|半)?)|零时|零点|下班|上班|收工|午夜)|上午|下午|晚上)?"
_MODE = re.compile(
    rf"(?P<hour>{_HOUR})(?:(?P<before>(?:之|以)?前(?!后|期|列|提|沿|端|瞻|置|身|往|景|任|台|言|述|者|三季|四季)|截止|为止|止(?!损|血|咳))"
    r"|(?P<within>(?:之|以)?内(?!容|部|外|涵|蒙|设|控|生))"
    r"|(?P<since>起(?!草|到|步|诉|点|来|伏)|开始|以来|之后|以后|后(?!续|勤|备|台|期|者))|(?P<during>期间))?"
)


@dataclass(frozen=True, slots=True)
class Mode:
    """What the words after a moment make of it; at most one is set."""

    before: bool = False
    within: bool = False
    since: bool = False
    during: bool = False


def mode(text: str, at: int) -> tuple[Mode, int]:
    """The mode words at `at` (前, 内, 起, 期间; an hour of the day is passed over) and the index after them."""
    found = _MODE.match(text, at)
    if not found:
        return Mode(), at
    return Mode(bool(found["before"]), bool(found["within"]), bool(found["since"]), bool(found["during"])), found.end()
