"""Dates in figures, whole or with a lost sign: 2018.9.30, 2020-06-30, 9.30, 201912月, 201912月10日, 2019底, 2019930日, 1215日."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.deadlines.moments import Found, Frame, day_of, impossible, last_day, months_of
from knowledge.patterns import regex

_BEFORE = r"(?:之|以)?前|止|起|截止|完成|至|到|-"
_FIGURES = regex(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?:日|号)?(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)[./-](?P<m2>\d{1,2})(?:月份?)?(?P<e2>[底末])?(?![\d.])"
    rf"|(?P<m3>\d{{1,2}})[./](?P<d3>\d{{1,2}})(?:日|号)?(?=$|{_BEFORE}|[,;。)])"
    r"|(?P<y4>(?:19|20)\d\d)(?P<md4>\d{3,4})(?:日|号|(?=\D|$))"
    r"|(?P<y5>(?:19|20)\d\d) ?(?P<m5>\d{1,2})月(?:(?P<d5>\d{1,2})(?:日|号)|(?P<e5>[底末]))?"
    r"|(?P<y7>(?:19|20)\d\d)[底末](?=(?:之|以)?前|完成|$|[,;。)、])"
    r"|(?P<y6>(?:19|20)\d\d)年(?P<md6>\d{3,4})(?:日|号)"
    r"|(?P<yy>[12]\d)\.(?P<m9>\d{1,2})\.(?P<d9>\d{1,2})(?:日|号)?(?=(?:之|以)?前|$|[,;。)])"
    r"|(?P<m8>0[1-9]|1[0-2])-?(?P<d8>[0-3]\d)(?=(?:之|以)?前)"
    r"|(?P<m10>[1-9]|1[0-2])-(?P<d10>[1-9]|[12]\d|3[01])(?=(?:之|以)?前)"
    r"|(?P<md7>\d{3,4})日(?=(?:之|以)?前|止|截止)"
)


def figures(text: str, at: int, frame: Frame) -> Found | None:
    found = _FIGURES.match(text, at)
    if not found:
        return None
    end, got = found.end(), found.groupdict()
    if got["y"]:
        return day_of(int(got["y"]), int(got["m"]), int(got["d"]), dated=True), end
    if got["y2"]:
        return (
            (months_of(int(got["y2"]), int(got["m2"]), int(got["m2"]), "month", True, bool(got["e2"])), end)
            if 1 <= int(got["m2"]) <= 12
            else None
        )
    if got["m3"]:
        month, day = int(got["m3"]), int(got["d3"])
        return (day_of(frame.year, month, day), end) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if got["yy"]:
        return day_of(2000 + int(got["yy"]), int(got["m9"]), int(got["d9"]), dated=True), end
    if got["m8"] or got["m10"]:
        month, day = int(got["m8"] or got["m10"]), int(got["d8"] or got["d10"])
        return day_of(frame.year, month, day, flag=f"原文“{found.group()}”，按{month}月{day}日理解"), end
    if got["y5"]:
        return _lost_year(text, found)
    if got["y7"]:
        flag = f"原文“{found.group()}”缺“年”字，按{got['y7']}年底理解"
        return day_of(int(got["y7"]), 12, 31, dated=True, flag=flag), end
    if got["md7"]:
        return _lost(frame.year, got["md7"], found.group(), end, dated=False)
    return _lost(int(got["y4"] or got["y6"]), got["md4"] or got["md6"], found.group(), end, dated=True)


def _lost_year(text: str, found: re.Match[str]) -> Found | None:
    """201912月, 201912月10日: the sign 年 was lost."""
    year, month, day = int(found["y5"]), int(found["m5"]), int(found["d5"] or 0)
    if not 1 <= month <= 12 or re.match(r"\d", text[found.end() :]):
        return None
    words = f"{year}年{month}月{f'{day}日' if day else ''}"
    flag = f"原文“{found.group()}”缺“年”字，按{words}理解"
    if day:
        return day_of(year, month, day, dated=True, flag=flag), found.end()
    return replace(months_of(year, month, month, "month", True, bool(found["e5"])), flag=flag), found.end()


def _lost(year: int | None, digits: str, words: str, end: int, dated: bool) -> Found | None:
    """1215日, 2019930日: taken only when exactly one split is a day of that year."""
    splits = [(int(digits[:cut]), int(digits[cut:])) for cut in (1, 2) if digits[cut] != "0" or len(digits) - cut == 2]
    splits = [(m, d) for m, d in splits if 1 <= m <= 12 and 1 <= d <= last_day(year or 2000, m)]
    splits = [(m, d) for m, d in splits if len(digits) == 3 or digits[0] != "0" or m < 10]
    if not splits:
        return None
    if len(splits) > 1:
        ways = "或".join(f"{m}月{d}日" for m, d in splits)
        return impossible(f"原文“{words}”有缺字，可能是{ways}，请核对"), end
    month, day = splits[0]
    if len(digits) == 4 and words == f"{year}{digits}":
        return day_of(year, month, day, dated), end
    return day_of(year, month, day, dated, flag=f"原文“{words}”缺字，按{month}月{day}日理解"), end
