"""The periods that a report tells of, and what a period is: 6月份, 二季度, 上半年 → 2017-06, 2017-Q2, 2017-H1."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.deadlines.moments import add_months
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of

_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<year>(?:20)?\d{2}年|去年|前年|今年|本年|上年)?(?:度)?"
_MONTH = regex(
    rf"(?<![到至\d])(?<!\d年){_YEAR}(?P<n>{_N})月(?:份|度)?(?!\d{{1,2}}(?![\d月])|底|初|末|中旬|上旬|下旬|前|以前|之前|[{'一二三四五六七八九十'}\d]+[日号])"
)
# 1-5月均已公布: each of them; a sum up to May (1-5月收支) is May's report.
_MONTHS = regex(
    rf"{_YEAR}(?P<a>{_N})月?(?:份)?(?:-|—|–|~|至|到)(?P<b>{_N})月(?:份)?(?!底|初|末|[\d一二三四五六七八九十]{{1,2}}[日号])"
)
_EACH_MONTH = regex(r"均|都|全部|各月|每月|逐月|分别")
_QUARTER = regex(
    rf"{_YEAR}第?(?P<n>[一二三四1-4])(?:个)?季度?(?!初|末|底|前|节)|{_YEAR.replace('year', 'year2')}q(?P<q>[1-4])"
)
_HALF_YEAR = regex(rf"{_YEAR}(?P<n>上|下)半年(?!前|底)")
_WHOLE = regex(
    r"(?P<year>(?:20)\d{2}年|去年|前年|今年|上年|本年)度?(?!底|初|末|前|第|以来|来|[\d一二三四五六七八九十上下])"
)
_SEEN = regex(r"(?P<which>上上|上(?!半年)|本|这|当)个?(?P<unit>月|季度|季(?!节)|半年)(?:份|度)?(?!底|初|末|前|旬)")
# 一二季度, 5、6月: what the first shares with the last.
_SHARED_QUARTER = regex(r"(?<![\d年.])([一二三四]|[1-4](?=[、和及,]))(?:、|和|及|,)?(?=[一二三四1-4]季度)")
# BY-3五月份: the number of a code is no month.
_CODE = regex(r"[A-Za-z]{1,3}-?\d{1,3}(?=[一二三四五六七八九十]{1,2}月)")
_SHARED_MONTH = regex(r"(?<![\d第.])(\d{1,2})(?:、|和|及)(?=\d{1,2}月(?![\d底初末中上下]))")
_PERIODS = (_MONTH, _QUARTER, _HALF_YEAR, _SEEN, _WHOLE)


def without_periods(text: str) -> str:
    """`text` without the periods that a report may be about."""
    text = _SHARED_MONTH.sub(" ", _SHARED_QUARTER.sub(" ", text))
    for pattern in _PERIODS:
        text = pattern.sub(" ", text)
    return text


def periods_in(text: str, today: date) -> tuple[str, ...]:
    """The periods named in `text` as the ledger writes them: 2017-06, 2017-Q2, 2017-H1, 2017.

    Without a year it is this year's, or last year's when that one is the nearer one behind (12月 said in January).
    """
    text = _CODE.sub(" ", text)
    text = _SHARED_MONTH.sub(r"\1月、", _SHARED_QUARTER.sub(r"\1季度、", text))
    found = [(one.start(), _month(one, today)) for one in _MONTH.finditer(text) if 1 <= int(number_of(one["n"])) <= 12]
    if _EACH_MONTH.search(text):
        found += [(one.start(), period) for one in _MONTHS.finditer(text) for period in _months(one, today)]
    found += [(one.start(), _quarter(one, today)) for one in _QUARTER.finditer(text)]
    found += [(one.start(), _half(one, today)) for one in _HALF_YEAR.finditer(text)]
    found += [(one.start(), _seen(one, today)) for one in _SEEN.finditer(text)]
    found = found or [(one.start(), str(_year(one["year"], today))) for one in _WHOLE.finditer(text)]
    return tuple(dict.fromkeys(period for _, period in sorted(found)))


def _year(words: str | None, today: date) -> int | None:
    if not words:
        return None
    spoken = {"去年": 1, "上年": 1, "前年": 2, "今年": 0, "本年": 0}
    if words in spoken:
        return today.year - spoken[words]
    digits = int(words.rstrip("年"))
    return digits if digits > 99 else 2000 + digits


def _latest(start: int, far: int, today: date) -> int:
    """The year of a part that begins in month `start`, named without one: last year's when this year's is far ahead."""
    return today.year - 1 if start - today.month > far else today.year


def _month(found: re.Match[str], today: date) -> str:
    month = int(number_of(found["n"]))
    return f"{_year(found['year'], today) or _latest(month, 6, today)}-{month:02}"


def _months(found: re.Match[str], today: date) -> list[str]:
    """Each month of a stretch."""
    first, last = int(number_of(found["a"])), int(number_of(found["b"]))
    if not 1 <= first < last <= 12:
        return []
    year = _year(found["year"], today) or _latest(last, 6, today)
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


def _quarter(found: re.Match[str], today: date) -> str:
    quarter = int(number_of(found["n"] or found["q"]))
    return f"{_year(found['year'] or found['year2'], today) or _latest(3 * quarter - 2, 6, today)}-Q{quarter}"


def _half(found: re.Match[str], today: date) -> str:
    half = 1 if found["n"] == "上" else 2
    return f"{_year(found['year'], today) or _latest(6 * half - 5, 3, today)}-H{half}"


def _seen(found: re.Match[str], today: date) -> str:
    """上月, 本季度, 上半年 is no such word and never comes here."""
    back = {"上上": 2, "上": 1}.get(found["which"], 0)
    months = {"月": 1, "半年": 6}.get(found["unit"], 3)
    first = add_months(today.replace(day=1), -((today.month - 1) % months) - back * months)
    return period_of(first, months)


def period_of(first: date, months: int) -> str:
    """The name of the period of `months` months (1, 3, 6 or 12) that holds `first`."""
    if months == 12:
        return str(first.year)
    kind = {1: "", 3: "Q", 6: "H"}[months]
    count = (first.month - 1) // months + 1
    return f"{first.year}-{kind}{count}" if kind else f"{first.year}-{count:02}"


def months_in(period: str) -> int:
    """How many months a period lasts: 2017-06 one, 2017-Q2 three, 2017-H1 six, 2017 twelve."""
    _, _, part = period.partition("-")
    return 12 if not part else {"Q": 3, "H": 6}.get(part[0], 1)


def begins(period: str) -> date:
    """The first day of a period."""
    year, _, part = period.partition("-")
    count = int(part.lstrip("QH")) if part else 1
    return date(int(year), (count - 1) * months_in(period) + 1, 1)


def ends(period: str) -> date:
    """The last day of a period."""
    return add_months(begins(period), months_in(period)) - timedelta(days=1)
