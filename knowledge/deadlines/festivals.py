"""Festivals as offices name them, and the Gregorian day each falls on. Lunar ones by lunar-python, loaded on use."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from knowledge.deadlines.beginnings import QUOTES
from knowledge.patterns import regex

# Fixed by month and day of the Gregorian calendar.
_FIXED: dict[str, tuple[int, int]] = {
    "元旦": (1, 1), "新年": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1),
    "国际劳动节": (5, 1), "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1),
    "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
    "国家宪法日": (12, 4), "宪法日": (12, 4), "圣诞节": (12, 25),
}  # fmt: skip
# By month and day of the lunar calendar; 除夕 is the eve of the first day.
_LUNAR: dict[str, tuple[int, int]] = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15), "中秋": (8, 15), "重阳": (9, 9),
    "腊八": (12, 8), "过年": (1, 1),
}  # fmt: skip
# Solar terms: the month they fall in, and the calendar's name for the one of that lunar year.
_TERMS: dict[str, tuple[int, str]] = {"清明": (4, "清明"), "冬至": (12, "DONG_ZHI")}
# Numeric names count only where a quotation mark, 节 or a word of time stands behind them.
_NUMERIC = "三八|五一|五四|六一|七一|八一|十一"
_NAMES = "|".join(
    sorted(
        (set(_FIXED) | set(_LUNAR) | set(_TERMS) | {"除夕", "年三十"}) - set(_NUMERIC.split("|")), key=len, reverse=True
    )
)
FESTIVAL = regex(
    rf"(?<!双)(?!(?<=[通经超不路])过年|过年[底末度中内初终月份])[“\"'「]?(?:(?P<name>{_NAMES})|(?P<numeric>{_NUMERIC})(?=[”\"'」]|节|国际|劳动|妇女|儿童|建党|建军|青年|假|长假|小长假|黄金周|前|之前|以前|期间|后))"
    r"[”\"'」]?(?:国际)?(?:劳动|妇女|儿童|建党|建军|青年)?(?:[两双2]?佳?节|节日)?(?:小长假|长假|假期|假日|黄金周|放假)?"
)
FESTIVE = QUOTES + "".join(sorted({name[0] for name in (*_NAMES.split("|"), *_NUMERIC.split("|"))}))
"""Every character that a festival can begin with."""


def fixed_day(name: str) -> tuple[int, int] | None:
    """Month and day of a festival that has the same ones every year; None for one that moves with the moon."""
    return _FIXED.get(name)


def festival_day(name: str, year: int) -> date | None:
    """The day of the festival `name` in the Gregorian `year`; None for an unknown name or year."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    return _moving(name, year) if 1901 <= year <= 2099 else None


@lru_cache(maxsize=512)
def _moving(name: str, year: int) -> date | None:
    from lunar_python import Lunar, Solar

    if term := _TERMS.get(name):
        solar = Solar.fromYmd(year, term[0], 1).getLunar().getJieQiTable()[term[1]]
        return date(solar.getYear(), solar.getMonth(), solar.getDay())
    if name in ("除夕", "年三十"):
        spring = _moving("春节", year)
        return spring - timedelta(days=1) if spring else None
    if name not in _LUNAR:
        return None
    for lunar_year in (year, year - 1):  # 腊八 of a lunar year falls in the next Gregorian January
        solar = Lunar.fromYmd(lunar_year, *_LUNAR[name]).getSolar()
        if solar.getYear() == year:
            return date(year, solar.getMonth(), solar.getDay())
    return None


def next_festival(name: str, after: date) -> date | None:
    """The first day of the festival on or after `after`."""
    days = (festival_day(name, year) for year in (after.year, after.year + 1))
    return next((day for day in days if day and day >= after), None)
