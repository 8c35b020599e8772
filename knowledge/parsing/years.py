"""Which year a document is about, where its head does not say it, or its own dates say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge.parsing.furniture import day
from knowledge.parsing.lines import Line

_DATED = re.compile(
    r"(20(?<!\d20)\d\d)(?:(?<=均为20\d\d)年|\s*年(?=\s*\d|[底内末初全第])|[-/.](?:0?[1-9]|1[0-2])(?!\d)|\d{1,4}(?=[月日])|(?=[底末初]))"
)
_BLANKS = r"[^\S\n]*"
_SPAN = rf"\d{{3}}{_BLANKS}年?{_BLANKS}[—–~～至-]+{_BLANKS}\d{{4}}{_BLANKS}年?"  # behind its first digit
# Titles, document numbers, spans of years: one set of characters first, which a search skips the others by.
_NO_DATE = re.compile(rf"[《〔0-9０-９](?:(?<=《)[^》\n]*》|(?<=〔)[^〕\n]*〕|(?<=\d){_SPAN})")
_HIDES = re.compile(r"[《〔—–~～至-]")  # one of them stands in each of those
_WHOLE_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(?<!\d)(20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?(?!\d)")  # 20240905
# What a text cites: 〔2024〕31号, 《某县2024年…方案》, 附件：1.某县2024年….
_CITED = re.compile(
    r"[〔\[［(（]\s*(20\d\d)\s*[〕\]］)）]\s*第?\d{1,4}\s*号|(?:《|^附件)[^》]*?(?<!到)(20\d\d)年(?![—–~～至-])"
)
_OF_WEEK = re.compile(
    r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日[（(]?\s*(?:星期|周|礼拜)(?P<of>[一二三四五六日天])"
)
# 2022年度…审计查出问题整改台账, 2022年考核反馈意见整改方案: what was found of a year that is over.
_LOOKS_BACK = re.compile(
    r"\d{4}年度?(?!底|末)[^，。]{0,24}(?:审计|考核|考评|测评|评估|检查|抽检|抽查|检验|监督|督查|督察|巡视|巡察|述职|预算执行|决算)[^，。]{0,16}(?:整改|反馈|销号)"
)
_HEAD_LINES = 10  # what is cited further down may be years old
_WEEK = "一二三四五六日"


def settled_year(
    year: int | None,
    issued: date | None,
    page: date | None,
    prose: Sequence[Line],
    names: Iterable[str],
    title: str = "",
) -> tuple[int | None, str]:
    """The `year` of the title, number or signature, else a guessed one, and what says it where it is none of the former. A `title` may
    name the year that was looked into, and not the one in which what was found is put right."""
    if year is None:
        return _on_its_weekdays(*_guessed(prose, page, names), prose)
    if _LOOKS_BACK.search(title) and (after := _after(year, issued, prose)):
        return after, "文中时限最早写的" if issued is None else "落款所在的"
    if issued is not None and year > issued.year and _due_before(year, issued, prose):
        return issued.year, "落款以后的日子都写的"  # a round that is named after the year it is for
    return year, ""


def _after(year: int, issued: date | None, prose: Sequence[Line]) -> int | None:
    """The year of issue behind `year`, or else the first one that the text dates by, where none of its dates lies in `year`."""
    if issued is not None:
        return issued.year if issued.year > year else None
    text = "\n".join([line.text for line in prose])
    years = {int(found) for found in _DATED.findall(_NO_DATE.sub("", text))}
    return min(years) if years and min(years) > year else None


def _guessed(prose: Sequence[Line], page: date | None, names: Iterable[str]) -> tuple[int | None, str]:
    """The year where neither title nor signature has any, and what says it: the one that all dates of the text name (a lost 年
    or 月 does not matter), else the one in the names of file and sheets, else that of the day on which the web page was put up."""
    text = "\n".join([line.text for line in prose])
    text = _NO_DATE.sub("", text) if _HIDES.search(text) else text
    years = set(_DATED.findall(text))
    if len(years) == 1:
        return int(years.pop()), "文中时限都写的"
    named = {year for name in names for found in _IN_NAME.findall(name) for year in found if year}
    if len(named) == 1:
        return int(named.pop()), "文件名或工作表名写的"
    if page is not None:
        return page.year, "网页发布日期所在的"
    plain = [line.text for line in prose if not line.boxes]
    near = [*plain[:_HEAD_LINES], *(text for text in plain[_HEAD_LINES:] if text.startswith("附件"))]
    cited = {year for text in near for found in _CITED.findall(text) for year in found if year}
    return (int(cited.pop()), "文中引用的文件写的") if len(cited) == 1 else (None, "")


def _on_its_weekdays(year: int | None, told: str, prose: Iterable[Line]) -> tuple[int | None, str]:
    """A guessed `year`, or the one beside it, where only in that one the days of the text fall on the weekdays printed behind
    them (9月11日（星期三）)."""
    said = [line.text for line in prose if "周" in line.text or "星期" in line.text or "礼拜" in line.text]
    days = [(int(m["month"]), int(m["day"]), m["of"]) for text in said for m in _OF_WEEK.finditer(text)]
    if year is None or not days or _fall_so(year, days):
        return year, told
    beside = next((one for one in (year + 1, year - 1) if _fall_so(one, days)), None)
    return (year, told) if beside is None else (beside, "文中日期和星期几相符的是")


def _fall_so(year: int, days: Iterable[tuple[int, int, str]]) -> bool:
    found = ((day(str(year), str(month), str(of_month)), of) for month, of_month, of in days)
    return all(one is not None and _WEEK[one.weekday()] == of.replace("天", "日") for one, of in found)


def _due_before(year: int, issued: date, lines: Iterable[Line]) -> bool:
    """Whether every whole date that a text sets after its day of issue lies in the year of issue, before `year` has begun."""
    found = (day(m[1], m[2], m[3] or "1") for line in lines for m in _WHOLE_DATE.finditer(line.text))
    later = [one for one in found if one is not None and one > issued]
    return bool(later) and all(one.year == issued.year < year for one in later)
