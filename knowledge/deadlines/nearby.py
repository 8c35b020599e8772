"""Time words that hang on the day they are said: 下周二, 明天, 明后两天, and five-year plans and festivals by name."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.deadlines.festivals import FESTIVAL, festival_day, next_festival
from knowledge.deadlines.moments import NO_YEAR, Found, Frame, Moment, add_months, impossible
from knowledge.patterns import regex

# ---------------------------------------------------------------- five-year plans
_PLAN = regex(
    r"[“\"'「『]?十(?P<n>[一二三四五六七])五[”\"'」』]?(?:规划)?(?:时期|期间|规划期)?"
    r"(?P<edge>末期|期末|末|收官之年|内|结束(?=(?:之|以)?前))?(?P<initial>期初|初期|初|开局之年)?"
)
_TOPIC_PLAN = regex(r"(?:规划|计划)(?!期)(?:纲要|编制|实施|建议|前期|任务|重大|目标)?")


def plan(text: str, at: int, frame: Frame) -> Found | None:
    found = _PLAN.match(text, at)
    if not found or (found.group().endswith("规划") or _TOPIC_PLAN.match(text, found.end())):
        return None
    if not (found["edge"] or found["initial"] or found.group().endswith(("期间", "时期", "规划期"))):
        return None
    first = 1951 + 5 * (11 + "一二三四五六七".index(found["n"]))
    if found["initial"]:
        return Moment(date(first, 1, 1), date(first, 12, 31), "year", dated=True, flag="“初”按第一年理解"), found.end()
    return Moment(date(first, 1, 1), date(first + 4, 12, 31), "plan", edge=bool(found["edge"]), dated=True), found.end()


# ---------------------------------------------------------------- weeks and days seen from today
_WEEK = regex(
    r"(?P<which>下下|上上|[本这上下])1?个?(?:周|星期|礼拜)(?P<day>[1-7一二三四五六日天])?(?P<end>末)?(?P<within>(?:之|以)?内)?"
    r"|(?<![每\d第首半两几逐按各隔])(?:周|星期|礼拜)(?P<day2>[一二三四五六日天1-6])(?!年|期)|(?<![每\d])周(?P<end2>末)"
)
_WEEKS = {"下下": 2, "上上": -2, "上": -1, "下": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(7)}
_NEAR = regex(
    r"(?P<word>大后[天日]|后[天日]|明[天日早晚儿]|今[天日晚早儿]|昨[天日晚儿]|大?前[天日](?!性))(?:个)?(?:内|之内)?"
)
_NEAR_SHIFTS = {"大后": 3, "后": 2, "明": 1, "今": 0, "昨": -1, "前": -2, "大前": -3}


def weekday_of(character: str) -> int:
    """0 for Monday … 6 for Sunday."""
    return _WEEKDAYS[character]


def week(text: str, at: int, frame: Frame) -> Found | None:
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
    gone = (found["which"] or "").startswith("上")
    return Moment(
        monday, monday + timedelta(days=6), "week", bool(found["within"]), deictic=True, gone=gone
    ), found.end()


def near(text: str, at: int, frame: Frame) -> Found | None:
    found = _NEAR.match(text, at)
    if not found or frame.today is None:
        return None
    day = frame.today + timedelta(days=_NEAR_SHIFTS[found["word"][:-1]])
    return Moment(day, day, "day", deictic=True), found.end()


# ---------------------------------------------------------------- festivals
def festival(text: str, at: int, year: int | None, frame: Frame) -> Found | None:
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
        return impossible(NO_YEAR, "festival"), found.end()
    return Moment(day, day, "festival", dated=year is not None), found.end()


# ---------------------------------------------------------------- pairs and quarters seen from today
_PAIR = regex(r"(?P<first>今|明|后|本|这)(?P<second>明|后|下)(?P<third>后|大后)?[123]?个?(?P<unit>天|日|年|周|月)")
_PAIR_SHIFTS = {"今": 0, "本": 0, "这": 0, "明": 1, "下": 1, "后": 2, "大后": 3}
_QUARTER = regex(
    r"(?P<which>本|这1?个?|当前?|上1?个?|下1?个?)(?P<unit>季度|季(?!节)|半年)(?P<edge>(?:之|以)?内(?!容)|[末底](?!月))?"
)


def pair(text: str, at: int, frame: Frame) -> Found | None:
    """今明两年, 明后两天."""
    found = _PAIR.match(text, at)
    if not found or frame.today is None or (found["first"] == "今" and found["second"] == "后" and not found["third"]):
        return None
    a, b = (_PAIR_SHIFTS[name] for name in (found["first"], found["third"] or found["second"]))
    if b <= a:
        return None
    today, unit = frame.today, found["unit"]
    if unit == "年":
        return Moment(
            date(today.year + a, 1, 1), date(today.year + b, 12, 31), "range", deictic=True, span=True
        ), found.end()
    if unit == "月":
        first = today.replace(day=1)
        return Moment(
            add_months(first, a), add_months(first, b + 1) - timedelta(days=1), "range", deictic=True, span=True
        ), found.end()
    if unit == "周":
        monday = today - timedelta(days=today.weekday())
        return Moment(
            monday + timedelta(days=7 * a), monday + timedelta(days=7 * b + 6), "range", deictic=True, span=True
        ), found.end()
    return Moment(today + timedelta(days=a), today + timedelta(days=b), "range", deictic=True, span=True), found.end()


def this_quarter(text: str, at: int, frame: Frame) -> Found | None:
    """本季度, 上季度, 下个季度, 本半年."""
    found = _QUARTER.match(text, at)
    if not found or frame.today is None or (found["unit"] == "半年" and found["which"][0] in "上下"):
        return None
    size = 6 if found["unit"] == "半年" else 3
    start = date(frame.today.year, (frame.today.month - 1) // size * size + 1, 1)
    start = add_months(start, size * {"上": -1, "下": 1}.get(found["which"][0], 0))
    grain = "half" if size == 6 else "quarter"
    return Moment(
        start, add_months(start, size) - timedelta(days=1), grain, edge=bool(found["edge"]), deictic=True,
        gone=found["which"][0] == "上",
    ), found.end()  # fmt: skip
