"""放假安排: one year's rest and make-up days as the State Council's notice prints them, checked hard before they are believed.

An office counts legal periods by this, so a notice that does not add up is refused with the place, never mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from unicodedata import normalize

from knowledge.deadlines.festivals import festival_day
from knowledge.patterns import regex
from scheduler.calendar import SATURDAY, YearDays

WEEKDAYS = "一二三四五六日"
LONGEST = 12
"""Days that one rest lasts at most; the longest so far had nine."""
DAY = timedelta(days=1)
_TITLE = regex(r"(\d{4})年(?:部分)?节假日(?:放假)?安排|(\d{4})年[^。\n]{0,12}放假(?:调休)?(?:安排|日期)")
_DATE = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日(?:\((?P<{0}w>[^()]*)\))?"
_REST = regex(
    _DATE.format("a") + r"(?:(?:至|到|-+|—+|~)" + _DATE.format("b") + r")?(?:调休|补休|,|与周末连休)*?(?:放假|补休)"
    r"(?:[^。;\n]{0,16}?共(?P<n>\d{1,2})天)?"
)
_LIST = regex(
    rf"(?P<days>(?:{re.sub(r'[?]P<[^>]*>', '?:', _DATE.format('c'))}[、,和及]*)+)(?:均|全部|都|正常|照常)*上班"
)
_ONE = regex(_DATE.format("d"))
_PROLONGED = regex(
    r"(?:延长(?:(?P<y>\d{4})年)?(?P<name>[春国劳端中清元][^。,;\n\d]{1,4}?)(?:假期|放假)(?:延长)?|(?:(?P<y2>\d{4})年)?(?P<name2>[春国劳端中清元][^。,;\n\d]{1,4}?)(?:假期|放假)(?:时间)?[^。;\n]{0,14}?延长)(?:至|到)"
    + _DATE.format("t")
)
"""延长2020年春节假期至2月2日, 决定春节假期延长至2月2日."""
_WEEKDAY = regex(r"(?:周|星期|礼拜)([一二三四五六日天])")


class ArrangementError(ValueError):
    """An arrangement cannot be believed. `str(error)` is one Chinese sentence naming the place and the next step."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """放假安排 of `year`. `beside` are days of the neighbouring years that the same notice arranges (12月31日放假)."""

    year: int
    days: YearDays
    beside: tuple[tuple[int, YearDays], ...] = field(default=())


def read_notice(text: str) -> Arrangement:
    """The arrangement that the words of a notice print. Raises ArrangementError where they do not add up."""
    text = re.sub(r"[ \t\u3000]+", "", normalize("NFKC", text))
    titled = _TITLE.search(text)
    if titled is None:
        raise ArrangementError("没有找到“某年部分节假日安排”这样的字样，不知道是哪一年的放假安排，请连同标题一起导入。")
    year = int(titled[1] or titled[2])
    off = [day for found in _REST.finditer(text) for day in _rest(found, year)]
    work = [day for found in _LIST.finditer(text) for day in _named(found["days"], year)]
    if not off:
        raise ArrangementError("没有读出放假日期，放假要写成“10月1日（周四）至7日（周三）放假调休，共7天”这样。")
    years = sorted({day.year for day in (*off, *work)})
    by_year = {
        each: YearDays(
            frozenset(day for day in off if day.year == each), frozenset(day for day in work if day.year == each)
        )
        for each in years
    }
    own = checked(year, by_year.pop(year, YearDays()))
    return Arrangement(year, own, tuple(by_year.items()))


def prolonged(text: str, known: Callable[[int], YearDays | None]) -> Arrangement | None:
    """The year's days with a holiday that was made longer afterwards (延长2020年春节假期至2月2日); None where the text is none.

    `known` gives the days of a year as they are known. Make-up days that fall into the longer rest are worked no more. Raises
    ArrangementError where the year is not known, or the words do not fit it.
    """
    text = re.sub(r"[ \t\u3000]+", "", normalize("NFKC", text))
    found = _PROLONGED.search(text)
    if found is None:
        return None
    printed = found["y"] or found["y2"] or next(iter(re.findall(r"(\d{4})年", text)), "")
    name = re.sub("节$|节日$", "", found["name"] or found["name2"])
    if not printed:
        raise ArrangementError(f"“{found[0]}”没有写是哪一年，请连同标题或落款日期一起导入。")
    year, first = int(printed), festival_day({"劳动": "五一"}.get(name, name), int(printed))
    days = known(year)
    if first is None or days is None:
        raise ArrangementError(f"“{found[0]}”要接在{year}年的放假安排之后，请先导入{year}年部分节假日安排。")
    end = _end_of(first, days)
    until = _day(found[0], year, found["ty"], found["tm"], found["td"], found["tw"])
    if not 1 <= (until - end).days <= LONGEST:
        raise ArrangementError(f"“{found[0]}”：原来放假到{_said(end)}，不像是由此延长的，请核对日期后再导入。")
    added = frozenset(end + DAY * n for n in range(1, (until - end).days + 1))
    return Arrangement(year, checked(year, YearDays(days.off | added, days.work - added)))


def _end_of(first: date, days: YearDays) -> date:
    """The last day of the rest in which a festival lies."""
    day = first
    while (after := day + DAY) in days.off or (after.weekday() >= SATURDAY and after not in days.work):
        day = after
    return day


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _rest(found: re.Match[str], year: int) -> Iterator[date]:
    """The days of one rest, its weekdays and its length checked."""
    words = found[0]
    first = _day(words, year, found["ay"], found["am"], found["ad"], found["aw"])
    last = first
    if found["bd"]:
        month = found["bm"] or str(first.month)
        last = _day(words, first.year, found["by"], month, found["bd"], found["bw"])
        if last < first and not found["by"]:
            last = _day(words, first.year + 1, None, month, found["bd"], found["bw"])
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST:
        raise ArrangementError(
            f"“{words}”从{_said(first)}到{_said(last)}有{length}天，不像一次放假，请核对日期后再导入。"
        )
    if found["n"] and int(found["n"]) != length:
        raise ArrangementError(f"“{words}”写的是共{found['n']}天，数下来是{length}天，请核对后再导入。")
    yield from (first + DAY * n for n in range(length))


def _named(words: str, year: int) -> Iterator[date]:
    """The days of a list (2月14日（周六）、28日（周六）), which may leave the month out after the first."""
    month = None
    for found in _ONE.finditer(words):
        month = found["dm"] or month
        yield _day(words, year, found["dy"], month, found["dd"], found["dw"])


def _day(words: str, year: int, own_year: str | None, month: str | None, day: str, beside: str | None) -> date:
    """A printed day; the weekday printed beside it must be its own."""
    if month is None:
        raise ArrangementError(f"“{words}”没有写月份，请补上后再导入。")
    try:
        found = date(int(own_year or year), int(month), int(day))
    except ValueError:
        raise ArrangementError(f"“{words}”里的{month}月{day}日不存在，请核对后再导入。") from None
    printed = _WEEKDAY.search(beside or "")
    if printed and WEEKDAYS[found.weekday()] != printed[1].replace("天", "日"):
        real = WEEKDAYS[found.weekday()]
        raise ArrangementError(
            f"“{words}”里写{found.month}月{found.day}日是星期{printed[1]}，{found.year}年这一天是星期{real}，请核对年份和日期。"
        )
    return found


# ---------------------------------------------------------------- what every year's arrangement must be
def checked(year: int, days: YearDays) -> YearDays:
    """The same days, found plausible. Raises ArrangementError naming the first that is not."""
    strange = sorted(day for day in days.off | days.work if day.year != year)
    if strange:
        raise ArrangementError(f"写的是{year}年，却有{strange[0].year}年{_said(strange[0])}，请改正后重试。")
    both = sorted(days.off & days.work)
    if both:
        raise ArrangementError(f"{_said(both[0])}既写成放假又写成上班，请改正后重试。")
    weekday = sorted(day for day in days.work if day.weekday() < SATURDAY)
    if weekday:
        day = weekday[0]
        raise ArrangementError(
            f"{_said(day)}是星期{WEEKDAYS[day.weekday()]}，本来就上班，调休上班的只能是周六、周日，请核对年份和日期。"
        )
    _complete(year, days)
    return days


def _complete(year: int, days: YearDays) -> None:
    """Refuse an arrangement that leaves a public holiday out or gives more make-up days than it takes."""
    for name, day in _public(year):
        if (day.weekday() < SATURDAY and day not in days.off) or day in days.work:
            raise ArrangementError(f"没有写{name}（{_said(day)}）放假，安排可能不全，请补全后再导入。")
    given = sum(day.weekday() < SATURDAY for day in days.off)
    if len(days.work) > given:
        raise ArrangementError(f"调休上班{len(days.work)}天，比占用工作日的放假{given}天还多，请核对后再导入。")


def _public(year: int) -> Iterator[tuple[str, date]]:
    """The public holidays that no arrangement can move off their day (全国年节及纪念日放假办法第二条)."""
    spans = (("元旦", 1), ("春节", 3), ("清明", 1), ("五一", 1), ("端午", 1), ("中秋", 1), ("国庆", 3))
    for name, length in spans:
        first = festival_day(name, year)
        for n in range(length if first else 0):
            assert first is not None, "ruled out by the length"
            yield {"五一": "劳动节"}.get(name, name), first + DAY * n
